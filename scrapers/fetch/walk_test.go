package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"vigie"
)

func TestWalk(t *testing.T) {
	base := site(t, map[string]http.HandlerFunc{
		"/robots.txt": text("User-agent: *\nDisallow: /prive"),
		"/1":          encoded("gzip", zipped("caf\xe9")),
		"/2":          text("two"),
		"/3":          text("three"),
		"/moved":      http.RedirectHandler("/1", http.StatusFound).ServeHTTP,
		"/prive":      text("no"),
		"/403":        func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) },
		"/long":       text(strings.Repeat("x", 2000)),
	})
	tests := []struct {
		name, first string
		next        map[string][]string
		want        string
		err         error
	}{
		{"one page", "/1", nil, "caf\xe9", nil},
		{"each once, in order", "/1", map[string][]string{"/1": {"2", "/2#again", "/3"}, "/2": {"/1"}, "/3": {"/2"}}, "caf\xe9 two three", nil},
		{"other hosts are left out", "/1", map[string][]string{"/1": {"https://other.test/2", "/2"}}, "caf\xe9 two", nil},
		{"moved", "/moved", map[string][]string{"/1": {"/2"}}, "caf\xe9 two", nil},
		{"disallowed", "/1", map[string][]string{"/1": {"/prive"}}, "caf\xe9", vigie.ErrBlocked},
		{"refused", "/1", map[string][]string{"/1": {"/403"}}, "caf\xe9", vigie.ErrBlocked},
		{"missing", "/nothing", nil, "", vigie.ErrNotFound},
		{"too long", "/1", map[string][]string{"/1": {"/long"}}, "caf\xe9", vigie.ErrTooLarge},
	}
	for _, tt := range tests {
		c := newClient(t, func(cfg *Config) { cfg.MaxBody = 1000 })
		var got []string
		err := c.Walk(t.Context(), Request{URL: base + tt.first}, func(r *Response) ([]string, error) {
			got = append(got, string(r.Body))
			return tt.next[strings.TrimPrefix(r.Capture.FinalURL, base)], nil
		})
		if strings.Join(got, " ") != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("%s: visited %q, error %v; want %q, %v", tt.name, got, err, tt.want, tt.err)
		}
	}
}

func TestWalkEnds(t *testing.T) {
	base := site(t, map[string]http.HandlerFunc{"/": text("page")})
	c := newClient(t, nil)
	n := 0
	err := c.Walk(t.Context(), Request{URL: base}, func(*Response) ([]string, error) {
		n++
		return []string{fmt.Sprintf("/?page=%d", n)}, nil
	})
	if err == nil || n != maxWalk {
		t.Errorf("an endless walk visited %d pages and said %v", n, err)
	}
	enough := errors.New("enough")
	if err := c.Walk(t.Context(), Request{URL: base}, func(*Response) ([]string, error) { return []string{"/2"}, enough }); !errors.Is(err, enough) {
		t.Errorf("Walk = %v, want the visitor's error", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err = c.Walk(ctx, Request{URL: base}, func(*Response) ([]string, error) { cancel(); return []string{"/2"}, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Walk after its context's end = %v", err)
	}
}

// Redirects of a walk are bounded as those of a Get are, and keep to the declared hosts.
func TestWalkRedirects(t *testing.T) {
	other := newTrap(t, text("elsewhere"))
	base := site(t, map[string]http.HandlerFunc{
		"/loop": http.RedirectHandler("/loop", http.StatusFound).ServeHTTP, "/out": http.RedirectHandler(other.URL, http.StatusFound).ServeHTTP,
	})
	walk := func(path string, hosts ...string) error {
		return newClient(t, nil).Walk(t.Context(), Request{URL: base + path, Hosts: hosts}, func(*Response) ([]string, error) { return nil, nil })
	}
	own := strings.TrimPrefix(base, "http://")
	if err := walk("/loop", own); err == nil || !strings.Contains(err.Error(), "more than 10 redirects") {
		t.Errorf("a loop: %v", err)
	}
	if err := walk("/out", own); !errors.Is(err, ErrElsewhere) || other.hits.Load() > 0 {
		t.Errorf("to a host that is not declared: %v, asked %d times", err, other.hits.Load())
	}
	if err := walk("/out"); err != nil || other.hits.Load() == 0 {
		t.Errorf("without declared hosts it was not followed: %v", err)
	}
}

// What is told of a redirect that is not followed names the page that sends us on, with its
// host, however the site writes where to.
func TestRedirectsAreToldByAddress(t *testing.T) {
	base := site(t, map[string]http.HandlerFunc{
		"/loop": http.RedirectHandler("/loop", http.StatusFound).ServeHTTP, "/out": http.RedirectHandler("//other.test/", http.StatusFound).ServeHTTP,
	})
	for path, want := range map[string]string{"/loop": "more than 10 redirects", "/out": "moved to http://other.test/: " + ErrElsewhere.Error()} {
		c, r := newClient(t, nil), Request{URL: base + path, Hosts: []string{strings.TrimPrefix(base, "http://")}}
		_, got := c.Get(t.Context(), r)
		walked := c.Walk(t.Context(), r, func(*Response) ([]string, error) { return nil, nil })
		for _, err := range []error{got, walked} {
			if want := "get " + base + path + ": " + want; err == nil || err.Error() != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
	}
}

// A page of a walk that has not changed is visited as such, and not sent again.
func TestWalkUnchanged(t *testing.T) {
	sent := 0
	base := site(t, map[string]http.HandlerFunc{"/robots.txt": http.NotFound, "/": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"`+r.URL.Path+`"`)
		if r.Header.Get("If-None-Match") == `"`+r.URL.Path+`"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		sent++
		io.WriteString(w, "page")
	}})
	var visited []string
	known := func(address string) (etag, lastModified string) {
		if strings.HasSuffix(address, "/two") {
			return `"/two"`, ""
		}
		return "", ""
	}
	err := newClient(t, nil).Walk(t.Context(), Request{URL: base + "/one", Validators: known}, func(r *Response) ([]string, error) {
		visited = append(visited, fmt.Sprint(strings.TrimPrefix(r.Capture.URL, base), " ", r.Capture.Status, " ", len(r.Body)))
		return []string{"/two", "/three"}, nil
	})
	if want := "/one 200 4, /two 304 0, /three 200 4"; err != nil || strings.Join(visited, ", ") != want || sent != 2 {
		t.Errorf("%v, visited %q, %d pages sent; want %s", err, visited, sent, want)
	}
}
