package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// answer FILE SHEET PATTERN VERDICT [CORRECTION [WHY]] fills in the row of a workbook that
// matches, as an analyst would; it must be one.
func answer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args) > 6 {
		ts.Fatalf("usage: answer FILE SHEET PATTERN VERDICT [CORRECTION [WHY]]")
	}
	setCells(ts, args[0], args[1], args[2], map[string]string{"Décision": args[3], "Correction": at(args, 4), "Pourquoi": at(args, 5)})
}

// setcell FILE SHEET PATTERN COLUMN TEXT changes one cell of a workbook.
func setCell(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 {
		ts.Fatalf("usage: setcell FILE SHEET PATTERN COLUMN TEXT")
	}
	setCells(ts, args[0], args[1], args[2], map[string]string{args[3]: args[4]})
}

// droprow FILE SHEET PATTERN takes a row out of a workbook.
func dropRow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: droprow FILE SHEET PATTERN")
	}
	setCells(ts, args[0], args[1], args[2], nil)
}

// undo FILE VERDICT ARG… takes back the decision of that verdict in a list of JSON lines.
func undo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: undo FILE VERDICT ARG…")
	}
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		var l standing
		ts.Check(json.Unmarshal([]byte(line), &l))
		if string(l.Verdict) == args[1] {
			ts.Check(ts.Exec("vigie", append([]string{"review", "undo", l.ID[:6]}, args[2:]...)...))
			return
		}
	}
	ts.Fatalf("no decision %s in %s", args[1], args[0])
}

func at(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}

func setCells(ts *testscript.TestScript, file, sheet, pattern string, cells map[string]string) {
	workbook, err := os.ReadFile(ts.MkAbs(file))
	ts.Check(err)
	match, err := regexp.Compile(pattern)
	ts.Check(err)
	changed := 0
	workbook, err = eachRow(workbook, sheet, func(row string) (map[string]string, bool) {
		if !match.MatchString(row) {
			return nil, false
		}
		changed++
		return cells, true
	})
	ts.Check(err)
	if changed != 1 {
		ts.Fatalf("%d rows of %s match %q, want one", changed, sheet, pattern)
	}
	ts.Check(os.WriteFile(ts.MkAbs(file), workbook, 0o644))
}

var (
	sheetRow   = regexp.MustCompile(`(?s)<row r="(\d+)"[^>]*>.*?</row>`)
	sheetCell  = regexp.MustCompile(`(?s)<c r="([A-Z]+)\d+"( s="\d+")?(?:[^>]*/>|[^>]*>(.*?)</c>)`)
	sheetMarks = regexp.MustCompile(`<[^>]*>`)
)

// eachRow changes the rows below a sheet's header in a workbook of ours: change is given
// the row's texts, parted by " | ", and says which columns to fill with what, nil to take
// the row out.
func eachRow(workbook []byte, sheet string, change func(row string) (map[string]string, bool)) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, err
	}
	part, err := sheetPart(archive, sheet)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		if f.Name == part {
			content = changeRows(content, change)
		}
		to, err := w.Create(f.Name)
		if err != nil {
			return nil, err
		}
		if _, err := to.Write(content); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

func sheetPart(archive *zip.Reader, sheet string) (string, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := readPart(archive, "xl/workbook.xml", &book); err != nil {
		return "", err
	}
	for i, s := range book.Sheets {
		if s.Name == sheet {
			return fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), nil
		}
	}
	return "", fmt.Errorf("no sheet %q", sheet)
}

func changeRows(page []byte, change func(row string) (map[string]string, bool)) []byte {
	var letters map[string]string // of the columns, by name
	return sheetRow.ReplaceAllFunc(page, func(row []byte) []byte {
		var texts []string
		named := map[string]string{}
		for _, c := range sheetCell.FindAllSubmatch(row, -1) {
			text := unescaped(sheetMarks.ReplaceAll(c[3], nil))
			texts = append(texts, text)
			named[text] = string(c[1])
		}
		if letters == nil {
			if slices.Contains(texts, "Décision") || slices.Contains(texts, "Identifiant") {
				letters = named
			}
			return row
		}
		cells, ok := change(strings.Join(texts, " | "))
		switch {
		case !ok:
			return row
		case cells == nil:
			return nil
		}
		number := sheetRow.FindSubmatch(row)[1]
		return sheetCell.ReplaceAllFunc(row, func(cell []byte) []byte {
			m := sheetCell.FindSubmatch(cell)
			for name, text := range cells {
				if letters[name] == string(m[1]) && text != "" {
					var escaped bytes.Buffer
					xml.EscapeText(&escaped, []byte(text))
					return fmt.Appendf(nil, `<c r="%s%s"%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, m[1], number, m[2], escaped.Bytes())
				}
			}
			return cell
		})
	})
}

func unescaped(s []byte) string {
	var text string
	if err := xml.Unmarshal([]byte("<t>"+string(s)+"</t>"), &text); err != nil {
		return string(s)
	}
	return text
}
