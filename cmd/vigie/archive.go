package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/warc"
	"vigie/store"
)

type archiveCmd struct {
	Export  archiveExportCmd  `cmd:"" help:"Write the archive to a WARC file, which other tools read."`
	Import  archiveImportCmd  `cmd:"" help:"Take in the pages of a WARC file, vigie's or another tool's."`
	Check   archiveCheckCmd   `cmd:"" help:"Read every archived body again and compare its digest; of WARC files where they are named."`
	Failing archiveFailingCmd `cmd:"" help:"The pages that failed when they were asked for last: since when, how often, how."`
	History archiveHistoryCmd `cmd:"" help:"All that was seen of one page: versions, redirects, evidence and failures, in order of time."`
}

type archiveExportCmd struct {
	configFlags `embed:""`
	sourceFlags `embed:""`
	File        string `arg:"" help:"WARC file to write; the ending .gz is usual." type:"path"`
}

// Run writes every capture, in the order of sources and documents, then the lists that led
// to them. The same archive gives the same bytes. What is damaged is told and left out.
func (c *archiveExportCmd) Run(s *session) error {
	st, cfg, err := s.openArchive(c.configFlags)
	if err != nil {
		return err
	}
	defer st.Close()
	if _, err := c.choose(cfg.Sources); err != nil {
		return err
	}
	x := exporting{archiveExportCmd: c, store: st, tell: s.line}
	err = whole(c.File, func(out io.Writer) error {
		x.out = warc.NewWriter(out)
		return x.all(s.ctx)
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	s.say("%s of %s and %s written to %s", count(x.captures, "capture", "captures"), count(x.documents, "document", "documents"),
		count(x.answers, "answer of lists", "answers of lists"), c.File)
	if x.bad > 0 {
		return fmt.Errorf("export: %s damaged in the archive, named above and left out of %s: restore the database from a copy, or import a file that has them whole",
			count(x.bad, "capture is", "captures are"), c.File)
	}
	return nil
}

// An exporting is an archive on its way into a file.
type exporting struct {
	*archiveExportCmd
	store *store.Store
	out   *warc.Writer
	tell  func(format string, args ...any) // of what is damaged

	documents, captures, answers int
	bad                          int // captures and answers whose bodies are not what they were
}

// wants reports whether a source's pages are asked for; what sites say to all goes with any.
func (x *exporting) wants(source string) bool {
	return len(x.Source) == 0 || source == "" || slices.Contains(x.Source, source)
}

// all ends the file by saying how many records there are, by which one that was cut is
// known. An empty archive is an empty file.
func (x *exporting) all(ctx context.Context) error {
	if err := errors.Join(x.pages(ctx), x.lists(ctx)); err != nil || x.out.Offset() == 0 {
		return err
	}
	return x.out.End()
}

func (x *exporting) pages(ctx context.Context) error {
	var last vigie.DocumentID
	for k, err := range x.store.Kept(ctx) {
		if err != nil {
			return err
		}
		if !x.wants(k.Document.Source) {
			continue
		}
		if err := x.begin(k.Capture); err != nil {
			return err
		}
		if k.Document.ID != last {
			x.documents++
			last = k.Document.ID
		}
		if err := x.page(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporting) page(ctx context.Context, k store.Kept) error {
	body, err := x.store.Body(ctx, k.Capture.Digest)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		x.bad++
		x.tell("document %s, %s, as of %s: %v", k.Document.ID, k.Document.URL, k.Capture.Time.Format(time.DateOnly), err)
		return nil
	}
	x.captures++
	return x.out.WriteCapture(warc.Captured{Document: k.Document, Capture: k.Capture, Seen: k.Seen, Body: body})
}

func (x *exporting) lists(ctx context.Context) error {
	for a, err := range x.store.Answers(ctx) {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !x.wants(a.Source) {
			continue
		}
		if a.Damage != nil {
			x.bad++
			x.tell("list %s of %s, as of %s: %v", a.URL, a.Source, a.Capture.Time.Format(time.DateOnly), a.Damage)
			continue
		}
		if err := x.begin(a.Capture); err != nil {
			return err
		}
		list := vigie.Document{Source: a.Source, URL: a.URL}
		if err := x.out.WriteCapture(warc.Captured{Document: list, Capture: a.Capture, Seen: a.Seen, Body: a.Body}); err != nil {
			return err
		}
		x.answers++
	}
	return nil
}

// begin says who wrote the file. Its date is the archive's, so that no clock is in it.
func (x *exporting) begin(first vigie.Capture) error {
	if x.out.Offset() > 0 {
		return nil
	}
	return x.out.Begin(first.Time, warc.Field{Name: "software", Value: "vigie " + version}, warc.Field{Name: "format", Value: "WARC File Format 1.1"})
}

// whole writes a file in one piece: until all is on disk, nothing has its name.
func whole(file string, write func(io.Writer) error) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(file), ".vigie-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // which then no longer is
	buffered := bufio.NewWriterSize(temp, 1<<20)
	err = errors.Join(write(buffered), buffered.Flush(), temp.Chmod(0o644), temp.Sync(), temp.Close())
	if err != nil {
		return err
	}
	return os.Rename(temp.Name(), file)
}

// openArchive opens a database that must be there.
func (s *session) openArchive(f configFlags) (*store.Store, scrapers.Config, error) {
	p := plan{configFlags: f}
	cfg, err := p.config(s.cli)
	if err != nil {
		return nil, cfg, err
	}
	if err := mustExist(cfg.DB); err != nil {
		return nil, cfg, err
	}
	st, err := s.open(cfg.DB)
	if err != nil {
		return nil, cfg, fmt.Errorf("open the database: %w", err)
	}
	return st, cfg, nil
}
