package main

import (
	"encoding/json"
	"fmt"
	"io"

	"vigie"
)

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
