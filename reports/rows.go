package reports

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A rowWriter writes the rows of a sheet as XML: what excelize's stream writer does too,
// in a quarter of the time. Texts stand in their cells, and no row costs an allocation.
type rowWriter struct {
	w       io.Writer
	buf     []byte
	letters []string        // of the columns
	styles  map[look]string // attribute of cells, by look
	err     error           // of the first write that failed
}

func newRowWriter(w io.Writer, columns int, looks map[look]int) *rowWriter {
	r := &rowWriter{w: w, buf: make([]byte, 0, 2*rowBuffer), styles: map[look]string{}}
	for i := range columns {
		r.letters = append(r.letters, columnName(i))
	}
	for l, id := range looks {
		r.styles[l] = ` s="` + strconv.Itoa(id) + `"`
	}
	return r
}

// rowBuffer is how much is written at once.
const rowBuffer = 1 << 15

// begin begins a row of a height in points.
func (r *rowWriter) begin(row int, height float64) {
	r.buf = strconv.AppendInt(append(r.buf, `<row r="`...), int64(row), 10)
	r.buf = strconv.AppendFloat(append(r.buf, `" ht="`...), height, 'f', -1, 64)
	r.buf = append(r.buf, `" customHeight="1">`...)
}

func (r *rowWriter) cell(column, row int, l look, c Cell) {
	r.buf = append(append(r.buf, `<c r="`...), r.letters[column]...)
	r.buf = append(strconv.AppendInt(r.buf, int64(row), 10), '"')
	r.buf = append(r.buf, r.styles[l]...)
	number, isNumber := c.number()
	switch {
	case isNumber:
		r.buf = strconv.AppendFloat(append(r.buf, `><v>`...), number, 'f', -1, 64)
		r.buf = append(r.buf, `</v></c>`...)
	case c.Text == "":
		r.buf = append(r.buf, `/>`...)
	default:
		r.buf = appendText(append(r.buf, ` t="inlineStr"><is><t xml:space="preserve">`...), fit(c.Text))
		r.buf = append(r.buf, `</t></is></c>`...)
	}
}

func (r *rowWriter) end() {
	r.buf = append(r.buf, `</row>`...)
	if len(r.buf) >= rowBuffer {
		r.flush()
	}
}

func (r *rowWriter) flush() error {
	if r.err == nil {
		_, r.err = r.w.Write(r.buf)
	}
	r.buf = r.buf[:0]
	return r.err
}

// epoch is day 0 of Excel's calendar, from 1 March 1900 on.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// number is what a cell that is no text holds: days as Excel counts them.
func (c Cell) number() (float64, bool) {
	switch c.Type {
	case Day, Moment:
		_, offset := c.Day.Zone()
		seconds := c.Day.Unix() + int64(offset) - epoch.Unix()
		return float64(seconds) / (24 * 60 * 60), true
	case Count, Euro, Share:
		return c.Number, true
	}
	return 0, false
}

// appendText escapes a text for XML: characters that it does not know are replaced, and
// _x0041_, by which Excel writes A, is kept from being read so.
func appendText(b []byte, s string) []byte {
	done := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '&' && c != '<' && c != '>' && c != '_' {
			i++
			continue
		}
		size, replacement := 1, ""
		switch {
		case c == '&':
			replacement = "&amp;"
		case c == '<':
			replacement = "&lt;"
		case c == '>':
			replacement = "&gt;"
		case c == '\t':
			replacement = "&#x9;"
		case c == '\n':
			replacement = "&#xA;"
		case c == '\r':
			replacement = "&#xD;"
		case c == '_':
			if isEscape(s[i:]) {
				replacement = "_x005F_"
			}
		case c < ' ':
			replacement = "\ufffd"
		default:
			var char rune
			if char, size = utf8.DecodeRuneInString(s[i:]); char == utf8.RuneError || char == '\ufffe' || char == '\uffff' {
				replacement = "\ufffd"
			}
		}
		if replacement != "" {
			b = append(append(b, s[done:i]...), replacement...)
			done = i + size
		}
		i += size
	}
	return append(b, s[done:]...)
}

// isEscape reports whether s begins with what Excel reads as a character, _x000D_.
func isEscape(s string) bool {
	return len(s) >= 7 && s[1] == 'x' && s[6] == '_' && strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}

// errFrame is a change of excelize that its users would hear of as damage.
var errFrame = errors.New("the frame has no place for rows or links")

// fill writes the sheet: its frame with the rows, and the links, in it.
func (s *sheet) fill(ctx context.Context, w io.Writer, frame []byte) error {
	const rowsEnd, afterLinks = "</sheetData>", "<pageMargins"
	before, after, ok := strings.Cut(string(frame), rowsEnd)
	validations, rest, ok2 := strings.Cut(after, afterLinks)
	if !ok || !ok2 {
		return errFrame
	}
	r := newRowWriter(w, len(s.table.Columns), s.looks)
	r.buf = append(r.buf, before...)
	if err := s.writeRows(ctx, r); err != nil {
		return err
	}
	r.buf = append(append(r.buf, rowsEnd...), validations...)
	r.buf = append(r.buf, s.links.element()...)
	r.buf = append(append(r.buf, afterLinks...), rest...)
	return r.flush()
}
