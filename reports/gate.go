package reports

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"vigie"
)

// Gate tells in French why a report is not to be published: it lacks territories of the
// official lists, or it is emptier than the last good edition by more than what has
// changed explains. Nil where it may be; the first report is held to the lists only.
//
// Explained are rows and cells that analysts took, that went with an erased document, that
// a new document ended, and that pages lost which were edited one by one. Not explained
// are those that went with a new reading, table or version of vigie, of which nothing
// tells the cause, and those that many pages of one source lost together: a site made
// anew is read badly far more often than a préfecture takes back all it has said.
func Gate(d *Data, now Content, past *Past, changes []Change) []string {
	reasons := d.missing(now.Sheet("Territoires"))
	if past == nil {
		return reasons
	}
	g := gate{past: past, now: now, changes: changes}
	g.lostBy = g.massLosses()
	for name := range sheetsInOrder(now) {
		reasons = append(reasons, g.check(name)...)
	}
	return append(reasons, g.tellMassLosses(len(reasons))...)
}

// missing are the territories of the official lists that are no row of the report.
func (d *Data) missing(sheet SheetRows) []string {
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
	var reasons []string
	for _, l := range lists {
		if n := len(absent[l]); n > 0 {
			name := strings.TrimSuffix(d.programme(l.programme)+", "+word(phaseWords, l.phase), ", ")
			reasons = append(reasons, fmt.Sprintf("Totaux officiels : la liste de %s a %d entrées pour %s, la feuille Territoires en a %d ; il manque %s.",
				name, expected[l], d.Region.Name, expected[l]-n, strings.Join(absent[l], ", ")))
		}
	}
	return reasons
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

// A gate holds a report against the last good edition.
type gate struct {
	past    *Past
	now     Content
	changes []Change
	lostBy  map[string]loss // sources that lost much at once
}

// A loss is what a source lost to edited pages: rows that went, or whose words did.
type loss struct {
	had, rows int
	documents map[vigie.DocumentID]bool
}

// Past these, what a source's edited pages lost is no longer pages edited one by one: half
// of the rows it gave, on this many rows or pages.
const (
	massRows  = 5
	massPages = 3
)

func (g *gate) massLosses() map[string]loss {
	all := map[string]loss{}
	for _, s := range g.past.Content.Sheets {
		if labelColumns[s.Name] == nil {
			continue
		}
		for _, row := range s.Rows {
			for _, source := range g.speakers(row) {
				l := all[source]
				l.had++
				all[source] = l
			}
		}
	}
	for _, c := range g.changes {
		if !c.by(Source) || c.How == Added || !g.emptier(c) {
			continue
		}
		for _, source := range unique(c.sources) {
			l := all[source]
			if l.documents == nil {
				l.documents = map[vigie.DocumentID]bool{}
			}
			l.rows++
			for _, id := range c.documents {
				l.documents[id] = true
			}
			all[source] = l
		}
	}
	for source, l := range all {
		if l.rows*2 < l.had || l.rows < massRows && len(l.documents) < massPages {
			delete(all, source)
		}
	}
	return all
}

// speakers are the sources whose pages state a row.
func (g *gate) speakers(row ContentRow) []string {
	var all []string
	for _, m := range row.Mentions {
		all = append(all, g.past.Readings[m.Document].Source)
	}
	return unique(all)
}

func unique(all []string) []string {
	all = slices.Clone(all)
	slices.Sort(all)
	return slices.Compact(all)
}

// emptier reports whether a change took a row or a cell.
func (g *gate) emptier(c Change) bool {
	return c.How == Removed || slices.ContainsFunc(c.Differences, func(d Difference) bool { return d.After == "" && d.Before != "" })
}

// explained reports whether what a change took is accounted for.
func (g *gate) explained(c Change) bool {
	mass := slices.ContainsFunc(c.sources, func(s string) bool { return g.lostBy[s].rows > 0 })
	switch {
	case c.by(Analyst) && !c.guessed:
		return true
	case c.guessed, c.by(Vigie), c.by(Source) && mass:
		return false
	}
	return true
}

// check compares a sheet's rows, and how many of each column's cells are filled.
func (g *gate) check(name string) []string {
	then, now := g.past.Content.Sheet(name), g.now.Sheet(name)
	var reasons []string
	gone, explained := len(then.Rows)-len(now.Rows), 0
	emptied := map[string]int{} // cells that went for a good reason, by column
	before := then.byID()
	for _, c := range g.changes {
		if c.Sheet != name || !g.explained(c) {
			continue
		}
		if c.How == Removed {
			explained++
			for i, cell := range before[c.Row].Cells {
				if cell != "" {
					emptied[then.Columns[i]]++
				}
			}
		}
		for _, d := range c.Differences {
			if d.After == "" {
				emptied[d.Column]++
			}
		}
	}
	if gone > explained {
		reasons = append(reasons, fmt.Sprintf("Feuille %s : %s, puis %s ; les changements en expliquent %d.",
			name, plural(len(then.Rows), "ligne", "lignes"), plural(len(now.Rows), "ligne", "lignes"), explained))
	}
	for _, column := range then.Columns {
		was, is := then.filled(column), now.filled(column)
		if !slices.Contains(now.Columns, column) || slices.Contains(unfollowed, column) || was-is <= emptied[column] || was-is <= max(gone, 0) && gone > explained {
			continue
		}
		reasons = append(reasons, fmt.Sprintf("Feuille %s, colonne %s : remplie à %s (%d cases), puis à %s (%d) ; les changements en expliquent %d.",
			name, column, percent(was, len(then.Rows)), was, percent(is, len(now.Rows)), is, emptied[column]))
	}
	return reasons
}

// tellMassLosses names the sources that lost much at once, where the report is refused.
func (g *gate) tellMassLosses(reasons int) []string {
	var lines []string
	for source, l := range g.lostBy {
		lines = append(lines, fmt.Sprintf("Source %s : ses pages modifiées ont fait disparaître %s sur %d d'un coup (%s).",
			source, plural(l.rows, "ligne", "lignes"), l.had, plural(len(l.documents), "page", "pages")))
	}
	slices.Sort(lines)
	if reasons == 0 {
		return nil
	}
	return lines
}

// filled counts the cells of a column that hold something.
func (s SheetRows) filled(column string) (n int) {
	for _, r := range s.Rows {
		if s.cell(r, column) != "" {
			n++
		}
	}
	return n
}

func percent(n, of int) string {
	if of == 0 {
		return "0 %"
	}
	return fmt.Sprintf("%d %%", int(math.Round(100*float64(n)/float64(of))))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
