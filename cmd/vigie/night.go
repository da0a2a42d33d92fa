package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"vigie"
	"vigie/scrapers"
	"vigie/store"
	"vigie/transform"
)

// A night is one run under way: its store, its sources, what it has done so far.
type night struct {
	s      *session
	cfg    scrapers.Config
	window vigie.Window
	store  *store.Store
	replay http.RoundTripper // in place of the network, in the demo
	run    vigie.Run
	tally  tally
	partly bool // something was passed over

	pipeline *transform.Pipeline
	mu       sync.Mutex
	troubles []string // what was passed over, a line each
	files    []string
	open     []string // questions, in French, as the report has them
}

// A tally counts what a night did.
type tally struct{ archived, found, fresh, changed, failed, read, facts, unread, territories int }

// job opens the store, takes the lock, and runs one job between the marks of its journal.
func (p *plan) job(s *session, name string, steps ...func(*night, context.Context) error) error {
	cfg, err := p.settle(s)
	if err != nil {
		return err
	}
	window, err := p.window()
	if err != nil {
		return err
	}
	st, err := store.Open(s.ctx, cfg.DB)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer st.Close()
	n := &night{s: s, cfg: cfg, window: window, store: st}
	return n.perform(name, p.Deadline, steps)
}

// perform runs the steps under the lock. A deadline that passes ends the step under way
// in order; the report is written all the same.
func (n *night) perform(name string, deadline time.Duration, steps []func(*night, context.Context) error) (err error) {
	release, err := n.store.Lock(n.s.ctx, "night")
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer release()
	n.run = vigie.Run{ID: runID(n.s.now()), Job: name, Window: n.window, Started: n.s.now()}
	if err := n.store.BeginRun(n.s.ctx, n.run); err != nil {
		return fmt.Errorf("note the run: %w", err)
	}
	ctx := n.s.ctx
	if deadline > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, deadline)
		defer cancel()
	}
	for i, step := range steps {
		if i == len(steps)-1 && len(steps) > 1 {
			ctx = n.s.ctx // the report has no deadline: it is short, and what was found is told
		}
		if err = n.step(ctx, step); err != nil {
			break
		}
	}
	return n.close(name, err)
}

// step runs one step; a deadline that passed in it makes the night partial and no failure.
func (n *night) step(ctx context.Context, step func(*night, context.Context) error) error {
	err := step(n, ctx)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) && n.s.ctx.Err() == nil {
		n.partly = true
		n.trouble("the deadline has passed: what is left comes with the next run")
		return nil
	}
	return err
}

// close ends the journal's entry; it must be written even where the run was interrupted.
func (n *night) close(name string, failed error) error {
	n.run.Ended = n.s.now()
	if failed != nil {
		n.run.Error = failed.Error()
	}
	if err := n.store.EndRun(context.WithoutCancel(n.s.ctx), n.run); err != nil && failed == nil {
		return fmt.Errorf("note the end of the run: %w", err)
	}
	switch {
	case failed != nil && n.s.ctx.Err() != nil:
		return fmt.Errorf("%s was interrupted: what was fetched is archived, run it again to go on (%w)", name, failed)
	case failed != nil:
		return fmt.Errorf("%s: %w", name, failed)
	}
	n.summary()
	if n.partly {
		return errPartly
	}
	return nil
}

func runID(t time.Time) string { return t.UTC().Format("20060102T150405.000000Z") }

// trouble notes what was passed over; it is told at the end and in the report.
func (n *night) trouble(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.troubles = append(n.troubles, fmt.Sprintf(format, args...))
}

// rules loads the official tables and the grammar, once.
func (n *night) rules() (*transform.Pipeline, error) {
	if n.pipeline == nil {
		p, err := transform.New()
		if err != nil {
			return nil, err
		}
		n.pipeline = p
	}
	return n.pipeline, nil
}

// source returns the declared source of an id; one that is declared no more keeps its id
// for a name.
func (n *night) source(id string) vigie.Source {
	if i := slices.IndexFunc(n.cfg.Sources, func(s vigie.Source) bool { return s.ID == id }); i >= 0 {
		return n.cfg.Sources[i]
	}
	return vigie.Source{ID: id}
}

// summary tells in words what the night did.
func (n *night) summary() {
	t := n.tally
	if len(n.files) > 0 {
		n.s.line("%s of %s in the report; %s written to %s", count(t.facts, "fact", "facts"), count(t.territories, "territory", "territories"),
			count(len(n.files), "file", "files"), n.cfg.Out)
	}
	if len(n.troubles)+len(n.open) == 0 {
		n.s.line("nothing needs a look")
		return
	}
	n.s.line("what needs a look:")
	slices.Sort(n.troubles)
	for _, line := range slices.Compact(n.troubles) {
		n.s.line("  - %s", strings.TrimSpace(line))
	}
	for _, q := range n.open {
		n.s.line("  - %s", q)
	}
}

// count prints a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
