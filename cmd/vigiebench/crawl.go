package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
	"vigie/store"
	"vigie/transform/article"
)

// crawlConfig is the configuration of a crawl, as its user would write it; HOME stands
// for the address where the site lists its news.
//
//go:embed crawl.yaml
var crawlConfig string

// runCrawl is a night on one site: find its pages, fetch and archive them, then read those
// that are new or have changed. Each is a line of JSON: url, title, date, text. With a
// state it goes on from the night before. What it reports is the whole of it, its database opened
// and closed; collect_cpu is the part up to the last page in the archive, read_cpu
// that of reading them from there.
func runCrawl(ctx context.Context, args []string) error {
	began := startWatch()
	f := flags("crawl", "URL")
	out := f.String("out", os.DevNull, "file for the articles, a line of JSON each")
	state := f.String("state", "", "folder of the database, kept for the next run (default: a new one, removed at the end)")
	args, err := parse(f, args, 1)
	if err != nil {
		return err
	}
	if *state == "" {
		if *state, err = os.MkdirTemp("", "vigiebench-"); err != nil {
			return err
		}
		defer os.RemoveAll(*state)
	}
	cfg, err := scrapers.ParseConfig("crawl.yaml", []byte(strings.ReplaceAll(crawlConfig, "HOME", args[0])))
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, filepath.Join(*state, "vigie.db"))
	if err != nil {
		return err
	}
	c := crawl{cfg: cfg, store: s}
	err = c.collect(ctx)
	_, collecting := began.stop()
	n := 0
	if err == nil {
		n, err = c.read(ctx, *out)
	}
	_, read := began.stop()
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	seconds, cpu := began.stop()
	report("units", n, "core_s", seconds, "core_cpu", cpu, "collect_cpu", collecting, "read_cpu", read-collecting)
	return nil
}

// A crawl is under way.
type crawl struct {
	cfg   scrapers.Config
	store *store.Store
	fresh map[vigie.DocumentID]bool // what tonight brought
}

func (c *crawl) collect(ctx context.Context) error {
	client, err := fetch.New(fetch.Config{
		UserAgent: "vigiebench", Contact: c.cfg.Contact, Delay: c.cfg.Network.Delay, Allow: c.cfg.Network.Allow,
	})
	if err != nil {
		return err
	}
	client.Keep(c.store)
	c.fresh = map[vigie.DocumentID]bool{}
	batch := c.store.Batch()
	collector := scrapers.Collector{Client: client, Archive: batch, Progress: c.note}
	runs, err := collector.All(ctx, c.cfg.Sources, vigie.Window{})
	if err := errors.Join(err, batch.Close(ctx), client.Close(ctx)); err != nil {
		return err
	}
	for _, r := range runs {
		if r.Failed > 0 || r.State != vigie.StateOK && r.State != vigie.StateQuiet {
			return fmt.Errorf("%s: %s, %d pages failed: %s", r.Source, r.State, r.Failed, r.Error)
		}
	}
	return nil
}

// note takes in a step of the collection.
func (c *crawl) note(e scrapers.Event) {
	if e.Step != scrapers.StepNew && e.Step != scrapers.StepChanged {
		return
	}
	if u, err := vigie.CanonicalURL(e.URL); err == nil {
		c.fresh[vigie.NewDocumentID(u, nil)] = true
	}
}

// read reads what tonight brought from the archive.
func (c *crawl) read(ctx context.Context, out string) (n int, err error) {
	file, err := os.Create(out)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := bufio.NewWriterSize(file, 1<<20)
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for doc, err := range c.store.Documents(ctx) {
		if err != nil {
			return n, err
		}
		if !c.fresh[doc.ID] {
			continue
		}
		line, err := c.line(ctx, doc)
		if err != nil {
			return n, err
		}
		if err := lines.Encode(line); err != nil {
			return n, err
		}
		n++
	}
	return n, w.Flush()
}

// An articleLine is what the yardstick compares with what the site's maker wrote.
type articleLine struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	Date  string `json:"date"` // to the second, as the page gives it
	Text  string `json:"text"`
}

func (c *crawl) line(ctx context.Context, doc vigie.Document) (articleLine, error) {
	last := doc.Captures[len(doc.Captures)-1]
	body, err := c.store.Body(ctx, last.Digest)
	if err != nil {
		return articleLine{}, err
	}
	source := c.cfg.Sources[slices.IndexFunc(c.cfg.Sources, func(s vigie.Source) bool { return s.ID == doc.Source })]
	a, err := article.Read(article.Input{
		Body: body, MediaType: last.MediaType, URL: doc.URL, Publisher: source.Publisher.Name, Content: source.Content,
		Scope: source.Scope, Published: doc.Published, Fetched: vigie.DateOf(last.Time),
	})
	if a == nil {
		return articleLine{}, fmt.Errorf("read %s: %w", doc.URL, err)
	}
	return articleLine{last.FinalURL, a.Title, moment(a), runningText(a)}, nil
}

// moment is the publication's, as fully as the page gives it.
func moment(a *vigie.Article) string {
	for _, d := range a.Dates {
		if t, err := time.Parse(time.RFC3339, d.Text); err == nil && vigie.DateOf(t) == a.Published {
			return d.Text
		}
	}
	return string(a.Published)
}
