package fetch

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A client that nobody tells how comes back by chance: those that failed together ask again
// apart, each within half as long again as the backoff.
func TestJitterByChance(t *testing.T) {
	const clients = 20
	waits := map[float64]bool{}
	for range clients {
		synctest.Test(t, func(t *testing.T) {
			s := newScript(503, 200)
			c, err := New(Config{Contact: "veille@example.org", Transport: s, Delay: new(time.Duration)})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Get(t.Context(), Request{URL: "https://site.test/"}); err != nil {
				t.Fatal(err)
			}
			var wait float64
			if _, err := fmt.Sscanf(s.pages(), "/@0 /@%g", &wait); err != nil || wait < 1 || wait > 1.5 {
				t.Errorf("asked %s, want again after 1 to 1.5 s", s.pages())
			}
			waits[wait] = true
		})
	}
	if len(waits) < clients/2 {
		t.Errorf("%d clients came back at %d moments: together", clients, len(waits))
	}
}

// A server that accepts, hears and never says a word is not waited for as long as a large page
// may take.
func TestNetworkWaitsForNoSilence(t *testing.T) {
	for address, most := range map[string]time.Duration{
		"http://a.test/":  30 * time.Second, // for a header
		"https://a.test/": 15 * time.Second, // for a handshake
	} {
		synctest.Test(t, func(t *testing.T) {
			n := newNetwork(nil, nil)
			n.DialContext = func(context.Context, string, string) (net.Conn, error) {
				ours, theirs := net.Pipe()
				go io.Copy(io.Discard, theirs)
				return ours, nil
			}
			defer n.CloseIdleConnections()
			c := newClient(t, func(cfg *Config) { cfg.Transport = n })
			c.withoutRetry()
			start := time.Now()
			_, err := c.Get(t.Context(), Request{URL: address})
			if spent := time.Since(start); err == nil || !strings.Contains(err.Error(), "timeout") || spent > most {
				t.Errorf("%s: %v after %v, want it given up within %v", address, err, spent, most)
			}
		})
	}
}
