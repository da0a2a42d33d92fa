package scrapers

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"vigie"
	"vigie/scrapers/fetch"
)

// Hazards of discovery, a scenario each; those of fetching are in package fetch.

// hostile collects from a server by one discovery, and returns the run and how many
// requests it took, robots.txt aside.
func hostile(t *testing.T, d vigie.Discovery, page func(path string) string) (vigie.SourceRun, int64) {
	t.Helper()
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		asked.Add(1)
		io.WriteString(w, page(r.URL.RequestURI()))
	}))
	defer server.Close()
	client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Delay: new(time.Duration), Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	if err != nil {
		t.Fatal(err)
	}
	d.URL = server.URL + d.URL
	c := Collector{Client: client, Archive: &memory{}}
	s := vigie.Source{ID: "hostile", Home: server.URL, Keywords: []string{"never there"}, Discover: []vigie.Discovery{d}}
	return c.Collect(t.Context(), s, vigie.Window{}), asked.Load()
}

func TestHazardA8(t *testing.T) {
	var asked atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked.Add(1); io.WriteString(w, "<urlset/>") }))
	defer other.Close()
	index := func(string) string {
		return "<sitemapindex><sitemap><loc>" + other.URL + "/sitemap.xml</loc></sitemap></sitemapindex>"
	}
	if run, _ := hostile(t, vigie.Discovery{Method: "sitemap", URL: "/index.xml"}, index); asked.Load() > 0 || !strings.Contains(run.Error, "autre site") {
		t.Errorf("the other host was asked %d times; run %+v", asked.Load(), run)
	}
	client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Delay: new(time.Duration), Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Get(t.Context(), fetch.Request{URL: other.URL}); err != nil || asked.Load() == 0 {
		t.Errorf("without the site around it the client does not ask either: %v", err)
	}
}

// Whatever form an address has in a list, only pages of the web are found by it.
func TestHazardA7(t *testing.T) {
	addresses := []string{
		"file:///etc/passwd", "ftp://s.test/a", "data:text/html,x", "gopher://s.test/", "javascript:alert(1)", "JavaScript:alert(1)", "mailto:a@s.test",
		"https://s.test@evil.test/", "https:///un", "#haut", "  ", "vbscript:x",
	}
	base := &url.URL{Scheme: "https", Host: "s.test", Path: "/"}
	rss, urls, links := "", "", ""
	for _, a := range append(addresses, "/un") {
		if got := resolve(base, a); (got != "") != (a == "/un") {
			t.Errorf("%q is the page %q", a, got)
		}
		rss += "<item><title>t</title><link>" + a + "</link></item>"
		urls += "<url><loc>" + a + "</loc></url>"
		links += "<p><a href='" + a + "'>lien</a></p>"
	}
	fed, _, err := parseFeed([]byte("<rss version='2.0'><channel><title>T</title>"+rss+"</channel></rss>"), base)
	if err != nil || len(fed) != 1 {
		t.Errorf("feed: %+v, %v; want one page", fed, err)
	}
	page, err := parseListing(&fetch.Response{Body: []byte("<main>" + links + "</main>"), Capture: vigie.Capture{FinalURL: base.String()}}, vigie.Discovery{})
	if err != nil || len(page.links) != 1 {
		t.Errorf("listing: %+v, %v; want one page", page.links, err)
	}
	run, asked := hostile(t, vigie.Discovery{Method: "sitemap", URL: "/map.xml"}, func(string) string { return "<urlset>" + urls + "</urlset>" })
	if run.Found != 1 || asked != 1 || run.Error != "" {
		t.Errorf("sitemap: %+v after %d requests, want one page found", run, asked)
	}
}

