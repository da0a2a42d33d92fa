package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Nothing that a site gave us is shown to another, nor on the next page to itself, but for
// the validators of a page.
func TestHazardA9(t *testing.T) {
	var seen http.Header
	other := newTrap(t, func(w http.ResponseWriter, r *http.Request) { seen = r.Header; io.WriteString(w, "page") })
	from := newTrap(t, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "secret", Path: "/"})
		http.Redirect(w, r, other.URL+"/", http.StatusFound)
	})
	c := newClient(t, nil)
	for range 2 {
		if _, err := c.Get(t.Context(), Request{URL: from.URL, ETag: `"ours"`, LastModified: "Mon, 01 Jan 2024 00:00:00 GMT"}); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"Cookie", "Authorization", "Referer", "If-None-Match", "If-Modified-Since"} {
			if got := seen.Get(key); got != "" {
				t.Errorf("another origin was told %s: %s", key, got)
			}
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	usual := http.Client{Jar: jar}
	resp, err := usual.Get(from.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if seen.Get("Cookie") == "" || seen.Get("Referer") == "" {
		t.Errorf("the usual client tells another port nothing either: %v", seen)
	}
}

func TestHazardA10(t *testing.T) {
	var base string
	loop := newTrap(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/refresh":
			io.WriteString(w, `<noscript><meta http-equiv="refresh" content="0;url=/self"></noscript>`)
		case "/self":
			http.SetCookie(w, &http.Cookie{Name: "n", Value: "1"})
			http.Redirect(w, r, "/self", http.StatusFound)
		default:
			http.Redirect(w, r, base+r.URL.Path+"x", http.StatusFound)
		}
	})
	base = loop.URL
	for _, path := range []string{"/self", "/longer"} {
		loop.hits.Store(0)
		if _, err := get(t, base+path, nil); err == nil || !strings.Contains(err.Error(), "more than 10 redirects") || loop.hits.Load() > maxRedirects+1 {
			t.Errorf("%s: %v after %d hops", path, err, loop.hits.Load())
		}
	}
	loop.hits.Store(0)
	if _, err := get(t, base+"/refresh", nil); err != nil || loop.hits.Load() != 1 {
		t.Errorf("a refresh within a page: %v, %d requests; want the page as it is", err, loop.hits.Load())
	}
	loop.hits.Store(0)
	endless := http.Client{CheckRedirect: func(_ *http.Request, via []*http.Request) error {
		if len(via) > 100 {
			return errors.New("seen enough")
		}
		return nil
	}}
	if _, err := endless.Get(base + "/self"); err == nil || loop.hits.Load() <= 100 {
		t.Errorf("without the rule the loop ended: %v after %d", err, loop.hits.Load())
	}
}

func TestHazardA11(t *testing.T) {
	var hits atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	_, err := newClient(t, nil).Get(t.Context(), Request{URL: server.URL})
	if _, bad := errors.AsType[*tls.CertificateVerificationError](err); !bad || hits.Load() > 0 {
		t.Errorf("error %v, %d requests let through; want a word on the certificate", err, hits.Load())
	}
	trusting := naked()
	trusting.TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
	get(t, server.URL, func(cfg *Config) { cfg.Transport = trusting })
	if hits.Load() == 0 {
		t.Error("without verification nothing was asked either")
	}
}

