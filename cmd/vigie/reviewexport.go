package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/transform/article"
	"vigie/transform/resolve"
)

type reviewExportCmd struct {
	configFlags `embed:""`
	Dir         string `arg:"" help:"Folder to write: docs.jsonl, gold.jsonl, refusals.jsonl and the documents." type:"path"`
}

// Run writes what reviewers agree on as regression cases: the documents, and of each what
// it states, and what it does not. A newspaper's is not written whole: only the
// paragraphs that were decided on.
func (c *reviewExportCmd) Run(s *session) error {
	st, cfg, err := s.openArchive(c.configFlags)
	if err != nil {
		return err
	}
	defer st.Close()
	v := verification{night: &night{s: s, job: "review", cfg: cfg, store: st}}
	pages, err := v.openPages()
	if err != nil {
		return err
	}
	e := export{pages: pages, dir: c.Dir, facts: map[string]vigie.Fact{}, quotes: map[vigie.DocumentID][]string{}}
	if err := e.collect(); err != nil {
		return fmt.Errorf("review export: %w", err)
	}
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return fmt.Errorf("review export: %w", err)
	}
	if err := e.write(); err != nil {
		return fmt.Errorf("review export: %w", err)
	}
	s.say("%s on %s written to %s", count(len(e.gold)+len(e.refused), "case", "cases"), count(len(e.quotes), "document", "documents"), c.Dir)
	return nil
}

// An export is the decisions on their way to be cases.
type export struct {
	*pages
	dir     string
	gold    []goldCase
	refused []refusalCase
	facts   map[string]vigie.Fact         // by where they are stated and what they state
	quotes  map[vigie.DocumentID][]string // that the cases need, by document
}

// A goldCase is a line of gold.jsonl: what a document states, or with Refused what it does
// not, however it was read.
type goldCase struct {
	Fact     vigie.Fact
	Doc      string
	Refused  bool
	Decision vigie.Decision
}

// MarshalJSON prints the flat fact with the case's fields before it.
func (g goldCase) MarshalJSON() ([]byte, error) {
	flat, err := json.Marshal(g.Fact)
	if err != nil {
		return nil, err
	}
	head, err := json.Marshal(struct {
		Doc      string        `json:"doc"`
		Refused  bool          `json:"refused,omitempty"`
		Decision string        `json:"decision"`
		Verdict  vigie.Verdict `json:"verdict"`
		By       string        `json:"by"`
		Why      string        `json:"why,omitempty"`
	}{g.Doc, g.Refused, g.Decision.ID, g.Decision.Verdict, g.Decision.By, g.Decision.Why})
	if err != nil {
		return nil, err
	}
	return slices.Concat(head[:len(head)-1], []byte(","), flat[1:]), nil
}

// collect makes cases of the decisions in force; what is disputed or unsure is none.
func (e *export) collect() error {
	ctx := e.s.ctx
	var facts []vigie.Fact
	for f, err := range e.store.Facts(ctx, time.Time{}) {
		if err != nil {
			return err
		}
		facts = append(facts, f)
		e.facts[placed(f.Mention)+f.Key()] = f
	}
	journal, err := decisions(ctx, e.store, time.Time{})
	if err != nil {
		return err
	}
	judged := resolve.Judge(resolve.Records(facts), journal)
	open := map[string]bool{}
	for _, q := range judged.Doubts {
		for _, d := range q.Decisions {
			open[d.ID] = true
		}
	}
	for _, r := range judged.Records {
		e.add(r, open, false)
	}
	for _, r := range judged.Rejected {
		e.add(r, open, true)
	}
	return e.collectRefusals(judged.Waiting)
}

// placed is where a fact is stated.
func placed(m vigie.Mention) string { return fmt.Sprintf("%s %d ", m.Document, m.Start) }

