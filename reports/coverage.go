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
		{aside("Identifiant", Code, 28), func(s SourceLine) Cell { return text(s.ID) }},
	}
	return []Table{fill(Table{
		Name: "Sources", Title: "Sources consultées",
		Note: "Une ligne par source. « Plus récent » est la date de son dernier document ; son âge est compté au jour du rapport.",
	}, d.Sources, fields)}
}

// age counts the days from a date to the report's; empty where the day is not known.
func (d *Data) age(of vigie.Date) Cell {
	if of.Precision() != vigie.DayPrecision {
		return Cell{}
	}
	return count(int(d.date().Sub(of.First()) / (24 * time.Hour)))
}
