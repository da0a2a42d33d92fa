package main

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A row is one line of a reference file by the names of its columns.
type row struct {
	columns map[string]int
	cells   []string
}

// get returns a cell, white space evened out. Asking for a column that the file does
// not have is a programmer's mistake: readCSV has checked them.
func (r row) get(column string) string {
	i, ok := r.columns[column]
	if !ok {
		panic("no column " + column)
	}
	return strings.Join(strings.Fields(r.cells[i]), " ")
}

// list returns a cell that holds a list.
func (r row) list(column string) []string {
	return strings.FieldsFunc(r.get(column), func(c rune) bool { return c == '|' })
}

// A reader reads the files of one folder and keeps the first error.
type reader struct {
	dir string
	err error
}

// read returns the rows of a CSV file, plain or gzipped by its name.
func (rd *reader) read(name string, want ...string) []row {
	if rd.err != nil {
		return nil
	}
	f, err := os.Open(filepath.Join(rd.dir, filepath.FromSlash(name)))
	if err != nil {
		rd.err = err
		return nil
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			rd.err = fmt.Errorf("read %s: %w", name, err)
			return nil
		}
	}
	rows, err := readCSV(in, ',', want)
	if err != nil {
		rd.err = fmt.Errorf("read %s: %w", name, err)
	}
	return rows
}

// readCSV reads a table and refuses one that lacks a wanted column or any row.
func readCSV(in io.Reader, comma rune, want []string) ([]row, error) {
	r := csv.NewReader(in)
	r.Comma = comma
	all, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(all) < 2 {
		return nil, fmt.Errorf("no rows")
	}
	all[0][0] = strings.TrimPrefix(all[0][0], "\ufeff")
	columns := make(map[string]int)
	for i, c := range all[0] {
		columns[strings.TrimSpace(c)] = i
	}
	for _, w := range want {
		if _, ok := columns[w]; !ok {
			return nil, fmt.Errorf("no column %q among %q", w, all[0])
		}
	}
	rows := make([]row, 0, len(all)-1)
	for _, cells := range slices.Clip(all[1:]) {
		rows = append(rows, row{columns, cells})
	}
	return rows, nil
}
