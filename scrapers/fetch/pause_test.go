package fetch

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vigie"
)

// What a platform asks one request to wait for, all wait for: those of other sources in this
// process and in others. It has refused once then, and is asked for all that is due.
func TestAskedToWaitIsThePlatforms(t *testing.T) {
	const pause = 12 * time.Second
	seconds := func(time.Time) string { return "12" }
	date := func(now time.Time) string { return now.Add(pause).UTC().Format(http.TimeFormat) }
	for _, tt := range []struct {
		name      string
		status    int
		after     func(now time.Time) string
		processes int
		delay     time.Duration
	}{
		{"too often", 429, seconds, 1, time.Second},
		{"out of service", 503, seconds, 1, time.Second},
		{"until a moment", 429, date, 1, time.Second},
		{"two processes", 429, seconds, 2, time.Second},
		{"without a delay", 429, seconds, 1, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			var closed time.Time // until then
			asked, early := 0, 0
			network := roundTrip(func(req *http.Request) (*http.Response, error) {
				mu.Lock()
				defer mu.Unlock()
				if req.URL.Path == robotsFile {
					return page(req, 404, ""), nil
				}
				if asked++; asked != 4 {
					if time.Now().Before(closed) {
						early++
					}
					return page(req, 200, "page"), nil
				}
				closed = time.Now().Add(pause)
				resp := page(req, tt.status, "")
				resp.Header.Set("Retry-After", tt.after(time.Now()))
				return resp, nil
			})
			book := newNotebook()
			var wg sync.WaitGroup
			for p := range tt.processes {
				c := process(t, book, network, tt.delay)
				for source := range 5 {
					wg.Go(func() {
						for i := range 3 {
							address := fmt.Sprintf("https://s%d.test/%d-%d", source, p, i)
							if _, err := c.Get(t.Context(), Request{URL: address, Platform: "cms"}); err != nil {
								t.Errorf("%s: %s: %v", tt.name, address, err)
							}
						}
					})
				}
			}
			wg.Wait()
			if want := tt.processes*15 + 1; asked != want || early > 0 {
				t.Errorf("%s: asked %d times, %d of them within the pause; want %d and none", tt.name, asked, early, want)
			}
			if s := book.standings["cms"]; s != (vigie.Standing{}) {
				t.Errorf("%s: %+v stands against it", tt.name, s)
			}
		})
	}
}

// A request's longer delay holds for the one after it, whoever asks; it is not handed on.
func TestDelayIsOfTheRequestBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(200)
		c := newClient(t, func(cfg *Config) { cfg.Transport = s })
		for i, delay := range []time.Duration{time.Second, 20 * time.Second, time.Second, time.Second} {
			if _, err := c.Get(t.Context(), Request{URL: fmt.Sprintf("https://a.test/%d", i), Delay: delay}); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := s.pages(), "/0@1 /1@21 /2@41 /3@42"; got != want {
			t.Errorf("asked %s, want %s", got, want)
		}
	})
}
