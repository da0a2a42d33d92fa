package main

import (
	"cmp"
	"context"
	"errors"

	"vigie"
	"vigie/scrapers"
)

// collect brings the pages of the chosen sources into the archive. A source that fails
// is noted and the others go on; an archive that cannot write ends the night.
func (n *night) collect(ctx context.Context) error {
	n.failures, n.noted, n.whole = map[string]scrapers.Event{}, map[string][]error{}, map[string]bool{}
	asked := 0
	for _, s := range n.chosen {
		if s.Disabled == "" {
			asked++
		}
	}
	n.s.line("collect: %s to ask", count(asked, "source", "sources"))
	usual, err := n.usual(ctx)
	if err != nil {
		return err
	}
	batch := n.store.Batch()
	c := scrapers.Collector{Usual: usual, Owners: scrapers.NewOwners(n.cfg.Sources), Client: n.client, Archive: keepFree(batch, n.cfg.DB, n.cfg.KeepFree, diskFree), Log: n.s.log, Now: n.s.now, Progress: func(e scrapers.Event) { n.collected(ctx, e, asked) }}
	runs, err := c.All(ctx, n.chosen, n.window)
	if kept := batch.Close(ctx); kept != nil && err == nil {
		err = kept
	}
	if kept := n.client.Close(context.WithoutCancel(ctx)); kept != nil && err == nil {
		err = kept
	}
	var found, fresh, changed, failed int
	for _, r := range runs {
		found, fresh, changed, failed = found+r.Found, fresh+r.New, changed+r.Changed, failed+r.Failed
		if n.whole[r.Source] { // of one that was cut short nothing can be said
			r.Declared = scrapers.Declaration(n.source(r.Source))
			n.run.Sources = append(n.run.Sources, r)
		}
	}
	n.s.line("collect: %s, %d new, %d changed, %s failed", count(found, "link", "links"), fresh, changed, count(failed, "page", "pages"))
	n.judge()
	if left := asked - len(n.run.Sources); left > 0 {
		n.trouble("%s not asked to the end", count(left, "source was", "sources were"))
	}
	if err != nil && ctx.Err() == nil { // the archive's error cut the others short
		n.run.Sources = nil
	}
	if full, ok := errors.AsType[*errNoRoom](err); ok { // there is room for a report
		n.full = true
		n.trouble("collecting stopped: %v", full)
		return nil
	}
	return err
}

// collected takes in one step of the collection.
func (n *night) collected(ctx context.Context, e scrapers.Event, of int) {
	switch e.Step {
	case scrapers.StepNew, scrapers.StepChanged:
		n.tally.archived++
	case scrapers.StepFailed:
		if _, told := n.failures[e.Source]; !told {
			n.failures[e.Source] = e
		}
	case scrapers.StepNote:
		n.noted[e.Source] = append(n.noted[e.Source], e.Err)
	case scrapers.StepEnd:
		n.whole[e.Source] = ctx.Err() == nil
		n.tally.asked++
	default:
		return
	}
	n.s.progress("collect: %d of %d sources asked, %s archived", n.tally.asked, of, count(n.tally.archived, "page", "pages"))
}

// fewOdd sources that answered and need a look are named one by one.
const fewOdd = 5

// judge tells of the sources that did not end their night well; where none answered at
// all, in one line.
func (n *night) judge() {
	alone, odd := 0, 0
	var lone string // the first of those
	for _, r := range n.run.Sources {
		if n.isOdd(r) {
			odd++
		}
	}
	for _, r := range n.run.Sources {
		switch {
		case r.State == vigie.StateNetwork:
			alone, lone = alone+1, cmp.Or(lone, r.Source)
		case odd > fewOdd && n.isOdd(r): // told together
		default:
			n.judgeSource(r)
		}
	}
	if odd > fewOdd {
		n.note("%d sources answered and have something to be told, most often an unusual silence: see their lines in the sheet Sources", odd)
	}
	if alone > 0 {
		n.trouble("none of %s answered: look at this machine's network (%s)", count(alone, "source", "sources"),
			unfetched(n.failures[lone].Err))
	}
}

// isOdd reports a source that did its night and has something to be told all the same: it
// answered from another address, or is silent for long.
func (n *night) isOdd(r vigie.SourceRun) bool {
	_, failed := n.failures[r.Source]
	return !failed && r.Error != "" && stateWords[r.State] == ""
}

func (n *night) judgeSource(r vigie.SourceRun) {
	for _, m := range r.Moves {
		n.note("%s: %s seems to be at %s now: if it is the same, write it into the source's file; nothing was read there", r.Source, m.From, m.To)
	}
	noted := n.noted[r.Source]
	for _, err := range noted {
		n.note("%s: %s", r.Source, unfetched(err))
	}
	first, failed := n.failures[r.Source]
	words := stateWords[r.State]
	switch {
	case n.isOdd(r) && len(noted) > 0: // told
	case n.isOdd(r):
		n.note("%s: see its line in the sheet Sources", r.Source)
	case !failed && words == "":
	case !failed:
		n.trouble("%s: %s", r.Source, words)
	case words != "":
		n.trouble("%s: %s: %s", r.Source, words, unfetched(first.Err))
	case r.Failed > 0:
		n.trouble("%s: %s not fetched: %s", r.Source, count(r.Failed, "page", "pages"), unfetched(first.Err))
	default:
		n.trouble("%s: one way to find its pages failed: %s", r.Source, unfetched(first.Err))
	}
}
