package store

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"vigie"
)

// refused is what a refusal's row says, but for its place.
type refused struct {
	kind                vigie.Kind
	what, reason, quote string
	confidence          float64
}

func refusedOf(f vigie.Refusal) refused {
	return refused{f.Kind, clean(f.What), clean(f.Reason), clean(f.Quote), f.Confidence}
}

// Refusals yields what had been read and refused at a moment, or is now if known is
// zero, in the order of [Store.Facts].
func (s *Store) Refusals(ctx context.Context, known time.Time) iter.Seq2[vigie.Refusal, error] {
	q := selection[vigie.Refusal]{
		query: `
			SELECT f.kind, f.what, f.reason, f.quote, f.quote_start, f.quote_end, f.page, f.confidence, f.rule,
				r.document, r.url, r.publisher, r.title, r.published, r.updated
			FROM refusals f JOIN readings r ON r.document = f.document
				AND r.known_from <= $1 AND (r.known_until IS NULL OR $1 < r.known_until)
			WHERE f.known_from <= $1 AND (f.known_until IS NULL OR $1 < f.known_until)
			ORDER BY f.document, f.quote_start, f.quote_end, f.id`,
		args: []any{at(asOf(known))},
		scan: func(scan func(...any) error) (f vigie.Refusal, err error) {
			err = scan(&f.Kind, &f.What, &f.Reason, &f.Quote, &f.Start, &f.End, &f.Page, &f.Confidence, &f.Rule,
				&f.Document, &f.URL, &f.Publisher, &f.Title, &f.Published, &f.Updated)
			return f, err
		},
	}
	return named(s, "refusals", q.from(ctx, s, s.read))
}

func (r *Reading) putRefusals(ctx context.Context, s *Store, tx *sql.Tx) error {
	old, err := aliveRefusals(ctx, s, tx, r.Document)
	if err != nil {
		return err
	}
	for _, f := range r.Refusals {
		row, known := old.take(refusedOf(f))
		switch {
		case !known:
			err = r.beginRefusal(ctx, tx, f)
		case row.place != placeOf(f.Mention):
			err = moveRefusal(ctx, tx, row.id, f)
		}
		if err != nil {
			return err
		}
	}
	return r.end(ctx, tx, "refusals", old.left())
}

func aliveRefusals(ctx context.Context, s *Store, tx *sql.Tx, id vigie.DocumentID) (alive[refused], error) {
	type row struct {
		aliveRow
		refused
	}
	rows, err := selection[row]{
		query: `SELECT id, kind, what, reason, quote, confidence, quote_start, quote_end, page, rule FROM refusals
			WHERE document = $1 AND known_until IS NULL ORDER BY quote_start, quote_end, id`,
		args: []any{id},
		scan: func(scan func(...any) error) (w row, err error) {
			err = scan(&w.id, &w.kind, &w.what, &w.reason, &w.quote, &w.confidence,
				&w.place.start, &w.place.end, &w.place.page, &w.place.rule)
			return w, err
		},
	}.list(ctx, s, tx)
	old := alive[refused]{}
	for _, w := range rows {
		old[w.refused] = append(old[w.refused], w.aliveRow)
	}
	return old, err
}

func (r *Reading) beginRefusal(ctx context.Context, tx *sql.Tx, f vigie.Refusal) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO refusals (document, kind, what, reason, quote, quote_start, quote_end, page, confidence, rule, known_from, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		r.Document, f.Kind, clean(f.What), clean(f.Reason), clean(f.Quote), f.Start, f.End, f.Page, f.Confidence, f.Rule, r.At, r.Version)
	return err
}

func moveRefusal(ctx context.Context, tx *sql.Tx, id int64, f vigie.Refusal) error {
	_, err := tx.ExecContext(ctx, `UPDATE refusals SET quote_start = $2, quote_end = $3, page = $4, rule = $5 WHERE id = $1`,
		id, f.Start, f.End, f.Page, f.Rule)
	return err
}
