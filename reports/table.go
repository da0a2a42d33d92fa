package reports

import (
	"iter"
	"strconv"
	"time"

	"vigie"
)

// A Table is one sheet of the workbook and one CSV file.
type Table struct {
	Name    string // of the sheet, and folded of the file: Thèmes, themes.csv
	Title   string // above the columns
	Note    string // one line under the title: what a row is, how to read it
	Layout  Layout
	Columns []Column
	Rows    iter.Seq[Row] // can be ranged over again, with the same result
	Picture *Picture      // nil: none
}

// A Row is one line of a table.
type Row struct {
	ID     string        // the same night after night, and unique in its table: see [vigie.Record.Row]; empty in a [Notice]
	Record *vigie.Record // what the row shows; nil where only an official list gives it, or no fact is shown
	Cells  []Cell        // as many as the table has columns

	Beside []vigie.Record // others that its cells are made of

	refused bool // the record only holds the words of a refusal
}

// A Layout says how a table is used.
type Layout int

// The layouts.
const (
	Grid   Layout = iota // sorted and filtered; a header row stays in sight
	Notice               // read from top to bottom; rows that share their first cell form a section
)

// A Column is a table's heading and what stands below it.
type Column struct {
	Key     string // its name for machines, unique in its table: snake_case, as facts have it where they have it
	Name    string // unique in its table
	Type    Type
	Width   float64  // in digits of the workbook's font
	About   string   // what it holds, in French: a line of the dictionary
	Aside   bool     // not printed: of no use on paper, like all columns to its right
	Hidden  bool     // in the workbook, which needs it; of no use to a reader
	Entry   bool     // for the reader to fill in: in the workbook only
	Choices []string // what may be filled in; nil: anything

	Words map[string]string // of a closed vocabulary: code → French; nil: anything
}

// of makes the column hold the words of a closed vocabulary.
func (c Column) of(words map[string]string) Column {
	c.Words = words
	return c
}

func column(key, name string, t Type, width float64, about string) Column {
	return Column{Key: key, Name: name, Type: t, Width: width, About: unbroken.Replace(about)}
}

func aside(key, name string, t Type, width float64, about string) Column {
	c := column(key, name, t, width, about)
	c.Aside = true
	return c
}

// A Type says what a column holds, or a cell. A cell may differ from its column: an
// amount among counts, a date known to the month, in words, among days.
type Type int

// The types; the first four are text.
const (
	Text  Type = iota // wrapped
	Code              // an official id, as text: leading zeros stay
	Quote             // a source's own words
	Link              // a web address
	Day
	Moment // a day and its time
	Count
	Euro
	Share // 0 to 1, shown as a percentage
)

// key is the type's name for machines.
func (t Type) key() string {
	return [...]string{"text", "code", "quote", "url", "date", "datetime", "number", "euros", "share"}[t]
}

// A Cell is one value. The zero Cell is empty.
type Cell struct {
	Type   Type // Text, Day, Moment, Count, Euro or Share
	Text   string
	Number float64
	Day    time.Time
	Link   string // where a click leads: a web address, or "#" and a sheet's name
	Code   string // what machines read in place of the text: a code, a date to its precision; empty: the text
}

func text(s string) Cell { return Cell{Text: s} }

// coded shows the French of a code, which machines read as it is.
func coded(words map[string]string, code string) Cell {
	return Cell{Text: word(words, code), Code: code}
}

func address(url string) Cell { return Cell{Text: url, Link: url} }

func count(n int) Cell { return Cell{Type: Count, Number: float64(n)} }

func yes(b bool) Cell {
	return coded(yesWords, strconv.FormatBool(b))
}

// day is a real date where the day is known, else empty: see [stated].
func day(d vigie.Date) Cell {
	if d.Precision() != vigie.DayPrecision {
		return Cell{}
	}
	return Cell{Type: Day, Day: d.First()}
}

// stated is a date in words, as far as it is stated.
func stated(d vigie.Date) Cell { return Cell{Text: dateWords(d), Code: string(d)} }

// IsEmpty reports whether nothing is stated.
func (c Cell) IsEmpty() bool { return c.Type == Text && c.Text == "" }

// String returns the value as French readers type it: 14/02/2019, 1360000000, 0,95.
func (c Cell) String() string {
	if c.Type < Day {
		return c.Text
	}
	return string(c.appendFrench(nil))
}

// A field is a column and what it shows of a row.
type field[R any] struct {
	Column
	value func(R) Cell
}

// fill gives t the columns of the fields, and a row for each of rows, which frame says
// the ID and the record of; nil where rows have neither.
func fill[R any](t Table, rows []R, frame func(R) Row, fields []field[R]) Table {
	t.Note = unbroken.Replace(t.Note)
	for _, f := range fields {
		t.Columns = append(t.Columns, f.Column)
	}
	t.Rows = func(yield func(Row) bool) {
		for _, r := range rows {
			row := Row{}
			if frame != nil {
				row = frame(r)
			}
			row.Cells = make([]Cell, len(fields))
			for i, f := range fields {
				row.Cells[i] = f.value(r)
			}
			if !yield(row) {
				return
			}
		}
	}
	return t
}

// shows frames a row that is a record.
func shows(r vigie.Record) Row { return Row{ID: r.Row(), Record: &r} }
