package scrapers

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// A diary is a list of five articles a page and a day each, from the first of December 2025
// back, or from 2001 up, without an end; beside them stands what else a page names.
type diary struct {
	dated  bool
	up     bool
	beside func(page int) string
	asked  int
}

func (w *diary) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body := 404, "rien"
	if r.URL.Path == "/liste" || r.URL.Path == "/flux" {
		w.asked++
		status, body = 200, w.page(r.URL)
	}
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func (w *diary) page(u *url.URL) string {
	page, _ := strconv.Atoi(u.Query().Get("page") + u.Query().Get("paged"))
	var list, feed strings.Builder
	for i := range 5 {
		at, day := "", time.Date(2025, 12, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, -(page*5+i))
		if w.up {
			day = time.Date(2001, 1, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, page*5+i)
		}
		if w.dated {
			at = day.Format(time.DateOnly)
		}
		fmt.Fprintf(&list, "<article><a href='/%d-%d'>un article</a> <time datetime='%s'>x</time></article>", page, i, at)
		fmt.Fprintf(&feed, "<item><title>un article</title><link>/%d-%d</link><pubDate>%s</pubDate></item>", page, i, at)
	}
	if u.Path == "/flux" {
		return "<rss version='2.0'><channel><generator>https://wordpress.org/</generator>" + feed.String() + w.beside(page) + "</channel></rss>"
	}
	return "<html><title>Actualités</title><main>" + list.String() + w.beside(page) + fmt.Sprintf("</main><a rel=next href='/liste?page=%d'>suite</a></html>", page+1)
}

