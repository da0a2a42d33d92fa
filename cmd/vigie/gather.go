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
	"vigie/transform/resolve"
)

// A telling is a report that is being made.
type telling struct {
	*night
	moment
	data     *reports.Data
	speakers map[string]vigie.Source // by id, as they were known

	objections []reports.Objection // to publishing it
}

// gather reads all that a report tells out of the store, as it was known.
func (n *night) gather(ctx context.Context, region vigie.Entity, m moment) (*telling, error) {
	t := &telling{night: n, moment: m, data: n.blank(region, m)}
	var err error
	if t.speakers, err = n.store.Sources(ctx, m.known); err != nil {
		return nil, fmt.Errorf("read the sources: %w", err)
	}
	facts, err := t.facts(ctx)
	if err != nil {
		return nil, err
	}
	d := t.data
	l := ledger{telling: t, lines: map[string]*reports.SourceLine{}, index: map[vigie.DocumentID]int{}, local: aboutRegion(facts, d.Region.Ref, d.Entity)}
	if err := l.readings(ctx); err != nil {
		return nil, err
	}
	if err := n.decide(ctx, d); err != nil {
		return nil, err
	}
	runs, err := n.store.EndedRuns(ctx, m.known, journal)
	if err != nil {
		return nil, fmt.Errorf("read the journal of runs: %w", err)
	}
	l.asked(append(t.own(), runs...))
	if err := l.manners(ctx); err != nil {
		return nil, err
	}
	lists, err := t.newerLists(ctx)
	if err != nil {
		return nil, err
	}
	d.Sources, d.Questions = l.sources(), slices.Concat(l.questions(), lists, refuted(d.Heard), waiting(d.Waiting))
	return t, nil
}

// blank is a report with what it needs beside the store.
func (n *night) blank(region vigie.Entity, m moment) *reports.Data {
	p := n.pipeline
	y, month, day := m.day.First().Date()
	d := &reports.Data{
		Region: region, Day: time.Date(y, month, day, 0, 0, 0, 0, paris()), Known: m.known.In(paris()),
		Entity: p.Gazetteer.Entity, Official: official(p, region.ID), Programmes: map[string]string{},
		Version: version, Rules: transform.Version, Lists: listsDigest(p.Gazetteer), Tables: tables(p.Gazetteer), Readings: map[vigie.DocumentID]reports.Reading{},
	}
	for _, pr := range p.Programmes {
		d.Programmes[pr.Code] = pr.Name
	}
	return d
}

// facts reads what was known, and keeps of it what is true on the day.
func (t *telling) facts(ctx context.Context) ([]vigie.Fact, error) {
	var known []vigie.Fact
	for f, err := range t.store.Facts(ctx, t.known) {
		if err != nil {
			return nil, fmt.Errorf("read the facts: %w", err)
		}
		known = append(known, f)
	}
	now, ended := resolve.InForce(known, t.day, dayOf(t.known))
	t.data.Facts, t.data.Records, t.data.Ended = len(known), resolve.Records(now), resolve.Records(ended)
	return now, nil
}

// own is how the run that makes or made the report found its sources: it has not ended in
// the journal when they are told.
func (t *telling) own() []vigie.Run {
	switch {
	case t.edition != nil:
		return []vigie.Run{{ID: t.edition.Run, Started: t.known, Sources: t.edition.Sources}}
	case t.past:
		return nil
	}
	return []vigie.Run{t.run}
}

// speaker returns a source as it was known; one that nobody noted keeps its id for a name.
func (t *telling) speaker(id string) vigie.Source {
	if s, ok := t.speakers[id]; ok {
		return s
	}
	return vigie.Source{ID: id, Publisher: vigie.Publisher{Name: id}}
}

// A ledger gathers how each source is, for the report.
type ledger struct {
	*telling
	lines    map[string]*reports.SourceLine
	unread   []store.ReadingInfo       // pages that could not be read
	wavering []string                  // pages that come back to what they said before, a line each
	local    map[vigie.DocumentID]bool // those that state something of the report's region
	index    map[vigie.DocumentID]int  // of the documents in the data's pages
}

// readings counts what was read, and tells whose text repeats whose.
func (l *ledger) readings(ctx context.Context) error {
	d, press := l.data, map[vigie.DocumentID]bool{}
	var texts []resolve.Text
	for r, err := range l.store.Readings(ctx, l.known) {
		if err != nil {
			return fmt.Errorf("read the readings: %w", err)
		}
		r.Published = r.Published.Believed(dayOf(r.At)) // older versions took a list's word for an unreadable page's
		press[r.Document] = l.speaker(r.Source).Publisher.Kind == "presse"
		l.read(r)
		texts = append(texts, resolve.Text{Document: r.Document, Published: r.Published, Print: resolve.ParsePrint(r.Print)})
		d.Readings[r.Document] = reports.Reading{Source: r.Source, Digest: r.Digest, Rules: r.Version}
		d.Documents++
	}
	reprises := resolve.Reprises(texts)
	resolve.MarkReprises(d.Records, reprises)
	d.Press = func(m vigie.Mention) bool { return press[m.Document] }
	return l.pages(ctx, reprises)
}

