package article

import (
	"math"
	"regexp"

	"vigie/internal/french"
)

// edge is how many rows at either end of a page may be its running head or foot.
const edge = 3

var digits = regexp.MustCompile(`\d+`)

// dropRunning leaves out what pages repeat at their head and foot, numbers aside: rows
// that say the same at the same height, on three pages at least, or two of a few.
func dropRunning(pages [][]pdfRow) [][]pdfRow {
	type place struct {
		page int
		y    float64
	}
	said := map[string][]place{}
	atEdge := func(i, n int) bool { return i < edge || i >= n-edge }
	for p, rows := range pages {
		for i, r := range rows {
			if atEdge(i, len(rows)) {
				said[r.key()] = append(said[r.key()], place{p, r.y})
			}
		}
	}
	least := 3
	if len(pages) <= 4 {
		least = 2
	}
	var kept [][]pdfRow
	for _, rows := range pages {
		var rest []pdfRow
		for i, r := range rows {
			on := map[int]bool{}
			if atEdge(i, len(rows)) {
				for _, p := range said[r.key()] {
					if math.Abs(p.y-r.y) <= 6 {
						on[p.page] = true
					}
				}
			}
			if len(on) < least {
				rest = append(rest, r)
			}
		}
		kept = append(kept, rest)
	}
	return kept
}

func (r pdfRow) key() string {
	s := ""
	for _, w := range r.words {
		s += " " + w.Text
	}
	return digits.ReplaceAllString(french.Fold(s), "#")
}
