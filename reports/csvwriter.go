package reports

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A csvWriter writes rows of values, each straight into one buffer: a value costs no
// allocation, whatever its type. Not encoding/csv, which takes texts only, and with CRLF
// rewrites the line ends inside quotes from the sources too.
type csvWriter struct {
	w     io.Writer
	buf   []byte
	comma byte
	end   string // of a line
	first bool   // nothing is in the row yet
	err   error  // of the first write that failed
}

func newCSVWriter(w io.Writer, comma byte, end string) *csvWriter {
	return &csvWriter{w: w, buf: make([]byte, 0, 2*csvBuffer), comma: comma, end: end, first: true}
}

// csvBuffer is how much is written at once.
const csvBuffer = 1 << 16

// next begins a value.
func (c *csvWriter) next() {
	if !c.first {
		c.buf = append(c.buf, c.comma)
	}
	c.first = false
}

// text writes a value that may hold anything, in quotation marks where it must.
func (c *csvWriter) text(s string) {
	c.next()
	s = harmless(s)
	if strings.IndexByte(s, '"') < 0 {
		if strings.IndexByte(s, c.comma) < 0 && strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\r') < 0 {
			c.buf = append(c.buf, s...)
			return
		}
		c.buf = append(append(append(c.buf, '"'), s...), '"')
		return
	}
	c.buf = append(append(append(c.buf, '"'), strings.ReplaceAll(s, `"`, `""`)...), '"')
}

// plain writes a value that holds nothing that parts values.
func (c *csvWriter) plain(value func([]byte) []byte) {
	c.next()
	c.buf = value(c.buf)
}

func (c *csvWriter) endRow() {
	c.first = true
	c.buf = append(c.buf, c.end...)
	if len(c.buf) >= csvBuffer {
		c.flush()
	}
}

func (c *csvWriter) flush() error {
	if c.err == nil {
		_, c.err = c.w.Write(c.buf)
	}
	c.buf = c.buf[:0]
	return c.err
}

// formulaStarts are what a spreadsheet takes for the beginning of a formula, the
// full-width forms that some read like the plain ones among them.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// harmless keeps a text from being run as a formula, by an apostrophe before it.
// Spreadsheets skip spaces before they look.
func harmless(s string) string {
	if s == "" || s[0] >= '0' && s[0] < utf8.RuneSelf && s[0] != '=' && s[0] != '@' {
		return s // a letter or a digit, as nearly all do
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0"))
	if strings.ContainsRune(formulaStarts, first) {
		return "'" + s
	}
	return s
}

// appendNumber writes a number with all its digits: 1360000000, 0.95.
func appendNumber(b []byte, v float64) []byte {
	if whole := int64(v); float64(whole) == v && -1e15 < v && v < 1e15 {
		return strconv.AppendInt(b, whole, 10)
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

// appendFrench writes a value as French readers type it: 14/02/2019, 1360000000, 0,95.
func (c Cell) appendFrench(b []byte) []byte {
	switch c.Type {
	case Day, Moment:
		y, m, d := c.Day.Date()
		b = append(appendDigits(b, d, 2), '/')
		b = append(appendDigits(b, int(m), 2), '/')
		b = appendDigits(b, y, 4)
		if c.Type == Moment {
			b = append(appendDigits(append(b, ' '), c.Day.Hour(), 2), ':')
			b = appendDigits(b, c.Day.Minute(), 2)
		}
		return b
	case Count, Euro, Share:
		at := len(b)
		b = appendNumber(b, c.Number)
		for i := at; i < len(b); i++ {
			if b[i] == '.' {
				b[i] = ','
			}
		}
		return b
	}
	return append(b, c.Text...)
}

// appendMachine writes a day, a moment or a number as programs read it.
func (c Cell) appendMachine(b []byte) []byte {
	switch c.Type {
	case Day:
		return c.Day.AppendFormat(b, time.DateOnly)
	case Moment:
		return c.Day.UTC().AppendFormat(b, time.RFC3339)
	}
	return appendNumber(b, c.Number)
}

// appendDigits writes n in as many digits as are asked for, or more where it has them.
func appendDigits(b []byte, n, digits int) []byte {
	for limit := 10; digits > 1; digits-- {
		if n < limit {
			b = append(b, '0')
		}
		limit *= 10
	}
	return strconv.AppendInt(b, int64(n), 10)
}
