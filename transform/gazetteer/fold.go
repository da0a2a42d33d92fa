package gazetteer

import "unicode"

// asciiFold gives a letter's small form, a digit itself, 0 for all else.
var asciiFold = func() (t [256]byte) {
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	return t
}()

type runeKind uint8

const (
	runeOther   runeKind = iota // between words
	runeLetter                  // part of a word
	runeNothing                 // without width: as if it were not there
)

// latin folds U+00C0 to U+017F, a blank where two letters are needed or none fits.
const latin = "aaaaaa ceeeeiiiidnooooo ouuuuy  aaaaaa ceeeeiiiidnooooo ouuuuy y" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii  jjkkkllllllllllnnnnnnnnnoooooo  rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// foldRune says what a rune beyond ASCII is to a word, and its folded letters.
func foldRune(r rune) (runeKind, string) {
	switch {
	case r >= 0xC0 && r <= 0x17F:
		if i := int(r - 0xC0); latin[i] != ' ' {
			return runeLetter, latin[i : i+1]
		}
		switch r {
		case 'œ', 'Œ':
			return runeLetter, "oe"
		case 'æ', 'Æ':
			return runeLetter, "ae"
		case 'ß':
			return runeLetter, "ss"
		case '×', '÷':
			return runeOther, ""
		}
		return runeLetter, string(r)
	case r >= 0x300 && r <= 0x36F, r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r == 0xFEFF:
		return runeNothing, ""
	case r == 'ʼ', r == 'ª', r == 'º': // letters to Unicode; here an apostrophe, and marks of ordinals
		return runeOther, ""
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return runeLetter, string(unicode.ToLower(r))
	}
	return runeOther, ""
}

// hashOf is the hash of a folded word.
func hashOf(folded string) uint64 {
	hash := uint64(fnvOffset)
	for i := range len(folded) {
		hash = (hash ^ uint64(folded[i])) * fnvPrime
	}
	return hash
}

var hashS = hashOf("s")
