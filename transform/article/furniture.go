package article

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vigie/internal/french"
)

// Furniture is what each page of a book repeats: its running head, its number.

var (
	pageCell   = regexp.MustCompile(`^(?:(page|p\.) ?(\d{1,4})(?: ?(?:/|sur|de|of) ?\d{1,4})?|(\d{1,4}) ?(?:/|sur) ?\d{1,4}|[-–—|] ?(\d{1,4}) ?[-–—|]|(\d{1,4}))$`)
	pageAtEnd  = regexp.MustCompile(`^(.*?)[ |·•–-]+(?:page|p\.) ?(\d{1,4})(?: ?(?:/|sur|de|of) ?\d{1,4})?$`)
	pageAtHead = regexp.MustCompile(`^(?:page|p\.) ?(\d{1,4})(?: ?(?:/|sur|de|of) ?\d{1,4})?[ |·•–-]+(.*)$`)
)

// A folio is a line that may bear a page's number.
type folio struct {
	at     int    // index of the line
	number int    //
	rest   string // the line's other words, folded
	plain  bool   // the number alone, without a mark of being a page's
}

func newFolio(at int, l rawLine) (folio, bool) {
	cells := l.cells()
	for i, c := range cells {
		m := pageCell.FindStringSubmatch(french.Fold(c))
		if m == nil {
			continue
		}
		rest := french.Fold(strings.Join(slices.Delete(slices.Clone(cells), i, i+1), " "))
		return folio{at, firstNumber(m[2:]), rest, rest == "" && m[5] != ""}, true
	}
	s := french.Fold(strings.Join(cells, " "))
	if m := pageAtEnd.FindStringSubmatch(s); m != nil {
		return folio{at, firstNumber(m[2:]), m[1], false}, true
	}
	if m := pageAtHead.FindStringSubmatch(s); m != nil {
		return folio{at, firstNumber(m[1:2]), m[2], false}, true
	}
	return folio{}, false
}

func firstNumber(groups []string) int {
	for _, g := range groups {
		if n, err := strconv.Atoi(g); err == nil {
			return n
		}
	}
	return 0
}

// dropFurniture leaves out the running heads and the page numbers of a text that a
// converter made of pages. A number counts pages where it grows from one such line to
// the next, all else in the line the same; a line without one goes where it says what
// such a line says, or stands beside one twice.
func dropFurniture(lines []rawLine) []rawLine {
	series := map[string][]folio{}
	for i, l := range lines {
		if f, ok := newFolio(i, l); ok && (!f.plain || l.gap && (i+1 == len(lines) || lines[i+1].gap)) {
			key := f.rest
			if f.plain {
				key = "\x00"
			}
			series[key] = append(series[key], f)
		}
	}
	drop := make([]bool, len(lines))
	heads := map[string]bool{}
	for key, all := range series {
		if !countsPages(all) {
			continue
		}
		for _, f := range all {
			drop[f.at] = true
		}
		if len(key) > 3 {
			heads[key] = true
		}
	}
	dropBeside(lines, drop, heads)
	return without(lines, drop)
}

// countsPages reports whether the numbers of lines that are otherwise the same grow. Bare
// numbers must count on by one, three times at least.
func countsPages(all []folio) bool {
	if len(all) < 2 || all[0].plain && len(all) < 3 {
		return false
	}
	for i := 1; i < len(all); i++ {
		if step := all[i].number - all[i-1].number; step < 1 || all[0].plain && step > 1 {
			return false
		}
	}
	return true
}

// dropBeside marks the lines without a number that belong to the furniture marked.
func dropBeside(lines []rawLine, drop []bool, heads map[string]bool) {
	beside := map[string][]int{}
	for i, l := range lines {
		if drop[i] || i == 0 { // the first line is the title, as often as it comes again
			continue
		}
		for _, c := range l.cells() {
			if heads[french.Fold(c)] {
				drop[i] = true
			}
		}
		above := i+1 < len(lines) && drop[i+1] && !lines[i+1].gap
		below := i > 0 && drop[i-1] && !l.gap
		if above || below {
			key := french.Fold(strings.Join(l.cells(), " "))
			beside[key] = append(beside[key], i)
		}
	}
	for _, all := range beside {
		if len(all) < 2 {
			continue
		}
		for _, i := range all {
			drop[i] = true
		}
	}
}

// without returns the lines not marked; the first one after those is at a page's turn.
func without(lines []rawLine, drop []bool) []rawLine {
	var kept []rawLine
	turn, gap := false, false
	for i, l := range lines {
		if drop[i] {
			turn, gap = true, true
			continue
		}
		l.turn, l.gap = l.turn || turn, l.gap || gap
		turn, gap = false, false
		kept = append(kept, l)
	}
	if len(kept) == 0 {
		return lines
	}
	return kept
}
