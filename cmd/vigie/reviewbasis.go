package main

import (
	"context"
	"fmt"
	"maps"
	"time"

	"vigie"
	"vigie/reports"
	"vigie/store"
	"vigie/transform"
	"vigie/transform/gazetteer"
	"vigie/transform/resolve"
)

// A basis is what the rows of a workbook showed: the records as they were known when it
// was made, with the corrections in force then.
type basis struct {
	records map[string][]vigie.Record // by the row as read, and by the one that a correction made of it
	refused map[string][]vigie.Refusal
	listed  map[string]bool // rows of the official lists
}

// basisAt is what of some rows was known at a moment, zero for now.
func basisAt(ctx context.Context, st *store.Store, known time.Time, rows map[string]bool) (basis, error) {
	b := basis{records: map[string][]vigie.Record{}, refused: map[string][]vigie.Refusal{}}
	journal, err := decisions(ctx, st, known)
	if err != nil {
		return b, err
	}
	rows = maps.Clone(rows)
	for _, d := range journal { // a correction may have made one of them of another
		if d.Corrected != "" {
			rows[d.RowID()] = true
		}
	}
	facts, err := factsOf(ctx, st, known, rows)
	if err != nil {
		return b, err
	}
	for r, err := range st.Refusals(ctx, known) {
		if err != nil {
			return b, fmt.Errorf("read the refusals: %w", err)
		}
		if row := r.Row(); rows[row] {
			b.refused[row] = append(b.refused[row], r)
		}
	}
	judged := resolve.Judge(resolve.Records(facts), journal)
	all := append(judged.Records, judged.Rejected...)
	for _, r := range all {
		b.records[r.Row()] = append(b.records[r.Row()], r)
	}
	for _, r := range all {
		if r.Read == nil {
			continue
		}
		shown := r
		shown.Read = nil
		b.records[shown.Row()] = append(b.records[shown.Row()], r)
	}
	return b, nil
}

// factsOf are the facts that rows are made of. A workbook may have a hundred thousand rows
// of which ten were decided on: the others' facts are looked at and let go.
func factsOf(ctx context.Context, st *store.Store, known time.Time, rows map[string]bool) (facts []vigie.Fact, err error) {
	for f, err := range st.Facts(ctx, known) {
		if err != nil {
			return nil, fmt.Errorf("read the facts: %w", err)
		}
		if rows[vigie.Record{Programme: f.Programme, Scope: f.Scope, Detail: f.Detail}.Row()] { // equal facts have equal rows
			facts = append(facts, f)
		}
	}
	return facts, nil
}

// find returns the record that a key's row showed, and the words that it showed.
func (b basis) find(key string) (vigie.Record, vigie.Mention, bool) {
	row, _, _ := vigie.CutRowKey(key)
	for _, r := range b.records[row] {
		for _, m := range r.Mentions {
			if vigie.RowKey(row, m.Quote) == key {
				return r, m, true
			}
		}
	}
	return vigie.Record{}, vigie.Mention{}, false
}

// findRefusal returns the refusal that a key's row showed.
func (b basis) findRefusal(key string) (vigie.Refusal, bool) {
	row, _, _ := vigie.CutRowKey(key)
	for _, r := range b.refused[row] {
		if vigie.RowKey(row, r.Quote) == key {
			return r, true
		}
	}
	return vigie.Refusal{}, false
}

// holds reports whether a key's row is there in the words that it showed.
func (b basis) holds(key string) bool {
	_, _, record := b.find(key)
	_, refusal := b.findRefusal(key)
	return record || refusal
}

// listedRows are the rows that the official lists give.
func listedRows(p *transform.Pipeline) map[string]bool {
	rows := map[string]bool{}
	for _, pr := range p.Programmes {
		for _, e := range p.Gazetteer.Territories(pr.Code, "") {
			rows[vigie.TerritoryRow(e.Programme, e.ID, e.Phase)] = true
			for _, m := range e.Members {
				rows[vigie.MemberRow(e.Programme, e.ID, m.ID)] = true
			}
		}
	}
	return rows
}

// names settles names of corrections by the official lists.
func names(g *gazetteer.Gazetteer) reports.Names {
	return func(name string, in reports.NameContext) (vigie.Entity, []vigie.Entity) {
		for _, kind := range in.Types {
			if e, ok := g.Entity(vigie.Ref{Type: kind, ID: name}); ok {
				return e, nil
			}
		}
		c := gazetteer.Context{Types: in.Types, Listed: true, Programme: in.Programme, Phase: in.Phase, Date: in.Day}
		if e, ok := g.Entity(in.Near); ok {
			c.Regions, c.Departements, c.Near = e.Regions(), e.Departements(), []vigie.Ref{e.Ref}
		}
		r := g.Resolve(name, c)
		e, _ := g.Entity(r.Ref)
		var candidates []vigie.Entity
		for _, ref := range r.Candidates {
			if c, ok := g.Entity(ref); ok {
				candidates = append(candidates, c)
			}
		}
		return e, candidates
	}
}
