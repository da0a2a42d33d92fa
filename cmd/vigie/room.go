package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"vigie"
	"vigie/scrapers"
)

// errNoRoom ends a collection while there is room left to read what was archived and to
// write the report.
type errNoRoom struct {
	folder      string
	free, floor uint64
}

func (e *errNoRoom) Error() string {
	return fmt.Sprintf("the disk of %s has %d MiB left, and %d are to be kept free: make room (keep_free: in the configuration)", e.folder, e.free>>20, e.floor>>20)
}

// An archive is all that a collection keeps.
type archive interface {
	scrapers.Archive
	scrapers.Entries
	scrapers.Checks
	scrapers.Failures
}

// A roomy archive takes nothing more once the disk is nearly full.
type roomy struct {
	archive
	room func() error // an errNoRoom where there is none
}

// Put archives a page while there is room.
func (r roomy) Put(ctx context.Context, d vigie.Document, c vigie.Capture, body []byte) error {
	if err := r.room(); err != nil {
		return err
	}
	return r.archive.Put(ctx, d, c, body)
}

// PutEntry archives a list while there is room.
func (r roomy) PutEntry(ctx context.Context, source, url string, c vigie.Capture, body []byte) error {
	if err := r.room(); err != nil {
		return err
	}
	return r.archive.PutEntry(ctx, source, url, c, body)
}

// keepFree makes an archive roomy on the disk of its database; one that a server keeps is
// the server's to watch.
func keepFree(a archive, db string, floor uint64, free func(folder string) (uint64, bool)) archive {
	if floor == 0 || strings.Contains(db, "://") {
		return a
	}
	folder := filepath.Dir(db)
	return roomy{a, func() error {
		if left, ok := free(folder); ok && left < floor {
			return &errNoRoom{folder, left, floor}
		}
		return nil
	}}
}
