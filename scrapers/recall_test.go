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
			if undated {
				most = whole
			}
			run, n := b.night(t, s, archive, day.AddDate(0, 0, night).Add(12*time.Hour))
			if run.Found != found || run.New != fresh || n > most || run.Failed > 0 {
				t.Errorf("%s, undated %v: %d requests, at most %d due; run %+v, want %d found, %d new", what, undated, n, most, run, found, fresh)
			}
		}
		expect("first night", 9, 30, 30, 40, 40) // two of them to know the page for any address
		expect("nothing new", 10, 30, 0, 3, 40)
		add(7, day.AddDate(0, 0, 10))
		expect("seven new", 11, 37, 7, 14, 50)
		expect("nothing new then", 12, 37, 0, 3, 50)
		expect("a week later", 17, 37, 0, 50, 50)
	}
}
