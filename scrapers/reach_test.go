package scrapers

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// A longWeb has each kind of list, of so many pages.
type longWeb struct{ pages int }

func (w longWeb) RoundTrip(r *http.Request) (*http.Response, error) {
	status, header, body := w.answer(r.URL)
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func (w longWeb) answer(u *url.URL) (int, http.Header, string) {
	q := u.Query()
	page, err := strconv.Atoi(q.Get("page") + q.Get("paged"))
	if err != nil {
		page = 1
	}
	offset, _ := strconv.Atoi(q.Get("offset"))
	day := time.Date(2025, 12, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, -page)
	switch {
	case u.Path == "/robots.txt", page > w.pages, strings.HasPrefix(u.Path, "/ferme/wp-json"), q.Has("rest_route"):
		return 404, nil, "rien"
	case u.Path == "/liste":
		next := ""
		if page < w.pages {
			next = fmt.Sprintf("<a rel=next href='/liste?page=%d'>suite</a>", page+1)
		}
		return 200, nil, fmt.Sprintf("<html><main><article><a href='/%d'>n</a> <time datetime='%s'>x</time></article></main>%s</html>", page, day.Format("2006-01-02"), next)
	case u.Path == "/feed/", u.Path == "/ferme/feed/":
		return 200, nil, fmt.Sprintf("<rss version='2.0'><channel><title>T</title><generator>https://wordpress.org/</generator><item><title>n</title><link>/%d</link><pubDate>%s</pubDate></item></channel></rss>", page, day.Format(time.RFC1123Z))
	case strings.HasSuffix(u.Path, "/wp-json/wp/v2/posts"):
		return 200, http.Header{"X-Wp-Totalpages": {strconv.Itoa(w.pages)}}, fmt.Sprintf(`[{"link":"https://s.test/%d","date":%q,"title":{"rendered":"n"}}]`, page, day.Format("2006-01-02T15:04:05"))
	case strings.HasSuffix(u.Path, "/records") && offset+explorePerPage > exploreMaxRows:
		return 400, nil, `{"error_code": "InvalidRESTParameterError"}`
	case strings.HasSuffix(u.Path, "/records"):
		return 200, nil, fmt.Sprintf(`{"total_count":%d,"results":[{"site":"https://s.test/%d","nom":"n"}]}`, w.pages*explorePerPage, 1+offset/explorePerPage)
	case strings.HasSuffix(u.Path, "/exports/json") && q.Get("select") == "site,nom":
		all := make([]string, w.pages)
		for i := range all {
			all[i] = fmt.Sprintf(`{"site":"https://s.test/%d","nom":"n"}`, i+1)
		}
		return 200, nil, "[" + strings.Join(all, ",") + "]"
	case u.Path == "/index.xml":
		b := "<sitemapindex>"
		for i := range w.pages {
			b += fmt.Sprintf("<sitemap><loc>/map.xml?page=%d</loc></sitemap>", i+1)
		}
		return 200, nil, b + "</sitemapindex>"
	case u.Path == "/map.xml":
		return 200, nil, fmt.Sprintf("<urlset><url><loc>/%d</loc></url></urlset>", page)
	}
	return 404, nil, "rien"
}

// TestReach: a night reads as many lists as usual and says nothing of the others; a window
// is followed to its start, and where a bound is met before that, it is told.
func TestReach(t *testing.T) {
	since := vigie.Window{Since: "2018"}
	for _, tt := range []struct {
		d     vigie.Discovery
		pages int
		night int // links
	}{
		{vigie.Discovery{Method: "listing", URL: "/liste", MaxPages: 5}, 25, 5},
		{vigie.Discovery{Method: "listing", URL: "/liste"}, 25, maxListingPages},
		{vigie.Discovery{Method: "feed", URL: "/feed/"}, 25, 1},
		{vigie.Discovery{Method: "feed", URL: "/feed/", MaxPages: 3}, 25, 3},
		{vigie.Discovery{Method: "wordpress", URL: "/"}, 25, maxWordPressPages},
		{vigie.Discovery{Method: "wordpress", URL: "/ferme/"}, 25, maxWordPressFeeds},
		{vigie.Discovery{Method: "opendatasoft", URL: "/explore/dataset/lieux/", Item: "site"}, 30, maxExplorePages},
		{vigie.Discovery{Method: "opendatasoft", URL: "/explore/dataset/lieux/", Item: "site"}, 130, maxExplorePages},
		{vigie.Discovery{Method: "sitemap", URL: "/index.xml"}, 70, maxSitemaps - 1},
	} {
		name := fmt.Sprintf("%s %s, max_pages %d, of %d", tt.d.Method, tt.d.URL, tt.d.MaxPages, tt.pages)
		tt.d.URL = "https://s.test" + tt.d.URL
		if got, errs := reads(t, tt.d, tt.pages, vigie.Window{}); got != tt.night || len(errs) > 0 && tt.d.Method != "sitemap" {
			t.Errorf("%s: a night finds %d, %v, want %d", name, got, errs, tt.night)
		}
		if got, errs := reads(t, tt.d, tt.pages, since); got != tt.pages || len(errs) > 0 {
			t.Errorf("%s: a window finds %d, %v, want all", name, got, errs)
		}
		if tt.d.Method == "opendatasoft" {
			continue // gives all in one piece
		}
		if got, errs := reads(t, tt.d, maxReach+20, since); got > maxReach || got < maxReach-1 || len(errs) != 1 || !errors.Is(errs[0], ErrShort) {
			t.Errorf("%s: a window on a list without end finds %d, %v, want %d and to be told", name, got, errs, maxReach)
		}
	}
}

// reads returns how many links a discovery finds in lists of so many pages.
func reads(t *testing.T, d vigie.Discovery, pages int, w vigie.Window) (found int, errs []error) {
	t.Helper()
	c, err := fetch.New(fetch.Config{Contact: "veille@example.org", Transport: longWeb{pages: pages}, Delay: new(time.Duration)})
	if err != nil {
		t.Fatal(err)
	}
	lines, errs := discovered(t, c, d, w)
	return len(lines), errs
}
