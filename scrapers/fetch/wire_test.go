package fetch

import (
	"errors"
	"net/http"
	"testing"

	"vigie"
)

// Whoever listens hears whatever answers, a robots.txt and each redirect too, and nothing of
// what does not.
func TestOnAnswer(t *testing.T) {
	base := site(t, map[string]http.HandlerFunc{
		"/un":     text("page"),
		"/vers":   func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/un", http.StatusFound) },
		"/refuse": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) },
	})
	c, heard := newClient(t, nil), 0
	ctx := OnAnswer(t.Context(), func() { heard++ })
	for _, tt := range []struct {
		path string
		want int
	}{{"/un", 2}, {"/vers", 2}, {"/refuse", 1}, {"/manque", 1}} { // the first asks for robots.txt
		heard = 0
		if c.Get(ctx, Request{URL: base + tt.path}); heard != tt.want {
			t.Errorf("%s: heard %d answers, want %d", tt.path, heard, tt.want)
		}
	}
	heard = 0
	silent := newClient(t, func(cfg *Config) { cfg.Transport = silence{} })
	if silent.Get(ctx, Request{URL: base + "/un"}); heard > 0 {
		t.Errorf("heard %d answers of a site that gives none", heard)
	}
}

// silence is a web in which nobody answers.
type silence struct{}

func (silence) RoundTrip(*http.Request) (*http.Response, error) { return nil, vigie.ErrTooLarge } // not worth another try

// A site whose robots.txt cannot be had is told as that, with the cause.
func TestClosedError(t *testing.T) {
	base := site(t, map[string]http.HandlerFunc{"/robots.txt": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotImplemented) }})
	_, err := newClient(t, nil).Get(t.Context(), Request{URL: base + "/un"})
	closed, ok := errors.AsType[*ClosedError](err)
	status, answered := errors.AsType[*StatusError](err)
	if !ok || "http://"+closed.Host != base || !errors.Is(err, ErrUnasked) || !answered || status.Status != http.StatusNotImplemented {
		t.Errorf("%v, want %s closed with a status 501", err, base)
	}
}
