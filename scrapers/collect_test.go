package scrapers

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vigie"
	"vigie/scrapers/fetch"
)

// A town is a web site on the loopback, with every way to discover. Pages may be changed
// between nights; it notes what it is asked.
type town struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string // body by path and query; "status 403" and the like are no body
	kinds map[string]string // Content-Type by path, where it is no page
	asked []string
	full  int // answers with a body
}

func newTown(t *testing.T, pages map[string]string) *town {
	t.Helper()
	s := &town{pages: pages}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *town) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.URL.RequestURI())
	body, ok := s.pages[r.URL.RequestURI()]
	if !ok {
		http.NotFound(w, r)
		return
	}
	var status int
	if n, _ := fmt.Sscanf(body, "status %d", &status); n == 1 {
		w.Header().Set("Retry-After", "3600") // past the client's patience: it does not ask again
		w.WriteHeader(status)
		return
	}
	if to, ok := strings.CutPrefix(body, "to "); ok {
		http.Redirect(w, r, to, http.StatusFound)
		return
	}
	w.Header().Set("X-WP-TotalPages", "1")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if kind := s.kinds[r.URL.Path]; kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	w.Header().Set("ETag", fmt.Sprintf("%q", vigie.Digest([]byte(body))))
	if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.full++
	io.WriteString(w, body)
}

const (
	industrie = "Territoires d'industrie"
	search    = "/wp-json/wp/v2/posts?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&orderby=date&page=1&per_page=100&search=industrie"
)

func townPages() map[string]string {
	return map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /prive/",
		"/rss": `<rss version="2.0"><channel><title>T</title>
			<item><title>` + industrie + ` : un</title><link>/un?utm_source=rss</link><pubDate>Thu, 14 Feb 2019 09:00:00 +0100</pubDate></item>
			<item><title>` + industrie + ` : deux</title><link>/deux</link></item>
			<item><title>La piscine rouvre</title><link>/piscine</link></item>
			<item><title>` + industrie + ` ailleurs</title><link>https://ailleurs.example/trois</link></item>
			<item><title>` + industrie + ` en privé</title><link>/prive/quatre</link></item>
			<item><title>` + industrie + ` derrière une porte</title><link>/porte</link></item></channel></rss>`,
		"/sitemap.xml":  `<urlset><url><loc>/un</loc></url><url><loc>/territoires-dindustrie-cinq</loc></url><url><loc>/menu</loc></url></urlset>`,
		"/news":         `<main><div class="card"><h3><a href="/six">Six</a></h3><p>Le label ` + industrie + `</p></div><a rel="next" href="?page=2">2</a></main>`,
		"/news?page=2":  `<main><div class="card"><h3><a href="/sept">` + industrie + ` : sept</a></h3></div></main>`,
		"/un":           "page un",
		"/deux":         "page deux",
		"/piscine":      "page piscine",
		"/prive/quatre": "page quatre",
		"/porte":        "to /prive/quatre",
		"/six":          "page six",
		"/sept":         "page sept",
		"/huit":         "page huit",
		"/nommee":       "page nommée",

		"/territoires-dindustrie-cinq": "page cinq",
		search:                         `[{"link":"/huit","date":"2019-02-15T00:00:00","title":{"rendered":"Huit"},"excerpt":{"rendered":""}}]`,
	}
}

func source(id, home string, discover ...vigie.Discovery) vigie.Source {
	for i, d := range discover {
		if d.Method != "pages" {
			discover[i].URL = home + d.URL
		}
		for j, u := range d.URLs {
			discover[i].URLs[j] = home + u
		}
	}
	return vigie.Source{ID: id, Home: home + "/", Discover: discover, Keywords: programmes}
}

func townSource(s *town) vigie.Source {
	return source("town", s.URL,
		vigie.Discovery{Method: "sitemap", URL: "/sitemap.xml"},
		vigie.Discovery{Method: "feed", URL: "/rss"},
		vigie.Discovery{Method: "listing", URL: "/news", Item: ".card a"},
		vigie.Discovery{Method: "wordpress", URL: "/", Search: "industrie"},
		vigie.Discovery{Method: "pages", URLs: []string{"/nommee"}},
	)
}