// A sitemap that names itself, and ever new ones.
func TestHazardB4(t *testing.T) {
	deep := func(path string) string {
		return "<sitemapindex><sitemap><loc>/index.xml</loc></sitemap>" +
			strings.Repeat("<sitemap><loc>"+path+"x</loc></sitemap><sitemap><loc>"+path+"y</loc></sitemap>", 50) + "</sitemapindex>"
	}
	if _, asked := hostile(t, vigie.Discovery{Method: "sitemap", URL: "/index.xml"}, deep); asked != 1+2+4 {
		t.Errorf("%d requests for indexes in indexes, want those of three levels", asked)
	}
	wide := func(path string) string {
		if path != "/index.xml" {
			return "<urlset/>"
		}
		var b strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&b, "<sitemap><loc>/%d.xml</loc></sitemap>", i)
		}
		return "<sitemapindex>" + b.String() + "</sitemapindex>"
	}
	if _, asked := hostile(t, vigie.Discovery{Method: "sitemap", URL: "/index.xml"}, wide); asked != maxSitemaps {
		t.Errorf("%d requests for an index of a thousand, want %d", asked, maxSitemaps)
	}
	if _, asked := hostile(t, vigie.Discovery{Method: "sitemap", URL: "/index.xml", MaxPages: 2000}, wide); asked != 1001 {
		t.Errorf("without the bound %d requests", asked)
	}
}

