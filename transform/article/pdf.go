package article

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"vigie"
)

// A Word is what a PDF draws without a space: where its baseline begins, in points, and
// how it is set. Y grows upwards, as in PDF.
type Word struct {
	Page int     `json:"p"` // from 1
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	W    float64 `json:"w"`
	Size float64 `json:"s"`
	Bold bool    `json:"b,omitempty"`
	Text string  `json:"t"`
}

// IsPDF reports whether a body is a PDF, whatever its header said. [Read] wants its
// words in [Input.Words].
func IsPDF(body []byte) bool { return bytes.Contains(body[:min(len(body), 1024)], []byte("%PDF-")) }

var errNoWords = errors.New("a PDF whose words nobody has read: hand them in")

// readPDF reads what a PDF's words say, from where they stand.
func readPDF(in Input) (*draft, error) {
	if in.Words == nil {
		return nil, errNoWords
	}
	lost, letters := 0, 0
	for _, w := range in.Words {
		lost += strings.Count(w.Text, "\ufffd")
		letters += runes(w.Text)
	}
	switch {
	case letters == 0:
		return nil, fmt.Errorf("%w: PDF: scan, à lire à la main: it holds pictures of its pages and no letter", vigie.ErrNoArticle)
	case lost*10 > letters:
		return nil, fmt.Errorf("%w: PDF: à lire à la main: %d of its %d letters are drawings that do not say which letter they are", vigie.ErrNoArticle, lost, letters)
	}
	r := newReflower(titleFirst(pdfLines(in.Words)), in.Known)
	if r.usual == 0 {
		r.usual = slices.Max(r.widths)
	}
	return readLines(r.join(), in)
}

// A pdfRow is the words on one baseline.
type pdfRow struct {
	words []Word
	y     float64
	size  float64 // of most letters
	bold  bool
}

// pdfLines sets the words of all pages in lines, in reading order.
func pdfLines(words []Word) []rawLine {
	var pages [][]pdfRow
	for lo := 0; lo < len(words); {
		hi := lo
		for hi < len(words) && words[hi].Page == words[lo].Page {
			hi++
		}
		pages = append(pages, pdfRows(words[lo:hi]))
		lo = hi
	}
	body := bodySize(pages)
	var lines []rawLine
	for _, rows := range dropRunning(pages) {
		grid := gridOf(rows, body)
		if len(grid) > 0 {
			lines = append(lines, layOut(grid, 0.01)...)
		}
	}
	return lines
}

// pdfRows sorts a page's words into rows, from top to bottom, each from left to right.
func pdfRows(words []Word) []pdfRow {
	words = slices.Clone(words)
	for i := range words {
		words[i].Text = plainWord(words[i].Text)
	}
	words = slices.DeleteFunc(words, func(w Word) bool { return w.Text == "" || !(w.Size > 0) })
	slices.SortStableFunc(words, func(a, b Word) int { return sign(b.Y - a.Y) })
	var rows []pdfRow
	for _, w := range words {
		n := len(rows)
		// A raised "er" or a bullet in another font stands a little off the line.
		if n == 0 || rows[n-1].y-w.Y > 0.42*min(w.Size, rows[n-1].size)+0.02 && rows[n-1].y-w.Y > 0.3*max(w.Size, rows[n-1].size) {
			rows = append(rows, pdfRow{y: w.Y, size: w.Size})
			n++
		}
		r := &rows[n-1]
		if w.Size > r.size {
			r.y, r.size = w.Y, w.Size
		}
		r.words = append(r.words, w)
	}
	for i := range rows {
		r := &rows[i]
		slices.SortStableFunc(r.words, func(a, b Word) int { return sign(a.X - b.X) })
		r.bold = !slices.ContainsFunc(r.words, func(w Word) bool { return !w.Bold && says(w.Text) })
	}
	return rows
}

func sign(d float64) int {
	switch {
	case d < 0:
		return -1
	case d > 0:
		return 1
	}
	return 0
}

// symbols are the bullets of the fonts that hold nothing else, where their codes are
// given for letters.
const symbols = "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0e0\uf0a8\uf071\uf06e"

// plainWord cleans a word: bullets, ligatures, what prints nothing.
func plainWord(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(symbols, r):
			return '•'
		case unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(strings.ReplaceAll(ligatures.Replace(clean(s)), "\n", " "))
}

var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// bodySize is the size of most letters.
func bodySize(pages [][]pdfRow) float64 {
	count := map[float64]int{}
	for _, rows := range pages {
		for _, r := range rows {
			for _, w := range r.words {
				count[math.Round(w.Size*2)/2] += len(w.Text)
			}
		}
	}
	best, most := 10.0, 0
	for size, n := range count {
		if n > most || n == most && size < best {
			best, most = size, n
		}
	}
	return best
}

