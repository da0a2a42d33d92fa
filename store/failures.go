package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"vigie"
)

// Failing returns the pages of a source that failed when it asked for them last, each by
// the failure that was seen last; the page that has waited longest since comes first.
func (s *Store) Failing(ctx context.Context, source string) (failures []vigie.Failure, err error) {
	defer s.wrap(&err, "pages of %s that fail", source)
	return failureRows(`WHERE f.source = $1 AND f.mended IS NULL AND NOT EXISTS (
			SELECT 1 FROM failures g WHERE g.document = f.document AND g.source = f.source AND g.mended IS NULL AND g.last_failed > f.last_failed)
		ORDER BY f.last_failed, f.first_failed, f.document`, source).list(ctx, s, s.read)
}

// Unmended returns the failures of all pages that have not come since, by source and
// address; those of one page in order of time.
func (s *Store) Unmended(ctx context.Context) (failures []vigie.Failure, err error) {
	defer s.wrap(&err, "pages that fail")
	return failureRows(`WHERE f.mended IS NULL ORDER BY f.source, f.url, f.document, f.last_failed, f.first_failed`).list(ctx, s, s.read)
}

// Failures returns those of one document, in order of time.
func (s *Store) Failures(ctx context.Context, id vigie.DocumentID) (failures []vigie.Failure, err error) {
	defer s.wrap(&err, "failures of %s", id)
	return failureRows(`WHERE f.document = $1 ORDER BY f.first_failed, f.last_failed, f.source, f.kind`, id).list(ctx, s, s.read)
}

func failureRows(where string, args ...any) selection[vigie.Failure] {
	return selection[vigie.Failure]{
		query: `SELECT f.document, f.source, f.url, f.kind, f.error, f.first_failed, f.last_failed, f.times, f.mended FROM failures f ` + where,
		args:  args,
		scan: func(scan func(...any) error) (f vigie.Failure, err error) {
			err = scan(&f.Document, &f.Source, &f.URL, &f.Kind, &f.Error, into{&f.First}, into{&f.Last}, &f.Times, into{&f.Mended})
			return f, err
		},
	}
}

// Failed notes that a page was asked for in vain, at f.Last. Where it failed in the same way
// when the source asked for it last, and has not come since, that failure goes on. What is
// archived of a page in order, or noted of one that is as it was, mends it.
func (s *Store) Failed(ctx context.Context, f vigie.Failure) (err error) {
	defer s.wrap(&err, "failure of %s", f.URL)
	if err := sound(f); err != nil {
		return err
	}
	return s.putAll(ctx, failed(f))
}

func sound(f vigie.Failure) error {
	if f.Document == "" || f.Source == "" || f.Kind == "" || f.Last.IsZero() {
		return errors.New("a failure needs a document, a source, a kind and its time")
	}
	return nil
}

// A failed page is on its way into the archive.
type failed vigie.Failure

func (failed) pack(context.Context, *packing) error { return nil }

func (f failed) write(ctx context.Context, w *writer) error {
	w.failing = nil // there is one more
	kind, text := bounded(f.Kind), bounded(f.Error)
	r, err := w.exec(ctx, `
		UPDATE failures SET times = times + 1, error = $4, last_failed = CASE WHEN last_failed < $5 THEN $5 ELSE last_failed END
		WHERE document = $1 AND source = $2 AND kind = $3 AND mended IS NULL AND last_failed = (
			SELECT max(last_failed) FROM failures WHERE document = $1 AND source = $2 AND mended IS NULL)`,
		f.Document, clean(f.Source), kind, text, at(f.Last))
	if err != nil {
		return fmt.Errorf("failure of %s: %w", f.URL, err)
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		return err
	}
	_, err = w.exec(ctx, `
		INSERT INTO failures (document, source, url, kind, error, first_failed, last_failed, times) VALUES ($1, $2, $3, $4, $5, $6, $6, 1)
		ON CONFLICT DO NOTHING`,
		f.Document, clean(f.Source), clean(f.URL), kind, text, at(f.Last))
	if err != nil {
		return fmt.Errorf("failure of %s: %w", f.URL, err)
	}
	return nil
}

// mostWords is how much of an error is kept, in bytes: it may hold what a site sent.
const mostWords = 500

// bounded is the beginning of such words, as one line that does nothing to a terminal.
func bounded(words string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, clean(words[:min(len(words), mostWords)]))
}

// came ends the failures of a page that was in order since: whoever brought it, and with it,
// so that no crash parts the two.
func (w *writer) came(ctx context.Context, id vigie.DocumentID, when time.Time) error {
	if w.failing == nil {
		failing, err := selection[vigie.DocumentID]{
			query: `SELECT DISTINCT document FROM failures WHERE mended IS NULL`,
			scan:  func(scan func(...any) error) (id vigie.DocumentID, err error) { return id, scan(&id) },
		}.list(ctx, w.store, w.tx)
		if err != nil {
			return err
		}
		w.failing = map[vigie.DocumentID]bool{}
		for _, id := range failing {
			w.failing[id] = true
		}
	}
	if !w.failing[id] {
		return nil
	}
	_, err := w.exec(ctx, `UPDATE failures SET mended = $2 WHERE document = $1 AND mended IS NULL AND last_failed <= $2`, id, at(when))
	if err != nil {
		return fmt.Errorf("%s mended: %w", id, err)
	}
	return nil
}

// Failed notes as [Store.Failed] does, now or soon.
func (b *Batch) Failed(ctx context.Context, f vigie.Failure) (err error) {
	defer b.wrap(&err, "failure of %s", f.URL)
	if err := sound(f); err != nil {
		return err
	}
	return b.add(ctx, failed(f), 0)
}

// Failing returns what [Store.Failing] does, of what waits too.
func (b *Batch) Failing(ctx context.Context, source string) ([]vigie.Failure, error) {
	if err := b.settle(ctx, func(item) bool { return true }); err != nil {
		return nil, err
	}
	return b.Store.Failing(ctx, source)
}
