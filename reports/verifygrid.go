package reports

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"vigie/reports/returned"
)

// A gridComparison compares the rows of one sheet with those delivered, in whatever order
// they come: by their keys, or where there are none by what they hold.
type gridComparison struct {
	Comparison
	name      string
	delivered SheetRows
	columns   []int // where each of the delivered columns is now; -1: nowhere
	compared  []int // delivered columns that are to be as they were
	key       int   // the delivered column of keys; -1: none

	byKey  map[string][]int // rows delivered and not seen yet, by key or by all that they hold
	strays []returned.Row   // rows that are none of them
}

func newGridComparison(name string, delivered SheetRows, columns []int) *gridComparison {
	g := &gridComparison{name: name, delivered: delivered, columns: columns, key: slices.Index(delivered.Columns, KeyColumn), byKey: map[string][]int{}}
	if g.key >= 0 && columns[g.key] < 0 {
		g.key = -1
	}
	entries := []string{VerdictColumn, CorrectionColumn, WhyColumn}
	for i, column := range delivered.Columns {
		if !slices.Contains(entries, column) {
			g.compared = append(g.compared, i)
			if columns[i] < 0 {
				g.Missing = append(g.Missing, MissingRow{name, "column " + column})
			}
		}
	}
	for n, row := range delivered.Rows {
		id := g.identity(func(i int) string { return row.Cells[i] })
		g.byKey[id] = append(g.byKey[id], n)
	}
	return g
}

// identity is what a row is known by: its key, or all its cells.
func (g *gridComparison) identity(cell func(column int) string) string {
	if g.key >= 0 {
		return cell(g.key)
	}
	var b strings.Builder
	for _, i := range g.compared {
		if g.columns[i] >= 0 {
			b.WriteString(wholeText(cell(i)) + "\x1f")
		}
	}
	return b.String()
}

func (g *gridComparison) row(row returned.Row) {
	empty := true
	for _, i := range g.compared {
		empty = empty && row.Text(g.columns[i]) == ""
	}
	if empty {
		return
	}
	id := g.identity(func(i int) string { return row.Text(g.columns[i]) })
	if len(g.byKey[id]) == 0 {
		g.strays = append(g.strays, row)
		return
	}
	n := g.byKey[id][0]
	g.byKey[id] = g.byKey[id][1:]
	g.compare(row, g.delivered.Rows[n])
}

// compare compares a row with the delivered one.
func (g *gridComparison) compare(row returned.Row, was ContentRow) {
	for _, i := range g.compared {
		if g.columns[i] < 0 {
			continue
		}
		c, _ := row.Cell(g.columns[i])
		g.Cells++
		if !sameCell(was.Cells[i], c) {
			g.Changed = append(g.Changed, ChangedRow{g.name, row.Number, g.delivered.Columns[i], was.Cells[i], c.Text})
		}
	}
	g.quotes(row, was.Mentions)
}

// quotes notes a row's quotes.
func (g *gridComparison) quotes(row returned.Row, stated []Stated) {
	digest := ""
	if i := slices.Index(g.delivered.Columns, digestColumn); i >= 0 {
		digest = row.Text(g.columns[i])
	}
	for i, column := range g.delivered.Columns {
		if quote := row.Text(g.columns[i]); strings.HasPrefix(column, quoteColumn) && quote != "" {
			g.Quotes = append(g.Quotes, QuotedRow{g.name, row.Number, column, quote, digest, stated})
		}
	}
}

// maxStrays bounds how many rows are looked for among how many.
const maxStrays = 2000

// end pairs rows that are not as delivered with what they may have been, and tells those
// that are not there.
func (g *gridComparison) end() {
	var left []int
	for _, rows := range g.byKey {
		left = append(left, rows...)
	}
	slices.Sort(left)
	for _, row := range g.strays {
		best, most := -1, 0
		if len(g.strays) <= maxStrays && len(left) <= maxStrays {
			best, most = g.likest(row, left)
		}
		if best < 0 || 2*most < len(g.compared) {
			g.Changed = append(g.Changed, ChangedRow{Sheet: g.name, Row: row.Number, Is: row.Text(g.columns[g.compared[0]])})
			g.quotes(row, nil)
			continue
		}
		g.compare(row, g.delivered.Rows[left[best]])
		left = slices.Delete(left, best, best+1)
	}
	for _, n := range left {
		g.Missing = append(g.Missing, MissingRow{g.name, firstWords(g.delivered.Rows[n].Cells)})
	}
	slices.SortStableFunc(g.Changed, func(a, b ChangedRow) int { return a.Row - b.Row })
}

// firstWords are the first texts of a row, to know it by.
func firstWords(cells []string) string {
	var words []string
	for _, c := range cells {
		if c != "" && len(words) < 3 {
			words = append(words, c)
		}
	}
	return strings.Join(words, ", ")
}

// likest is the row among those left that has the most cells in common.
func (g *gridComparison) likest(row returned.Row, left []int) (best, most int) {
	best = -1
	for k, n := range left {
		same := 0
		for _, i := range g.compared {
			if c, _ := row.Cell(g.columns[i]); g.columns[i] >= 0 && sameCell(g.delivered.Rows[n].Cells[i], c) {
				same++
			}
		}
		if same > most {
			best, most = k, same
		}
	}
	return best, most
}

func dayIn(s string) (time.Time, bool) {
	t, err := time.Parse("02/01/2006", s)
	return t, err == nil
}

// numberIn reads a number as delivered. A code with a nought before it is none: who made
// a number of it lost the nought.
func numberIn(s string) (float64, bool) {
	if len(s) > 1 && s[0] == '0' && s[1] != ',' {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return v, err == nil
}
