package extract

import (
	"slices"
	"strings"

	"vigie/internal/french"
)

// A cue is a pattern over folded tokens, written as words parted by spaces:
//
//	retenu*        any ending
//	ville|villes   one of several
//	la?            may be absent (alternatives too: de|du|des?)
//	..3            up to three tokens of any kind, the end of a sentence excepted
//	#              a number
//
// Quotation marks in the text are stepped over: "le label « Territoire d'industrie »"
// reads like the same without them.
type cue struct {
	first uint64 // the letters that a match may begin with: most cues fail there
	steps []step
	text  string
}

type step struct {
	words    []string
	stems    []string // of words that may go on
	first    uint64   // the letters that words and stems begin with
	optional bool
	gap      int
	number   bool
}

// cues compiles patterns; they are fixed at build time, so a wrong one panics in tests.
func cues(patterns ...string) []cue {
	all := make([]cue, len(patterns))
	for i, p := range patterns {
		all[i] = compile(p)
	}
	return all
}

func compile(pattern string) cue {
	c := cue{text: pattern}
	for _, w := range strings.Fields(pattern) {
		var s step
		switch {
		case strings.HasPrefix(w, ".."):
			s.gap = int(w[2] - '0')
		case w == "#":
			s.number = true
		default:
			w, s.optional = strings.CutSuffix(w, "?")
			s.take(strings.Split(w, "|"))
		}
		c.steps = append(c.steps, s)
	}
	if s := c.steps[0]; s.optional || s.gap > 0 || s.number {
		c.first = ^uint64(0)
	} else {
		c.first = s.first
	}
	if matchSteps(c.steps, nil, 0) == 0 {
		panic("cue " + pattern + " matches nothing at all: one of its words must be there")
	}
	return c
}

// A hit is where a cue matched: tokens [i, j) of the list that was searched.
type hit struct {
	i, j int
	cue  *cue
}

// findCues returns the matches of any of the cues in the tokens, left to right; where
// two begin at one token, the longer.
func findCues(cs []cue, toks []french.Token) []hit {
	var hits []hit
	for i := 0; i < len(toks); i++ {
		best := hit{j: -1}
		letter := letterOf(toks[i])
		for k := range cs {
			if cs[k].first&letter == 0 {
				continue
			}
			if j := matchSteps(cs[k].steps, toks, i); j > best.j {
				best = hit{i, j, &cs[k]}
			}
		}
		if best.j > i {
			hits = append(hits, best)
			i = best.j - 1
		}
	}
	return hits
}

// hasCue reports whether any of the cues matches somewhere in the tokens.
func hasCue(cs []cue, toks []french.Token) bool {
	for i := range toks {
		letter := letterOf(toks[i])
		for k := range cs {
			if cs[k].first&letter != 0 && matchSteps(cs[k].steps, toks, i) >= 0 {
				return true
			}
		}
	}
	return false
}

// says reports whether any of the cues matches somewhere in the passage, looked up once.
// The list must be a variable of the package.
func (p *Passage) says(cs []cue) bool {
	said, known := p.said[&cs[0]]
	if !known {
		said = hasCue(cs, p.Tokens)
		if p.said == nil {
			p.said = map[*cue]bool{}
		}
		p.said[&cs[0]] = said
	}
	return said
}

// matchAt returns where the longest of the cues that begin at token i ends, -1 for none.
func matchAt(cs []cue, toks []french.Token, i int) int {
	end := -1
	for k := range cs {
		end = max(end, cs[k].match(toks, i))
	}
	return end
}

// in reports whether the cue is one of the list.
func (c *cue) in(cs []cue) bool {
	return len(cs) > 0 && c != nil && slices.ContainsFunc(cs, func(o cue) bool { return o.text == c.text })
}

// match returns the token after the match that begins at i, or -1.
func (c *cue) match(toks []french.Token, i int) int {
	if i >= len(toks) || c.first&letterOf(toks[i]) == 0 {
		return -1
	}
	return matchSteps(c.steps, toks, i)
}

// letterOf is the bit of the letter that a token begins with.
func letterOf(t french.Token) uint64 {
	if t.Fold == "" {
		return 1
	}
	return 1 << (t.Fold[0] % 64)
}

func matchSteps(steps []step, toks []french.Token, i int) int {
	if len(steps) == 0 {
		return i
	}
	s, rest := &steps[0], steps[1:]
	if s.gap > 0 {
		for n := 0; n <= s.gap; n++ {
			if j := matchSteps(rest, toks, i+n); j >= 0 {
				return j
			}
			if i+n < len(toks) && endsSentence(toks[i+n]) {
				break
			}
		}
		return -1
	}
	j := i
	for j < len(toks) && isQuote(toks[j]) {
		j++
	}
	if j < len(toks) && s.holds(toks[j]) {
		if end := matchSteps(rest, toks, j+1); end >= 0 {
			return end
		}
	}
	if s.optional {
		return matchSteps(rest, toks, i)
	}
	return -1
}

// take sets the words that the step holds, "mot*" for all that begin so.
func (s *step) take(alts []string) {
	for _, w := range alts {
		stem, open := strings.CutSuffix(w, "*")
		if open {
			s.stems = append(s.stems, stem)
		} else {
			s.words = append(s.words, w)
		}
		s.first |= letterOf(french.Token{Fold: stem})
	}
}

func (s *step) holds(t french.Token) bool {
	if s.number {
		return t.Kind == french.Numeral
	}
	if s.first&letterOf(t) == 0 {
		return false
	}
	for _, w := range s.words {
		if w == t.Fold {
			return true
		}
	}
	for _, stem := range s.stems {
		if strings.HasPrefix(t.Fold, stem) {
			return true
		}
	}
	return false
}

func isQuote(t french.Token) bool {
	switch t.Fold {
	case "\"", "«", "»", "“", "”", "„", "‹", "›", "''", "*":
		return true
	}
	return false
}

func endsSentence(t french.Token) bool {
	return t.Fold == "." || t.Fold == "?" || t.Fold == "!" || t.Fold == "…"
}
