package reports

import (
	"cmp"
	"slices"
	"strings"

	"vigie"
)

// A Past is the edition that a report is compared with, and what was known then.
type Past struct {
	Edition   vigie.Edition
	Content   Content
	Readings  map[vigie.DocumentID]Reading // as known then
	Decisions []vigie.Decision             // made since
	Journal   []vigie.Decision             // all of them
	Forgotten map[vigie.DocumentID]bool    // documents that were erased since
}

// A Reading says which body of a document was read, and by which rules.
type Reading struct{ Source, Digest, Rules string }

// followed are the reports whose rows are compared from edition to edition: those that
// state facts. The others tell of themselves.
func followed() []Report {
	return []Report{labels{}, governance{}, figures{}, timeline{}, themes{}}
}

func followedTables(d *Data) []Table {
	var all []Table
	for _, r := range followed() {
		all = append(all, r.Tables(d)...)
	}
	return all
}

// labelColumns say what a row of a sheet is about. The first may change where a page is
// edited: what is left of the label then tells that it is the same thing.
var labelColumns = map[string][]string{
	"Territoires": {"Territoire", "Dispositif", "Phase"},
	"Composition": {"Membre", "Territoire"},
	"Gouvernance": {"Titulaire", "Rôle", "Instance", "Territoire ou portée"},
	"Chiffres":    {"Valeur", "Mesure", "Territoire ou portée"},
	"Calendrier":  {"Date énoncée", "Nature", "Territoire ou portée"},
	"Thèmes":      {"Thème", "Territoire ou portée"},
}

// Compare tells what is not as an edition had it, row by row, with the cause: columns that
// could not be compared first, then what is stated, then what only its evidence is new of.
// Nil where there is no edition to compare with.
func Compare(d *Data, past *Past) []Change {
	if past == nil {
		return nil
	}
	c := newComparison(d, past)
	var all []Change
	for _, t := range followedTables(d) {
		now := Delivers([]Table{t}).Sheets[0]
		all = append(all, c.sheet(past.Content.Sheet(t.Name), now)...)
	}
	c.settle(all)
	slices.SortStableFunc(all, func(a, b Change) int { return a.rank() - b.rank() })
	return all
}

// sheet compares the rows of a sheet. One that the edition did not have is told as a whole:
// its rows are not news.
func (c *comparison) sheet(then, now SheetRows) []Change {
	p := pair(then, now)
	news := p.news()
	if then.Columns == nil {
		return news
	}
	before := then.byID()
	var all []Change
	for _, row := range now.Rows {
		old, known := before[row.ID]
		delete(before, row.ID)
		differences := p.differing(old, row)
		switch {
		case !known:
			all = append(all, c.change(now, Added, ContentRow{}, row, nil))
		case len(differences) > 0:
			all = append(all, c.change(now, Changed, old, row, differences))
		}
	}
	for _, row := range then.Rows {
		if old, gone := before[row.ID]; gone {
			all = append(all, c.change(then, Removed, old, ContentRow{}, nil))
		}
	}
	return append(news, corrected(all)...)
}

func (s SheetRows) byID() map[string]ContentRow {
	rows := map[string]ContentRow{}
	for _, r := range s.Rows {
		rows[r.ID] = r
	}
	return rows
}

// cell is a row's cell by its column's name.
func (s SheetRows) cell(r ContentRow, column string) string {
	if i := slices.Index(s.Columns, column); i >= 0 && i < len(r.Cells) {
		return r.Cells[i]
	}
	return ""
}

// label names a row by the columns that say what it is about; the first is left out where
// only the rest is asked for.
func (s SheetRows) label(r ContentRow, from int) string {
	var words []string
	for _, name := range labelColumns[s.Name][from:] {
		if w := s.cell(r, name); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, ", ")
}

func (c *comparison) change(s SheetRows, how string, old, row ContentRow, differences []Difference) Change {
	shown := row
	if how == Removed {
		shown = old
	}
	change := Change{
		Sheet: s.Name, Row: shown.ID, Label: s.label(shown, 0), How: how, Differences: differences,
		scope: shown.Scope, rest: s.label(shown, 1), main: s.cell(shown, labelColumns[s.Name][0]), heir: s.heir(shown),
	}
	if how == Changed && !slices.ContainsFunc(differences, Difference.states) {
		change.How = Backed
	}
	c.explain(&change, old, row)
	return change
}

// heirColumns of a member's row hold its territory, itself and who came after it.
var heirColumns = []string{"Identifiant du territoire", "SIREN ou code INSEE", "Identifiant du successeur"}

// heir names whom a member of a territory is today: a list that names the heir has no row
// of its own for it where an announcement names the member.
func (s SheetRows) heir(r ContentRow) string {
	if !slices.Contains(s.Columns, heirColumns[0]) {
		return ""
	}
	return s.cell(r, heirColumns[0]) + " " + cmp.Or(s.cell(r, heirColumns[2]), s.cell(r, heirColumns[1]))
}

// corrected makes one of a row that an edited page took and one that it brought, where they
// are about the same and no third comes into question: a number that was corrected is one
// change and not two.
func corrected(all []Change) []Change {
	type thing struct {
		document vigie.DocumentID
		rest     string
	}
	of := func(c Change) thing { return thing{c.Stated.Document, c.rest} }
	gone, come := map[thing][]int{}, map[thing][]int{}
	for i, c := range all {
		if len(c.Causes) != 1 || c.Causes[0] != Source || c.Stated.Document == "" {
			continue
		}
		switch c.How {
		case Removed:
			gone[of(c)] = append(gone[of(c)], i)
		case Added:
			come[of(c)] = append(come[of(c)], i)
		}
	}
	dropped := map[int]bool{}
	for thing, were := range gone {
		if are := come[thing]; len(were) == 1 && len(are) == 1 {
			old, new := all[were[0]], &all[are[0]]
			column := labelColumns[new.Sheet][0]
			new.How, new.Differences = Changed, []Difference{{Column: column, Before: old.main, After: new.main}}
			new.before, new.sources = cmp.Or(new.before, old.before), old.sources
			new.Why = bothQuotes(new.before, new.after)
			dropped[were[0]] = true
		}
	}
	var left []Change
	for i, c := range all {
		if !dropped[i] {
			left = append(left, c)
		}
	}
	return left
}
