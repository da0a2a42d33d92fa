package reports

import (
	"encoding/json"
	"fmt"
	"io"

	"vigie"
)

// ReadContent reads what [Content.JSON] wrote, row by row: texts that rows share are held
// once, so that a hundred thousand rows take a third of their file.
func ReadContent(r io.Reader) (Content, error) {
	c := contentReader{Decoder: json.NewDecoder(r), texts: map[string]string{}}
	if err := c.read(); err != nil {
		return Content{}, fmt.Errorf("read the content of an edition: %w", err)
	}
	return c.content, nil
}

type contentReader struct {
	*json.Decoder
	content Content
	texts   map[string]string
}

func (c *contentReader) read() error {
	return c.object(func(field string) error {
		if field != "Sheets" {
			return c.skip()
		}
		return c.list(func() error {
			var s SheetRows
			err := c.object(func(field string) error { return c.sheetField(&s, field) })
			c.content.Sheets = append(c.content.Sheets, s)
			return err
		})
	})
}

func (c *contentReader) sheetField(s *SheetRows, field string) error {
	switch field {
	case "Name":
		return c.Decode(&s.Name)
	case "Notice":
		return c.Decode(&s.Notice)
	case "Columns":
		return c.Decode(&s.Columns)
	case "Keys":
		return c.Decode(&s.Keys)
	case "Rows":
		return c.list(func() error {
			var row ContentRow
			if err := c.Decode(&row); err != nil {
				return err
			}
			s.Rows = append(s.Rows, c.shared(row))
			return nil
		})
	}
	return c.skip()
}

func (c *contentReader) skip() error {
	var any json.RawMessage
	return c.Decode(&any)
}

// shared gives a row the texts of rows before it.
func (c *contentReader) shared(row ContentRow) ContentRow {
	for i, cell := range row.Cells {
		row.Cells[i] = c.text(cell)
	}
	row.ID, row.Scope = c.text(row.ID), vigie.Ref{Type: c.text(row.Scope.Type), ID: c.text(row.Scope.ID)}
	for _, all := range [][]Stated{row.Mentions, row.Beside} {
		for i, s := range all {
			all[i] = Stated{vigie.DocumentID(c.text(string(s.Document))), c.text(s.URL), c.text(s.Publisher), vigie.Date(c.text(string(s.Published))), c.text(s.Quote), c.text(s.Row)}
		}
	}
	return row
}

func (c *contentReader) text(s string) string {
	if held, ok := c.texts[s]; ok {
		return held
	}
	c.texts[s] = s
	return s
}

// object reads an object field by field, list a list value by value; null is an empty one.
func (c *contentReader) object(field func(name string) error) error {
	return c.within('{', func() error {
		name, err := c.Token()
		if err != nil {
			return err
		}
		return field(name.(string))
	})
}

func (c *contentReader) list(value func() error) error { return c.within('[', value) }

func (c *contentReader) within(open json.Delim, next func() error) error {
	switch t, err := c.Token(); {
	case err != nil || t == nil:
		return err
	case t != open:
		return fmt.Errorf("%v where %v should be", t, open)
	}
	for c.More() {
		if err := next(); err != nil {
			return err
		}
	}
	_, err := c.Token()
	return err
}
