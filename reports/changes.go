package reports

import (
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// A Cause says on whose side a change happened.
type Cause string

// The four causes, in the words of the sheet.
const (
	World   Cause = "le monde a changé"     // a document that was not known
	Source  Cause = "la source a changé"    // a known page says something else
	Vigie   Cause = "vigie a changé"        // a new reading, a new official table, a new version
	Analyst Cause = "un analyste a tranché" // a decision, or one taken back
)

// How a row changes.
const (
	Added   = "ajoutée"
	Removed = "retirée"
	Changed = "modifiée"
	Backed  = "autres preuves"     // it states the same, on other evidence
	Recast  = "autre présentation" // of the sheet: its columns are not the same
)

// A Change is a row that is not as the edition before had it.
type Change struct {
	Sheet, Row  string // Row is its ID
	Label       string // what the row is about, in words
	How         string // Added, Removed, Changed, Backed, Recast
	Differences []Difference
	Causes      []Cause // in the order above; never empty
	Why         string  // who decided, both quotes, from what to what
	Stated      Stated  // the document that tells most about it; zero: none

	main, rest    string    // Label's first words, and the others
	scope         vigie.Ref // whom it is about
	heir          string    // of a member: see [SheetRows.heir]
	before, after string    // words of an edited page
	sources       []string  // whose pages were edited
	documents     []vigie.DocumentID
}

// A Difference is a cell before and after.
type Difference struct {
	Column, Before, After string

	key string // of the column
}

// states reports whether the cell says what is so, and not only who says it.
func (d Difference) states() bool { return !slices.Contains(proofs, d.key) }

// rank is the place of a change among all: what could not be compared, what is stated,
// what only its evidence is new of.
func (c Change) rank() int {
	switch c.How {
	case Recast:
		return 0
	case Backed:
		return 2
	}
	return 1
}

// by reports whether a cause is among the change's.
func (c Change) by(cause Cause) bool {
	for _, one := range c.Causes {
		if one == cause {
			return true
		}
	}
	return false
}

// changes reports what is new since the last edition.
type changes struct{}

func (changes) Name() string { return "changes" }

func (changes) Tables(d *Data) []Table {
	fields := []field[Change]{
		{column("sheet", "Feuille", Text, 14, "La feuille de la ligne."), func(c Change) Cell { return Cell{Text: c.Sheet, Link: "#" + c.Sheet} }},
		{column("label", "Ligne", Text, 34, "De quoi parle la ligne."), func(c Change) Cell { return text(c.Label) }},
		{column("change", "Changement", Text, 13, "Ajoutée, retirée, modifiée ; « autres preuves » : la ligne dit la même chose, sur d'autres preuves ; « autre présentation » : les colonnes de la feuille."), func(c Change) Cell { return text(c.How) }},
		{column("columns", "Colonnes, avant → après", Text, 44, "Les cases qui ne sont plus les mêmes ; celles des preuves tiennent en une ligne."), func(c Change) Cell { return text(c.columns()) }},
		{column("cause", "Cause", Text, 20, "Le monde (un nouveau document), la source (une page modifiée), vigie (nouvelle lecture, nouvelle table officielle, nouvelle version) ou un analyste."), func(c Change) Cell { return text(c.causes()) }},
		{column("why", "Précisions", Text, 44, "Qui a tranché et pourquoi ; les mots d'avant et ceux d'après."), func(c Change) Cell { return text(c.Why) }},
		{column("publisher", "Émetteur", Text, 19, "Qui publie le document en cause."), func(c Change) Cell { return text(c.Stated.Publisher) }},
		{column("published", "Publié le", Day, 11, "Jour de publication du document en cause."), func(c Change) Cell { return day(c.Stated.Published) }},
		{aside("url", "Page", Link, 26, "L'adresse du document en cause."), func(c Change) Cell { return address(c.Stated.URL) }},
		{aside("row", "Identifiant de la ligne", Code, 20, "Le même d'une édition à l'autre."), func(c Change) Cell { return text(c.Row) }},
	}
	return []Table{fill(Table{
		Name: changesSheet, Title: "Depuis la dernière fois", Note: d.since(),
	}, d.Changes, func(c Change) Row { return Row{ID: c.Sheet + "-" + c.Row} }, fields)}
}

const changesSheet = "Depuis la dernière fois"

// since says in one line what the report is compared with.
func (d *Data) since() string {
	switch {
	case d.First:
		return "C'est la première édition : il n'y en a pas d'autre à laquelle la comparer."
	case d.Past == nil:
		return "Ce rapport porte sur une autre situation que celle du jour : il n'est comparé à aucune édition."
	}
	than := "l'édition du " + dateWords(d.Past.Edition.Day) + "."
	if len(d.Changes) == 0 {
		return "Rien n'a changé depuis " + than
	}
	return "Chaque ligne ajoutée, retirée ou modifiée depuis " + than + " La cause dit de quel côté le changement est venu."
}

// columns tells what is stated otherwise, a line each, then the evidence in one.
func (c Change) columns() string {
	var lines, backed []string
	for _, d := range c.Differences {
		switch {
		case d.states():
			lines = append(lines, fmt.Sprintf("%s : %s → %s", d.Column, orEmpty(d.Before), orEmpty(d.After)))
		case d.key != "quote" && len(d.Before) < maxShort && len(d.After) < maxShort && d.Before != "" && d.After != "":
			backed = append(backed, fmt.Sprintf("%s %s → %s", d.Column, d.Before, d.After))
		default:
			backed = append(backed, d.Column)
		}
	}
	if backed != nil {
		lines = append(lines, "Preuves : "+strings.Join(backed, ", "))
	}
	return strings.Join(lines, "\n")
}

const maxShort = 12 // bytes of a cell that is told among evidence: a count, a day

func orEmpty(s string) string {
	if s == "" {
		return "(vide)"
	}
	return s
}

func (c Change) causes() string {
	words := make([]string, len(c.Causes))
	for i, cause := range c.Causes {
		words[i] = string(cause)
	}
	return strings.Join(words, " ; ")
}
