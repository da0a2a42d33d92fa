package scrapers

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"vigie"
	"vigie/internal/charset"
	"vigie/internal/markup"
	"vigie/scrapers/fetch"
)

// listing reads an HTML page of news and the pages that follow it: the links that Item
// selects, or where it is empty those of the page's main part; the next page by Next,
// else by rel=next, else by the next number that the page links to (numbers.go). It stops at the
// window's start, at pages that say nothing new, and as far as it reaches.
type listing struct{}

const (
	maxListingPages = 10 // on a night, where MaxPages does not say otherwise
	maxStalePages   = 2  // in a row: ?page=1 may be the first page under another name
	maxPageLinks    = 5000
	maxItems        = 1000 // of a declared selector: with more it selects something else
	maxSummary      = 2000 // bytes
)

// errEnough ends a walk whose caller has seen enough.
var errEnough = errors.New("enough")

// A listingPage is one page of a listing, read.
type listingPage struct {
	links []vigie.Link
	next  string
}

func (listing) Discover(ctx context.Context, g Getter, d vigie.Discovery, w vigie.Window) iter.Seq2[vigie.Link, error] {
	return func(yield func(vigie.Link, error) bool) {
		read := listingWalk{discovery: d, window: w, yield: yield, seen: map[string]bool{}, before: &recall{}}
		if past, ok := g.(interface{ fillsIn() bool }); ok {
			read.whole = past.fillsIn()
		}
		kept, ok := g.(rememberedSite)
		if ok {
			var err error
			if read.before, err = kept.recall(ctx, d); err != nil {
				yield(vigie.Link{}, err)
				return
			}
		}
		err := g.Walk(ctx, fetch.Request{URL: d.URL, Accept: "text/html"}, read.page)
		if err == nil && ok {
			err = kept.keepRecall(ctx, d, read.found)
		}
		if err != nil && !errors.Is(err, errEnough) {
			yield(vigie.Link{}, err)
		}
	}
}

func nothingFound(d vigie.Discovery) string {
	if d.Item == "" {
		return "no link in the page's main part"
	}
	return fmt.Sprintf("item %q selects no link", d.Item)
}

func parseListing(r *fetch.Response, d vigie.Discovery) (listingPage, error) {
	base, err := finalURL(r)
	if err != nil {
		return listingPage{}, err
	}
	doc, err := takeApart(r)
	if err != nil {
		return listingPage{}, fmt.Errorf("listing %s: %w", base, err)
	}
	origin := base
	if href, ok := doc.Find("base[href]").Attr("href"); ok {
		if b, err := base.Parse(href); err == nil {
			origin = b
		}
	}
	var page listingPage
	items(doc, d.Item).EachWithBreak(func(_ int, item *goquery.Selection) bool {
		if l, ok := listed(item, origin); ok {
			page.links = append(page.links, l)
		}
		return len(page.links) < maxPageLinks
	})
	page.next = nextListing(doc, d.Next, base, origin)
	return page, nil
}

// takeApart gives a page's tree, read in the page's own charset.
func takeApart(r *fetch.Response) (*goquery.Document, error) {
	root, err := markup.Parse(charset.Text(r.Body, r.Capture.MediaType))
	if err != nil {
		return nil, err
	}
	return goquery.NewDocumentFromNode(root), nil
}

func items(doc *goquery.Document, selector string) *goquery.Selection {
	if selector != "" {
		return doc.Find(selector)
	}
	part := doc.Find("main, [role=main]").First()
	if part.Length() == 0 {
		part = doc.Find("body")
	}
	return part.Find("a[href]").Not("nav a, header a, footer a, aside a, form a, [role=navigation] a")
}

// What is asked of each entry of a list.
var (
	anyLink   = cascadia.MustCompile("a[href]")
	dated     = cascadia.MustCompile("time, .fr-card__detail, [class*='date'], [class*='Date']")
	picture   = cascadia.MustCompile("img")
	stamped   = cascadia.MustCompile("time[datetime]")
	wholePage = cascadia.MustCompile("body, main, html")
)

// listed reads one entry: item is a link, or holds one.
func listed(item *goquery.Selection, origin *url.URL) (vigie.Link, bool) {
	a := item
	if !item.IsMatcher(anyLink) {
		a = item.FindMatcher(anyLink).First()
	}
	address := resolve(origin, a.AttrOr("href", ""))
	if address == "" {
		return vigie.Link{}, false
	}
	around := card(a)
	return vigie.Link{
		URL: address, Title: linkTitle(a), Summary: summary(around), Published: cardDay(around),
	}, true
}

func linkTitle(a *goquery.Selection) string {
	for _, t := range []string{a.Text(), a.AttrOr("title", ""), a.AttrOr("aria-label", ""), a.FindMatcher(picture).AttrOr("alt", "")} {
		if t = strings.Join(strings.Fields(t), " "); t != "" {
			return t
		}
	}
	return ""
}

func summary(around *goquery.Selection) string {
	text := strings.Join(strings.Fields(around.Text()), " ")
	if len(text) > maxSummary { // more than a card: the page's text, which says nothing of the link
		return ""
	}
	return text
}

// card is the largest element around a link that leads nowhere else.
func card(a *goquery.Selection) *goquery.Selection {
	const levels = 8
	href := a.AttrOr("href", "")
	around := a
	for range levels {
		parent := around.Parent()
		budget := maxCardNodes
		if parent.Length() == 0 || parent.IsMatcher(wholePage) || leadsElsewhere(parent.Nodes[0], href, &budget) {
			break
		}
		around = parent
	}
	return around
}

// maxCardNodes bounds the search in an element: past that it is no card, and to look
// through a page again for each of its links would take for ever.
const maxCardNodes = 500

// leadsElsewhere reports whether n holds a link to another place than href, or more
// than the budget of nodes.
func leadsElsewhere(n *html.Node, href string, budget *int) bool {
	if *budget--; *budget < 0 {
		return true
	}
	if n.Type == html.ElementNode && n.Data == "a" {
		for _, attr := range n.Attr {
			if attr.Key == "href" && attr.Val != href {
				return true
			}
		}
	}
	for c := range n.ChildNodes() {
		if leadsElsewhere(c, href, budget) {
			return true
		}
	}
	return false
}

// cardDay is the day of publication that a card shows, "" where it shows none.
func cardDay(around *goquery.Selection) vigie.Date {
	day := parseDay(around.FindMatcher(stamped).AttrOr("datetime", ""))
	around.FindMatcher(dated).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		if day == "" {
			day = frenchDay(s.Text())
		}
		return day == ""
	})
	return day
}

func nextListing(doc *goquery.Document, selector string, base, origin *url.URL) string {
	if selector != "" {
		return resolve(origin, doc.Find(selector).AttrOr("href", ""))
	}
	if href, ok := doc.Find("a[rel~=next][href], link[rel~=next][href]").Attr("href"); ok {
		return resolve(origin, href)
	}
	return nextNumber(doc, base, origin)
}
