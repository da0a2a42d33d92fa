package fetch

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"vigie"
)

func TestTDMRep(t *testing.T) {
	const file = `[{"location": "/actu/*.html$", "tdm-reservation": 0}, {"location": "/actu/", "tdm-reservation": 1, "tdm-policy": "https://s.test/p.json"},
		{"location": "/archives", "tdm-reservation": "1"}, {"location": "/archives/libres", "tdm-reservation": 0}, {"tdm-reservation": 1}, {"location": "/x", "tdm-reservation": 7}]`
	for path, want := range map[string]string{
		"/actu/un":         "tdmrep.json: 1 (tdm-policy: https://s.test/p.json)",
		"/actu/un.html":    "", // the first rule that matches decides
		"/archives/libres": "tdmrep.json: 1",
		"/autre":           "",
		"/x":               "",
		"/actu/%75n?a=b":   "tdmrep.json: 1 (tdm-policy: https://s.test/p.json)",
	} {
		u, err := url.Parse("https://s.test" + path)
		if err != nil {
			t.Fatal(err)
		}
		if got := termsOf(parseTDM([]byte(file)), u).String(); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	for _, none := range []string{"", "null", "{}", "<!doctype html><p>Accueil", `{"location": "/", "tdm-reservation": 1}`, strings.Repeat("[", 100_000)} {
		if rules := parseTDM([]byte(none)); len(rules) > 0 {
			t.Errorf("%.20q: %v", none, rules)
		}
	}
}

// The header supersedes the site's file, the page's own word both; a site that forbids the
// file, or has none, reserves nothing by it; who does not mine does not ask.
func TestTDMRepIsAsked(t *testing.T) {
	const all = `[{"location": "/", "tdm-reservation": 1}]`
	for _, tt := range []struct {
		name, robots, file, header, meta, want string
		asked                                  int
	}{
		{"the file", "", all, "", "", "tdmrep.json: 1", 1},
		{"the header frees the page", "", all, "0", "", "", 1},
		{"the page is reserved after all", "", all, "0", "1", "meta tdm-reservation: 1", 1},
		{"the page frees itself", "", all, "1", "0", "", 1},
		{"the header alone", "", "[]", "1", "", "tdm-reservation: 1", 1},
		{"forbidden", "User-agent: *\nDisallow: /.well-known/", all, "", "", "", 0},
		{"beside robots.txt", "User-agent: *\nContent-Usage: train-ai=n", all, "", "", "robots.txt: content-usage: train-ai=n; tdmrep.json: 1", 1},
	} {
		asked := 0
		base := site(t, map[string]http.HandlerFunc{
			"/robots.txt": text(tt.robots),
			tdmFile:       func(w http.ResponseWriter, _ *http.Request) { asked++; io.WriteString(w, tt.file) },
			"/": func(w http.ResponseWriter, _ *http.Request) {
				if tt.header != "" {
					w.Header().Set("TDM-Reservation", tt.header)
				}
				io.WriteString(w, `<html><head><meta name="tdm-reservation" content="`+tt.meta+`"></head>`)
			},
		})
		c := newClient(t, nil)
		if _, err := c.Get(t.Context(), Request{URL: base + "/"}); err != nil || asked > 0 {
			t.Errorf("%s: a page that is not mined: %v, the file asked %d times", tt.name, err, asked)
		}
		for range 2 {
			r, err := c.Get(t.Context(), Request{URL: base + "/", Mine: true})
			if err != nil || r.Capture.OptOut != tt.want {
				t.Errorf("%s: %v, %q, want %q", tt.name, err, r.Capture.OptOut, tt.want)
			}
		}
		if asked != tt.asked {
			t.Errorf("%s: the file asked %d times, want %d", tt.name, asked, tt.asked)
		}
	}
}

// A site whose firewall refuses that one file, however often, is not a site that refuses us.
func TestTDMRepRefusedIsNoRefusal(t *testing.T) {
	for _, status := range []int{403, 429, 503, -1} {
		asked := 0
		base := site(t, map[string]http.HandlerFunc{
			"/robots.txt": text(""),
			tdmFile: func(w http.ResponseWriter, _ *http.Request) {
				if asked++; status < 0 {
					panic(http.ErrAbortHandler)
				}
				w.Header().Set("Retry-After", "7200") // for it alone
				w.WriteHeader(status)
			},
			"/": text("page"),
		})
		c := newClient(t, nil)
		for range 5 {
			if _, err := c.Get(t.Context(), Request{URL: base + "/", Mine: true}); err != nil {
				t.Errorf("%d: %v", status, err)
			}
		}
		if asked != 1 && !(status < 0 && asked == 2) { // net/http asks again by itself where a kept connection broke
			t.Errorf("%d: the file asked %d times, want once", status, asked)
		}
	}
}

// A challenge in the place of robots.txt lets nobody in, whatever its status.
func TestRobotsBehindAChallenge(t *testing.T) {
	for _, status := range []int{200, 403, 503} {
		pages := 0
		base := site(t, map[string]http.HandlerFunc{
			"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				w.WriteHeader(status)
				io.WriteString(w, "<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>")
			},
			"/": func(http.ResponseWriter, *http.Request) { pages++ },
		})
		_, err := newClient(t, nil).Get(t.Context(), Request{URL: base + "/"})
		if !errors.Is(err, vigie.ErrBlocked) || pages > 0 {
			t.Errorf("%d: %v, %d pages asked; want it blocked", status, err, pages)
		}
	}
}

func TestReserves(t *testing.T) {
	base := site(t, map[string]http.HandlerFunc{
		"/robots.txt": text("User-agent: *\nContent-Signal: ai-train=no"), tdmFile: text(`[{"location": "/a", "tdm-reservation": 1}]`),
	})
	got, err := newClient(t, nil).Reserves(t.Context(), Request{URL: base + "/a"})
	if want := "robots.txt: content-signal: ai-train=no; tdmrep.json: 1"; err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}
