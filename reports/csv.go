package reports

import (
	"cmp"
	"context"
	"io"
)

// WriteCSV writes a table for people who open it in a French spreadsheet: UTF-8 with a
// byte order mark, semicolons, CRLF, decimal commas, days as 14/02/2019 (what such a
// spreadsheet takes for a date; the ISO form it would keep as text). The first line
// holds the column names; the table's title and note are not there, nor what is for a
// workbook's reader to fill in, and its keys.
func WriteCSV(ctx context.Context, w io.Writer, t Table) error {
	out := newCSVWriter(w, ';', "\r\n")
	out.buf = append(out.buf, "\ufeff"...)
	return out.table(ctx, t, func(c Column) string { return c.Name }, func(c Column) bool { return c.Entry || c.Hidden }, func(c Cell) {
		if c.Type < Day {
			out.text(c.Text)
			return
		}
		out.plain(c.appendFrench)
	})
}

// writeMachineCSV writes a table for programs: plain UTF-8, commas, LF, numbers with a
// point, days as 2019-02-14, codes in place of their words, columns by their keys.
// datapackage.json describes it. Texts that begin like a formula have an apostrophe
// before them there too: people open what they find.
func writeMachineCSV(ctx context.Context, w io.Writer, t Table) error {
	out := newCSVWriter(w, ',', "\n")
	return out.table(ctx, t, func(c Column) string { return c.Key }, func(c Column) bool { return c.Entry }, func(c Cell) {
		if c.Type < Day {
			out.text(cmp.Or(c.Code, c.Text))
			return
		}
		out.plain(c.appendMachine)
	})
}

// table writes the columns' names and all rows, without the columns that are left out.
func (c *csvWriter) table(ctx context.Context, t Table, name func(Column) string, leftOut func(Column) bool, write func(Cell)) error {
	kept := make([]int, 0, len(t.Columns))
	for i, column := range t.Columns {
		if !leftOut(column) {
			kept = append(kept, i)
			c.text(name(column))
		}
	}
	c.endRow()
	for row := range t.Rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, i := range kept {
			write(row.Cells[i])
		}
		c.endRow()
	}
	return c.flush() // the first failed write comes back here
}
