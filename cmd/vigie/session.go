package main

import (
	"context"
	"net/http"
	"sync"
	"time"
	_ "time/tzdata" // the binary stands alone, the machine may have no zones

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
	"vigie/store"
)

// A session is one command under way: what it was told, and the outside world.
type session struct {
	world
	ctx context.Context
	cli *cli
	*output
}

// paris is where the days of reports and nights begin.
var paris = sync.OnceValue(func() *time.Location {
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return place
})

// dayOf is the day that a moment belongs to for those who write and read in France.
func dayOf(t time.Time) vigie.Date { return vigie.DateOf(t.In(paris())) }

// open opens a database, which goes by the session's clock.
func (s *session) open(dsn string) (*store.Store, error) {
	st, err := store.Open(s.ctx, dsn)
	if err == nil {
		st.SetClock(func() time.Time { return s.now() })
	}
	return st, err
}

// client returns what asks the web, through transport where that is not nil. Without a
// contact it refuses: a webmaster must be able to write to whoever reads his site.
func (s *session) client(cfg scrapers.Config, transport http.RoundTripper) (*fetch.Client, error) {
	if cfg.Contact == "" {
		return nil, misusef("no contact: webmasters must know whom to write to; give contact: in the configuration, --contact or VIGIE_CONTACT")
	}
	c, err := fetch.New(fetch.Config{
		UserAgent: "vigie/" + version, Contact: cfg.Contact, Delay: cfg.Network.Delay, Allow: cfg.Network.Allow,
		Transport: transport, Now: s.now, Log: s.log, Budget: cfg.Network.Budget,
	})
	if err != nil {
		return nil, misuse{err}
	}
	return c, nil
}
