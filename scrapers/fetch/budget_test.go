package fetch

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"vigie"
)

// A platform's day is spent by all processes together, and the next day is another.
func TestBudget(t *testing.T) {
	for _, tt := range []struct {
		name string
		book Book
	}{{"one process alone", nil}, {"two that share a book", newNotebook()}} {
		day, asked := time.Date(2026, 11, 22, 23, 50, 0, 0, time.UTC), 0
		process := func() func(string) error {
			c := newClient(t, func(cfg *Config) {
				cfg.Budget, cfg.Now = 4, func() time.Time { return day }
				cfg.Transport = roundTrip(func(req *http.Request) (*http.Response, error) { asked++; return page(req, 200, "page"), nil })
			})
			if tt.book != nil {
				c.Keep(tt.book)
			}
			return func(address string) error {
				_, err := c.Get(t.Context(), Request{URL: address})
				return err
			}
		}
		get := process()
		for _, address := range []string{"https://a.test/1", "https://b.test/1", "https://a.test/2"} { // with robots.txt: three of a.test
			if err := get(address); err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if tt.book != nil {
			get = process()
		}
		if err := get("https://a.test/3"); err != nil {
			t.Errorf("%s, the last: %v", tt.name, err)
		}
		before := asked
		resting, ok := errors.AsType[*RestingError](get("https://a.test/4"))
		if !ok || !resting.Spent || errors.Is(resting, vigie.ErrBlocked) || !resting.Until.Equal(day.Add(10*time.Minute)) || asked != before {
			t.Errorf("%s, one more: %v, want it left for tomorrow, and nobody blamed", tt.name, resting)
		}
		if err := get("https://b.test/2"); err != nil {
			t.Errorf("%s, another platform: %v", tt.name, err)
		}
		day = day.Add(10 * time.Minute)
		if err := get("https://a.test/4"); err != nil {
			t.Errorf("%s, the next day: %v", tt.name, err)
		}
	}
}
