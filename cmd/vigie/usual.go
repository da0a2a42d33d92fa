package main

import (
	"context"
	"fmt"
	"slices"

	"vigie"
	"vigie/scrapers"
)

// journal is how many runs back the state and the size of sources are looked up.
const journal = 400

// Nights that must tell the same before a source is held to a size, and how many count.
const (
	fewNights  = 5
	manyNights = 15
)

// usual is how many links each source gives on an ordinary night. A run with a window of its
// own is no ordinary night, and held to nothing.
func (n *night) usual(ctx context.Context) (map[string]int, error) {
	if n.window != (vigie.Window{}) {
		return nil, nil
	}
	runs, err := n.store.Runs(ctx, journal)
	if err != nil {
		return nil, fmt.Errorf("read the journal of runs: %w", err)
	}
	all := map[string]*sizes{}
	for _, src := range n.chosen {
		all[src.ID] = &sizes{declared: scrapers.Declaration(src)}
	}
	for _, r := range runs {
		for _, s := range r.Sources {
			if l := all[s.Source]; l != nil && r.Window == (vigie.Window{}) {
				l.add(dayOf(r.Started), s)
			}
		}
	}
	usual := map[string]int{}
	for id, l := range all {
		if size, ok := l.usual(); ok {
			usual[id] = size
		}
	}
	return usual, nil
}

// sizes are how many links a source gave of late, the newest night first.
type sizes struct {
	declared string     // how its file says now that its pages are found
	over     bool       // the nights before were on another declaration: they say nothing of this one
	last     vigie.Date // the night that was taken in last
	good     []int      // of nights that ended ok or quiet
	heard    []int      // of those too on which it was not as its file says
}

// add takes in the run before; of those of one night the last counts.
func (l *sizes) add(day vigie.Date, r vigie.SourceRun) {
	l.over = l.over || r.Declared != "" && r.Declared != l.declared
	good := r.State == vigie.StateOK || r.State == vigie.StateQuiet
	if l.over || day == l.last || !good && r.State != vigie.StateChanged {
		return
	}
	l.last = day
	l.heard = append(l.heard, r.Found)
	if good {
		l.good = append(l.good, r.Found)
	}
}

// usual is the median of the last good nights, until the last few nights have all given about
// one other size: that then is the usual one. Whoever looks after the source has been told on
// each of them, which is a working week; if he let it stand, the site is so now, and to go on
// telling would hide what happens to it next. As many nights make a first size.
func (l *sizes) usual() (int, bool) {
	if recent := l.heard[:min(len(l.heard), fewNights)]; len(recent) == fewNights && steady(recent) {
		return median(recent), true
	}
	good := l.good[:min(len(l.good), manyNights)]
	return median(good), len(good) >= fewNights
}

// fewLinks and none are never a new size, however steady: a selector that fits no more finds
// the same link of the menu each night. Below it nothing could be held to.
const fewLinks = 5

// steady reports sizes of which the largest is at most half as large again as the smallest.
func steady(sizes []int) bool {
	least, most := slices.Min(sizes), slices.Max(sizes)
	return least >= fewLinks && 2*most <= 3*least
}

func median(sizes []int) int {
	if len(sizes) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(sizes))[len(sizes)/2]
}