// read counts a reading into its source's line.
func (l *ledger) read(r store.ReadingInfo) {
	s := l.line(r.Source)
	l.addPage(r)
	s.Documents++
	s.Facts += r.Facts
	if r.Error != "" {
		s.Failed++
		s.Error = cmp.Or(s.Error, "page sans texte lisible : "+r.URL)
		l.unread = append(l.unread, r)
	}
	if l.local[r.Document] {
		for _, q := range r.Questions {
			cited := vigie.Citation{Document: r.Document, URL: r.URL, Publisher: r.Publisher, Title: r.Title, Published: r.Published}
			l.data.Asked = append(l.data.Asked, reports.AskedLine{Citation: cited, Words: q})
		}
	}
	if s.Newest == "" || r.Published != "" && r.Published.Compare(s.Newest) > 0 {
		s.Newest = r.Published
	}
}

func (l *ledger) line(id string) *reports.SourceLine {
	if l.lines[id] == nil {
		l.lines[id] = &reports.SourceLine{ID: id, Publisher: l.speaker(id).Publisher.Name, Scope: l.speaker(id).Scope}
	}
	return l.lines[id]
}

// asked adds how each source ended the last run that asked it; runs come newest first.
func (l *ledger) asked(runs []vigie.Run) {
	told := map[string]bool{}
	for _, r := range runs {
		for _, s := range r.Sources {
			if line := l.line(s.Source); line.Latest == "" {
				line.Latest, line.Rhythm = s.Latest, s.Rhythm
			}
			if told[s.Source] {
				continue
			}
			told[s.Source] = true
			line := l.line(s.Source)
			line.State, line.Asked = s.State, l.askedAt(r)
			line.Failed += s.Failed
			line.Error = cmp.Or(s.Error, line.Error)
			if words := stateWords[s.State]; words != "" && r.ID != l.run.ID && !l.past {
				l.note("%s: %s in the run of %s, see its line in the sheet Sources", s.Source, words, r.Started.In(paris()).Format(time.DateOnly))
			}
		}
	}
}

// askedAt is when a run asked its sources; the report's own is as of when it was known.
func (l *ledger) askedAt(r vigie.Run) time.Time {
	if r.ID == l.run.ID || l.edition != nil && r.ID == l.edition.Run {
		return l.known
	}
	return r.Started
}

// manners adds what each source was made to bear, and what its pages reserve.
func (l *ledger) manners(ctx context.Context) error {
	tolls, err := l.store.LastTolls(ctx, l.known)
	if err != nil {
		return fmt.Errorf("read what sites bore: %w", err)
	}
	for _, t := range tolls {
		line := l.lines[t.Source]
		switch {
		case t.Source == "":
			l.data.Sites = append(l.data.Sites, reports.SourceLine{Publisher: t.Site})
			line = &l.data.Sites[len(l.data.Sites)-1]
		case line == nil:
			continue
		}
		line.Requests += t.Requests
		line.Bytes += t.Bytes
		line.Refusals += t.Refusals
		line.Forbidden += t.Forbidden
	}
	if err := l.reservations(ctx); err != nil {
		return err
	}
	for _, r := range l.data.Reserved {
		l.line(r.Source).Reserved++
	}
	return nil
}

// reservations are the documents that keep machines from mining them; an edition's are
// those that it told.
func (l *ledger) reservations(ctx context.Context) error {
	if l.edition != nil {
		l.data.Reserved = l.edition.Reserved
		return nil
	}
	reserved, err := l.store.Reserved(ctx, l.known)
	if err != nil {
		return fmt.Errorf("read what pages reserve: %w", err)
	}
	for _, d := range reserved {
		l.data.Reserved = append(l.data.Reserved, l.reservation(d))
	}
	return nil
}

// reservation is a line on a document that keeps machines from mining it.
func (l *ledger) reservation(d vigie.Document) vigie.Reservation {
	source, c := l.source(d.Source), d.Captures[0]
	line := vigie.Reservation{
		Source: d.Source, Publisher: l.speaker(d.Source).Publisher.Name, Title: d.Title, Published: d.Published.Believed(dayOf(c.Time)), URL: d.URL, Words: c.OptOut,
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
	if l.edition == nil && !l.past && l.cut || l.edition != nil && l.edition.Cut {
		all = append(all, "La collecte a été arrêtée par la limite de temps : la suite viendra avec la prochaine.")
	}
	if l.edition == nil && !l.past && l.full || l.edition != nil && l.edition.Full {
		all = append(all, "La collecte a été arrêtée avant la fin : le disque est presque plein. Faire de la place, la suite viendra avec la prochaine.")
	}
	all = append(all, l.wavering[:min(len(l.wavering), mostWavering)]...)
	if more := len(l.wavering) - mostWavering; more > 0 {
		all = append(all, fmt.Sprintf("%d autres pages sont instables : la feuille Documents compte leurs versions.", more))
	}
	if len(l.unread) > 1 {
		all = append(all, fmt.Sprintf("%d pages archivées sont sans texte lisible : la feuille Sources les compte.", len(l.unread)))
	}
	return all
}

// mostWavering pages are named: of more, a site is at fault and not each of them.
const mostWavering = 3

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

func sorted[V any](m map[string]V) []string {
	ids := make([]string, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
