package scrapers

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/internal/webtest"
	"vigie/scrapers/fetch"
)

// newGetter returns a client of the web in a txtar text, which waits for nothing.
func newGetter(t *testing.T, text string) (*fetch.Client, *webtest.Web) {
	t.Helper()
	web, err := webtest.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	c, err := fetch.New(fetch.Config{Contact: "test@example.org", Transport: web, Delay: new(time.Duration)})
	if err != nil {
		t.Fatal(err)
	}
	return c, web
}

// discovered runs one discovery and returns a line for each link or error.
func discovered(t *testing.T, g Getter, d vigie.Discovery, w vigie.Window) (lines []string, errs []error) {
	t.Helper()
	method, ok := discoverer(d.Method)
	if !ok {
		t.Fatalf("no method %q", d.Method)
	}
	for l, err := range method.Discover(t.Context(), g, d, w) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		lines = append(lines, fmt.Sprintf("%s|%s|%s", strings.TrimPrefix(l.URL, "https://s.test"), l.Title, l.Published))
	}
	return lines, errs
}

const feeds = `
-- https://s.test/rss --
200
Content-Type: text/html

<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>S</title><link>https://s.test/</link>
<item><title>Un &lt;b&gt;titre&lt;/b&gt; &amp;amp; la suite</title><link>/un?utm_source=rss</link><pubDate>Thu, 14 Feb 2019 09:00:00 +0100</pubDate><description>&lt;p&gt;Territoires&lt;/p&gt;&lt;p&gt;d'industrie&lt;/p&gt;</description></item>
<item><title>Tard le soir</title><link>https://s.test/deux</link><pubDate>Thu, 14 Feb 2019 23:30:00 GMT</pubDate></item>
<item><title>En français</title><link>//s.test/trois</link><pubDate>ven., 01 févr. 2019 10:00:00 +0100</pubDate></item>
<item><title></title><guid>https://s.test/quatre</guid><dc:date>2019-02-03</dc:date></item>
<item><title>Sans adresse</title></item>
<item><title>Pas une page</title><link>mailto:a@s.test</link></item>
</channel></rss>
-- https://s.test/atom --
200
Content-Type: application/atom+xml

<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>a</id><updated>2023-01-01T00:00:00Z</updated>
<link rel="next" href="/atom?page=2"/>
<entry><title type="html">L&#39;appel &lt;em&gt;ouvre&lt;/em&gt;</title><id>1</id><link href="un"/><published>2023-07-19T23:30:00+02:00</published><updated>2024-01-01T00:00:00Z</updated></entry>
<entry><title>Seulement mis à jour</title><id>2</id><link href="https://s.test/deux"/><updated>2023-07-20T11:00:00+02:00</updated></entry></feed>
-- https://s.test/atom?page=2 --
200
Content-Type: application/atom+xml

<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>a</id><updated>2023-01-01T00:00:00Z</updated><link rel="next" href="/atom"/>
<entry><title>Plus ancien</title><id>3</id><link href="/trois"/><published>2019-07-19</published></entry></feed>
-- https://s.test/json --
200
Content-Type: application/feed+json

{"version":"https://jsonfeed.org/version/1.1","title":"J","next_url":"https://s.test/nothing","items":[
{"id":"1","url":"/un","title":"Premier","date_published":"2024-02-19T09:00:00+01:00"},{"id":"2","url":"https://s.test/deux","title":"Second"}]}
-- https://s.test/nothing --
404

-- https://s.test/page --
200
Content-Type: application/rss+xml

<!DOCTYPE html><html><body>Cette page n'existe plus</body></html>
-- https://s.test/null --
200
Content-Type: application/json

null
-- https://s.test/text --
200
Content-Type: text/plain

Rien ici.
-- https://s.test/empty --
200
Content-Type: application/rss+xml

<rss version="2.0"><channel><title>Vide</title></channel></rss>
`

