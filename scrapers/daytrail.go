package scrapers

import "vigie"

// A dayTrail follows the days of a list, page after page, to the start of a window. Where
// they were seen to fall, what stands behind is older still; of a list with the oldest first,
// or in another order than the days', nobody knows what its next page holds.
type dayTrail struct {
	old          int // pages in a row
	last         vigie.Date
	falls, rises int // from one day to the next
}

// past reports whether the list has come past the window's start, by what a page names that
// those before it did not. A few links without a day are what stands around a list: numbers
// of its pages, what to read beside. Where they stand, one page may err, and two must agree.
func (t *dayTrail) past(links []vigie.Link, since vigie.Date) bool {
	from := vigie.Window{Since: since}
	dated, within := 0, 0
	for _, l := range links {
		if l.Published != "" {
			dated++
			t.follow(l.Published)
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
	return within == 0 && mostly(dated, links) && (dated == len(links) || t.old >= 2) && t.falling()
}

func (t *dayTrail) follow(day vigie.Date) {
	if t.last != "" && !day.Overlaps(t.last) {
		if day.Compare(t.last) < 0 {
			t.falls++
		} else {
			t.rises++
		}
	}
	t.last = day
}

// falling bears a rise among four falls: what is pinned on top, or stands beside.
func (t *dayTrail) falling() bool { return t.falls > 0 && 4*t.rises <= t.falls }

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