func newCollector(t *testing.T, archive Archive) *Collector {
	t.Helper()
	client, err := fetch.New(fetch.Config{
		Contact: "test@example.org", Delay: new(time.Duration), Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &Collector{Client: client, Archive: archive}
}

var ignoreError = cmpopts.IgnoreFields(vigie.SourceRun{}, "Error")

func TestCollect(t *testing.T) {
	s, archive := newTown(t, townPages()), &memory{}
	c := newCollector(t, archive)
	var events []Event
	c.Progress = func(e Event) { events = append(events, e) }

	first := c.Collect(t.Context(), townSource(s), vigie.Window{})
	want := vigie.SourceRun{Source: "town", State: vigie.StateOK, Found: 12, New: 7, Failed: 2, Newest: "2019-02-15", Latest: "2019-02-15"}
	want.Skipped = 3 // the pool, the menu, and what is on another site
	if d := cmp.Diff(want, first, ignoreError); d != "" {
		t.Errorf("first night (-want +got):\n%s\n%s", d, first.Error)
	}
	if !strings.Contains(first.Error, "robots.txt") {
		t.Errorf("error %q, want a word on robots.txt", first.Error)
	}
	for _, page := range []string{"/prive/quatre", "/piscine", "/menu", "/un?utm_source=rss"} {
		if slices.Contains(s.asked, page) {
			t.Errorf("%s was asked for", page)
		}
	}
	canonical, _ := vigie.CanonicalURL(s.URL + "/un")
	doc := archive.docs[vigie.NewDocumentID(canonical, nil)]
	if doc.URL != canonical || doc.Source != "town" || doc.Title != industrie+" : un" || doc.Published != "2019-02-14" || len(doc.Captures) != 1 {
		t.Errorf("document %+v: want what sitemap and feed say of it together", doc)
	}
	if events[0].Step != StepBegin || events[len(events)-1].Step != StepEnd || !cmp.Equal(events[len(events)-1].Run, first) {
		t.Errorf("events %+v, want begin first and the run last", events)
	}

	// The second night: nothing has changed, nothing is sent twice, nothing is archived.
	captures := archive.captures()
	s.full = 0
	second := c.Collect(t.Context(), townSource(s), vigie.Window{})
	want.State, want.New, want.Same, want.Hints = vigie.StateQuiet, 0, 7, map[vigie.Hint]int{vigie.HintETag: 7}
	if d := cmp.Diff(want, second, ignoreError); d != "" {
		t.Errorf("second night (-want +got):\n%s", d)
	}
	if discovery := 5; s.full != discovery || archive.captures() != captures {
		t.Errorf("second night: %d full answers and %d captures, want the %d of discovery and %d", s.full, archive.captures(), discovery, captures)
	}

	// The third: one page has changed, and one is gone.
	s.pages["/un"] = "page un, corrigée"
	delete(s.pages, "/deux")
	third := c.Collect(t.Context(), townSource(s), vigie.Window{})
	want.State, want.Changed, want.Same, want.Failed, want.Hints = vigie.StateOK, 1, 5, 3, map[vigie.Hint]int{vigie.HintETag: 5}
	if d := cmp.Diff(want, third, ignoreError); d != "" {
		t.Errorf("third night (-want +got):\n%s", d)
	}
	if archive.captures() != captures+2 {
		t.Errorf("%d captures, want two more than %d: what has changed, and that a page is gone", archive.captures(), captures)
	}
}

func TestStates(t *testing.T) {
	feed := func(links ...string) string {
		text := "<rss version=\"2.0\"><channel><title>T</title>"
		for _, l := range links {
			text += "<item><title>" + industrie + "</title><link>" + l + "</link></item>"
		}
		return text + "</channel></rss>"
	}
	rss := vigie.Discovery{Method: "feed", URL: "/rss"}
	tests := []struct {
		name     string
		pages    map[string]string
		discover []vigie.Discovery
		want     vigie.SourceState
		error    string
	}{
		{"ok", map[string]string{"/rss": feed("/a"), "/a": "a"}, []vigie.Discovery{rss}, vigie.StateOK, ""},
		// Of a list that never named anything nobody can say that it is quiet: its address may be wrong.
		{"nothing there", map[string]string{"/rss": feed()}, []vigie.Discovery{rss}, vigie.StateChanged, "la liste est vide : vérifier son adresse dans la fiche de la source (http"},
		{"an empty sitemap", map[string]string{"/s.xml": "<urlset></urlset>"}, []vigie.Discovery{{Method: "sitemap", URL: "/s.xml"}}, vigie.StateChanged, "la liste est vide"},
		{"nothing there, another list", map[string]string{"/rss": feed(), "/b": feed("/a"), "/a": "a"}, []vigie.Discovery{rss, {Method: "feed", URL: "/b"}}, vigie.StateOK, "la liste est vide"},
		{"nothing on the topic", map[string]string{"/rss": strings.ReplaceAll(feed("/a"), industrie, "La piscine")}, []vigie.Discovery{rss}, vigie.StateQuiet, ""},
		{"a search finds nothing", map[string]string{search: "[]"}, []vigie.Discovery{{Method: "wordpress", URL: "/", Search: "industrie"}}, vigie.StateQuiet, ""},
		{"no post at all", map[string]string{strings.NewReplacer("&orderby=date", "", "&search=industrie", "").Replace(search): "[]"}, []vigie.Discovery{{Method: "wordpress", URL: "/"}}, vigie.StateChanged, "la liste est vide"},
		{"feed forbidden", map[string]string{"/rss": "status 403"}, []vigie.Discovery{rss}, vigie.StateBlocked, "refuse l'accès"},
		{"pages forbidden", map[string]string{"/rss": feed("/a"), "/a": "status 403"}, []vigie.Discovery{rss}, vigie.StateBlocked, "refuse l'accès"},
		{"robots forbid", map[string]string{"/robots.txt": "User-agent: *\nDisallow: /", "/rss": feed()}, []vigie.Discovery{rss}, vigie.StateBlocked, "robots.txt"},
		{"challenge", map[string]string{"/rss": "<html><title>Just a moment...</title></html>"}, []vigie.Discovery{rss}, vigie.StateBlocked, "une porte"},
		{"feed missing", map[string]string{}, []vigie.Discovery{rss}, vigie.StateChanged, "vérifier l'adresse"},
		{"server down", map[string]string{"/rss": "status 503"}, []vigie.Discovery{rss}, vigie.StateUnreachable, "503"},
		{"feed is a page", map[string]string{"/rss": "<html>Bonjour"}, []vigie.Discovery{rss}, vigie.StateChanged, "changé de forme"},
		{"selector finds nothing", map[string]string{"/l": "<main><a href='/a'>A</a></main>"}, []vigie.Discovery{{Method: "listing", URL: "/l", Item: ".card a"}}, vigie.StateChanged, ".card a"},
		{"selector finds nothing, feed does", map[string]string{"/rss": feed("/a"), "/a": "a", "/l": "<main></main>"}, []vigie.Discovery{rss, {Method: "listing", URL: "/l", Item: ".card a"}}, vigie.StateChanged, ".card a"},
		{"one way closed, another open", map[string]string{"/rss": feed("/a"), "/a": "a"}, []vigie.Discovery{{Method: "sitemap", URL: "/none.xml"}, rss}, vigie.StateOK, "vérifier l'adresse"},
		{"one page bad", map[string]string{"/rss": feed("/a", "/b"), "/b": "b"}, []vigie.Discovery{rss}, vigie.StateOK, "vérifier l'adresse"},
		{"page leads elsewhere", map[string]string{"/rss": feed("/a"), "/a": "to https://ailleurs.example/"}, []vigie.Discovery{rss}, vigie.StateUnreachable, "hosts"},
		{"page leads to a private address", map[string]string{"/rss": "to http://127.0.0.2:9/"}, []vigie.Discovery{rss}, vigie.StateUnreachable, "network.allow"},
		{"match leaves one", map[string]string{"/rss": feed("/a", "/b"), "/a": "a"}, []vigie.Discovery{{Method: "feed", URL: "/rss", Match: "/a$"}}, vigie.StateOK, ""},
	}
	for _, tt := range tests {
		s := newTown(t, tt.pages)
		run := newCollector(t, &memory{}).Collect(t.Context(), source("s", s.URL, tt.discover...), vigie.Window{})
		if run.State != tt.want || (tt.error == "") != (run.Error == "") || !strings.Contains(run.Error, tt.error) {
			t.Errorf("%s: %s, %q; want %s, %q", tt.name, run.State, run.Error, tt.want, tt.error)
		}
	}
}

func TestAll(t *testing.T) {
	good, bad := newTown(t, townPages()), newTown(t, map[string]string{"/rss": "status 403"})
	off := townSource(good)
	off.ID, off.Disabled = "off", "en panne"
	sources := []vigie.Source{
		source("bad", bad.URL, vigie.Discovery{Method: "feed", URL: "/rss"}), off, townSource(good),
	}
	runs, err := newCollector(t, &memory{}).All(t.Context(), sources, vigie.Window{})
	if err != nil || len(runs) != 2 || runs[0].State != vigie.StateBlocked || runs[1].State != vigie.StateOK || runs[1].New != 7 {
		t.Errorf("runs %+v, %v; want bad blocked and town ok", runs, err)
	}
}

// TestAdviceElsewhere names the way to a public archive where a site refuses us, and there alone.
func TestAdviceElsewhere(t *testing.T) {
	const command = "vigie backfill --via wayback --since AAAA-MM --source ville"
	for _, tt := range []struct {
		err  error
		want bool
	}{
		{&fetch.StatusError{Status: 403}, true},
		{&fetch.StatusError{Status: 403, Note: "Cloudflare challenge"}, true},
		{&fetch.StatusError{Status: 500}, false},
		{&fetch.RestingError{}, false},
		{fmt.Errorf("robots.txt of s.test disallows /: %w", vigie.ErrBlocked), false},
	} {
		if got := advice(fmt.Errorf("get https://s.test/: %w", tt.err), "ville"); strings.Contains(got, command) != tt.want {
			t.Errorf("advice(%v) = %q, names the archive: want %v", tt.err, got, tt.want)
		}
	}
}

func TestAdvice(t *testing.T) {
	for want, err := range map[string]error{
		"ne répond pas": &net.OpError{Op: "dial", Err: errors.New("connection refused")}, "certificat": &tls.CertificateVerificationError{},
		"plus grande": vigie.ErrTooLarge, "illisible": errors.New("gzip: unexpected header"), "https://s.test/ : réponse 500)": &fetch.StatusError{Status: 500},
		"(vérification, consentement ou connexion)": &fetch.StatusError{Status: 403, Note: "Cloudflare challenge"},
	} {
		if got := advice(fmt.Errorf("get https://s.test/: %w", err), "ville"); !strings.Contains(got, want) || !strings.Contains(got, "(https://s.test/") {
			t.Errorf("advice(%v) = %q, want a word on %q and the address", err, got, want)
		}
	}
}

// E7: when nothing answers, it is our network.
func TestAllOurNetwork(t *testing.T) {
	down := httptest.NewServer(http.NotFoundHandler())
	down.Close()
	rss := vigie.Discovery{Method: "feed", URL: "/rss"}
	client := refusing{}
	c := &Collector{Client: client, Archive: &memory{}}
	sources := []vigie.Source{source("a", down.URL, rss), source("b", down.URL, rss)}
	runs, err := c.All(t.Context(), sources, vigie.Window{})
	if err != nil || len(runs) != 2 || runs[0].State != vigie.StateNetwork || runs[1].State != vigie.StateNetwork {
		t.Errorf("runs %+v, %v; want both network", runs, err)
	}
	runs, err = c.All(t.Context(), sources[:1], vigie.Window{})
	if err != nil || runs[0].State != vigie.StateUnreachable {
		t.Errorf("runs %+v, %v; want a single source unreachable: it may be it or us", runs, err)
	}
}

// A refusing client has no network.
type refusing struct{ n *int }

func (r refusing) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	if r.n != nil {
		*r.n++
	}
	return nil, errors.New("dial tcp: network is unreachable")
}

func (r refusing) Walk(context.Context, fetch.Request, func(*fetch.Response) ([]string, error)) error {
	return errors.New("dial tcp: network is unreachable")
}

// A site that hangs up three times is left alone: some platforms ban like that.
func TestCollectStopsAfterRefusals(t *testing.T) {
	n := 0
	c := &Collector{Client: refusing{&n}, Archive: &memory{}}
	s := source("s", "https://s.test", vigie.Discovery{Method: "pages", URLs: []string{"/1", "/2", "/3", "/4", "/5"}})
	run := c.Collect(t.Context(), s, vigie.Window{})
	if n != maxRefused || run.Failed != 5 || run.State != vigie.StateUnreachable {
		t.Errorf("asked %d times, %+v; want %d, and five failed", n, run, maxRefused)
	}
}

func TestAllStopsWhereArchiveCannotWrite(t *testing.T) {
	s := newTown(t, townPages())
	var sources []vigie.Source
	for i := range 20 {
		src := townSource(s)
		src.ID = fmt.Sprintf("town-%d", i)
		sources = append(sources, src)
	}
	c := newCollector(t, &memory{full: true})
	c.Workers = 1
	runs, err := c.All(t.Context(), sources, vigie.Window{})
	if err == nil || !strings.Contains(err.Error(), "no space left") || len(runs) > 2 {
		t.Errorf("%d runs, error %v; want the archive's error at the first page", len(runs), err)
	}
	if run := c.Collect(t.Context(), sources[0], vigie.Window{}); !strings.Contains(run.Error, "no space left") {
		t.Errorf("run %+v, want the archive's error", run)
	}
}

func TestAllStopsWithContext(t *testing.T) {
	s := newTown(t, townPages())
	ctx, cancel := context.WithCancel(t.Context())
	c := newCollector(t, &memory{})
	c.Progress = func(e Event) {
		if e.Step == StepNew {
			cancel()
		}
	}
	runs, err := c.All(ctx, []vigie.Source{townSource(s)}, vigie.Window{})
	if !errors.Is(err, context.Canceled) || len(runs) != 1 || runs[0].New != 1 {
		t.Errorf("runs %+v, error %v; want one page and the context's error", runs, err)
	}
}

// A source that has moved is followed for the night, and said to have moved.
