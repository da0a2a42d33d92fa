package scrapers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"vigie"
)

// A recall is what a listing named when all its pages were read last: a list in order of
// days need not be read further than to what stood on its first page then. What stands
// behind is known to be there still, and is named again, so that a page that failed is
// asked for, and the listing keeps its size.
type recall struct {
	Read  time.Time    // when all pages were
	First int          // links of the first page
	Links []vigie.Link // in the listing's order

	left map[string]bool // of the first page, not met tonight
}

// recall returns what is known of a listing, an empty one where that is nothing. Once a
// week all pages are read again: those far behind may have been corrected.
func (s rememberedSite) recall(ctx context.Context, d vigie.Discovery) (*recall, error) {
	r := &recall{}
	body, _, err := s.kept.ListNote(ctx, s.source.ID, recallName(d))
	if errors.Is(err, vigie.ErrNotFound) {
		return r, nil
	}
	if err != nil {
		return nil, &archiveError{err}
	}
	if err := json.Unmarshal(body, r); err != nil || s.now().Sub(r.Read) >= recheck || !r.inOrder() {
		return &recall{}, nil // another version's, an old one, one that says nothing
	}
	r.left = map[string]bool{}
	for _, l := range r.Links[:r.First] {
		r.left[l.URL] = true
	}
	return r, nil
}

func (s rememberedSite) keepRecall(ctx context.Context, d vigie.Discovery, r recall) error {
	if r.Read.IsZero() {
		r.Read = s.now()
	}
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := s.kept.PutListNote(ctx, s.source.ID, recallName(d), r.Read, body); err != nil {
		return &archiveError{err}
	}
	return nil
}

// recallName is the note's: another declaration reads another list.
func recallName(d vigie.Discovery) string {
	return fmt.Sprintf("links of %s, item %q, next %q, %d pages", d.URL, d.Item, d.Next, d.MaxPages)
}

// inOrder reports a list whose first page goes from the newest day to the oldest: what is
// new stands before it.
func (r *recall) inOrder() bool {
	if r.First == 0 || r.First > len(r.Links) {
		return false
	}
	for i, l := range r.Links[:r.First] {
		if l.Published == "" || i > 0 && l.Published.Compare(r.Links[i-1].Published) > 0 {
			return false
		}
	}
	return true
}

// meets notes a link, and reports whether nothing new stands behind it: the first page of
// then has been met.
func (r *recall) meets(l vigie.Link) bool {
	delete(r.left, l.URL)
	return r.First > 0 && len(r.left) == 0
}
