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

	"vigie/scrapers"
	"vigie/scrapers/warc"
	"vigie/store"
)

type archiveCmd struct {
	Export archiveExportCmd `cmd:"" help:"Write the archive to a WARC file, which other tools read."`
	Import archiveImportCmd `cmd:"" help:"Take in the pages of a WARC file, vigie's or another tool's."`
	Check  archiveCheckCmd  `cmd:"" help:"Read every archived body again and compare its digest; of WARC files where they are named."`
}

type archiveExportCmd struct {
	configFlags `embed:""`
	sourceFlags `embed:""`
	File        string `arg:"" help:"WARC file to write; the ending .gz is usual." type:"path"`
}

// Run writes every capture, in the order of sources and documents. The same archive gives
// the same bytes.
func (c *archiveExportCmd) Run(s *session) error {
	st, cfg, err := s.openArchive(c.configFlags)
	if err != nil {
		return err
	}
	defer st.Close()
	if _, err := c.choose(cfg.Sources); err != nil {
		return err
	}
	documents, captures := 0, 0
	err = whole(c.File, func(out io.Writer) error {
		w := warc.NewWriter(out)
		return c.export(s.ctx, st, w, &documents, &captures)
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	s.say("%s of %s written to %s", count(captures, "capture", "captures"), count(documents, "document", "documents"), c.File)
	return nil
}

func (c *archiveExportCmd) export(ctx context.Context, st *store.Store, w *warc.Writer, documents, captures *int) error {
	for doc, err := range st.Documents(ctx) {
		if err != nil {
			return err
		}
		if len(c.Source) > 0 && !slices.Contains(c.Source, doc.Source) {
			continue
		}
		if *documents == 0 { // its date is the archive's, so that no clock is in the file
			info := warc.Info(doc.Captures[0].Time, warc.Field{Name: "software", Value: "vigie " + version}, warc.Field{Name: "format", Value: "WARC File Format 1.1"})
			if _, err := w.Write(info); err != nil {
				return err
			}
		}
		*documents++
		for _, capture := range doc.Captures {
			body, err := st.Body(ctx, capture.Digest)
			if err != nil {
				return fmt.Errorf("document %s, %s: %w", doc.ID, doc.URL, err)
			}
			if err := w.WriteCapture(warc.Captured{Document: doc, Capture: capture, Body: body}); err != nil {
				return err
			}
			*captures++
		}
	}
	return nil
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
