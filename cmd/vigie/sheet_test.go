package main

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/xml"
	"fmt"
	"slices"

	"github.com/rogpeppe/go-internal/testscript"
)

// sheetRows reads a sheet of a workbook whose texts stand in their cells, as ours do.
func sheetRows(workbook []byte, sheet string) ([][]string, error) {
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, err
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := readPart(archive, "xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	var names []string
	for _, s := range book.Sheets {
		names = append(names, s.Name)
	}
	i := slices.Index(names, sheet)
	if i < 0 {
		return nil, fmt.Errorf("no sheet %q among %q", sheet, names)
	}
	var page struct {
		Rows []struct {
			Cells []struct {
				Value string `xml:"v"`
				Text  string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := readPart(archive, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), &page); err != nil {
		return nil, err
	}
	var rows [][]string
	for _, r := range page.Rows {
		var row []string
		for _, c := range r.Cells {
			row = append(row, c.Text+c.Value)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func readPart(archive *zip.Reader, name string, into any) error {
	f, err := archive.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return xml.NewDecoder(f).Decode(into)
}

// sql FILE STATEMENT does to a database what no command of ours would.
func sqlCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[1])
	ts.Check(err)
}
