package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vigie"
	"vigie/reports"
	"vigie/transform"
)

// pages are the archived bodies that quotes are looked up in, each read once by who asks page by page.
type pages struct {
	*night
	rules      *transform.Pipeline
	byDigest   map[string][]unit // without their bodies
	byDocument map[vigie.DocumentID][]unit
	texts      map[string]pageText // by digest
	held       int                 // bytes in texts
}

// maxHeld is how much text is kept for the next quote of the same page.
const maxHeld = 16 << 20

// A pageText is what a body says, blanks evened out; or why that cannot be told.
type pageText struct{ text, problem string }

func (v *verification) openPages() (*pages, error) {
	rules, err := v.rules()
	if err != nil {
		return nil, err
	}
	p := &pages{v.night, rules, map[string][]unit{}, map[vigie.DocumentID][]unit{}, map[string]pageText{}, 0}
	for doc, err := range v.store.Documents(v.s.ctx) {
		if err != nil {
			return nil, fmt.Errorf("read the archive: %w", err)
		}
		for _, c := range doc.Captures {
			u := unit{doc: doc, capture: c}
			p.byDigest[c.Digest] = append(p.byDigest[c.Digest], u)
			p.byDocument[doc.ID] = append(p.byDocument[doc.ID], u)
		}
	}
	return p, nil
}

// check says why a quote is not in its page; empty where it is.
func (p *pages) check(ctx context.Context, q reports.QuotedRow) (string, error) {
	candidates := p.byDigest[q.Digest]
	switch {
	case q.Digest == "":
		for _, s := range q.Stated {
			candidates = append(candidates, p.byDocument[s.Document]...)
		}
		if candidates == nil {
			return "the row names no archived page", nil
		}
	case candidates == nil:
		return fmt.Sprintf("no archived page has the digest %s", q.Digest), nil
	}
	problem := ""
	for _, u := range slices.Backward(candidates) { // the newest first
		text, err := p.text(ctx, u)
		switch {
		case err != nil:
			return "", err
		case text.problem == "" && holds(text.text, q.Quote):
			return "", nil
		case problem == "" && text.problem != "":
			problem = text.problem
		case problem == "":
			problem = fmt.Sprintf("it is not in %s (document %s)", u.doc.URL, u.doc.ID)
		}
	}
	return problem, nil
}

// text reads a body as vigie reads pages.
func (p *pages) text(ctx context.Context, u unit) (t pageText, err error) {
	if t, ok := p.texts[u.capture.Digest]; ok {
		return t, nil
	}
	if u.body, err = p.store.Body(ctx, u.capture.Digest); err == nil {
		in := p.input(u)
		if err = addWords(ctx, &in); err == nil {
			var a *vigie.Article
			if a, err = p.rules.Read(in); a != nil { // a selector that does not fit is no error here
				t.text, err = evened(a.Text), nil
			}
		}
	}
	if ctx.Err() != nil {
		return t, ctx.Err()
	}
	if err != nil {
		t.problem = fmt.Sprintf("document %s, %s: %v", u.doc.ID, u.doc.URL, err)
	}
	if p.held += len(t.text); p.held > maxHeld {
		clear(p.texts)
		p.held = len(t.text)
	}
	p.texts[u.capture.Digest] = t
	return t, nil
}

// holds reports whether a text has a quote; of one that was cut each piece, in order.
func holds(text, quote string) bool {
	for piece := range strings.SplitSeq(quote, reports.Cut) {
		piece = evened(piece)
		_, after, ok := strings.Cut(text, piece)
		if !ok {
			return false
		}
		text = after
	}
	return strings.Trim(strings.ReplaceAll(quote, reports.Cut, ""), " \n\t") != ""
}

// evened has single blanks: a cell may break lines otherwise than the page.
func evened(s string) string { return strings.Join(strings.Fields(s), " ") }
