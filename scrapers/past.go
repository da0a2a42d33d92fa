package scrapers

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// A Past is a public archive: it has pages as they were, also of sites that are gone or
// refuse us. It is asked through a [Getter] and keeps nothing itself.
type Past interface {
	// Name is what captures say they came by ([vigie.Capture] Via).
	Name() string
	// Snapshots yields one snapshot of each page of a host, the oldest that the archive
	// took in the window or, since archives come late, in the year after it. An error
	// stands in a snapshot's place.
	Snapshots(ctx context.Context, g Getter, host string, w vigie.Window) iter.Seq2[Snapshot, error]
	// Fetch returns the page as it was archived; where the snapshot has no place, the
	// one that lies best in the window. The capture's Time is the archive's, its URL and
	// header are the site's.
	Fetch(ctx context.Context, g Getter, s Snapshot, w vigie.Window) (*fetch.Response, error)
}

// A Snapshot is a page as a public archive holds it.
type Snapshot struct {
	URL   string // the site's
	Place string // where the archive has it, in its own terms
	Time  time.Time
}

// PastNames are the public archives that [NewPast] knows, beside warc:FILE.
var PastNames = []string{"wayback", "commoncrawl"}

// NewPast returns the public archive of that name.
func NewPast(name string) (Past, bool) {
	switch name {
	case "wayback":
		return wayback{base: waybackBase, delay: pastDelay}, true
	case "commoncrawl":
		return commonCrawl{index: crawlIndex, data: crawlData, delay: pastDelay, lists: new(sync.Map)}, true
	}
	return nil, false
}

// pastDelay keeps below the 24 searches a minute that the Wayback Machine allows, and is
// what Common Crawl asks for.
const pastDelay = 3 * time.Second

// pastGrace is how long after a window's end an archive may have come by.
const pastGrace = 365 * 24 * time.Hour

// taken returns the days between which an archive took what was published in a window;
// zero for an open end. What was taken before it began was published before, too.
func taken(w vigie.Window) (from, to time.Time) {
	from = w.Since.First()
	if last := w.Until.Last(); !last.IsZero() {
		to = last.Add(pastGrace)
	}
	return from, to
}

func takenIn(w vigie.Window, t time.Time) bool {
	from, to := taken(w)
	return !t.Before(from) && (to.IsZero() || !t.After(to))
}

// stamp is how archives write a moment.
const stamp = "20060102150405"

// A pastGetter asks a public archive for what others ask the site for.
type pastGetter struct {
	Getter
	past   Past
	window vigie.Window
	places map[string]string // by address
}

// Get returns the page as it was, unless it led to another site than the request allows.
func (p pastGetter) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	terms, err := p.terms(ctx, r)
	if err != nil {
		return nil, err
	}
	resp, err := p.past.Fetch(ctx, p.Getter, Snapshot{URL: r.URL, Place: p.places[r.URL]}, p.window)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.past.Name(), notTheSite(err))
	}
	final, err := finalURL(resp)
	if err != nil {
		return nil, err
	}
	if terms != "" {
		resp.Capture.OptOut = strings.Trim(terms+"; "+resp.Capture.OptOut, "; ")
	}
	for _, h := range r.Hosts {
		if fetch.SameHost(h, final.Host) {
			return resp, nil
		}
	}
	if len(r.Hosts) > 0 {
		return nil, fmt.Errorf("%s: moved to %s: %w", p.past.Name(), final.Redacted(), fetch.ErrElsewhere)
	}
	return resp, nil
}

// A reserver knows what sites say of mining; [*fetch.Client] is one.
type reserver interface {
	Reserves(context.Context, fetch.Request) (string, error)
}

// terms asks the page's own site whether it reserves mining: an archive of it gives no
// right that the site does not. Of a site that cannot be reached the page's own words stand
// alone, and of a file on this machine nobody is asked. It comes before the page, which
// would be asked for in vain where this may not be asked any more.
func (p pastGetter) terms(ctx context.Context, r fetch.Request) (string, error) {
	site, ok := p.Getter.(reserver)
	if !ok || !r.Mine {
		return "", nil
	}
	words, err := site.Reserves(ctx, r)
	if err != nil {
		return "", ctx.Err()
	}
	return words, nil
}

// notTheSite takes the answer out of an archive's error: it is no evidence of how the
// site answers. A challenge that was archived in a page's place will never be the page.
func notTheSite(err error) error {
	status, ok := errors.AsType[*fetch.StatusError](err)
	switch {
	case ok && status.Status == http.StatusOK && status.Note != "":
		return fmt.Errorf("has a %s in its place: %w", status.Note, vigie.ErrNotFound)
	case ok && status.Response != nil:
		return &fetch.StatusError{Status: status.Status, Note: status.Note}
	}
	return err
}

// samePage reports whether two addresses name one page.
func samePage(a, b string) bool {
	x, err := vigie.CanonicalURL(a)
	y, err2 := vigie.CanonicalURL(b)
	return err == nil && err2 == nil && x == y
}

// hostOf is an address' host, "" where it has none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
