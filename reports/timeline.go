package reports

import (
	"cmp"
	"slices"

	"vigie"
)

// timeline reports what happened and what is to happen, and what lasts from when to when.
type timeline struct{}

func (timeline) Name() string { return "timeline" }

func (timeline) Tables(d *Data) []Table {
	fields := d.withEvidence([]field[vigie.Record]{
		{column("Date", Day, 11), func(r vigie.Record) Cell { return known(entry(r).Date) }},
		{column("Date énoncée", Text, 16), func(r vigie.Record) Cell { return text(dateWords(entry(r).Date)) }},
		{column("Fin", Day, 11), func(r vigie.Record) Cell { return known(entry(r).DateEnd) }},
		{column("Fin énoncée", Text, 14), func(r vigie.Record) Cell { return text(dateWords(entry(r).DateEnd)) }},
		{column("Nature", Text, 20), func(r vigie.Record) Cell { return text(nature(r)) }},
		{column("Prévu", Text, 8), func(r vigie.Record) Cell { return planned(r) }},
		{column("Territoire ou portée", Text, 23), func(r vigie.Record) Cell { return text(d.place(r.Scope)) }},
		{column("Lieu", Text, 15), func(r vigie.Record) Cell { return text(entry(r).Place) }},
		{column("Dispositif", Text, 17), func(r vigie.Record) Cell { return text(d.programme(r.Programme)) }},
	})
	rows := d.ofKind(vigie.KindEvent, vigie.KindPeriod)
	sortBy(rows, func(r vigie.Record) []string {
		return append(d.placeKeys(r.Scope), d.programmeKey(r.Programme), nature(r))
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

// known is a real date, or empty.
func known(d vigie.Date) Cell {
	if d.Precision() != vigie.DayPrecision {
		return Cell{}
	}
	return day(d)
}

func nature(r vigie.Record) string {
	if p, ok := r.Detail.(vigie.Period); ok {
		return word(subjectWords, p.Subject)
	}
	return word(eventWords, entry(r).Event)
}

// planned is what the source says, on its day: it says nothing of what became of it.
func planned(r vigie.Record) Cell {
	if !entry(r).Planned {
		return Cell{}
	}
	return text("prévu")
}
