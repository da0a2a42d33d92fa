package scrapers

import (
	"fmt"

	"vigie"
	"vigie/scrapers/fetch"
)

// checkContent tells of declared selectors that do not fit a page: one that finds nothing,
// or more than the one article, title or date that a page has. The page is archived all
// the same; that its site has changed must be heard.
func (t *turn) checkContent(address string, resp *fetch.Response) {
	s := t.source.Content
	if s == (vigie.Selectors{}) || !isPage(resp) {
		return
	}
	doc, err := takeApart(resp)
	if err != nil {
		return
	}
	for _, c := range []struct{ field, css string }{
		{"content.article", s.Article}, {"content.title", s.Title}, {"content.published", s.Published},
	} {
		if c.css == "" {
			continue
		}
		if n := doc.Find(c.css).Length(); n != 1 {
			t.changed = true
			t.fail(address, fmt.Errorf("get %s: %s %q selects %d parts: %w", address, c.field, c.css, n, ErrChanged))
			return
		}
	}
}
