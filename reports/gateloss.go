package reports

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"vigie"
)

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
	case c.by(Analyst):
		return true
	case c.by(Vigie), c.by(Source) && mass:
		return false
	}
	return true
}

// check tells what a sheet lost, rows first, and cells of rows that stayed.
func (g *gate) check(name string) []Objection {
	then, now := g.past.Content.Sheet(name), g.now.Sheet(name)
	var lost, gained []Change
	for _, c := range g.changes {
		switch {
		case c.Sheet != name || g.explained(c):
		case c.How == Removed:
			lost = append(lost, c)
		case c.How == Added:
			gained = append(gained, c)
		}
	}
	var objections []Objection
	if len(lost) > len(gained) {
		words := fmt.Sprintf("Feuille %s : %s, puis %s ; %s que les changements n'expliquent pas",
			name, plural(len(then.Rows), "ligne", "lignes"), plural(len(now.Rows), "ligne", "lignes"), plural(len(lost), "ligne perdue", "lignes perdues"))
		if len(gained) > 0 {
			words += fmt.Sprintf(", pour %s de même", plural(len(gained), "gagnée", "gagnées"))
		}
		objections = append(objections, Objection{CheckRows, words + ".", tellRows(lost, "")})
	}
	p := pair(then, now)
	for i, k := range p.was {
		if key := now.Keys[i]; k >= 0 && (key == "quote" || !slices.Contains(proofs, key)) { // with a quote its publisher goes, and all else
			objections = append(objections, g.checkColumn(p, then.Columns[k], now.Columns[i])...)
		}
	}
	return objections
}

// checkColumn tells what a column lost in rows that stayed.
func (g *gate) checkColumn(p pairing, was, is string) []Objection {
	var lost []Change
	gained := 0
	for _, c := range g.changes {
		if c.Sheet != p.now.Name || c.How == Removed || c.How == Added || g.explained(c) {
			continue
		}
		for _, d := range c.Differences {
			switch {
			case d.Column != is:
			case d.After == "":
				lost = append(lost, c)
			case d.Before == "":
				gained++
			}
		}
	}
	if len(lost) <= gained {
		return nil
	}
	then, now := p.then.filled(was), p.now.filled(is)
	return []Objection{{CheckCells, fmt.Sprintf("Feuille %s, colonne %s : remplie à %s (%s), puis à %s (%d) ; %s que les changements n'expliquent pas.",
		p.now.Name, is, percent(then, len(p.then.Rows)), plural(then, "case", "cases"), percent(now, len(p.now.Rows)), now,
		plural(len(lost)-gained, "case vidée", "cases vidées")), tellRows(lost, is)}}
}

// tellRows names rows with the cause of their loss and the page in question; of a cell
// also what it held.
func tellRows(all []Change, column string) []string {
	var lines []string
	for _, c := range all {
		parts := []string{c.Label}
		for _, d := range c.Differences {
			if d.Column == column {
				parts = append(parts, fmt.Sprintf("« %s » → (vide)", d.Before))
			}
		}
		parts = append(parts, c.causes()+" : "+strings.ReplaceAll(c.Why, "\n", " ; "))
		if c.Stated.URL != "" {
			parts = append(parts, c.Stated.URL)
		}
		lines = append(lines, strings.Join(parts, " — "))
	}
	return lines
}

// tellMassLosses adds to objections which sources lost much at once.
func (g *gate) tellMassLosses(objections []Objection) []Objection {
	if len(objections) == 0 {
		return nil
	}
	for _, source := range slices.Sorted(maps.Keys(g.lostBy)) {
		l := g.lostBy[source]
		objections = append(objections, Objection{Check: CheckRows, Words: fmt.Sprintf("Source %s : ses pages modifiées ont fait disparaître %s sur %d d'un coup (%s).",
			source, plural(l.rows, "ligne", "lignes"), l.had, plural(len(l.documents), "page", "pages"))})
	}
	return objections
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
