package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"vigie"
)

// An API whose quota is used up (429) says when it is renewed, not how long to wait: it is
// left alone until then, or asked again then where that is soon.
func TestQuotas(t *testing.T) {
	at := func(d time.Duration) string {
		return fmt.Sprint(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(d).Unix())
	}
	for _, tt := range []struct {
		name         string
		status       int
		reset, after string
		asked        string
		rests        time.Duration
	}{
		{"renewed at midnight", 429, at(19 * time.Hour), "", "/@0", 19 * time.Hour},
		{"renewed in a moment", 429, at(20 * time.Second), "", "/@0 /@20", 0},
		{"renewed already", 429, at(-time.Hour), "", "/@0 /@1", 0},
		{"renewed in words", 429, "demain", "", "/@0 /@1", 0},
		{"renewed in another century", 429, at(100 * 365 * 24 * time.Hour), "", "/@0", maxRest},
		{"no number of seconds", 429, "99999999999999999999", "", "/@0 /@1", 0},
		{"how long to wait comes first", 429, at(19 * time.Hour), "20", "/@0 /@20", 0},
		{"not said", 429, "", "", "/@0 /@1", 0},
		{"another trouble", 503, at(19 * time.Hour), "", "/@0 /@1", 0},
		{"no trouble", 200, at(19 * time.Hour), "", "/@0", 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScript(tt.status, 200)
			c := newClient(t, func(cfg *Config) {
				cfg.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
					resp, err := s.RoundTrip(req)
					resp.Header.Del("Retry-After")
					for key, value := range map[string]string{"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": tt.reset, "Retry-After": tt.after} {
						if value != "" {
							resp.Header.Set(key, value)
						}
					}
					return resp, err
				})
			})
			_, err := c.Get(t.Context(), Request{URL: "https://a.test/"})
			if s.pages() != tt.asked || (err != nil) != (tt.rests > 0) {
				t.Errorf("%s: asked %s, %v; want %s", tt.name, s.pages(), err, tt.asked)
			}
			var until time.Duration
			_, err = c.Get(t.Context(), Request{URL: "https://a.test/2"})
			if resting, ok := errors.AsType[*RestingError](err); ok {
				until = resting.Until.Sub(s.start)
			}
			if until != tt.rests {
				t.Errorf("%s: left alone for %v, %v; want %v", tt.name, until, err, tt.rests)
			}
			if s := c.breaker.known.known["a.test"].standing; tt.rests == 0 && s != (vigie.Standing{}) {
				t.Errorf("%s: %+v stands against it", tt.name, s)
			}
		})
	}
}
