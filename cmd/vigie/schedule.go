package main

import (
	"context"
	"errors"
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
	plans, err := c.schedules()
	if err != nil {
		return misuse{err}
	}
	cfg, err := c.settle(s)
	if err != nil {
		return err
	}
	if _, err := s.client(cfg, nil); err != nil { // told now, and not at four in the morning
		return err
	}
	e := schedules.Engine{
		Schedules: plans, Now: s.now, Wait: schedules.Sleep, Log: s.log,
		Run:  func(ctx context.Context, job string) error { return c.start(s, job) },
		Last: func(ctx context.Context, job string) (time.Time, error) { return lastRun(ctx, cfg.DB, job) },
	}
	for _, p := range plans {
		s.line("%s: next %s at %s", p.Name, p.Job, p.Next(s.now()).Format("2006-01-02 15:04 MST"))
	}
	if err := e.Serve(s.ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func (c *scheduleCmd) schedules() ([]schedules.Schedule, error) {
	if c.File != "" {
		return schedules.Load(c.File, paris())
	}
	nightly, err := schedules.New("nightly", "15 4 * * *", "run", paris())
	return []schedules.Schedule{nightly}, err
}

// start runs one job as its command would.
func (c *scheduleCmd) start(s *session, job string) error {
	switch job {
	case "collect":
		return (&collectCmd{c.plan}).Run(s)
	case "transform":
		return (&transformCmd{c.plan}).Run(s)
	case "report":
		return (&reportCmd{c.plan}).Run(s)
	}
	return (&runCmd{c.plan}).Run(s)
}

// lastRun returns when a job began last; zero where it never did.
func lastRun(ctx context.Context, db, job string) (time.Time, error) {
	st, err := store.Open(ctx, db)
	if err != nil {
		return time.Time{}, err
	}
	defer st.Close()
	runs, err := st.Runs(ctx, 100)
	if err != nil {
		return time.Time{}, err
	}
	for _, r := range runs {
		if r.Job == job {
			return r.Started, nil
		}
	}
	return time.Time{}, nil
}
