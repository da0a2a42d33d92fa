package french

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A TokenKind tells words, numerals and signs apart.
type TokenKind int

// The kinds of a [Token].
const (
	Word    TokenKind = iota // letters; digits too where they follow a letter ("D2019", "3C")
	Numeral                  // digits with what groups them: 1,36 2 150 1.800 22.11.2018 1er 20h30
	Punct                    // any other sign that shows, one a token
)

// A Token is a word, a numeral or a sign, with its place in the text.
type Token struct {
	Kind   TokenKind
	Lo, Hi int    // bytes of the text
	Fold   string // the token folded
}

// Is reports whether the token, folded, is one of the words.
func (t Token) Is(words ...string) bool { return slices.Contains(words, t.Fold) }

// elisions are the words that lose their last letter before a vowel: each ends a token.
var elisions = map[string]bool{
	"c": true, "d": true, "j": true, "jusqu": true, "l": true, "lorsqu": true, "m": true, "n": true,
	"puisqu": true, "qu": true, "quoiqu": true, "s": true, "t": true,
}

// inverted are the pronouns that a hyphen puts behind their verb: "dit-il", "va-t-elle".
var inverted = map[string]bool{
	"ce": true, "elle": true, "elles": true, "il": true, "ils": true, "je": true,
	"nous": true, "on": true, "tu": true, "vous": true,
}

// Tokens cuts a text. An elided word ends after its apostrophe ("l'" + "usine"), other
// apostrophes stay inside ("aujourd'hui", "Berd'huis"). Words joined by hyphens are one
// token ("Saint-Lô", "élu-industriel", "mi-2020"), save for a pronoun behind its verb:
// "va-t-elle" is "va", "t", "elle". Numerals joined by a hyphen or a slash are apart,
// with the sign between them: "2019", "-", "2022". Every letter and digit lies in a token.
func Tokens(text string) []Token {
	s := scanner{text: text, tokens: make([]Token, 0, len(text)/5+1)}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isDigit(r):
			i = s.numeral(i)
		case isWordRune(r):
			i = s.word(i)
		case unicode.IsSpace(r) || isBlank(r) || isInvisible(r):
			i += size
		default:
			i = s.add(Punct, i, i+size)
		}
	}
	return s.tokens
}

// IsCapital reports whether the token's first letter is upper case.
func IsCapital(text string, t Token) bool {
	for _, r := range text[t.Lo:t.Hi] {
		if unicode.IsLetter(r) {
			return unicode.IsUpper(r)
		}
	}
	return false
}

type scanner struct {
	text   string
	tokens []Token
}

func (s *scanner) add(kind TokenKind, lo, hi int) int {
	s.tokens = append(s.tokens, Token{kind, lo, hi, Fold(s.text[lo:hi])})
	return hi
}

// at returns the character that begins at byte i, zero at the end.
func (s *scanner) at(i int) (rune, int) {
	if i >= len(s.text) {
		return 0, 0
	}
	return utf8.DecodeRuneInString(s.text[i:])
}

// word adds the word that begins at lo, as one token or several, and returns its end.
func (s *scanner) word(lo int) int {
	hi, hyphen := lo, false
	for i := lo; i < len(s.text); {
		r, size := s.at(i)
		next, _ := s.at(i + size)
		switch {
		case isWordRune(r) || isDigit(r):
			hi = i + size
		case isInvisible(r):
		case isApostrophe(r) && hi-lo <= len("lorsqu") && elisions[Fold(s.text[lo:hi])]:
			return s.add(Word, lo, i+size)
		case isApostrophe(r) && hi == i && unicode.IsLetter(next):
		case isHyphen(r) && hi == i && (isWordRune(next) || isDigit(next)):
			hyphen = true
		default:
			i = len(s.text)
		}
		i += size
	}
	if hyphen {
		s.hyphenated(lo, hi)
		return hi
	}
	return s.add(Word, lo, hi)
}

// hyphenated adds the word of [lo, hi), its inverted pronoun apart.
func (s *scanner) hyphenated(lo, hi int) {
	word := s.text[lo:hi]
	cut := strings.LastIndexFunc(word, isHyphen)
	_, size := utf8.DecodeRuneInString(word[cut:])
	// "Rendez-vous" is a noun far more often than an order.
	if !inverted[word[cut+size:]] || Fold(word) == "rendez-vous" {
		s.add(Word, lo, hi)
		return
	}
	verb := word[:cut]
	for _, link := range []string{"-t", "\u2010t", "\u2011t"} {
		if v, ok := strings.CutSuffix(verb, link); ok && v != "" {
			s.add(Word, lo, lo+len(v))
			s.add(Word, lo+cut-1, lo+cut)
			verb = ""
			break
		}
	}
	if verb != "" {
		s.add(Word, lo, lo+cut)
	}
	s.add(Word, lo+cut+size, hi)
}

// ordinalEndings follow a numeral: 1er, 1re, 2nd, 2e, 3ème.
var ordinalEndings = map[string]bool{
	"e": true, "eme": true, "emes": true, "er": true, "ere": true, "eres": true, "ers": true,
	"es": true, "nd": true, "nde": true, "re": true,
}

// unitsWritten are the units that typists glue to their numeral: "100M€", "14km".
var unitsWritten = map[string]bool{
	"M": true, "MD": true, "Md": true, "Mds": true, "Mrd": true, "k": true, "K": true,
	"cm": true, "g": true, "ha": true, "kg": true, "km": true, "m": true, "mm": true, "t": true,
	"kW": true, "MW": true, "GW": true, "ans": true, "euros": true, "EUR": true, "min": true, "mn": true,
}

// numeral adds the numeral that begins at lo, or the word where digits begin one ("3C").
func (s *scanner) numeral(lo int) int {
	hi := s.digits(lo)
	hi = s.grouped(lo, hi)
	for {
		if c, _ := s.at(hi); c != '.' && c != ',' {
			break
		}
		end := s.digits(hi + 1)
		if end == hi+1 {
			break
		}
		hi = end
	}
	end := hi
	for r, size := s.at(end); size > 0 && isWordRune(r); r, size = s.at(end) {
		end += size
	}
	letters := s.text[hi:end]
	switch next, _ := s.at(end); {
	case letters == "":
		return s.add(Numeral, lo, hi)
	case len(letters) <= len("èmes")+1 && ordinalEndings[Fold(letters)] && !isDigit(next):
		return s.add(Numeral, lo, end)
	case letters == "h" || letters == "H":
		return s.add(Numeral, lo, s.digits(end))
	case s.digits(lo) < hi || len(letters) <= len("euros") && unitsWritten[letters]:
		return s.add(Numeral, lo, hi)
	}
	return s.word(lo)
}

func (s *scanner) digits(i int) int {
	for i < len(s.text) && '0' <= s.text[i] && s.text[i] <= '9' {
		i++
	}
	return i
}

// grouped extends the digits of [lo, hi) by the groups of three that spaces set off:
// "2 150", but not "2018 124", "02 31 06 98 98" or "0 800".
func (s *scanner) grouped(lo, hi int) int {
	if hi-lo > 3 || s.text[lo] == '0' {
		return hi
	}
	for {
		r, size := s.at(hi)
		if !isBlank(r) || s.digits(hi+size) != hi+size+3 {
			return hi
		}
		hi += size + 3
	}
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isWordRune reports a letter, a mark upon one, or a digit of another script; no
// apostrophe, though Unicode calls one of them (ʼ) a letter.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) && !isApostrophe(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}
