package scrapers

import (
	"cmp"
	"fmt"

	"vigie"
	"vigie/scrapers/fetch"
)

// A listingWalk goes through the pages of a listing.
type listingWalk struct {
	discovery vigie.Discovery
	window    vigie.Window
	yield     func(vigie.Link, error) bool

	whole        bool // a backfill's, which misses nothing where days do not tell the way
	days         dayTrail
	undated      int // pages
	pages, stale int
	seen         map[string]bool
	before       *recall
	found        recall // to be kept
}

// page takes in the next page, and returns the one behind it.
func (w *listingWalk) page(r *fetch.Response) (next []string, err error) {
	d := w.discovery
	page, err := parseListing(r, d)
	if err != nil {
		return nil, err
	}
	believe(page.links, r.Capture)
	w.pages++
	if d.Item != "" && len(page.links) > maxItems {
		return nil, fmt.Errorf("listing %s: item %q selects %d links: %w", r.Capture.FinalURL, d.Item, len(page.links), ErrChanged)
	}
	if w.pages == 1 && len(page.links) == 0 {
		return nil, fmt.Errorf("listing %s: %s: %w", r.Capture.FinalURL, nothingFound(d), ErrChanged)
	}
	w.stale++
	fresh := w.fresh(page.links)
	known, err := w.links(page.links)
	if err != nil {
		return nil, err
	}
	if w.pages == 1 {
		w.found.First = len(w.found.Links)
	}
	if known {
		return nil, w.recalled()
	}
	if page.next == "" || w.stale >= maxStalePages || w.days.past(fresh, w.window.Since) {
		return nil, nil
	}
	if undated(fresh) {
		w.undated++
	}
	if w.pages >= reach(d, w.window, maxListingPages) || !w.whole && w.undated >= cmp.Or(d.MaxPages, maxListingPages) {
		return nil, short("listing "+d.URL, w.window, w.pages)
	}
	return []string{page.next}, nil
}

// fresh are the links that stand on no page before.
func (w *listingWalk) fresh(links []vigie.Link) (fresh []vigie.Link) {
	for _, l := range links {
		if !w.seen[l.URL] {
			fresh = append(fresh, l)
		}
	}
	return fresh
}

// links yields those that were not seen before, and reports whether those behind them are
// known.
func (w *listingWalk) links(links []vigie.Link) (known bool, err error) {
	for _, l := range links {
		if w.seen[l.URL] {
			continue
		}
		w.seen[l.URL], w.stale = true, 0
		w.found.Links = append(w.found.Links, l)
		known = w.before.meets(l)
		if w.window.Holds(l.Published) && !w.yield(l, nil) {
			return false, errEnough
		}
	}
	return known, nil
}

// recalled yields what stands on the pages that need not be read.
func (w *listingWalk) recalled() error {
	w.found.Read = w.before.Read
	_, err := w.links(w.before.Links)
	return err
}
