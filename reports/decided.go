package reports

import (
	"crypto/sha256"
	"encoding/hex"
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
		{aside("decided", "Décisions prises", Text, 24, "Ce que des analystes ont décidé de la ligne : verdict, nom, jour."), func(row R) Cell { return text(d.decided(frame(row).Record)) }},
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

// unquoted stands in a key for the quote of a row that no record is shown in.
const unquoted = "liste"

// Key is what a decision on the row comes back with: the row's ID, and the start of the
// digest of the whole quote that was shown.
func (r Row) Key() string {
	if r.Record == nil || len(r.Record.Mentions) == 0 {
		return r.ID + "-" + unquoted
	}
	sum := sha256.Sum256([]byte(r.Record.Mentions[0].Quote))
	return r.ID + "-" + hex.EncodeToString(sum[:4])
}

// decided tells the decisions in force on a record, a line each.
func (d *Data) decided(r *vigie.Record) string {
	if r == nil {
		return ""
	}
	var lines []string
	for _, v := range r.Decisions {
		words := []string{v.Verdict.French()}
		if v.Correction != "" {
			words[0] += " (« " + v.Correction + " »)"
		}
		if v.By != "" {
			words = append(words, v.By)
		}
		lines = append(lines, unbroken.Replace(strings.Join(append(words, v.At.In(d.Day.Location()).Format("02/01/2006")), ", ")))
	}
	return strings.Join(lines, "\n")
}
