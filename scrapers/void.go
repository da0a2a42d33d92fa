package scrapers

import (
	"context"
	"errors"
	"fmt"

	"vigie"
)

// ErrVoid is a list that is in order and names nothing.
var ErrVoid = errors.New("nothing is in it")

// A way is one way to discover, and what came of it tonight.
type way struct {
	vigie.Discovery
	errs    int     // how often it failed
	links   int     // that it named, whether they were to match or not
	leaning leaning // of those that match, as long as none is the source's own
}

// hearLists tells of lists that answer in order and give nothing to read: one that leads
// nowhere but to hosts that the source's file does not name, and one that is empty and always
// was. Where no way names anything, that is no quiet source but an address to be looked at;
// of a list that was not always empty, the source's usual size tells.
func (t *turn) hearLists(ctx context.Context, ways []way, w vigie.Window) {
	if w != (vigie.Window{}) {
		return
	}
	named := 0
	for i := range ways {
		named += ways[i].links
	}
	for i := range ways {
		l := &ways[i]
		gave, own, err := t.gave(ctx, l)
		if err != nil {
			t.broken = err
			return
		}
		if n := l.leaning.links; n > 0 && l.leaning.own == 0 {
			away := &AwayError{List: l.URL, Links: n, Of: n, Hosts: l.leaning.most()}
			if own && n < fewAway { // what others publish, on a day on which it has nothing of its own
				t.notes = append(t.notes, away)
			} else {
				t.changed = true
				t.fail(l.URL, away)
			}
		}
		switch {
		case gave || l.errs > 0 || l.Search != "": // a search may well find nothing
		case named > 0:
			t.notes = append(t.notes, fmt.Errorf("%s: %w", l.URL, ErrVoid))
		default:
			t.changed = true
			t.fail(l.URL, fmt.Errorf("%s: %w", l.URL, ErrVoid))
		}
	}
}

// givesOwn is the text of the note of a way that named pages of the source's own; of one that
// only named others there is none.
const givesOwn = "own"

// gave reports a way that names something, and one that names what is the source's own,
// tonight or on a night before.
func (t *turn) gave(ctx context.Context, l *way) (some, own bool, err error) {
	some, own = l.links > 0, l.leaning.own > 0
	kept, ok := t.c.Archive.(Entries)
	if l.Method == "pages" || !ok {
		return some, own, nil
	}
	note := "gave links: " + l.Method + " " + l.URL
	text, _, err := kept.ListNote(ctx, t.source.ID, note)
	switch {
	case err != nil && !errors.Is(err, vigie.ErrNotFound):
		return false, false, &archiveError{err}
	case err == nil && (!own || string(text) == givesOwn):
		return true, string(text) == givesOwn, nil
	case !some:
		return false, false, nil
	}
	text = nil
	if own {
		text = []byte(givesOwn)
	}
	if err := kept.PutListNote(ctx, t.source.ID, note, t.c.now(), text); err != nil {
		return false, false, &archiveError{err}
	}
	return true, own, nil
}
