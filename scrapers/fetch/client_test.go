package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/internal/guard"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

// newClient returns a client that may reach 127.0.0.1 and waits for nothing.
func newClient(t *testing.T, change func(*Config)) *Client {
	t.Helper()
	cfg := Config{Contact: "veille@example.org", Allow: loopback, Delay: new(time.Duration), Jitter: func() float64 { return 0 }}
	if change != nil {
		change(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// site serves pages by path; robots.txt is missing unless given.
func site(t *testing.T, pages map[string]http.HandlerFunc) string {
	t.Helper()
	mux := http.NewServeMux()
	for path, h := range pages {
		mux.HandleFunc(path, h)
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
}

func zipped(body string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, body)
	z.Close()
	return b.Bytes()
}

func encoded(coding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", coding)
		w.Write(body)
	}
}

func TestNewWantsContact(t *testing.T) {
	for _, contact := range []string{"", "  ", "a\r\nX-Header: b", "(nobody)"} {
		if _, err := New(Config{Contact: contact}); err == nil {
			t.Errorf("New took the contact %q", contact)
		}
	}
	for _, name := range []string{"vigie\r\nX-Header: b", "vigie (nobody)"} {
		if _, err := New(Config{Contact: "veille@example.org", UserAgent: name}); err == nil {
			t.Errorf("New took the name %q", name)
		}
	}
}

func TestGet(t *testing.T) {
	var asked http.Header
	latin1 := "caf\xe9"
	base := site(t, map[string]http.HandlerFunc{
		"/page": func(w http.ResponseWriter, r *http.Request) {
			asked = r.Header
			w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(zipped(latin1))
		},
		"/old": http.RedirectHandler("/page", http.StatusMovedPermanently).ServeHTTP,
	})
	at := time.Date(2024, 2, 3, 4, 5, 6, 0, time.UTC)
	c := newClient(t, func(cfg *Config) {
		cfg.UserAgent, cfg.Now = "vigie/1.2", func() time.Time { return at }
	})
	got, err := c.Get(t.Context(), Request{URL: base + "/old", Accept: "text/html", Hosts: []string{strings.TrimPrefix(base, "http://")}})
	if err != nil {
		t.Fatal(err)
	}
	if string(got.Body) != latin1 {
		t.Errorf("body %q, want %q: as sent but for the compression", got.Body, latin1)
	}
	header := got.Capture.Header
	got.Capture.Header = nil
	want := vigie.Capture{
		URL: base + "/old", FinalURL: base + "/page", Chain: []vigie.Hop{{URL: base + "/old", Status: 301}}, Time: at, Status: 200, Size: 4,
		MediaType: "text/html; charset=iso-8859-1", ETag: `"1"`,
	}
	if d := cmp.Diff(want, got.Capture); d != "" {
		t.Errorf("capture (-want +got):\n%s", d)
	}
	if http.Header(header).Get("Content-Encoding") != "gzip" {
		t.Errorf("headers %v are not as sent", header)
	}
	for key, want := range map[string]string{
		"User-Agent": "vigie/1.2 (+veille@example.org)", "Accept": "text/html", "Accept-Encoding": "gzip", "Cookie": "",
	} {
		if got := asked.Get(key); got != want {
			t.Errorf("asked with %s: %q, want %q", key, got, want)
		}
	}
}

func TestGetUnchanged(t *testing.T) {
	base := site(t, map[string]http.HandlerFunc{
		"/tag": func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("If-None-Match") == `"1"` {
				w.WriteHeader(http.StatusNotModified)
			}
			io.WriteString(w, "page")
		},
		"/date": func(w http.ResponseWriter, r *http.Request) {
			http.ServeContent(w, r, "", time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), strings.NewReader("page"))
		},
		"/coded": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip") // of the body that is not sent
			w.WriteHeader(http.StatusNotModified)
		},
		"/rude": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) },
	})
	c := newClient(t, nil)
	for _, r := range []Request{
		{URL: base + "/tag", ETag: `"1"`}, {URL: base + "/coded", ETag: `"1"`}, {URL: base + "/date", LastModified: "Mon, 01 Jan 2024 00:00:00 GMT"},
	} {
		if _, err := c.Get(t.Context(), r); !errors.Is(err, vigie.ErrNotModified) {
			t.Errorf("Get(%+v) = %v, want ErrNotModified", r, err)
		}
	}
	if _, err := c.Get(t.Context(), Request{URL: base + "/tag", ETag: `"0"`}); err != nil {
		t.Errorf("Get of a changed page: %v", err)
	}
	if _, err := c.Get(t.Context(), Request{URL: base + "/rude"}); err == nil || errors.Is(err, vigie.ErrNotModified) {
		t.Errorf("304 to a request without validators gave %v, want another error", err)
	}
}