func TestHazardA12(t *testing.T) {
	tests := []struct {
		name string
		file http.HandlerFunc
		ok   bool
	}{
		{"missing", http.NotFound, true},
		{"broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, false},
		{"a web page", text("<!doctype html><p>Disallow: /</p>"), true},
		{"Latin-1", text("User-agent: *\nDisallow: /caf\xe9\n"), true},
		{"disallowed after 400 KB", text(strings.Repeat("# x\n", 100_000) + "User-agent: *\nDisallow: /"), false},
		{"endless", text(strings.Repeat("# x\n", 10_000_000)), true},
		{"moved", http.RedirectHandler("/other.txt", http.StatusFound).ServeHTTP, false},
	}
	for _, tt := range tests {
		base := site(t, map[string]http.HandlerFunc{
			"/robots.txt": tt.file, "/page": text("page"), "/other.txt": text("User-agent: *\nDisallow: /"),
		})
		_, err := get(t, base+"/page", nil)
		if tt.ok != (err == nil) {
			t.Errorf("robots.txt %s: error %v, want ok %v", tt.name, err, tt.ok)
		}
		c := newClient(t, nil)
		c.stack = c.stack.(scheme).next.(*robotsGate).next
		if _, err := c.Get(t.Context(), Request{URL: base + "/page"}); err != nil {
			t.Errorf("robots.txt %s: without the gate: %v", tt.name, err)
		}
	}
}

func TestHazardA13(t *testing.T) {
	for value, wait := range map[string]string{
		"20": "/@0 /@20", "Sat, 01 Jan 2000 00:00:30 GMT": "/@0 /@30", "-5": "/@0 /@1", "99999999999999999999": "/@0", "3600": "/@0",
	} {
		for _, status := range []string{"429", "503"} {
			synctest.Test(t, func(t *testing.T) {
				s := newScript(status+" "+value, 200)
				c := newClient(t, func(cfg *Config) { cfg.Transport = s })
				_, err := c.Get(t.Context(), Request{URL: "https://a.test/"})
				if s.pages() != wait {
					t.Errorf("%s, Retry-After %q: asked %s, want %s", status, value, s.pages(), wait)
				}
				_, again := c.Get(t.Context(), Request{URL: "https://a.test/other"})
				if _, resting := errors.AsType[*RestingError](again); resting != (err != nil) {
					t.Errorf("%s, Retry-After %q: its next page: %v, want it left alone: %v", status, value, again, err != nil)
				}
				if _, err := c.Get(t.Context(), Request{URL: "https://b.test/"}); err != nil {
					t.Errorf("%s, Retry-After %q: another site had to wait: %v", status, value, err)
				}
			})
		}
	}
	synctest.Test(t, func(t *testing.T) {
		s := newScript("429 20", 200)
		c := newClient(t, func(cfg *Config) { cfg.Transport = s })
		c.withoutRetry()
		if _, err := c.Get(t.Context(), Request{URL: "https://a.test/"}); err == nil {
			t.Error("without the layer the page came")
		}
	})
}

// slowBody gives one byte a second, for ever.
type slowBody struct{ read int }

func (b *slowBody) Read(p []byte) (int, error) {
	time.Sleep(time.Second)
	b.read++
	p[0] = 'x'
	return 1, nil
}

func (*slowBody) Close() error { return nil }

// stalled comes fast for a while, then in drops.
type stalled struct {
	fast int // bytes
	slowBody
}

func (b *stalled) Read(p []byte) (int, error) {
	if b.fast > 0 {
		n := min(b.fast, len(p))
		b.fast -= n
		return n, nil
	}
	return b.slowBody.Read(p)
}

func TestHazardB2(t *testing.T) {
	drip := func(body io.ReadCloser) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) {
			if req.URL.Path == "/robots.txt" {
				return page(req, 404, ""), nil
			}
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body, Request: req}, nil
		})
	}
	synctest.Test(t, func(t *testing.T) {
		body, start := &slowBody{}, time.Now()
		_, err := newClient(t, func(cfg *Config) { cfg.Transport = drip(body) }).Get(t.Context(), Request{URL: "https://a.test/"})
		if !errors.Is(err, errSlow) || time.Since(start) > 20*time.Second {
			t.Errorf("a body in drops: %v after %v, want it given up, once for all", err, time.Since(start))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		body, start := &stalled{fast: 64 << 10}, time.Now()
		_, err := newClient(t, func(cfg *Config) { cfg.Transport = drip(body) }).Get(t.Context(), Request{URL: "https://a.test/"})
		if spent := time.Since(start); !errors.Is(err, errSlow) || spent < 2*flowTime || spent > 2*flowTime+2*time.Second {
			t.Errorf("a body that comes to drops: %v after %v, want it given up at the second look", err, spent)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		body, start := &slowBody{}, time.Now()
		c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Timeout = drip(body), 1000*time.Hour })
		c.breaker.next.(*recorder).patience = 1000 * time.Hour
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		if _, err := c.Get(ctx, Request{URL: "https://a.test/"}); err == nil || time.Since(start) < 24*time.Hour {
			t.Errorf("without the layer it ended after %v: %v", time.Since(start), err)
		}
	})
}

// Headers without end, and a body that is shorter than it said.
func TestHazardB2Headers(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var sent atomic.Int64
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				conn.Read(make([]byte, 4096))
				fmt.Fprint(conn, "HTTP/1.1 200 OK\r\n")
				for line := "X-Junk: " + strings.Repeat("x", 1000) + "\r\n"; ; {
					n, err := io.WriteString(conn, line)
					if sent.Add(int64(n)) > 64<<20 || err != nil {
						return
					}
				}
			}()
		}
	}()
	address := "http://" + l.Addr().String() + "/"
	if _, err := get(t, address, nil); err == nil || sent.Load() > 16<<20 {
		t.Errorf("endless headers: %v after %d bytes", err, sent.Load())
	}
	open := newNetwork(loopback, nil)
	open.MaxResponseHeaderBytes = 1 << 30
	sent.Store(0)
	if get(t, address, func(cfg *Config) { cfg.Transport = open }); sent.Load() < 32<<20 {
		t.Errorf("without the limit only %d bytes were taken", sent.Load())
	}
	short := newTrap(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "500")
		io.WriteString(w, "half")
	})
	if r, err := get(t, short.URL, nil); err == nil {
		t.Errorf("a body shorter than announced was taken: %q", r.Body)
	}
}
