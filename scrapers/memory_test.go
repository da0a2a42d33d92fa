package scrapers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/scrapers/fetch"
)

// A remembering archive knows when it looked at what, as the store does.
type remembering struct {
	memory
	mu      sync.Mutex
	checks  map[vigie.DocumentID]vigie.Check
	entries map[string]fetch.Response
	notes   map[string]note
}

type note struct {
	text []byte
	when time.Time
}

func newRemembering() *remembering {
	return &remembering{checks: map[vigie.DocumentID]vigie.Check{}, entries: map[string]fetch.Response{}, notes: map[string]note{}}
}

func (m *remembering) Put(ctx context.Context, d vigie.Document, c vigie.Capture, body []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.Fault == "" && c.Status < 400 {
		m.checks[d.ID] = vigie.Check{Document: d.ID, Time: c.Time, Modified: d.Modified}
	}
	return m.memory.Put(ctx, d, c, body)
}

func (m *remembering) Checks(context.Context, string) (all []vigie.Check, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.checks {
		all = append(all, c)
	}
	return all, nil
}

func (m *remembering) Known(ctx context.Context, ids []vigie.DocumentID) (map[vigie.DocumentID]bool, error) {
	known := map[vigie.DocumentID]bool{}
	for _, id := range ids {
		_, err := m.Latest(ctx, id)
		known[id] = err == nil
	}
	return known, nil
}

func (m *remembering) Checked(_ context.Context, c vigie.Check) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.checks[c.Document] = c
	return nil
}

func (m *remembering) Entry(_ context.Context, source, url string) (vigie.Capture, []byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.entries[source+" "+url]
	if !ok {
		return vigie.Capture{}, nil, vigie.ErrNotFound
	}
	return r.Capture, r.Body, nil
}

func (m *remembering) PutEntry(_ context.Context, source, url string, c vigie.Capture, body []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.Status < 400 && c.Fault == "" {
		m.entries[source+" "+url] = fetch.Response{Capture: c, Body: body}
	}
	return nil
}

func (m *remembering) ListNote(_ context.Context, source, name string) (text []byte, when time.Time, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n, ok := m.notes[source+" "+name]
	if !ok {
		return nil, when, vigie.ErrNotFound
	}
	return n.text, n.when, nil
}

func (m *remembering) PutListNote(_ context.Context, source, name string, when time.Time, text []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notes[source+" "+name] = note{text, when}
	return nil
}

// A village publishes articles, found by a sitemap with lastmod or by a feed.
type village struct {
	mu       sync.Mutex
	articles []article
	requests int
	broken   string // a path that answers 500
}

type article struct {
	published, modified time.Time
	text                string
}

func (v *village) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.requests++
	var n int
	switch path := r.URL.Path; {
	case path == v.broken:
		w.Header().Set("Retry-After", "3600") // past the client's patience
		w.WriteHeader(http.StatusInternalServerError)
	case path == "/sitemap.xml":
		var b strings.Builder
		b.WriteString("<urlset>")
		for i, a := range v.articles {
			fmt.Fprintf(&b, "<url><loc>/a/%d</loc><lastmod>%s</lastmod></url>", i, a.modified.Format(time.RFC3339))
		}
		v.send(w, r, b.String()+"</urlset>")
	case path == "/rss":
		var b strings.Builder
		b.WriteString(`<rss version="2.0"><channel><title>V</title>`)
		for i, a := range v.articles {
			fmt.Fprintf(&b, "<item><title>%d</title><link>/a/%d</link><pubDate>%s</pubDate></item>", i, i, a.published.Format(time.RFC1123Z))
		}
		v.send(w, r, b.String()+"</channel></rss>")
	default:
		if k, _ := fmt.Sscanf(path, "/a/%d", &n); k == 0 {
			http.NotFound(w, r)
			return
		}
		v.send(w, r, fmt.Sprintf("<html><body><article><h1>Article %d</h1><p>%s</p></article></body></html>", n, strings.Repeat(v.articles[n].text+" ", 40)))
	}
}

func (v *village) send(w http.ResponseWriter, r *http.Request, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("ETag", fmt.Sprintf("%q", vigie.Digest([]byte(body))))
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(body))
}

