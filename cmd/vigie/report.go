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
	"vigie/transform"
	"vigie/transform/gazetteer"
	"vigie/transform/resolve"
)

type reportCmd struct {
	plan `embed:""`
}

// Run writes the workbook and the CSV files from what is known.
func (c *reportCmd) Run(s *session) error {
	return c.job(s, "report", (*night).report)
}

// report merges what is known into records and writes them, laid out.
func (n *night) report(ctx context.Context) error {
	p, err := n.rules()
	if err != nil {
		return err
	}
	region, ok := p.Gazetteer.Entity(vigie.Ref{Type: vigie.RefRegion, ID: n.cfg.Region})
	if !ok {
		return misusef("--region %s: no such region; Normandie is 28", n.cfg.Region)
	}
	data := &reports.Data{
		Region: region, Day: n.s.now().In(paris()), Entity: p.Gazetteer.Entity, Official: official(p, n.cfg.Region),
		Programmes: map[string]string{}, Version: version, Tables: tables(p.Gazetteer),
	}
	for _, pr := range p.Programmes {
		data.Programmes[pr.Code] = pr.Name
	}
	if err := n.gather(ctx, data); err != nil {
		return err
	}
	n.files, err = reports.Write(ctx, n.cfg.Out, data)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	n.tally.territories = labelled(data.Records)
	n.s.line("report: %s", n.files[0])
	return nil
}

// gather reads facts, documents and the state of the sources out of the store.
func (n *night) gather(ctx context.Context, d *reports.Data) error {
	var facts []vigie.Fact
	for f, err := range n.store.Facts(ctx, time.Time{}) {
		if err != nil {
			return fmt.Errorf("read the facts: %w", err)
		}
		facts = append(facts, f)
	}
	d.Records, d.Facts = resolve.Records(facts), len(facts)
	n.tally.facts = len(facts)
	press := map[vigie.DocumentID]bool{}
	lines := map[string]*reports.SourceLine{}
	for r, err := range n.store.Readings(ctx) {
		if err != nil {
			return fmt.Errorf("read the readings: %w", err)
		}
		press[r.Document] = n.source(r.Source).Publisher.Kind == "presse"
		n.tell(lines, r)
		d.Documents++
	}
	d.Press = func(m vigie.Mention) bool { return press[m.Document] }
	return n.sourceLines(ctx, d, lines)
}

// tell counts a reading into its source's line.
func (n *night) tell(lines map[string]*reports.SourceLine, r store.ReadingInfo) {
	l := n.lineOf(lines, r.Source)
	l.Documents++
	l.Facts += r.Facts
	if r.Error != "" {
		l.Failed++
		l.Error = cmp.Or(l.Error, r.URL+": "+r.Error)
	}
	if r.Published.Compare(l.Newest) > 0 && r.Published != "" || l.Newest == "" {
		l.Newest = r.Published
	}
}

func (n *night) lineOf(lines map[string]*reports.SourceLine, id string) *reports.SourceLine {
	if lines[id] == nil {
		s := n.source(id)
		lines[id] = &reports.SourceLine{ID: id, Publisher: cmp.Or(s.Publisher.Name, id)}
	}
	return lines[id]
}

// sourceLines adds how each source ended the last run that asked it.
func (n *night) sourceLines(ctx context.Context, d *reports.Data, lines map[string]*reports.SourceLine) error {
	runs, err := n.store.Runs(ctx, 400)
	if err != nil {
		return fmt.Errorf("read the journal of runs: %w", err)
	}
	told := map[string]bool{}
	for _, r := range append([]vigie.Run{n.run}, runs...) {
		for _, s := range r.Sources {
			if told[s.Source] {
				continue
			}
			told[s.Source] = true
			l := n.lineOf(lines, s.Source)
			l.State = s.State
			l.Failed += s.Failed
			l.Error = cmp.Or(s.Error, l.Error)
		}
	}
	for _, id := range sorted(lines) {
		d.Sources = append(d.Sources, *lines[id])
	}
	return nil
}

func sorted[V any](m map[string]V) []string {
	ids := make([]string, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// labelled counts the territories and communes that have a label.
func labelled(records []vigie.Record) int {
	seen := map[vigie.Ref]bool{}
	for _, r := range records {
		if l, ok := r.Detail.(vigie.Label); ok && l.Status == vigie.Labelled {
			seen[r.Scope] = true
		}
	}
	return len(seen)
}

// official are the entries of the lists that belong to a region: those that it leads.
func official(p *transform.Pipeline, region string) []vigie.Entity {
	var all []vigie.Entity
	for _, pr := range p.Programmes {
		for _, e := range p.Gazetteer.Territories(pr.Code, "") {
			if r := e.Regions(); len(r) > 0 && r[0] == region {
				all = append(all, e)
			}
		}
	}
	return all
}

func tables(g *gazetteer.Gazetteer) []reports.OfficialTable {
	var all []reports.OfficialTable
	for _, t := range g.Tables() {
		all = append(all, reports.OfficialTable{Name: t.Name, Source: t.Source, Licence: t.Licence, Date: t.Date, Vintage: t.Vintage})
	}
	return all
}
