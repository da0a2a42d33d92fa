package fetch

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

// process is a client that keeps its manners in book.
func process(t *testing.T, book Book, network http.RoundTripper, delay time.Duration) *Client {
	c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Delay = network, &delay })
	c.Keep(book)
	return c
}

// Processes take turns on a platform, whoever of them asks, also where a request takes longer
// than the delay.
func TestProcessesShareTheClock(t *testing.T) {
	for _, delay := range []time.Duration{5 * time.Second, time.Second} {
		shareTheClock(t, delay)
	}
}

func shareTheClock(t *testing.T, delay time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var starts []time.Duration
		begun, busy := time.Now(), 0
		network := roundTrip(func(req *http.Request) (*http.Response, error) {
			mu.Lock()
			starts = append(starts, time.Since(begun))
			if busy++; busy > 1 {
				t.Error("two requests at a time on one platform")
			}
			mu.Unlock()
			time.Sleep(2 * time.Second)
			mu.Lock()
			busy--
			mu.Unlock()
			return page(req, 404, ""), nil
		})
		book := newNotebook()
		var wg sync.WaitGroup
		for range 3 {
			c := process(t, book, network, delay)
			wg.Go(func() {
				c.Get(t.Context(), Request{URL: "https://a.test/", Platform: "cms"})
				c.Get(t.Context(), Request{URL: "https://b.test/", Platform: "cms"})
			})
		}
		wg.Wait()
		if n := len(starts); n < 8 || n > 12 { // two pages each, and two robots.txt, which those who begin together all ask
			t.Fatalf("%d requests, want 8 to 12", n)
		}
		for i := 1; i < len(starts); i++ {
			if gap := starts[i] - starts[i-1]; gap < delay+2*time.Second || gap > delay+4*time.Second {
				t.Errorf("request %d came %v after the one before, want its 2 s, %v, and no more than a poll or two", i, gap, delay)
			}
		}
	})
}

// Without the book two processes do not know of each other.
func TestProcessesWithoutABookCollide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(200)
		for range 2 {
			c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Delay = s, nil })
			if _, err := c.Get(t.Context(), Request{URL: "https://a.test/"}); err != nil {
				t.Fatal(err)
			}
		}
		if s.pages() != "/@3 /@6" || s.asked[2] != "/robots.txt@3" {
			t.Errorf("asked %v: the second process was to come at once", s.asked)
		}
	})
}

// A process that died with the turn holds the others up for a lease at most.
func TestClockOutlivesTheDead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := newNotebook()
		s := newScript(200)
		if _, err := book.Take(t.Context(), "a.test", time.Now(), time.Now().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if _, err := process(t, book, s, time.Second).Get(t.Context(), Request{URL: "https://a.test/"}); err != nil {
			t.Fatal(err)
		}
		if s.asked[0] != "/robots.txt@60" {
			t.Errorf("asked %v, want from the lease's end on", s.asked)
		}
	})
}

func TestBreaker(t *testing.T) {
	hung := &wrapped{io.EOF}
	tests := []struct {
		name    string
		answers []any
		asked   int // pages of ten, before the site is left alone
		blocked bool
		rests   time.Duration
	}{
		{"forbidden", []any{403}, 3, true, 20 * time.Hour},
		{"now and then", []any{403, 403, 200, 403, 403, 404, 403, 200, 403, 200}, 10, false, 0},
		{"missing is no refusal", []any{404}, 10, false, 0},
		{"broken is none either", []any{"500", 403, 403, 403}, 4, true, 20 * time.Hour},
		{"a time to come back", []any{"429 7200"}, 1, false, 2 * time.Hour},
		{"closed for a while", []any{"503 7200"}, 1, false, 2 * time.Hour},
		{"closed for ever", []any{"503 99999999999999999999"}, 1, false, 168 * time.Hour},
		{"closed until a day that has passed", []any{"503 Fri, 31 Dec 1999 06:00:00 GMT"}, 10, false, 0},
		{"closed for a moment", []any{"503 60"}, 10, false, 0}, // waited for where it is met, see retry
		{"out of order, whatever it asks for", []any{"500 7200"}, 10, false, 0},
		{"a date to come back", []any{"429 Sat, 01 Jan 2000 06:00:00 GMT"}, 1, false, 6 * time.Hour},
		{"a time past all patience", []any{"429 99999999999999999999"}, 1, false, 168 * time.Hour},
		{"closed without an answer", []any{hung}, 3, true, 20 * time.Hour},
		{"reset", []any{&wrapped{syscall.ECONNRESET}}, 3, true, 20 * time.Hour},
		{"a challenge", []any{"200 <html><title>Just a moment...</title>"}, 3, true, 20 * time.Hour},
		{"a time in years", []any{"429 99999999"}, 1, false, 168 * time.Hour},
		{"a day in years", []any{"503 Sat, 01 Jan 2050 06:00:00 GMT"}, 1, false, 168 * time.Hour},
		{"the third, with a time that is shorter", []any{403, 403, "429 7200"}, 3, true, 20 * time.Hour},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			book, s := newNotebook(), newScript(tt.answers...)
			c := process(t, book, s, 0)
			c.withoutRetry()
			var last error
			for i := range 10 {
				_, err := c.Get(t.Context(), Request{URL: fmt.Sprintf("https://a.test/%d", i)})
				if resting, ok := errors.AsType[*RestingError](err); ok {
					last = resting
				}
			}
			if n := len(s.asked) - 1; n != tt.asked {
				t.Errorf("%s: %d pages asked, want %d", tt.name, n, tt.asked)
			}
			if tt.blocked != errors.Is(last, vigie.ErrBlocked) {
				t.Errorf("%s: the rest is %v, want blocked %v", tt.name, last, tt.blocked)
			}
			if s := book.standings["a.test"]; !s.Until.IsZero() && s.Why == "" {
				t.Errorf("%s: it rests, and nobody knows why: %+v", tt.name, s)
			}
			until := book.standings["a.test"].Until
			if got := time.Until(until); tt.rests != max(0, got) {
				t.Errorf("%s: left alone for %v, want %v", tt.name, got, tt.rests)
			}
		})
	}
}

