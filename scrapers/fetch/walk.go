package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/gocolly/colly/v2"

	"vigie"
)

// maxWalk bounds a walk whose visitor never has enough.
const maxWalk = 1000

// Walk gets the page of first and hands it to visit, then the pages at the addresses
// that visit returns, and so on: each page once, one after the other, in the order
// named. Relative addresses are resolved, those on other hosts than first's are left
// out. It ends when no address is left, at visit's or a page's first error, and after
// a thousand pages.
//
// colly carries the pages. Which page was seen is decided here: its own check lets
// some through twice. Of its limits, robots.txt, charsets and cookies none is used, the
// layers below have them all.
func (c *Client) Walk(ctx context.Context, first Request, visit func(*Response) (next []string, err error)) error {
	w := &walk{client: c, request: first, visit: visit, seen: map[string]bool{}}
	w.add(nil, first.URL)
	col := w.collector(ctx)
	for n := 0; len(w.queue) > 0 && w.err == nil; n++ {
		if n == c.maxWalk {
			return fmt.Errorf("walk from %s: more than %d pages", first.URL, c.maxWalk)
		}
		w.request.URL, w.queue = w.queue[0], w.queue[1:]
		if first.Validators != nil {
			w.request.ETag, w.request.LastModified = first.Validators(w.request.URL)
		}
		w.x = &exchange{Request: w.request}
		if err := col.Visit(w.request.URL); err != nil && w.err == nil {
			w.err = tidy(err)
		}
	}
	return w.err
}

// A walk is under way; it also is the transport that its collector uses.
type walk struct {
	client  *Client
	request Request   // the page under way
	x       *exchange // its, and that of what it is sent on by
	visit   func(*Response) ([]string, error)
	queue   []string
	seen    map[string]bool // by canonical address
	last    *http.Response
	err     error
}

func (w *walk) collector(ctx context.Context) *colly.Collector {
	col := colly.NewCollector(
		colly.StdlibContext(ctx), colly.IgnoreRobotsTxt(), colly.AllowURLRevisit(),
		colly.MaxBodySize(0), colly.ParseHTTPErrorResponse(),
	)
	col.DisableCookies()
	col.WithTransport(w)
	col.SetRequestTimeout(0)
	col.SetRedirectHandler(func(req *http.Request, via []*http.Request) error {
		return keepTo(w.request.Hosts)(req, via)
	})
	col.OnResponse(func(*colly.Response) { w.arrived() })
	return col
}

// RoundTrip keeps hold of the answer as it came: colly hands on a re-encoded one.
func (w *walk) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := w.client.stack.RoundTrip(req.WithContext(withExchange(req.Context(), w.x)))
	w.last = resp
	return resp, err
}

func (w *walk) arrived() {
	page, err := w.client.answer(w.request, w.last)
	final := w.last.Request.URL
	if w.request.Validators != nil && errors.Is(err, vigie.ErrNotModified) {
		page, err = &Response{Capture: vigie.Capture{URL: w.request.URL, FinalURL: final.String(), Status: http.StatusNotModified}}, nil
	}
	if err != nil {
		w.err = err
		return
	}
	if len(w.request.Hosts) == 0 { // the first page may have moved; the others stay with it
		w.request.Hosts = []string{final.Host}
	}
	next, err := w.visit(page)
	if err != nil {
		w.err = err
		return
	}
	for _, n := range next {
		w.add(final, n)
	}
}

func (w *walk) add(base *url.URL, address string) {
	u, err := url.Parse(address)
	if err == nil && base != nil {
		u = base.ResolveReference(u)
		if !slices.ContainsFunc(w.request.Hosts, func(h string) bool { return SameHost(h, u.Host) }) {
			return
		}
	}
	if err != nil {
		w.err = errors.Join(w.err, fmt.Errorf("address %q: %w", address, err))
		return
	}
	name, err := vigie.CanonicalURL(u.String())
	if err != nil || w.seen[name] {
		w.err = errors.Join(w.err, err)
		return
	}
	w.seen[name] = true
	w.queue = append(w.queue, u.String())
}