// gridOf measures a page's rows in letters and lines: x in sizes of the running text, y
// in distances of its lines.
func gridOf(rows []pdfRow, body float64) []gridRow {
	leading := leadingOf(rows, body)
	var grid []gridRow
	starts := make([][]float64, len(rows))
	for i, r := range rows {
		starts[i] = r.starts(body)
	}
	for i, r := range rows {
		cells := cellsOf(r.words, body, starts[max(0, i-nearRows):min(len(rows), i+nearRows+1)])
		g := gridRow{y: -r.y / leading, cells: cells}
		g.line = rawLine{text: joinTexts(cells), page: r.words[0].Page, size: r.size, gap: i == 0, turn: i == 0}
		switch {
		case r.size >= 1.15*body && says(g.line.text):
			g.line.level = 2
		case r.bold && len(cells) == 1 && runes(g.line.text) <= 100 && isHeadline(g.line.text) && !opensItem(g.line.text) && says(g.line.text):
			g.line.level = 3
		}
		if i > 0 {
			last := grid[i-1]
			g.line.gap = g.y-last.y > 1.35*max(1, r.size/body) || g.line.level != last.line.level
		}
		grid = append(grid, g)
	}
	return grid
}

func joinTexts(cells []cell) string {
	var all []string
	for _, c := range cells {
		all = append(all, c.text)
	}
	return strings.Join(all, " ")
}

// leadingOf is the usual distance of a page's lines; columns whose lines stand a little
// off each other make it look smaller than it can be.
func leadingOf(rows []pdfRow, body float64) float64 {
	var all []float64
	for i := 1; i < len(rows); i++ {
		all = append(all, rows[i-1].y-rows[i].y)
	}
	slices.Sort(all)
	if len(all) == 0 {
		return 1.2 * body
	}
	d := all[len(all)/2]
	if d < 0.95*body || d > 2.2*body {
		return 1.2 * body
	}
	return d
}

// nearRows is how far a column's margin is looked for.
const nearRows = 8

// starts are where words stand far from the one before them.
func (r pdfRow) starts(body float64) []float64 {
	var all []float64
	for i, w := range r.words {
		if i > 0 && w.X-r.words[i-1].X-r.words[i-1].W > body && !isMark(r.words[i-1].Text) {
			all = append(all, w.X)
		}
	}
	return all
}

// startsColumn reports whether words begin at x, far from what is before, in two rows
// nearby: there a column begins, however full the cell to the left may be.
func startsColumn(x float64, near [][]float64) bool {
	n := 0
	for _, row := range near {
		if slices.ContainsFunc(row, func(s float64) bool { return math.Abs(s-x) < 1 }) {
			n++
		}
	}
	return n >= 2
}

// cellsOf joins the words of a row up to the next wide gap, or the next column.
func cellsOf(words []Word, body float64, near [][]float64) []cell {
	var cells []cell
	end := 0.0
	for i, w := range words {
		gap := w.X - end
		end = max(w.X+w.W, w.X)
		switch last := len(cells) - 1; {
		case i == 0 || gap > body && !isMark(cells[last].text), gap > 8*body, gap > 0.4*body && startsColumn(w.X, near):
			cells = append(cells, cell{w.X / body, end / body, w.Text})
		default:
			space := " "
			if gap < 0.1*w.Size && !isMark(cells[last].text) {
				space = ""
			}
			cells[last].text += space + w.Text
			cells[last].hi = end / body
		}
	}
	for i, c := range cells { // dashes of lists
		for _, dash := range []string{"– ", "— ", "‒ "} {
			if rest, ok := strings.CutPrefix(c.text, dash); ok {
				cells[i].text = "- " + rest
			}
		}
		if rest, ok := strings.CutPrefix(c.text, "o "); ok { // an editor's bullet of the second level
			cells[i].text = "◦ " + rest
		}
	}
	return cells
}

// titleFirst puts the title before the letterhead: the line in the largest letters, if
// the first page has it near its head.
func titleFirst(lines []rawLine) []rawLine {
	best := 0
	for i := range min(len(lines), 15) {
		if l := lines[i]; l.page == lines[0].page && l.level > 0 && l.size > lines[best].size+0.5 && runes(l.text) > 8 && !l.isRow() {
			best = i
		}
	}
	if best == 0 {
		return lines
	}
	end := best + 1
	for end < len(lines) && lines[end].size == lines[best].size && !lines[end].gap {
		end++
	}
	sorted := slices.Concat(lines[best:end], lines[:best], lines[end:])
	sorted[end-best].gap = true
	if end < len(lines) {
		sorted[end].gap = true
	}
	return sorted
}
