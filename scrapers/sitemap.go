package scrapers

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"vigie"
	"vigie/internal/charset"
	"vigie/scrapers/fetch"
)

// sitemap reads sitemaps, gzip or plain, and the sitemaps that an index names; news
// sitemaps give titles and days of publication. lastmod is when a page changed, never
// when it was published: it only serves to leave out what changed before the window.
type sitemap struct{}

const (
	maxSitemaps     = 50       // on a night, where MaxPages does not say otherwise
	maxSitemapDepth = 3        // an index in an index in an index
	maxSitemapBytes = 32 << 20 // inflated, as much as one that is sent plain; the protocol allows 50 MB
	maxSitemapURLs  = 50_000   // the protocol's own limit
)

// A sitemapEntry is a page, or in an index another sitemap.
type sitemapEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	News    struct {
		Published string `xml:"publication_date"`
		Title     string `xml:"title"`
		Keywords  string `xml:"keywords"`
	} `xml:"http://www.google.com/schemas/sitemap-news/0.9 news"`
}

type sitemapFile struct {
	url   string
	depth int
}

func (sitemap) Discover(ctx context.Context, g Getter, d vigie.Discovery, w vigie.Window) iter.Seq2[vigie.Link, error] {
	return func(yield func(vigie.Link, error) bool) {
		queue := []sitemapFile{{d.URL, 1}}
		seen := map[string]bool{d.URL: true}
		for n := 0; n < len(queue); n++ {
			if limit := reach(d, w, maxSitemaps); n == limit {
				yield(vigie.Link{}, fmt.Errorf("sitemap %s: %w: %d files read, %d left aside: raise max_pages or name one of them", d.URL, ErrShort, limit, len(queue)-n))
				return
			}
			links, maps, err := sitemapPage(ctx, g, queue[n], w)
			if err != nil && !yield(vigie.Link{}, err) || ctx.Err() != nil {
				return
			}
			for _, l := range links {
				if !yield(l, nil) {
					return
				}
			}
			for _, m := range maps {
				if !seen[m.url] {
					seen[m.url] = true
					queue = append(queue, m)
				}
			}
		}
	}
}

func sitemapPage(ctx context.Context, g Getter, f sitemapFile, w vigie.Window) (links []vigie.Link, maps []sitemapFile, err error) {
	resp, err := g.Get(ctx, fetch.Request{URL: f.url, Accept: "application/xml, text/xml;q=0.9, */*;q=0.5"})
	if err != nil {
		return nil, nil, err
	}
	base, err := finalURL(resp)
	if err != nil {
		return nil, nil, err
	}
	pages, children, err := parseSitemap(resp.Body, resp.Capture.MediaType)
	if err != nil {
		err = fmt.Errorf("sitemap %s: %w", f.url, err)
	}
	seen := dayOf(resp.Capture.Time)
	for _, e := range pages {
		l := vigie.Link{
			URL: resolve(base, e.Loc), Title: plain(e.News.Title), Summary: plain(e.News.Keywords),
			Published: parseDay(e.News.Published), Modified: parseTime(e.LastMod),
		}
		l = believed(l, seen)
		if l.URL != "" && w.Holds(l.Published) && !before(l.Modified, w.Since) {
			links = append(links, l)
		}
	}
	for _, e := range children {
		address := resolve(base, e.Loc)
		if address == "" || before(parseTime(e.LastMod), w.Since) {
			continue
		}
		if f.depth == maxSitemapDepth {
			return links, nil, errors.Join(err, fmt.Errorf("sitemap %s: an index deeper than %d", f.url, maxSitemapDepth))
		}
		maps = append(maps, sitemapFile{address, f.depth + 1})
	}
	return links, maps, err
}

// before reports whether a moment lies more than a day before the first day of d: a
// date without its zone may be off by as much.
func before(t time.Time, d vigie.Date) bool {
	first := d.First()
	return !t.IsZero() && !first.IsZero() && t.Before(first.AddDate(0, 0, -1))
}

// parseSitemap returns the pages and the sitemaps that a file lists. On a fault it
// returns what stands before, with the error.
func parseSitemap(body []byte, mediaType string) (pages, maps []sitemapEntry, err error) {
	if isHTML(body) {
		return nil, nil, fmt.Errorf("a web page is there, and no sitemap: %w", ErrChanged)
	}
	body, err = gunzip(body)
	if err != nil {
		return nil, nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(charset.XML(body, mediaType)))
	d.Strict = false
	root, err := nextElement(d)
	if err != nil || root.Name.Local != "urlset" && root.Name.Local != "sitemapindex" {
		return nil, nil, fmt.Errorf("no sitemap but <%s> (%v): %w", root.Name.Local, err, ErrChanged)
	}
	for len(pages)+len(maps) <= maxSitemapURLs {
		start, err := nextElement(d)
		if errors.Is(err, io.EOF) {
			return pages, maps, nil
		}
		var e sitemapEntry
		if err == nil {
			err = d.DecodeElement(&e, &start)
		}
		if err != nil {
			return pages, maps, fmt.Errorf("%w: %w", err, ErrChanged)
		}
		switch start.Name.Local {
		case "url":
			pages = append(pages, e)
		case "sitemap":
			maps = append(maps, e)
		}
	}
	return pages, maps, fmt.Errorf("more than %d addresses: %w", maxSitemapURLs, vigie.ErrTooLarge)
}

// nextElement returns the next element to begin.
func nextElement(d *xml.Decoder) (xml.StartElement, error) {
	for {
		token, err := d.Token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if start, ok := token.(xml.StartElement); ok {
			return start, nil
		}
	}
}

// gunzip inflates a file that is kept compressed, as .xml.gz is.
func gunzip(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	out, err := fetch.ReadAll(z, maxSitemapBytes)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return out, nil
}
