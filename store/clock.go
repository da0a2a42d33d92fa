package store

import (
	"context"
	"errors"
	"time"

	"vigie"
)

// always is a moment by which everything will have been known.
var always = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// asOf is the moment that known stands for: a zero one for now, when all is known.
func asOf(known time.Time) time.Time {
	if known.IsZero() {
		return always
	}
	return known
}

// SetClock gives the clock by which the store notes when it got what comes without a
// time of its own; else it is the machine's. It is to be called before anything else.
func (s *Store) SetClock(now func() time.Time) { s.now = now }

// Horizon returns the latest moment that anything in the store was known from. A report
// as of a moment before it would miss what is known now: a clock may have been set back.
func (s *Store) Horizon(ctx context.Context) (last time.Time, err error) {
	defer s.wrap(&err, "latest moment")
	for _, query := range []string{
		`SELECT known_from FROM readings ORDER BY known_from DESC LIMIT 1`,
		`SELECT known FROM editions ORDER BY known DESC LIMIT 1`,
		`SELECT known_from FROM sources ORDER BY known_from DESC LIMIT 1`,
		`SELECT decided_at FROM decisions ORDER BY decided_at DESC LIMIT 1`,
		`SELECT noted FROM tolls ORDER BY noted DESC LIMIT 1`,
	} {
		var t time.Time
		err := s.orNotFound(s.read.QueryRowContext(ctx, query).Scan(into{&t}), "latest moment")
		if err != nil && !errors.Is(err, vigie.ErrNotFound) {
			return last, err
		}
		if t.After(last) {
			last = t
		}
	}
	return last, nil
}
