package scrapers

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"vigie"
)

// wordPressRel is what a site under WordPress calls its API's root by, wherever that lies.
const wordPressRel = "https://api.w.org/"

// headerLink is an entry of a Link header: an address, and what it is called by.
var headerLink = regexp.MustCompile(`<([^<>]*)>[^<]*;\s*rel="?([^";,<]*)`)

// wordPressAPIs are the addresses of the posts in the APIs that a page names: in the header
// that came with it first, then in its own head.
func wordPressAPIs(c vigie.Capture, doc *goquery.Document, base *url.URL) (posts []string) {
	add := func(rel, href string) {
		root, err := url.Parse(resolve(base, href))
		if err != nil || root.Host == "" || !slices.Contains(strings.Fields(rel), wordPressRel) {
			return
		}
		if q := root.Query(); q.Has("rest_route") { // of a site that knows its pages by number only
			q.Set("rest_route", "/"+wordPressPosts)
			root.RawQuery = q.Encode()
			posts = append(posts, root.String())
			return
		}
		posts = append(posts, root.JoinPath(wordPressPosts).String())
	}
	for _, line := range http.Header(c.Header).Values("Link") {
		for _, m := range headerLink.FindAllStringSubmatch(line, -1) {
			add(m[2], m[1])
		}
	}
	doc.Find("link[rel][href]").Each(func(_ int, l *goquery.Selection) {
		add(l.AttrOr("rel", ""), l.AttrOr("href", ""))
	})
	return posts
}
