package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"vigie"
	"vigie/store"
	"vigie/transform"
	"vigie/transform/article"
)

// A unit is one document with its body, on its way to be read, and its reading.
type unit struct {
	doc     vigie.Document
	capture vigie.Capture
	body    []byte
	reading store.Reading
	misfit  error // a declared selector that does not fit the page
}

// transform reads every pending document of the chosen sources, several at a time, in
// whatever order; readings are stored one by one. A page that cannot be read is noted
// and passed over; a store that cannot write stops everything.
func (n *night) transform(ctx context.Context) error {
	p, err := n.rules()
	if err != nil {
		return err
	}
	n.misfits = map[string]*misfit{}
	todo, done := make(chan unit), make(chan unit)
	all, ctx := errgroup.WithContext(ctx)
	all.Go(func() error {
		defer close(todo)
		return n.pending(ctx, todo)
	})
	all.Go(func() error {
		defer close(done)
		return n.readers(ctx, p, todo, done)
	})
	all.Go(func() error { return n.keep(ctx, done) })
	err = all.Wait()
	n.tellMisfits()
	if n.withheld > 0 {
		n.s.line("transform: %s whose publisher reserves text mining left unread", count(n.withheld, "page", "pages"))
	}
	n.s.line("transform: %s, %s, %s", count(n.tally.read, "page read", "pages read"), count(n.tally.facts, "fact", "facts"),
		count(n.tally.unread, "page without readable text", "pages without readable text"))
	return err
}

// pending sends what is to be read.
func (n *night) pending(ctx context.Context, todo chan<- unit) error {
	documents := n.store.Pending(ctx, transform.Version)
	if n.again {
		documents = n.store.Documents(ctx)
	}
	for doc, err := range documents {
		if err != nil {
			return fmt.Errorf("list documents to read: %w", err)
		}
		if !n.about(doc) {
			continue
		}
		c := lastGood(doc)
		if c.Digest == "" {
			continue
		}
		if n.source(doc.Source).Withheld(newest(doc)) != "" { // what was read before it was reserved stays known
			n.withheld++
			continue
		}
		body, err := n.store.Body(ctx, c.Digest)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil { // a damaged body is one document's trouble
			n.trouble("%s: %v: restore the database from a copy", doc.URL, err)
			continue
		}
		select {
		case todo <- unit{doc: doc, capture: c, body: body}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// about reports whether a document is one of the night's: all are, unless some sources
// were chosen, also those whose source is declared no more.
func (n *night) about(doc vigie.Document) bool {
	return len(n.chosen) == len(n.cfg.Sources) || slices.ContainsFunc(n.chosen, func(s vigie.Source) bool { return s.ID == doc.Source })
}

// newest returns the capture that was seen last, whatever it holds.
func newest(doc vigie.Document) vigie.Capture { return doc.Captures[len(doc.Captures)-1] }

// lastGood returns the newest capture that holds a page; a pending document has one, of
// others it may be zero.
func lastGood(doc vigie.Document) vigie.Capture {
	for _, c := range slices.Backward(doc.Captures) {
		if c.Status >= 200 && c.Status < 300 && c.Fault == "" {
			return c
		}
	}
	return vigie.Capture{}
}

// readers read as many documents at a time as there are processors.
func (n *night) readers(ctx context.Context, p *transform.Pipeline, todo <-chan unit, done chan<- unit) error {
	var readers errgroup.Group
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() error {
			for u := range todo {
				n.read(ctx, p, &u)
				if ctx.Err() != nil { // what a child process did not end is no reading
					return ctx.Err()
				}
				select {
				case done <- u:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	}
	return readers.Wait()
}

// read makes the reading of a document; an unreadable page is a reading that says so.
func (n *night) read(ctx context.Context, p *transform.Pipeline, u *unit) {
	source := n.source(u.doc.Source)
	r := store.Reading{Document: u.doc.ID, Digest: u.capture.Digest, Version: transform.Version, At: n.s.now()}
	r.Citation = vigie.Citation{URL: u.doc.URL, Publisher: source.Publisher.Name, Title: u.doc.Title, Published: u.doc.Published.Believed(dayOf(u.capture.Time))}
	in := n.input(*u)
	var got transform.Reading
	err := addWords(ctx, &in)
	if err == nil {
		got, err = readArticle(p, in)
	}
	switch {
	case got.Article == nil:
		r.Error = err.Error()
	default:
		u.misfit = err
		r.Citation, r.Facts, r.Refusals = got.Article.Citation, got.Facts, got.Refusals
		r.Questions, r.Print = got.Questions, got.Print
	}
	r.Citation.Document, r.Citation.URL = u.doc.ID, u.doc.URL
	u.reading = r
}

// input is a capture's body with what its source says of it.
func (n *night) input(u unit) article.Input {
	source := n.source(u.doc.Source)
	return article.Input{
		Body: u.body, MediaType: u.capture.MediaType, URL: u.doc.URL, Publisher: source.Publisher.Name, Content: source.Content,
		Scope: source.Scope, Published: u.doc.Published, Fetched: dayOf(u.capture.Time),
	}
}

// readArticle reads one body. With an article may come an error: the source's selectors
// do not fit, and the page was read without them. A page that makes the rules stumble is
// that page's error and no other's.
func readArticle(p *transform.Pipeline, in article.Input) (got transform.Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			got, err = transform.Reading{}, fmt.Errorf("vigie stumbled over the page: %v", v)
		}
	}()
	a, misfit := p.Read(in)
	if a == nil {
		return transform.Reading{}, misfit
	}
	if got, err = p.Article(a); err != nil {
		return transform.Reading{}, err
	}
	return got, misfit
}

// keep stores readings, one after the other.
func (n *night) keep(ctx context.Context, done <-chan unit) error {
	for u := range done {
		r := u.reading
		if err := n.store.PutReading(ctx, r); err != nil {
			return fmt.Errorf("store the facts of %s: %w", r.Citation.URL, err)
		}
		if r.Error != "" {
			n.tally.unread++
			n.trouble("%s: %s", r.Citation.URL, r.Error)
		}
		if u.misfit != nil {
			n.missed(u)
		}
		n.tally.read++
		n.tally.facts += len(r.Facts)
		n.s.progress("transform: %s, %s", count(n.tally.read, "page read", "pages read"), count(n.tally.facts, "fact", "facts"))
	}
	return nil
}

// A misfit is how often a source's declared selectors did not fit its pages.
type misfit struct {
	pages int
	first error
}

func (n *night) missed(u unit) {
	m := n.misfits[u.doc.Source]
	if m == nil {
		m = &misfit{first: u.misfit}
		n.misfits[u.doc.Source] = m
	}
	m.pages++
}

func (n *night) tellMisfits() {
	for _, id := range sorted(n.misfits) {
		m := n.misfits[id]
		n.trouble("%s: %s read without the file's selectors: %v: look at content: in it", id, count(m.pages, "page", "pages"), m.first)
	}
}
