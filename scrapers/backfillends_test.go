package scrapers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// TestBackfillFindsAnew: what lists name is found again once a source's file says something
// else, and weeks later; a dry run is no promise of what there is.
func TestBackfillFindsAnew(t *testing.T) {
	web, archive, f, now := townWeb(), &memory{}, newFrontier(), time.Now()
	client := web.client(t)
	narrow := townOfLists
	narrow.Discover = narrow.Discover[:1]
	dry := func(b *Backfill) { b.Dry = true }
	for _, step := range []struct {
		name   string
		source vigie.Source
		how    func(*Backfill)
		asked  int // lists
		want   int // pages that are there, and that are still to be had
	}{
		{"dry", narrow, dry, 2, 5},
		{"dry again", narrow, dry, 0, 5},
		{"a list more in its file", townOfLists, dry, 1, 6},
		{"a list less in its file", narrow, dry, 0, 5},
		{"begun and stopped", narrow, func(b *Backfill) { b.Max = 2 }, 0, 4},
		{"gone on", narrow, dry, 0, 4},
		{"a list more on the way", townOfLists, dry, 0, 5}, // they were read in the first, and no start has come to its end since
		{"weeks later", townOfLists, func(b *Backfill) { b.Dry, now = true, now.Add(noteLife+time.Hour) }, 3, 5},
	} {
		web.asked = nil
		b := &Backfill{Collector: Collector{Client: client, Archive: archive, Now: func() time.Time { return now }}, Frontier: func(string) Frontier { return f }}
		step.how(b)
		shares, err := b.All(t.Context(), []vigie.Source{step.source}, vigie.Window{Since: "2018"})
		lists := 0
		for _, address := range web.asked {
			if strings.Contains(address, "/liste") || strings.Contains(address, "/autres") {
				lists++
			}
		}
		if err != nil && !errors.Is(err, ErrSpent) || lists != step.asked || shares[0].Left != step.want {
			t.Errorf("%s: %v, asked %q, %+v; want %d lists asked for, %d pages left", step.name, err, web.asked, shares[0], step.asked, step.want)
		}
	}
}

// TestBackfillEnds: pages that are broken for ever stand in nobody's way, and after a few
// starts are told as what they are.
func TestBackfillEnds(t *testing.T) {
	html := map[string][]string{"Content-Type": {"text/html"}}
	for name, broken := range map[string]stubAnswer{
		"an error":        {501, html, "en panne"},
		"an odd encoding": {200, map[string][]string{"Content-Type": {"text/html"}, "Content-Encoding": {"br"}}, "?"},
		"a refusal":       {403, html, "non"},
	} {
		web, archive, f := townWeb(), &memory{}, newFrontier()
		for _, n := range []string{"un", "deux", "trois"} {
			web.answers["https://s.test/"+n] = broken
		}
		starts, had := 0, 0
		var got Share
		for left := 1; left > 0 && starts < 10; starts++ {
			var err error
			if got, err = fill(t, web, archive, f, nil); err != nil {
				t.Fatal(err)
			}
			left, had = got.Left, had+got.New
		}
		if starts > 5 || had != 2 || len(got.GivenUp) != 3 || !strings.Contains(strings.Join(got.GivenUp, " "), "https://s.test/deux") {
			t.Errorf("%s: after %d starts %d pages had, %+v; want two pages, and three given up", name, starts, had, got)
		}
		if f.found.All {
			t.Errorf("%s: it has ended and is not finished", name)
		}
	}
}

// TestBackfillKeepsFailures: what a backfill asks for in vain is evidence too, unless nobody
// was heard in this start, or it was a public archive that was asked.
func TestBackfillKeepsFailures(t *testing.T) {
	web, archive, f := townWeb(), &patient{}, newFrontier()
	un := web.answers["https://s.test/un"]
	kinds := func() []string {
		return slices.Concat(archive.kindsOf("https://s.test/un"), archive.kindsOf("https://s.test/parti"))
	}
	html := http.Header{"Content-Type": {"text/html"}}
	web.answers["https://s.test/un"] = stubAnswer{200, http.Header{"Content-Type": {"text/html"}, "Content-Encoding": {"br"}}, "?"}
	autres := web.answers["https://s.test/autres"]
	web.answers["https://s.test/autres"] = stubAnswer{501, html, "en panne"} // so that the lists are read again
	if _, err := fill(t, web, archive, f, nil); err != nil || !slices.Equal(kinds(), []string{"unreadable coding", "status 404"}) || len(archive.failures) != 2 {
		t.Errorf("%v; kept %+v", err, archive.failures)
	}
	down := func(b *Backfill) { b.Client = resting{} }
	if got, err := fill(t, web, archive, f, down); err != nil || got.Left != 1 || len(archive.failures) != 2 {
		t.Errorf("no network: %+v, %v; kept %+v", got, err, archive.failures)
	}
	web.answers["https://s.test/un"], web.answers["https://s.test/autres"] = un, autres
	if _, err := fill(t, web, archive, f, nil); err != nil || kinds()[1] != "mended" {
		t.Errorf("%v; kept %+v", err, archive.failures)
	}
	pages, taken := []string{"https://s.test/deux", "https://s.test/trois"}, "https://web.archive.org/web/20190301120000id_/https://s.test/deux"
	web.answers["https://web.archive.org/web/1996id_/"+pages[0]] = stubAnswer{302, http.Header{"Location": {taken}}, ""}
	web.answers[taken] = stubAnswer{200, html, fmt.Sprintf(industriePage, "deux", "deux", "deux")}
	web.answers["https://web.archive.org/web/1996id_/"+pages[1]] = stubAnswer{404, html, "Not in archive"}
	past := func(b *Backfill) { b.Past, b.Pages = wayback{base: waybackBase}, pages }
	none := &patient{}
	if got, _ := fill(t, web, none, newFrontier(), past); got.New != 1 || got.Failed != 1 || len(none.failures) > 0 {
		t.Errorf("an archive without the page: %+v; kept %+v", got, none.failures)
	}
}