// add makes the cases of a record: each as its own document states it. Of one that was
// corrected, what is right is one, and what was read another.
func (e *export) add(r vigie.Record, open map[string]bool, refused bool) {
	if len(r.Decisions) == 0 || open[r.Decisions[0].ID] {
		return
	}
	d := r.Decisions[len(r.Decisions)-1]
	read := vigie.Fact{Programme: r.Programme, Scope: r.Scope, Detail: r.Detail}
	if r.Read != nil {
		read.Scope, read.Detail = r.ReadScope, r.Read
	}
	for _, m := range r.Mentions {
		if !slices.ContainsFunc(r.Decisions, func(d vigie.Decision) bool { return d.About(m.Quote) }) {
			continue
		}
		e.quotes[m.Document] = append(e.quotes[m.Document], m.Quote)
		e.gold = append(e.gold, goldCase{e.facts[placed(m)+read.Key()], string(m.Document), refused || r.Read != nil, d})
		if r.Read != nil {
			right := vigie.Fact{Programme: r.Programme, Scope: r.Scope, Detail: r.Detail, Mention: m}
			e.gold = append(e.gold, goldCase{right, string(m.Document), false, d})
		}
	}
}

// A caseDocument is a line of docs.jsonl.
type caseDocument struct {
	Doc       string     `json:"doc"`
	File      string     `json:"file"`
	URL       string     `json:"url"`
	Title     string     `json:"title"`
	Published vigie.Date `json:"published"`
	Publisher string     `json:"publisher"`
	Digest    string     `json:"digest"`            // of the archived body
	Excerpt   bool       `json:"excerpt,omitempty"` // the file holds only the paragraphs that were decided on
}

func (e *export) write() error {
	var docs, gold bytes.Buffer
	for _, id := range slices.Sorted(maps.Keys(e.quotes)) {
		d, err := e.document(id)
		if err != nil {
			return err
		}
		if err := encode(&docs, d); err != nil {
			return err
		}
	}
	for _, g := range e.gold {
		if err := encode(&gold, g); err != nil {
			return err
		}
	}
	return errors.Join(e.file("docs.jsonl", docs.Bytes()), e.file("gold.jsonl", gold.Bytes()), e.writeRefusals())
}

func encode(to *bytes.Buffer, v any) error {
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (e *export) file(name string, content []byte) error {
	return os.WriteFile(filepath.Join(e.dir, name), content, 0o644)
}

// document writes a document that cases are about: its newest body that holds the quotes.
func (e *export) document(id vigie.DocumentID) (caseDocument, error) {
	all := e.byDocument[id]
	if len(all) == 0 {
		return caseDocument{}, fmt.Errorf("document %s is not in the archive", id)
	}
	u := all[len(all)-1]
	for _, other := range all {
		text, err := e.text(e.s.ctx, other)
		if err != nil {
			return caseDocument{}, err
		}
		if !slices.ContainsFunc(e.quotes[id], func(q string) bool { return !strings.Contains(text.text, evened(q)) }) {
			u = other
		}
	}
	var err error
	if u.body, err = e.store.Body(e.s.ctx, u.capture.Digest); err != nil {
		return caseDocument{}, err
	}
	in := e.input(u)
	if err := addWords(e.s.ctx, &in); err != nil {
		return caseDocument{}, err
	}
	a, err := e.rules.Read(in)
	if a == nil {
		return caseDocument{}, fmt.Errorf("%s: %w", u.doc.URL, err)
	}
	d := caseDocument{
		Doc: string(id), File: string(id) + extension(u.body), URL: u.doc.URL, Title: a.Title,
		Published: a.Published, Publisher: a.Publisher, Digest: u.capture.Digest,
	}
	content := u.body
	if e.source(u.doc.Source).Publisher.Kind == "presse" {
		d.File, d.Excerpt = string(id)+".txt", true
		content = excerpts(a, e.quotes[id])
	}
	return d, e.file(d.File, content)
}

func extension(body []byte) string {
	switch {
	case article.IsPDF(body):
		return ".pdf"
	case bytes.Contains(bytes.ToLower(body[:min(len(body), 4096)]), []byte("<html")):
		return ".html"
	}
	return ".txt"
}

// excerpts are an article's title and the blocks that hold quotes.
func excerpts(a *vigie.Article, quotes []string) []byte {
	parts := []string{a.Title}
	for _, b := range a.Blocks {
		text := a.Text[b.Lo:b.Hi]
		held := func(q string) bool { return strings.Contains(text, q) || strings.Contains(q, text) }
		if text != a.Title && slices.ContainsFunc(quotes, held) {
			parts = append(parts, text)
		}
	}
	return []byte(strings.Join(parts, "\n\n") + "\n")
}
