package fetch

import (
	"context"
	"crypto/tls"
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

	"vigie"
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
		{"a broken server that says when", []any{"500 3600", 200}, false, "/@0"},
		{"a refusal is an answer", []any{403, 200}, false, "/@0"},
		{"missing is an answer", []any{404, 200}, false, "/@0"},
		{"not implemented stays so", []any{501, 200}, false, "/@0"},
		{"a private address stays one", []any{guard.ErrRefused, 200}, false, "/@0"},
		{"no such host", []any{&net.DNSError{IsNotFound: true}, 200}, false, "/@0"},
		{"too large once is too large", []any{vigie.ErrTooLarge, 200}, false, "/@0"},
		{"a form that cannot be read", []any{ErrEncoding, 200}, false, "/@0"},
		{"a replayed web does not have it", []any{vigie.ErrNotFound, 200}, false, "/@0"},
		{"a book that cannot be kept", []any{errBook, 200}, false, "/@0"},
		{"left alone", []any{&RestingError{}, 200}, false, "/@0"},
		{"a certificate is no better a moment later", []any{&tls.CertificateVerificationError{Err: errNoName}, 200}, false, "/@0"},
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

// A challenge under a status that is asked again is none to ask again.
func TestRetryLeavesChallenges(t *testing.T) {
	asked := 0
	c := newClient(t, func(cfg *Config) {
		cfg.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
			if req.URL.Path == robotsFile {
				return page(req, 404, ""), nil
			}
			asked++
			return page(req, 503, "<html><title>Just a moment...</title>"), nil
		})
	})
	if _, err := c.Get(t.Context(), Request{URL: "https://site.test/"}); !errors.Is(err, vigie.ErrBlocked) || asked != 1 {
		t.Errorf("%v after %d requests, want it refused by the first", err, asked)
	}
}

// Once a platform is left alone nobody waits for it, and the answer is the site's own.
func TestRetryEndsWithTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(429)
		_, err := newClient(t, func(cfg *Config) { cfg.Transport = s }).Get(t.Context(), Request{URL: "https://site.test/"})
		status, ok := errors.AsType[*StatusError](err)
		if waited := time.Since(s.start); !ok || status.Status != 429 || s.pages() != "/@0 /@1 /@3" || waited != 3*time.Second {
			t.Errorf("%v after %v, asked %s; want the third 429", err, waited, s.pages())
		}
	})
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
		{"two hosts, the source's own", "200 ", []Request{{URL: "https://a.test/1", Platform: "p", Delay: 5 * time.Second}, {URL: "https://b.test/2", Platform: "p", Delay: 5 * time.Second}}, "/1@5 /2@15"},
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

// A hop to another site bears on that site, and its robots.txt too.
func TestPaceOfAnotherSite(t *testing.T) {
	for want, hosts := range map[string][]string{
		"/robots.txt@0 /1@3 /robots.txt@3 /2@6 /3@9": nil,
		"/robots.txt@0 /1@3 /robots.txt@6 /2@9 /3@9": {"a.test", "b.test"}, // the source's own
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScript("302 https://b.test/2", 200)
			c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Delay = s, nil })
			for _, r := range []Request{{URL: "https://a.test/1", Platform: "p", Hosts: hosts}, {URL: "https://b.test/3"}} {
				if _, err := c.Get(t.Context(), r); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Join(s.asked, " "); got != want {
				t.Errorf("hosts %q: asked %s, want %s", hosts, got, want)
			}
		})
	}
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
