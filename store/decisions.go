package store

import (
	"context"
	"errors"
	"iter"
	"time"
)

// A Decision is what an analyst made of a record.
type Decision struct {
	ID         string // given by the caller, unique
	Key        string // of the record
	Verdict    string
	Correction string
	Why, By    string
	At         time.Time
	Quote      string // the evidence that was decided on
	Undoes     string // ID of a decision that this one takes back; empty: none
}

// PutDecision appends to the journal. A decision is never changed: another undoes it.
func (s *Store) PutDecision(ctx context.Context, d Decision) (err error) {
	defer s.wrap(&err, "decision %s", d.ID)
	if d.ID == "" || d.Key == "" || d.At.IsZero() {
		return errors.New("a decision needs an id, a key and a time")
	}
	var undoes any
	if d.Undoes != "" {
		undoes = d.Undoes
	}
	_, err = s.write.ExecContext(ctx, `
		INSERT INTO decisions (id, key, verdict, correction, why, decided_by, decided_at, quote, undoes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		d.ID, clean(d.Key), clean(d.Verdict), clean(d.Correction), clean(d.Why), clean(d.By), at(d.At), clean(d.Quote), undoes)
	return err
}

// Decisions yields the journal in the order it was written.
func (s *Store) Decisions(ctx context.Context) iter.Seq2[Decision, error] {
	q := selection[Decision]{
		query: `SELECT id, key, verdict, correction, why, decided_by, decided_at, quote, coalesce(undoes, '')
			FROM decisions ORDER BY position`,
		scan: func(scan func(...any) error) (d Decision, err error) {
			err = scan(&d.ID, &d.Key, &d.Verdict, &d.Correction, &d.Why, &d.By, into{&d.At}, &d.Quote, &d.Undoes)
			return d, err
		},
	}
	return named(s, "decisions", q.from(ctx, s.read))
}
