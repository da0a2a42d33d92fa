package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vigie"
)

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

// The first 429 closes the site: it is not the rest after the third that does.
func TestRobotsTooOften(t *testing.T) {
	s := newScript(200)
	s.robots = []any{429}
	c := newClient(t, func(cfg *Config) { cfg.Transport = s })
	c.withoutRetry()
	if _, err := c.Get(t.Context(), Request{URL: "https://site.test/a"}); err == nil || s.pages() != "" || len(s.asked) != 1 {
		t.Errorf("%v after asking %v, want the site closed by one answer", err, s.asked)
	}
}

// Five redirects of robots.txt are followed; where there are more there is none (RFC 9309, 2.3.1.2).
func TestRobotsRedirects(t *testing.T) {
	for moves, open := range map[int]bool{5: false, 6: true} {
		s := newScript(200)
		for range moves {
			s.robots = append([]any{"301 /robots.txt"}, s.robots...)
		}
		s.robots[moves] = "200 User-agent: *\nDisallow: /"
		_, err := newClient(t, func(cfg *Config) { cfg.Transport = s }).Get(t.Context(), Request{URL: "https://site.test/a"})
		if open != (err == nil) {
			t.Errorf("%d redirects: %v, want open %v", moves, err, open)
		}
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

// One that could not be had is asked for again within the night.
func TestRobotsAreAskedAgainSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(200)
		s.robots = []any{500, 500, 500, 500, 404}
		c := newClient(t, func(cfg *Config) { cfg.Transport = s })
		get := func() error {
			_, err := c.Get(t.Context(), Request{URL: "https://site.test/a"})
			return err
		}
		if err := get(); err == nil {
			t.Error("a site whose robots.txt cannot be had is open")
		}
		asked := len(s.asked)
		if err := get(); err == nil || len(s.asked) != asked {
			t.Errorf("at once: %v, asked %v", err, s.asked[asked:])
		}
		time.Sleep(11 * time.Minute)
		if err := get(); err != nil {
			t.Errorf("eleven minutes later: %v", err)
		}
	})
}

// A process alone remembers them too: they stand in for a month while the site cannot say.
func TestRobotsStandIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(200)
		s.robots = []any{"200 User-agent: *\nDisallow: /no", 500}
		c := newClient(t, func(cfg *Config) { cfg.Transport = s })
		expect := func(when string, yes, no bool) {
			t.Helper()
			for path, open := range map[string]bool{"/yes": yes, "/no": no} {
				if _, err := c.Get(t.Context(), Request{URL: "https://a.test" + path}); open != (err == nil) {
					t.Errorf("%s, %s: %v, want open %v", when, path, err, open)
				}
			}
		}
		expect("at first", true, false)
		time.Sleep(25 * time.Hour)
		expect("the next day, without an answer", true, false)
		time.Sleep(31 * 24 * time.Hour)
		expect("a month later", false, false)
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
		book.files["https://a.test/robots.txt"] = vigie.SiteFile{Site: "https://a.test", Name: "/robots.txt", Time: time.Now().AddDate(1, 0, 0), Body: []byte(text)}
		status = 404
		expect("one kept by a clock that was wrong", get("/no", book), true, 3+3*maxTries)
		status, text = 200, strings.Repeat("# x\n", maxRobots/4)+text
		time.Sleep(25 * time.Hour)
		expect("one of which the beginning is read", get("/no", book), true, 4+3*maxTries)
		if given := book.files["https://a.test/robots.txt"].Answer; given.Status != 0 {
			t.Errorf("to be archived, though it is cut: %+v", given)
		}
		book.broken = errors.New("disk full")
		if err := get("/yes", book); !errors.Is(err, errBook) {
			t.Errorf("a book that cannot be read: %v", err)
		}
	})
}