// B1, B3: what does not fit is an error, never a page cut short.
func TestGetRefusesWhatDoesNotFit(t *testing.T) {
	const limit = 1000
	long := strings.Repeat("x", limit+1)
	base := site(t, map[string]http.HandlerFunc{
		"/fits":    text(long[1:]),
		"/fitszip": encoded("gzip", zipped(long[1:])),
		"/long":    text(long),
		"/bomb":    encoded("gzip", zipped(strings.Repeat("x", 50_000_000))),
		"/cut":     encoded("gzip", zipped(long)[:20]),
		"/brotli":  encoded("br", []byte(long)),
		"/liar":    encoded("gzip", []byte("not gzip at all")),
		"/empty":   text(""),
		"/shortage": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			io.WriteString(w, "half")
		},
	})
	tests := []struct {
		path string
		ok   bool
		want error
	}{
		{"/fits", true, nil}, {"/fitszip", true, nil},
		{"/long", false, vigie.ErrTooLarge}, {"/bomb", false, vigie.ErrTooLarge},
		{"/cut", false, nil}, {"/brotli", false, ErrEncoding}, {"/liar", false, ErrEncoding}, {"/empty", false, nil},
	}
	c := newClient(t, func(cfg *Config) { cfg.MaxBody = limit })
	c.withoutRetry()
	for _, tt := range tests {
		resp, err := c.Get(t.Context(), Request{URL: base + tt.path})
		if tt.ok != (err == nil) || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("Get(%s) = %v, %v; want ok %v, error %v", tt.path, resp, err, tt.ok, tt.want)
		}
	}
	if resp, err := c.Get(t.Context(), Request{URL: base + "/shortage"}); err == nil {
		t.Errorf("a body shorter than announced was taken: %q", resp.Body)
	}
}

// withoutRetry makes a client's first answer its last, for tests over the real clock.
func (c *Client) withoutRetry() {
	gate := c.stack.(scheme).next.(*robotsGate)
	asked := gate.next.(*validators)
	asked.next = cookies{asked.next.(cookies).next.(*retry).next}
}

func TestGetRedirects(t *testing.T) {
	to := func(location string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusFound)
		}
	}
	other := site(t, map[string]http.HandlerFunc{
		"/robots.txt": text("User-agent: *\nDisallow: /prive"), "/prive": text("page"), "/page": text("page"),
	})
	base := site(t, map[string]http.HandlerFunc{
		"/robots.txt": text("User-agent: vigie\nDisallow: /prive\n"),
		"/prive":      text("page"),
		"/toprive":    to("/prive"),
		"/other":      to(other + "/page"),
		"/otherprive": to(other + "/prive"),
		"/loop":       to("/loop"),
		"/private":    to("http://127.0.0.2:9/"),
		"/private6":   to("http://[::1]:9/"),
		"/metadata":   to("http://169.254.169.254/latest/"),
		"/decimal":    to("http://2130706434/"), // 127.0.0.2 to some resolvers
		"/file":       to("file:///etc/passwd"),
		"/user":       to(strings.Replace(other, "http://", "http://example.org@", 1) + "/page"),
		"/nowhere":    to(""),
	})
	tests := []struct {
		name, path string
		hosts      []string
		ok         bool
		want       error
	}{
		{"disallowed", "/prive", nil, false, vigie.ErrBlocked},
		{"to what is disallowed", "/toprive", nil, false, vigie.ErrBlocked},
		{"to what the other site disallows", "/otherprive", nil, false, vigie.ErrBlocked},
		{"elsewhere, any host", "/other", nil, true, nil},
		{"elsewhere, declared", "/other", []string{"127.0.0.9", strings.TrimPrefix(other, "http://")}, true, nil},
		{"elsewhere, not declared", "/other", []string{strings.TrimPrefix(base, "http://")}, false, ErrElsewhere},
		{"a loop", "/loop", nil, false, nil},
		{"to a private address", "/private", nil, false, guard.ErrRefused},
		{"to a private address of IPv6", "/private6", nil, false, guard.ErrRefused},
		{"to a cloud's metadata", "/metadata", nil, false, guard.ErrRefused},
		{"to an address in disguise", "/decimal", nil, false, nil},
		{"to a file", "/file", nil, false, nil},
		{"with a user name", "/user", nil, false, nil},
		{"without a place", "/nowhere", nil, false, nil},
	}
	c := newClient(t, nil)
	c.withoutRetry()
	for _, tt := range tests {
		_, err := c.Get(t.Context(), Request{URL: base + tt.path, Hosts: tt.hosts})
		if tt.ok != (err == nil) || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: error %v; want ok %v, error %v", tt.name, err, tt.ok, tt.want)
		}
	}
	for _, u := range []string{"ftp://127.0.0.1/", "file:///etc/passwd", "/relative", "http://a@127.0.0.1/", "http://127.0.0.1:bad/", "data:,x"} {
		if _, err := c.Get(t.Context(), Request{URL: u}); err == nil {
			t.Errorf("Get(%q) was answered", u)
		}
	}
}

