package scrapers

import (
	"sync"

	"vigie"
)

// claims are the pages that a night's sources have asked for: one that several of them name is
// asked for once, by the first, whatever the site answers.
type claims struct{ taken sync.Map }

// take claims a page, unless it is another's. Without claims, as in a backfill, which does
// not ask for what the archive has, each page is free.
func (c *claims) take(id vigie.DocumentID) bool {
	if c == nil {
		return true
	}
	_, taken := c.taken.LoadOrStore(id, nil)
	return !taken
}
