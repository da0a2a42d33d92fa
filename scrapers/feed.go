package scrapers

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	jsonfeed "github.com/mmcdole/gofeed/json"

	"vigie"
	"vigie/internal/charset"
	"vigie/scrapers/fetch"
)

// feed reads RSS, Atom and JSON Feed. A feed is a window on the last ten to fifty
// items; where MaxPages says more than one, and for a window that begins before it, the
// next pages are read too: those that it names, of WordPress those by number.
type feed struct{}

const feedTypes = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

func (feed) Discover(ctx context.Context, g Getter, d vigie.Discovery, w vigie.Window) iter.Seq2[vigie.Link, error] {
	return func(yield func(vigie.Link, error) bool) {
		walk := feedWalk{window: w, most: reach(d, w, 1), next: func(_ int, named string) (string, error) { return named, nil }, yield: yield}
		if err := walk.from(ctx, g, d.URL); err != nil {
			yield(vigie.Link{}, err)
		}
	}
}

// A feedWalk goes from a feed's page to the next.
type feedWalk struct {
	window vigie.Window
	most   int
	next   func(page int, named string) (string, error) // the address of a page, which the one before may name; "": there is none
	yield  func(vigie.Link, error) bool
}

// from reads the feed's pages, until they say nothing new or are of before the window. That
// a page which nobody has named is missing is their end.
func (w feedWalk) from(ctx context.Context, g Getter, address string) error {
	asked, seen := map[string]bool{}, map[string]bool{}
	var days dayTrail
	for page := 1; address != "" && !asked[address]; page++ {
		if page > w.most {
			return short("feed "+address, w.window, w.most)
		}
		asked[address] = true
		links, named, err := feedPage(ctx, g, address)
		if page > 1 && strings.Contains(address, "paged=") && errors.Is(err, vigie.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		var fresh []vigie.Link
		for _, l := range links {
			if seen[l.URL] {
				continue
			}
			seen[l.URL], fresh = true, append(fresh, l)
			if w.window.Holds(l.Published) && !w.yield(l, nil) {
				return nil
			}
		}
		if len(fresh) == 0 || days.past(fresh, w.window.Since) {
			return nil
		}
		if address, err = w.next(page+1, named); err != nil {
			return err
		}
	}
	return nil
}

func feedPage(ctx context.Context, g Getter, address string) (links []vigie.Link, next string, err error) {
	resp, err := g.Get(ctx, fetch.Request{URL: address, Accept: feedTypes})
	if err != nil {
		return nil, "", err
	}
	base, err := finalURL(resp)
	if err != nil {
		return nil, "", err
	}
	links, next, err = parseFeed(charset.XML(resp.Body, resp.Capture.MediaType), base)
	if err != nil {
		return nil, "", fmt.Errorf("feed %s: %w", base, err)
	}
	believe(links, resp.Capture)
	return links, next, nil
}

// parseFeed returns the items that have an address, in the feed's order, and the
// feed's next page. The body is UTF-8.
func parseFeed(body []byte, base *url.URL) (links []vigie.Link, next string, err error) {
	if isHTML(body) {
		return nil, "", fmt.Errorf("a web page is there, and no feed: %w", ErrChanged)
	}
	if heavyFeed(body) {
		return nil, "", fmt.Errorf("%w for a feed: %d bytes", vigie.ErrTooLarge, len(body))
	}
	f, err := readFeed(body)
	if err != nil {
		return nil, "", fmt.Errorf("%w: %w", err, ErrChanged)
	}
	for _, item := range f.Items {
		if address := resolve(base, itemAddress(item)); address != "" {
			links = append(links, vigie.Link{
				URL: address, Title: plain(item.Title), Summary: itemSummary(item),
				Published: itemDay(item), Modified: moment(item.UpdatedParsed),
			})
		}
	}
	return links, nextPage(f, base), nil
}

// readFeed leaves to the library what it can read, and takes back what it makes up.
func readFeed(body []byte) (f *gofeed.Feed, err error) {
	defer func() { // gofeed 1.4.2 panics on {"items":[null]}
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("unreadable: %v", p)
		}
	}()
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	if f, err = p.Parse(bytes.NewReader(body)); err != nil {
		return nil, err
	}
	a, ok := f.OriginalFeed().(*atom.Feed)
	for i, item := range f.Items {
		if ok && a.Entries[i].Published == "" { // it gives the day of the last change instead
			item.Published, item.PublishedParsed = "", nil
		}
	}
	return f, nil
}

// itemAddress is the item's link, or the identifier where it serves as one.
func itemAddress(item *gofeed.Item) string {
	address := item.Link
	if address == "" && len(item.Links) > 0 {
		address = item.Links[0]
	}
	if address == "" && strings.HasPrefix(item.GUID, "http") {
		address = item.GUID
	}
	return address
}

func itemSummary(item *gofeed.Item) string {
	return plain(strings.Join(append([]string{item.Description, item.Content}, item.Categories...), "\n"))
}

// itemDay is the day of publication as the feed gives it; the date of a change is none.
func itemDay(item *gofeed.Item) vigie.Date {
	day := parseDay(item.Published)
	if day == "" && item.PublishedParsed != nil {
		day = dayOf(*item.PublishedParsed)
	}
	return cmp.Or(day, frenchDay(item.Published))
}

func moment(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// nextPage is the feed's next page: WordPress has them by number and does not say so.
func nextPage(f *gofeed.Feed, base *url.URL) string {
	switch o := f.OriginalFeed().(type) {
	case *atom.Feed:
		for _, l := range o.Links {
			if l != nil && l.Rel == "next" {
				return resolve(base, l.Href)
			}
		}
	case *jsonfeed.Feed:
		return resolve(base, o.NextURL)
	}
	if !strings.Contains(strings.ToLower(f.Generator), "wordpress") {
		return ""
	}
	next, q := *base, base.Query()
	page, err := strconv.Atoi(cmp.Or(q.Get("paged"), "1"))
	if err != nil {
		return ""
	}
	q.Set("paged", strconv.Itoa(page+1))
	next.RawQuery = q.Encode()
	return next.String()
}
