package scrapers

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// twoHosts is a source of nine pages on b.test and, behind them, five on a.test, and a client
// to whom a.test gives its pages; of b.test's answers sick tells.
func twoHosts(t *testing.T, sick func(*http.Request) (status int, err error)) (vigie.Source, *fetch.Client, *[]string) {
	t.Helper()
	s := vigie.Source{ID: "s", Home: "https://a.test/", Hosts: []string{"b.test"}, Discover: []vigie.Discovery{{Method: "pages"}}}
	for i := range 14 {
		host := "b.test"
		if i >= 9 {
			host = "a.test"
		}
		s.Discover[0].URLs = append(s.Discover[0].URLs, fmt.Sprintf("https://%s/%d", host, i))
	}
	var asked []string
	web := answers(func(req *http.Request) (int, error) {
		file := strings.HasSuffix(req.URL.Path, ".txt") || strings.HasSuffix(req.URL.Path, ".json")
		if !file {
			asked = append(asked, req.URL.Host)
		}
		switch {
		case req.URL.Host == "b.test":
			return sick(req)
		case file:
			return http.StatusNotFound, nil
		}
		return http.StatusOK, nil
	})
	client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Delay: new(time.Duration), Transport: web})
	if err != nil {
		t.Fatal(err)
	}
	return s, client, &asked
}

// pagesOnly answers to what a site says of itself that there is none, and to all else so.
func pagesOnly(status int) func(*http.Request) (int, error) {
	return func(req *http.Request) (int, error) {
		if strings.HasSuffix(req.URL.Path, ".txt") || strings.HasSuffix(req.URL.Path, ".json") {
			return http.StatusNotFound, nil
		}
		return status, nil
	}
}

// A host that is down, rests, refuses us or is broken keeps nobody from the source's others: on
// a night, or in a backfill, whose pages there wait.
func TestAHostStandsInNobodysWay(t *testing.T) {
	for _, tt := range []struct {
		name  string
		sick  func(*http.Request) (int, error)
		asked int // pages of the sick one, on the first night
		later int // and on the second
		fails int // pages that are kept as failing
		left  int // pages that a backfill has waiting after many starts
	}{
		{"a robots.txt that is broken", func(*http.Request) (int, error) { return http.StatusNotImplemented, nil }, 0, 0, 0, 9},
		{"a host that has no address", func(*http.Request) (int, error) { return 0, &net.DNSError{IsNotFound: true} }, 0, 0, 0, 9},
		{"refusals", pagesOnly(http.StatusForbidden), 3, 0, 3, 9},
		{"broken pages", pagesOnly(http.StatusNotImplemented), 6, 6, 9, 0},
	} {
		s, client, asked := twoHosts(t, tt.sick)
		archive := &patient{}
		c := &Collector{Client: client, Archive: archive}
		for night, want := range []int{tt.asked, tt.later} {
			*asked = nil
			run := c.Collect(t.Context(), s, vigie.Window{})
			of := func(host string) int {
				return len(slices.DeleteFunc(slices.Clone(*asked), func(h string) bool { return h != host }))
			}
			if run.New+run.Same != 5 || run.Failed != 9 || run.State == vigie.StateBlocked || run.State == vigie.StateUnreachable {
				t.Errorf("%s, night %d: %+v; want the other's five pages", tt.name, night+1, run)
			}
			if of("b.test") != want {
				t.Errorf("%s, night %d: asked for %d pages, want %d", tt.name, night+1, of("b.test"), want)
			}
		}
		pages := map[vigie.DocumentID]bool{}
		for _, f := range archive.failures {
			pages[f.Document] = true
		}
		if len(pages) != tt.fails {
			t.Errorf("%s: %d pages kept as failing, want %d", tt.name, len(pages), tt.fails)
		}

		s, client, _ = twoHosts(t, tt.sick)
		brought, f := &memory{}, newFrontier()
		var got Share
		for start := range 12 {
			b := &Backfill{Collector: Collector{Client: client, Archive: brought}, Frontier: func(string) Frontier { return f }}
			shares, err := b.All(t.Context(), []vigie.Source{s}, vigie.Window{})
			if err != nil || start == 0 && shares[0].New != 5 {
				t.Fatalf("%s: %+v, %v; want the other's five pages in the first start", tt.name, shares, err)
			}
			if got = shares[0]; got.Left == 0 {
				break
			}
		}
		if got.Left != tt.left || tt.left > 0 && len(got.GivenUp) > 0 {
			t.Errorf("%s, a backfill: %+v; want %d pages that wait", tt.name, got, tt.left)
		}
	}
}

