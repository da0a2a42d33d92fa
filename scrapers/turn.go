package scrapers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"

	"vigie"
	"vigie/scrapers/fetch"
)

// A turn is one source's in a run: discover, then page after page.
type turn struct {
	c      *Collector
	source vigie.Source
	site   *site
	run    vigie.SourceRun

	worked  bool  // a way to discover did
	changed bool  // another no longer fits
	first   error // that went wrong
	refused int   // pages in a row that were refused, or not answered at all
}

const (
	maxLinks   = 50_000 // of one source in one run: past that it is a trap
	maxRefused = 3      // in a row, then the site is left alone until the next run
)

// A found is a link with the name that its page goes by.
type found struct {
	vigie.Link
	canonical string
	onTopic   bool // whatever its title says
}

// discover returns the links of all the source's ways, each page once: what one way
// does not say of it, another may.
func (t *turn) discover(ctx context.Context, w vigie.Window) []*found {
	var links []*found
	index := map[string]*found{}
	for _, d := range t.source.Discover {
		method, ok := discoverer(d.Method)
		if !ok {
			t.fail("", fmt.Errorf("discover: unknown method %q", d.Method))
			continue
		}
		var match *regexp.Regexp
		if d.Match != "" {
			match = regexp.MustCompile(d.Match) // Load has tried it
		}
		failed, any := false, false
		for l, err := range method.Discover(ctx, t.site, d, w) {
			if ctx.Err() != nil {
				return nil
			}
			if err != nil {
				failed = true
				t.changed = t.changed || errors.Is(err, ErrChanged)
				t.fail(d.URL, err)
				continue
			}
			any, t.refused = true, 0
			if match != nil && !match.MatchString(l.URL) {
				continue
			}
			f, err := newFound(l, onTopic(d))
			if err != nil {
				t.c.log().Debug("link without a usable address", "source", t.source.ID, "url", l.URL, "err", err)
				t.skip(l)
				continue
			}
			if known, ok := index[f.canonical]; ok {
				known.add(f)
				continue
			}
			if len(links) == maxLinks {
				t.fail(d.URL, fmt.Errorf("more than %d links: %w", maxLinks, vigie.ErrTooLarge))
				break
			}
			index[f.canonical] = f
			links = append(links, f)
		}
		t.worked = t.worked || any || !failed
	}
	return t.choose(links)
}

func newFound(l vigie.Link, onTopic bool) (*found, error) {
	canonical, err := vigie.CanonicalURL(l.URL)
	if err != nil {
		return nil, err
	}
	l.URL = asked(l.URL, canonical)
	return &found{l, canonical, onTopic}, nil
}

// asked is the address to ask for: as found, since not every site answers to the
// canonical scheme and path, but without tracking.
func asked(raw, canonical string) string {
	r, err := url.Parse(raw)
	c, err2 := url.Parse(canonical)
	if err != nil || err2 != nil {
		return canonical
	}
	r.RawQuery, r.Fragment, r.RawFragment = c.RawQuery, "", ""
	return r.String()
}

func (f *found) add(other *found) {
	f.onTopic = f.onTopic || other.onTopic
	f.Summary += "\n" + other.Summary
	if f.Title == "" {
		f.Title = other.Title
	}
	if f.Published == "" {
		f.Published = other.Published
	}
}

// choose leaves aside what is not the source's own or holds no keyword.
func (t *turn) choose(links []*found) []*found {
	topic := newTopic(t.source.Keywords)
	kept := links[:0]
	for _, f := range links {
		t.run.Found++
		if !t.site.has(f.URL) || !f.onTopic && !topic.holds(f.Link) {
			t.skip(f.Link)
			continue
		}
		if f.Published != "" && (t.run.Newest == "" || f.Published.Compare(t.run.Newest) > 0) {
			t.run.Newest = f.Published
		}
		kept = append(kept, f)
	}
	return kept
}

// visitAll asks for each page. The error is the archive's or the context's.
func (t *turn) visitAll(ctx context.Context, links []*found) error {
	for i, f := range links {
		if t.refused >= maxRefused {
			left := len(links) - i
			t.run.Failed += left
			t.c.log().Warn("source left alone after refusals", "source", t.source.ID, "pages", left)
			break
		}
		if err := t.visit(ctx, f); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// visit brings one page into the archive, unless it is as the archive has it.
func (t *turn) visit(ctx context.Context, f *found) error {
	id := vigie.NewDocumentID(f.canonical, nil)
	last, known, err := t.c.latest(ctx, id)
	if err != nil {
		return err
	}
	resp, err := t.site.Get(ctx, fetch.Request{URL: f.URL, ETag: last.ETag, LastModified: last.LastModified, Accept: pageTypes})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, vigie.ErrNotModified), err == nil && known && resp.Capture.Digest == last.Digest:
		t.refused = 0
		t.run.Same++
		t.tell(StepSame, f.URL)
		return nil
	case err != nil:
		t.run.Failed++
		t.fail(f.URL, err)
		return nil
	}
	t.refused = 0
	doc := vigie.Document{ID: id, URL: f.canonical, Source: t.source.ID, Title: f.Title, Published: f.Published}
	if err := t.c.Archive.Put(ctx, doc, resp.Capture, resp.Body); err != nil {
		return fmt.Errorf("archive: keep %s: %w", f.URL, err)
	}
	if known {
		t.run.Changed++
		t.tell(StepChanged, f.URL)
	} else {
		t.run.New++
		t.tell(StepNew, f.URL)
	}
	return nil
}

const pageTypes = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.5"

// fail notes what went wrong and goes on.
func (t *turn) fail(address string, err error) {
	if t.first == nil {
		t.first = err
		t.run.Error = advice(err)
	}
	if status, ok := errors.AsType[*fetch.StatusError](err); ok {
		t.site.answered = true
		if status.Status == http.StatusNotFound || status.Status == http.StatusGone {
			t.refused = 0
		} else {
			t.refused++
		}
	} else if refusalOfOurs(err) {
		t.refused = 0
	} else {
		t.refused++ // no answer: some platforms refuse by hanging up
	}
	t.c.log().Warn("page passed over", "source", t.source.ID, "url", address, "err", err)
	t.c.tell(Event{Source: t.source.ID, Step: StepFailed, URL: address, Err: err, Run: t.run})
}

// refusalOfOurs reports errors that say nothing of how the site bears us.
func refusalOfOurs(err error) bool {
	for _, e := range []error{vigie.ErrBlocked, vigie.ErrTooLarge, fetch.ErrElsewhere, ErrChanged} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

func (t *turn) skip(l vigie.Link) {
	t.run.Skipped++
	t.tell(StepSkipped, l.URL)
}

func (t *turn) tell(s Step, address string) {
	t.c.tell(Event{Source: t.source.ID, Step: s, URL: address, Run: t.run})
}