// A compressed sitemap that would inflate to 128 MiB costs less than 64.
func TestHazardB4Bomb(t *testing.T) {
	const size = 128 << 20
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for range size >> 20 {
		z.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	z.Close()
	cost := spent(func() { _, _, err = parseSitemap(b.Bytes(), "") })
	if !errors.Is(err, vigie.ErrTooLarge) || cost > 64<<20 {
		t.Errorf("%v for %d MiB, want ErrTooLarge for less than 64", err, cost>>20)
	}
	cost = spent(func() {
		if r, err := gzip.NewReader(&b); err == nil {
			io.ReadAll(r)
		}
	})
	if cost < size {
		t.Errorf("without the limit it cost %d MiB: the measure is wrong", cost>>20)
	}
}

// Lists of more pages than a site has: so many are taken, and it is told.
func TestHazardB5Links(t *testing.T) {
	maps := func(path string) string {
		if path == "/index.xml" {
			return "<sitemapindex><sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/2.xml</loc></sitemap></sitemapindex>"
		}
		var b strings.Builder
		for i := range maxLinks/2 + 5 {
			fmt.Fprintf(&b, "<url><loc>%s/%d</loc></url>", path, i)
		}
		return "<urlset>" + b.String() + "</urlset>"
	}
	run, asked := hostile(t, vigie.Discovery{Method: "sitemap", URL: "/index.xml"}, maps)
	if run.Found != maxLinks || run.Error == "" || asked != 3 {
		t.Errorf("%+v after %d requests, want %d found, and a word on the others", run, asked, maxLinks)
	}
}

// A calendar whose next month is always there, each page with links never seen.
func TestHazardB5(t *testing.T) {
	calendar := func(path string) string {
		_, number, _ := strings.Cut(path, "page=")
		n, _ := strconv.Atoi(number)
		return fmt.Sprintf(`<main><p>Agenda du mois numéro %d de la ville, ses fêtes et ses réunions</p><a href="/a/b/a/b/%d?sid=%d">Jour</a><a rel="next" href="/agenda?page=%d">suite</a></main>`, n, n, n, n+1)
	}
	run, asked := hostile(t, vigie.Discovery{Method: "listing", URL: "/agenda?page=1"}, calendar)
	if asked < maxListingPages || asked > maxListingPages+5 {
		t.Errorf("%d pages of a calendar without end, want %d; run %+v", asked, maxListingPages, run)
	}
	if _, asked := hostile(t, vigie.Discovery{Method: "listing", URL: "/agenda?page=1", MaxPages: 5 * maxListingPages}, calendar); asked < 5*maxListingPages {
		t.Errorf("without the bound it ended after %d pages", asked)
	}
}

// spent is what f asks of the heap in all; what it holds at a time is no more.
func spent(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestHazardB10(t *testing.T) {
	const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>`
	base := &url.URL{Scheme: "https", Host: "s.test", Path: "/"}
	feeds := map[string]string{
		"entities":   bomb + `<rss version="2.0"><channel><title>t</title><item><title>&b;&f;</title><link>/un</link></item></channel></rss>`,
		"null":       "null",
		"null items": `{"version":"https://jsonfeed.org/version/1","items":[null]}`,
		"deep":       strings.Repeat("[", 200_000),
		"deeper":     `{"items":` + strings.Repeat(`{"a":`, 200_000),
	}
	for name, body := range feeds {
		links, _, err := parseFeed([]byte(body), base)
		if err == nil && name != "entities" {
			t.Errorf("feed %s: %d links and no error", name, len(links))
		}
		for _, l := range links {
			if len(l.Title) > 100 || strings.Contains(l.Title, "root:") {
				t.Errorf("feed %s: entities were expanded: %.100q", name, l.Title)
			}
		}
	}
	pages, _, err := parseSitemap([]byte(bomb+`<urlset><url><loc>https://s.test/&b;&f;</loc></url></urlset>`), "")
	for _, p := range pages {
		if strings.Contains(p.Loc, "aaaaaaaaaaa") || strings.Contains(p.Loc, "root:") {
			t.Errorf("sitemap: entities were expanded: %q, %v", p.Loc, err)
		}
	}
	d := xml.NewDecoder(strings.NewReader("<loc>&b;</loc>"))
	d.Entity = map[string]string{"b": "aaaaaaaaaaaaaaaaaaaa"}
	var loc string
	if err := d.Decode(&loc); err != nil || !strings.Contains(loc, "aaaaaaaaaaa") {
		t.Errorf("a reader that knows the entities does not expand them: %q, %v", loc, err)
	}
	if !panics(func() { gofeed.NewParser().ParseString(feeds["null items"]) }) {
		t.Error("the library alone does not stumble over null items any more")
	}
	for _, body := range []string{"null", strings.Repeat("[", 200_000)} {
		if links, err := parseWordPress([]byte(body), base); len(links) > 0 {
			t.Errorf("posts %.20q: %v, %v", body, links, err)
		}
	}
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}

// Addresses that relative links make of themselves are left aside; those that only look odd
// are not.
func TestHazardB5Circles(t *testing.T) {
	for address, want := range map[string]bool{
		"https://s.test/a/b/a/b/a/b":                               true,
		"https://s.test/x/agenda/agenda/agenda":                    true,
		"https://s.test/" + strings.Repeat("s/", 3):                true,
		"https://s.test/" + strings.Repeat("a/b/c/d/", 6):          true,
		"https://s.test/?" + strings.Repeat("f=1&", 20):            true,
		"https://s.test/" + strings.Repeat("x", 3000):              true,
		"https://s.test/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u": true, // deeper than anybody files a page
		"https://s.test/Actualites/Actualites/Lancement":           false,
		"https://s.test/a/b/a/b":                                   false,
		"https://s.test/2019/02/02/un":                             false,
		"https://s.test/?p=12&page=2":                              false,
	} {
		if got := trap(address); got != want {
			t.Errorf("trap(%.60s) = %v", address, got)
		}
	}
	circle := func(path string) string {
		if path == "/rss" {
			return `<rss version="2.0"><channel><title>T</title><item><title>never there</title><link>/a/b/a/b/a/b/</link></item></channel></rss>`
		}
		return "page"
	}
	if run, asked := hostile(t, vigie.Discovery{Method: "feed", URL: "/rss"}, circle); run.Skipped != 1 || asked != 1 {
		t.Errorf("%+v after %d requests, want the one link left aside", run, asked)
	}
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		for _, d := range s.Discover {
			for _, u := range append(d.URLs, d.URL) {
				if u != "" && trap(u) {
					t.Errorf("%s: %s is taken for a trap", s.ID, u)
				}
			}
		}
	}
}
