package scrapers

import (
	"context"
	"errors"
	"net/http"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// Entries are what an [Archive] may keep beside its documents: lists, feeds, sitemaps and
// answers of APIs, before anything is read in them. With them an unchanged one is not sent
// again.
type Entries interface {
	// Entry returns such a page as it was last in order, or [vigie.ErrNotFound].
	Entry(ctx context.Context, source, url string) (vigie.Capture, []byte, error)
	PutEntry(ctx context.Context, source, url string, c vigie.Capture, body []byte) error
	// ListNote returns what the Collector noted of a source's lists, or [vigie.ErrNotFound].
	ListNote(ctx context.Context, source, name string) (text []byte, when time.Time, err error)
	PutListNote(ctx context.Context, source, name string, when time.Time, text []byte) error
}

// An archivedSite is a site whose answers are archived before anything is read in them:
// those that are errors too, and what stood in a page's place.
type archivedSite struct {
	*site
	kept Entries
}

func (s archivedSite) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	resp, err := s.site.Get(ctx, r)
	return resp, s.keep(ctx, r.URL, resp, err)
}

func (s archivedSite) Walk(ctx context.Context, first fetch.Request, visit func(*fetch.Response) ([]string, error)) error {
	return s.walk(ctx, first, func(resp *fetch.Response) (*fetch.Response, error) { return resp, nil }, visit)
}

// walk archives each page as settle gives it, then visits it.
func (s archivedSite) walk(ctx context.Context, first fetch.Request, settle func(*fetch.Response) (*fetch.Response, error), visit func(*fetch.Response) ([]string, error)) error {
	err := s.site.Walk(ctx, first, func(resp *fetch.Response) ([]string, error) {
		resp, err := settle(resp)
		if err == nil {
			err = s.keep(ctx, resp.Capture.URL, resp, nil)
		}
		if err != nil {
			return nil, err
		}
		return visit(resp)
	})
	if err == nil {
		return nil
	}
	return s.keep(ctx, first.URL, nil, err)
}

// keep archives an answer, or what an error shows of one, and returns the error.
func (s archivedSite) keep(ctx context.Context, address string, resp *fetch.Response, err error) error {
	if err != nil {
		if resp = evidence(err); resp == nil {
			return err
		}
		address = resp.Capture.URL
	}
	if kept := s.kept.PutEntry(ctx, s.source.ID, address, resp.Capture, resp.Body); kept != nil {
		return &archiveError{kept}
	}
	return err
}

// An archiveError ends the collection: to ask for what cannot be kept would only burden
// the sites, and blame them.
type archiveError struct{ err error }

func (e *archiveError) Error() string { return "archive: " + e.err.Error() }

// Unwrap returns what the archive said.
func (e *archiveError) Unwrap() error { return e.err }

// rememberedSite is a site whose answers are known from last time. One that has not changed
// since stands in for the answer: what is found by it is found again, so that a page that
// could not be fetched last night is asked for tonight.
type rememberedSite struct {
	archivedSite
	now func() time.Time
}

func (s rememberedSite) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	last, body, err := s.entry(ctx, r.URL)
	if err != nil {
		return nil, err
	}
	r.ETag, r.LastModified = last.ETag, last.LastModified
	resp, err := s.site.Get(ctx, r)
	if errors.Is(err, vigie.ErrNotModified) {
		resp = s.asBefore(last, body)
		err = s.take(resp)
	}
	return resp, s.keep(ctx, r.URL, resp, err)
}

// Walk asks for the pages of a listing that have changed; the others are visited as they
// were.
func (s rememberedSite) Walk(ctx context.Context, first fetch.Request, visit func(*fetch.Response) ([]string, error)) error {
	var last vigie.Capture
	var body []byte
	var failed error
	first.Validators = func(address string) (etag, lastModified string) {
		last, body, failed = s.entry(ctx, address)
		return last.ETag, last.LastModified
	}
	return s.walk(ctx, first, func(resp *fetch.Response) (*fetch.Response, error) {
		if failed != nil || resp.Capture.Status != http.StatusNotModified {
			return resp, failed
		}
		resp = s.asBefore(last, body)
		return resp, s.take(resp)
	}, visit)
}

// asBefore is an answer that the site need not send again: seen tonight.
func (s rememberedSite) asBefore(last vigie.Capture, body []byte) *fetch.Response {
	last.Time = s.now().UTC()
	return &fetch.Response{Capture: last, Body: body}
}

// entry returns a page as it was last; nothing for one that was never kept.
func (s rememberedSite) entry(ctx context.Context, address string) (vigie.Capture, []byte, error) {
	last, body, err := s.kept.Entry(ctx, s.source.ID, address)
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return last, nil, &archiveError{err}
	}
	return last, body, nil
}

// getter returns what discovery asks by. A window makes addresses of its own, which are
// not asked again; what a backfill looks for is not what is new since last time.
func (t *turn) getter(w vigie.Window) Getter {
	archive, past := t.c.Archive, false
	if b, ok := archive.(bare); ok {
		archive, past = b.Archive, true
	}
	kept, ok := archive.(Entries)
	switch {
	case !ok:
		return t.site
	case past || w != (vigie.Window{}):
		return archivedSite{t.site, kept}
	}
	return rememberedSite{archivedSite{t.site, kept}, t.c.now}
}
