package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"vigie"
	"vigie/scrapers"
)

type backfillCmd struct {
	configFlags   `embed:""`
	sourceFlags   `embed:""`
	windowFlags   `embed:""`
	deadlineFlags `embed:""`
	Via           string `help:"Where the pages come from: site, wayback, commoncrawl or warc:FILE." default:"site" placeholder:"WHERE"`
	URLs          string `name:"urls" help:"Ask for the pages in this file, an address a line, in place of what the sources list." placeholder:"FILE" type:"path"`
	MaxRequests   int    `help:"Stop after so many requests, redirects and robots.txt included, with exit 3; the same command goes on. What a page alone takes is made all the same." placeholder:"N"`
	DryRun        bool   `help:"Find the pages, count the requests and hours that they would take, and fetch none."`
}

// Run brings pages that were published before vigie watched. It holds the lock of each
// source and not the night's: a night goes on beside it, at the same platform's pace.
func (c *backfillCmd) Run(s *session) error {
	f, err := c.prepare(s)
	if err != nil {
		return err
	}
	st, err := s.open(f.cfg.DB)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer st.Close()
	f.store = st
	if f.client != nil {
		f.client.Keep(st)
	}
	release, err := f.hold()
	defer release()
	if err != nil {
		return err
	}
	return f.perform()
}

// prepare checks all that can be wrong before anything is touched.
func (c *backfillCmd) prepare(s *session) (*filling, error) {
	p := plan{configFlags: c.configFlags, sourceFlags: c.sourceFlags, windowFlags: c.windowFlags, deadlineFlags: c.deadlineFlags}
	cfg, err := p.config(s.cli)
	if err != nil {
		return nil, err
	}
	f := &filling{backfillCmd: c, s: s, cfg: cfg, failures: map[string]error{}}
	if f.window, err = p.window(); err != nil {
		return nil, err
	}
	if err := errors.Join(p.deadlineFlags.check(), c.check()); err != nil {
		return nil, misuse{err}
	}
	chosen, err := p.choose(cfg.Sources)
	if err != nil {
		return nil, err
	}
	for _, src := range chosen {
		if src.Disabled == "" {
			f.chosen = append(f.chosen, src)
		}
	}
	if f.fill.Past, err = past(c.Via); err != nil {
		return nil, err
	}
	if f.fill.Pages, err = readAddresses(c.URLs); err != nil {
		return nil, err
	}
	f.fill.Owners = scrapers.NewOwners(cfg.Sources)
	left := strayed(f.fill.Pages, f.fill.Owners, f.chosen)
	f.troubles = left.lines()
	if !c.offline() {
		if f.client, err = s.client(cfg, nil); err != nil {
			return nil, err
		}
		f.fill.Client = f.client
	}
	f.name = fmt.Sprintf("%s %s..%s", c.Via, f.window.Since, f.window.Until)
	if c.URLs != "" {
		f.name += " " + vigie.Digest([]byte(strings.Join(f.fill.Pages, "\n")))[:16]
	}
	return f, nil
}

func (c *backfillCmd) check() error {
	switch {
	case c.MaxRequests < 0:
		return fmt.Errorf("--max-requests %d: want a number above zero", c.MaxRequests)
	case c.Since == "" && c.Until == "" && c.URLs == "" && !c.offline():
		return errors.New("backfill of when? give --since, --until, or --urls")
	}
	return nil
}

// offline reports whether nobody is asked.
func (c *backfillCmd) offline() bool { return strings.HasPrefix(c.Via, "warc:") }

// past returns the public archive that --via names, nil for the sites themselves.
func past(via string) (scrapers.Past, error) {
	if via == "site" {
		return nil, nil
	}
	if file, ok := strings.CutPrefix(via, "warc:"); ok {
		p, err := scrapers.OpenWARC(file)
		if err != nil {
			return nil, misusef("--via %s: %w", via, err)
		}
		return p, nil
	}
	p, ok := scrapers.NewPast(via)
	if !ok {
		return nil, misusef("--via %s: want site, %s or warc:FILE", via, strings.Join(scrapers.PastNames, ", "))
	}
	return p, nil
}

// readAddresses reads a file of addresses; empty lines and those that begin with # say nothing.
func readAddresses(file string) (addresses []string, err error) {
	if file == "" {
		return nil, nil
	}
	in, err := os.Open(file)
	if err != nil {
		return nil, misusef("--urls: %w", err)
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		if _, err := vigie.CanonicalURL(line); err != nil {
			return nil, misusef("--urls %s:%d: %w", file, n, err)
		}
		addresses = append(addresses, line)
	}
	if err := lines.Err(); err != nil {
		return nil, misusef("--urls %s: %w", file, err)
	}
	if len(addresses) == 0 {
		return nil, misusef("--urls %s: no address in it", file)
	}
	return addresses, nil
}
