package fetch

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vigie"
)

// Hazards that other tests meet on networks in memory, where time is made to pass, met by the
// client as it is on servers of the loopback.

// pauses is a log that takes down how long the client means to wait before it asks again,
// and has whoever asked go away: no test waits for it.
type pauses struct {
	slog.Handler
	leave context.CancelFunc
	waits []time.Duration
}

func (*pauses) Enabled(context.Context, slog.Level) bool { return true }

func (p *pauses) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "wait" {
			p.waits = append(p.waits, a.Value.Duration())
			p.leave()
		}
		return true
	})
	return nil
}

func TestHazardA13Loopback(t *testing.T) {
	now := time.Date(2024, 3, 1, 4, 0, 0, 0, time.UTC)
	date := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	elsewhere := newTrap(t, text("page"))
	ask := func(t *testing.T, busy *trap, bare bool) (*Client, []time.Duration, error) {
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		p := &pauses{Handler: slog.DiscardHandler, leave: leave}
		c := newClient(t, func(cfg *Config) { cfg.Now, cfg.Log = func() time.Time { return now }, slog.New(p) })
		if bare {
			c.withoutRetry()
		}
		_, err := c.Get(ctx, Request{URL: busy.URL})
		return c, p.waits, err
	}
	for value, want := range map[string]time.Duration{
		"20": 20 * time.Second, date(30 * time.Second): 30 * time.Second, "-5": time.Second, date(-time.Hour): time.Second, "demain": time.Second,
		"3600": 0, "99999999999999999999": 0, date(365 * 24 * time.Hour): 0, // past our patience
	} {
		for _, status := range []int{429, 503} {
			busy := newTrap(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", value)
				w.WriteHeader(status)
			})
			c, waits, err := ask(t, busy, false)
			_, resting := errors.AsType[*StatusError](err)
			switch {
			case want > 0 && (!slices.Equal(waits, []time.Duration{want}) || !errors.Is(err, context.Canceled)):
				t.Errorf("%d, Retry-After %q: waits %v, %v; want %v", status, value, waits, err, want)
			case want == 0 && (waits != nil || !resting):
				t.Errorf("%d, Retry-After %q: waits %v, %v; want the answer to stand", status, value, waits, err)
			}
			if want == 0 {
				if _, err := c.Get(t.Context(), Request{URL: busy.URL + "/autre"}); !errors.Is(err, ErrUnasked) {
					t.Errorf("%d, Retry-After %q: its next page: %v, want it left alone", status, value, err)
				}
			}
			if n := busy.hits.Load(); n != 1 {
				t.Errorf("%d, Retry-After %q: asked %d times, want once", status, value, n)
			}
			if _, err := c.Get(t.Context(), Request{URL: elsewhere.URL}); err != nil {
				t.Errorf("%d, Retry-After %q: another site had to wait: %v", status, value, err)
			}
		}
	}
	busy := newTrap(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "20")
		w.WriteHeader(429)
	})
	if _, waits, err := ask(t, busy, true); waits != nil || errors.Is(err, context.Canceled) {
		t.Errorf("without the layer it waits %v: %v", waits, err)
	}
}

// A drip is a body of so many bytes a millisecond, after a first piece, until whoever asked
// goes away. After tells how much of it was sent.
func drip(first, each int, after func(sent int64)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, strings.Repeat("x", first))
		w.(http.Flusher).Flush()
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for sent := int64(first); ; sent += int64(each) {
			after(sent)
			select {
			case <-r.Context().Done():
				return
			case <-tick.C:
			}
			io.WriteString(w, strings.Repeat("x", each))
			w.(http.Flusher).Flush()
		}
	}
}

