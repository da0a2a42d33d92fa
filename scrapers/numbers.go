package scrapers

import (
	"net/url"
	"regexp"
	"strconv"

	"github.com/PuerkitoBio/goquery"
)

// numbered are the places of a page's number in the path of a listing's address:
// /Actualites/(offset)/10 in the préfectures' software, /page/2/ in WordPress themes.
// The query's is ?page=2, ?paged=2 or ?start=20.
var (
	numbered     = regexp.MustCompile(`/(?:\(offset\)|page)/([0-9]+)/?$`)
	numberParams = []string{"page", "paged", "start"}
)

// nextNumber is the address of the same listing with the next higher number.
func nextNumber(doc *goquery.Document, base, origin *url.URL) string {
	stem, current := pageNumber(base)
	best, next := 0, ""
	doc.Find("a[href]").Not("[aria-current]").Each(func(_ int, a *goquery.Selection) {
		u, err := url.Parse(resolve(origin, a.AttrOr("href", "")))
		if err != nil || u.Host != base.Host {
			return
		}
		if s, n := pageNumber(u); s == stem && n > current && (next == "" || n < best) {
			best, next = n, u.String()
		}
	})
	return next
}

// pageNumber takes an address apart: the listing's path, and the number of the page, 0
// where it has none.
func pageNumber(u *url.URL) (stem string, n int) {
	stem = u.Path
	if m := numbered.FindStringSubmatchIndex(stem); m != nil {
		n, _ = strconv.Atoi(stem[m[2]:m[3]])
		stem = stem[:m[0]]
	}
	for _, p := range numberParams {
		if q, err := strconv.Atoi(u.Query().Get(p)); err == nil && n == 0 {
			n = q
		}
	}
	if len(stem) > 1 && stem[len(stem)-1] == '/' {
		stem = stem[:len(stem)-1]
	}
	return stem, n
}
