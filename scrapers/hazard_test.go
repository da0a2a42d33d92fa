package scrapers

import (
	"archive/zip"
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
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
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
	cost := spent(func() { _, _, err = parseSitemap(b.Bytes()) })
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

// A page that is sent in a few kilobytes and costs hundreds of mebibytes once taken apart
// is known before it is.
func TestHazardB6(t *testing.T) {
	for name, unit := range map[string]string{"paragraphs": "<b><p>", "links": "<a href=/x>x", "attributes": "<p a b c d e f g h i j k l m n o p q r s t u v>", "one tag": " a1"} {
		begin := "<main>"
		if name == "one tag" {
			begin = "<main"
		}
		body := []byte(begin + strings.Repeat(unit, 6<<20/len(unit)) + "></main>")
		r := &fetch.Response{Body: body, Capture: vigie.Capture{URL: "https://s.test/l", FinalURL: "https://s.test/l", MediaType: "text/html"}}
		var err error
		start := time.Now()
		cost := spent(func() { err = judge(r, "https://s.test/") })
		if door, ok := errors.AsType[*PageError](err); !ok || door.Fault != vigie.FaultBomb || !errors.Is(err, vigie.ErrTooLarge) || cost > 16<<20 || time.Since(start) > 10*time.Second {
			t.Errorf("%s: %v for %d MiB in %v, want it told at little cost", name, err, cost>>20, time.Since(start))
		}
		if cost = spent(func() { parseListing(r, vigie.Discovery{}) }); cost < 64<<20 {
			t.Errorf("%s: without the layer it cost %d MiB: no bomb", name, cost>>20)
		}
	}
	items := []byte("<rss version=\"2.0\"><channel>" + strings.Repeat("<item/>", 6<<20/7) + "</channel></rss>")
	if _, _, err := parseFeed(items, &url.URL{}); !errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("a feed of 900,000 items: %v", err)
	}
	var posts []wordPressPost
	if err := decodeJSON([]byte("["+strings.Repeat("{},", 2<<20)+"{}]"), &posts); !errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("two million posts: %v", err)
	}
	table := []byte("<table>" + strings.Repeat("<tr><td class=a>Une commune<td>2<td>3<td>4<td>5<td>6</tr>", 16_000) + "</table>")
	if heavy(table) {
		t.Error("a table of 16,000 communes is a page")
	}
}

