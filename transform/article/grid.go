package article

import (
	"math"
	"strings"
)

// A gridRow is what stands at one height: of a text, a line; of a PDF's page, all words
// on a baseline.
type gridRow struct {
	y     float64 // downwards, in lines
	cells []cell
	line  rawLine
}

// An alley is a range of x that no cell of some rows reaches into.
type alley struct{ lo, hi float64 }

// A band is rows one below the other that the same gutters part: a table, or columns.
type band struct {
	rows    []gridRow
	gutters []alley
}

// layOut reads what stands side by side: a table's rows come out with tabs between their
// cells, columns of running text one after the other. A gutter is gap wide at least.
func layOut(rows []gridRow, gap float64) []rawLine {
	var out []rawLine
	fresh := false
	put := func(lines ...rawLine) {
		if fresh && len(lines) > 0 {
			lines[0].gap = true
		}
		fresh = false
		out = append(out, lines...)
	}
	for i := 0; i < len(rows); {
		if even := evenRows(rows[i:], gap); len(even) > 0 {
			fresh = true
			put(even...)
			fresh = true
			i += len(even)
			continue
		}
		b := bandAt(rows[i:], gap)
		switch columns := b.columns(); {
		case len(b.rows) == 0, len(b.rows[0].cells) == 1 && !isProse(columns):
			put(rows[i].line)
			i++
			continue
		case isProse(columns):
			put(b.prose(columns)...)
		default:
			fresh = true
			put(b.table()...)
		}
		fresh = true
		i += len(b.rows)
	}
	return out
}

// bandAt returns the longest band that begins with the first of rows; it has no rows
// where they begin with none.
func bandAt(rows []gridRow, gap float64) band {
	free, n := space(rows[0].cells), 1
	if len(rows[0].cells) == 1 { // it may turn out to be nothing, and the next row begins anew
		rows = rows[:min(len(rows), 100)]
	}
	for ; n < len(rows) && len(rows[0].cells) > 0; n++ {
		if rows[n].y-rows[n-1].y > 3 || rows[n].line.turn || len(rows[n].cells) == 0 || endsBand(band{rows[:n], gutters(free)}, rows[n]) {
			break
		}
		next := meet(free, space(rows[n].cells), gap)
		if g := gutters(next); len(g) == 0 || n >= 3 && len(g) < len(gutters(free)) {
			break
		}
		free = next
	}
	for n > 1 && len(rows[n-1].cells) == 1 && rows[n-1].y-rows[n-2].y > 1.5 {
		n-- // a paragraph or heading below, short by chance
	}
	b := band{rows[:n], gutters(meet(free, free, gap))}
	several := 0
	for _, r := range b.rows {
		if len(r.cells) > 1 {
			several++
		}
	}
	if n < 2 || several < 2 && n < 6 || len(b.gutters) == 0 {
		return band{}
	}
	return b
}

// endsBand reports whether a row that white space parts from a band is none of it: a
// heading, a paragraph's last line, another table.
func endsBand(b band, next gridRow) bool {
	switch {
	case next.y-b.rows[len(b.rows)-1].y <= 1.5:
		return false
	case len(b.gutters) == 0:
		return true
	case len(next.cells) > 1:
		return len(next.cells) > len(b.gutters)+1
	}
	return next.line.page == 0 || !isProse(b.columns())
}

// evenRows makes rows of lines whose cells stand nowhere in particular: as many wide
// gaps in each, three lines at least.
func evenRows(rows []gridRow, gap float64) []rawLine {
	n, cells := 1, len(rows[0].cells)
	for cells > 1 && n < len(rows) && len(rows[n].cells) == cells && !rows[n].line.gap {
		if n++; n == 50 && goesDown(byPlace(rows[:n])) {
			return nil
		}
	}
	if n < 3 || goesDown(byPlace(rows[:n])) {
		return nil
	}
	free := space(rows[0].cells)
	for _, r := range rows[1:n] {
		free = meet(free, space(r.cells), gap)
	}
	if len(gutters(free)) >= cells-1 {
		return nil
	}
	var out []rawLine
	for _, r := range rows[:n] {
		r.line.text = strings.Join(r.line.cells(), "\t")
		out = append(out, r.line)
	}
	return out
}

// byPlace are the cells of rows that have as many each, the first ones together, and so on.
func byPlace(rows []gridRow) [][]gridRow {
	columns := make([][]gridRow, len(rows[0].cells))
	for _, r := range rows {
		for i, c := range r.cells {
			columns[i] = append(columns[i], gridRow{y: r.y, line: rawLine{text: c.text}})
		}
	}
	return columns
}

// goesDown reports whether a sentence goes on from line to line in any column.
func goesDown(columns [][]gridRow) bool {
	for _, lines := range columns {
		cut := 0
		for i := 1; i < len(lines); i++ {
			if startsLower(lines[i].line.text) || broken(lines[i-1].line.text, lines[i].line.text) {
				cut++
			}
		}
		if cut*4 >= len(lines) {
			return true
		}
	}
	return false
}

