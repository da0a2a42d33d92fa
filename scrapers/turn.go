package scrapers

import (
	"context"
	"errors"
	"fmt"

	"vigie"
	"vigie/scrapers/fetch"
)

// A turn is one source's in a run: discover, then page after page.
type turn struct {
	c      *Collector
	source vigie.Source
	site   *site
	run    vigie.SourceRun

	worked  bool        // a way to discover did
	changed bool        // another no longer fits
	broken  error       // the archive: nothing goes on
	first   error       // that went wrong
	last    error       // likewise
	missed  func(error) // hears of lists that failed; nil: nobody does
	deaf    bool        // something was asked, and nobody answered
	bears   bearings
	doubter doubter
	fresh   freshness
	lost    []vigie.Discovery // lists that are not where the file says
	gone    []string          // pages that the file names, likewise
	notes   []error           // what failed nothing, and needs a look all the same
	checks  map[vigie.DocumentID]vigie.Check
	known   map[vigie.DocumentID]bool // to the archive; nil: it must be asked
	fails   failings
	tonight *claims
}

// visitAll asks for each page. The error is the archive's or the context's.
func (t *turn) visitAll(ctx context.Context, links []*found) error {
	if t.broken != nil {
		return t.broken
	}
	if err := t.readChecks(ctx, links); err != nil {
		return err
	}
	if err := t.fails.read(ctx, t.source.ID); err != nil {
		return err
	}
	links = t.fails.last(links)
	if len(links) > 0 {
		t.bears.all = nil // lists that failed say nothing of pages; a platform at rest says so again, unasked
	}
	passed := map[*bearing]int{}
	for _, f := range links {
		if hint := t.unchanged(vigie.NewDocumentID(f.canonical, nil), f.Link); hint != "" {
			t.bears.of(f.URL).trusted = true
			t.same(hint, f.URL)
		} else if t.bears.stops(f.URL) {
			passed[t.bears.of(f.URL)]++
		} else if err := t.visit(ctx, f); err != nil {
			return err
		}
	}
	t.passOver(passed)
	return ctx.Err()
}

// passOver counts the pages that were not asked for, since their sites are left alone.
func (t *turn) passOver(pages map[*bearing]int) {
	for _, by := range t.bears.all {
		if n := pages[by]; n > 0 {
			t.run.Failed += n
			t.c.log().Warn("site left alone", "source", t.source.ID, "site", by.name, "pages", n)
		}
	}
}

// visit brings one page into the archive, unless it is as the archive has it.
func (t *turn) visit(ctx context.Context, f *found) error {
	id := vigie.NewDocumentID(f.canonical, nil)
	if !t.tonight.take(id) {
		t.skip(f.Link)
		return nil
	}
	last, known, err := t.latest(ctx, id)
	if err != nil {
		return err
	}
	if last.Fault != "" && last.Fault != vigie.FaultData { // what was no content is asked for whole
		last.ETag, last.LastModified = "", ""
	}
	resp, err := t.site.Get(ctx, fetch.Request{URL: f.URL, ETag: last.ETag, LastModified: last.LastModified, Accept: pageTypes, Mine: true})
	if err == nil {
		err = t.doubt(ctx, f, resp)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case isArchive(err):
		return err
	case errors.Is(err, vigie.ErrNotModified):
		t.bears.note(f.URL, answerFinal, nil)
		t.same(hintOf(last), f.URL)
		return t.noteUnchanged(ctx, id, f.Link)
	case err != nil:
		t.run.Failed++
		t.fail(f.URL, err)
		if errors.Is(err, vigie.ErrNotFound) && t.names(f.URL) {
			t.gone = append(t.gone, f.URL)
		}
		return t.keepFaulty(ctx, f, err)
	}
	t.bears.note(f.URL, answerFinal, nil)
	switch {
	case t.withhold(f, resp):
	case isData(t.source, resp.Capture):
		resp.Capture.Fault = vigie.FaultData
	default:
		t.checkContent(f.URL, resp)
	}
	if err := t.keep(ctx, f, resp); err != nil {
		return err
	}
	switch {
	case !known:
		t.count(StepNew, &t.run.New, f.URL)
	case vigie.Digest(resp.Body) == last.Digest:
		t.same(vigie.HintDigest, f.URL)
	default:
		t.count(StepChanged, &t.run.Changed, f.URL)
	}
	return nil
}

// keep archives a page.
func (t *turn) keep(ctx context.Context, f *found, resp *fetch.Response) error {
	doc := vigie.Document{
		ID: vigie.NewDocumentID(f.canonical, nil), URL: f.canonical, Source: t.source.ID, Title: f.Title, Published: f.Published,
		Modified: f.Modified,
	}
	if err := t.c.Archive.Put(ctx, doc, resp.Capture, resp.Body); err != nil {
		return fmt.Errorf("archive: keep %s: %w", f.URL, err)
	}
	return nil
}

// same notes a page that is as the archive has it, and what told so.
func (t *turn) same(by vigie.Hint, address string) {
	if t.run.Hints == nil {
		t.run.Hints = map[vigie.Hint]int{}
	}
	t.run.Hints[by]++
	t.count(StepSame, &t.run.Same, address)
}

// hintOf is by what a site knew the page that it did not send again: of two validators it
// goes by the first (RFC 9110, 13.2.2).
func hintOf(last vigie.Capture) vigie.Hint {
	if last.ETag != "" {
		return vigie.HintETag
	}
	return vigie.HintLastModified
}

// count notes a page that went well.
func (t *turn) count(s Step, n *int, address string) {
	*n++
	t.tell(s, address)
}

const pageTypes = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.5"

func (t *turn) skip(l vigie.Link) {
	t.run.Skipped++
	t.tell(StepSkipped, l.URL)
}

func (t *turn) tell(s Step, address string) {
	t.c.tell(Event{Source: t.source.ID, Step: s, URL: address, Run: t.run})
}
