package scrapers

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// TestBackfillGap: a list that fails for ever, however it does, keeps no backfill from its
// end; it is told in that start and in each that follows, asked for once a day, and taken when
// it is there again.
func TestBackfillGap(t *testing.T) {
	html := map[string][]string{"Content-Type": {"text/html"}}
	for name, tt := range map[string]struct {
		list   string
		broken stubAnswer
	}{
		"an error":                {"https://s.test/liste2", stubAnswer{501, html, "en panne"}},
		"gone":                    {"https://s.test/autres", stubAnswer{404, html, "parti"}},
		"no list":                 {"https://s.test/autres", stubAnswer{200, html, "<html><title>Bienvenue</title><main><p>Rien ici, et pour longtemps.</p></main></html>"}},
		"a refusal, of the first": {"https://s.test/liste", stubAnswer{403, html, "non"}},
	} {
		web, archive, f := townWeb(), &memory{}, newFrontier()
		good := web.answers[tt.list]
		web.answers[tt.list] = tt.broken
		now := time.Now()
		later := func(b *Backfill) { b.Now = func() time.Time { return now } }
		for i, start := range []struct{ hours, asked, starts int }{{0, 1, 0}, {0, 1, 0}, {0, 1, 3}, {1, 0, 3}, {24, 1, 4}, {1, 0, 4}} {
			web.asked, now = nil, now.Add(time.Duration(start.hours)*time.Hour)
			got, err := fill(t, web, archive, f, later)
			asked := len(slices.DeleteFunc(web.asked, func(a string) bool { return a != tt.list }))
			starts, told := 0, ""
			if len(got.Gaps) == 1 {
				starts, told = got.Gaps[0].Starts, got.Gaps[0].Err.Error()
			}
			if err != nil || got.Left != 0 || got.All != (start.starts > 0) || asked != start.asked || starts != start.starts || got.All && !strings.Contains(told, tt.list) {
				t.Errorf("%s, start %d: %+v, %v, asked %d times; want %+v", name, i+1, got, err, asked, start)
			}
		}
		web.answers[tt.list], now = good, now.Add(vainRest)
		got, err := fill(t, web, archive, f, later)
		if err != nil || !got.All || got.Left != 0 || len(got.Gaps) != 0 || len(archive.docs) != 6 || len(f.notes) != 0 {
			t.Errorf("%s, there again: %+v, %v, %d documents, %d notes; want all of it", name, got, err, len(archive.docs), len(f.notes))
		}
	}
}

// TestBackfillBound: what goes further than a backfill reads is told at once, and not tried again.
func TestBackfillBound(t *testing.T) {
	c, err := fetch.New(fetch.Config{Contact: "veille@example.org", Transport: longWeb{pages: maxReach + 20}, Delay: new(time.Duration)})
	if err != nil {
		t.Fatal(err)
	}
	long := vigie.Source{ID: "long", Home: "https://s.test/", Keywords: []string{"rien de tel"}, Discover: []vigie.Discovery{{Method: "listing", URL: "https://s.test/liste"}}}
	f := newFrontier()
	b := &Backfill{Collector: Collector{Client: c, Archive: &memory{}}, Frontier: func(string) Frontier { return f }}
	for start := range 2 {
		shares, err := b.All(t.Context(), []vigie.Source{long}, vigie.Window{Since: "2018"})
		if err != nil || !shares[0].All || len(shares[0].Gaps) != 1 || shares[0].Gaps[0].Starts != 0 || !errors.Is(shares[0].Gaps[0].Err, ErrShort) {
			t.Errorf("start %d: %+v, %v; want an end, and the bound told", start, shares, err)
		}
	}
	long.Discover[0].MaxPages = 2 * maxReach
	shares, err := b.All(t.Context(), []vigie.Source{long}, vigie.Window{Since: "2018"})
	if err != nil || !shares[0].All || len(shares[0].Gaps) != 0 || shares[0].Found != maxReach+20 {
		t.Errorf("a higher max_pages: %+v, %v; want all of it", shares, err)
	}
}

// TestMisses: which failures count, and how many of them are enough.
func TestMisses(t *testing.T) {
	const list = "https://s.test/liste"
	status := func(n int) error { return &fetch.StatusError{Status: n} }
	for _, tt := range []struct {
		name   string
		missed []miss
		heard  bool
		gives  int // starts; zero: never
	}{
		{"none", nil, false, 0},
		{"an error", []miss{{list, status(500)}}, true, maxStarts},
		{"twice in a start", []miss{{list, status(500)}, {list, status(500)}}, true, maxStarts},
		{"silence of one", []miss{{list, io.EOF}}, true, maxStarts},
		{"silence of all", []miss{{list, io.EOF}}, false, maxSilentStarts},
		{"a rest", []miss{{list, &fetch.RestingError{}}}, true, 0},
		{"on another site", []miss{{list, fmt.Errorf("https://autre.test/: %w", fetch.ErrElsewhere)}}, true, maxStarts},
		{"a bound", []miss{{list, ErrShort}}, true, 1},
	} {
		f, given := newFrontier(), 0
		for start := 1; start < 20 && given == 0; start++ {
			p := part{b: &Backfill{}, frontier: f, trail: trail{heard: tt.heard}}
			again, err := p.weigh(t.Context(), tt.missed)
			if err != nil || again == (len(p.share.Gaps) > 0) && len(tt.missed) > 0 {
				t.Errorf("%s, start %d: again %v, %d gaps, %v", tt.name, start, again, len(p.share.Gaps), err)
			}
			if len(p.share.Gaps) > 0 {
				given = start
			}
		}
		if given != tt.gives {
			t.Errorf("%s: given up after %d starts, want %d", tt.name, given, tt.gives)
		}
	}
}
