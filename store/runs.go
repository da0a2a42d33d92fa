package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"vigie"
)

// BeginRun notes that r has started. A run that is never ended was killed, or is
// still under way: [Store.Lock] tells which.
func (s *Store) BeginRun(ctx context.Context, r vigie.Run) (err error) {
	defer s.wrap(&err, "begin run %s", r.ID)
	if r.ID == "" || r.Started.IsZero() {
		return errors.New("a run needs an id and a start")
	}
	_, err = s.write.ExecContext(ctx, `
		INSERT INTO runs (id, job, window_since, window_until, started, error) VALUES ($1, $2, $3, $4, $5, '')`,
		r.ID, r.Job, r.Window.Since, r.Window.Until, at(r.Started))
	return err
}

// EndRun notes how a run ended and how its sources fared; [vigie.ErrNotFound] for one
// that never began. Ended again, it takes the newer account.
func (s *Store) EndRun(ctx context.Context, r vigie.Run) (err error) {
	defer s.wrap(&err, "end run %s", r.ID)
	if r.Ended.IsZero() {
		return errors.New("no end time")
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		n, err := tx.ExecContext(ctx, `UPDATE runs SET ended = $2, error = $3 WHERE id = $1`, r.ID, at(r.Ended), clean(r.Error))
		if err != nil {
			return err
		}
		if found, err := n.RowsAffected(); err != nil || found == 0 {
			return errors.Join(err, vigie.ErrNotFound)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM run_sources WHERE run = $1`, r.ID); err != nil {
			return err
		}
		for i, src := range r.Sources {
			if err := putSourceRun(ctx, tx, r.ID, i, src); err != nil {
				return err
			}
		}
		return nil
	})
}

func putSourceRun(ctx context.Context, tx *sql.Tx, run string, i int, s vigie.SourceRun) error {
	hints, err := json.Marshal(s.Hints)
	if err != nil {
		return err
	}
	moves, err := json.Marshal(s.Moves)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO run_sources (run, position, source, state, found, added, changed, same, failed, skipped, newest, error, hints, moves, latest, rhythm, declared)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		run, i, s.Source, s.State, s.Found, s.New, s.Changed, s.Same, s.Failed, s.Skipped, s.Newest, clean(s.Error), string(hints), clean(string(moves)), s.Latest, s.Rhythm, s.Declared)
	return err
}

// Runs returns the last n runs, newest first.
func (s *Store) Runs(ctx context.Context, n int) (runs []vigie.Run, err error) {
	defer s.wrap(&err, "runs")
	return s.runs(ctx, `ORDER BY started DESC, id DESC LIMIT $1`, n)
}

// EndedRuns returns the last n runs that had ended by a moment, or have now if known is
// zero, newest first.
func (s *Store) EndedRuns(ctx context.Context, known time.Time, n int) (runs []vigie.Run, err error) {
	defer s.wrap(&err, "runs that ended")
	return s.runs(ctx, `WHERE ended <= $1 ORDER BY started DESC, id DESC LIMIT $2`, at(asOf(known)), n)
}

func (s *Store) runs(ctx context.Context, which string, args ...any) ([]vigie.Run, error) {
	runs, err := selection[vigie.Run]{
		query: `SELECT id, job, window_since, window_until, started, ended, error FROM runs ` + which,
		args:  args,
		scan: func(scan func(...any) error) (r vigie.Run, err error) {
			err = scan(&r.ID, &r.Job, &r.Window.Since, &r.Window.Until, into{&r.Started}, into{&r.Ended}, &r.Error)
			return r, err
		},
	}.list(ctx, s, s.read)
	for i := range runs {
		if runs[i].Sources, err = s.sourceRuns(ctx, runs[i].ID); err != nil {
			return nil, err
		}
	}
	return runs, err
}

func (s *Store) sourceRuns(ctx context.Context, run string) ([]vigie.SourceRun, error) {
	return selection[vigie.SourceRun]{
		query: `SELECT source, state, found, added, changed, same, failed, skipped, newest, error, hints, moves, latest, rhythm, declared FROM run_sources WHERE run = $1 ORDER BY position`,
		args:  []any{run},
		scan: func(scan func(...any) error) (r vigie.SourceRun, err error) {
			err = scan(&r.Source, &r.State, &r.Found, &r.New, &r.Changed, &r.Same, &r.Failed, &r.Skipped, &r.Newest, &r.Error, &detail{v: &r.Hints}, &detail{v: &r.Moves}, &r.Latest, &r.Rhythm, &r.Declared)
			return r, err
		},
	}.list(ctx, s, s.read)
}
