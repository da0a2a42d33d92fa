package reports

import (
	"encoding/json"
	"slices"

	"vigie"
)

// Content is what an edition delivers, sheet by sheet: what the next one is compared with,
// and what a workbook that comes back is checked against. Its JSON form is kept with the
// edition.
type Content struct{ Sheets []SheetRows }

// SheetRows are the rows of one sheet.
type SheetRows struct {
	Name    string
	Notice  bool `json:",omitempty"` // a sheet to read, whose rows have no ID
	Columns []string
	Keys    []string `json:",omitempty"` // of the columns, see [Column.Key]: they outlive a new name; editions made before they were kept have none
	Rows    []ContentRow
}

// A ContentRow is a row as delivered.
type ContentRow struct {
	ID       string    `json:",omitempty"` // see [Row.ID]
	Scope    vigie.Ref `json:",omitzero"`  // whom its record is about
	Cells    []string  // as CSV files for people have them: 14/02/2019, 0,95
	Mentions []Stated  `json:",omitempty"` // all of its record's, whatever the row shows
	Beside   []Stated  `json:",omitempty"` // what else its cells are made of
}

// Stated is where a row's record is stated: the whole quote, however the sheet cuts it.
type Stated struct {
	Document  vigie.DocumentID
	URL       string
	Publisher string
	Published vigie.Date
	Quote     string
	Row       string `json:",omitempty"` // whose record states it, where it stands beside another
}

// Delivers returns the content of tables.
func Delivers(tables []Table) Content {
	var c Content
	for _, t := range tables {
		s := SheetRows{Name: t.Name, Notice: t.Layout == Notice}
		for _, column := range t.Columns {
			s.Columns, s.Keys = append(s.Columns, column.Name), append(s.Keys, column.Key)
		}
		for row := range t.Rows {
			s.Rows = append(s.Rows, contentRow(row))
		}
		c.Sheets = append(c.Sheets, s)
	}
	return c
}

func contentRow(row Row) ContentRow {
	r := ContentRow{ID: row.ID, Cells: make([]string, len(row.Cells))}
	for i, cell := range row.Cells {
		r.Cells[i] = cell.String()
	}
	if row.Record != nil {
		r.Scope, r.Mentions = row.Record.Scope, statements(*row.Record, "")
		for _, original := range row.Record.Origins {
			if original != "" { // who speaks for himself is counted by it
				r.Beside = append(r.Beside, Stated{Document: original})
			}
		}
	}
	for _, other := range row.Beside {
		r.Beside = append(r.Beside, statements(other, other.Row())...)
	}
	return r
}

func statements(r vigie.Record, row string) []Stated {
	var all []Stated
	for _, m := range r.Mentions {
		all = append(all, Stated{m.Document, m.URL, m.Publisher, m.Published, m.Quote, row})
	}
	return all
}

// JSON is the form in which the content is kept.
func (c Content) JSON() ([]byte, error) { return json.Marshal(c) }

// Sheet returns the rows of a sheet; none where there is no such sheet.
func (c Content) Sheet(name string) SheetRows {
	i := slices.IndexFunc(c.Sheets, func(s SheetRows) bool { return s.Name == name })
	if i < 0 {
		return SheetRows{Name: name}
	}
	return c.Sheets[i]
}

// Equal reports whether both deliver the same.
func (c Content) Equal(o Content) bool {
	return slices.EqualFunc(c.Sheets, o.Sheets, SheetRows.equal)
}

// SameFacts reports whether the sheets that state facts are the same in both.
func (c Content) SameFacts(o Content) bool {
	for name := range labelColumns {
		if !c.Sheet(name).equal(o.Sheet(name)) {
			return false
		}
	}
	return true
}

func (s SheetRows) equal(o SheetRows) bool {
	return s.Name == o.Name && slices.Equal(s.Columns, o.Columns) && slices.EqualFunc(s.Rows, o.Rows, func(a, b ContentRow) bool {
		return a.ID == b.ID && slices.Equal(a.Cells, b.Cells) && slices.Equal(a.Mentions, b.Mentions) && slices.Equal(a.Beside, b.Beside)
	})
}
