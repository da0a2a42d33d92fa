package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"vigie"
	"vigie/reports"
	"vigie/store"
	"vigie/transform/gazetteer"
)

// pages tells how the archive had each document that was read, what was refused in them,
// and whom names may mean that stayed open.
func (l *ledger) pages(ctx context.Context, reprises map[vigie.DocumentID]vigie.DocumentID) error {
	for document, err := range l.store.DocumentsKnown(ctx, "", l.known) {
		if err != nil {
			return fmt.Errorf("read the documents: %w", err)
		}
		if page := l.page(document.ID); page != nil {
			archived(page, document.Captures, l.known)
			page.ReprintOf = reprises[document.ID]
			if n := returns(document.Captures, l.known); n > 0 {
				l.wavering = append(l.wavering, fmt.Sprintf("Page instable : « %s » est revenue %s à un texte qu'elle avait quitté (%s) ; ce qu'elle énonce peut changer d'une nuit à l'autre.",
					cmp.Or(page.Title, page.URL), times(n), page.URL))
			}
		}
	}
	for refusal, err := range l.store.Refusals(ctx, l.known) {
		if err != nil {
			return fmt.Errorf("read the refusals: %w", err)
		}
		l.data.Refused = append(l.data.Refused, refusal)
	}
	l.data.Candidates = l.candidates
	return nil
}

// page is the line of a document that was read; nil where it was not.
func (l *ledger) page(id vigie.DocumentID) *reports.DocumentLine {
	i, ok := l.index[id]
	if !ok {
		return nil
	}
	return &l.data.Pages[i]
}

// addPage begins the line of a document with what its reading says.
func (l *ledger) addPage(r store.ReadingInfo) {
	l.index[r.Document] = len(l.data.Pages)
	l.data.Pages = append(l.data.Pages, reports.DocumentLine{
		ID: r.Document, Source: r.Source, Publisher: cmp.Or(r.Publisher, l.speaker(r.Source).Publisher.Name), Title: r.Title, URL: r.URL,
		Published: r.Published, Digest: r.Digest, Facts: r.Facts, Error: r.Error, Local: l.local[r.Document] || l.near(l.speaker(r.Source).Scope),
	})
}

// near reports whether a place is the report's region, or lies in it.
func (l *ledger) near(place vigie.Ref) bool {
	e, known := l.data.Entity(place)
	return place == l.data.Region.Ref || known && slices.Contains(e.Regions(), l.data.Region.ID)
}

// archived adds what the archive had of a document at a moment. Captures are taken in the
// order in which they came: when each was seen last moves on with every night.
func archived(page *reports.DocumentLine, captures []vigie.Capture, known time.Time) {
	captures = slices.DeleteFunc(slices.Clone(captures), func(c vigie.Capture) bool { return c.Time.After(known) })
	slices.SortStableFunc(captures, func(a, b vigie.Capture) int { return a.Time.Compare(b.Time) })
	bodies := map[string]bool{}
	for _, c := range captures {
		page.Status, page.Fault, page.Reserved = c.Status, c.Fault, c.OptOut != ""
		if c.Status < 200 || c.Status > 299 || c.Fault != "" {
			continue
		}
		bodies[c.Digest] = true
		if page.First.IsZero() {
			page.First = c.Time
		}
		if c.Digest == page.Digest {
			page.Last = c.Time
		}
	}
	page.Versions = len(bodies)
}

// returns is how often a page came back to a body that it had left, as was known at a moment.
func returns(captures []vigie.Capture, known time.Time) (n int) {
	captures = slices.DeleteFunc(slices.Clone(captures), func(c vigie.Capture) bool {
		return c.Time.After(known) || c.Status < 200 || c.Status > 299 || c.Fault != ""
	})
	slices.SortStableFunc(captures, func(a, b vigie.Capture) int { return a.Time.Compare(b.Time) })
	left, last := map[string]bool{}, ""
	for _, c := range captures {
		if c.Digest == last {
			continue
		}
		if left[c.Digest] {
			n++
		}
		left[last], last = true, c.Digest
	}
	return n
}

// times says how often, in French.
func times(n int) string {
	if n == 1 {
		return "une fois"
	}
	return fmt.Sprintf("%d fois", n)
}

// mostCandidates is how many are named: of more, none is likely.
const mostCandidates = 5

// candidates are those that the official tables propose for a name.
func (l *ledger) candidates(name, programme string, types []string) []vigie.Entity {
	g := l.pipeline.Gazetteer
	found := g.Resolve(name, gazetteer.Context{Types: types, Programme: programme, Regions: []string{l.data.Region.ID}}).Candidates
	var all []vigie.Entity
	for _, r := range found[:min(len(found), mostCandidates)] {
		if e, ok := g.Entity(r); ok {
			all = append(all, e)
		}
	}
	return all
}
