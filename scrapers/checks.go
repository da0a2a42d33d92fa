package scrapers

import (
	"context"
	"fmt"
	"time"

	"vigie"
)

// Checks are what an [Archive] may know of when its documents were last looked at. With
// them a page is not asked for that discovery says has not changed since.
type Checks interface {
	Checks(ctx context.Context, source string) ([]vigie.Check, error)
	// Known returns those of the documents that the archive has, of whatever source.
	Known(context.Context, []vigie.DocumentID) (map[vigie.DocumentID]bool, error)
	// Checked notes that a document is as the archive has it.
	Checked(context.Context, vigie.Check) error
}

// recheck is how long a day of publication is believed to say that nothing has changed: a
// correction of the page shows nowhere else. A date of change is believed for good.
const recheck = 7 * 24 * time.Hour

// readChecks learns when the source's documents were last looked at, and which of the
// links the archive knows at all: it need not be asked of each of the others.
func (t *turn) readChecks(ctx context.Context, links []*found) error {
	kept, ok := t.c.Archive.(Checks)
	if !ok {
		return nil
	}
	all, err := kept.Checks(ctx, t.source.ID)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	t.checks = make(map[vigie.DocumentID]vigie.Check, len(all))
	for _, c := range all {
		t.checks[c.Document] = c
	}
	var ids []vigie.DocumentID
	for _, f := range links {
		ids = append(ids, vigie.NewDocumentID(f.canonical, nil))
	}
	if t.known, err = kept.Known(ctx, ids); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}

// latest returns the document's last capture; known is false for one never seen.
func (t *turn) latest(ctx context.Context, id vigie.DocumentID) (last vigie.Capture, known bool, err error) {
	if t.known != nil && !t.known[id] {
		return vigie.Capture{}, false, nil
	}
	return t.c.latest(ctx, id)
}

// unchanged returns what tells that the archive has a page as it is, so that it need not be
// asked for; empty where nothing does.
func (t *turn) unchanged(id vigie.DocumentID, l vigie.Link) vigie.Hint {
	c, ok := t.checks[id]
	switch {
	case !ok:
		return ""
	case !l.Modified.IsZero():
		if wholeDay := l.Modified.Equal(l.Modified.Truncate(24 * time.Hour)); wholeDay && c.Time.Before(l.Modified.Add(36*time.Hour)) {
			return "" // it may have changed later on that day, whatever the zone
		}
		if l.Modified.After(c.Modified) {
			return ""
		}
		return vigie.HintLastMod
	}
	day := l.Published.Last()
	if !day.IsZero() && day.AddDate(0, 0, 1).Before(c.Time) && t.c.now().Sub(c.Time) < recheck {
		return vigie.HintPublished
	}
	return ""
}

// noteUnchanged notes that the site says that its page is as the archive has it.
func (t *turn) noteUnchanged(ctx context.Context, id vigie.DocumentID, l vigie.Link) error {
	kept, ok := t.c.Archive.(Checks)
	if !ok {
		return nil
	}
	if err := kept.Checked(ctx, vigie.Check{Document: id, Time: t.c.now(), Modified: l.Modified}); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}