func TestHazardB2Loopback(t *testing.T) {
	const patience = 50 * time.Millisecond
	never := func(int64) {}
	patient := func(t *testing.T, base string, patience, timeout time.Duration) *Client {
		c := newClient(t, func(cfg *Config) { cfg.MaxBody = 1 << 20 })
		if _, err := c.Get(t.Context(), Request{URL: base + "/vite"}); err != nil { // robots.txt is known then
			t.Fatal(err)
		}
		rec := c.breaker.next.(*recorder)
		rec.patience, rec.timeout = patience, timeout
		return c
	}
	for name, tt := range map[string]struct {
		body              http.HandlerFunc
		patience, timeout time.Duration
		want              error
	}{
		"in drops":             {drip(0, 1, never), patience, time.Hour, errSlow},
		"that comes to drops":  {drip(64<<10, 1, never), patience, time.Hour, errSlow},
		"that comes to a halt": {drip(64<<10, 0, never), patience, time.Hour, errSlow},
		"steady without end":   {drip(0, 64, never), time.Hour, 4 * patience, errSlow},
		"fast without end":     {drip(2<<20, 1, never), time.Hour, time.Hour, vigie.ErrTooLarge},
	} {
		tr := newTrap(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/vite" {
				io.WriteString(w, "page")
				return
			}
			tt.body(w, r)
		})
		c := patient(t, tr.URL, tt.patience, tt.timeout)
		ctx, leave := context.WithTimeout(t.Context(), 20*time.Second) // as long as a body may take that nobody gives up
		if r, err := c.Get(ctx, Request{URL: tr.URL + "/lent"}); !errors.Is(err, tt.want) || tr.hits.Load() != 2 {
			t.Errorf("a body %s: %v, %v after %d requests; want %v, once for all", name, r, err, tr.hits.Load()-1, tt.want)
		}
		leave()
		c.breaker.next.(*recorder).patience, c.breaker.next.(*recorder).timeout = flowTime, defaultTimeout
		if _, err := c.Get(t.Context(), Request{URL: tr.URL + "/vite"}); err != nil {
			t.Errorf("a body %s: the next page: %v", name, err)
		}
	}
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	tr := newTrap(t, drip(4, 1, func(sent int64) {
		if sent > 200 { // so many milliseconds at least
			leave()
		}
	}))
	c := newClient(t, func(cfg *Config) { cfg.Timeout = time.Hour })
	c.breaker.next.(*recorder).patience = time.Hour
	if _, err := c.Get(ctx, Request{URL: tr.URL}); !errors.Is(err, context.Canceled) {
		t.Errorf("without the layers it ended by itself: %v", err)
	}
}

// A robots.txt that is never answered closes the site: a page that might be forbidden is not
// asked for.
func TestHazardA12Timeout(t *testing.T) {
	var pages atomic.Int64
	hears := site(t, map[string]http.HandlerFunc{
		"/robots.txt": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"/page":       func(w http.ResponseWriter, _ *http.Request) { pages.Add(1); io.WriteString(w, "page") },
	})
	for name, base := range map[string]string{"hears and does not answer": hears, "accepts and does not hear": deaf(t)} {
		c := newClient(t, func(cfg *Config) { cfg.Timeout = 50 * time.Millisecond })
		c.withoutRetry()
		for range 2 {
			_, err := c.Get(t.Context(), Request{URL: base + "/page"})
			if !errors.Is(err, os.ErrDeadlineExceeded) || !errors.Is(err, ErrUnasked) || !strings.Contains(err.Error(), "robots.txt") || pages.Load() > 0 {
				t.Errorf("a server that %s: %v, the page asked for %d times; want it closed for its robots.txt", name, err, pages.Load())
			}
		}
	}
	c := newClient(t, nil)
	c.stack = c.stack.(scheme).next.(*robotsGate).next
	if _, err := c.Get(t.Context(), Request{URL: hears + "/page"}); err != nil || pages.Load() != 1 {
		t.Errorf("without the gate: %v", err)
	}
}

// deaf is the address of a server that accepts connections and does nothing with them.
func deaf(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	held := make(chan []net.Conn)
	go func() {
		var all []net.Conn
		for {
			conn, err := l.Accept()
			if err != nil {
				held <- all
				return
			}
			all = append(all, conn)
		}
	}()
	t.Cleanup(func() {
		l.Close()
		for _, conn := range <-held {
			conn.Close()
		}
	})
	return "http://" + l.Addr().String()
}

// Ten thousand hosts in a row, each with a connection of its own.
func TestHazardB11Loopback(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == robotsFile {
			io.WriteString(w, manyRules)
			return
		}
		io.WriteString(w, "page")
	}))
	defer server.Close()
	everywhere := func(cfg *Config) {
		n := newNetwork(loopback, nil)
		guarded := n.DialContext
		n.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return guarded(ctx, network, server.Listener.Addr().String())
		}
		cfg.Transport = n
	}
	hosts := 10_000
	if testing.Short() {
		hosts = 3000
	}
	flat(t, newClient(t, everywhere), hosts)
	elephantine(t, newClient(t, everywhere))
}
