package store

import (
	"context"
	"iter"

	"vigie"
)

// Documents yields every document with its captures, by source and then by ID. The
// capture seen last comes last.
func (s *Store) Documents(ctx context.Context) iter.Seq2[vigie.Document, error] {
	return named(s, "documents", grouped(documentRows("").from(ctx, s, s.read)))
}

// Pending yields the documents to be read, as [Store.Documents] does: those whose
// last good capture (status 200 to 299, no fault) has another body than their last reading, or
// that another version read, or none. It sees the store as it was when it began, so
// that readings may be put while it runs.
func (s *Store) Pending(ctx context.Context, version string) iter.Seq2[vigie.Document, error] {
	const lastGood = `SELECT g.digest FROM captures g WHERE g.document = d.id AND g.status BETWEEN 200 AND 299 AND g.fault = ''
		ORDER BY g.last_seen DESC, g.first_seen DESC LIMIT 1`
	q := documentRows(`WHERE EXISTS (`+lastGood+`) AND NOT EXISTS (
		SELECT 1 FROM readings r WHERE r.document = d.id AND r.known_until IS NULL
			AND r.version = $1 AND r.digest = (`+lastGood+`))`, version)
	return named(s, "documents to read", grouped(q.from(ctx, s, s.read)))
}

// documentRows are documents with one capture each.
func documentRows(where string, args ...any) selection[vigie.Document] {
	return selection[vigie.Document]{
		query: `SELECT d.id, d.url, d.source, d.title, d.published, ` + captureColumns + `
			FROM documents d JOIN captures c ON c.document = d.id ` + where + `
			ORDER BY d.source, d.id, c.last_seen, c.first_seen`,
		args: args,
		scan: func(scan func(...any) error) (vigie.Document, error) {
			d := vigie.Document{Captures: make([]vigie.Capture, 1)}
			err := scan(append([]any{&d.ID, &d.URL, &d.Source, &d.Title, &d.Published}, captureInto(&d.Captures[0])...)...)
			return d, err
		},
	}
}

// grouped joins the rows of one document.
func grouped(rows iter.Seq2[vigie.Document, error]) iter.Seq2[vigie.Document, error] {
	return func(yield func(vigie.Document, error) bool) {
		var doc vigie.Document
		for row, err := range rows {
			switch {
			case err != nil:
				yield(vigie.Document{}, err)
				return
			case row.ID == doc.ID:
				doc.Captures = append(doc.Captures, row.Captures...)
				continue
			case doc.ID != "" && !yield(doc, nil):
				return
			}
			doc = row
		}
		if doc.ID != "" {
			yield(doc, nil)
		}
	}
}
