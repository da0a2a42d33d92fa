package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"vigie"
)

// A job is what a command or a schedule runs under the lock: its steps, one after the
// other. Each goes on where it stopped last, in whatever job.
type job struct {
	name  string
	steps []step
	web   bool // leaves the machine
	tells bool // writes the report
}

type step func(*night, context.Context) error

// jobs are named as the commands are, and as schedules name them.
var jobs = []job{
	{"run", []step{(*night).collect, (*night).transform, (*night).report}, true, true},
	{"collect", []step{(*night).collect}, true, false},
	{"transform", []step{(*night).transform}, false, false},
	{"report", []step{(*night).report}, false, true},
}

type runCmd struct {
	plan `embed:""`
}

// Run is one night: what the web has, what it says, what is told of it.
func (c *runCmd) Run(s *session) error { return s.start("run", c.plan) }

type collectCmd struct {
	configFlags   `embed:""`
	sourceFlags   `embed:""`
	windowFlags   `embed:""`
	deadlineFlags `embed:""`
}

// Run discovers, fetches and archives; nothing is read yet.
func (c *collectCmd) Run(s *session) error {
	return s.start("collect", plan{configFlags: c.configFlags, sourceFlags: c.sourceFlags, windowFlags: c.windowFlags, deadlineFlags: c.deadlineFlags})
}

type transformCmd struct {
	configFlags   `embed:""`
	sourceFlags   `embed:""`
	replayFlags   `embed:""`
	deadlineFlags `embed:""`
}

// Run reads what the archive holds and nothing has read yet, or all of it.
func (c *transformCmd) Run(s *session) error {
	p := plan{configFlags: c.configFlags, sourceFlags: c.sourceFlags, again: c.All, deadlineFlags: c.deadlineFlags}
	if c.Diff {
		return s.compare(p)
	}
	return s.start("transform", p)
}

type reportCmd struct {
	configFlags `embed:""`
	reportFlags `embed:""`
	momentFlags `embed:""`
	acceptFlags `embed:""`
}

// Run writes the workbook and the CSV files from what is known, or was.
func (c *reportCmd) Run(s *session) error {
	return s.start("report", plan{configFlags: c.configFlags, reportFlags: c.reportFlags, acceptFlags: c.acceptFlags, back: c.momentFlags})
}

// start runs the job of that name as p says.
func (s *session) start(name string, p plan) error {
	j := jobs[slices.IndexFunc(jobs, func(j job) bool { return j.name == name })]
	n, err := s.prepare(j, p)
	if err != nil {
		return err
	}
	st, err := s.open(n.cfg.DB)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer st.Close()
	n.store = st
	if n.client != nil {
		n.client.Keep(st)
	}
	return n.perform(j.steps, p.Deadline)
}

// prepare checks all that can be wrong with a plan before anything is touched.
func (s *session) prepare(j job, p plan) (*night, error) {
	cfg, err := p.config(s.cli)
	if err != nil {
		return nil, err
	}
	n := &night{s: s, job: j.name, cfg: cfg, again: p.again, back: p.back, backTo: p.Out, accept: p.acceptFlags, config: p.Config}
	if n.chosen, err = p.choose(cfg.Sources); err != nil {
		return nil, err
	}
	if n.window, err = p.window(); err != nil {
		return nil, err
	}
	if err := errors.Join(p.deadlineFlags.check(), p.acceptFlags.check(), p.back.check()); err != nil {
		return nil, err
	}
	if j.web {
		if n.client, err = s.client(cfg, nil); err != nil {
			return nil, err
		}
	} else if err := mustExist(cfg.DB); err != nil {
		return nil, err
	}
	if j.tells {
		if _, err := n.region(); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// region is whom the report is for.
func (n *night) region() (vigie.Entity, error) {
	p, err := n.rules()
	if err != nil {
		return vigie.Entity{}, err
	}
	region, ok := p.Gazetteer.Entity(vigie.Ref{Type: vigie.RefRegion, ID: n.cfg.Region})
	if !ok {
		return vigie.Entity{}, misusef("--region %s: no such region: want its INSEE code, such as 28 for Normandie", n.cfg.Region)
	}
	return region, nil
}
