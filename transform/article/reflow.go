package article

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reflow makes paragraphs of the lines of a text that was broken to a width, as mail
// programs and PDF converters do. A text that is not plainly broken so stays as it is.
func reflow(lines []rawLine, known func(string) bool) []rawLine {
	r := newReflower(lines, known)
	if !r.wrapped() {
		return lines
	}
	return r.join()
}

// narrowest and broadest are the widths, in characters, that texts are broken to.
const (
	narrowest = 20
	broadest  = 130
)

// longestParagraph, in bytes, is as much as lines are joined to: what is longer is no
// paragraph, and joining it would take its time.
const longestParagraph = 8000

type reflower struct {
	*dehyphener
	lines  []rawLine
	widths []int  // of each line's group: the longest line in it
	prose  []bool // the line's group is broken in mid-sentence
	usual  int    // the width of most running text
}

func newReflower(lines []rawLine, known func(string) bool) *reflower {
	var texts []string
	for _, l := range lines {
		texts = append(texts, l.bare())
	}
	r := &reflower{dehyphener: newDehyphener(texts, known), lines: lines}
	var usual []int
	for _, g := range groups(lines) {
		width := 0
		for _, l := range g {
			width = max(width, runes(l.bare()))
		}
		cut, pairs := goesOn(g, width)
		prose := cut > 0 && cut*4 >= pairs
		if prose {
			usual = append(usual, slices.Repeat([]int{width}, len(g))...)
		}
		for range g {
			r.widths = append(r.widths, width)
			r.prose = append(r.prose, prose)
		}
	}
	if len(usual) > 0 {
		slices.Sort(usual)
		r.usual = usual[len(usual)*3/4]
	}
	return r
}

func runes(s string) int { return utf8.RuneCountInString(s) }

// goesOn counts the lines of a group that are cut off in mid-sentence, and all that
// have a line after them.
func goesOn(g []rawLine, width int) (cut, pairs int) {
	for i := 1; i < len(g); i++ {
		s, next := g[i-1].bare(), g[i].bare()
		if g[i-1].isRow() || g[i].isRow() || opensItem(next) {
			continue
		}
		pairs++
		if broken(s, next) || width >= narrowest && width <= broadest && startsLower(next) && !strings.ContainsAny(lastOf(s), ".!?:;…") && fills(s, next, width) && strings.Count(s, " ") >= 2 {
			cut++
		}
	}
	return cut, pairs
}

// wrapped reports whether the text is plainly broken to a width: a good part of its
// lines are cut off in mid-sentence, and hardly one is longer than lines are.
func (r *reflower) wrapped() bool {
	cut, pairs, long := 0, 0, 0
	for _, g := range groups(r.lines) {
		width := 0
		for _, l := range g {
			width = max(width, runes(l.bare()))
			if runes(l.bare()) > broadest {
				long++
			}
		}
		c, p := goesOn(g, width)
		cut, pairs = cut+c, pairs+p
	}
	return cut >= 3 && cut*5 >= pairs && long*8 <= len(r.lines)
}

func (r *reflower) join() []rawLine {
	var out []rawLine
	for i, l := range r.lines {
		if i > 0 && len(out[len(out)-1].text) < longestParagraph && r.continues(i, out[len(out)-1].text) {
			last := &out[len(out)-1]
			if broken(last.text, l.bare()) {
				last.text = r.dehyphener.join(last.text, l.bare())
			} else {
				last.text += " " + l.bare()
			}
			continue
		}
		out = append(out, l)
	}
	return out
}

// continues reports whether line i goes on with the paragraph of the line before, of
// which whole is what there is so far.
func (r *reflower) continues(i int, whole string) bool {
	a, b := r.lines[i-1], r.lines[i]
	s, next := a.bare(), b.bare()
	if a.isRow() || b.isRow() || opensItem(next) || a.level != b.level || isFigureLine(s) {
		return false
	}
	if b.gap || b.turn {
		return r.goesOver(i)
	}
	width := r.widths[i]
	switch {
	case a.level > 0 || broken(s, next):
		return true
	case endsCapitals(whole, next):
		return true
	case startsLower(next) && !r.prose[i]:
		return !strings.ContainsAny(lastOf(s), ".!?:;…") && (opensItem(s) || fills(s, next, r.usual))
	case startsLower(next):
		return !strings.ContainsAny(lastOf(s), ".!?:;…") || fills(s, next, width)
	case !r.prose[i]: // one pair in capitals says little: the line has to be as full as others
		return fills(s, next, r.usual) || opensItem(s) && endsOpen(s) && fills(s, next, width)
	}
	return width >= narrowest && fills(s, next, width) && !isCapitals(s)
}

// goesOver reports whether a sentence goes on over the end of a page or column, or over
// a gap.
func (r *reflower) goesOver(i int) bool {
	a, b := r.lines[i-1], r.lines[i]
	s, next := a.bare(), b.bare()
	if a.level > 0 || isCapitals(s) || !startsLower(next) || strings.ContainsAny(lastOf(s), ".!?:;…»") {
		return false
	}
	if broken(s, next) {
		return true
	}
	width := max(r.widths[i-1], narrowest)
	if !b.turn {
		width = max(width, r.usual)
	}
	return strings.Count(s, " ") >= 2 && fills(s, next, width)
}

// fills reports whether the first word of next had no place at the end of s. Letters
// differ in width, and so do spaces.
func fills(s, next string, width int) bool {
	word, _, _ := strings.Cut(next, " ")
	return (runes(s)+1+runes(word))*100 >= width*88
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "«“\"( "))
	return unicode.IsLower(r)
}

func lastOf(s string) string {
	s = strings.TrimRight(s, " »”\")")
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

var itemNumber = regexp.MustCompile(`^(?:\d{1,2}(?:[.)°]|\.\d{1,2}\.?)|[a-zA-Z]\)|[ivxIVX]{1,4}[.)]|[-–—] ?)[ \t]`)

// opensItem reports whether a line begins with a list's bullet, dash or number.
func opensItem(s string) bool {
	return newLine(s).bullet || itemNumber.MatchString(s)
}

// isFigureLine reports whether a line is a key figure's number, its wording below.
func isFigureLine(s string) bool {
	return runes(s) <= 16 && figureNumber.MatchString(strings.ToLower(s))
}

// endsCapitals reports whether a heading in capitals goes on in the next line.
func endsCapitals(s, next string) bool {
	return isCapitals(next) && isCapitals(s) && (endsOpen(s) || strings.Count(s, "«") > strings.Count(s, "»"))
}

// openWords end no line that ends something.
var openWords = phrases("a", "au", "aux", "avec", "d'", "dans", "de", "des", "du", "en", "et", "l'", "la", "le", "les", "ou", "par", "pour", "sur", "un", "une", "qui", "que")

// endsOpen reports whether a line ends with a word that something has to follow.
func endsOpen(s string) bool {
	if strings.HasSuffix(s, ",") {
		return true
	}
	return openWords[strings.ToLower(s[strings.LastIndexByte(s, ' ')+1:])]
}
