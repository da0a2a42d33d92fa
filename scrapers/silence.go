package scrapers

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"vigie"
)

// What is known of how fresh a source's feeds are, and its other ways.
type freshness struct {
	feed         vigie.Date // the newest item of its feeds
	feedURL      string
	others       vigie.Date // the newest that its lists, its sitemaps and its API tell of
	changedSince int        // pages that its sitemap says changed since the feed's newest item
	days         map[vigie.Date]bool
}

// see takes in a link, also one that is not on topic.
func (f *freshness) see(d vigie.Discovery, l vigie.Link) {
	newest := &f.others
	if d.Method == "feed" {
		newest, f.feedURL = &f.feed, d.URL
	}
	if l.Published.Precision() != vigie.DayPrecision {
		return
	}
	if *newest == "" || l.Published.Compare(*newest) > 0 {
		*newest = l.Published
	}
	if f.days == nil {
		f.days = map[vigie.Date]bool{}
	}
	f.days[l.Published] = true
}

// movedOn is how many pages must have changed since for a sitemap to belie a feed: one may
// be the legal notice.
const movedOn = 3

// hearSilence tells of a feed without news for longer than its source's file expects. Some
// sites drop a section and leave its feed standing: where the site has published elsewhere
// since, the feed is frozen; else it is only told that the source is silent.
func (t *turn) hearSilence(ctx context.Context, w vigie.Window) {
	f, patience := &t.fresh, t.source.Expect
	last := f.feed.Last()
	if patience == 0 || w != (vigie.Window{}) || last.IsZero() || t.c.now().Sub(last) <= patience {
		return
	}
	elsewhere := f.others.First()
	if elsewhere.IsZero() {
		t.askSitemap(ctx, last)
	}
	switch {
	case elsewhere.Sub(last) > 24*time.Hour:
		t.changed = true
		t.fail(f.feedURL, fmt.Errorf("feed %s: its newest item is of %s, the site has one of %s: it is frozen: %w", f.feedURL, f.feed, f.others, ErrChanged))
	case f.changedSince >= movedOn:
		t.changed = true
		t.fail(f.feedURL, fmt.Errorf("feed %s: its newest item is of %s, %d pages of the site have changed since: it is frozen: %w", f.feedURL, f.feed, f.changedSince, ErrChanged))
	case t.run.Error == "":
		t.run.Error = fmt.Sprintf("silence inhabituel : rien de nouveau depuis le %s, alors qu'un document est attendu tous les %d jours",
			last.Format("02/01/2006"), int(patience/(24*time.Hour)))
	}
}

// askSitemap counts the pages that have changed since a day, as the site's sitemap says; a
// site without one says nothing.
func (t *turn) askSitemap(ctx context.Context, since time.Time) {
	home, err := url.Parse(t.source.Home)
	if err != nil {
		return
	}
	d := vigie.Discovery{Method: "sitemap", URL: home.ResolveReference(&url.URL{Path: "/sitemap.xml"}).String(), MaxPages: 2}
	for l, err := range (sitemap{}).Discover(ctx, t.getter(vigie.Window{}), d, vigie.Window{}) {
		if err == nil && l.Modified.Sub(since) > 48*time.Hour {
			t.fresh.changedSince++
		}
	}
}
