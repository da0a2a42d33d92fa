package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"vigie"
	"vigie/store"
	"vigie/transform"
	"vigie/transform/article"
)

type transformCmd struct {
	plan `embed:""`
}

// Run reads what the archive holds and nothing has read yet.
func (c *transformCmd) Run(s *session) error {
	return c.job(s, "transform", (*night).transform)
}

// A unit is one document with its body, on its way to be read.
type unit struct {
	doc  vigie.Document
	c    vigie.Capture
	body []byte
}

// transform reads every pending document. A page that cannot be read is noted and passed
// over; a store that cannot write stops everything.
func (n *night) transform(ctx context.Context) error {
	p, err := n.rules()
	if err != nil {
		return err
	}
	units := make(chan unit)
	readings := make(chan store.Reading)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(units)
		return n.pending(ctx, units)
	})
	workers, wctx := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() error {
			for u := range units {
				select {
				case readings <- n.read(p, u):
				case <-wctx.Done():
					return wctx.Err()
				}
			}
			return nil
		})
	}
	g.Go(func() error {
		defer close(readings)
		return workers.Wait()
	})
	g.Go(func() error { return n.keep(ctx, readings) })
	err = g.Wait()
	n.s.line("transform: %s, %s, %s", count(n.tally.read, "page read", "pages read"), count(n.tally.facts, "fact", "facts"),
		count(n.tally.unread, "page without readable text", "pages without readable text"))
	return err
}

// pending sends what is to be read.
func (n *night) pending(ctx context.Context, units chan<- unit) error {
	for doc, err := range n.store.Pending(ctx, transform.Version) {
		if err != nil {
			return fmt.Errorf("list documents to read: %w", err)
		}
		c, ok := lastGood(doc)
		if !ok {
			continue
		}
		body, err := n.store.Body(ctx, c.Digest)
		if err != nil { // a damaged body is one document's trouble
			n.trouble("%s: %v: fetch the page again, or restore the archive", doc.URL, err)
			n.partly = true
			continue
		}
		select {
		case units <- unit{doc, c, body}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// lastGood returns the newest capture that holds a page.
func lastGood(doc vigie.Document) (vigie.Capture, bool) {
	for i := len(doc.Captures) - 1; i >= 0; i-- {
		if c := doc.Captures[i]; c.Status >= 200 && c.Status < 300 {
			return c, true
		}
	}
	return vigie.Capture{}, false
}

// read makes a reading of a document; an unreadable page is a reading that says so.
func (n *night) read(p *transform.Pipeline, u unit) store.Reading {
	source := n.source(u.doc.Source)
	r := store.Reading{Document: u.doc.ID, Digest: u.c.Digest, Version: transform.Version, At: n.s.now()}
	got, err := p.Document(article.Input{
		Body: u.body, MediaType: u.c.MediaType, URL: u.doc.URL, Publisher: source.Publisher.Name, Content: source.Content,
		Scope: source.Scope, Published: u.doc.Published, Fetched: vigie.DateOf(u.c.Time),
	})
	if err != nil {
		r.Error = err.Error()
		r.Citation = vigie.Citation{Document: u.doc.ID, URL: u.doc.URL, Publisher: source.Publisher.Name, Title: u.doc.Title, Published: u.doc.Published}
		return r
	}
	r.Citation, r.Facts, r.Refusals = got.Article.Citation, got.Facts, got.Refusals
	r.Citation.Document, r.Citation.URL = u.doc.ID, u.doc.URL
	return r
}

// keep stores readings, one after the other.
func (n *night) keep(ctx context.Context, readings <-chan store.Reading) error {
	var failed error
	for r := range readings {
		if failed != nil {
			continue // let the workers end
		}
		if err := n.store.PutReading(ctx, r); err != nil {
			failed = fmt.Errorf("store the facts of %s: %w", r.Citation.URL, err)
			continue
		}
		if r.Error != "" {
			n.tally.unread++
			n.trouble("%s: %s", r.Citation.URL, r.Error)
		}
		n.tally.read++
		n.tally.facts += len(r.Facts)
		n.s.progress("transform: %d pages read, %d facts", n.tally.read, n.tally.facts)
	}
	if errors.Is(failed, context.Canceled) {
		return failed
	}
	return failed
}
