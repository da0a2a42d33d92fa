package article

import (
	"strings"
	"unicode/utf8"
)

// A rawLine is a line of a text file or of a PDF's page as it stands there, before
// anybody knows whether it is a whole paragraph or a part of one.
type rawLine struct {
	text  string  // white space at its head kept, at its end not
	gap   bool    // white space above parts it from the line before
	turn  bool    // a page or column ended above: the gap, if there is one, says little
	page  int     // of a PDF, from 1
	level int     // of a heading, where its letters tell; else 0
	size  float64 // of its letters, in points; 0 in a text
}

// rawLines cuts a text at its line ends.
func rawLines(source string) []rawLine {
	var all []rawLine
	gap, turn := false, false
	for s := range strings.SplitSeq(source, "\n") {
		s = strings.TrimRight(s, " \t")
		if strings.Contains(s, "\f") {
			gap, turn = true, true
			s = strings.ReplaceAll(s, "\f", "")
		}
		if strings.TrimSpace(s) == "" {
			gap = true
			continue
		}
		all = append(all, rawLine{text: s, gap: gap, turn: turn})
		gap, turn = false, false
	}
	return all
}

// bare is the line without the white space around.
func (l rawLine) bare() string { return strings.TrimSpace(l.text) }

// isRow reports whether the line is a table's row, cells parted by tabs.
func (l rawLine) isRow() bool { return strings.Contains(l.bare(), "\t") }

// cells are the stretches of the line that wide gaps part.
func (l rawLine) cells() []string {
	var all []string
	for _, c := range wide(l.text) {
		all = append(all, c.text)
	}
	return all
}

// A cell is a stretch of a line between wide gaps; lo and hi are where it stands, in
// characters of a text or in the letters' width of a page.
type cell struct {
	lo, hi float64
	text   string
}

// wide cuts a line of text where two spaces or more follow each other, or a tab.
func wide(s string) []cell {
	var all []cell
	at := 0.0
	lo, start, blank := -1, 0.0, 0
	end := 0
	flush := func() {
		if lo >= 0 {
			t := s[lo:end]
			all = append(all, cell{start, start + float64(utf8.RuneCountInString(t)), t})
		}
		lo = -1
	}
	for i, r := range s {
		switch {
		case r == '\t':
			blank += 2
		case r == ' ':
			blank++
		default:
			if blank > 1 {
				flush()
			}
			if lo < 0 {
				lo, start = i, at
			}
			blank, end = 0, i+utf8.RuneLen(r)
		}
		at++
	}
	flush()
	if len(all) > 1 && isMark(all[0].text) { // a bullet set apart from its item
		all[1] = cell{all[0].lo, all[1].hi, all[0].text + " " + all[1].text}
		all = all[1:]
	}
	return all
}

// isMark reports whether a cell is no more than the bullet or number of a list's item.
func isMark(s string) bool {
	return strings.Contains(bullets+"-–—", s) || itemNumber.MatchString(s+" ") && !isFigureLine(s)
}

// groups cuts lines at their gaps.
func groups(lines []rawLine) [][]rawLine {
	var all [][]rawLine
	for i, l := range lines {
		if i == 0 || l.gap {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], l)
	}
	return all
}
