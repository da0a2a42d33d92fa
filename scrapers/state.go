package scrapers

import (
	"errors"
	"fmt"
	"slices"

	"vigie"
)

// state is how the source ended its turn.
func (t *turn) state() vigie.SourceState {
	nothing := !t.worked || t.run.Failed > 0 && !t.gives()
	switch {
	case t.changed || t.outOfSize():
		return vigie.StateChanged
	case nothing && errors.Is(t.first, vigie.ErrBlocked):
		return vigie.StateBlocked
	case nothing && errors.Is(t.first, ErrBrowser):
		return vigie.StateBrowser
	case nothing && errors.Is(t.first, ErrChanged), nothing && t.isGone(): // the site is there, what its file declares is not
		return vigie.StateChanged
	case nothing:
		return vigie.StateUnreachable
	case t.run.New+t.run.Changed == 0:
		return vigie.StateQuiet
	}
	return vigie.StateOK
}

// gives reports a source that gave us a page, or has pages that are as the archive has them by
// the word of its lists, and that were not asked for. That word says nothing of a site that
// denied us the others, unless it was one page alone, which may be closed for ever.
func (t *turn) gives() bool {
	unasked := t.run.Hints[vigie.HintLastMod] + t.run.Hints[vigie.HintPublished]
	if t.run.New+t.run.Changed+t.run.Same > unasked {
		return true
	}
	return slices.ContainsFunc(t.bears.all, func(b *bearing) bool { return b.trusted && b.denied < 2 && !b.stops(t.bears.tooMany()) })
}

// isGone reports a site that answers and no longer has what its file declares, or shows
// one page for any address. A page that a listing names and that is missing is less.
func (t *turn) isGone() bool {
	_, isDoor := errors.AsType[*PageError](t.first)
	return errors.Is(t.first, vigie.ErrNotFound) && (!t.worked || isDoor)
}

// A source whose listing shrinks below a third of its usual size, or swells past five
// times, is another than its file declares. Small ones vary too much to tell, but for those
// that name nothing any more.
const (
	sizeable  = 10
	emptied   = 5
	shrinking = 3
	swelling  = 5
)

// outOfSize reports a listing far from its usual size, and says so.
func (t *turn) outOfSize() bool {
	usual := t.c.Usual[t.source.ID]
	found := t.run.Found
	small := usual < sizeable && (found > 0 || usual < emptied)
	if small || !t.worked || shrinking*found >= usual && found <= swelling*usual {
		return false
	}
	if t.run.Error == "" {
		t.run.Error = fmt.Sprintf("liste de %d liens au lieu de %d d'ordinaire : revoir la fiche de la source (adresse, item)", found, usual)
	}
	return true
}

// ourNetwork reports that several sources were asked and none of them answered at all: it is
// our network that is down, and not theirs. One that was left alone tells nothing of it.
func ourNetwork(turns []turn) bool {
	deaf := 0
	for _, t := range turns {
		switch {
		case t.run.Source == "": // its turn never came
		case t.site.answered:
			return false
		case t.deaf:
			deaf++
		}
	}
	return deaf >= 2
}

// outcome gathers the runs of those whose turn came.
func outcome(turns []turn) []vigie.SourceRun {
	runs, down := make([]vigie.SourceRun, 0, len(turns)), ourNetwork(turns)
	for _, t := range turns {
		if t.run.Source == "" {
			continue
		}
		if down && t.deaf {
			t.run.State = vigie.StateNetwork
		}
		runs = append(runs, t.run)
	}
	return runs
}
