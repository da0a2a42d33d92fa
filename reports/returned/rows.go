package returned

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// A Row is a row that holds something.
type Row struct {
	Number int    // as the program shows it, from 1
	Cells  []Cell // those that hold something, from left to right
}

// A Cell is what stands in a column.
type Cell struct {
	Column  int     // from 0
	Text    string  // as it is shown in France, near enough: 0,95, 14/02/2019, février 2019; "=" and the formula where it is one
	Number  float64 // of a number or a date
	Kind    Kind
	Because string // of a Formula: what it showed last; it is not worked out again
}

// A Kind says what a cell holds.
type Kind int

// The kinds.
const (
	Text Kind = iota
	Number
	Boolean // typed as faux or vrai, which French programs take for one
	Formula
	Fault // #NOM?
)

// Text is what stands in a column, empty where nothing does.
func (r Row) Text(column int) string {
	c, _ := r.Cell(column)
	return c.Text
}

// Cell is the one of a column, if it holds something.
func (r Row) Cell(column int) (Cell, bool) {
	for _, c := range r.Cells {
		if c.Column == column {
			return c, true
		}
	}
	return Cell{}, false
}

// Rows yields the sheet's rows from top to bottom, hidden ones too. An error is the
// last thing yielded.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		in, err := s.book.openPart(s.part)
		if err != nil {
			yield(Row{}, err)
			return
		}
		defer in.Close()
		r := rowReader{book: s.book, d: xml.NewDecoder(in)}
		for {
			row, err := r.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Row{}, fmt.Errorf("sheet %s, after row %d: %w", s.Name, r.row, err))
				return
			}
			if len(row.Cells) > 0 && !yield(row, nil) {
				return
			}
		}
	}
}

type rowReader struct {
	book *Workbook
	d    *xml.Decoder
	row  int // read last
}

// next reads up to the end of a row, or io.EOF at the end of all. A row or a cell without
// an address follows the one before it.
func (r *rowReader) next() (row Row, err error) {
	column := -1
	for {
		t, err := r.d.RawToken()
		if err != nil {
			return row, cutShort(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				n := r.row + 1
				if at := attr(t, "r"); at != "" {
					n, err = strconv.Atoi(at)
				}
				if err != nil || n <= r.row || n > maxRows {
					return row, fmt.Errorf("a row says it is row %q", attr(t, "r"))
				}
				row = Row{Number: n}
				r.row, column = n, -1
			case "c":
				if row.Number == 0 {
					return row, errors.New("a cell stands in no row")
				}
				c, err := r.cell(t, column+1)
				if err != nil {
					return row, err
				}
				if c.Column <= column || c.Column >= maxColumns {
					return row, fmt.Errorf("cell %s is out of place", attr(t, "r"))
				}
				if column = c.Column; c.Text != "" {
					row.Cells = append(row.Cells, c)
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "row":
				return row, nil
			case "sheetData":
				return row, io.EOF
			}
		}
	}
}

// cell reads up to the cell's end.
func (r *rowReader) cell(start xml.StartElement, column int) (Cell, error) {
	c := Cell{Column: column}
	if at := attr(start, "r"); at != "" {
		c.Column = columnOf(at)
	}
	var value, formula string
	isFormula := false
	for {
		t, err := r.d.RawToken()
		if err != nil {
			return c, cutShort(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			var text string
			if text, err = textIn(r.d, t.Name); err != nil {
				return c, err
			}
			switch t.Name.Local {
			case "v", "is":
				value = text
			case "f":
				formula, isFormula = text, true
			}
		case xml.EndElement:
			if t.Name != start.Name {
				continue
			}
			if err := r.fill(&c, attr(start, "t"), attr(start, "s"), value); err != nil {
				return c, err
			}
			if isFormula {
				c.takeFormula(formula)
			}
			return c, nil
		}
	}
}

// takeFormula keeps a formula as text. LibreOffice makes one of a truth value.
func (c *Cell) takeFormula(formula string) {
	switch strings.ToUpper(strings.TrimSpace(formula)) {
	case "FALSE()", "FALSE":
		c.Kind, c.Text = Boolean, "faux"
	case "TRUE()", "TRUE":
		c.Kind, c.Text = Boolean, "vrai"
	default:
		c.Because, c.Text, c.Kind = c.Text, "="+formula, Formula
	}
}

// fill gives a cell its value, which kind and style say how to read.
func (r *rowReader) fill(c *Cell, kind, style, value string) error {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(r.book.strings) {
			return fmt.Errorf("a cell holds text number %q of %d", value, len(r.book.strings))
		}
		c.Text = r.book.strings[n]
	case "b":
		c.Kind, c.Text = Boolean, "vrai"
		if strings.TrimSpace(value) == "0" {
			c.Text = "faux"
		}
	case "e":
		c.Kind, c.Text = Fault, value
	case "", "n":
		return r.number(c, style, strings.TrimSpace(value))
	default: // inlineStr, str; d is a date written out
		c.Text = value
	}
	return nil
}

func (r *rowReader) number(c *Cell, style, value string) error {
	if value == "" {
		return nil
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fmt.Errorf("a cell holds the number %q", value)
	}
	f := number
	if n, err := strconv.Atoi(style); err == nil && 0 <= n && n < len(r.book.formats) {
		f = r.book.formats[n]
	}
	if f != number {
		v += float64(r.book.since)
	}
	c.Kind, c.Number, c.Text = Number, v, f.show(v)
	return nil
}

// columnOf reads the letters of B12; -1 where there are none.
func columnOf(ref string) int {
	n := 0
	for _, l := range ref {
		if l < 'A' || l > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(l-'A') + 1
	}
	return n - 1
}

func (w *Workbook) sharedStrings(part string) error {
	held := 0
	return w.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := textIn(d, e.Name)
		w.strings = append(w.strings, text)
		if held += len(text) + stringHeader; held > maxStrings {
			return errBomb
		}
		return err
	})
}
