package scrapers

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

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

// A sitemap that names itself, and ever new ones.
func TestHazardB4(t *testing.T) {
	_, asked := hostile(t, vigie.Discovery{Method: "sitemap", URL: "/index.xml"}, func(path string) string {
		return "<sitemapindex><sitemap><loc>/index.xml</loc></sitemap>" +
			strings.Repeat("<sitemap><loc>"+path+"x</loc></sitemap><sitemap><loc>"+path+"y</loc></sitemap>", 50) + "</sitemapindex>"
	})
	if asked < 2 || asked > maxSitemaps+5 {
		t.Errorf("%d requests for sitemaps without end, want some, and %d at most", asked, maxSitemaps)
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
	cost := func(f func()) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	spent := cost(func() { _, _, err = parseSitemap(b.Bytes()) })
	if !errors.Is(err, vigie.ErrTooLarge) || spent > 64<<20 {
		t.Errorf("%v for %d MiB, want ErrTooLarge for less than 64", err, spent>>20)
	}
	spent = cost(func() {
		if r, err := gzip.NewReader(&b); err == nil {
			io.ReadAll(r)
		}
	})
	if spent < size {
		t.Errorf("without the limit it cost %d MiB: the measure is wrong", spent>>20)
	}
}

// A calendar whose next month is always there, each page with links never seen.
func TestHazardB5(t *testing.T) {
	run, asked := hostile(t, vigie.Discovery{Method: "listing", URL: "/agenda?page=1"}, func(path string) string {
		_, number, _ := strings.Cut(path, "page=")
		n, _ := strconv.Atoi(number)
		return fmt.Sprintf(`<main><p>Agenda du mois numéro %d de la ville, ses fêtes et ses réunions</p><a href="/a/b/a/b/%d?sid=%d">Jour</a><a rel="next" href="/agenda?page=%d">suite</a></main>`, n, n, n, n+1)
	})
	if asked < maxListingPages || asked > maxListingPages+5 {
		t.Errorf("%d pages of a calendar without end, want %d; run %+v", asked, maxListingPages, run)
	}
}

// The parser of HTML is past its quadratic days, and pages that were made for them are read.
func TestHazardB6(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`golang\.org/x/net v0\.(\d+)\.`).FindSubmatch(mod)
	if m == nil {
		t.Fatal("go.mod does not name golang.org/x/net v0")
	}
	if minor, err := strconv.Atoi(string(m[1])); err != nil || minor < 55 {
		t.Errorf("golang.org/x/net v0.%s, want 0.55 or later", m[1])
	}
	for name, body := range map[string]string{
		"nested":     strings.Repeat("<div>", 100_000),
		"unclosed":   strings.Repeat("<a href=/x><b><table><td>", 400),
		"attributes": "<a " + strings.Repeat("x=1 ", 100_000) + "href=/x>x</a>",
		"comments":   strings.Repeat("<!--", 100_000),
		"foreign":    strings.Repeat("<svg><desc><math><mtext>", 100),
	} {
		r := &fetch.Response{Body: []byte(body), Capture: vigie.Capture{FinalURL: "https://s.test/", MediaType: "text/html; charset=utf-8"}}
		if page, err := parseListing(r, vigie.Discovery{}); err == nil && len(page.links) > maxPageLinks {
			t.Errorf("%s: %d links", name, len(page.links))
		}
	}
}

// Patterns of sources are matched in linear time: this one would take other engines longer
// than there are nights.
func TestHazardB9(t *testing.T) {
	line := strings.Repeat("a", 5<<20) + "!"
	if regexp.MustCompile(`^(a+)+$`).MatchString(line) {
		t.Error("matched what it does not say")
	}
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
	pages, _, err := parseSitemap([]byte(bomb + `<urlset><url><loc>https://s.test/&b;&f;</loc></url></urlset>`))
	for _, p := range pages {
		if strings.Contains(p.Loc, "aaaaaaaaaaa") || strings.Contains(p.Loc, "root:") {
			t.Errorf("sitemap: entities were expanded: %q, %v", p.Loc, err)
		}
	}
	for _, body := range []string{"null", strings.Repeat("[", 200_000)} {
		if links, err := parseWordPress([]byte(body), base); len(links) > 0 {
			t.Errorf("posts %.20q: %v, %v", body, links, err)
		}
	}
}
