// Package french reads French as such, without knowing what a text is about: it
// folds spellings for comparison, cuts a text into tokens, sentences and clauses,
// and reads the numbers and dates written in it.
//
// Every function is pure and runs in time linear in its text. All offsets count
// bytes of the text that was given, half-open. Nothing is guessed: a date that the
// words do not settle stays partial or is left out.
package french

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// spellings are the letters that Unicode does not take apart and French readers do.
var spellings = map[rune]string{
	'æ': "ae", 'œ': "oe", 'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i",
	'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st", // as PDFs write them
}

// Fold returns s in lower case, without accents, with plain apostrophes, hyphens and
// spaces, without what has no width; œ is oe, æ is ae. For comparison only: offsets of
// the result are not those of s. Tabs and line ends stay.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			b.WriteByte(foldedASCII[c])
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if int(r) < len(foldedLatin) {
			b.WriteString(foldedLatin[r])
		} else {
			foldRune(&b, r)
		}
		i += n
	}
	return b.String()
}

// Letters returns how many letters Fold(s) has.
func Letters(s string) int {
	n := 0
	for _, r := range s {
		if int(r) < len(latinLetters) {
			n += latinLetters[r]
		} else {
			n += countLetters(folded(r))
		}
	}
	return n
}

// latinLetters are the letters of foldedLatin.
var latinLetters = func() (table [len(foldedLatin)]int) {
	for r, s := range foldedLatin {
		table[r] = countLetters(s)
	}
	return table
}()

func countLetters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// foldedASCII and foldedLatin are what foldRune makes of the letters that texts are mostly
// made of.
var (
	foldedASCII = func() (table [utf8.RuneSelf]byte) {
		for r := range table {
			table[r] = folded(rune(r))[0]
		}
		return table
	}()
	foldedLatin = func() (table [0x180]string) {
		for r := range table {
			table[r] = folded(rune(r))
		}
		return table
	}()
)

func folded(r rune) string {
	var b strings.Builder
	foldRune(&b, r)
	return b.String()
}

// isFolded reports whether s is ASCII that folding leaves alone, as most words are.
func isFolded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c == '`' {
			return false
		}
	}
	return true
}

func foldRune(b *strings.Builder, r rune) {
	switch {
	case isApostrophe(r) || r == '`' || r == '´':
		b.WriteByte('\'')
	case r < utf8.RuneSelf:
		b.WriteByte(byte(lowerASCII(r)))
	case isHyphen(r) || isDash(r):
		b.WriteByte('-')
	case isBlank(r):
		b.WriteByte(' ')
	case isInvisible(r) || unicode.Is(unicode.Mn, r):
	default:
		foldLetter(b, r)
	}
}

func foldLetter(b *strings.Builder, r rune) {
	r = unicode.ToLower(r)
	if s, ok := spellings[r]; ok {
		b.WriteString(s)
		return
	}
	var buf [utf8.UTFMax]byte
	d := norm.NFD.Properties(buf[:utf8.EncodeRune(buf[:], r)]).Decomposition()
	if len(d) == 0 {
		b.WriteRune(r)
		return
	}
	for _, part := range string(d) {
		foldRune(b, part)
	}
}

func lowerASCII(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '′' || r == '＇'
}

// isHyphen tells the signs that join a word's parts from the dashes that part words.
func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

func isDash(r rune) bool { return '\u2012' <= r && r <= '\u2015' || r == '\u2212' }

// isBlank reports a space of any width that does not end a line.
func isBlank(r rune) bool {
	return r == ' ' || r == '\u00a0' || r == '\u1680' || '\u2000' <= r && r <= '\u200a' ||
		r == '\u202f' || r == '\u205f' || r == '\u3000'
}

// isInvisible reports what takes no room on the page: soft hyphens, zero-width
// spaces and joiners, marks of direction.
func isInvisible(r rune) bool {
	return r == '\u00ad' || r == '\ufeff' || '\u200b' <= r && r <= '\u200f' ||
		'\u202a' <= r && r <= '\u202e' || '\u2060' <= r && r <= '\u206f'
}

func isLineEnd(r rune) bool { return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' }
