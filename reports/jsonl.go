package reports

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"time"

	"vigie"
)

// A factLine is what a line says beside the fields of a fact.
type factLine struct {
	Row       string         `json:"row"`                 // of the workbook
	Cut       bool           `json:"quote_cut,omitempty"` // the quote is not whole: start and end are the whole one's
	Mentions  []mentionLine  `json:"mentions"`
	Read      *vigie.Fact    `json:"read,omitempty"` // what the documents state, where analysts corrected it
	Decisions []decisionLine `json:"decisions,omitempty"`
}

type mentionLine struct {
	Document  vigie.DocumentID `json:"document"`
	URL       string           `json:"url,omitempty"`
	Publisher string           `json:"publisher,omitempty"`
	Title     string           `json:"title,omitempty"`
	Published vigie.Date       `json:"published,omitempty"`
	Digest    string           `json:"digest,omitempty"`
	Quote     string           `json:"quote"`
	Cut       bool             `json:"quote_cut,omitempty"`
	Start     int              `json:"start"`
	End       int              `json:"end"`
	Page      int              `json:"page,omitempty"`
	Conf      float64          `json:"confidence"`
	Origin    vigie.DocumentID `json:"origin,omitempty"` // whose text it only repeats
}

type decisionLine struct {
	Verdict    vigie.Verdict `json:"verdict"`
	Correction string        `json:"correction,omitempty"`
	Why        string        `json:"why,omitempty"`
	By         string        `json:"by,omitempty"`
	At         time.Time     `json:"at"`
}

// writeFacts writes the records about the region, a JSON object a line: the fields of a
// fact with its first mention, then all mentions and decisions. Newspapers' quotes are cut
// as they are everywhere.
func writeFacts(ctx context.Context, w io.Writer, d *Data) error {
	b := bufio.NewWriter(w)
	digests := d.digests()
	for _, r := range d.ofKind(vigie.Kinds...) {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, err := d.factLine(r, digests)
		if err != nil {
			return err
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.Flush() // the first failed write comes back here
}

func (d *Data) factLine(r vigie.Record, digests map[vigie.DocumentID]string) ([]byte, error) {
	fact := vigie.Fact{Programme: r.Programme, Scope: r.Scope, Detail: r.Detail, Mention: first(r)}
	more := factLine{Row: r.Row(), Mentions: []mentionLine{}}
	fact.Quote, more.Cut = d.shownQuote(fact.Mention, r)
	for i, m := range r.Mentions {
		quote, isCut := d.shownQuote(m, r)
		more.Mentions = append(more.Mentions, mentionLine{
			m.Document, m.URL, m.Publisher, m.Title, m.Published, digests[m.Document], quote, isCut, m.Start, m.End, m.Page, m.Confidence, origin(r, i),
		})
	}
	if r.Read != nil {
		more.Read = &vigie.Fact{Programme: r.Programme, Scope: r.ReadScope, Detail: r.Read, Mention: fact.Mention}
	}
	for _, v := range r.Decisions {
		more.Decisions = append(more.Decisions, decisionLine{v.Verdict, v.Correction, v.Why, v.By, v.At.UTC()})
	}
	return joined(fact, more)
}

func (d *Data) shownQuote(m vigie.Mention, r vigie.Record) (quote string, isCut bool) {
	quote = d.quote(m, r)
	return quote, quote != m.Quote
}

// joined makes one object of two.
func joined(a, b any) ([]byte, error) {
	first, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	second, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	return append(append(bytes.TrimSuffix(first, []byte("}")), ','), second[1:]...), nil
}
