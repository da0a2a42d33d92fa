package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"vigie"
)

// PutDecisions appends to the journal, all or none. A decision is never changed: another
// undoes it.
func (s *Store) PutDecisions(ctx context.Context, all ...vigie.Decision) (err error) {
	defer s.wrap(&err, "decisions")
	return s.update(ctx, func(tx *sql.Tx) error {
		for _, d := range all {
			if err := putDecision(ctx, tx, d); err != nil {
				return fmt.Errorf("%s: %w", d.ID, err)
			}
		}
		return nil
	})
}

func putDecision(ctx context.Context, tx *sql.Tx, d vigie.Decision) error {
	if d.ID == "" || d.Key == "" || d.At.IsZero() {
		return errors.New("a decision needs an id, a key and a time")
	}
	var undoes any
	if d.Undoes != "" {
		undoes = d.Undoes
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO decisions (id, key, verdict, correction, corrected, why, decided_by, decided_at, quote, sheet, undoes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		d.ID, clean(d.Key), clean(string(d.Verdict)), clean(d.Correction), clean(d.Corrected), clean(d.Why), clean(d.By), at(d.At),
		clean(d.Quote), clean(d.Sheet), undoes)
	return err
}

// Decisions yields the journal as it was at a moment, or is now if known is zero, in the
// order it was written.
func (s *Store) Decisions(ctx context.Context, known time.Time) iter.Seq2[vigie.Decision, error] {
	q := selection[vigie.Decision]{
		query: `SELECT id, key, verdict, correction, corrected, why, decided_by, decided_at, quote, sheet, coalesce(undoes, '')
			FROM decisions WHERE decided_at <= $1 ORDER BY position`,
		args: []any{at(asOf(known))},
		scan: func(scan func(...any) error) (d vigie.Decision, err error) {
			err = scan(&d.ID, &d.Key, &d.Verdict, &d.Correction, &d.Corrected, &d.Why, &d.By, into{&d.At}, &d.Quote, &d.Sheet, &d.Undoes)
			return d, err
		},
	}
	return named(s, "decisions", q.from(ctx, s, s.read))
}
