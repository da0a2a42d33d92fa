package reports

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie/internal/xlsxcheck"
)

// What other programs read of a delivered workbook is what was written: every row of
// every sheet, days and numbers as such, texts to the letter.
func TestOtherProgramsRead(t *testing.T) {
	for name, d := range map[string]*Data{"small": normandie(t), "large": scaled(manyTerritories())} {
		workbook := filepath.Join(t.TempDir(), "classeur.xlsx")
		var b bytes.Buffer
		if err := errors.Join(WriteXLSX(t.Context(), &b, d, Tables(d)), os.WriteFile(workbook, b.Bytes(), 0o644), xlsxcheck.Check(b.Bytes())); err != nil {
			t.Fatal(err)
		}
		t.Run(name+" by openpyxl", func(t *testing.T) { sameSheets(t, written(d, typed), readByOpenpyxl(t, workbook)) })
		t.Run(name+" by LibreOffice", func(t *testing.T) { sameSheets(t, written(d, plain), readByLibreOffice(t, workbook)) })
	}
}

// sameSheets compares sheet by sheet and row by row: the difference of two large workbooks would
// be a book of its own.
func sameSheets(t *testing.T, written, read map[string][][]string) {
	t.Helper()
	if diff := cmp.Diff(slices.Sorted(maps.Keys(written)), slices.Sorted(maps.Keys(read))); diff != "" {
		t.Errorf("sheets, -written +read:\n%s", diff)
	}
	for name, rows := range written {
		if len(rows) != len(read[name]) {
			t.Errorf("%s: %d rows written, %d read", name, len(rows), len(read[name]))
			continue
		}
		for i := range rows {
			if !slices.Equal(rows[i], read[name][i]) {
				t.Errorf("%s, row %d, -written +read:\n%s", name, i+3, cmp.Diff(rows[i], read[name][i]))
				break
			}
		}
	}
}

func written(d *Data, show func(Cell) string) map[string][][]string {
	sheets := map[string][][]string{}
	for _, table := range Tables(d) {
		sheets[table.Name] = writtenRows(table, show)
	}
	return sheets
}

// writtenRows are what a sheet should hold from its third row on: column names and rows
// of a grid, sections and rows of a notice; empty cells at a row's end left out.
func writtenRows(t Table, show func(Cell) string) [][]string {
	var rows [][]string
	if t.Layout == Grid {
		var names []string
		for _, c := range t.Columns {
			names = append(names, c.Name)
		}
		rows = append(rows, names)
	}
	section := ""
	for r := range t.Rows {
		cells := r.Cells
		if t.Layout == Notice {
			if cells[0].Text != section {
				section = cells[0].Text
				rows = append(rows, []string{section})
			}
			cells = cells[1:]
		}
		var row []string
		for _, c := range cells {
			row = append(row, show(c))
		}
		rows = append(rows, trimmed(row))
	}
	return rows
}

func plain(c Cell) string {
	switch c.Type {
	case Day:
		return c.Day.Format("2006-01-02")
	case Moment:
		return c.Day.Format("2006-01-02 15:04")
	case Count, Euro, Share:
		return strconv.FormatFloat(c.Number, 'f', -1, 64)
	}
	return c.Text
}

// typed tells a number and a day from the text that looks like them: a SIREN is a text.
func typed(c Cell) string {
	if c.Type == Text {
		return c.Text
	}
	return fmt.Sprintf("%s (type %d)", plain(c), min(c.Type, Count))
}

// trimmed leaves out the empty cells at a row's end.
func trimmed(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

const openpyxlScript = `
import json, sys, openpyxl
def plain(v):
    if v is None: return ""
    if hasattr(v, "strftime"): return v.strftime("%Y-%m-%d %H:%M (type 5)").replace(" 00:00 (type 5)", " (type 4)")
    if isinstance(v, (int, float)): return f"{v} (type 6)"
    return v
book = openpyxl.load_workbook(sys.argv[1])
json.dump({s.title: [[plain(c) for c in row] for row in s.iter_rows(min_row=3, values_only=True)] for s in book}, sys.stdout)
`

func readByOpenpyxl(t *testing.T, file string) map[string][][]string {
	out, err := exec.CommandContext(t.Context(), pythonWithOpenpyxl(t), "-c", openpyxlScript, file).Output()
	if err != nil {
		t.Fatal(err)
	}
	var read map[string][][]string
	if err := json.Unmarshal(out, &read); err != nil {
		t.Fatal(err)
	}
	for _, rows := range read {
		for i := range rows {
			rows[i] = trimmed(rows[i])
		}
	}
	return read
}

func pythonWithOpenpyxl(t *testing.T) string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import openpyxl").Run() == nil {
			return python
		}
	}
	t.Skip("openpyxl not installed: python3 cannot import it")
	return ""
}

func readByLibreOffice(t *testing.T, file string) map[string][][]string {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice not installed: soffice not found")
	}
	dir := t.TempDir()
	// Separator ';', quotes, UTF-8, all columns as they are, values not as shown; -1: every sheet, one file each.
	const filter = `csv:Text - txt - csv (StarCalc):59,34,76,1,,1033,false,false,false,false,false,-1`
	cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", filter, "--outdir", dir, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	read := map[string][][]string{}
	base := strings.TrimSuffix(filepath.Base(file), ".xlsx") + "-"
	found, _ := filepath.Glob(filepath.Join(dir, base+"*.csv"))
	for _, f := range found {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), base), ".csv")
		read[name] = parsed(t, f)
	}
	return read
}

// parsed reads one of LibreOffice's CSV files, its values brought to the form of plain.
func parsed(t *testing.T, file string) [][]string {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for j, s := range row {
			rows[i][j] = unformatted(s)
		}
		rows[i] = trimmed(row)
	}
	return slices.Delete(rows, 0, min(2, len(rows)))
}

// unformatted brings a value as LibreOffice prints it without the cell's format but in its
// language, 14/02/2019 or 95%, to the form of plain: in a LibreOffice that speaks English
// this is what shows that formats name theirs.
func unformatted(s string) string {
	var m, d, y int
	if n, _ := fmt.Sscanf(s, "%2d/%2d/%4d", &d, &m, &y); n == 3 && len(s) == len("14/02/2019") {
		return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	}
	if at, err := time.Parse("02/01/2006 15:04:05", s); err == nil {
		return at.Format("2006-01-02 15:04")
	}
	if v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64); err == nil && strings.HasSuffix(s, "%") {
		return strconv.FormatFloat(v/100, 'f', -1, 64)
	}
	return s
}
