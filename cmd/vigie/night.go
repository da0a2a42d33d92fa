package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
	"vigie/store"
	"vigie/transform"
)

// A night is one run under way: its store, its sources, what it has done so far.
type night struct {
	s      *session
	job    string
	cfg    scrapers.Config
	chosen []vigie.Source // of cfg's, those that the night is about
	window vigie.Window
	again  bool          // read what has been read before too
	back   momentFlags   // of a report about the past
	backTo string        // the folder that one was given; empty: none
	accept acceptFlags   // who lets a report pass that would be refused
	config string        // the configuration file; empty: the embedded one
	fresh  bool          // what lies in the folder of reports is nobody's: a demo begins afresh
	client *fetch.Client // nil where the job stays at home
	store  *store.Store

	pipeline *transform.Pipeline
	run      vigie.Run
	tally    tally
	cut      bool // the deadline passed
	full     bool // the disk is nearly full: collecting stopped

	failures map[string]scrapers.Event // the first of each source
	noted    map[string][]error        // what failed nothing and needs a look, by source
	whole    map[string]bool           // the sources asked to the end
	misfits  map[string]*misfit        // by source
	withheld int                       // pages whose publisher keeps them from being read by machine

	mu       sync.Mutex
	troubles []string // what was passed over, a line each: there is one, and the night is done in part
	notes    []string // what needs a look and leaves nothing undone
}

// A tally counts what a night did.
type tally struct {
	asked, archived, read, unread, facts int // tonight
	pages, known, territories            int // in the report
	region                               string
	files                                []string
}

// perform runs the steps under the lock.
func (n *night) perform(steps []step, deadline time.Duration) error {
	release, err := n.store.Lock(n.s.ctx, nightLock)
	if err != nil {
		return fmt.Errorf("%s: %w", n.job, err)
	}
	defer release()
	return n.work(steps, deadline)
}

// nightLock is held by whatever changes a store or reports what it holds.
const nightLock = "night"

// work runs the steps between the marks of the journal. A deadline that passes ends the
// step under way in order; the report is written all the same.
func (n *night) work(steps []step, deadline time.Duration) error {
	n.store.OnDamage(func(err error) {
		n.trouble("%v: passed over; where this is told again, restore the database from a copy", err)
	})
	n.run = vigie.Run{ID: runID(n.s.now()), Job: n.job, Window: n.window, Started: n.s.now()}
	if err := n.store.BeginRun(n.s.ctx, n.run); err != nil {
		return fmt.Errorf("note the run: %w", err)
	}
	if err := n.store.PutSources(n.s.ctx, n.run.Started, n.cfg.Sources); err != nil {
		return n.close(err)
	}
	ctx := n.s.ctx
	if deadline > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, deadline)
		defer cancel()
	}
	var err error
	for i, step := range steps {
		if i == len(steps)-1 && len(steps) > 1 {
			ctx = n.s.ctx // the report is short, and what was found is told
		}
		if err = n.step(ctx, step); err != nil {
			break
		}
	}
	return n.close(err)
}

// step runs one step; a deadline that passed in it makes the night partial and no failure.
func (n *night) step(ctx context.Context, step step) error {
	if ctx.Err() == nil {
		err := step(n, ctx)
		if err == nil || !errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return err
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			n.trouble("%v", err)
		}
	}
	if err := n.s.ctx.Err(); err != nil {
		return err
	}
	n.cut = true
	return nil
}

// close ends the journal's entry, also where the run was interrupted, and tells how it went.
func (n *night) close(failed error) error {
	n.run.Ended = n.s.now()
	if failed != nil {
		n.run.Error = failed.Error()
	}
	if err := n.store.EndRun(context.WithoutCancel(n.s.ctx), n.run); err != nil && failed == nil {
		return fmt.Errorf("note the end of the run: %w", err)
	}
	switch {
	case failed != nil && n.s.ctx.Err() != nil:
		return fmt.Errorf("%s was interrupted: what was fetched is archived, run it again to go on", n.job)
	case failed != nil:
		return fmt.Errorf("%s: %w", n.job, failed)
	}
	n.summary()
	if n.cut || len(n.troubles) > 0 {
		return errPartly
	}
	return nil
}

func runID(t time.Time) string { return t.UTC().Format("20060102T150405.000000Z") }

// trouble notes what was passed over: it is told at the end, and the night is done in part.
func (n *night) trouble(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.troubles = append(n.troubles, fmt.Sprintf(format, args...))
}

// note keeps what needs a look and leaves nothing undone.
func (n *night) note(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.notes = append(n.notes, fmt.Sprintf(format, args...))
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
	return vigie.Source{ID: id, Publisher: vigie.Publisher{Name: id}}
}

// summary tells in words what the night did.
func (n *night) summary() {
	t := n.tally
	if len(t.files) > 0 {
		n.s.say("%s known, %d read now; %s; in %s %s announced with a label",
			count(t.pages, "page", "pages"), t.read, count(t.known, "fact", "facts"),
			t.region, count(t.territories, "territory or commune", "territories and communes"))
		n.s.say("%s written: %s, the page and the tables as CSV beside it", count(len(t.files), "file", "files"), t.files[0])
	}
	look := slices.Concat(n.troubles, n.notes)
	slices.Sort(look)
	if n.cut {
		look = append([]string{"the deadline has passed: what is left comes with the next run"}, look...)
	}
	if len(look) == 0 {
		n.s.say("nothing needs a look")
		return
	}
	n.s.say("what needs a look:")
	for _, line := range slices.Compact(look) {
		n.s.say("  - %s", line)
	}
}