func TestFeed(t *testing.T) {
	tests := []struct {
		name, path string
		pages      int
		window     vigie.Window
		want       []string
		err        error
	}{
		{"RSS", "/rss", 0, vigie.Window{}, []string{
			"/un?utm_source=rss|Un titre & la suite|2019-02-14", "/deux|Tard le soir|2019-02-15", "/trois|En français|2019-02-01", "/quatre||2019-02-03",
		}, nil},
		{"Atom", "/atom", 0, vigie.Window{}, []string{"/un|L'appel ouvre|2023-07-19", "/deux|Seulement mis à jour|"}, nil},
		{"Atom, next page", "/atom", 9, vigie.Window{}, []string{"/un|L'appel ouvre|2023-07-19", "/deux|Seulement mis à jour|", "/trois|Plus ancien|2019-07-19"}, nil},
		{"window", "/atom", 9, vigie.Window{Since: "2020"}, []string{"/un|L'appel ouvre|2023-07-19", "/deux|Seulement mis à jour|"}, nil},
		{"JSON Feed", "/json", 0, vigie.Window{}, []string{"/un|Premier|2024-02-19", "/deux|Second|"}, nil},
		{"JSON Feed, next page missing", "/json", 2, vigie.Window{}, []string{"/un|Premier|2024-02-19", "/deux|Second|"}, errAny},
		{"no item", "/empty", 0, vigie.Window{}, nil, nil},
		{"a web page", "/page", 0, vigie.Window{}, nil, ErrChanged},
		{"null", "/null", 0, vigie.Window{}, nil, ErrChanged},
		{"text", "/text", 0, vigie.Window{}, nil, ErrChanged},
		{"missing", "/robots.txt", 0, vigie.Window{}, nil, vigie.ErrNotFound},
	}
	latin1 := strings.ReplaceAll(feeds, "févr", "f\xe9vr")
	latin1 = strings.ReplaceAll(latin1, "En français", "En fran\xe7ais")
	for _, tt := range tests {
		g, web := newGetter(t, latin1)
		got, errs := discovered(t, g, vigie.Discovery{Method: "feed", URL: "https://s.test" + tt.path, MaxPages: tt.pages}, tt.window)
		check(t, tt.name, tt.want, got, tt.err, errs)
		asked := slices.Sorted(slices.Values(web.Asked()))
		if once := slices.Compact(slices.Clone(asked)); len(once) != len(asked) && tt.err == nil {
			t.Errorf("%s: asked %q, want each page once", tt.name, asked)
		}
	}
}

// errAny stands for an error of any kind.
var errAny = errors.New("any")

func check(t *testing.T, name string, want, got []string, wantErr error, errs []error) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s: links (-want +got):\n%s", name, d)
	}
	switch {
	case wantErr == nil && len(errs) > 0, wantErr != nil && len(errs) == 0, wantErr != nil && wantErr != errAny && !errors.Is(errs[0], wantErr):
		t.Errorf("%s: errors %v, want %v", name, errs, wantErr)
	}
}

func gz(s string) string {
	var b strings.Builder
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

const sitemaps = `
-- https://s.test/index.xml --
200

<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://s.test/pages.xml</loc><lastmod>2025-07-08</lastmod></sitemap>
<sitemap><loc>/news.xml</loc></sitemap><sitemap><loc>https://s.test/index.xml</loc></sitemap>
<sitemap><loc>https://s.test/old.xml</loc><lastmod>2012-01-01</lastmod></sitemap></sitemapindex>
-- https://s.test/pages.xml --
200

<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://s.test/un?a=1&amp;b=2</loc><lastmod>2019-02-14T09:00:00+01:00</lastmod><image:image><image:loc>https://s.test/un.jpg</image:loc></image:image></url>
<url><loc>
  /deux
</loc><lastmod>2024-01-01</lastmod></url><url><loc>ftp://s.test/x</loc></url></urlset>
-- https://s.test/news.xml --
200

<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://s.test/trois</loc><news:news><news:publication><news:name>S</news:name></news:publication>
<news:publication_date>2025-07-07T09:00:00+02:00</news:publication_date><news:title>Le bilan</news:title></news:news></url></urlset>
-- https://s.test/old.xml --
200

<urlset><url><loc>https://s.test/vieux</loc></url></urlset>
-- https://s.test/cut.xml --
200

<urlset><url><loc>https://s.test/un</loc></url><url><loc>https://s.te
-- https://s.test/rss.xml --
200

<rss><channel/></rss>
-- https://s.test/page.xml --
200

<html><body>404</body></html>
-- https://s.test/none.xml --
200

<urlset></urlset>
-- https://s.test/deep1.xml --
200

<sitemapindex><sitemap><loc>deep2.xml</loc></sitemap></sitemapindex>
-- https://s.test/deep2.xml --
200

<sitemapindex><sitemap><loc>deep3.xml</loc></sitemap></sitemapindex>
-- https://s.test/deep3.xml --
200

<sitemapindex><sitemap><loc>pages.xml</loc></sitemap></sitemapindex>
-- https://s.test/nothing.xml --
404

-- https://s.test/part.xml --
200

<sitemapindex><sitemap><loc>nothing.xml</loc></sitemap><sitemap><loc>news.xml</loc></sitemap></sitemapindex>
`

func TestSitemap(t *testing.T) {
	un, deux, trois, vieux := "/un?a=1&b=2||", "/deux||", "/trois|Le bilan|2025-07-07", "/vieux||"
	tests := []struct {
		name, path string
		pages      int
		window     vigie.Window
		want       []string
		err        error
	}{
		{"one", "/pages.xml", 0, vigie.Window{}, []string{un, deux}, nil},
		{"news", "/news.xml", 0, vigie.Window{}, []string{trois}, nil},
		{"index that names itself", "/index.xml", 0, vigie.Window{}, []string{un, deux, trois, vieux}, nil},
		{"window leaves out what changed before it", "/index.xml", 0, vigie.Window{Since: "2023"}, []string{deux, trois}, nil},
		{"window's end", "/index.xml", 0, vigie.Window{Until: "2020"}, []string{un, deux, vieux}, nil},
		{"as many files as allowed", "/index.xml", 2, vigie.Window{}, []string{un, deux}, errAny},
		{"one of the index missing", "/part.xml", 0, vigie.Window{}, []string{trois}, errAny},
		{"cut short", "/cut.xml", 0, vigie.Window{}, []string{"/un||"}, ErrChanged},
		{"a feed", "/rss.xml", 0, vigie.Window{}, nil, ErrChanged},
		{"a web page", "/page.xml", 0, vigie.Window{}, nil, ErrChanged},
		{"no page", "/none.xml", 0, vigie.Window{}, nil, nil},
		{"too deep", "/deep1.xml", 0, vigie.Window{}, nil, errAny},
	}
	for _, tt := range tests {
		g, _ := newGetter(t, sitemaps)
		got, errs := discovered(t, g, vigie.Discovery{Method: "sitemap", URL: "https://s.test" + tt.path, MaxPages: tt.pages}, tt.window)
		check(t, tt.name, tt.want, got, tt.err, errs)
	}
}

func TestSitemapCompressed(t *testing.T) {
	pages, _, err := parseSitemap([]byte(gz("<urlset><url><loc>https://s.test/un</loc></url></urlset>")), "")
	if err != nil || len(pages) != 1 {
		t.Errorf("compressed sitemap: %v, %v", pages, err)
	}
	_, _, err = parseSitemap([]byte(gz(strings.Repeat(" ", maxSitemapBytes+1))), "")
	if !errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("sitemap of more than %d bytes: %v, want ErrTooLarge", maxSitemapBytes, err)
	}
	_, _, err = parseSitemap([]byte("<urlset>"+strings.Repeat("<url><loc>/a</loc></url>", maxSitemapURLs+1)+"</urlset>"), "")
	if !errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("sitemap of more than %d addresses: %v, want ErrTooLarge", maxSitemapURLs, err)
	}
}

