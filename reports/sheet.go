package reports

import (
	"context"
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A sheet is being written, row after row.
type sheet struct {
	workbook
	stream *excelize.StreamWriter
	table  Table
	links  *links
	row    int // written last
}

// writeGrid writes a table to sort and filter: title, note, column names, rows.
func (s *sheet) writeGrid(ctx context.Context) error {
	panes := &excelize.Panes{Freeze: true, XSplit: 1, YSplit: headerRow, TopLeftCell: cellName(1, headerRow+1), ActivePane: "bottomRight"}
	if err := s.stream.SetPanes(panes); err != nil {
		return err
	}
	if err := s.writeHead(s.table.Columns); err != nil {
		return err
	}
	names := make([]any, len(s.table.Columns))
	for i, c := range s.table.Columns {
		names[i] = s.styled(lookHeader, c.Name)
	}
	if err := s.put(names, 32); err != nil {
		return err
	}
	for row := range s.table.Rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.writeRow(s.table.Columns, row.Cells); err != nil {
			return err
		}
	}
	return s.stream.AddTable(&excelize.Table{
		Range: "A3:" + cellName(len(s.table.Columns)-1, max(s.row, headerRow+1)),
		Name:  "T_" + strings.ReplaceAll(slug(s.table.Name), "-", "_"),
	})
}

// writeNotice writes a table to read: rows with the same first cell stand under it.
func (s *sheet) writeNotice() error {
	columns := s.table.Columns[1:]
	if err := s.writeHead(columns); err != nil {
		return err
	}
	section := ""
	for row := range s.table.Rows {
		cells := row.Cells
		if cells[0].Text != section {
			section = cells[0].Text
			if err := s.writeSection(section, len(columns)); err != nil {
				return err
			}
		}
		if err := s.writeRow(columns, cells[1:]); err != nil {
			return err
		}
	}
	return nil
}

func (s *sheet) writeHead(columns []Column) error {
	for i, c := range columns {
		if err := s.stream.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
		if c.Hidden {
			if err := s.stream.SetColVisible(i+1, i+1, false); err != nil {
				return err
			}
		}
	}
	if err := s.put([]any{s.styled(lookTitle, s.table.Title)}, 30); err != nil {
		return err
	}
	return s.put([]any{s.styled(lookNote, s.table.Note)}, 20)
}

func (s *sheet) writeSection(name string, width int) error {
	cells := make([]any, width)
	for i := range cells {
		cells[i] = s.styled(lookSection, nil)
	}
	cells[0] = s.styled(lookSection, name)
	return s.put(cells, 28)
}

func (s *sheet) writeRow(columns []Column, cells []Cell) error {
	values := make([]any, len(columns))
	for i, c := range cells {
		l := lookOf(columns[i].Type, c)
		switch {
		case s.table.Layout == Notice:
			l = noticeLook(i, c)
		case columns[i].Entry:
			l = lookEntry
		}
		if !s.links.add(cellName(i, s.row+1), c.Link) && l == lookLink {
			l = lookCode
		}
		values[i] = s.styled(l, value(c))
	}
	return s.put(values, rowHeight(columns, cells))
}

// put writes a row of a height in points.
func (s *sheet) put(values []any, height float64) error {
	s.row++
	return s.stream.SetRow(cellName(0, s.row), values, excelize.RowOpts{Height: height})
}

func (s *sheet) styled(l look, value any) excelize.Cell {
	return excelize.Cell{StyleID: s.looks[l], Value: value}
}

// lookOf goes by the cell's type among numbers and days, else by the column's: an
// empty cell looks like the others of its column.
func lookOf(column Type, c Cell) look {
	switch {
	case c.Type >= Day:
		return typeLooks[c.Type]
	case c.IsEmpty() || column < Day:
		return typeLooks[column]
	}
	return lookText
}

func noticeLook(column int, c Cell) look {
	switch {
	case c.Link != "":
		return lookLink
	case column == 0:
		return lookItem
	case c.Type == Day:
		return lookItemDay
	case c.Type > Day:
		return lookItemCount
	}
	return lookText
}

func value(c Cell) any {
	switch {
	case c.IsEmpty():
		return nil
	case c.Type == Day:
		return c.Day
	case c.Type > Day:
		return c.Number
	}
	return fit(c.Text)
}

// fit shortens a text to what a cell holds; the CSV file has it whole.
func fit(s string) string {
	units := 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units >= maxText {
			if rest := s[i+utf8.RuneLen(r):]; units > maxText || rest != "" {
				return s[:i] + "…"
			}
		}
	}
	return s
}

// The height of a row, in points: as many lines as its longest wrapped text needs, at
// most maxLines; a quote that is longer is whole in its cell, though not in sight.
const (
	lineHeight = 12.8
	maxLines   = 8
)

func rowHeight(columns []Column, cells []Cell) float64 {
	lines := 1
	for i, c := range cells {
		if t := columns[i].Type; c.Type == Text && t != Code && t != Link {
			lines = max(lines, wrappedLines(c.Text, columns[i].Width))
		}
	}
	return float64(min(lines, maxLines))*lineHeight + 7
}

// wrappedLines guesses how many lines a text takes: a column of width 10 holds 12
// letters and more of the body's size (10 points; the width counts digits of 11), less
// what its indent takes.
func wrappedLines(s string, width float64) int {
	lines := 0
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines += max(1, int(math.Ceil(float64(utf8.RuneCountInString(paragraph))/((width-1.5)*1.2))))
	}
	return lines
}

// cellName is A1 for column 0 of row 1.
func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		panic(err) // no table has 16,384 columns
	}
	return name
}
