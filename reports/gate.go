package reports

import (
	"fmt"
	"strings"

	"vigie"
)

// An Objection is why a report is not to be published.
type Objection struct {
	Check string   // CheckLists, CheckRows or CheckCells
	Words string   // in French
	Rows  []string // what is lost, a row each, with its cause
}

// The checks of the gate.
const (
	CheckLists = "official-lists" // territories of the official lists that have no row
	CheckRows  = "rows"           // rows that went
	CheckCells = "cells"          // cells of rows that stayed
)

// Gate tells why a report is not to be published: it lacks territories of the official
// lists, or it is emptier than the last good edition by more than what has changed
// explains. Nil where it may be; the first report is held to the lists only.
//
// Explained are rows and cells that analysts took, that went with an erased document, that
// a new document ended, and that pages lost which were edited one by one. Not explained
// are those that went with a new reading, table or version of vigie, of which nothing
// tells the cause, and those that many pages of one source lost together: a site made
// anew is read badly far more often than a préfecture takes back all it has said. What is
// gained makes up for a loss only where it is gained for the same reason, as rows that a
// new reading tells otherwise are: a new document brings news, and hides no loss. There is
// no tolerance: a version that drops one true row of a thousand is as wrong about it as
// one that drops them all, and whoever installs it can say in a word that it is right to.
func Gate(d *Data, now Content, past *Past, changes []Change) []Objection {
	objections := d.missing(now.Sheet("Territoires"))
	if past == nil {
		return objections
	}
	g := gate{past: past, now: now, changes: changes}
	g.lostBy = g.massLosses()
	for name := range sheetsInOrder(now) {
		objections = append(objections, g.check(name)...)
	}
	return g.tellMassLosses(objections)
}

// missing are the territories of the official lists that are no row of the report.
func (d *Data) missing(sheet SheetRows) []Objection {
	rows := sheet.byID()
	type list struct{ programme, phase string }
	var lists []list
	expected, absent := map[list]int{}, map[list][]string{}
	for _, e := range d.Official {
		l := list{e.Programme, e.Phase}
		if expected[l]++; expected[l] == 1 {
			lists = append(lists, l)
		}
		if _, ok := rows[vigie.TerritoryRow(e.Programme, e.ID, e.Phase)]; !ok {
			absent[l] = append(absent[l], e.Name)
		}
	}
	var objections []Objection
	for _, l := range lists {
		if n := len(absent[l]); n > 0 {
			name := strings.TrimSuffix(d.programme(l.programme)+", "+word(phaseWords, l.phase), ", ")
			objections = append(objections, Objection{Check: CheckLists, Words: fmt.Sprintf(
				"Totaux officiels : la liste de %s a %d entrées pour %s, la feuille Territoires en a %d ; il manque %s.",
				name, expected[l], d.Region.Name, expected[l]-n, strings.Join(absent[l], ", "))})
		}
	}
	return objections
}

// sheetsInOrder yields the names of the sheets that state facts.
func sheetsInOrder(c Content) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, s := range c.Sheets {
			if labelColumns[s.Name] != nil && !yield(s.Name) {
				return
			}
		}
	}
}
