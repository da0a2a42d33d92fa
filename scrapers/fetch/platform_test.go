package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"vigie"
)

// One request at a time bears on a platform, whoever of a process asks; who waits meanwhile
// hears what the one before was told.
func TestPlatformIsAskedInTurn(t *testing.T) {
	for _, tt := range []struct {
		name  string
		after string // what the site says of when to come back
		asked int
	}{{"the site bears it", "", 3}, {"it wants to be left alone", "7200", 1}} {
		synctest.Test(t, func(t *testing.T) {
			var busy, asked atomic.Int64
			c := newClient(t, func(cfg *Config) {
				cfg.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
					if req.URL.Path == robotsFile {
						return page(req, 404, ""), nil
					}
					if asked.Add(1); busy.Add(1) > 1 {
						t.Errorf("%s: two requests at a time", tt.name)
					}
					time.Sleep(2 * time.Second)
					busy.Add(-1)
					resp := page(req, 503, "")
					if tt.after == "" {
						resp.StatusCode = 404
					}
					resp.Header.Set("Retry-After", tt.after)
					return resp, nil
				})
			})
			var wg sync.WaitGroup
			for i := range 3 {
				wg.Go(func() { c.Get(t.Context(), Request{URL: fmt.Sprintf("https://a.test/%d", i)}) })
			}
			if wg.Wait(); int(asked.Load()) != tt.asked {
				t.Errorf("%s: %d pages asked, want %d", tt.name, asked.Load(), tt.asked)
			}
		})
	}
}

// What is forgotten to keep the memory flat is nothing that a site would bear for it: neither
// that it refused us, nor its delay, nor a request under way.
func TestPlatformsForgetNothingDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript(403, 403, 403, 200)
		c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Delay = s, nil })
		c.breaker.known.most = 1
		get := func(address string) error {
			_, err := c.Get(t.Context(), Request{URL: address, Delay: map[bool]time.Duration{true: time.Minute}[strings.Contains(address, "slow")]})
			return err
		}
		for i := range 3 {
			get(fmt.Sprintf("https://refuses.test/%d", i))
		}
		for i := range 5 {
			if err := get(fmt.Sprintf("https://s%d.test/", i)); err != nil {
				t.Fatal(err)
			}
		}
		if err := get("https://refuses.test/4"); !errors.Is(err, vigie.ErrBlocked) {
			t.Errorf("one that refused us is asked again: %v", err)
		}
		get("https://slow.test/")
		start := time.Now()
		get("https://s5.test/")
		if err := get("https://slow.test/again"); err != nil || time.Since(start) != time.Minute {
			t.Errorf("one that was asked just now is asked again after %v, %v; want its delay", time.Since(start), err)
		}
		busy, done := c.breaker.known.use("busy.test")
		for i := range 5 {
			_, other := c.breaker.known.use(fmt.Sprintf("o%d.test", i))
			other()
		}
		if again, free := c.breaker.known.use("busy.test"); again != busy {
			t.Error("one that is being asked is another to those who come meanwhile")
		} else {
			free()
		}
		done()
	})
}

// What a process hears from a site, the others hear within seconds.
func TestStandingsAreHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, fine, refusing := newNotebook(), newScript(200), newScript(403)
		one, other := process(t, book, fine, 0), process(t, book, refusing, 0)
		if _, err := one.Get(t.Context(), Request{URL: "https://a.test/1"}); err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			other.Get(t.Context(), Request{URL: fmt.Sprintf("https://a.test/%d", i)})
		}
		time.Sleep(standingLife + time.Second)
		if _, err := one.Get(t.Context(), Request{URL: "https://a.test/2"}); !errors.Is(err, vigie.ErrBlocked) {
			t.Errorf("the process that had been answered goes on: %v", err)
		}
	})
}

// A tornBook fails where its name says.
type tornBook struct {
	*notebook
	torn string
}

func (b tornBook) fails(part string) error {
	if b.torn == part {
		return errors.New("disk full")
	}
	return nil
}

func (b tornBook) Take(_ context.Context, _ string, now, _ time.Time) (time.Time, error) {
	return now, b.fails("take")
}
func (b tornBook) Free(context.Context, string, time.Time) error { return b.fails("free") }
func (b tornBook) AddTolls(context.Context, []vigie.Toll) error  { return b.fails("tolls") }
func (b tornBook) PutStanding(context.Context, string, vigie.Standing) error {
	return b.fails("standing")
}
func (b tornBook) PutSiteFile(context.Context, vigie.SiteFile) error { return b.fails("file") }
func (b tornBook) Spend(context.Context, string, vigie.Date, int) (int, error) {
	return 0, b.fails("spend")
}

// Whatever part of the book cannot be kept, nobody goes on asking.
func TestTornBook(t *testing.T) {
	for _, torn := range []string{"", "take", "free", "tolls", "standing", "file", "spend"} {
		synctest.Test(t, func(t *testing.T) {
			s, delay := newScript(403), time.Second
			c := newClient(t, func(cfg *Config) { cfg.Transport, cfg.Delay, cfg.Budget = s, &delay, 100 })
			c.Keep(tornBook{newNotebook(), torn})
			var err error
			for range 2 {
				_, err = c.Get(t.Context(), Request{URL: "https://a.test/"})
			}
			if errors.Is(err, errBook) != (torn != "") || torn != "" && len(s.asked) > 4 {
				t.Errorf("torn at %q: %v after asking %v", torn, err, s.asked)
			}
		})
	}
}