// loopback returns a client that may ask this machine.
func loopback(t *testing.T, now func() time.Time) *fetch.Client {
	t.Helper()
	client, err := fetch.New(fetch.Config{
		Contact: "veille@example.org", Delay: new(time.Duration), Now: now, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// night collects from the village, and returns the run with the requests it cost.
func (v *village) night(t *testing.T, s vigie.Source, archive Archive, at time.Time) (vigie.SourceRun, int) {
	t.Helper()
	now := func() time.Time { return at }
	v.requests = 0
	c := Collector{Client: loopback(t, now), Archive: archive, Now: now}
	run := c.Collect(t.Context(), s, vigie.Window{})
	return run, v.requests
}

func TestUnchangedSiteCostsThreeRequests(t *testing.T) {
	day := time.Date(2024, 3, 1, 8, 30, 0, 0, time.UTC)
	for _, method := range []vigie.Discovery{{Method: "sitemap", URL: "/sitemap.xml"}, {Method: "feed", URL: "/rss"}} {
		t.Run(method.Method, func(t *testing.T) {
			v := &village{}
			for range 200 {
				v.articles = append(v.articles, article{day, day, "ancien"})
			}
			server := httptest.NewServer(v)
			defer server.Close()
			d := method
			d.URL = server.URL + d.URL
			s := vigie.Source{ID: "village", Home: server.URL, Discover: []vigie.Discovery{d}}
			archive := newRemembering()
			expect := func(what string, at time.Time, want vigie.SourceRun, most int) {
				t.Helper()
				run, n := v.night(t, s, archive, at)
				run.Newest, run.Latest, want.Source = "", "", s.ID
				if diff := cmp.Diff(want, run); diff != "" || n > most {
					t.Errorf("%s: %d requests, at most %d due; run (-want +got):\n%s", what, n, most, diff)
				}
			}
			expect("first night", day.AddDate(0, 0, 9), vigie.SourceRun{State: vigie.StateOK, Found: 200, New: 200}, 205)
			hint := map[string]vigie.Hint{"sitemap": vigie.HintLastMod, "feed": vigie.HintPublished}[method.Method]
			by := func(n int) map[vigie.Hint]int { return map[vigie.Hint]int{hint: n} }
			expect("nothing changed", day.AddDate(0, 0, 10), vigie.SourceRun{State: vigie.StateQuiet, Found: 200, Same: 200, Hints: by(200)}, 3)
			for i := range 10 {
				v.articles = append(v.articles, article{day.AddDate(0, 0, 10), day.AddDate(0, 0, 10), "nouveau"})
				if method.Method == "sitemap" {
					v.articles[i].modified, v.articles[i].text = day.AddDate(0, 0, 10), "corrigé"
				}
			}
			want := vigie.SourceRun{State: vigie.StateOK, Found: 210, New: 10, Same: 200, Hints: by(200)}
			if method.Method == "sitemap" {
				want.Changed, want.Same, want.Hints = 10, 190, by(190)
			}
			expect("ten new ones", day.AddDate(0, 0, 11), want, 25)
			if method.Method == "feed" { // which does not say what was corrected
				v.articles[0].text = "corrigé"
				expect("corrected", day.AddDate(0, 0, 19), vigie.SourceRun{State: vigie.StateOK, Found: 210, Changed: 1, Same: 209, Hints: map[vigie.Hint]int{vigie.HintETag: 209}}, 215)
			}
		})
	}
}

// A page that failed last night is asked for tonight, though the feed has not changed.
func TestUnchangedFeedForgetsNoPage(t *testing.T) {
	day := time.Date(2024, 3, 1, 8, 30, 0, 0, time.UTC)
	v := &village{articles: []article{{day, day, "un"}, {day, day, "deux"}}, broken: "/a/1"}
	server := httptest.NewServer(v)
	defer server.Close()
	s := vigie.Source{ID: "village", Home: server.URL, Discover: []vigie.Discovery{{Method: "feed", URL: server.URL + "/rss"}}}
	archive := newRemembering()
	if run, _ := v.night(t, s, archive, day.AddDate(0, 0, 5)); run.New != 1 || run.Failed != 1 {
		t.Fatalf("the first night: %+v", run)
	}
	v.broken = ""
	if run, _ := v.night(t, s, archive, day.AddDate(0, 0, 6)); run.New != 1 || run.Same != 1 {
		t.Errorf("the second night: %+v, want the page that failed", run)
	}
}

// What a list says is archived before anything is read in it, also without a validator to
// know it by, also where it is an error or a door, and also for a window of its own.
func TestListsAreArchived(t *testing.T) {
	answer, status := `<main><article><a href="/a">Article</a></article></main>`, 200
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/liste" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		fmt.Fprint(w, answer)
	}))
	defer server.Close()
	s := vigie.Source{ID: "village", Home: server.URL, Discover: []vigie.Discovery{{Method: "listing", URL: server.URL + "/liste", Item: "article a"}}}
	archive := &told{remembering: newRemembering()}
	c := Collector{Client: loopback(t, time.Now), Archive: archive}
	for _, night := range []struct {
		window vigie.Window
		status int
		answer string
	}{
		{vigie.Window{Since: "2019"}, status, answer},
		{vigie.Window{}, 200, "<main>plus rien</main>"},
		{vigie.Window{}, 403, "non"},
		{vigie.Window{}, 200, "<title>Just a moment...</title>Checking your browser"},
	} {
		status, answer = night.status, night.answer
		c.Collect(t.Context(), s, night.window)
	}
	want := []string{`200 <main><article><a href="/a">Article</a></article></main>`, "200 <main>plus rien</main>", "403 non", "200 challenge <title>Just a moment...</title>Checking your browser"}
	if diff := cmp.Diff(want, archive.said); diff != "" {
		t.Errorf("archived of the list (-want +got):\n%s", diff)
	}
	c.Client, archive.full = loopback(t, time.Now), errors.New("disk full") // as if it had never been refused
	if _, err := c.All(t.Context(), []vigie.Source{s, s}, vigie.Window{}); !errors.Is(err, archive.full) {
		t.Errorf("an archive that cannot keep a list: %v, want its error: the site is not to be blamed", err)
	}
}

