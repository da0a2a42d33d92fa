package reports

import (
	"strings"

	"vigie"
)

// The names of the columns in which analysts answer; a returned workbook is read by them.
const (
	VerdictColumn    = "Décision"
	CorrectionColumn = "Correction"
	WhyColumn        = "Pourquoi"
	KeyColumn        = "Clé"
)

// decisions are the columns in which a reader decides on a row, always delivered empty,
// beside what has been decided, and the key that a decision comes back with.
func decisions[R any](d *Data, frame func(R) Row) []field[R] {
	empty := func(R) Cell { return Cell{} }
	return []field[R]{
		{entryColumn("decision", VerdictColumn, 12, "À remplir : exact, faux, à corriger, pas sûr.", verdictWords()), empty},
		{entryColumn("correction", CorrectionColumn, 20, "À remplir avec « à corriger » : la bonne valeur de la colonne principale, ou « Colonne : valeur », plusieurs séparées par un point-virgule.", nil), empty},
		{entryColumn("why", WhyColumn, 20, "À remplir, si l'on veut : la raison.", nil), empty},
		{aside("decided", "Décisions prises", Text, 24, "Ce que des analystes ont décidé de la ligne : verdict, nom, jour."), func(row R) Cell { return text(d.decided(frame(row))) }},
		{hidden("row", KeyColumn, 28, "Ce qui rattache une décision à sa ligne : ne pas modifier."), func(row R) Cell { return text(frame(row).Key()) }},
	}
}

func entryColumn(key, name string, width float64, about string, choices []string) Column {
	c := aside(key, name, Text, width, about)
	c.Entry, c.Choices = true, choices
	return c
}

func hidden(key, name string, width float64, about string) Column {
	c := aside(key, name, Code, width, about)
	c.Hidden = true
	return c
}

func verdictWords() []string {
	var words []string
	for _, v := range vigie.Verdicts {
		words = append(words, v.French())
	}
	return words
}

// Key is what a decision on the row comes back with; empty where there is nothing to
// decide.
func (r Row) Key() string {
	switch {
	case r.ID == "":
		return ""
	case r.Record == nil:
		return vigie.RowKey(r.ID, "")
	}
	return vigie.RowKey(r.ID, first(*r.Record).Quote)
}

// decided tells the decisions on a row, a line each, and what was read where they
// corrected it.
func (d *Data) decided(row Row) string {
	var lines []string
	for _, v := range d.decisionsOn(row) {
		words := []string{v.Verdict.French()}
		if row.refused {
			words[0] += refusalWords[v.Verdict]
		}
		if v.Correction != "" {
			words[0] += " (« " + v.Correction + " »)"
		}
		if v.By != "" {
			words = append(words, v.By)
		}
		lines = append(lines, strings.Join(append(words, v.At.In(d.Day.Location()).Format("02/01/2006")), ", "))
	}
	if row.Record != nil && row.Record.Read != nil {
		_, was := inWords(row.Record.Read)
		lines = append(lines, "lu : "+was)
	}
	return unbroken.Replace(strings.Join(lines, "\n"))
}

// refusalWords say what a verdict on what was refused makes of the refusal.
var refusalWords = map[vigie.Verdict]string{vigie.VerdictRight: " (refusé à tort)", vigie.VerdictWrong: " (refus juste)"}

func (d *Data) decisionsOn(row Row) []vigie.Decision {
	if row.Record == nil {
		return d.Listed[row.ID]
	}
	return row.Record.Decisions
}
