package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"vigie"
)

// Checks returns when each of a source's documents was last looked at.
func (s *Store) Checks(ctx context.Context, source string) (checks []vigie.Check, err error) {
	defer s.wrap(&err, "checks of %s", source)
	return selection[vigie.Check]{
		query: `SELECT id, checked, modified FROM documents WHERE source = $1 AND checked IS NOT NULL ORDER BY id`,
		args:  []any{source},
		scan: func(scan func(...any) error) (c vigie.Check, err error) {
			err = scan(&c.Document, into{&c.Time}, into{&c.Modified})
			return c, err
		},
	}.list(ctx, s, s.read)
}

// Known returns those of the documents that the archive has, of whatever source.
func (s *Store) Known(ctx context.Context, ids []vigie.DocumentID) (known map[vigie.DocumentID]bool, err error) {
	defer s.wrap(&err, "which of %d documents it has", len(ids))
	known = map[vigie.DocumentID]bool{}
	for some := range slices.Chunk(ids, 500) {
		found, err := which(ctx, s, `SELECT id FROM documents WHERE id`, some)
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			known[id] = true
		}
	}
	return known, nil
}

// Checked notes that a document was found to be as the archive has it: its last good
// capture was seen again, also where errors came between. [Store.Put] notes as much for
// those that it archives.
func (s *Store) Checked(ctx context.Context, c vigie.Check) (err error) {
	defer s.wrap(&err, "check of %s", c.Document)
	return s.putAll(ctx, check(c))
}

// A check is on its way into the archive.
type check vigie.Check

func (check) pack(context.Context, *packing) error { return nil }

func (c check) write(ctx context.Context, w *writer) error {
	_, err := w.exec(ctx, `UPDATE documents SET checked = $2, modified = $3 WHERE id = $1`,
		c.Document, at(c.Time), at(c.Modified))
	if err == nil {
		err = w.came(ctx, c.Document, c.Time)
	}
	if err == nil {
		_, err = w.exec(ctx, `
			UPDATE captures SET last_seen = $2 WHERE document = $1 AND status < 400 AND last_seen < $2 AND first_seen = (
				SELECT first_seen FROM captures WHERE document = $1 AND status < 400 ORDER BY last_seen DESC, first_seen DESC LIMIT 1)`,
			c.Document, at(c.Time))
	}
	if err != nil {
		return fmt.Errorf("check of %s: %w", c.Document, err)
	}
	return nil
}

// inOrder reports a page as its site gave it; an error page is none, one that may not be
// read, or that is no article's, is.
func inOrder(c vigie.Capture) bool {
	judged := c.Fault == "" || c.Fault == vigie.FaultReserved || c.Fault == vigie.FaultData
	return c.Status < 400 && judged && c.Via == "" // a public archive's copy is not how the page is now
}

// checkOf is what an archived fetch says of when its document was in order; an error
// page says nothing, one that may not be read is in order.
func checkOf(doc vigie.Document, c vigie.Capture) (checked, modified time.Time) {
	if c.Status >= 400 || c.Fault != "" && c.Fault != vigie.FaultReserved || c.Via != "" { // a public archive's copy is not how the page is now
		return time.Time{}, time.Time{}
	}
	return c.Time, doc.Modified
}
