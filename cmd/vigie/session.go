package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the binary stands alone, the machine may have no zones

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
)

// A session is one command under way: what it was told, and the outside world.
type session struct {
	world
	ctx context.Context
	cli *cli
	*output
}

// paris is where the days of reports and nights begin.
func paris() *time.Location {
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return place
}

// A plan is what a run was told to do: the configuration file, overruled by flags.
type plan struct {
	Config   string        `help:"Configuration file (default: the embedded one, Normandie)." placeholder:"FILE" type:"path"`
	Source   []string      `help:"Only this source; may be repeated." placeholder:"ID"`
	Out      string        `help:"Folder of the reports (default: the configuration's, else rapports)." placeholder:"DIR" type:"path"`
	Region   string        `help:"INSEE code of the report's region (default: the configuration's, else 28, Normandie)." placeholder:"CODE"`
	Since    string        `help:"Only pages published from this day on." placeholder:"DATE"`
	Until    string        `help:"Only pages published up to this day." placeholder:"DATE"`
	Deadline time.Duration `help:"End the night in order after this time, with exit 3."`
}

// settle reads the configuration and lays the flags over it.
func (p *plan) settle(s *session) (scrapers.Config, error) {
	cfg := scrapers.Config{}
	if p.Config != "" {
		var err error
		if cfg, err = scrapers.LoadConfig(p.Config); err != nil {
			return cfg, misuse{err}
		}
	} else {
		sources, err := scrapers.Default()
		if err != nil {
			return cfg, err
		}
		cfg.Sources = sources
	}
	cfg.Contact = cmp.Or(s.cli.Contact, cfg.Contact)
	cfg.DB = cmp.Or(s.cli.DB, cfg.DB, "vigie.db")
	cfg.Out = cmp.Or(p.Out, cfg.Out, "rapports")
	cfg.Region = cmp.Or(p.Region, cfg.Region, "28")
	return cfg, p.choose(&cfg)
}

// choose keeps the sources named by --source.
func (p *plan) choose(cfg *scrapers.Config) error {
	if len(p.Source) == 0 {
		return nil
	}
	var chosen []vigie.Source
	for _, id := range p.Source {
		i := slices.IndexFunc(cfg.Sources, func(s vigie.Source) bool { return s.ID == id })
		if i < 0 {
			return misusef("--source %s: no such source; there are %s", id, strings.Join(sourceIDs(cfg.Sources), ", "))
		}
		chosen = append(chosen, cfg.Sources[i])
	}
	cfg.Sources = chosen
	return nil
}

func sourceIDs(sources []vigie.Source) []string {
	var ids []string
	for _, s := range sources {
		ids = append(ids, s.ID)
	}
	return ids
}

func (p *plan) window() (w vigie.Window, err error) {
	if w.Since, err = vigie.ParseDate(p.Since); err != nil {
		return w, misusef("--since: %w", err)
	}
	if w.Until, err = vigie.ParseDate(p.Until); err != nil {
		return w, misusef("--until: %w", err)
	}
	return w, nil
}

// client returns what asks the web. Without a contact it refuses: a webmaster must be
// able to write to whoever reads his site.
func (s *session) client(cfg scrapers.Config, replay http.RoundTripper) (*fetch.Client, error) {
	contact := cmp.Or(cfg.Contact, s.cli.Contact)
	if contact == "" {
		return nil, misusef("no contact: vigie tells webmasters whom to write to; give contact: in the configuration, --contact or VIGIE_CONTACT")
	}
	c, err := fetch.New(fetch.Config{
		UserAgent: "vigie/" + version, Contact: contact, Delay: cfg.Network.Delay, Allow: cfg.Network.Allow,
		Transport: replay, Now: s.now, Log: s.log,
	})
	if err != nil {
		return nil, fmt.Errorf("prepare the network: %w", err)
	}
	return c, nil
}
