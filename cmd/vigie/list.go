package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A list is a CSV file that somebody else made. It goes back as it came: every row and
// cell in order, parted by the same mark, with the byte order mark that tells a
// spreadsheet its encoding wherever one is needed.
type list struct {
	header []string
	rows   [][]string // as long as the header; nothing at all for an empty line
	comma  rune
	crlf   bool
	mark   bool
}

const byteOrderMark = "\ufeff"

// readList reads a CSV file. What parts its cells is told by its first line, where it has
// the wanted column; a file that is not UTF-8 is windows-1252.
func readList(body []byte, column string) (*list, error) {
	l := &list{}
	if !utf8.Valid(body) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(body)
		if err != nil {
			return nil, err
		}
		body, l.mark = decoded, true
	} else if rest, ok := bytes.CutPrefix(body, []byte(byteOrderMark)); ok {
		body, l.mark = rest, true
	}
	first, _, _ := bytes.Cut(body, []byte("\n"))
	l.crlf = bytes.HasSuffix(first, []byte("\r"))
	l.comma = comma(string(first), column)
	rows, err := records(body, l.comma)
	if err != nil || len(rows) == 0 {
		return l, err
	}
	l.header, l.rows = rows[0], rows[1:]
	l.square()
	return l, nil
}

// comma is the mark by which the first line has the wanted column; else the most frequent one.
func comma(first, column string) rune {
	best, most := ',', 0
	for _, mark := range ",;\t" {
		rows, err := records([]byte(first), mark)
		if err != nil || len(rows) == 0 {
			continue
		}
		n := len(rows[0])
		if find(rows[0], column) >= 0 {
			n += len(first) + 1
		}
		if n > most {
			best, most = mark, n
		}
	}
	return best
}

// records reads all rows, and empty lines as rows of nothing: a reader of CSV drops them,
// but whoever pastes a column beside another counts on them. Quotation marks in the middle
// of a cell are taken as they are where the file is not sound otherwise.
func records(body []byte, comma rune) ([][]string, error) {
	rows, err := recordsOf(body, comma, false)
	if errors.Is(err, csv.ErrBareQuote) || errors.Is(err, csv.ErrQuote) {
		return recordsOf(body, comma, true)
	}
	return rows, err
}

func recordsOf(body []byte, comma rune, lazy bool) ([][]string, error) {
	r := csv.NewReader(bytes.NewReader(body))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, lazy, -1
	var rows [][]string
	for {
		before := r.InputOffset()
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		for range blankLines(body[before:]) {
			rows = append(rows, nil)
		}
		rows = append(rows, row)
	}
}

// blankLines counts the empty lines that a text begins with.
func blankLines(text []byte) (n int) {
	for {
		text = bytes.TrimPrefix(text, []byte("\r"))
		if len(text) == 0 || text[0] != '\n' {
			return n
		}
		text = text[1:]
		n++
	}
}

// square fills rows, so that new columns stand below their names.
func (l *list) square() {
	width := len(l.header)
	for _, row := range l.rows {
		width = max(width, len(row))
	}
	fill := func(row []string) []string { return append(row, make([]string, width-len(row))...) }
	l.header = fill(l.header)
	for i, row := range l.rows {
		if row != nil {
			l.rows[i] = fill(row)
		}
	}
}

// column returns the place of a column, -1 where there is none.
func (l *list) column(name string) int { return find(l.header, name) }

// find prefers the name as it stands to one that differs in spaces or case.
func find(header []string, name string) int {
	if i := slices.Index(header, name); i >= 0 || name == "" {
		return i
	}
	return slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), strings.TrimSpace(name)) })
}

func (l *list) cell(row, column int) string {
	if column < 0 {
		return ""
	}
	return l.rows[row][column]
}

// extend adds columns; one whose name is taken gets a number.
func (l *list) extend(names ...string) {
	for _, name := range names {
		free := name
		for n := 2; l.column(free) >= 0; n++ {
			free = name + "_" + strconv.Itoa(n)
		}
		l.header = append(l.header, free)
	}
}

func (l *list) write(w io.Writer) error {
	if l.mark {
		if _, err := io.WriteString(w, byteOrderMark); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = l.comma, l.crlf
	out.Write(l.header)
	out.WriteAll(l.rows)
	return out.Error()
}
