package fetch

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vigie"
)

// One page that hangs up at every try is one refusal, and its platform goes on being asked;
// three of them are a platform that refuses.
func TestBreakerCountsPagesThatHangUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		network := roundTrip(func(req *http.Request) (*http.Response, error) {
			if strings.HasPrefix(req.URL.Path, "/broken") {
				tries++
				return nil, &wrapped{io.EOF}
			}
			return page(req, 200, "page"), nil
		})
		book := newNotebook()
		c := process(t, book, network, 0)
		get := func(path string) error {
			_, err := c.Get(t.Context(), Request{URL: "https://a.test" + path})
			return err
		}
		if err := get("/broken"); !errors.Is(err, io.EOF) || tries != maxTries || book.standings["a.test"].Refused != 1 {
			t.Errorf("%v after %d tries: %+v, want one refusal", err, tries, book.standings["a.test"])
		}
		if err := get("/sound"); err != nil || book.standings["a.test"] != (vigie.Standing{}) {
			t.Errorf("%v: %+v, want it forgotten", err, book.standings["a.test"])
		}
		for _, path := range []string{"/broken1", "/broken2", "/broken3"} {
			if err := get(path); !errors.Is(err, io.EOF) {
				t.Errorf("%s: %v", path, err)
			}
		}
		if rests := time.Until(book.standings["a.test"].Until); rests != firstRest || !errors.Is(get("/sound"), vigie.ErrBlocked) {
			t.Errorf("after three pages it rests for %v, want %v", rests, firstRest)
		}
	})
}

// What was not asked for is told apart from what was, and failed.
func TestUnasked(t *testing.T) {
	sound := func(*notebook) {}
	rests := func(n *notebook) { n.standings["a.test"] = vigie.Standing{Until: time.Now().Add(time.Hour)} }
	torn := func(n *notebook) { n.broken = errors.New("disk") }
	for _, tt := range []struct {
		name    string
		robots  any
		answer  any
		book    func(*notebook)
		unasked bool
	}{
		{"robots.txt forbids it", "200 User-agent: *\nDisallow: /", 200, sound, true},
		{"robots.txt cannot be had", 500, 200, sound, true},
		{"the platform rests", 404, 200, rests, true},
		{"our book is torn", 404, 200, torn, true},
		{"hung up", 404, &wrapped{io.EOF}, sound, false},
		{"forbidden", 404, 403, sound, false},
		{"missing", 404, 404, sound, false},
		{"empty", 404, "200 ", sound, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			book, s := newNotebook(), newScript(tt.answer)
			tt.book(book)
			s.robots = []any{tt.robots}
			_, err := process(t, book, s, 0).Get(t.Context(), Request{URL: "https://a.test/1"})
			if err == nil || errors.Is(err, ErrUnasked) != tt.unasked || tt.unasked && s.pages() != "" {
				t.Errorf("%s: %v after asking %q; want not asked for: %v", tt.name, err, s.pages(), tt.unasked)
			}
		})
	}
}
