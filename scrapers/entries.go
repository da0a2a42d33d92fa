package scrapers

import (
	"context"
	"errors"
	"fmt"

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
}

func (s rememberedSite) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	last, body, err := s.kept.Entry(ctx, s.source.ID, r.URL)
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return nil, fmt.Errorf("archive: %w", err)
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
	if resp.Capture.ETag == "" && resp.Capture.LastModified == "" {
		return resp, nil
	}
	if err := s.kept.PutEntry(ctx, s.source.ID, r.URL, resp.Capture, resp.Body); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	return resp, nil
}

// getter returns what discovery asks by. A window makes addresses of its own, which are
// not asked again.
func (t *turn) getter(w vigie.Window) Getter {
	if kept, ok := t.c.Archive.(Entries); ok && w == (vigie.Window{}) {
		return rememberedSite{t.site, kept}
	}
	return t.site
}
