package reports

import (
	"slices"
	"strings"

	"vigie/reports/returned"
)

// notice compares a sheet to be read: its lines, whichever way the cells of each have
// been moved. A sheet with another name than any delivered is the analysts' own.
func (c *verifying) notice(s *returned.Sheet) error {
	i := slices.IndexFunc(c.left, func(d SheetRows) bool { return d.Notice && sameWords(d.Name, s.Name) })
	if i < 0 {
		return nil
	}
	delivered := c.left[i]
	c.take(delivered.Name)
	wanted := map[string]int{}
	for _, row := range delivered.Rows {
		wanted[noticeLine(row.Cells[1:])]++
	}
	sections := map[string]bool{}
	for _, row := range delivered.Rows {
		sections[noticeLine(row.Cells[:1])] = true
	}
	var strays []returned.Row
	begun := false // title and note stand above what was kept
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, cell.Text)
		}
		line := noticeLine(cells)
		switch {
		case wanted[line] > 0:
			wanted[line]--
			c.Cells += len(cells)
			begun = true
		case sections[line]:
			begun = true
		case begun:
			strays = append(strays, row)
		}
	}
	c.pair(s.Name, delivered, wanted, strays)
	return nil
}

func noticeLine(cells []string) string {
	var b strings.Builder
	for _, c := range cells {
		if c != "" {
			b.WriteString(wholeText(c) + "\x1f")
		}
	}
	return b.String()
}

// pair tells each line that was not delivered beside the one in whose place it stands.
func (c *verifying) pair(name string, delivered SheetRows, wanted map[string]int, strays []returned.Row) {
	var gone []string
	for _, row := range delivered.Rows {
		if line := noticeLine(row.Cells[1:]); wanted[line] > 0 {
			wanted[line]--
			gone = append(gone, strings.ReplaceAll(strings.TrimSuffix(line, "\x1f"), "\x1f", " | "))
		}
	}
	for _, row := range strays {
		var is []string
		for _, cell := range row.Cells {
			is = append(is, cell.Text)
		}
		change := ChangedRow{Sheet: name, Row: row.Number, Is: strings.Join(is, " | ")}
		like := slices.IndexFunc(gone, func(line string) bool { return strings.HasPrefix(line, is[0]+" | ") })
		if like >= 0 {
			change.Column, change.Was = "line", gone[like]
			gone = slices.Delete(gone, like, like+1)
		}
		c.Changed = append(c.Changed, change)
	}
	for _, line := range gone {
		c.Missing = append(c.Missing, MissingRow{name, line})
	}
}
