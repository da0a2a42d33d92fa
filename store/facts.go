package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"time"

	"vigie"
)

// Facts yields what was known at a moment, or is now if known is zero, by document
// and then in the order of its text. Each carries the citation as known then.
func (s *Store) Facts(ctx context.Context, known time.Time) iter.Seq2[vigie.Fact, error] {
	q := selection[vigie.Fact]{
		query: `
			SELECT f.document, f.json, r.url, r.publisher, r.title, r.published, r.updated
			FROM facts f JOIN readings r ON r.document = f.document
				AND r.known_from <= $1 AND (r.known_until IS NULL OR $1 < r.known_until)
			WHERE f.known_from <= $1 AND (f.known_until IS NULL OR $1 < f.known_until)
			ORDER BY f.document, f.quote_start, f.quote_end, f.key, f.id`,
		args: []any{at(asOf(known))},
		scan: func(scan func(...any) error) (f vigie.Fact, err error) {
			c := vigie.Citation{}
			err = scan(&c.Document, jsonInto{&f}, &c.URL, &c.Publisher, &c.Title, &c.Published, &c.Updated)
			f.Citation = c
			return f, err
		},
	}
	return named(s, "facts", q.from(ctx, s, s.read))
}

// Forgotten returns the documents whose facts ended after one moment and up to another
// because somebody asked for them to be erased.
func (s *Store) Forgotten(ctx context.Context, after, until time.Time) (all map[vigie.DocumentID]bool, err error) {
	defer s.wrap(&err, "erased documents")
	rows, err := selection[vigie.DocumentID]{
		query: `SELECT DISTINCT document FROM facts WHERE end_reason = $1 AND known_until > $2 AND known_until <= $3`,
		args:  []any{Forgotten, at(after), at(asOf(until))},
		scan:  func(scan func(...any) error) (id vigie.DocumentID, err error) { return id, scan(&id) },
	}.list(ctx, s, s.read)
	all = map[vigie.DocumentID]bool{}
	for _, id := range rows {
		all[id] = true
	}
	return all, err
}

// A statement is what a fact's row says, but for its place: equal ones are the same fact.
type statement struct {
	key, quote          string
	programme           string // the key folds case
	scope               vigie.Ref
	detail              vigie.Detail
	confidence          float64
	trueFrom, trueUntil vigie.Date
}

// stated returns what f says in a document published on a date.
func stated(f vigie.Fact, published vigie.Date) statement {
	from, until := trueDates(f.Detail)
	return statement{
		key: f.Key(), quote: f.Quote, programme: f.Programme, scope: f.Scope, detail: f.Detail,
		confidence: f.Confidence, trueFrom: cmp.Or(from, published), trueUntil: until,
	}
}

// trueDates returns from when to when a detail says that it is so.
func trueDates(d vigie.Detail) (from, until vigie.Date) {
	switch d := d.(type) {
	case vigie.Label:
		return d.Date, ""
	case vigie.Event:
		return d.Date, d.DateEnd
	case vigie.Period:
		return d.Date, d.DateEnd
	}
	return "", ""
}

func (r *Reading) putFacts(ctx context.Context, s *Store, tx *sql.Tx) error {
	old, err := aliveFacts(ctx, s, tx, r.Document)
	if err != nil {
		return err
	}
	for _, f := range r.Facts {
		f.Citation = vigie.Citation{Document: r.Document}
		st := stated(f, r.Citation.Published)
		row, known := old.take(st)
		if known && row.place == placeOf(f.Mention) {
			continue
		}
		flat, err := json.Marshal(f)
		if err != nil {
			return err
		}
		if known {
			err = moveFact(ctx, tx, row.id, f, flat)
		} else {
			err = r.beginFact(ctx, tx, f, st, flat)
		}
		if err != nil {
			return err
		}
	}
	return r.end(ctx, tx, "facts", old.left())
}

func placeOf(m vigie.Mention) place { return place{m.Start, m.End, m.Page, m.Rule} }

func aliveFacts(ctx context.Context, s *Store, tx *sql.Tx, id vigie.DocumentID) (alive[statement], error) {
	type row struct {
		aliveRow
		statement
	}
	rows, err := selection[row]{
		query: `SELECT id, json, true_from, true_until FROM facts
			WHERE document = $1 AND known_until IS NULL ORDER BY quote_start, quote_end, id`,
		args: []any{id},
		scan: func(scan func(...any) error) (w row, err error) {
			var f vigie.Fact
			var from, until vigie.Date
			if err := scan(&w.id, jsonInto{&f}, &from, &until); errors.Is(err, errDamaged) {
				return w, nil // equal to none, it ends; what the page states begins again
			} else if err != nil {
				return w, err
			}
			w.place, w.statement = placeOf(f.Mention), stated(f, "")
			w.trueFrom, w.trueUntil = from, until
			return w, nil
		},
	}.list(ctx, s, tx)
	old := alive[statement]{}
	for _, w := range rows {
		old[w.statement] = append(old[w.statement], w.aliveRow)
	}
	return old, err
}

func (r *Reading) beginFact(ctx context.Context, tx *sql.Tx, f vigie.Fact, st statement, flat []byte) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO facts (key, document, kind, programme, scope, json, quote, quote_start, quote_end,
			confidence, true_from, true_until, known_from, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		clean(st.key), r.Document, f.Detail.Kind(), clean(f.Programme), clean(f.Scope.String()), string(flat), clean(f.Quote), f.Start, f.End,
		f.Confidence, st.trueFrom, st.trueUntil, r.At, r.Version)
	return err
}

func moveFact(ctx context.Context, tx *sql.Tx, id int64, f vigie.Fact, flat []byte) error {
	_, err := tx.ExecContext(ctx, `UPDATE facts SET json = $2, quote_start = $3, quote_end = $4 WHERE id = $1`,
		id, string(flat), f.Start, f.End)
	return err
}
