package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"vigie"
)

type momentFlags struct {
	AsOf    string `name:"as-of" help:"What was true on this day, in a report about the past." placeholder:"DATE"`
	KnownOn string `name:"known-on" help:"As vigie knew it on this day (that day's report, if there is one), or at this moment (RFC 3339)." placeholder:"DATE"`
}

// check refuses what no look back can mean.
func (f momentFlags) check() error {
	if f.AsOf != "" && vigie.Date(f.AsOf).Precision() != vigie.DayPrecision {
		return misusef("--as-of %s: want a day such as 2026-11-23", f.AsOf)
	}
	return nil
}

// A moment is what a report is about: what was true on a day, as vigie knew it at an instant.
type moment struct {
	day     vigie.Date
	known   time.Time
	past    bool           // somebody looks back: nothing is published
	edition *vigie.Edition // that was made as of the instant; nil: none
}

// again reports whether the report is an edition told once more, word for word.
func (m moment) again() bool { return m.edition != nil && m.edition.Day == m.day }

// tonight is the moment of a night's own report: now, and after all that is in the store,
// also where the clock has been set back.
func (n *night) tonight(ctx context.Context, editions []vigie.Edition) (moment, error) {
	now := n.s.now()
	known := now
	last, err := n.store.Horizon(ctx)
	if err != nil {
		return moment{}, fmt.Errorf("read what is known: %w", err)
	}
	if last.After(known) {
		known = last
	}
	if len(editions) > 0 && !known.After(editions[0].Known) {
		known = editions[0].Known.Add(time.Microsecond)
	}
	return moment{day: dayOf(now), known: known.UTC().Truncate(time.Microsecond)}, nil
}

// lookBack is the moment that the flags name. A day on which a report was published stands
// for the instant of that report.
func (n *night) lookBack(f momentFlags, editions []vigie.Edition) (m moment, err error) {
	m.past, m.known = true, n.s.now()
	if f.KnownOn != "" {
		if m.known, err = n.knownOn(f.KnownOn, editions); err != nil {
			return m, err
		}
	}
	m.day = dayOf(m.known)
	if f.AsOf != "" {
		m.day = vigie.Date(f.AsOf)
	}
	for _, e := range editions {
		if e.State == vigie.EditionPublished && e.Known.Equal(m.known) {
			m.edition = &e
		}
	}
	return m, nil
}

func (n *night) knownOn(s string, editions []vigie.Edition) (time.Time, error) {
	known, err := time.Parse(time.RFC3339, s)
	if day := vigie.Date(s); err != nil && day.Precision() == vigie.DayPrecision {
		i := slices.IndexFunc(editions, func(e vigie.Edition) bool { return e.State == vigie.EditionPublished && e.Day == day })
		if i >= 0 {
			return editions[i].Known, nil
		}
		y, m, d := day.First().Date()
		known, err = time.Date(y, m, d+1, 0, 0, 0, 0, paris()).Add(-time.Microsecond), nil
		if now := n.s.now(); day == dayOf(now) {
			known = now
		}
	}
	switch {
	case err != nil:
		return known, misusef("--known-on %s: want a day such as 2026-11-23, or a moment such as 2026-11-23T04:15:00Z", s)
	case known.After(n.s.now()):
		return known, misusef("--known-on %s: nobody knows yet", s)
	}
	return known, nil
}

// pastFolder is where a report about the past goes that is given no folder.
func pastFolder(m moment, f momentFlags) string {
	known := f.KnownOn
	if known == "" {
		known = string(dayOf(m.known))
	}
	return fmt.Sprintf("au-%s-connu-%s", m.day, strings.ReplaceAll(known, ":", ""))
}
