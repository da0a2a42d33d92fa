package article

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// sideBySide reads the tables and columns of a text file: what wide gaps, bars or
// semicolons part.
func sideBySide(lines []rawLine) []rawLine {
	lines = barred(lines)
	var rows []gridRow
	y := 0.0
	several := false
	for _, l := range lines {
		if y++; l.gap {
			y++
		}
		r := gridRow{y: y, line: l}
		if !l.isRow() {
			r.cells = wide(l.text)
			several = several || len(r.cells) > 1
		}
		rows = append(rows, r)
	}
	if !several {
		return lines
	}
	return layOut(rows, 2)
}

var ruled = regexp.MustCompile(`^[|+ :=-]+$`)

// barred makes rows of lines whose cells bars or semicolons part, as many in each.
func barred(lines []rawLine) []rawLine {
	out := lines[:0:0]
	for lo := 0; lo < len(lines); {
		mark, n := marked(lines[lo].bare())
		hi := lo + 1
		for n > 0 && hi < len(lines) && !lines[hi].gap {
			s := lines[hi].bare()
			if m, k := marked(s); !ruled.MatchString(s) && (m != mark || k != n) {
				break
			}
			hi++
		}
		least := 3
		if strings.HasPrefix(lines[lo].bare(), "|") {
			least = 2
		}
		for i := lo; i < hi; i++ {
			l := lines[i]
			if n > 0 && hi-lo >= least {
				if ruled.MatchString(l.bare()) {
					continue
				}
				l.text = strings.Join(parted(l.bare(), mark), "\t")
			}
			out = append(out, l)
		}
		lo = hi
	}
	return out
}

// marked tells by which mark a line's cells are parted, and how many there are.
func marked(s string) (string, int) {
	if strings.HasPrefix(s, "|") && strings.Count(s, "|") > 2 || strings.Count(s, " | ") > 0 {
		return "|", len(parted(s, "|"))
	}
	if n := strings.Count(s, ";"); n > 1 && !strings.Contains(s, "; ") && !strings.HasSuffix(s, ".") && utf8.RuneCountInString(s) < 300 {
		return ";", n + 1
	}
	return "", 0
}

func parted(s, mark string) []string {
	if mark == "|" {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "|"), "|")
	}
	all := strings.Split(s, mark)
	for i, c := range all {
		all[i] = strings.TrimSpace(c)
	}
	return all
}
