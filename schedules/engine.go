package schedules

import (
	"context"
	"log/slog"
	"time"
)

// An Engine runs jobs in this process, one at a time.
type Engine struct {
	Schedules []Schedule
	Run       func(ctx context.Context, job string) error              // its error is logged; the next time comes all the same
	Last      func(ctx context.Context, job string) (time.Time, error) // when the job began last; zero: never
	Now       func() time.Time
	Wait      func(ctx context.Context, d time.Duration) error // waits, or ends with the context
	Log       *slog.Logger
}

// Serve runs what was missed, each job once, then every job when it is due, until the
// context ends: it returns the context's error.
func (e *Engine) Serve(ctx context.Context) error {
	if err := e.catchUp(ctx); err != nil {
		return err
	}
	for {
		s, due := e.next(e.Now())
		e.Log.Info("next job", "schedule", s.Name, "due", due.Format(time.RFC3339))
		if err := e.Wait(ctx, due.Sub(e.Now())); err != nil {
			return err
		}
		if e.Now().Before(due) { // the clock was set back, or the wait ended early
			continue
		}
		e.run(ctx, s)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func (e *Engine) catchUp(ctx context.Context) error {
	done := map[string]bool{}
	for _, s := range e.Schedules {
		last, err := e.Last(ctx, s.Job)
		if err != nil {
			return err
		}
		if !done[s.Job] && s.Missed(last, e.Now()) {
			e.Log.Warn("catching up on a missed time", "schedule", s.Name, "last", last.Format(time.RFC3339))
			e.run(ctx, s)
			done[s.Job] = true
		}
	}
	return ctx.Err()
}

func (e *Engine) run(ctx context.Context, s Schedule) {
	if err := e.Run(ctx, s.Job); err != nil {
		e.Log.Error("job ended with an error", "schedule", s.Name, "job", s.Job, "err", err)
	}
}

// next returns the schedule that is due first, the one listed first where two are due together.
func (e *Engine) next(now time.Time) (Schedule, time.Time) {
	first, due := e.Schedules[0], e.Schedules[0].Next(now)
	for _, s := range e.Schedules[1:] {
		if t := s.Next(now); t.Before(due) {
			first, due = s, t
		}
	}
	return first, due
}

// Sleep is the Engine's Wait outside tests.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(max(d, time.Second))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