func (w *diary) client(t *testing.T) *fetch.Client {
	t.Helper()
	c, err := fetch.New(fetch.Config{Contact: "veille@example.org", Transport: w, Delay: new(time.Duration)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestWindowStart: a list in order of days is read to the window's start and a page or two
// beyond, whatever stands beside it.
func TestWindowStart(t *testing.T) {
	nothing := func(int) string { return "" }
	for _, tt := range []struct {
		name, path string
		beside     func(int) string
		pages      int
	}{
		{"nothing beside", "/liste", nothing, 4},
		{"numbers of its pages", "/liste", func(n int) string {
			return fmt.Sprintf("<a href='/liste?page=%d'>%[1]d</a> <a href='/liste?page=%d'>%[2]d</a>", n+1, n+2)
		}, 5},
		{"one and the same", "/liste", func(int) string { return "<a href='/programme'>Le programme</a>" }, 4},
		{"one on each page", "/liste", func(n int) string { return fmt.Sprintf("<a href='/a-lire-%d'>À lire aussi</a>", n) }, 5},
		{"an item without its day", "/flux", func(n int) string { return fmt.Sprintf("<item><link>/sans-%d</link></item>", n) }, 4}, // its second page is number 2
		{"days of another year on one page", "/liste", func(n int) string {
			if n == 0 {
				return "<article><a href='/vieux'>x</a> <time datetime='2019-01-01'>x</time></article>"
			}
			return ""
		}, 4},
	} {
		w := &diary{dated: true, beside: tt.beside}
		method := map[string]string{"/liste": "listing", "/flux": "feed"}[tt.path]
		lines, errs := discovered(t, w.client(t), vigie.Discovery{Method: method, URL: "https://s.test" + tt.path}, vigie.Window{Since: "2025-11-20"})
		if w.asked != tt.pages || len(errs) > 0 || len(lines) < 11 {
			t.Errorf("%s: %d pages asked for, %d links, %v; want %d pages", tt.name, w.asked, len(lines), errs, tt.pages)
		}
	}
}

// TestWindowUndated: where days do not tell the way, a night reads as far as nights do, and
// says so; a backfill reads on.
func TestWindowUndated(t *testing.T) {
	since := vigie.Window{Since: "2025-11-20"}
	for _, tt := range []struct{ most, night int }{{0, maxListingPages}, {4, 4}} {
		w := &diary{beside: func(n int) string {
			return fmt.Sprintf("<article><a href='/a-%d'>x</a> <time datetime='2019-01-01'>x</time></article>", n)
		}}
		d := vigie.Discovery{Method: "listing", URL: "https://s.test/liste", MaxPages: tt.most}
		s := vigie.Source{ID: "diary", Home: "https://s.test/", Keywords: []string{"rien de tel"}, Discover: []vigie.Discovery{d}}
		run := (&Collector{Client: w.client(t), Archive: &memory{}}).Collect(t.Context(), s, since)
		if w.asked != tt.night || !strings.Contains(run.Error, "max_pages") {
			t.Errorf("max_pages %d, a night: %d pages asked for, %q; want %d", tt.most, w.asked, run.Error, tt.night)
		}
		w.asked = 0
		b := &Backfill{Collector: Collector{Client: w.client(t), Archive: &memory{}}, Frontier: func(string) Frontier { return newFrontier() }}
		shares, err := b.All(t.Context(), []vigie.Source{s}, since)
		if err != nil || w.asked != maxReach || len(shares[0].Gaps) != 1 {
			t.Errorf("max_pages %d, a backfill: %d pages asked for, %+v, %v; want %d and its end told", tt.most, w.asked, shares, err, maxReach)
		}
	}
}

// TestOrderOfDays: an old page ends a list whose days were seen to fall. With the oldest first,
// by title, or where nobody can tell, what is new may stand behind it.
func TestOrderOfDays(t *testing.T) {
	for _, tt := range []struct {
		name  string
		days  [][]vigie.Date // by page
		pages int            // that are read
	}{
		{"the newest first", [][]vigie.Date{{"2025-03-02", "2024-05-01"}, {"2023-12-31", "2023-12-30"}, {"2022-01-01"}}, 2},
		{"the oldest first", [][]vigie.Date{{"2016-03-01", "2016-05-01"}, {"2017-01-01", "2017-09-01"}, {"2024-02-01", "2025-01-01"}, {"2025-09-01"}}, 4},
		{"all of it old, in order", [][]vigie.Date{{"2023-03-02", "2023-03-02", "2023-03-01"}, {"2022-01-01"}}, 1},
		{"a day a page", [][]vigie.Date{{"2023-03-02", "2023-03-02"}, {"2023-03-01", "2023-03-01"}, {"2022-01-01"}}, 2},
		{"one day", [][]vigie.Date{{"2020-03-02", "2020-03-02"}, {"2020-03-02"}, {"2024-05-01"}}, 3},
		{"months and days", [][]vigie.Date{{"2020-03", "2020-03-02"}, {"2020-03", "2020"}, {"2024-05-01"}}, 3},
		{"by title", [][]vigie.Date{{"2020-03-02", "2017-01-01", "2021-05-05", "2019-01-01", "2023-01-01"}, {"2024-05-01"}}, 2},
		{"one pinned on top", [][]vigie.Date{{"2020-03-02", "2023-01-05", "2023-01-04", "2023-01-03", "2023-01-02", "2023-01-01"}, {"2022-05-01"}}, 1},
	} {
		s := &stub{answers: map[string]stubAnswer{}}
		for i, days := range tt.days {
			body := "<main>"
			for j, day := range days {
				body += fmt.Sprintf("<article><a href='/%d-%d'>un acte</a> <time datetime='%s'>x</time></article>", i, j, day)
			}
			if i+1 < len(tt.days) {
				body += fmt.Sprintf("</main><a rel=next href='/liste?page=%d'>suite</a>", i+1)
			}
			s.answers[fmt.Sprintf("https://s.test/liste?page=%d", i)] = stubAnswer{200, http.Header{"Content-Type": {"text/html"}}, body}
		}
		d := vigie.Discovery{Method: "listing", URL: "https://s.test/liste?page=0"}
		lines, errs := discovered(t, s.client(t), d, vigie.Window{Since: "2024"})
		if len(s.asked) != tt.pages || len(errs) > 0 {
			t.Errorf("%s: %d pages read, %q, %v; want %d", tt.name, len(s.asked), lines, errs, tt.pages)
		}
	}
}

// A list with the oldest first that has no end is read as far as lists are, and that is told.
func TestOldestFirstWithoutEnd(t *testing.T) {
	w := &diary{dated: true, up: true, beside: func(int) string { return "" }}
	d := vigie.Discovery{Method: "listing", URL: "https://s.test/liste"}
	if _, errs := discovered(t, w.client(t), d, vigie.Window{Since: "2025-11-20"}); w.asked != maxReach || len(errs) != 1 || !errors.Is(errs[0], ErrShort) {
		t.Errorf("%d pages asked for, %v; want %d and that it goes on", w.asked, errs, maxReach)
	}
}
