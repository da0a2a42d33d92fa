package reports

import (
	"cmp"
	"maps"
	"slices"

	"vigie"
)

// timeline reports what happened and what is to happen, and what lasts from when to when.
type timeline struct{}

func (timeline) Name() string { return "timeline" }

func (timeline) Tables(d *Data) []Table {
	fields := d.withEvidence([]field[vigie.Record]{
		{column("date", "Date", Day, 11, "Le jour, où il est énoncé ; vide pour un mois ou une année."), func(r vigie.Record) Cell { return day(entry(r).Date) }},
		{column("date_stated", "Date énoncée", Text, 16, "La date aussi loin que la source la dit : un jour, un mois, une année."), func(r vigie.Record) Cell { return stated(entry(r).Date) }},
		{column("date_end", "Fin", Day, 11, "Le dernier jour, où il est énoncé."), func(r vigie.Record) Cell { return day(entry(r).DateEnd) }},
		{column("date_end_stated", "Fin énoncée", Text, 13, "La fin aussi loin que la source la dit."), func(r vigie.Record) Cell { return stated(entry(r).DateEnd) }},
		{column("nature", "Nature", Text, 18, "L'événement, ou ce qui dure.").of(natureWords()), nature},
		{column("planned", "Prévu", Text, 8, "« prévu » où la source l'annonce pour plus tard, au jour où elle écrit.").of(plannedWords), planned},
		d.scopeField(),
		{column("place", "Lieu", Text, 13, "Où, si c'est énoncé."), func(r vigie.Record) Cell { return text(entry(r).Place) }},
		d.programmeField(),
	})
	rows := d.ofKind(vigie.KindEvent, vigie.KindPeriod)
	sortBy(rows, func(r vigie.Record) []string {
		return append(d.placeKeys(r.Scope), d.programmeKey(r.Programme), nature(r).Text)
	})
	slices.SortStableFunc(rows, func(a, b vigie.Record) int {
		return cmp.Or(start(a).Compare(start(b)), entry(a).DateEnd.Compare(entry(b).DateEnd))
	})
	return []Table{fill(Table{
		Name: "Calendrier", Title: "Calendrier",
		Note: "Une ligne par événement ou durée. « Date » n'est remplie que si le jour est connu ; « Date énoncée » donne ce que dit la source : un mois, une année.",
	}, rows, shows, fields)}
}

// entry reads an event or a period as an event: both have their dates.
func entry(r vigie.Record) vigie.Event {
	if p, ok := r.Detail.(vigie.Period); ok {
		return vigie.Event{Date: p.Date, DateEnd: p.DateEnd}
	}
	return r.Detail.(vigie.Event)
}

// start is what the row is sorted by: its end where only that is stated.
func start(r vigie.Record) vigie.Date { return cmp.Or(entry(r).Date, entry(r).DateEnd) }

// natureWords are those of events and of what lasts.
func natureWords() map[string]string {
	all := maps.Clone(eventWords)
	maps.Copy(all, subjectWords)
	return all
}

func nature(r vigie.Record) Cell {
	if p, ok := r.Detail.(vigie.Period); ok {
		return coded(subjectWords, p.Subject)
	}
	return coded(eventWords, entry(r).Event)
}

// planned is what the source says, on its day: it says nothing of what became of it.
func planned(r vigie.Record) Cell {
	if !entry(r).Planned {
		return Cell{}
	}
	return coded(plannedWords, "true")
}
