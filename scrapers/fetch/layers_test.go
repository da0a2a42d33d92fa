package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vigie/internal/guard"
)

// A script is a network that gives its answers one after the other, the last for
// good, and notes when each was asked for. robots.txt is answered apart.
type script struct {
	mu      sync.Mutex
	answers []any // status, "status retry-after" or error
	robots  []any
	start   time.Time
	asked   []string // path at seconds since start
}

func newScript(answers ...any) *script {
	return &script{answers: answers, robots: []any{404}, start: time.Now()}
}

func (s *script) RoundTrip(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, fmt.Sprintf("%s@%v", req.URL.Path, time.Since(s.start).Seconds()))
	list := &s.answers
	if req.URL.Path == "/robots.txt" {
		list = &s.robots
	}
	answer := (*list)[0]
	if len(*list) > 1 {
		*list = (*list)[1:]
	}
	resp := &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("page")), Request: req}
	switch a := answer.(type) {
	case error:
		return nil, a
	case int:
		resp.StatusCode = a
	case string:
		status, rest, _ := strings.Cut(a, " ")
		fmt.Sscan(status, &resp.StatusCode)
		if resp.StatusCode == http.StatusOK {
			resp.Body = io.NopCloser(strings.NewReader(rest))
		}
		resp.Header.Set("Retry-After", rest)
		resp.Header.Set("Location", rest)
	}
	return resp, nil
}

func (s *script) pages() string {
	var pages []string
	for _, a := range s.asked {
		if !strings.HasPrefix(a, "/robots.txt") {
			pages = append(pages, a)
		}
	}
	return strings.Join(pages, " ")
}

func TestRetry(t *testing.T) {
	broken := &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}
	tests := []struct {
		name    string
		answers []any
		ok      bool
		want    string // times
	}{
		{"at once", []any{200}, true, "/@0"},
		{"backoff doubles", []any{503, 500, 502, 200}, true, "/@0 /@1 /@3 /@7"},
		{"four tries are enough", []any{504}, false, "/@0 /@1 /@3 /@7"},
		{"broken connection", []any{broken, broken, 200}, true, "/@0 /@1 /@3"},
		{"Retry-After in seconds", []any{"429 20", 200}, true, "/@0 /@20"},
		{"Retry-After as a date", []any{"503 Sat, 01 Jan 2000 00:00:30 GMT", 200}, true, "/@0 /@30"},
		{"Retry-After in the past", []any{"503 Fri, 31 Dec 1999 00:00:30 GMT", 200}, true, "/@0 /@1"},
		{"Retry-After negative", []any{"503 -5", 200}, true, "/@0 /@1"},
		{"Retry-After without sense", []any{"503 soon", 200}, true, "/@0 /@1"},
		{"Retry-After past our patience", []any{"429 3600", 200}, false, "/@0"},
		{"Retry-After past all numbers", []any{"429 99999999999999999999", 200}, false, "/@0"},
		{"a refusal is an answer", []any{403, 200}, false, "/@0"},
		{"missing is an answer", []any{404, 200}, false, "/@0"},
		{"not implemented stays so", []any{501, 200}, false, "/@0"},
		{"a private address stays one", []any{guard.ErrRefused, 200}, false, "/@0"},
		{"no such host", []any{&net.DNSError{IsNotFound: true}, 200}, false, "/@0"},
		{"resolver out of order", []any{&net.DNSError{IsTemporary: true}, 200}, true, "/@0 /@1"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			s := newScript(tt.answers...)
			c := newClient(t, func(cfg *Config) { cfg.Transport = s })
			_, err := c.Get(t.Context(), Request{URL: "https://site.test/"})
			if tt.ok != (err == nil) || s.pages() != tt.want {
				t.Errorf("%s: error %v, asked %s; want ok %v, %s", tt.name, err, s.pages(), tt.ok, tt.want)
			}
		})
	}
}

func TestRetryStopsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript("503 50", 200)
		c := newClient(t, func(cfg *Config) { cfg.Transport = s })
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := c.Get(ctx, Request{URL: "https://site.test/"})
		if waited := time.Since(s.start); !errors.Is(err, context.DeadlineExceeded) || waited != 3*time.Second {
			t.Errorf("error %v after %v, want the context's after 3s", err, waited)
		}
	})
}

func TestPace(t *testing.T) {
	tests := []struct {
		name     string
		robots   string
		requests []Request
		want     string
	}{
		{"default", "200 ", []Request{{URL: "https://a.test/1"}, {URL: "https://a.test/2"}}, "/1@3 /2@6"},
		{"the source's own", "200 ", []Request{{URL: "https://a.test/1", Delay: 5 * time.Second}, {URL: "https://a.test/2", Delay: 5 * time.Second}}, "/1@5 /2@10"},
		{"www is the same host", "200 ", []Request{{URL: "https://www.a.test/1"}, {URL: "https://a.test/2"}}, "/1@3 /2@9"},
		{"two hosts, one platform", "200 ", []Request{{URL: "https://a.test/1", Platform: "p"}, {URL: "https://b.test/2", Platform: "p"}}, "/1@3 /2@9"},
		{"Crawl-delay is longer", "200 User-agent: *\nCrawl-delay: 10", []Request{{URL: "https://a.test/1"}, {URL: "https://a.test/2"}}, "/1@10 /2@20"},
		{"Crawl-delay is shorter", "200 User-agent: *\nCrawl-delay: 1", []Request{{URL: "https://a.test/1"}, {URL: "https://a.test/2"}}, "/1@3 /2@6"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			s := newScript(200)
			s.robots = []any{tt.robots}
			c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Delay = s, nil })
			for _, r := range tt.requests {
				if _, err := c.Get(t.Context(), r); err != nil {
					t.Errorf("%s: %v", tt.name, err)
				}
			}
			if s.pages() != tt.want {
				t.Errorf("%s: asked %v, want %s", tt.name, s.asked, tt.want)
			}
		})
	}
}

func TestPaceLetsOtherPlatformsGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(200)
		c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Delay = s, nil })
		var wg sync.WaitGroup
		for _, host := range []string{"a", "b", "c"} {
			wg.Go(func() {
				if _, err := c.Get(t.Context(), Request{URL: "https://" + host + ".test/"}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if s.pages() != "/@3 /@3 /@3" {
			t.Errorf("three platforms asked %v, want all pages after 3 s", s.asked)
		}
	})
}

func TestPaceStopsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(200)
		c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Delay = s, nil })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := c.Get(ctx, Request{URL: "https://a.test/1"})
		if waited := time.Since(s.start); !errors.Is(err, context.DeadlineExceeded) || waited != time.Second {
			t.Errorf("error %v after %v, want the context's after 1s", err, waited)
		}
	})
}

func TestRobotsGate(t *testing.T) {
	tests := []struct {
		name   string
		robots []any
		ok     bool
	}{
		{"missing", []any{404}, true},
		{"forbidden", []any{403}, true},
		{"broken server", []any{500}, false},
		{"too many requests", []any{429}, false},
		{"no connection", []any{errors.New("connection refused")}, false},
		{"broken at first", []any{500, 404}, true},
		{"moved", []any{"301 https://other.test/robots.txt", "200 User-agent: *\nDisallow: /"}, false},
		{"moved for ever", []any{"301 /robots.txt"}, true},
		{"moved to a file", []any{"301 file:///etc/passwd"}, false},
		{"allowed", []any{"200 User-agent: *\nDisallow: /b"}, true},
		{"disallowed", []any{"200 User-agent: *\nDisallow: /a"}, false},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			s := newScript(200)
			s.robots = tt.robots
			c := newClient(t, func(cfg *Config) { cfg.Transport = s })
			_, err := c.Get(t.Context(), Request{URL: "https://site.test/a"})
			if tt.ok != (err == nil) || tt.ok != (s.pages() != "") {
				t.Errorf("%s: error %v, asked %v; want ok %v", tt.name, err, s.asked, tt.ok)
			}
		})
	}
}

func TestRobotsAreAskedOnceADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(200)
		c := newClient(t, func(cfg *Config) { cfg.Transport = s })
		get := func() {
			if _, err := c.Get(t.Context(), Request{URL: "https://site.test/a"}); err != nil {
				t.Fatal(err)
			}
		}
		get()
		get()
		time.Sleep(23 * time.Hour)
		get()
		time.Sleep(2 * time.Hour)
		get()
		if n := strings.Count(strings.Join(s.asked, " "), "/robots.txt"); n != 2 {
			t.Errorf("robots.txt asked %d times in 25 hours, want 2: %v", n, s.asked)
		}
	})
}

// B11: what is known of sites does not grow over the nights.
func TestRobotsForgetsSites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, func(cfg *Config) { cfg.Transport = newScript(200) })
		for i := range 100 {
			time.Sleep(time.Hour)
			if _, err := c.Get(t.Context(), Request{URL: fmt.Sprintf("https://s%d.test/", i)}); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(c.stack.(scheme).next.(*robotsGate).sites); n > 30 {
			t.Errorf("%d sites remembered, want those of a day", n)
		}
	})
}

// What a site says of itself is asked once a day by all processes together, and stands in
// for a month while the site cannot say (RFC 9309, 2.4 and 2.3.1.4).
func TestRobotsAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, text, status, asked := newNotebook(), "User-agent: *\nDisallow: /no", 200, 0
		network := roundTrip(func(req *http.Request) (*http.Response, error) {
			if req.URL.Path != "/robots.txt" {
				return page(req, 200, "page"), nil
			}
			asked++
			return page(req, status, text), nil
		})
		get := func(path string, book Book) error {
			c := newClient(t, func(cfg *Config) { cfg.Transport = network })
			if book != nil {
				c.Keep(book)
			}
			_, err := c.Get(t.Context(), Request{URL: "https://a.test" + path})
			return err
		}
		expect := func(when string, err error, open bool, total int) {
			t.Helper()
			if open != (err == nil) || asked != total {
				t.Errorf("%s: %v, robots.txt asked %d times; want open %v, %d", when, err, asked, open, total)
			}
		}
		expect("the first process", get("/yes", book), true, 1)
		if given := book.files["https://a.test/robots.txt"].Answer; given.Status != 200 || given.URL != "https://a.test/robots.txt" {
			t.Errorf("to be archived: %+v", given)
		}
		expect("the second", get("/yes", book), true, 1)
		expect("the second, elsewhere", get("/no", book), false, 1)
		time.Sleep(25 * time.Hour)
		text = ""
		expect("the next day", get("/no", book), true, 2)
		text, status = "User-agent: *\nDisallow: /no", 503
		time.Sleep(25 * time.Hour)
		expect("a day on which it cannot be had", get("/no", book), true, 2+maxTries)
		time.Sleep(31 * 24 * time.Hour)
		expect("a month later", get("/yes", book), false, 2+2*maxTries)
		expect("without a book it cannot be known at all", get("/yes", nil), false, 2+3*maxTries)
		book.broken = errors.New("disk full")
		if err := get("/yes", book); !errors.Is(err, errBook) {
			t.Errorf("a book that cannot be read: %v", err)
		}
	})
}
