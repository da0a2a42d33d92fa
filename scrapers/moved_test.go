package scrapers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

// Of a list that leads to another domain nothing is read until the source's file names it:
// whoever has a domain that was let go would speak in the source's name.
func TestMovedToAnotherDomain(t *testing.T) {
	s := newTown(t, townPages())
	s.pages["/rss"] = `<rss version="2.0"><channel><item><title>` + industrie + `</title><link>/un</link></item></channel></rss>`
	old := newTown(t, map[string]string{"/rss": "to " + s.URL + "/rss"})
	src := source("moved", old.URL, vigie.Discovery{Method: "feed", URL: "/rss"})
	archive := &memory{}
	run := newCollector(t, archive).Collect(t.Context(), src, vigie.Window{})
	want := []vigie.Move{{From: old.URL + "/rss", To: s.URL + "/rss", Why: "le site y renvoie lui-même (302)"}}
	if run.State != vigie.StateChanged || archive.captures() != 0 || !strings.Contains(run.Error, s.URL+"/rss, le site y renvoie") {
		t.Errorf("run %+v, %d captures, want a changed source and none", run, archive.captures())
	}
	if diff := cmp.Diff(want, run.Moves); diff != "" {
		t.Errorf("moves (-want +got):\n%s", diff)
	}
	src.Hosts = []string{strings.TrimPrefix(s.URL, "http://")}
	if run := newCollector(t, archive).Collect(t.Context(), src, vigie.Window{}); run.State != vigie.StateOK || run.New != 1 || run.Moves != nil {
		t.Errorf("its file names the host: run %+v, want the page at the new place", run)
	}
}

