package reports

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A sheet is one table being written: first its frame, by excelize, then its rows into it.
type sheet struct {
	workbook
	table Table
	links *links
	row   int    // written last
	part  string // of the workbook
	grid  string // part of its table; empty: it has none
}

// frame writes all but the rows: columns and their widths, title, note, column names.
func (s *sheet) frame() error {
	stream, err := s.NewStreamWriter(s.table.Name)
	if err != nil {
		return err
	}
	if err := s.layOut(stream); err != nil {
		return err
	}
	var steps []error
	if s.table.Title != "" {
		steps = append(steps, s.head(stream, 30, s.styled(lookTitle, s.table.Title)), s.head(stream, 20, s.styled(lookNote, s.table.Note)))
	}
	if s.table.Layout == Grid {
		steps = append(steps,
			s.head(stream, 32, s.headings()...),
			stream.AddTable(&excelize.Table{Range: s.extent(), Name: "T_" + strings.ReplaceAll(slug(s.table.Name), "-", "_")}))
	}
	return errors.Join(append(steps, stream.Flush())...)
}

// layOut sets columns and panes, which must come before the first row.
func (s *sheet) layOut(stream *excelize.StreamWriter) error {
	for i, c := range s.columns() {
		if err := stream.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
		if c.Hidden {
			if err := stream.SetColVisible(i+1, i+1, false); err != nil {
				return err
			}
		}
	}
	if s.table.Layout == Notice {
		return nil
	}
	return stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: s.table.headerRow(), TopLeftCell: cellName(1, s.table.headerRow()+1), ActivePane: "bottomRight"})
}

// head writes a row above those of the table, of a height in points.
func (s *sheet) head(stream *excelize.StreamWriter, height float64, cells ...any) error {
	s.row++
	return stream.SetRow(cellName(0, s.row), cells, excelize.RowOpts{Height: height})
}

func (s *sheet) styled(l look, text string) any {
	return excelize.Cell{StyleID: s.looks[l], Value: text}
}

// headings are the columns' names, each over its values: on the right over numbers.
func (s *sheet) headings() []any {
	cells := make([]any, len(s.table.Columns))
	for i, c := range s.table.Columns {
		cells[i] = s.styled(headerLook(c.Type), c.Name)
	}
	return cells
}

// columns are those of the sheet: a notice's first is the title of its sections.
func (s *sheet) columns() []Column {
	if s.table.Layout == Notice {
		return s.table.Columns[1:]
	}
	return s.table.Columns
}

// extent is what the sheet's table lies over, one row at least.
func (s *sheet) extent() string {
	top := s.table.headerRow()
	return fmt.Sprintf("A%d:%s", top, cellName(len(s.table.Columns)-1, max(s.row, top+1)))
}

// extend makes the sheet's table, framed without rows, lie over those that were written.
func (s *sheet) extend(p parts) {
	if s.grid != "" {
		first := &sheet{table: s.table}
		p[s.grid] = bytes.NewBuffer(bytes.ReplaceAll(p[s.grid].Bytes(), []byte(`"`+first.extent()+`"`), []byte(`"`+s.extent()+`"`)))
	}
}

// writeRows writes the rows under those of the frame; a notice's with the same first cell
// stand under it.
func (s *sheet) writeRows(ctx context.Context, w *rowWriter) error {
	section := ""
	for row := range s.table.Rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		cells := row.Cells
		if s.table.Layout == Notice {
			if cells[0].Text != section {
				section = cells[0].Text
				s.writeSection(w, section)
			}
			cells = cells[1:]
		}
		s.writeRow(w, cells)
	}
	return w.flush()
}

func (s *sheet) writeSection(w *rowWriter, name string) {
	s.row++
	w.begin(s.row, 28)
	for i := range s.columns() {
		w.cell(i, s.row, lookSection, text(name))
		name = ""
	}
	w.end()
}

func (s *sheet) writeRow(w *rowWriter, cells []Cell) {
	columns := s.columns()
	s.row++
	w.begin(s.row, rowHeight(columns, cells))
	for i, c := range cells {
		l := s.look(i, columns[i], c)
		if !s.links.add(i, s.row, c.Link) && l == lookLink {
			l = lookCode
		}
		w.cell(i, s.row, l, c)
	}
	w.end()
}

func (s *sheet) look(i int, column Column, c Cell) look {
	switch {
	case s.table.Layout == Notice:
		return noticeLook(i, c)
	case column.Entry:
		return lookEntry
	case c.Link != "" && c.Type < Day:
		return lookLink
	}
	return lookOf(column.Type, c)
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
	case c.Type == Moment:
		return lookItemMoment
	case c.Type > Moment:
		return lookItemCount
	}
	return lookText
}

// fit shortens a text to what a cell holds; the CSV file has it whole.
func fit(s string) string {
	if len(s) < maxText {
		return s // no character has fewer bytes than units
	}
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
	maxLines   = 16

	maxAsideLines = 2 // what stands aside makes no row tall
)

func rowHeight(columns []Column, cells []Cell) float64 {
	lines := 1
	for i, c := range cells {
		if t := columns[i].Type; c.Type == Text && t != Code && t != Link && float64(len(c.Text)) > columns[i].Width/2 {
			n := wrappedLines(c.Text, columns[i].Width)
			if columns[i].Aside {
				n = min(n, maxAsideLines)
			}
			lines = max(lines, n)
		}
	}
	return float64(min(lines, maxLines))*lineHeight + 7
}

// cellName is A1 for column 0 of row 1.
func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		panic(err) // no table has 16,384 columns
	}
	return name
}
