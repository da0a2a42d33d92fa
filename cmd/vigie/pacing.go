package main

import (
	"fmt"
	"time"
)

// A pacing is how fast a backfill goes now: what it took to find the pages says nothing of
// how long they will take.
type pacing struct {
	began time.Time
	marks []mark // the oldest first
}

// A mark is how far it was at a moment.
type mark struct {
	at      time.Time
	settled int
}

const (
	lately    = 5 * time.Minute // is as far back as it looks
	markEvery = time.Second
)

// note adds a mark. Until a page is settled there is but one, of now.
func (p *pacing) note(now time.Time, settled int) {
	if settled == 0 {
		p.marks = append(p.marks[:0], mark{now, 0})
		return
	}
	if n := len(p.marks); n < 2 || now.Sub(p.marks[n-1].at) >= markEvery {
		p.marks = append(p.marks, mark{now, settled})
	}
	for len(p.marks) > 2 && now.Sub(p.marks[1].at) >= lately {
		p.marks = p.marks[1:]
	}
}

// text tells how far it is, how fast it goes and how long the rest will take; while no page
// is settled, the requests say it.
func (p *pacing) text(now time.Time, asked, settled, found int) string {
	if len(p.marks) == 0 || settled <= p.marks[0].settled || !now.After(p.marks[0].at) {
		return "backfill: looking for pages, " + took(asked, now.Sub(p.began))
	}
	done, spent := settled-p.marks[0].settled, now.Sub(p.marks[0].at)
	left := spent / time.Duration(done) * time.Duration(found-settled)
	return fmt.Sprintf("backfill: %d of %s, %.1f a second, %s left", settled, count(found, "page", "pages"), float64(done)/spent.Seconds(), roughly(left))
}
