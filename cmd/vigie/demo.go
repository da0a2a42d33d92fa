package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"vigie/cmd/vigie/demo"
	"vigie/scrapers"
	"vigie/scrapers/warc"
	"vigie/store"
)

type demoCmd struct {
	Out    string `help:"Folder of the demo: its database and its reports." default:"vigie-demo" placeholder:"DIR" type:"path"`
	Region string `help:"INSEE code of the report's region." default:"28" placeholder:"CODE"`
}

const demoJob = "demo"

// Run does the whole job twice on the embedded archive: a night, then what analysts make of
// its workbook, then a night on which the web has changed. The code is that of real nights,
// the web is the archive's, and the clock stands at its days. It begins from nothing each
// time, so that twice gives the same bytes.
func (c *demoCmd) Run(s *session) error {
	n, err := c.night(s, demo.FirstNight)
	if err != nil {
		return err
	}
	release, err := c.startAfresh(s.ctx, n.cfg.DB)
	if err != nil {
		return err
	}
	defer release()
	st, err := s.open(n.cfg.DB)
	if err != nil {
		return fmt.Errorf("open the demo's database: %w", err)
	}
	defer st.Close()
	n.fresh = true // what an earlier demo left in the folder was delivered by nobody
	if err := c.work(n, st); err != nil {
		return err
	}
	if err := c.review(s, st); err != nil {
		return err
	}
	if n, err = c.night(s, demo.Day); err != nil {
		return err
	}
	if err := c.work(n, st); err != nil {
		return err
	}
	s.say("the demo's web has its troubles on purpose: that is how they are told")
	return nil
}

// work is one night.
func (c *demoCmd) work(n *night, st *store.Store) error {
	n.store = st
	n.s.line("demo: an archived web of %s, no network, the clock at %s",
		count(len(n.cfg.Sources), "source", "sources"), n.s.now().In(paris()).Format("2 January 2006"))
	err := n.work([]step{(*night).collect, (*night).transform, (*night).report}, 0)
	if errors.Is(err, errPartly) {
		return nil
	}
	return err
}

// night is that of the demo's own configuration and web, as it was then.
func (c *demoCmd) night(s *session, clock time.Time) (*night, error) {
	s.now = func() time.Time { return clock }
	cfg, err := scrapers.ParseConfig("the demo's configuration", demo.Config())
	if err != nil {
		return nil, err
	}
	cfg.Out, cfg.Region, cfg.DB = c.Out, c.Region, filepath.Join(c.Out, "vigie.db")
	var archives []io.Reader
	for _, a := range demo.Archives() {
		archives = append(archives, bytes.NewReader(a))
	}
	replay, err := warc.NewReplay(archives...)
	if err != nil {
		return nil, fmt.Errorf("open the demo's archive: %w", err)
	}
	replay.At = clock
	client, err := s.client(cfg, replay)
	if err != nil {
		return nil, err
	}
	n := &night{s: s, job: demoJob, cfg: cfg, chosen: cfg.Sources, client: client}
	_, err = n.region()
	return n, err
}

// startAfresh removes the database of an earlier demo, and no other: one that holds any
// other run is somebody's work. It takes the lock of the night, which lies beside the
// database and outlives it.
func (c *demoCmd) startAfresh(ctx context.Context, file string) (release func() error, err error) {
	st, err := store.Open(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("the demo keeps its database in its folder, --out names another: %w", err)
	}
	defer st.Close()
	release, err = st.Lock(ctx, nightLock)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	defer func() {
		if err != nil {
			release()
		}
	}()
	if err := onlyDemos(ctx, st); err != nil {
		return release, err
	}
	if err := st.Close(); err != nil {
		return release, err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(file + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return release, fmt.Errorf("begin the demo afresh: %w", err)
		}
	}
	return release, nil
}

// onlyDemos refuses a store in which anything but a demo ran.
func onlyDemos(ctx context.Context, st *store.Store) error {
	runs, err := st.Runs(ctx, 1000)
	if err != nil {
		return err
	}
	for _, r := range runs {
		if r.Job != demoJob {
			return misusef("the database of the demo's folder holds a real run, of %s: choose another folder with --out", r.Started.Format(time.DateOnly))
		}
	}
	return nil
}