// TestBearing: what counts as a site that is to be left alone, and what as a broken page.
func TestBearing(t *testing.T) {
	timeout := fmt.Errorf("get: %w", context.DeadlineExceeded)
	status := func(n int) error { return &fetch.StatusError{Status: n} }
	for _, tt := range []struct {
		name  string
		err   error
		stops int // after how many in a row; zero: never
		gives int // starts that a page is asked for in
	}{
		{"pages that are gone", status(404), 0, 3},
		{"errors", status(500), maxBroken, maxStarts},
		{"bad encodings", errors.New("gzip"), maxBroken, maxStarts},
		{"refusals", status(403), maxRefused, maxStarts},
		{"too much", status(503), maxRefused, maxStarts},
		{"silence", timeout, maxRefused, maxSilentStarts},
		{"hanging up", io.EOF, maxRefused, maxSilentStarts},
		{"a rest", &fetch.RestingError{}, 1, maxStarts},
	} {
		var b bearing
		n := 0
		for ; n < 20 && !b.stops(maxBroken); n++ {
			b.note(answerOf(tt.err))
		}
		if n%20 != tt.stops || b.patience(answerOf(tt.err)) != tt.gives {
			t.Errorf("%s: stops after %d, patience %d, want %d and %d", tt.name, n, b.patience(answerOf(tt.err)), tt.stops, tt.gives)
		}
	}
	b := bearing{}
	b.note(answerOf(nil))
	if got := b.patience(answerNone); got != maxStarts {
		t.Errorf("silence of one page where others are given: %d starts", got)
	}
	b = bearing{}
	for _, a := range []answer{answerRefused, answerRefused, answerFinal, answerNone, answerNone, answerBroken, answerRefused, answerRefused} {
		if b.note(a); b.stops(maxBroken) {
			t.Fatalf("refusals with pages between them are none in a row: %+v", b)
		}
	}
	b = bearing{}
	for range 3 * maxBroken { // every other page is broken
		b.note(answerBroken)
		if b.note(answerFinal); b.stops(maxBroken) {
			t.Fatalf("broken pages with sound ones between them are none in a row: %+v", b)
		}
	}
}

// A countedWeb counts all that goes out.
type countedWeb struct {
	*stub
	out int
}

func (w *countedWeb) RoundTrip(r *http.Request) (*http.Response, error) {
	w.out++
	return w.stub.RoundTrip(r)
}

// TestBackfillMax: the bound is on what the sites see, redirects and what they say of
// themselves included, and so is the count; but for a start that would bring nothing.
func TestBackfillMax(t *testing.T) {
	for most := range 14 {
		web := &countedWeb{stub: townWeb()}
		for _, n := range []string{"un", "deux", "trois", "quatre", "cinq"} {
			web.answers["https://s.test/page/"+n] = web.answers["https://s.test/"+n]
			web.answers["https://s.test/"+n] = stubAnswer{302, http.Header{"Location": {"/page/" + n}}, ""}
		}
		client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Transport: web, Delay: new(time.Duration)})
		if err != nil {
			t.Fatal(err)
		}
		b := &Backfill{Collector: Collector{Client: client, Archive: &memory{}}, Max: most, Frontier: func(string) Frontier { return newFrontier() }}
		told := 0
		b.Progress = func(e Event) {
			if e.Step == StepAsk {
				told++
			}
		}
		_, err = b.All(t.Context(), []vigie.Source{townOfLists}, vigie.Window{})
		asked, _, _ := b.Standing()
		const whole = 16 // two files, three lists, five pages with their redirects, and the one that is gone
		want := cmp.Or(most, whole)
		if most == 1 { // which would be robots.txt, and nothing brought
			want = 2
		}
		if web.out != want || asked != want || told != want || errors.Is(err, ErrSpent) != (want < whole) {
			t.Errorf("at most %d: %d went out, %d counted, %d told, %v", most, web.out, asked, told, err)
		}
	}
}
