package main

import (
	"context"
	"errors"
	"fmt"
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

// open opens a database, which goes by the session's clock. What is damaged in it and can be
// done without is told.
func (s *session) open(dsn string) (*store.Store, error) {
	st, err := store.Open(s.ctx, dsn)
	if err == nil {
		st.SetClock(func() time.Time { return s.now() })
		st.OnDamage(func(err error) { s.log.Error("passed over", "err", err) })
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

// asker is a client for a look at a site, which keeps its manners in the configured database
// as a night does. Where there is none yet it goes by what it meets itself: a look makes no
// database. The error of done is the book's.
func (s *session) asker(cfg scrapers.Config) (c *fetch.Client, done func() error, err error) {
	if c, err = s.client(cfg, nil); err != nil {
		return nil, nil, err
	}
	if mustExist(cfg.DB) != nil {
		return c, func() error { return nil }, nil
	}
	st, err := s.open(cfg.DB)
	if err != nil {
		return nil, nil, fmt.Errorf("open the database: %w", err)
	}
	c.Keep(st)
	return c, func() error { return errors.Join(c.Close(context.WithoutCancel(s.ctx)), st.Close()) }, nil
}
