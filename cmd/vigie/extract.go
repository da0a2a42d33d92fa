package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"vigie"
	"vigie/scrapers/fetch"
	"vigie/transform"
	"vigie/transform/article"
)

type extractCmd struct {
	configFlags `embed:""`
	Page        string `arg:"" help:"A file, an address, or - for standard input." name:"file|url|-"`
	Published   string `help:"Publication date, where the page does not tell it (YYYY-MM-DD)." placeholder:"DATE"`
	URL         string `help:"The page's address, where the file does not tell it." placeholder:"URL"`
	Format      string `help:"facts: JSON Lines; article: title, dates and blocks; text: the main text." enum:"facts,article,text" default:"facts"`

	optOut string // the words by which a fetched page keeps machines from mining it
}

// Run reads one page and prints what it says; it touches no database.
func (c *extractCmd) Run(s *session) error {
	in, err := c.known()
	if err != nil {
		return err
	}
	if err := c.get(s, &in); err != nil {
		return err
	}
	if err := addWords(s.ctx, &in); err != nil {
		return fmt.Errorf("read %s: %w", c.Page, err)
	}
	if c.Format == "facts" {
		return c.facts(s, in)
	}
	p, err := transform.New()
	if err != nil {
		return err
	}
	a, err := p.Read(in)
	if a == nil {
		return fmt.Errorf("read %s: %w", c.Page, err)
	}
	if c.Format == "article" {
		return printArticle(s.stdout, a)
	}
	_, err = io.WriteString(s.stdout, strings.TrimRight(a.Text, "\n")+"\n")
	return err
}

// known is what the command line says of the page.
func (c *extractCmd) known() (in article.Input, err error) {
	if in.Published, err = vigie.ParseDate(c.Published); err != nil {
		return in, misusef("--published: %w", err)
	}
	if c.URL != "" {
		if in.URL, err = vigie.CanonicalURL(c.URL); err != nil {
			return in, misusef("--url: %w", err)
		}
	}
	return in, nil
}

// get adds the page's bytes, from wherever it is, and what comes with them.
func (c *extractCmd) get(s *session, in *article.Input) (err error) {
	switch {
	case c.Page == "-":
		in.Body, err = io.ReadAll(io.LimitReader(s.stdin, maxPage+1))
	case strings.HasPrefix(c.Page, "http://"), strings.HasPrefix(c.Page, "https://"):
		return c.fetch(s, in)
	default:
		in.MediaType = mediaType(c.Page)
		in.Body, err = readFile(c.Page)
	}
	if err == nil && len(in.Body) > maxPage {
		err = fmt.Errorf("read %s: %w of %d MiB", c.Page, vigie.ErrTooLarge, maxPage>>20)
	}
	return err
}

// maxPage is as much as vigie would fetch: a page is no film.
const maxPage = 32 << 20

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxPage+1))
}

// mediaType is told by the name only where it is plain: a page saved without a charset
// must still be looked at.
func mediaType(file string) string {
	if filepath.Ext(file) == ".txt" {
		return "text/plain"
	}
	return ""
}

func (c *extractCmd) fetch(s *session, in *article.Input) error {
	cfg, err := (&plan{configFlags: c.configFlags}).config(s.cli)
	if err != nil {
		return err
	}
	client, err := s.client(cfg, nil)
	if err != nil {
		return err
	}
	r, err := client.Get(s.ctx, fetch.Request{URL: c.Page, Mine: true})
	if err != nil {
		return fmt.Errorf("fetch %s", unfetched(err))
	}
	in.Body, in.MediaType, in.Fetched = r.Body, r.Capture.MediaType, dayOf(r.Capture.Time)
	c.optOut = r.Capture.OptOut
	if in.URL == "" {
		in.URL = r.Capture.FinalURL
	}
	return nil
}

// facts prints what the page states; a page without facts prints nothing.
func (c *extractCmd) facts(s *session, in article.Input) error {
	p, err := transform.New()
	if err != nil {
		return err
	}
	r, err := readArticle(p, in)
	if r.Article == nil {
		return fmt.Errorf("read %s: %w", c.Page, err)
	}
	return printFacts(s.stdout, r.Facts)
}