func TestGetKeepsTheChain(t *testing.T) {
	base := site(t, map[string]http.HandlerFunc{
		"/a": http.RedirectHandler("/b", http.StatusMovedPermanently).ServeHTTP, "/b": http.RedirectHandler("/c", http.StatusFound).ServeHTTP,
		"/c": text("page"), "/perdu": http.RedirectHandler("/rien", http.StatusFound).ServeHTTP,
	})
	want := []vigie.Hop{{URL: base + "/a", Status: 301}, {URL: base + "/b", Status: 302}}
	c := newClient(t, nil)
	got, err := c.Get(t.Context(), Request{URL: base + "/a"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.Capture.Chain); diff != "" || got.Capture.FinalURL != base+"/c" {
		t.Errorf("to %s (-want +got):\n%s", got.Capture.FinalURL, diff)
	}
	err = c.Walk(t.Context(), Request{URL: base + "/a"}, func(r *Response) ([]string, error) {
		if diff := cmp.Diff(want, r.Capture.Chain); diff != "" {
			t.Errorf("on a walk (-want +got):\n%s", diff)
		}
		return nil, nil
	})
	if err != nil {
		t.Error(err)
	}
	_, err = c.Get(t.Context(), Request{URL: base + "/perdu"})
	status, ok := errors.AsType[*StatusError](err)
	if !ok || status.Response == nil {
		t.Fatalf("error %v, want a status with its answer", err)
	}
	e := status.Response
	if e.Capture.Status != 404 || !strings.Contains(string(e.Body), "not found") || len(e.Capture.Chain) != 1 {
		t.Errorf("evidence %+v, %q", e.Capture, e.Body)
	}
}

func TestGetStatus(t *testing.T) {
	pages := map[string]http.HandlerFunc{}
	tests := []struct {
		name   string
		status int
		body   string
		header string
		want   error
	}{
		{"unauthorised", 401, "", "", vigie.ErrBlocked},
		{"forbidden", 403, "no", "", vigie.ErrBlocked},
		{"for legal reasons", 451, "no", "", vigie.ErrBlocked},
		{"missing", 404, "no", "", vigie.ErrNotFound},
		{"gone", 410, "no", "", vigie.ErrNotFound},
		{"teapot", 418, "no", "", nil},
		{"nothing", 204, "", "", nil},
		{"challenge with 503", 503, "<script>window._cf_chl_opt={}</script>", "", vigie.ErrBlocked},
		{"challenge with 200", 200, "<html><title>Just a moment...</title>", "", vigie.ErrBlocked},
		{"challenge by header", 429, "", "challenge", vigie.ErrBlocked},
	}
	for i, tt := range tests {
		pages[fmt.Sprintf("/%d", i)] = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Cf-Mitigated", tt.header)
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(tt.status)
			io.WriteString(w, tt.body)
		}
	}
	pages["/long"] = text("<html>" + strings.Repeat("Territoires ", 10_000) + "window._cf_chl_opt")
	pages["/quoted"] = text("<html><title>Une page de garde</title><pre><title>Just a moment...</title></pre>")
	pages["/data"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"mark": "window._cf_chl_opt"}`)
	}
	base := site(t, pages)
	for i, tt := range tests {
		_, err := newClient(t, nil).Get(t.Context(), Request{URL: fmt.Sprintf("%s/%d", base, i)})
		status, ok := errors.AsType[*StatusError](err)
		if !ok || status.Status != tt.status || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: error %v, want status %d and %v", tt.name, err, tt.status, tt.want)
		}
	}
	for _, path := range []string{"/long", "/quoted", "/data"} {
		if _, err := newClient(t, nil).Get(t.Context(), Request{URL: base + path}); err != nil {
			t.Errorf("%s, about challenges, was taken for one: %v", path, err)
		}
	}
}

func TestGetHonoursContext(t *testing.T) {
	started := make(chan struct{}, 1)
	base := site(t, map[string]http.HandlerFunc{"/slow": func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		started <- struct{}{}
		<-r.Context().Done()
	}})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-started; cancel() }()
	if _, err := newClient(t, nil).Get(ctx, Request{URL: base + "/slow"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Get of a page that never ends = %v, want context.Canceled", err)
	}
	c := newClient(t, func(cfg *Config) { cfg.Timeout = 20 * time.Millisecond })
	c.withoutRetry()
	if _, err := c.Get(t.Context(), Request{URL: base + "/slow"}); err == nil || !strings.Contains(err.Error(), "no full answer within 20ms") {
		t.Errorf("Get past the time limit = %v, want a word on the limit", err)
	}
}

func TestSameHost(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"a.fr", "A.FR", true}, {"www.a.fr", "a.fr", true}, {"a.fr:443", "a.fr", true}, {"a.fr.", "a.fr", true},
		{"a.fr:8080", "a.fr", false}, {"b.a.fr", "a.fr", false}, {"a.fr", "a.fr.evil.net", false}, {"evila.fr", "a.fr", false},
	} {
		if got := SameHost(tt.a, tt.b); got != tt.want {
			t.Errorf("SameHost(%s, %s) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
