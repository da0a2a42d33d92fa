package fetch

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// gated is a page that sends to itself whoever does not show the cookie that it sets.
func gated(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie("seen"); err != nil {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
		return
	}
	io.WriteString(w, "page")
}

// A10: a page that waits for its cookie is had, by a Get and on a walk; the next page
// knows nothing of it.
func TestCookiesOfAChain(t *testing.T) {
	tr := newTrap(t, gated)
	c := newClient(t, nil)
	for range 2 {
		tr.hits.Store(0)
		if _, err := c.Get(t.Context(), Request{URL: tr.URL + "/a"}); err != nil || tr.hits.Load() != 2 {
			t.Errorf("%v after %d requests, want the page by the second", err, tr.hits.Load())
		}
	}
	tr.hits.Store(0)
	visited := 0
	err := c.Walk(t.Context(), Request{URL: tr.URL + "/a"}, func(*Response) ([]string, error) {
		visited++
		return []string{"/b"}, nil
	})
	if err != nil || visited != 2 || tr.hits.Load() != 4 {
		t.Errorf("walk: %v, %d pages, %d requests; want two pages of two requests each", err, visited, tr.hits.Load())
	}
	c.stack.(scheme).next.(*robotsGate).next.(*validators).next = c.stack.(scheme).next.(*robotsGate).next.(*validators).next.(cookies).next
	if _, err := c.Get(t.Context(), Request{URL: tr.URL + "/a"}); err == nil {
		t.Error("without the layer the page came")
	}
}

// A9: a cookie goes to the origin that set it and to no other, nor back once the chain has
// been elsewhere; to what it was set for only.
func TestCookiesStayWithTheirOrigin(t *testing.T) {
	const all = "a=1; Path=/"
	for _, tt := range []struct {
		name, first, cookie, second, third string
		want                               []string // with each request
	}{
		{"the same origin", "https://a.test/", all, "https://a.test/2", "https://a.test/3", []string{"", "a=1", "a=1"}},
		{"another host", "https://a.test/", all, "https://b.test/", "", []string{"", ""}},
		{"a host below", "https://a.test/", "a=1; Domain=a.test; Path=/", "https://www.a.test/", "", []string{"", ""}},
		{"another port", "https://a.test/", all, "https://a.test:8443/", "", []string{"", ""}},
		{"downgraded", "https://a.test/", all, "http://a.test/", "", []string{"", ""}},
		{"upgraded", "http://a.test/", all, "https://a.test/", "", []string{"", ""}},
		{"there and back", "https://a.test/", all, "https://b.test/", "https://a.test/3", []string{"", "", ""}},
		{"all of gouv.fr", "https://a.gouv.fr/", "a=1; Domain=gouv.fr; Path=/", "https://a.gouv.fr/2", "", []string{"", ""}},
		{"another's", "https://a.test/", "a=1; Domain=b.test; Path=/", "https://a.test/2", "", []string{"", ""}},
		{"secure, over nothing secure", "http://a.test/", all + "; Secure", "http://a.test/2", "", []string{"", ""}},
		{"secure", "https://a.test/", all + "; Secure", "https://a.test/2", "", []string{"", "a=1"}},
		{"for another path", "https://a.test/", "a=1; Path=/x", "https://a.test/2", "", []string{"", ""}},
	} {
		var sent []string
		c := newClient(t, func(cfg *Config) {
			cfg.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
				if req.URL.Path == robotsFile {
					if req.Header.Get("Cookie") != "" {
						t.Errorf("%s: robots.txt was asked for with a cookie", tt.name)
					}
					return page(req, 404, ""), nil
				}
				sent = append(sent, req.Header.Get("Cookie"))
				next := map[int]string{1: tt.second, 2: tt.third}[len(sent)]
				if next == "" {
					return page(req, 200, "page"), nil
				}
				resp := page(req, 302, "")
				resp.Header.Set("Location", next)
				if len(sent) == 1 {
					resp.Header.Set("Set-Cookie", tt.cookie)
				}
				return resp, nil
			})
		})
		if _, err := c.Get(t.Context(), Request{URL: tt.first}); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if d := cmp.Diff(tt.want, sent); d != "" {
			t.Errorf("%s: cookies sent (-want +got):\n%s", tt.name, d)
		}
	}
}

// A loop ends with cookies too, each hop with the newest.
func TestCookiesBoundNoLoop(t *testing.T) {
	var seen []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == robotsFile {
			http.NotFound(w, r)
			return
		}
		seen = append(seen, r.Header.Get("Cookie"))
		http.SetCookie(w, &http.Cookie{Name: "n", Value: strings.Repeat("1", len(seen))})
		http.Redirect(w, r, "/", http.StatusFound)
	}))
	defer s.Close()
	_, err := newClient(t, nil).Get(t.Context(), Request{URL: s.URL})
	if err == nil || !strings.Contains(err.Error(), "more than 10 redirects") || len(seen) != maxRedirects+1 || seen[maxRedirects] != "n="+strings.Repeat("1", maxRedirects) {
		t.Errorf("%v after %d requests, the last with %q", err, len(seen), seen[len(seen)-1])
	}
}
