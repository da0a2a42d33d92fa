package reports

import "fmt"

// A tally counts a table's rows, and what of them the workbook cannot show in full.
type tally struct {
	name     string
	rows     int
	unlinked int // addresses that are no links: too many of them, too long, or no address
	cutTexts int // longer than a cell holds
	excerpts int // quotes of newspapers that are cut
}

func tallies(tables []Table) []tally {
	all := make([]tally, len(tables))
	for i, t := range tables {
		all[i] = newTally(t, maxLinks)
	}
	return all
}

// newTally goes over the rows of a table as the workbook does, with as many links at most.
func newTally(t Table, most int) tally {
	c, l := tally{name: t.Name}, newLinks(most)
	for row := range t.Rows {
		c.rows++
		for i, cell := range row.Cells {
			switch {
			case cell.Link != "" && !l.count(cell.Link):
				c.unlinked++
			case len(cell.Text) >= maxText && fit(cell.Text) != cell.Text:
				c.cutTexts++
			case t.Columns[i].Type == Quote && isCut(cell.Text):
				c.excerpts++
			}
		}
	}
	return c
}

// leftOut tells what the workbook does not show in full, sheet by sheet.
func leftOut(counted []tally) []line {
	const section = "Ce qui n'est pas montré en entier"
	var lines []line
	add := func(c tally, n int, what, remark string) {
		if n > 0 {
			lines = append(lines, line{section, sheetLink(c.name), count(n), what + remark})
		}
	}
	excerpts := 0
	for _, c := range counted {
		add(c, c.unlinked, "Adresses en texte, sans lien : ", fmt.Sprintf("un classeur en tient %d par feuille, de %d caractères au plus.", maxLinks, maxAddress))
		add(c, c.cutTexts, "Textes abrégés par « … » : ", fmt.Sprintf("une case en tient %d caractères ; les fichiers CSV les ont en entier.", maxText))
		excerpts += c.excerpts
	}
	if excerpts > 0 {
		lines = append(lines, line{section, text("Citations de presse"), count(excerpts), "Coupées à 200 caractères autour de ce que dit la ligne ; l'article entier est à son adresse."})
	}
	if len(lines) == 0 {
		lines = append(lines, line{section, text("Rien"), Cell{}, "Tous les liens, tous les textes et toutes les citations sont entiers."})
	}
	return lines
}
