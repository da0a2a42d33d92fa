package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A table is one embedded list. On disk: UTF-8, one row a line, cells parted by tabs,
// the first line names the columns, rows sorted, lists inside a cell parted by a space.
// tables.csv tells of each where it comes from.
type table struct {
	file    string // in data/
	name    string // in French, as reports print it
	source  string
	licence string
	date    string // of the source's state, ISO 8601
	vintage string // millésime, in the publisher's own words
	columns []string
	rows    [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// sort orders rows by all their cells and drops repeats: equal input, equal bytes.
func (t *table) sort() {
	slices.SortFunc(t.rows, slices.Compare[[]string])
	t.rows = slices.CompactFunc(t.rows, slices.Equal[[]string])
}

func (t *table) check() error {
	if len(t.rows) == 0 {
		return fmt.Errorf("%s: no rows", t.file)
	}
	for _, r := range t.rows {
		if len(r) != len(t.columns) {
			return fmt.Errorf("%s: row %q has %d cells, want %d", t.file, r, len(r), len(t.columns))
		}
		if slices.ContainsFunc(r, func(c string) bool { return strings.ContainsAny(c, "\t\n\r") }) {
			return fmt.Errorf("%s: row %q holds a tab or line break", t.file, r)
		}
	}
	return nil
}

func (t *table) bytes() []byte {
	var b bytes.Buffer
	for _, r := range append([][]string{t.columns}, t.rows...) {
		b.WriteString(strings.Join(r, "\t"))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

var catalogueColumns = []string{"file", "name", "source", "licence", "date", "vintage", "rows"}

// catalogue is tables.csv: one line a table, in the order of reports.
func catalogue(tables []*table) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write(catalogueColumns)
	for _, t := range tables {
		w.Write([]string{t.file, t.name, t.source, t.licence, t.date, t.vintage, strconv.Itoa(len(t.rows))})
	}
	w.Flush()
	return b.Bytes()
}