// A caller that has enough is not called again.
func TestDiscoverStops(t *testing.T) {
	g, _ := newGetter(t, feeds+sitemaps+listings)
	for _, d := range []vigie.Discovery{
		{Method: "feed", URL: "https://s.test/rss"}, {Method: "sitemap", URL: "https://s.test/index.xml"},
		{Method: "listing", URL: "https://s.test/news"}, {Method: "pages", URLs: []string{"https://s.test/a", "https://s.test/b"}},
	} {
		method, _ := discoverer(d.Method)
		n := 0
		for range method.Discover(t.Context(), g, d, vigie.Window{}) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%s: %d links before the end, want 1", d.Method, n)
		}
	}
}

func TestTopic(t *testing.T) {
	topic := newTopic(programmes)
	tests := []struct {
		link vigie.Link
		want bool
	}{
		{vigie.Link{Title: "Territoires d’industrie : l’appel"}, true},
		{vigie.Link{Title: "Un TERRITOIRE D'INDUSTRIE de plus"}, true},
		{vigie.Link{URL: "https://s.test/territoires-dindustrie-le-bilan"}, true},
		{vigie.Link{URL: "https://s.test/Territoires-d-industrie-le-bilan"}, true},
		{vigie.Link{URL: "https://s.test/action-c%C5%93ur-de-ville"}, true},
		{vigie.Link{Title: "Action Coeur de Ville à Flers"}, true},
		{vigie.Link{Title: "Dix lauréats", Summary: "Le label Villages d’avenir"}, true},
		{vigie.Link{Title: "Petites villes de demain"}, true},
		{vigie.Link{Title: "Météo du territoire", URL: "https://s.test/industrie"}, false},
		{vigie.Link{Title: "Territoires", Summary: "d'industrie"}, false},
		{vigie.Link{}, false},
	}
	for _, tt := range tests {
		if got := topic.holds(tt.link); got != tt.want {
			t.Errorf("holds(%+v) = %v, want %v", tt.link, got, tt.want)
		}
	}
	if !(topic.holds(vigie.Link{Title: "territoires d'industrie"})) || !newTopic(nil).holds(vigie.Link{}) {
		t.Error("no keyword takes every link")
	}
}

