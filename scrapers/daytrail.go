package scrapers

import "vigie"

// A dayTrail follows the days of a list, page after page, to the start of a window: what
// stands behind is older still.
type dayTrail struct{ old int }

// past reports whether the list has come past the window's start, by what a page names that
// those before it did not. A few links without a day are what stands around a list: numbers
// of its pages, what to read beside. Where they stand, one page may err, and two must agree.
func (t *dayTrail) past(links []vigie.Link, since vigie.Date) bool {
	from := vigie.Window{Since: since}
	dated, within := 0, 0
	for _, l := range links {
		if l.Published != "" {
			dated++
			if from.Holds(l.Published) {
				within++
			}
		}
	}
	switch {
	case within > 0:
		t.old = 0
	case mostly(dated, links):
		t.old++
	}
	return within == 0 && mostly(dated, links) && (dated == len(links) || t.old >= 2)
}

// undated reports a page by which nobody can tell how far the list has come.
func undated(links []vigie.Link) bool {
	dated := 0
	for _, l := range links {
		if l.Published != "" {
			dated++
		}
	}
	return !mostly(dated, links)
}

func mostly(n int, links []vigie.Link) bool { return 2*n > len(links) }
