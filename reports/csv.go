package reports

import (
	"bufio"
	"context"
	"io"
	"strings"
	"unicode/utf8"
)

// WriteCSV writes a table for people who open it in a French spreadsheet: UTF-8 with a
// byte order mark, semicolons, CRLF, decimal commas, days as 14/02/2019 (what such a
// spreadsheet takes for a date; the ISO form it would keep as text). The first line
// holds the column names; the table's title and note are not there. Not encoding/csv:
// with CRLF it rewrites the line ends inside quotes from the sources too.
func WriteCSV(ctx context.Context, w io.Writer, t Table) error {
	b := bufio.NewWriter(w)
	b.WriteString("\ufeff")
	names := make([]Cell, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = text(c.Name)
	}
	writeRecord(b, t.Columns, names)
	for row := range t.Rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		writeRecord(b, t.Columns, row.Cells)
	}
	return b.Flush() // the first failed write comes back here
}

// writeRecord leaves out what is for a workbook's reader to fill in, and its keys.
func writeRecord(b *bufio.Writer, columns []Column, cells []Cell) {
	first := true
	for i, c := range cells {
		if columns[i].Entry || columns[i].Hidden {
			continue
		}
		if !first {
			b.WriteByte(';')
		}
		first = false
		s := c.String()
		if c.Type < Day {
			s = harmless(s)
		}
		b.WriteString(quoted(s))
	}
	b.WriteString("\r\n")
}

// formulaStarts are what a spreadsheet takes for the beginning of a formula, the
// full-width forms that some read like the plain ones among them.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// harmless keeps a text from being run as a formula, by an apostrophe before it.
// Spreadsheets skip spaces before they look.
func harmless(s string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0"))
	if s != "" && strings.ContainsRune(formulaStarts, first) {
		return "'" + s
	}
	return s
}

// quoted puts a value in quotation marks where it holds what parts values.
func quoted(s string) string { return quotedAt(s, ";\"\r\n") }

func quotedAt(s, marks string) string {
	if !strings.ContainsAny(s, marks) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
