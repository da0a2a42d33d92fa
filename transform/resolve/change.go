package resolve

import (
	"cmp"
	"slices"

	"vigie"
)

// A Change is how one fact of a document differs between two readings of it.
type Change struct {
	How           string     // Gained, Lost, Reworded or Moved
	Before, After vigie.Fact // the zero Fact where there is none
}

// How facts change, in the order in which they are told.
const (
	Gained   = "gained"
	Lost     = "lost"
	Reworded = "reworded" // states the same, with another date, function, place …
	Moved    = "moved"    // states the same in other words, or at another place of the text
)

// Changes compares two readings of one document: facts that state the same are the same,
// wherever they stand.
func Changes(before, after []vigie.Fact) []Change {
	old := map[string][]vigie.Fact{}
	for _, f := range before {
		old[f.Key()] = append(old[f.Key()], f)
	}
	var all []Change
	for _, f := range after {
		was := old[f.Key()]
		if len(was) == 0 {
			all = append(all, Change{How: Gained, After: f})
			continue
		}
		old[f.Key()] = was[1:]
		switch {
		case was[0].Detail != f.Detail || was[0].Programme != f.Programme:
			all = append(all, Change{Reworded, was[0], f})
		case was[0].Quote != f.Quote || was[0].Span != f.Span:
			all = append(all, Change{Moved, was[0], f})
		}
	}
	for _, f := range before { // in the order of the text
		if left := old[f.Key()]; len(left) > 0 {
			old[f.Key()] = left[1:]
			all = append(all, Change{How: Lost, Before: left[0]})
		}
	}
	slices.SortStableFunc(all, func(a, b Change) int {
		return cmp.Compare(slices.Index(hows, a.How), slices.Index(hows, b.How))
	})
	return all
}

var hows = []string{Gained, Lost, Reworded, Moved}
