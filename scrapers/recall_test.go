package scrapers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vigie"
)

// A board lists its articles, the newest first, five a page, with their days.
type board struct {
	village
	undated bool
}

func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page := 1
	if _, err := fmt.Sscanf(r.URL.RequestURI(), "/liste?page=%d", &page); err != nil && r.URL.Path != "/liste" {
		b.village.ServeHTTP(w, r)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.requests++
	var out strings.Builder
	for i := range 5 {
		n := len(b.articles) - 1 - (page-1)*5 - i
		if n < 0 {
			continue
		}
		fmt.Fprintf(&out, `<div><a href="/a/%d">Article %d</a>`, n, n)
		if !b.undated {
			fmt.Fprintf(&out, `<time datetime="%s"></time>`, b.articles[n].published.Format(time.DateOnly))
		}
		out.WriteString("</div>")
	}
	if page*5 < len(b.articles) {
		fmt.Fprintf(&out, `<a rel="next" href="/liste?page=%d">suite</a>`, page+1)
	}
	b.send(w, r, "<html><body><main>"+out.String()+"</main></body></html>")
}

// TestRecall: of a list in order of days only so many pages are read as have something
// new, and all that it names is found all the same; once a week all are read. A list
// without days is read to its end.
func TestRecall(t *testing.T) {
	day := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, undated := range []bool{false, true} {
		b := &board{undated: undated}
		add := func(n int, day time.Time) {
			for range n {
				b.articles = append(b.articles, article{published: day, text: "texte"})
			}
		}
		add(30, day)
		server := httptest.NewServer(b)
		defer server.Close()
		s := vigie.Source{ID: "village", Home: server.URL, Discover: []vigie.Discovery{{Method: "listing", URL: server.URL + "/liste", Next: "[rel=next]", Item: "div a"}}}
		archive := newRemembering()
		expect := func(what string, night int, found, fresh, most, whole int) {
			t.Helper()
			least := 0
			if undated || most == whole {
				most, least = whole, (len(b.articles)+4)/5
			}
			run, n := b.night(t, s, archive, day.AddDate(0, 0, night).Add(12*time.Hour))
			if run.Found != found || run.New != fresh || n > most || n < least || run.Failed > 0 {
				t.Errorf("%s, undated %v: %d requests, %d to %d due; run %+v, want %d found, %d new", what, undated, n, least, most, run, found, fresh)
			}
		}
		expect("first night", 9, 30, 30, 40, 40) // two of them to know the page for any address
		expect("nothing new", 10, 30, 0, 3, 40)
		add(7, day.AddDate(0, 0, 10))
		expect("seven new", 11, 37, 7, 14, 50)
		expect("nothing new then", 12, 37, 0, 3, 50)
		expect("a week later", 17, 37, 0, 50, 50)
		b.requests = 0 // a window looks for what is old, and not for what is new since
		now := func() time.Time { return day.AddDate(0, 0, 18) }
		run := (&Collector{Client: loopback(t, now), Archive: archive, Now: now}).Collect(t.Context(), s, vigie.Window{Since: "2024-01"})
		if run.Found != 37 || b.requests < 8 {
			t.Errorf("a window, undated %v: %+v after %d requests, want all pages of the list read", undated, run, b.requests)
		}
	}
}

// A note that says nothing, or what cannot be, is none.
func TestRecallOfAnOddNote(t *testing.T) {
	const (
		un, deux = `{"URL":"https://s.test/un","Published":"2024-02-01"}`, `{"URL":"https://s.test/deux","Published":"2024-02-02"}`
		fresh    = `{"Read":"2024-02-29T00:00:00Z",`
	)
	d, now := vigie.Discovery{Method: "listing", URL: "https://s.test/l"}, time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		text  string
		known bool
	}{
		"sound":       {fresh + `"First":2,"Links":[` + deux + "," + un + "]}", true},
		"cut":         {fresh + `"First":3,"Links":[` + deux + "," + un + "]}", false},
		"empty":       {fresh + `"First":0,"Links":[]}`, false},
		"in no order": {fresh + `"First":2,"Links":[` + un + "," + deux + "]}", false},
		"old":         {`{"Read":"2024-02-01T00:00:00Z","First":1,"Links":[` + un + "]}", false},
		"no note":     {"[", false},
		"null":        {"null", false},
	} {
		kept := newRemembering()
		kept.PutListNote(t.Context(), "s", recallName(d), now, []byte(tt.text))
		site := rememberedSite{archivedSite{newSite(nil, vigie.Source{ID: "s", Home: "https://s.test/"}), kept}, func() time.Time { return now }}
		if r, err := site.recall(t.Context(), d); err != nil || (r.First > 0) != tt.known {
			t.Errorf("%s: %+v, %v; want it believed: %v", name, r, err, tt.known)
		}
	}
}
