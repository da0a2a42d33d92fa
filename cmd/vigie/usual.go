package main

import (
	"context"
	"fmt"
	"slices"

	"vigie"
)

// journal is how many runs back the state and the size of sources are looked up.
const journal = 400

// Nights that must tell the same before a source is held to a size, and how many count.
const (
	fewNights  = 5
	manyNights = 15
)

// usual is how many links each source gives on an ordinary night: the median of its last
// good ones. A run with a window of its own is no ordinary night, and held to nothing.
func (n *night) usual(ctx context.Context) (map[string]int, error) {
	if n.window != (vigie.Window{}) {
		return nil, nil
	}
	runs, err := n.store.Runs(ctx, journal)
	if err != nil {
		return nil, fmt.Errorf("read the journal of runs: %w", err)
	}
	sizes := map[string][]int{}
	for _, r := range runs {
		for _, s := range r.Sources {
			good := s.State == vigie.StateOK || s.State == vigie.StateQuiet
			if good && r.Window == (vigie.Window{}) && len(sizes[s.Source]) < manyNights {
				sizes[s.Source] = append(sizes[s.Source], s.Found)
			}
		}
	}
	usual := map[string]int{}
	for id, found := range sizes {
		if len(found) >= fewNights {
			slices.Sort(found)
			usual[id] = found[len(found)/2]
		}
	}
	return usual, nil
}
