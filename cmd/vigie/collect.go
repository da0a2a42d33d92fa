package main

import (
	"context"
	"errors"
	"fmt"

	"vigie"
	"vigie/scrapers"
)

type collectCmd struct {
	plan `embed:""`
}

// Run discovers, fetches and archives; nothing is read yet.
func (c *collectCmd) Run(s *session) error {
	return c.job(s, "collect", (*night).collect)
}

// collect brings the sources' pages into the archive. A source that fails is noted and
// the others go on; an archive that cannot write ends the night.
func (n *night) collect(ctx context.Context) error {
	client, err := n.s.client(n.cfg, n.replay)
	if err != nil {
		return err
	}
	c := scrapers.Collector{Client: client, Archive: n.store, Log: n.s.log, Progress: n.collected}
	runs, err := c.All(ctx, n.cfg.Sources, n.window)
	n.run.Sources = runs
	for _, r := range runs {
		n.tally.found += r.Found
		n.tally.fresh += r.New
		n.tally.changed += r.Changed
		n.tally.failed += r.Failed
		n.judge(r)
	}
	n.s.line("collect: %s asked, %s found, %d new, %d changed, %s failed",
		count(len(runs), "source", "sources"), count(n.tally.found, "link", "links"), n.tally.fresh, n.tally.changed,
		count(n.tally.failed, "page", "pages"))
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}

// judge notes a source that did not end its night well.
func (n *night) judge(r vigie.SourceRun) {
	switch r.State {
	case vigie.StateOK, vigie.StateQuiet:
		if r.Failed == 0 {
			return
		}
		n.trouble("%s: %s not fetched: %s", r.Source, count(r.Failed, "page", "pages"), r.Error)
	default:
		n.trouble("%s: %s: %s", r.Source, r.State, r.Error)
	}
	n.partly = true
}

// collected shows one step of the collection.
func (n *night) collected(e scrapers.Event) {
	switch e.Step {
	case scrapers.StepNew, scrapers.StepChanged:
		n.tally.archived++
		n.s.progress("collect: %d pages archived, %s", n.tally.archived, e.Source)
	case scrapers.StepFailed:
		if !errors.Is(e.Err, context.Canceled) {
			n.s.log.Debug("passed over", "source", e.Source, "url", e.URL, "err", e.Err)
		}
	}
}