// A told archive writes down what it was given of the list.
type told struct {
	*remembering
	said []string
	full error
}

func (a *told) PutEntry(ctx context.Context, source, url string, c vigie.Capture, body []byte) error {
	if a.full != nil {
		return a.full
	}
	if strings.HasSuffix(url, "/liste") { // and not what was looked for once it was gone
		words := []string{fmt.Sprint(c.Status), string(c.Fault), string(body)}
		a.said = append(a.said, strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " "))
	}
	return a.remembering.PutEntry(ctx, source, url, c, body)
}

func TestUnchanged(t *testing.T) {
	at := time.Date(2024, 3, 10, 4, 0, 0, 0, time.UTC)
	hour := func(n int) time.Time { return at.Add(time.Duration(n) * time.Hour) }
	midnight := time.Date(2024, 3, 9, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name  string
		check vigie.Check
		link  vigie.Link
		now   time.Time
		want  vigie.Hint
	}{
		{"never looked at", vigie.Check{}, vigie.Link{Modified: hour(-5)}, at, ""},
		{"discovery is silent", vigie.Check{Time: hour(-1)}, vigie.Link{}, at, ""},
		{"not changed since", vigie.Check{Time: hour(-1), Modified: hour(-5)}, vigie.Link{Modified: hour(-5)}, at, vigie.HintLastMod},
		{"changed since", vigie.Check{Time: hour(-9), Modified: hour(-50)}, vigie.Link{Modified: hour(-5)}, at, ""},
		{"changed before we looked, unknown to discovery then", vigie.Check{Time: hour(-1)}, vigie.Link{Modified: hour(-5)}, at, ""},
		{"changed on the day we looked", vigie.Check{Time: midnight.Add(12 * time.Hour), Modified: midnight}, vigie.Link{Modified: midnight}, at, ""},
		{"changed on a day long past", vigie.Check{Time: midnight.Add(48 * time.Hour), Modified: midnight}, vigie.Link{Modified: midnight}, at, vigie.HintLastMod},
		{"published long before we looked", vigie.Check{Time: hour(-20)}, vigie.Link{Published: "2024-03-01"}, at, vigie.HintPublished},
		{"published, looked at a week ago", vigie.Check{Time: hour(-7 * 24)}, vigie.Link{Published: "2024-03-01"}, at, ""},
		{"published on the day we looked", vigie.Check{Time: hour(-1)}, vigie.Link{Published: "2024-03-10"}, at, ""},
	}
	for _, tt := range tests {
		turn := turn{c: &Collector{Now: func() time.Time { return tt.now }}, checks: map[vigie.DocumentID]vigie.Check{}}
		if !tt.check.Time.IsZero() {
			turn.checks["a"] = tt.check
		}
		if got := turn.unchanged("a", tt.link); got != tt.want {
			t.Errorf("%s: unchanged by %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A platform that is left alone is not asked for the rest of the source's pages.
func TestRestingPlatformEndsTheTurn(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		if !strings.HasPrefix(r.URL.Path, "/.well-known/") { // what is refused there says nothing of the pages
			asked++
		}
		w.WriteHeader(http.StatusForbidden)
	}))
	defer server.Close()
	var pages []string
	for i := range 20 {
		pages = append(pages, fmt.Sprintf("%s/%d", server.URL, i))
	}
	s := vigie.Source{ID: "refuse", Home: server.URL, Discover: []vigie.Discovery{{Method: "pages", URLs: pages}}}
	client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Delay: new(time.Duration), Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	if err != nil {
		t.Fatal(err)
	}
	c := Collector{Client: client, Archive: newRemembering()}
	for range 2 { // a second source of the platform is not even asked once
		run := c.Collect(t.Context(), s, vigie.Window{})
		if run.State != vigie.StateBlocked || run.Failed != 20 || asked != 3 {
			t.Errorf("%d pages asked, run %+v; want 3, blocked", asked, run)
		}
	}
}

// A listing that has not changed is not sent again, page by page; what is found by it is
// found as it was.
func TestUnchangedListingIsNotSent(t *testing.T) {
	page := func(n int, next string) string {
		return fmt.Sprintf("<main><p class=c><a href='/%d'>%s, nouvelle %d</a></p></main><a rel=next href='%s'>suite</a>", n, industrie, n, next)
	}
	s := newTown(t, map[string]string{
		"/l": page(1, "/l?page=2"), "/l?page=2": page(2, ""), "/1": "<main><h1>Un</h1><p>Texte.</p></main>", "/2": "<main><h1>Deux</h1><p>Texte.</p></main>",
	})
	src := source("s", s.URL, vigie.Discovery{Method: "listing", URL: "/l", Item: ".c a"})
	c := newCollector(t, newRemembering())
	if run := c.Collect(t.Context(), src, vigie.Window{}); run.New != 2 {
		t.Fatalf("first night: %+v", run)
	}
	s.pages["/rss"] = `<rss version="2.0"><channel><title>T</title><item><title>La piscine rouvre</title><link>/piscine</link></item></channel></rss>`
	fed := source("fed", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"})
	for _, sent := range []int{1, 0} { // a feed likewise
		s.full = 0
		if run := c.Collect(t.Context(), fed, vigie.Window{}); run.State != vigie.StateQuiet || s.full != sent {
			t.Errorf("a feed: %+v, sent %d times, want %d", run, s.full, sent)
		}
	}
	if run := c.Collect(t.Context(), src, vigie.Window{}); run.State != vigie.StateQuiet || run.Found != 2 || run.Same != 2 || s.full != 0 {
		t.Errorf("nothing changed: %+v, %d pages sent", run, s.full)
	}
	s.pages["/l"] = page(3, "/l?page=2")
	s.pages["/3"] = "<main><h1>Trois</h1><p>Texte.</p></main>"
	if run := c.Collect(t.Context(), src, vigie.Window{}); run.New != 1 || run.Found != 2 || s.full != 2 {
		t.Errorf("a new one on the first page: %+v, %d pages sent, want the list's and its own", run, s.full)
	}
}
