package scrapers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// Entries are what an [Archive] may keep beside its documents: feeds, sitemaps and
// answers of APIs as they were last. With them an unchanged one is not sent again.
type Entries interface {
	// Entry returns a kept page, or [vigie.ErrNotFound].
	Entry(ctx context.Context, source, url string) (vigie.Capture, []byte, error)
	PutEntry(ctx context.Context, source, url string, c vigie.Capture, body []byte) error
}

// rememberedSite is a site whose entries are kept. One that has not changed since stands
// in for the answer: what is found by it is found again, so that a page that could not be
// fetched last night is asked for tonight.
type rememberedSite struct {
	*site
	kept Entries
	now  func() time.Time
}

func (s rememberedSite) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	last, body, err := s.entry(ctx, r.URL)
	if err != nil {
		return nil, err
	}
	r.ETag, r.LastModified = last.ETag, last.LastModified
	resp, err := s.site.Get(ctx, r)
	if errors.Is(err, vigie.ErrNotModified) {
		resp = &fetch.Response{Capture: last, Body: body}
		return resp, s.take(resp)
	}
	if err != nil {
		return nil, err
	}
	return resp, s.keep(ctx, r.URL, resp)
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
	return s.site.Walk(ctx, first, func(resp *fetch.Response) ([]string, error) {
		err := failed
		switch {
		case err != nil:
		case resp.Capture.Status == http.StatusNotModified:
			resp = &fetch.Response{Capture: last, Body: body}
			err = s.take(resp)
		default:
			err = s.keep(ctx, resp.Capture.URL, resp)
		}
		if err != nil {
			return nil, err
		}
		return visit(resp)
	})
}

// entry returns a page as it was last; nothing for one that was never kept.
func (s rememberedSite) entry(ctx context.Context, address string) (vigie.Capture, []byte, error) {
	last, body, err := s.kept.Entry(ctx, s.source.ID, address)
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return last, nil, fmt.Errorf("archive: %w", err)
	}
	return last, body, nil
}

// keep remembers a page by which it can be told that it has not changed.
func (s rememberedSite) keep(ctx context.Context, address string, resp *fetch.Response) error {
	if resp.Capture.ETag == "" && resp.Capture.LastModified == "" {
		return nil
	}
	if err := s.kept.PutEntry(ctx, s.source.ID, address, resp.Capture, resp.Body); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}

// getter returns what discovery asks by. A window makes addresses of its own, which are
// not asked again.
func (t *turn) getter(w vigie.Window) Getter {
	if kept, ok := t.c.Archive.(Entries); ok && w == (vigie.Window{}) {
		return rememberedSite{t.site, kept, t.c.now}
	}
	return t.site
}