// Hosts of one platform bear load together: one refusal of each is three, and its rest is
// theirs. Only a robots.txt is each host's own. Who is not asked may be another than the page's
// host, which led there.
func TestBearings(t *testing.T) {
	refusal := &fetch.StatusError{Status: 403}
	rests := func(who string) error { return fmt.Errorf("get: %w", &fetch.RestingError{Platform: who}) }
	closed := &fetch.ClosedError{Host: "b.test", Err: io.EOF}
	banned := fmt.Errorf("%w: %w", fetch.ErrUnasked, vigie.ErrBlocked)
	const a, b = "https://a.test/1", "https://www.b.test/1"
	for _, tt := range []struct {
		name string
		with bearings
		at   string
		errs []error
		a, b bool // are left alone
	}{
		{"refusals", bearings{}, b, []error{refusal, refusal, refusal}, false, true},
		{"refusals of a platform", bearings{platform: "cms"}, b, []error{refusal, refusal, refusal}, true, true},
		{"a rest", bearings{}, b, []error{rests("b.test")}, false, true},
		{"a platform's rest", bearings{platform: "cms"}, b, []error{rests("cms")}, true, true},
		{"a rest of one that it leads to", bearings{}, a, []error{rests("b.test")}, false, true},
		{"a rest of a third", bearings{platform: "cms"}, a, []error{rests("c.test")}, false, false},
		{"a robots.txt", bearings{}, b, []error{closed}, false, true},
		{"a robots.txt on a platform", bearings{platform: "cms"}, b, []error{closed}, false, true},
		{"a rest of a public archive", bearings{one: true}, b, []error{rests("archive.test")}, true, true},
		{"our book", bearings{}, b, []error{fmt.Errorf("book: %w", fetch.ErrUnasked)}, false, true},
		{"pages that robots.txt forbids", bearings{}, b, []error{banned, banned, banned, banned}, false, false},
		{"forbidden pages between refusals", bearings{}, b, []error{refusal, banned, refusal, banned, refusal}, false, true},
	} {
		turn := turn{site: &site{}, bears: tt.with}
		back := tt.with
		for _, err := range tt.errs {
			turn.weigh(tt.at, err)
			back.note(tt.at, answerOf(err), err)
		}
		for kind, got := range map[string]*bearings{"a night": &turn.bears, "a backfill": &back} {
			if got.stops(a) != tt.a || got.stops(b) != tt.b {
				t.Errorf("%s, %s: left alone %v and %v, want %v and %v", tt.name, kind, got.stops(a), got.stops(b), tt.a, tt.b)
			}
		}
	}
}

// What a night says of our own network: a site without a robots.txt, since nobody answers, was
// asked; one that rests or whose robots.txt is broken was not silent.
func TestSilenceOfThoseNotAsked(t *testing.T) {
	for _, tt := range []struct {
		err  error
		deaf bool
	}{
		{&fetch.ClosedError{Host: "a.test", Err: errors.New("dial tcp: network is unreachable")}, true},
		{&fetch.ClosedError{Host: "a.test", Err: &fetch.StatusError{Status: 501}}, false},
		{&fetch.ClosedError{Host: "a.test", Err: &fetch.RestingError{Platform: "a.test"}}, false},
		{&fetch.RestingError{Platform: "a.test"}, false},
	} {
		turn := turn{site: &site{}}
		if turn.weigh("https://a.test/1", tt.err); turn.deaf != tt.deaf {
			t.Errorf("%v: deaf %v, want %v", tt.err, turn.deaf, tt.deaf)
		}
	}
}

// A list whose site's robots.txt cannot be had was not asked for: it is not given up, however
// many starts pass within minutes, and the backfill does not end without it.
func TestAListThatWasNotAskedForIsNotGivenUp(t *testing.T) {
	web, f := townWeb(), newFrontier()
	web.answers["https://s.test/robots.txt"] = stubAnswer{status: http.StatusNotImplemented}
	for start := range maxSilentStarts + 1 {
		got, err := fill(t, web, &memory{}, f, nil)
		if err != nil || got.All || len(got.Gaps) > 0 {
			t.Fatalf("start %d: %+v, %v; want lists that are asked for again", start+1, got, err)
		}
	}
	delete(web.answers, "https://s.test/robots.txt")
	if got, err := fill(t, web, &memory{}, f, nil); err != nil || !got.All || got.New != 5 {
		t.Errorf("%+v, %v; want all once it can be had", got, err)
	}
}