// It comes back by itself, each time a little later, and never gives up.
func TestBreakerComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, s := newNotebook(), newScript(403)
		s.robots = []any{403} // which is no robots.txt, and says nothing of pages
		var days, asked []int
		begun := time.Now()
		for night := range 60 {
			if night == 50 {
				s.answers = []any{200}
			}
			c, before := process(t, book, s, 0), strings.Count(s.pages(), "/")
			for i := range 5 {
				c.Get(t.Context(), Request{URL: fmt.Sprintf("https://a.test/%d", i)})
			}
			if n := strings.Count(s.pages(), "/") - before; n > 0 {
				days, asked = append(days, int(time.Since(begun).Hours()/24)), append(asked, n)
			}
			time.Sleep(24 * time.Hour)
		}
		want := []int{0, 1, 3, 7, 14, 21, 28, 35, 42, 49, 56, 57, 58, 59}
		if d := cmp.Diff(want, days); d != "" {
			t.Errorf("nights with a page asked (-want +got):\n%s", d)
		}
		if d := cmp.Diff([]int{2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 5, 5, 5}, asked); d != "" {
			t.Errorf("pages asked on them (-want +got):\n%s", d)
		}
		if book.standings["a.test"] != (vigie.Standing{}) {
			t.Errorf("once it answers nothing stands against it: %+v", book.standings["a.test"])
		}
	})
}

// All hosts of a platform are left alone together, by all processes.
func TestBreakerIsThePlatforms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, s := newNotebook(), newScript(403)
		for i := range 3 {
			process(t, book, s, 0).Get(t.Context(), Request{URL: fmt.Sprintf("https://s%d.test/", i), Platform: "cms"})
		}
		before := len(s.asked)
		_, err := process(t, book, s, 0).Get(t.Context(), Request{URL: "https://s9.test/", Platform: "cms"})
		if len(s.asked) != before || !errors.Is(err, vigie.ErrBlocked) || !strings.Contains(err.Error(), "cms is left alone until") {
			t.Errorf("asked %v, error %v", s.asked[before:], err)
		}
		s.answers = []any{200}
		if _, err := process(t, book, s, 0).Get(t.Context(), Request{URL: "https://other.test/"}); err != nil {
			t.Errorf("another platform: %v", err)
		}
	})
}

// When nobody answers it is our network: no platform is blamed. Once somebody does, those
// that hung up did it themselves.
func TestBreakerBlamesNobodyForOurNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		down := true
		network := roundTrip(func(req *http.Request) (*http.Response, error) {
			if down || req.URL.Host == "s0.test" {
				return nil, &wrapped{io.EOF}
			}
			return page(req, 200, "page"), nil
		})
		book := newNotebook()
		c := process(t, book, network, 0)
		for i := range 20 {
			_, err := c.Get(t.Context(), Request{URL: fmt.Sprintf("https://s%d.test/", i%4)})
			if err == nil || errors.Is(err, vigie.ErrBlocked) {
				t.Fatalf("with the network down: %v", err)
			}
			if i%4 == 3 {
				time.Sleep(siteFileRetry + time.Second) // past what is remembered of robots.txt
			}
		}
		if err := c.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(book.standings)+len(book.tolls) > 0 {
			t.Errorf("noted against sites that were never reached: %v %v", book.standings, book.tolls)
		}
		down = false
		if _, err := c.Get(t.Context(), Request{URL: "https://s5.test/"}); err != nil {
			t.Fatal(err)
		}
		if s := book.standings["s0.test"]; s.Trips != 1 {
			t.Errorf("one that hung up while others answered: %+v", s)
		}
	})
}

func TestTolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := newNotebook()
		network := roundTrip(func(req *http.Request) (*http.Response, error) {
			switch req.URL.Path {
			case "/robots.txt":
				return page(req, 404, ""), nil
			case "/403":
				return page(req, 403, "no"), nil
			case "/moved":
				resp := page(req, 301, "")
				resp.Header.Set("Location", "https://www.b.test/")
				return resp, nil
			}
			resp := page(req, 200, string(zipped(strings.Repeat("x", 100_000))))
			resp.Header.Set("Content-Encoding", "gzip")
			return resp, nil
		})
		c := process(t, book, network, 0)
		for _, path := range []string{"/", "/403", "/moved"} {
			c.Get(t.Context(), Request{URL: "https://a.test" + path, Source: "pref"})
		}
		if len(book.tolls) == 0 {
			t.Error("nothing is counted before the end: a process that is killed would forget all")
		}
		if err := c.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		size := int64(len(zipped(strings.Repeat("x", 100_000))))
		want := map[vigie.Toll]bool{
			{Night: "2000-01-01", Source: "pref", Site: "a.test", Requests: 4, Bytes: size + 2, Refusals: 1}: true,
			{Night: "2000-01-01", Source: "pref", Site: "b.test", Requests: 2, Bytes: size}:                  true,
		}
		got := map[vigie.Toll]vigie.Toll{}
		for _, one := range book.tolls {
			key := vigie.Toll{Night: one.Night, Source: one.Source, Site: one.Site}
			sum := got[key]
			sum.Night, sum.Source, sum.Site = one.Night, one.Source, one.Site
			sum.Requests, sum.Bytes, sum.Refusals = sum.Requests+one.Requests, sum.Bytes+one.Bytes, sum.Refusals+one.Refusals
			got[key] = sum
		}
		for _, one := range got {
			if !want[one] {
				t.Errorf("counted %+v, want one of %+v", one, want)
			}
		}
		if len(got) != 2 {
			t.Errorf("%d sites counted, want 2", len(got))
		}
	})
}

// A book that cannot be kept stops the asking: nobody would know what a site has borne.
func TestBrokenBook(t *testing.T) {
	book, s := newNotebook(), newScript(200)
	book.broken = errors.New("disk full")
	if _, err := process(t, book, s, 0).Get(t.Context(), Request{URL: "https://a.test/"}); !errors.Is(err, errBook) || len(s.asked) > 0 {
		t.Errorf("error %v after asking %v, want errBook before it", err, s.asked)
	}
}

// A platform on which everything fails is soon asked once for each page.
func TestRetryBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(500)
		c := newClient(t, func(cfg *Config) { cfg.Transport = s })
		for i := range 50 {
			c.Get(t.Context(), Request{URL: fmt.Sprintf("https://a.test/%d", i)})
		}
		if n := len(s.asked) - 1; n < 60 || n > 66 {
			t.Errorf("50 pages of a broken site cost %d requests, want 50, the ten and a tenth", n)
		}
	})
}

func TestJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(503, 503, 200)
		c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Jitter = s, func() float64 { return 0.5 } })
		if _, err := c.Get(t.Context(), Request{URL: "https://a.test/"}); err != nil || s.pages() != "/@0 /@1.25 /@3.75" {
			t.Errorf("asked %s, error %v", s.pages(), err)
		}
	})
}

// A roundTrip is a network made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func page(req *http.Request, status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: req}
}

// A wrapped error is one as net/http gives it.
type wrapped struct{ err error }

func (w *wrapped) Error() string { return "read: " + w.err.Error() }
func (w *wrapped) Unwrap() error { return w.err }

// What a robots.txt forbids is counted although it is no request, also where that was known
// from the book and nobody answered.
func TestForbiddenPagesAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, up := newNotebook(), true
		network := roundTrip(func(req *http.Request) (*http.Response, error) {
			if !up {
				return nil, errors.New("network is unreachable")
			}
			return page(req, 200, "User-agent: *\nDisallow: /prive/"), nil
		})
		for _, want := range []vigie.Toll{
			{Night: "2000-01-01", Source: "pref", Site: "a.test", Requests: 1, Bytes: 31, Forbidden: 2},
			{Night: "2000-01-01", Source: "pref", Site: "a.test", Forbidden: 2},
		} {
			c := process(t, book, network, 0)
			for _, path := range []string{"/prive/1", "/prive/2"} {
				_, err := c.Get(t.Context(), Request{URL: "https://a.test" + path, Source: "pref"})
				for _, is := range []error{ErrForbidden, ErrUnasked, vigie.ErrBlocked} {
					if !errors.Is(err, is) {
						t.Errorf("%s: %v, want %v", path, err, is)
					}
				}
			}
			if !up {
				c.Get(t.Context(), Request{URL: "https://a.test/", Source: "pref"})
				c.Get(t.Context(), Request{URL: "https://b.test/", Source: "pref"})
			}
			if err := c.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			got := vigie.Toll{Night: want.Night, Source: want.Source, Site: want.Site}
			for _, one := range book.tolls {
				got.Requests, got.Bytes, got.Forbidden = got.Requests+one.Requests, got.Bytes+one.Bytes, got.Forbidden+one.Forbidden
			}
			if got != want {
				t.Errorf("counted %+v, want %+v", got, want)
			}
			book.tolls, up = nil, false
		}
	})
}
