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

// report merges what is known into records and writes them, laid out.
func (n *night) report(ctx context.Context) error {
	region, err := n.region()
	if err != nil {
		return err
	}
	p := n.pipeline
	data := &reports.Data{
		Region: region, Day: n.s.now().In(paris()), Entity: p.Gazetteer.Entity, Official: official(p, region.ID),
		Programmes: map[string]string{}, Version: version, Tables: tables(p.Gazetteer),
	}
	for _, pr := range p.Programmes {
		data.Programmes[pr.Code] = pr.Name
	}
	if err := n.gather(ctx, data); err != nil {
		return err
	}
	files, err := reports.Write(ctx, n.cfg.Out, data)
	if err != nil {
		return err
	}
	t := &n.tally
	t.files, t.pages, t.known, t.territories, t.region = files, data.Documents, data.Facts, data.Announced(), region.Name
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
	press := map[vigie.DocumentID]bool{}
	l := ledger{night: n, lines: map[string]*reports.SourceLine{}, local: aboutRegion(facts, d.Region.Ref, d.Entity)}
	var texts []resolve.Text
	for r, err := range n.store.Readings(ctx, time.Time{}) {
		if err != nil {
			return fmt.Errorf("read the readings: %w", err)
		}
		press[r.Document] = n.source(r.Source).Publisher.Kind == "presse"
		l.read(r)
		texts = append(texts, resolve.Text{Document: r.Document, Published: r.Published, Print: resolve.ParsePrint(r.Print)})
		d.Documents++
	}
	resolve.MarkReprises(d.Records, resolve.Reprises(texts))
	if err := n.decide(ctx, d); err != nil {
		return err
	}
	d.Press = func(m vigie.Mention) bool { return press[m.Document] }
	runs, err := n.store.Runs(ctx, 400)
	if err != nil {
		return fmt.Errorf("read the journal of runs: %w", err)
	}
	l.asked(append([]vigie.Run{n.run}, runs...))
	if err := l.manners(ctx); err != nil {
		return err
	}
	lists, err := n.newerLists(ctx)
	if err != nil {
		return err
	}
	d.Reserved = l.reserved
	d.Sources, d.Questions = l.sources(), slices.Concat(l.questions(), lists)
	return nil
}

// A ledger gathers how each source is, for the report.
type ledger struct {
	*night
	lines  map[string]*reports.SourceLine
	unread []store.ReadingInfo       // pages that could not be read
	local  map[vigie.DocumentID]bool // those that state something of the report's region
	asking []string                  // what documents leave open

	reserved []reports.ReservedLine
}

// read counts a reading into its source's line.
func (l *ledger) read(r store.ReadingInfo) {
	s := l.line(r.Source)
	s.Documents++
	s.Facts += r.Facts
	if r.Error != "" {
		s.Failed++
		s.Error = cmp.Or(s.Error, "page sans texte lisible : "+r.URL)
		l.unread = append(l.unread, r)
	}
	if l.local[r.Document] {
		for _, q := range r.Questions {
			l.asking = append(l.asking, fmt.Sprintf("%s : %s (%s)", words(r.Publisher, frenchDay(r.Published)), q, r.URL))
		}
	}
	if s.Newest == "" || r.Published != "" && r.Published.Compare(s.Newest) > 0 {
		s.Newest = r.Published
	}
}

func (l *ledger) line(id string) *reports.SourceLine {
	if l.lines[id] == nil {
		l.lines[id] = &reports.SourceLine{ID: id, Publisher: l.source(id).Publisher.Name}
	}
	return l.lines[id]
}

// asked adds how each source ended the last run that asked it; runs come newest first.
func (l *ledger) asked(runs []vigie.Run) {
	told := map[string]bool{}
	for _, r := range runs {
		for _, s := range r.Sources {
			if told[s.Source] {
				continue
			}
			told[s.Source] = true
			line := l.line(s.Source)
			line.State = s.State
			line.Failed += s.Failed
			line.Error = cmp.Or(s.Error, line.Error)
			if words := stateWords[s.State]; words != "" && r.ID != l.run.ID {
				l.note("%s: %s in the run of %s, see its line in the sheet Sources", s.Source, words, r.Started.In(paris()).Format(time.DateOnly))
			}
		}
	}
}

// manners adds what each source was made to bear, and what its pages reserve.
func (l *ledger) manners(ctx context.Context) error {
	tolls, err := l.store.LastTolls(ctx, time.Time{})
	if err != nil {
		return fmt.Errorf("read what sites bore: %w", err)
	}
	for _, t := range tolls {
		if line := l.lines[t.Source]; line != nil {
			line.Requests += t.Requests
			line.Bytes += t.Bytes
			line.Refusals += t.Refusals
		}
	}
	reserved, err := l.store.Reserved(ctx, time.Time{})
	if err != nil {
		return fmt.Errorf("read what pages reserve: %w", err)
	}
	for _, d := range reserved {
		l.line(d.Source).Reserved++
		l.reserved = append(l.reserved, l.reservation(d))
	}
	return nil
}

// reservation is a line on a document that keeps machines from mining it.
func (l *ledger) reservation(d vigie.Document) reports.ReservedLine {
	source, c := l.source(d.Source), d.Captures[0]
	line := reports.ReservedLine{
		Publisher: source.Publisher.Name, Title: d.Title, Published: d.Published, URL: d.URL, Words: c.OptOut,
		Withheld: c.Fault == vigie.FaultReserved || source.Withheld(c) != "", Ground: "document d'un organisme public (CRPA, art. L.321-1)",
	}
	switch {
	case line.Withheld:
		line.Ground = ""
	case source.Mining.Rule == vigie.MiningPermitted:
		line.Ground = source.Mining.Reason
	}
	return line
}

func (l *ledger) sources() []reports.SourceLine {
	var all []reports.SourceLine
	for _, id := range sorted(l.lines) {
		all = append(all, *l.lines[id])
	}
	return all
}

// questions are what needs a look, in French, beside the sources in trouble, which the
// report tells by itself.
func (l *ledger) questions() []string {
	var all []string
	if l.cut {
		all = append(all, "La collecte a été arrêtée par la limite de temps : la suite viendra avec la prochaine.")
	}
	for _, s := range l.sources() {
		if quiet := s.State == vigie.StateOK || s.State == vigie.StateQuiet; quiet && s.Error != "" {
			all = append(all, s.Publisher+" : "+s.Error)
		}
	}
	if len(l.unread) > 1 {
		all = append(all, fmt.Sprintf("%d pages archivées sont sans texte lisible : la feuille Sources les compte.", len(l.unread)))
	}
	return append(all, l.asking...)
}

// aboutRegion are the documents that state something of a region or of a place in it.
func aboutRegion(facts []vigie.Fact, region vigie.Ref, entity func(vigie.Ref) (vigie.Entity, bool)) map[vigie.DocumentID]bool {
	about := map[vigie.DocumentID]bool{}
	for _, f := range facts {
		e, ok := entity(f.Scope)
		if f.Scope == region || ok && slices.Contains(e.Regions(), region.ID) {
			about[f.Document] = true
		}
	}
	return about
}

// frenchDay is a date as the report writes it; what is no full day as it is.
func frenchDay(d vigie.Date) string {
	if d.Precision() != vigie.DayPrecision {
		return string(d)
	}
	return d.First().Format("02/01/2006")
}

func sorted[V any](m map[string]V) []string {
	ids := make([]string, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
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
