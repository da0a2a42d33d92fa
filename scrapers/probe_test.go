package scrapers

import (
	"strings"
	"testing"
	"time"
)

var paris2019 = time.Date(2019, 2, 1, 12, 0, 0, 0, time.UTC)

const datedRSS = `<rss version="2.0"><channel><title>S</title><item><title>A</title><link>/a</link><pubDate>Thu, 14 Feb 2019 09:00:00 +0100</pubDate></item></channel></rss>`

func TestProbe(t *testing.T) {
	front := func(head, body string) string {
		return "<html><head><title>Notre agglo</title>" + head + "</head><body><main><p>" + strings.Repeat("Bienvenue chez nous. ", 20) + "</p>" + body + "</main></body></html>"
	}
	empty := `<rss version="2.0"><channel><title>S</title></channel></rss>`
	tests := []struct {
		name   string
		pages  map[string]string
		method string
		path   string
		trials int
	}{
		{"a feed that the home page names", map[string]string{"/": front(`<link rel="alternate" type="application/rss+xml" href="/flux">`, ""), "/flux": datedRSS}, "feed", "/flux", 1},
		{"a feed that the page of news names", map[string]string{"/": front("", `<a href="/actualites">Actualités</a>`), "/actualites": front(`<link rel="alternate" type="application/rss+xml" href="/flux/actualites">`, ""), "/flux/actualites": datedRSS}, "feed", "/flux/actualites", 1},
		{"WordPress", map[string]string{"/": front("", ""),
			"/wp-json/wp/v2/posts?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&page=1&per_page=100": `[{"link":"/a","date":"2019-02-14T00:00:00","title":{"rendered":"A"},"excerpt":{"rendered":""}}]`}, "wordpress", "/", 1},
		{"a feed where feeds are", map[string]string{"/": front("", ""), "/rss.xml": datedRSS}, "feed", "/rss.xml", 3},
		{"a feed named and empty, a sitemap of robots.txt", map[string]string{
			"/": front(`<link rel="alternate" type="application/rss+xml" href="/flux">`, ""), "/flux": empty, "/robots.txt": "Sitemap: /plan.xml",
			"/plan.xml": "<urlset><url><loc>/a</loc><lastmod>2019-02-14</lastmod></url></urlset>"}, "sitemap", "/plan.xml", 6},
		{"a list of news", map[string]string{"/": front("", `<a href="/actualites">Actualités</a>`),
			"/actualites": front("", `<div class="card"><a href="/a">Un titre</a><span class="date">14/02/2019</span></div>`)}, "listing", "/actualites", 7},
		{"nothing dated", map[string]string{"/": front("", `<a href="/a">Un titre</a>`)}, "", "", 7},
	}
	for _, tt := range tests {
		s := newTown(t, tt.pages)
		p, err := Probe(t.Context(), newCollector(t, nil).Client, s.URL)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if len(p.Trials) != tt.trials {
			t.Errorf("%s: %d trials, want %d:\n%s", tt.name, len(p.Trials), tt.trials, p)
		}
		if tt.method == "" {
			if len(p.Source.Discover) != 0 || !strings.Contains(p.String(), "disabled:") {
				t.Errorf("%s: proposes\n%s", tt.name, p)
			}
			continue
		}
		if len(p.Source.Discover) != 1 || p.Source.Discover[0].Method != tt.method || p.Source.Discover[0].URL != s.URL+tt.path {
			t.Errorf("%s: proposes\n%s", tt.name, p)
		}
		text := strings.Replace(p.String(), `kind: ""`, "kind: epci", 1)
		if root, err := parseYAMLText("s.yaml", []byte(text)); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if _, err := readSource(root, "agglo", nil); err != nil {
			t.Errorf("%s: the proposal completed is no source: %v\n%s", tt.name, err, text)
		}
	}
	slip := strings.Replace(datedRSS, "</channel>", `<item><title>B</title><link>/b</link><pubDate>Tue, 14 Feb 2062 09:00:00 +0100</pubDate></item></channel>`, 1)
	s := newTown(t, map[string]string{"/": front("", ""), "/rss": slip})
	if p, err := Probe(t.Context(), newCollector(t, nil).Client, s.URL); err != nil || !strings.Contains(p.String(), "2 links, 1 dated, the newest of 2019-02-14") {
		t.Errorf("a feed with a day that cannot be: %v, proposes\n%s", err, p)
	}
	if _, err := Probe(t.Context(), newCollector(t, nil).Client, "ftp://s.test/"); err == nil {
		t.Error("an address that is no site's is taken")
	}
}