// The parser of HTML is past its quadratic days, and pages that were made for them are read.
func TestHazardB6Parser(t *testing.T) {
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

// A zip that unfolds to gigabytes is archived as the data it is, and opened by nobody.
func TestHazardB8(t *testing.T) {
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	sheet, err := z.Create("../../xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	for range 256 {
		sheet.Write(make([]byte, 1<<20))
	}
	z.Close()
	s := newTown(t, map[string]string{"/liste.xlsx": file.String(), "/un": "<html><main><h1>Un titre</h1><p>Le contrat est signé.</p></main></html>"})
	s.kinds = map[string]string{"/liste.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
	archive := &memory{}
	var run vigie.SourceRun
	cost := spent(func() {
		run = newCollector(t, archive).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/liste.xlsx", "/un"}}), vigie.Window{})
	})
	if run.New != 2 || run.State != vigie.StateOK || cost > 64<<20 {
		t.Errorf("%+v for %d MiB, want both archived", run, cost>>20)
	}
	for _, d := range archive.docs {
		if last := d.Captures[0]; (last.Fault == vigie.FaultData) != strings.HasSuffix(d.URL, ".xlsx") {
			t.Errorf("%s: fault %q", d.URL, last.Fault)
		}
	}
	unfolded, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if in, err := unfolded.File[0].Open(); err == nil {
		if n, _ := io.Copy(io.Discard, in); n != 256<<20 {
			t.Errorf("opened, it gives %d bytes: no bomb", n)
		}
	}
}

// Patterns of sources are matched in linear time: one that takes other engines longer than
// there are nights takes this one a moment, and so do all that the sources declare.
func TestHazardB9(t *testing.T) {
	if steps := backtrack(strings.Repeat("a", 24)+"!", 1<<22); steps < 1<<22 {
		t.Errorf("an engine that tries all ways took %d steps only for 24 letters", steps)
	}
	line := strings.Repeat("a", 5<<20) + "!"
	start := time.Now()
	if regexp.MustCompile(`^(a+)+$`).MatchString(line) {
		t.Error("matched what it does not say")
	}
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		for _, d := range s.Discover {
			if d.Match != "" {
				regexp.MustCompile(d.Match).MatchString(line)
			}
		}
	}
	if time.Since(start) > time.Minute {
		t.Errorf("5 MiB of one line took %v", time.Since(start))
	}
}

// backtrack counts how often an engine that goes back looks at a letter to find out that
// ^(a+)+$ does not match, up to a limit.
func backtrack(s string, limit int) (steps int) {
	var group func(at int) bool
	group = func(at int) bool { // one a+, as long as it gets, then the next or the end
		end := at
		for ; end < len(s) && s[end] == 'a' && steps < limit; end++ {
			steps++
		}
		for ; end > at && steps < limit; end-- {
			if steps++; end == len(s) || group(end) {
				return true
			}
		}
		return false
	}
	group(0)
	return steps
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

// A list in windows-1252 whose header, or whose meta element, says otherwise: its titles
// are read, and its bytes archived as they came.
func TestHazardC1(t *testing.T) {
	const title = "Territoires d\u2019industrie \u00e0 B\u0153uf"
	latin := "Territoires d\x92industrie \xe0 B\x9cuf"
	for name, page := range map[string]struct{ kind, head, title string }{
		"the header":              {"text/html; charset=windows-1252", `<meta charset="utf-8">`, latin},
		"the meta element":        {"text/html", `<meta charset="iso-8859-1">`, latin},
		"nobody":                  {"text/html", "", latin},
		"a mark of order":         {"text/html; charset=iso-8859-1", "\ufeff", title},
		"the meta far below":      {"text/html; charset=utf-8", "<!--" + strings.Repeat("x", 2000) + `--><meta charset="iso-8859-1">`, title},
		"UTF-8 that nobody names": {"text/html", "", title},
	} {
		list := page.head + "<html><main><a href=/un>" + page.title + "</a></main></html>"
		r := &fetch.Response{Body: []byte(list), Capture: vigie.Capture{FinalURL: "https://s.test/", MediaType: page.kind}}
		got, err := parseListing(r, vigie.Discovery{})
		if err != nil || len(got.links) != 1 || got.links[0].Title != title {
			t.Errorf("told by %s: %q, %v; want %q", name, got.links, err, title)
		}
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader("<main><a href=/un>" + latin + "</a></main>"))
	if err != nil || doc.Find("a").Text() == title {
		t.Errorf("read as UTF-8 without a look the title is right: %v", err)
	}
	s := newTown(t, map[string]string{"/un": "<html><main><h1>" + latin + "</h1><p>" + latin + "</p></main></html>"})
	archive := &memory{}
	newCollector(t, archive).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/un"}}), vigie.Window{})
	for _, d := range archive.docs {
		if d.Captures[0].Digest != vigie.Digest([]byte(s.pages["/un"])) {
			t.Error("the archived bytes are not those that were sent")
		}
	}
}

// Addresses that relative links make of themselves are left aside; those that only look odd
// are not.
func TestHazardB5Circles(t *testing.T) {
	for address, want := range map[string]bool{
		"https://s.test/a/b/a/b/a/b":                      true,
		"https://s.test/x/agenda/agenda/agenda":           true,
		"https://s.test/" + strings.Repeat("s/", 3):       true,
		"https://s.test/" + strings.Repeat("a/b/c/d/", 6): true,
		"https://s.test/?" + strings.Repeat("f=1&", 20):   true,
		"https://s.test/" + strings.Repeat("x", 3000):     true,
		"https://s.test/Actualites/Actualites/Lancement":  false,
		"https://s.test/a/b/a/b":                          false,
		"https://s.test/2019/02/02/un":                    false,
		"https://s.test/?p=12&page=2":                     false,
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
