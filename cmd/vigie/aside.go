package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"vigie"
	"vigie/reports"
)

// setAside keeps a workbook that somebody changed, and returns those that wait to be imported.
func (t *telling) setAside(ctx context.Context, shelf reports.Shelf) ([]vigie.Aside, error) {
	if !t.fresh {
		name, err := shelf.SetAside(t.day, func(digest string) (bool, error) { return t.store.Delivered(ctx, digest) })
		if err != nil {
			return nil, fmt.Errorf("keep the workbook that was changed: %w", err)
		}
		if name != "" {
			t.note("%s was changed since it was delivered: it is kept as %s; %s", reports.FileName(shelf.Region), name, t.importing(shelf, name))
		}
	}
	kept, err := shelf.Asides()
	if err != nil || t.fresh {
		return nil, err
	}
	var waiting []vigie.Aside
	for _, f := range kept {
		imported, err := t.store.Imported(ctx, f.Digest)
		if err != nil {
			return nil, err
		}
		if !imported {
			waiting = append(waiting, vigie.Aside{File: f.Name, Digest: f.Digest, Import: t.importing(shelf, f.Name)})
		}
	}
	return waiting, nil
}

// importing is the command that takes in the decisions of a workbook that was set aside.
func (t *telling) importing(shelf reports.Shelf, name string) string {
	command := "vigie"
	switch {
	case t.config != "":
	case !strings.Contains(t.cfg.DB, "://"): // an address may hold a password
		command += " --db " + quoted(t.cfg.DB)
	}
	command += " review import " + quoted(filepath.Join(shelf.Out, name))
	if t.config != "" {
		command += " --config " + quoted(t.config)
	}
	return command
}

// quoted is a word as a shell takes it.
func quoted(s string) string {
	if !strings.ContainsAny(s, " '\"$&()*;<>?[\\]`{|}~#!\t\n") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
