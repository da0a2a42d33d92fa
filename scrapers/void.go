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
		if l.leaning.links > 0 && l.leaning.own == 0 {
			t.changed = true
			t.fail(l.URL, &AwayError{List: l.URL, Links: l.leaning.links, Of: l.leaning.links, Hosts: l.leaning.most()})
		}
		gave, err := t.gave(ctx, l)
		switch {
		case err != nil:
			t.broken = err
			return
		case gave || l.errs > 0 || l.Search != "": // a search may well find nothing
		case named > 0:
			t.notes = append(t.notes, fmt.Errorf("%s: %w", l.URL, ErrVoid))
		default:
			t.changed = true
			t.fail(l.URL, fmt.Errorf("%s: %w", l.URL, ErrVoid))
		}
	}
}

// gave reports a way that names something, tonight or on a night before.
func (t *turn) gave(ctx context.Context, l *way) (bool, error) {
	kept, ok := t.c.Archive.(Entries)
	if l.Method == "pages" || !ok {
		return l.links > 0, nil
	}
	note := "gave links: " + l.Method + " " + l.URL
	_, _, err := kept.ListNote(ctx, t.source.ID, note)
	if errors.Is(err, vigie.ErrNotFound) && l.links > 0 {
		err = kept.PutListNote(ctx, t.source.ID, note, t.c.now(), nil)
	}
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return false, &archiveError{err}
	}
	return err == nil, nil
}
