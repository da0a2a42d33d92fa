package article

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie"
)

// table writes a table of data row by row, and the cells of one that only lays out
// the page as blocks.
func (w *walker) table(n *html.Node) {
	w.flush()
	rows := tableRows(n)
	if isLayout(n) {
		for _, r := range rows {
			for _, c := range cells(r) {
				w.block(c)
			}
		}
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Caption {
			w.block(c)
		}
	}
	if !w.started {
		return
	}
	group := w.newGroup()
	var above spans
	for i, r := range rows {
		kind := vigie.Row
		if isHeader(r, i == 0) {
			kind = vigie.Header
		}
		w.put(piece{kind: kind, group: group, text: above.row(r)})
	}
}

// tableRows returns the rows of a table, not those of tables within.
func tableRows(n *html.Node) []*html.Node {
	var rows []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Tr:
			rows = append(rows, c)
		case atom.Thead, atom.Tbody, atom.Tfoot:
			rows = append(rows, tableRows(c)...)
		}
	}
	return rows
}

func cells(row *html.Node) []*html.Node {
	var all []*html.Node
	for c := row.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			all = append(all, c)
		}
	}
	return all
}

// isLayout tells a table that lays out a page: it holds tables, headings or long
// texts, or has one column, or one row of less than three short cells.
func isLayout(n *html.Node) bool {
	if role := attr(n, "role"); role == "presentation" || role == "none" {
		return true
	}
	rows, columns, headed := tableRows(n), 0, false
	for _, r := range rows {
		columns = max(columns, len(cells(r)))
		for _, c := range cells(r) {
			headed = headed || c.DataAtom == atom.Th
			if laysOut(c) {
				return true
			}
		}
	}
	return columns < 2 || len(rows) < 2 && !headed && (columns < 3 || len(text(n)) > 60*columns)
}

func laysOut(cell *html.Node) bool {
	found, paragraphs := false, 0
	each(cell, func(c *html.Node) bool {
		switch c.DataAtom {
		case atom.Table, atom.H1, atom.H2, atom.H3, atom.Article, atom.Main:
			found = true
		case atom.P:
			paragraphs++
		}
		return !found
	})
	return found || paragraphs > 3 && len(text(cell)) > 800
}

// isHeader reports whether a row names the columns: all th, or the first and all bold.
func isHeader(row *html.Node, first bool) bool {
	all := cells(row)
	headers, bold := 0, 0
	for _, c := range all {
		switch {
		case c.DataAtom == atom.Th:
			headers++
		case isBold(c):
			bold++
		}
	}
	return len(all) > 1 && (headers == len(all) || first && headers+bold == len(all))
}

// isBold reports whether all text of n is in bold; an empty n is.
func isBold(n *html.Node) bool {
	plain := false
	each(n, func(c *html.Node) bool {
		plain = plain || c.Type == html.TextNode && says(c.Data)
		return c.DataAtom != atom.B && c.DataAtom != atom.Strong
	})
	return !plain
}

// spans remembers, by column, how many more rows a cell from above takes.
type spans []int

// row returns a row's cells with tabs between; a column that a cell from above takes is empty.
func (s *spans) row(row *html.Node) string {
	var texts []string
	column := 0
	fill := func() {
		for column < len(*s) && (*s)[column] > 0 {
			(*s)[column]--
			texts = append(texts, "")
			column++
		}
	}
	for _, c := range cells(row) {
		fill()
		texts = append(texts, text(c))
		for i := range span(c, "colspan") {
			if i > 0 {
				texts = append(texts, "")
			}
			for len(*s) <= column {
				*s = append(*s, 0)
			}
			(*s)[column] = span(c, "rowspan") - 1
			column++
		}
	}
	fill()
	return strings.TrimRight(strings.Join(texts, "\t"), "\t")
}

// span reads colspan or rowspan; past 50 it is a mistake or an attack.
func span(cell *html.Node, key string) int {
	n, err := strconv.Atoi(strings.TrimSpace(attr(cell, key)))
	if err != nil || n < 1 || n > 50 {
		return 1
	}
	return n
}
