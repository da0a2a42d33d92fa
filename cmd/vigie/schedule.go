package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"vigie/schedules"
	"vigie/store"
)

type scheduleCmd struct {
	plan `embed:""`
	File string `help:"Schedule file: a list of name, cron and job (default: a run every night at 04:15, Europe/Paris)." placeholder:"FILE" type:"path"`
}

// Run keeps vigie at work until it is told to stop: what was missed first, then each job
// when it is due.
func (c *scheduleCmd) Run(s *session) error {
	e, err := c.engine(s)
	if err != nil {
		return err
	}
	for _, p := range e.Schedules {
		e.Log.Info("scheduled", "schedule", p.Name, "job", p.Job, "next", p.Next(s.now()).Format(time.RFC3339))
	}
	if err := e.Serve(s.ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	e.Log.Info("stopped")
	return nil
}

// engine is what runs the schedules. All that can be wrong with the plan is told now, and
// not at four in the morning.
func (c *scheduleCmd) engine(s *session) (*schedules.Engine, error) {
	plans, err := c.schedules()
	if err != nil {
		return nil, misuse{err}
	}
	n, err := s.prepare(jobs[0], c.plan)
	if err != nil {
		return nil, err
	}
	log := newOutputAt(s.world, s.cli.Quiet, slog.LevelInfo).log
	return &schedules.Engine{
		Schedules: plans, Now: s.now, Wait: schedules.Sleep, Log: log,
		Run:  func(ctx context.Context, job string) error { return c.perform(ctx, s, log, job) },
		Last: func(ctx context.Context, job string) (time.Time, error) { return lastRun(ctx, n.cfg.DB, job) },
	}, nil
}

func (c *scheduleCmd) schedules() ([]schedules.Schedule, error) {
	if c.File != "" {
		return schedules.Load(c.File, paris())
	}
	nightly, err := schedules.New("nightly", "15 4 * * *", "run", paris())
	return []schedules.Schedule{nightly}, err
}

// perform runs one job as its command would, in an output of its own: with --quiet, a
// night that went well leaves no word. What failed is returned, what is done is logged.
func (c *scheduleCmd) perform(ctx context.Context, s *session, log *slog.Logger, job string) error {
	tonight := *s
	tonight.ctx, tonight.output = ctx, newOutput(s.world, s.cli.Quiet, s.cli.Verbose)
	err := tonight.start(job, c.plan)
	code := exitCode(err)
	tonight.end(code)
	if code == exitDone || code == exitPartly {
		log.Info("job ended", "job", job, "exit", code)
		return nil
	}
	return err
}

// lastRun returns when a job began last that came to its end; zero where it never ran. A
// run that was killed, interrupted or failed counts as missed.
func lastRun(ctx context.Context, db, job string) (last time.Time, err error) {
	st, err := store.Open(ctx, db)
	if err != nil {
		return last, err
	}
	defer st.Close()
	runs, err := st.Runs(ctx, 100)
	if err != nil {
		return last, err
	}
	for _, r := range runs {
		if r.Job != job {
			continue
		}
		if !r.Ended.IsZero() && r.Error == "" {
			return r.Started, nil
		}
		last = time.Unix(0, 0) // began, long ago as far as we know
	}
	return last, nil
}
