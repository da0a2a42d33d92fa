package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A gap says what stands between a token and the one before.
type gap uint8

// The gaps; a name runs across a plain one, across a comma or parenthesis only where
// the name has one, across the others never.
const (
	gapPlain gap = iota // spaces, dashes, apostrophes, slashes
	gapComma
	gapParen
	gapQuote // between a legal form and its name alone
	gapBreak // the text's start, a stop, a line's end
)

// A token is a word of a text, folded.
type token struct {
	lo, hi int32
	word   int32 // its number in the index, 0 for a word that no name has
	gap    gap
	cased  uint8 // capital, capitals
	tight  bool  // joined to the token before by a hyphen without spaces
}

const (
	capital  uint8 = 1 << iota // begins with a capital
	capitals                   // has no small letter, and more than one letter
)

// A scanner cuts a text into tokens. Folding goes along: case, accents, œ and æ,
// apostrophes, dashes, slashes, all kinds of spaces; what has no width is no part of a word.
type scanner struct {
	text string
	pos  int
	gap  gap
	dash int // position behind a hyphen that followed a word directly
	last int // end of the last token
}

// scan appends the tokens of text; word gives a folded word's number by its hash.
func scan(text string, tokens []token, word func(hash uint64) int32) []token {
	s := scanner{text: text, gap: gapBreak, dash: -1}
	for {
		t, hash, ok := s.next()
		if !ok {
			return tokens
		}
		t.word = word(hash)
		tokens = append(tokens, t)
	}
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func (s *scanner) next() (token, uint64, bool) {
	s.skip()
	if s.pos >= len(s.text) {
		return token{}, 0, false
	}
	t := token{lo: int32(s.pos), gap: s.gap, tight: s.dash == s.pos && s.gap == gapPlain}
	hash := s.word(&t)
	t.hi = int32(s.pos)
	s.last, s.gap, s.dash = s.pos, gapPlain, -1
	return t, hash, true
}

// word reads one word and returns the hash of its folded letters.
func (s *scanner) word(t *token) uint64 {
	hash := uint64(fnvOffset)
	letters, small := 0, false
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		if c < utf8.RuneSelf {
			if lower := asciiFold[c]; lower > ' ' {
				if letters == 0 && 'A' <= c && c <= 'Z' {
					t.cased |= capital
				}
				small = small || 'a' <= c && c <= 'z'
				hash = (hash ^ uint64(lower)) * fnvPrime
				letters++
				s.pos++
				continue
			}
			if c == '&' && letters == 0 {
				s.pos++
				return hashOf("et")
			}
			if c == '.' && s.initials(int(t.lo), letters) {
				s.pos++
				continue
			}
			break
		}
		r, n := utf8.DecodeRuneInString(s.text[s.pos:])
		kind, folded := foldRune(r)
		if kind == runeOther {
			break
		}
		s.pos += n
		if kind == runeNothing {
			continue
		}
		if letters == 0 && unicode.IsUpper(r) {
			t.cased |= capital
		}
		small = small || unicode.IsLower(r)
		for i := range len(folded) {
			hash = (hash ^ uint64(folded[i])) * fnvPrime
		}
		letters++
	}
	if letters > 1 && !small && t.cased&capital != 0 {
		t.cased |= capitals
	}
	return s.slashed(hash, letters)
}

// initials reports whether the full stop at pos stands between single letters that are
// one word: C.C., C.O.D.A.H.
func (s *scanner) initials(lo, letters int) bool {
	dotted := s.pos-lo == 2*letters-1 // one letter, stop, one letter …
	rest := s.text[s.pos+1:]
	if !dotted || rest == "" || rest[0] >= utf8.RuneSelf || asciiFold[rest[0]] <= '9' {
		return false
	}
	return len(rest) == 1 || rest[1] == '.' || rest[1] < utf8.RuneSelf && asciiFold[rest[1]] <= ' '
}

// slashed reads "s/" as sur and "s/s" as sous.
func (s *scanner) slashed(hash uint64, letters int) uint64 {
	rest := s.text[s.pos:]
	if letters != 1 || hash != hashS || rest == "" || rest[0] != '/' {
		return hash
	}
	if len(rest) > 2 && (rest[1] == 's' || rest[1] == 'S') && asciiFold[rest[2]&127] <= ' ' {
		s.pos += 2
		return hashOf("sous")
	}
	return hashOf("sur")
}

// skip steps over what is between words and notes what it was.
func (s *scanner) skip() {
	start := s.pos
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		if c < utf8.RuneSelf {
			if asciiFold[c] > ' ' || c == '&' {
				return
			}
			s.between(c, start)
			s.pos++
			continue
		}
		r, n := utf8.DecodeRuneInString(s.text[s.pos:])
		kind, _ := foldRune(r)
		if kind == runeLetter {
			return
		}
		s.pos += n
		if kind == runeOther {
			s.gap = max(s.gap, wideGap(r))
		}
	}
}

func (s *scanner) between(c byte, start int) {
	switch c {
	case ' ', '\'', '/', '\t', '`':
		if c == '\t' {
			s.gap = gapBreak
		}
	case '-':
		if s.pos == start && start > 0 {
			s.dash = s.pos + 1
		}
	case ',':
		s.gap = max(s.gap, gapComma)
	case '(', ')':
		s.gap = max(s.gap, gapParen)
	case '"':
		s.gap = max(s.gap, gapQuote)
	case '.':
		if !s.abbreviation(start) {
			s.gap = gapBreak
		}
	default:
		s.gap = gapBreak
	}
}

// abbreviation reports whether the stop at pos ends no sentence: "St. Lô", "D.DU VAL".
func (s *scanner) abbreviation(start int) bool {
	if s.pos != start || start == 0 {
		return false
	}
	if next := strings.TrimLeft(s.text[s.pos+1:min(len(s.text), s.pos+3)], " "); next != "" && 'a' <= next[0] && next[0] <= 'z' {
		return true // no sentence begins small: "Com. d'agglo. du Cotentin"
	}
	if s.pos+1 < len(s.text) && asciiFold[s.text[s.pos+1]] >= 'a' {
		return true
	}
	lo := start
	for lo > 0 && asciiFold[s.text[lo-1]&127] >= 'a' && s.text[lo-1] < utf8.RuneSelf {
		lo--
	}
	switch s.text[lo:start] {
	case "St", "Ste", "ST", "STE", "st", "ste", "C", "A", "U":
		return true
	}
	return false
}

func wideGap(r rune) gap {
	switch {
	case unicode.IsSpace(r), r == '’', r == '‘', r == 'ʼ', r == '´', r == '′', '‐' <= r && r <= '―', r == '−', r == '·':
		return gapPlain
	case r == '«', r == '»', r == '“', r == '”', r == '„':
		return gapQuote
	}
	return gapBreak
}
