package reports

import (
	"cmp"
	"slices"
	"strings"
)

// A grid is a table as the page shows it, in parts of one kind of row.
type grid struct {
	Title, Note, Sheet string
	Columns            []Column
	Parts              []part
}

// A part has a heading of its own, unless the grid is one part.
type part struct {
	Heading string
	Rows    [][]Cell
	portion
}

// pageGrids are the sheets that the page shows too: the columns that it has room for,
// and those that it makes headings of.
var pageGrids = []struct {
	name              string
	columns, headings []string
}{
	{"Territoires", []string{"Territoire", "Statut", "Première annonce", "Sources", "D'après", "Départements"}, []string{"Dispositif", "Phase"}},
	{changesSheet, []string{"Ligne", "Changement", "Colonnes, avant → après", "Cause", "Précisions", "Émetteur", "Publié le"}, []string{"Feuille"}},
	{"Sources", []string{"Émetteur", "État", "Plus récent", "Âge (jours)", "Documents", "Faits", "Difficulté"}, nil},
}

// pageGrid takes the named columns of a table. Rows that follow each other under one
// heading are a part; of many rows the first of each part are shown.
func pageGrid(t Table, columns, headings []string) grid {
	g := grid{Title: t.Title, Note: t.Note, Sheet: t.Name}
	var taken, above []int
	for i, c := range t.Columns {
		switch {
		case slices.Contains(headings, c.Name):
			above = append(above, i)
		case slices.Contains(columns, c.Name):
			taken = append(taken, i)
			g.Columns = append(g.Columns, c)
		}
	}
	for row := range t.Rows {
		heading := strings.Trim(strings.Join(shown(row.Cells, above), ", "), ", ")
		if n := len(g.Parts); n == 0 || g.Parts[n-1].Heading != heading {
			g.Parts = append(g.Parts, part{Heading: heading})
		}
		last := &g.Parts[len(g.Parts)-1]
		if last.All++; last.All <= pageRows {
			last.Rows = append(last.Rows, picked(row.Cells, taken))
		}
	}
	share := fairShare(g.Parts, func(p part) int { return p.All }, pageRows)
	for i := range g.Parts {
		p := &g.Parts[i]
		p.Rows = p.Rows[:min(share, len(p.Rows))]
		p.Shown = len(p.Rows)
	}
	return g
}

// A partRows is a part with what it has of its grid.
type partRows struct {
	part
	Caption, Sheet string
	Columns        []Column
}

func partOf(g grid, p part) partRows {
	return partRows{p, cmp.Or(p.Heading, g.Title), g.Sheet, g.Columns}
}

func picked(cells []Cell, which []int) []Cell {
	some := make([]Cell, len(which))
	for k, i := range which {
		some[k] = cells[i]
	}
	return some
}

func shown(cells []Cell, which []int) []string {
	words := make([]string, len(which))
	for k, i := range which {
		words[k] = cells[i].Shown()
	}
	return words
}

// What a page holds: past it browsers take seconds to open it, and nobody reads on. The
// workbook and the other files have all.
const (
	pageRows  = 6_000 // of a table
	pageFacts = 6_000

	openRows = 40 // what has more is folded, and opens at a click or a search
)

// A portion says how much there is of something, and how much of it the page shows.
type portion struct{ Shown, All int }

// Left is what is left out.
func (p portion) Left() int { return p.All - p.Shown }

// Open reports whether it is short enough to lie open.
func (p portion) Open() bool { return p.All <= openRows }

// InRows and its like are how much there is, in words.
func (p portion) InRows() string  { return numbered(p.All, "ligne", "lignes") }
func (p portion) InFacts() string { return numbered(p.All, "fait", "faits") }
func (p portion) InShown() string { return grouped(float64(p.Shown)) }
func (p portion) InLeft() string  { return numbered(p.Left(), "fait", "faits") }

func numbered(n int, one, many string) string {
	if n > 1 {
		one = many
	}
	return grouped(float64(n)) + "\u00a0" + one
}

// fairShare is how many of each may be shown so that all together are no more than most.
func fairShare[T any](all []T, size func(T) int, most int) int {
	largest := 0
	for _, one := range all {
		largest = max(largest, size(one))
	}
	fits := func(share int) bool {
		sum := 0
		for _, one := range all {
			sum += min(size(one), share)
		}
		return sum <= most
	}
	lo, hi := 0, largest // lo fits
	for lo < hi {
		if middle := (lo + hi + 1) / 2; fits(middle) {
			lo = middle
		} else {
			hi = middle - 1
		}
	}
	return lo
}

// Class is how the page sets a heading: as the values below it.
func (c Column) Class() string { return Cell{Type: c.Type}.Class() }
