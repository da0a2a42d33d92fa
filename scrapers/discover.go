// Package scrapers brings pages from the world into the archive.
//
// Sources come in, as their YAML files declare them ([Load], [Default], [LoadConfig]);
// a [Collector] finds each source's pages, asks for those that are on topic and new or
// perhaps changed, and puts them into an [Archive]; a [vigie.SourceRun] says how it went.
package scrapers

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strings"

	"vigie"
	"vigie/scrapers/fetch"
)

// A Discoverer finds a source's pages by one method. It yields the links of its
// window, and of no window where the date is not known; those of another site too. An
// error stands in a link's place; links may follow it.
type Discoverer interface {
	Discover(context.Context, Getter, vigie.Discovery, vigie.Window) iter.Seq2[vigie.Link, error]
}

// A Getter asks for pages; [*fetch.Client] is one.
type Getter interface {
	Get(context.Context, fetch.Request) (*fetch.Response, error)
	Walk(ctx context.Context, first fetch.Request, visit func(*fetch.Response) (next []string, err error)) error
}

// ErrChanged is a source that no longer has the shape that its file declares: a
// selector that finds nothing, a page where a feed should be.
var ErrChanged = errors.New("the source has changed its shape")

// methods are the ways to discover, by the name that YAML files give them.
var methods = []struct {
	name string
	Discoverer
}{
	{"datagouv", datagouv{}},
	{"feed", feed{}},
	{"listing", listing{}},
	{"opendatasoft", opendatasoft{}},
	{"pages", pages{}},
	{"sitemap", sitemap{}},
	{"wordpress", wordpress{}},
}

// methodNames lists them for those who err.
func methodNames() string {
	var names []string
	for _, m := range methods {
		names = append(names, m.name)
	}
	return strings.Join(names, ", ")
}

func discoverer(method string) (Discoverer, bool) {
	for _, m := range methods {
		if m.name == method {
			return m.Discoverer, true
		}
	}
	return nil, false
}

// pages yields the pages that the source's file names outright.
type pages struct{}

func (pages) Discover(_ context.Context, _ Getter, d vigie.Discovery, _ vigie.Window) iter.Seq2[vigie.Link, error] {
	return func(yield func(vigie.Link, error) bool) {
		for _, u := range d.URLs {
			if !yield(vigie.Link{URL: u}, nil) {
				return
			}
		}
	}
}

// onTopic reports whether what a discovery finds needs no keyword: pages and datasets
// named one by one, and answers to a question.
func onTopic(d vigie.Discovery) bool {
	return d.Method == "pages" || d.Method == "datagouv" || d.Method == "opendatasoft" && d.Item == "" || d.Search != ""
}

// resolve returns the address that href means on the page at base, without its
// fragment; "" for what is no page: another place on the same one, mailto: and the like.
func resolve(base *url.URL, href string) string {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return ""
	}
	u, err := base.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// finalURL is the address that a response's relative links start from.
func finalURL(r *fetch.Response) (*url.URL, error) {
	u, err := url.Parse(r.Capture.FinalURL)
	if err != nil {
		return nil, fmt.Errorf("address %q: %w", r.Capture.FinalURL, err)
	}
	return u, nil
}