func TestSameDomain(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"www.orne.gouv.fr", "actualites.orne.gouv.fr:8443", true},
		{"orne.gouv.fr", "manche.gouv.fr", false}, // .gouv.fr is nobody's
		{"agglo.example", "agglo.example.squatter.example", false},
		{"www.agglo.fr.", "WWW2.agglo.FR", true},
		{"127.0.0.1:80", "127.0.0.1:81", false},
		{"localhost", "localhost", false},
	} {
		if got := sameDomain(tt.a, tt.b); got != tt.want {
			t.Errorf("%s and %s: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

// A mover serves pages by path, the wanted status for others, and counts.
type mover struct {
	pages    map[string]string
	requests int
}

func (m *mover) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.requests++
	body, ok := m.pages[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if strings.HasPrefix(body, "<rss") {
		w.Header().Set("Content-Type", "application/rss+xml")
	}
	fmt.Fprint(w, body)
}

// feedOf names three articles.
func feedOf() string {
	var items strings.Builder
	for i := range 3 {
		fmt.Fprintf(&items, "<item><title>Article %d</title><link>/a/%d</link><pubDate>Thu, 1%d Feb 2019 09:00:00 +0100</pubDate></item>", i, i, i)
	}
	return `<rss version="2.0"><channel><title>S</title>` + items.String() + "</channel></rss>"
}

func prose(title, more string) string {
	return "<html><head><title>" + title + "</title></head><body><main><p>" + strings.Repeat("Il y a ici un texte. ", 30) + title + "</p>" + more + "</main></body></html>"
}

// A list that is gone is looked for on the same site, once a week; what is found is told
// with its evidence, and not read.
func TestListMoved(t *testing.T) {
	m := &mover{pages: map[string]string{"/rss": feedOf(), "/": prose("Accueil", "")}}
	for i := range 3 {
		m.pages[fmt.Sprintf("/a/%d", i)] = prose(fmt.Sprint("Article ", i), "")
	}
	server := httptest.NewServer(m)
	defer server.Close()
	s := vigie.Source{ID: "agglo", Home: server.URL + "/", Discover: []vigie.Discovery{{Method: "feed", URL: server.URL + "/rss"}}}
	archive, day := newRemembering(), time.Date(2019, 3, 1, 4, 0, 0, 0, time.UTC)
	night := func(n int) (vigie.SourceRun, int) {
		m.requests = 0
		now := func() time.Time { return day.AddDate(0, 0, n) }
		c := Collector{Client: loopback(t, now), Archive: archive, Now: now}
		return c.Collect(t.Context(), s, vigie.Window{}), m.requests
	}
	if run, _ := night(0); run.New != 3 || run.Moves != nil {
		t.Fatalf("the first night: %+v", run)
	}
	delete(m.pages, "/rss")
	m.pages["/flux/actus"] = feedOf()
	m.pages["/"] = strings.Replace(m.pages["/"], "</head>", `<link rel="alternate" type="application/rss+xml" href="/flux/actus"></head>`, 1)
	want := []vigie.Move{{
		From: server.URL + "/rss", To: server.URL + "/flux/actus", Method: "feed",
		Why: "3 liens, dont 3 datés (le plus récent : 2019-02-12), dont 3 déjà archivés",
	}}
	searched, n := night(1)
	if diff := cmp.Diff(want, searched.Moves); diff != "" || searched.State != vigie.StateChanged || searched.Found != 0 ||
		!strings.Contains(searched.Error, "page absente") || !strings.Contains(searched.Error, server.URL+"/flux/actus, 3 liens") {
		t.Errorf("the night it is gone: %+v, moves (-want +got):\n%s", searched, diff)
	}
	if _, _, err := archive.Entry(t.Context(), "agglo", server.URL+"/flux/actus"); err != nil {
		t.Errorf("what speaks for the proposal is not in the archive: %v", err)
	}
	if again, fewer := night(2); cmp.Diff(want, again.Moves) != "" || fewer > 2 || fewer >= n {
		t.Errorf("the night after: %d requests after %d, %+v; want robots.txt and the list, and the same told", fewer, n, again)
	}
	if _, n := night(9); n <= 2 {
		t.Errorf("a week later: %d requests, want it looked for again", n)
	}
}

// A page that the file names is looked for by the end of its address.
func TestPageMoved(t *testing.T) {
	const name = "programme-territoires-industrie-bilan"
	text := prose("Le bilan", "")
	m := &mover{pages: map[string]string{"/dossiers/" + name + ".html": text}}
	server := httptest.NewServer(m)
	defer server.Close()
	s := vigie.Source{ID: "rapport", Home: server.URL + "/", Discover: []vigie.Discovery{{Method: "pages", URLs: []string{server.URL + "/dossiers/" + name + ".html"}}}}
	archive := newRemembering()
	c := Collector{Client: loopback(t, time.Now), Archive: archive}
	if run := c.Collect(t.Context(), s, vigie.Window{}); run.New != 1 {
		t.Fatalf("the first night: %+v", run)
	}
	m.pages = map[string]string{
		"/":                 prose("Accueil", `<a href="/bilan">Bilan</a><a href="/2026/`+name+`">Le programme</a>`),
		"/2026/" + name:     text,
		"/bilan":            prose("Un autre bilan", ""),
		"/sitemap.xml":      "<urlset><url><loc>/autre/page-sur-le-programme</loc></url></urlset>",
		"/autre/index.html": prose("Autre", ""),
	}
	run := c.Collect(t.Context(), s, vigie.Window{})
	want := []vigie.Move{{From: server.URL + "/dossiers/" + name + ".html", To: server.URL + "/2026/" + name, Why: "la même page, octet pour octet"}}
	if diff := cmp.Diff(want, run.Moves); diff != "" || run.New != 0 {
		t.Errorf("run %+v, moves (-want +got):\n%s", run, diff)
	}
}

func TestAlike(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"https://a.fr/dossiers/territoires-industrie-bilan.html", "https://a.fr/2026/bilan-territoires-industrie/", true},
		{"https://a.fr/territoires-industrie", "https://a.fr/nouveau/territoires-industrie", true},
		{"https://a.fr/rap/r24-217_mono.html", "https://a.fr/rap/r24-218_mono.html", false},
		{"https://a.fr/un/index.html", "https://a.fr/deux/index.html", false},
		{"https://a.fr/", "https://a.fr/", false},
		{"https://a.fr/territoires-industrie-bilan", "https://a.fr/territoires-industrie-appel-a-projets", false},
	} {
		if got := alike(tt.a, tt.b) >= fewestAlike; got != tt.want {
			t.Errorf("%s and %s: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
