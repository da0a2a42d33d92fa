package reports

import (
	"slices"
	"strings"

	"vigie/reports/returned"
)

// A Comparison is what a workbook that comes back has in common with what its edition
// delivered. Rows may stand in any order, and columns and sheets that the edition does
// not have are nobody's concern; so is what analysts fill in.
type Comparison struct {
	Cells   int          // compared
	Changed []ChangedRow // cells that are not as delivered
	Missing []MissingRow // rows and sheets that are not there
	Quotes  []QuotedRow  // every quote of the workbook, changed or not
}

// A ChangedRow is a cell of a returned workbook that is not as delivered; or a row that
// was not delivered at all, where Column is empty.
type ChangedRow struct {
	Sheet   string // as it is called now
	Row     int
	Column  string
	Was, Is string
}

// A MissingRow is one that was delivered and is not there; a whole sheet where What is empty.
type MissingRow struct{ Sheet, What string }

// A QuotedRow is a quote in a returned workbook, and the archived body that it names.
type QuotedRow struct {
	Sheet         string
	Row           int
	Column, Quote string
	Digest        string   // of the body; empty where the sheet names none
	Stated        []Stated // where the edition has it from
}

// Page tells quotes of one page from those of others.
func (q QuotedRow) Page() string {
	if q.Digest == "" && len(q.Stated) > 0 {
		return string(q.Stated[0].Document)
	}
	return q.Digest
}

// Columns that a quote is checked by.
const (
	quoteColumn  = "Citation"
	digestColumn = "Empreinte"
)

// Verify holds a returned workbook against the content of its edition.
func Verify(w *returned.Workbook, c Content) (Comparison, error) {
	out := verifying{left: slices.Clone(c.Sheets)}
	var plain []*returned.Sheet // without a header that the edition knows
	for _, s := range w.Sheets {
		known, err := out.grid(s)
		if err != nil {
			return out.Comparison, err
		}
		if !known {
			plain = append(plain, s)
		}
	}
	for _, s := range plain {
		if err := out.notice(s); err != nil {
			return out.Comparison, err
		}
	}
	for _, s := range out.left {
		if len(s.Rows) > 0 {
			out.Missing = append(out.Missing, MissingRow{Sheet: s.Name})
		}
	}
	return out.Comparison, nil
}

// verifying is a comparison under way.
type verifying struct {
	Comparison
	left []SheetRows // of the edition, not found yet
}

// take removes a sheet from those that are left.
func (c *verifying) take(name string) {
	c.left = slices.DeleteFunc(c.left, func(s SheetRows) bool { return s.Name == name })
}

// headerDepth is how far down people push a header.
const headerDepth = 200

// grid compares a sheet whose header row the edition knows; it reports whether it is one.
func (c *verifying) grid(s *returned.Sheet) (bool, error) {
	var g *gridComparison
	for row, err := range s.Rows() {
		if err != nil {
			return false, err
		}
		if g == nil {
			if row.Number > headerDepth {
				return false, nil
			}
			if delivered, columns := c.headed(s.Name, row); columns != nil {
				g = newGridComparison(s.Name, delivered, columns)
			}
			continue
		}
		g.row(row)
	}
	if g == nil {
		return false, nil
	}
	c.take(g.delivered.Name)
	g.end()
	c.Cells += g.Cells
	c.Changed = append(c.Changed, g.Changed...)
	c.Missing = append(c.Missing, g.Missing...)
	c.Quotes = append(c.Quotes, g.Quotes...)
	return true, nil
}

// headed finds the sheet of the edition whose column names a row holds, and where: the
// one with the most of them, two thirds at least.
func (c *verifying) headed(name string, row returned.Row) (best SheetRows, columns []int) {
	most := 0
	for _, s := range c.left {
		if s.Notice {
			continue
		}
		at, found := make([]int, len(s.Columns)), 0
		for i, column := range s.Columns {
			at[i] = slices.IndexFunc(row.Cells, func(cell returned.Cell) bool { return sameWords(cell.Text, column) })
			if at[i] >= 0 {
				at[i] = row.Cells[at[i]].Column
				found++
			}
		}
		score := 2*found - len(s.Columns)
		if s.Name == name {
			score++
		}
		if found >= 2 && 3*found >= 2*len(s.Columns) && (columns == nil || score > most) {
			best, columns, most = s, at, score
		}
	}
	return best, columns
}

// sameCell reports whether a cell holds what was delivered. A number counts by its
// value, a day by its number.
func sameCell(delivered string, c returned.Cell) bool {
	if c.Kind == returned.Formula {
		return false
	}
	if wholeText(delivered) == wholeText(c.Text) {
		return true
	}
	if c.Kind != returned.Number {
		return false
	}
	if day, ok := dayIn(delivered); ok {
		return returned.Serial(day) == c.Number
	}
	v, ok := numberIn(delivered)
	return ok && v == c.Number
}

// wholeText is a text as a cell can hold it, whichever way its lines end.
func wholeText(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return fit(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == '\ufffe' || r == '\uffff' {
			return '\ufffd'
		}
		return r
	}, s))
}