func space(cells []cell) []alley {
	var all []alley
	lo := math.Inf(-1)
	for _, c := range cells {
		all = append(all, alley{lo, c.lo})
		lo = c.hi
	}
	return append(all, alley{lo, math.Inf(1)})
}

// meet returns what two lists of alleys share, if gap wide.
func meet(a, b []alley, gap float64) []alley {
	var all []alley
	for i, j := 0, 0; i < len(a) && j < len(b); {
		s := alley{max(a[i].lo, b[j].lo), min(a[i].hi, b[j].hi)}
		if s.hi-s.lo >= gap {
			all = append(all, s)
		}
		if a[i].hi < b[j].hi {
			i++
		} else {
			j++
		}
	}
	return all
}

// gutters are the alleys with something on either side.
func gutters(all []alley) []alley {
	var g []alley
	for _, s := range all {
		if !math.IsInf(s.lo, -1) && !math.IsInf(s.hi, 1) {
			g = append(g, s)
		}
	}
	return g
}

// column is the index of the column that a cell stands in.
func (b band) column(c cell) int {
	n := 0
	for _, g := range b.gutters {
		if c.lo >= g.hi {
			n++
		}
	}
	return n
}

// texts are a row's cells by column.
func (b band) texts(r gridRow) []string {
	all := make([]string, len(b.gutters)+1)
	for _, c := range r.cells {
		i := b.column(c)
		all[i] = strings.TrimSpace(all[i] + " " + c.text)
	}
	return all
}

// columns are the band's lines, column by column.
func (b band) columns() [][]gridRow {
	if len(b.rows) == 0 {
		return nil
	}
	all := make([][]gridRow, len(b.gutters)+1)
	for _, r := range b.rows {
		for i, t := range b.texts(r) {
			if t != "" {
				l := r.line
				l.text = t
				all[i] = append(all[i], gridRow{y: r.y, line: l})
			}
		}
	}
	return all
}

// isProse tells columns of running text from those of a table: in each of them
// sentences go on from line to line.
func isProse(columns [][]gridRow) bool {
	for _, lines := range columns {
		cut, pairs, words := 0, 0, 0
		for i, l := range lines {
			words += strings.Count(l.line.text, " ") + 1
			if i == 0 {
				continue
			}
			pairs++
			s, next := lines[i-1].line.text, l.line.text
			if broken(s, next) || startsLower(next) && !strings.ContainsAny(lastOf(s), ".!?") {
				cut++
			}
		}
		if len(lines) < 4 || cut*10 < pairs*3 || words*10 < len(lines)*25 {
			return false
		}
	}
	return true
}

// prose is the lines of columns, the left one's first. Where a line is missing, or
// the distance is larger than lines have, a paragraph ends.
func (b band) prose(columns [][]gridRow) []rawLine {
	var out []rawLine
	for c, lines := range columns {
		for i, l := range lines {
			switch {
			case i == 0 && c > 0:
				l.line.gap, l.line.turn = true, true
			case i > 0:
				l.line.gap = l.y-lines[i-1].y > 1.45
				l.line.turn = false
			}
			out = append(out, l.line)
		}
	}
	return out
}

// table is the band's rows, tabs between their cells, each of them in one line.
func (b band) table() []rawLine {
	var out []rawLine
	var rows [][]string
	apart := b.apart()
	for i, r := range b.rows {
		cells := b.texts(r)
		if i > 0 && b.wraps(rows[len(rows)-1], cells, r.y-b.rows[i-1].y, apart) {
			above := rows[len(rows)-1]
			for c, t := range cells {
				above[c] = strings.TrimSpace(above[c] + " " + t)
			}
			continue
		}
		rows = append(rows, cells)
		l := r.line
		l.gap, l.level = false, 0
		out = append(out, l)
	}
	for i, cells := range rows {
		out[i].text = strings.TrimRight(strings.Join(cells, "\t"), "\t")
	}
	return out
}

// apart is the distance that parts two rows, where rows stand farther apart than the
// lines of a cell; else 0.
func (b band) apart() float64 {
	least, most := math.Inf(1), 0.0
	for i := 1; i < len(b.rows); i++ {
		dy := b.rows[i].y - b.rows[i-1].y
		least, most = min(least, dy), max(most, dy)
	}
	if most < least*1.2 {
		return 0
	}
	return (least + most) / 2
}

// wraps reports whether a line of a table goes on with the cells of the row above.
func (b band) wraps(above, cells []string, dy, apart float64) bool {
	if apart > 0 && dy >= apart || apart == 0 && cells[0] != "" {
		return false
	}
	goesOn, filled := false, 0
	for i, t := range cells {
		if t != "" {
			filled++
		}
		if t != "" && above[i] != "" && (startsLower(t) || endsOpen(above[i]) || broken(above[i], t)) {
			goesOn = true
		}
		if t != "" && above[i] == "" {
			return false
		}
	}
	return goesOn || cells[0] == "" && (apart > 0 || filled == 1 && len(cells) > 2)
}