func TestParseDay(t *testing.T) {
	for _, tt := range []struct {
		text string
		want vigie.Date
	}{
		{"2019-02-14", "2019-02-14"}, {"2019-02-14T23:30:00", "2019-02-14"}, {"2019-02-14T23:30:00+01:00", "2019-02-14"},
		{"2019-02-14T23:30:00Z", "2019-02-15"}, {"2019-07-14T22:30:00+00:00", "2019-07-15"}, {"2019-02-14T01:00:00+04:00", "2019-02-14"},
		{"Thu, 14 Feb 2019 23:30:00 GMT", "2019-02-15"}, {"Thu, 14 Feb 2019 23:30:00 CET", "2019-02-14"}, {"hier", ""}, {"", ""},
	} {
		if got := parseDay(tt.text); got != tt.want {
			t.Errorf("parseDay(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestCorpusFeeds(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "corpus", "feeds")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the corpus is not here")
	}
	base, _ := url.Parse("https://base.example/")
	for name, atLeast := range map[string]int{"veille.rss.xml": 15, "institutions.atom.xml": 5, "intercommunalites.feed.json": 3} {
		links, _, err := parseFeed(read(t, dir, name), base)
		if err != nil || len(links) < atLeast {
			t.Errorf("%s: %d links, %v; want %d", name, len(links), err, atLeast)
		}
		for _, l := range links {
			if l.Title == "" {
				t.Errorf("%s: %+v lacks its title", name, l)
			}
		}
	}
	for name, atLeast := range map[string]int{"sitemap.xml": 20, "sitemap-news.xml": 3, "sitemap_index.xml": 2} {
		pages, maps, err := parseSitemap(read(t, dir, name), "")
		if err != nil || len(pages)+len(maps) < atLeast {
			t.Errorf("%s: %d entries, %v; want %d", name, len(pages)+len(maps), err, atLeast)
		}
	}
	for name, address := range map[string]string{"liste-page-1.html": "/actualites", "liste-page-2.html": "/actualites?page=2"} {
		resp := &fetch.Response{Body: read(t, dir, name), Capture: vigie.Capture{FinalURL: "https://portail.example" + address, MediaType: "text/html"}}
		page, err := parseListing(resp, vigie.Discovery{Item: ".fr-card__title a"})
		if err != nil || len(page.links) < 10 {
			t.Errorf("%s: %d links, %v", name, len(page.links), err)
		}
		for _, l := range page.links {
			if l.Title == "" || l.Published == "" {
				t.Errorf("%s: %+v lacks its title or day", name, l)
			}
		}
		if (page.next != "") != (name == "liste-page-1.html") {
			t.Errorf("%s: next page %q", name, page.next)
		}
	}
	links, err := parseWordPress(read(t, dir, "wp-json_wp_v2_posts.json"), base)
	if err != nil || len(links) == 0 {
		t.Errorf("WordPress: %d links, %v", len(links), err)
	}
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(feeds))
	f.Add([]byte("null"))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[null,{"url":"/a"}]}`))
	f.Add([]byte(`<rss><channel><item><link>/a</link><pubDate>hier</pubDate></item></channel></rss>`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/></entry></feed>`))
	base, _ := url.Parse("https://s.test/")
	f.Fuzz(func(t *testing.T, body []byte) {
		links, _, _ := parseFeed(body, base)
		checkLinks(t, links)
	})
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(`<urlset><url><loc>/a</loc><lastmod>2019-02-14</lastmod></url></urlset>`))
	f.Add([]byte(`<?xml version="1.0" encoding="iso-8859-1"?><sitemapindex><sitemap><loc>a&b</loc></sitemap></sitemapindex>`))
	f.Add([]byte(gz("<urlset/>")))
	f.Fuzz(func(t *testing.T, body []byte) {
		pages, maps, err := parseSitemap(body, "")
		if err == nil && len(pages)+len(maps) > len(body) {
			t.Errorf("%d entries in %d bytes", len(pages)+len(maps), len(body))
		}
	})
}

func FuzzListing(f *testing.F) {
	f.Add([]byte(listings))
	f.Add([]byte(`<main><a href="?page=2">2</a><base href="::"><a href="%zz">x</a></main>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		resp := &fetch.Response{Body: body, Capture: vigie.Capture{FinalURL: "https://s.test/news", MediaType: "text/html"}}
		page, err := parseListing(resp, vigie.Discovery{})
		if err == nil {
			checkLinks(t, page.links)
		}
	})
}

func checkLinks(t *testing.T, links []vigie.Link) {
	for _, l := range links {
		u, err := url.Parse(l.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Fragment != "" {
			t.Errorf("link %q is no address", l.URL)
		}
		if l.Published != "" && l.Published.Precision() != vigie.DayPrecision {
			t.Errorf("link %q published %q", l.URL, l.Published)
		}
	}
}
