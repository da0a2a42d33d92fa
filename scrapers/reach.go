package scrapers

import (
	"cmp"
	"errors"
	"fmt"

	"vigie"
)

// maxReach bounds the lists of one way to discover, whatever is looked for: a calendar has
// no end.
const maxReach = 1000

// ErrShort is a way to discover that was not followed to its end: what stands behind is not
// known.
var ErrShort = errors.New("not read to its end")

// reach is how many lists are read. On a night these are as many as MaxPages says, or
// usual where it does not: a night stops at what is known. For a window they are as many as
// it takes to come to its start, which MaxPages was not written for.
func reach(d vigie.Discovery, w vigie.Window, usual int) int {
	if w != (vigie.Window{}) {
		return max(d.MaxPages, maxReach)
	}
	return cmp.Or(d.MaxPages, usual)
}

// short tells of a bound that was met on the way to a window's start; a night's says nothing.
func short(what string, w vigie.Window, pages int) error {
	if w == (vigie.Window{}) {
		return nil
	}
	return fmt.Errorf("%s: %w: the window's start is not reached in %d pages", what, ErrShort, pages)
}
