package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/scrapers"
)

// A plan is what a job was told to do: the configuration file, overruled by flags. A
// command has the flags that mean something to it; the others are zero.
type plan struct {
	configFlags   `embed:""`
	sourceFlags   `embed:""`
	windowFlags   `embed:""`
	reportFlags   `embed:""`
	acceptFlags   `embed:""`
	deadlineFlags `embed:""`
	again         bool
	back          momentFlags
}

type configFlags struct {
	Config string `help:"Configuration file (default: the embedded one, Normandie)." placeholder:"FILE" type:"path"`
}

type sourceFlags struct {
	Source []string `help:"Only this source; may be repeated." placeholder:"ID"`
}

type windowFlags struct {
	Since string `help:"Only pages published from this day on." placeholder:"DATE"`
	Until string `help:"Only pages published up to this day." placeholder:"DATE"`
}

type reportFlags struct {
	Out    string `help:"Folder of the reports (default: the configuration's, else rapports)." placeholder:"DIR" type:"path"`
	Region string `help:"INSEE code of the report's region (default: the configuration's, else 28, Normandie)." placeholder:"CODE"`
}

type deadlineFlags struct {
	Deadline time.Duration `help:"End in order after this time, with exit 3; what is left comes with the next run."`
}

// config reads the configuration and lays the flags over it.
func (p *plan) config(c *cli) (scrapers.Config, error) {
	cfg, err := p.load()
	if err != nil {
		return cfg, err
	}
	cfg.Contact = cmp.Or(c.Contact, cfg.Contact)
	cfg.DB = cmp.Or(c.DB, cfg.DB, "vigie.db")
	cfg.Out = cmp.Or(p.Out, cfg.Out, "rapports")
	cfg.Region = cmp.Or(p.Region, cfg.Region, "28")
	return cfg, nil
}

func (f configFlags) load() (scrapers.Config, error) {
	if f.Config == "" {
		sources, err := scrapers.Default()
		return scrapers.Config{Sources: sources}, err
	}
	cfg, err := scrapers.LoadConfig(f.Config)
	if err != nil {
		return cfg, misuse{err}
	}
	return cfg, nil
}

// choose returns the sources named by --source, all where it names none.
func (f sourceFlags) choose(all []vigie.Source) ([]vigie.Source, error) {
	if len(f.Source) == 0 {
		return all, nil
	}
	var chosen []vigie.Source
	for _, id := range f.Source {
		i := slices.IndexFunc(all, func(s vigie.Source) bool { return s.ID == id })
		if i < 0 {
			return nil, misusef("--source %s: no such source; there are %s", id, strings.Join(sourceIDs(all), ", "))
		}
		if why := all[i].Disabled; why != "" {
			return nil, misusef("--source %s: it is disabled (%s)", id, why)
		}
		if !slices.ContainsFunc(chosen, func(s vigie.Source) bool { return s.ID == id }) {
			chosen = append(chosen, all[i])
		}
	}
	return chosen, nil
}

func sourceIDs(sources []vigie.Source) []string {
	var ids []string
	for _, s := range sources {
		ids = append(ids, s.ID)
	}
	return ids
}

func (f windowFlags) window() (w vigie.Window, err error) {
	if w.Since, err = vigie.ParseDate(f.Since); err != nil {
		return w, misusef("--since: %w", err)
	}
	if w.Until, err = vigie.ParseDate(f.Until); err != nil {
		return w, misusef("--until: %w", err)
	}
	if since, until := w.Since.First(), w.Until.Last(); w.Until != "" && until.Before(since) {
		return w, misusef("--since %s is after --until %s", w.Since, w.Until)
	}
	return w, nil
}

func (f deadlineFlags) check() error {
	if f.Deadline < 0 {
		return misusef("--deadline %v: want a time such as 2h", f.Deadline)
	}
	return nil
}

// mustExist refuses a database that is not there: a mistyped name would give an empty
// report in the place of the last good one.
func mustExist(db string) error {
	if strings.Contains(db, "://") {
		return nil
	}
	if _, err := os.Stat(db); errors.Is(err, fs.ErrNotExist) {
		return misusef("no database at %s: vigie collect makes one, --db names another", db)
	}
	return nil
}
