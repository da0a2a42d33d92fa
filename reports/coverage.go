package reports

import (
	"time"

	"vigie"
)

// coverage reports how each source is: what we looked at, and what we could not see.
type coverage struct{}

func (coverage) Name() string { return "coverage" }

func (coverage) Tables(d *Data) []Table {
	fields := []field[SourceLine]{
		{column("Émetteur", Text, 38), func(s SourceLine) Cell { return text(s.Publisher) }},
		{column("État", Text, 18), func(s SourceLine) Cell { return text(s.State.French()) }},
		{column("Plus récent", Day, 12), func(s SourceLine) Cell { return day(s.Newest) }},
		{column("Âge (jours)", Count, 10), func(s SourceLine) Cell { return d.age(s.Newest) }},
		{column("Documents", Count, 11), func(s SourceLine) Cell { return count(s.Documents) }},
		{column("Faits", Count, 10), func(s SourceLine) Cell { return count(s.Facts) }},
		{column("Pages en échec", Count, 10), func(s SourceLine) Cell { return count(s.Failed) }},
		{column("Difficulté", Text, 60), func(s SourceLine) Cell { return text(s.Error) }},
		{aside("Requêtes", Count, 10), func(s SourceLine) Cell { return some(s.Requests) }},
		{aside("Reçu (ko)", Count, 10), func(s SourceLine) Cell { return some(int((s.Bytes + 1023) / 1024)) }},
		{aside("Refus", Count, 10), func(s SourceLine) Cell { return some(s.Refusals) }},
		{aside("Fouille réservée", Count, 10), func(s SourceLine) Cell { return some(s.Reserved) }},
		{aside("Identifiant", Code, 28), func(s SourceLine) Cell { return text(s.ID) }},
	}
	return []Table{fill(Table{
		Name: "Sources", Title: "Sources consultées",
		Note: "Une ligne par source. « Plus récent » est la date de son dernier document ; son âge est compté au jour du rapport. « Requêtes », « Reçu » et « Refus » sont ceux de la dernière nuit ; « Fouille réservée » compte les documents qui réservent leurs droits de fouille de textes.",
	}, d.Sources, nil, fields)}
}

// some is a count that stays empty where there is nothing to count.
func some(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return count(n)
}

// age counts the days from a date to the report's; empty where the day is not known.
func (d *Data) age(of vigie.Date) Cell {
	if of.Precision() != vigie.DayPrecision {
		return Cell{}
	}
	return count(int(d.date().Sub(of.First()) / (24 * time.Hour)))
}
