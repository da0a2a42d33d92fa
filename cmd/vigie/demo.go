package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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

// Run does the whole job on the embedded archive: the code is that of a real night, the
// web is the archive's, and the clock stands at its day. It begins from nothing each
// time, so that twice gives the same bytes.
func (c *demoCmd) Run(s *session) error {
	s.now = func() time.Time { return demo.Day }
	cfg, err := scrapers.ParseConfig("the demo's configuration", demo.Config())
	if err != nil {
		return err
	}
	cfg.Out, cfg.Region, cfg.DB = c.Out, c.Region, filepath.Join(c.Out, "vigie.db")
	replay, err := warc.NewReplay(bytes.NewReader(demo.Archive()))
	if err != nil {
		return fmt.Errorf("open the demo's archive: %w", err)
	}
	if err := c.startAfresh(s.ctx, cfg.DB); err != nil {
		return err
	}
	st, err := store.Open(s.ctx, cfg.DB)
	if err != nil {
		return fmt.Errorf("open the demo's database: %w", err)
	}
	defer st.Close()
	s.line("vigie demo: an archived web of %s, no network, the clock at %s", count(len(cfg.Sources), "source", "sources"), demo.Day.In(paris()).Format("2 January 2006"))
	n := &night{s: s, cfg: cfg, store: st, replay: replay}
	err = n.perform(demoJob, 0, []func(*night, context.Context) error{(*night).collect, (*night).transform, (*night).report})
	if errors.Is(err, errPartly) { // the demo's web has its troubles on purpose
		return nil
	}
	return err
}

const demoJob = "demo"

// startAfresh removes the database of an earlier demo, and no other: a database that
// holds any other run is somebody's work.
func (c *demoCmd) startAfresh(ctx context.Context, file string) error {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	st, err := store.Open(ctx, file)
	if err != nil {
		return misusef("%s is not the demo's database (%w): choose another folder with --out", file, err)
	}
	defer st.Close()
	release, err := st.Lock(ctx, "night")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer release()
	runs, err := st.Runs(ctx, 1000)
	if err != nil {
		return err
	}
	for _, r := range runs {
		if r.Job != demoJob {
			return misusef("%s holds a real run of %s: choose another folder with --out", file, r.Started.Format(time.DateOnly))
		}
	}
	if err := st.Close(); err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(file + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("begin the demo afresh: %w", err)
		}
	}
	return nil
}
