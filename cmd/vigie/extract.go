package main

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"os"
	"path/filepath"
	"strings"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
	"vigie/transform"
	"vigie/transform/article"
)

type extractCmd struct {
	Input     string `arg:"" help:"A file, an address, or - for standard input." placeholder:"FILE|URL|-"`
	Published string `help:"Publication date, where the page does not tell it (YYYY-MM-DD)." placeholder:"DATE"`
	URL       string `help:"The page's address, where the file does not tell it." placeholder:"URL"`
	Format    string `help:"facts: JSON Lines; article: title, dates and blocks; text: the main text." enum:"facts,article,text" default:"facts"`
}

// Run reads one page and prints what it says; it touches no database.
func (c *extractCmd) Run(s *session) error {
	published, err := vigie.ParseDate(c.Published)
	if err != nil {
		return misusef("--published: %w", err)
	}
	in, err := c.read(s)
	if err != nil {
		return err
	}
	in.Published = published
	if c.URL != "" {
		in.URL = c.URL
	}
	a, err := article.Read(in)
	if err != nil {
		return fmt.Errorf("read %s: %w", c.Input, err)
	}
	switch c.Format {
	case "text":
		_, err = io.WriteString(s.out, strings.TrimRight(a.Text, "\n")+"\n")
		return err
	case "article":
		return printArticle(s.out, a)
	}
	p, err := transform.New()
	if err != nil {
		return err
	}
	r, err := p.Article(a)
	if err != nil {
		return err
	}
	return printFacts(s.out, r.Facts)
}

// read returns the page's bytes, from wherever it is.
func (c *extractCmd) read(s *session) (article.Input, error) {
	switch {
	case c.Input == "-":
		body, err := io.ReadAll(s.in)
		return article.Input{Body: body}, err
	case strings.HasPrefix(c.Input, "http://"), strings.HasPrefix(c.Input, "https://"):
		return c.fetch(s)
	}
	body, err := os.ReadFile(c.Input)
	if err != nil {
		return article.Input{}, fmt.Errorf("read %w", err)
	}
	return article.Input{Body: body, MediaType: mediaType(c.Input)}, nil
}

// mediaType is told by the name only where it is plain: a page saved without a charset
// must still be looked at.
func mediaType(file string) string {
	if ext := filepath.Ext(file); ext == ".txt" {
		return mime.FormatMediaType("text/plain", nil)
	}
	return ""
}

func (c *extractCmd) fetch(s *session) (article.Input, error) {
	client, err := s.client(scrapers.Config{}, nil)
	if err != nil {
		return article.Input{}, err
	}
	r, err := client.Get(s.ctx, fetch.Request{URL: c.Input})
	if err != nil {
		return article.Input{}, fmt.Errorf("fetch %s: %w", c.Input, err)
	}
	return article.Input{
		Body: r.Body, MediaType: r.Capture.MediaType, URL: r.Capture.FinalURL, Fetched: vigie.DateOf(r.Capture.Time),
	}, nil
}

func printFacts(w io.Writer, facts []vigie.Fact) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, f := range facts {
		if err := enc.Encode(f); err != nil {
			return fmt.Errorf("print facts: %w", err)
		}
	}
	return nil
}

// An articleJSON is what --format article prints; offsets count code points of the text.
type articleJSON struct {
	Document  vigie.DocumentID `json:"document"`
	URL       string           `json:"url,omitempty"`
	Title     string           `json:"title"`
	Publisher string           `json:"publisher,omitempty"`
	Published vigie.Date       `json:"published,omitempty"`
	Reason    string           `json:"published_reason,omitempty"`
	Updated   vigie.Date       `json:"updated,omitempty"`
	Dates     []dateJSON       `json:"dates,omitempty"`
	Blocks    []blockJSON      `json:"blocks"`
}

type dateJSON struct {
	Date   vigie.Date `json:"date"`
	Rule   string     `json:"rule"`
	Text   string     `json:"text,omitempty"`
	Reason string     `json:"refused,omitempty"`
}

type blockJSON struct {
	Kind  vigie.BlockKind `json:"kind"`
	Level int             `json:"level,omitempty"`
	Start int             `json:"start"`
	End   int             `json:"end"`
	Text  string          `json:"text"`
}

func printArticle(w io.Writer, a *vigie.Article) error {
	j := articleJSON{
		Document: a.Document, URL: a.URL, Title: a.Title, Publisher: a.Publisher, Published: a.Published, Updated: a.Updated,
		Blocks: make([]blockJSON, 0, len(a.Blocks)),
	}
	for _, d := range a.Dates {
		if d.Reason == "" && j.Reason == "" {
			j.Reason = d.Rule + ": " + d.Text
		}
		j.Dates = append(j.Dates, dateJSON(d))
	}
	for _, b := range a.Blocks {
		span := a.Span(b.Lo, b.Hi)
		j.Blocks = append(j.Blocks, blockJSON{b.Kind, b.Level, span.Start, span.End, a.Text[b.Lo:b.Hi]})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(j)
}
