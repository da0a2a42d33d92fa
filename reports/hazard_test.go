package reports

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vigie"
	"vigie/internal/xlsxcheck"
)

// The hazards of what is delivered, one test each: what a source may put into its words
// must not run, break or change anything on the desk of whoever opens the files.

// hostileReport is a report in which every text that comes from a source is s.
func hostileReport(t *testing.T, s string) *Data {
	d := normandie(t)
	said := vigie.Citation{Document: "0123456789abcdef", URL: "https://a.example/?q=" + s, Publisher: s, Title: s, Published: "2019-02-14"}
	m := vigie.Mention{Citation: said, Quote: s, Confidence: 0.5}
	for i := range d.Records {
		d.Records[i].Mentions = []vigie.Mention{m}
	}
	add := func(detail vigie.Detail) {
		d.Records = append(d.Records, vigie.Record{Programme: leadProgramme, Scope: vigie.France, Detail: detail, Mentions: []vigie.Mention{m}})
	}
	add(vigie.Role{Body: "conseil", Role: "preside", Holder: s, HolderKind: vigie.HolderPerson, Function: s, Organisation: s})
	add(vigie.Label{Territory: s, Region: "28", Status: vigie.Labelled})
	add(vigie.Figure{Measure: "funding", Value: 1, Unit: vigie.UnitEuro, Payer: s})
	add(vigie.Event{Event: "meeting", Date: "2019-02", Place: s})
	d.Pages = append(d.Pages, DocumentLine{ID: said.Document, Title: s, Publisher: s, URL: said.URL, Error: s, Local: true})
	d.Refused = append(d.Refused, vigie.Refusal{Kind: vigie.KindLabel, What: s, Reason: s, Mention: m})
	d.Asked = append(d.Asked, AskedLine{Citation: said, Words: s})
	return d
}

// deliveredTo lays a hostile report out, and checks that its workbook is sound.
func deliveredTo(t *testing.T, s string) []Table {
	t.Helper()
	d := hostileReport(t, s)
	tables := Tables(d)
	for i := range tables {
		tables[i].Picture = nil // the map takes its time, and holds no words of a source
	}
	var b bytes.Buffer
	if err := WriteXLSX(t.Context(), &b, d, tables); err != nil {
		t.Fatalf("%.40q: %v", s, err)
	}
	if err := xlsxcheck.Check(b.Bytes()); err != nil {
		t.Errorf("%.40q: %v", s, err)
	}
	return tables
}

func TestF1FormulasAreTexts(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", `=HYPERLINK("http://evil.example")`} {
		for _, table := range deliveredTo(t, s) {
			for name, write := range map[string]func(*bytes.Buffer) error{
				"csv":     func(b *bytes.Buffer) error { return WriteCSV(t.Context(), b, table) },
				"donnees": func(b *bytes.Buffer) error { return writeMachineCSV(t.Context(), b, table) },
			} {
				var b bytes.Buffer
				if err := write(&b); err != nil {
					t.Fatal(err)
				}
				for _, start := range []string{";", ",", "\n", ";\"", ",\""} {
					if strings.Contains(b.String(), start+s+";") || strings.Contains(b.String(), start+s+",") {
						t.Errorf("%s of %s: %q stands as a formula", name, table.Name, s)
					}
				}
			}
		}
	}
}

func TestF2CharactersThatXMLDoesNotKnow(t *testing.T) {
	deliveredTo(t, "a\x00b\x0b\x1f\ufffe\uffff\xff\xed\xa0\x80_x000D_ <&>\"'")
}

func TestF3Limits(t *testing.T) {
	for _, s := range []string{strings.Repeat("é", 40_000), strings.Repeat("𝄞", 20_000), strings.Repeat("a", 32_767), strings.Repeat("a", 32_768)} {
		deliveredTo(t, s)
	}
	table := fill(Table{Name: "Liens"}, make([]int, maxLinks+3), nil, []field[int]{
		{named("Page", Link, 9), func(int) Cell { return address("https://a.example/") }},
	})
	if got := newTally(table, maxLinks).unlinked; got != 3 {
		t.Errorf("%d links are told to be left out, want 3", got)
	}
	lines := leftOut([]tally{{name: "Liens", unlinked: 3}})
	if len(lines) != 1 || lines[0].value.Number != 3 || !strings.Contains(lines[0].remark, "65530") {
		t.Errorf("the summary says %+v", lines)
	}
}

func TestF3SheetAndTableNames(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range Tables(normandie(t)) {
		fold := strings.ToLower(table.Name)
		if n := len([]rune(table.Name)); n > 31 || strings.ContainsAny(table.Name, `[]:*?/\`) || seen[fold] {
			t.Errorf("sheet %q", table.Name)
		}
		seen[fold] = true
		keys, names := map[string]bool{}, map[string]bool{}
		for _, c := range table.Columns {
			if keys[c.Key] || names[strings.ToLower(c.Name)] || c.About == "" {
				t.Errorf("%s: column %q (%s) is there twice, or nothing is said of it", table.Name, c.Name, c.Key)
			}
			keys[c.Key], names[strings.ToLower(c.Name)] = true, true
		}
	}
}

func TestF4CodesStayTexts(t *testing.T) {
	for _, s := range []string{"01001", "2A004", "200065597", "1-2", "12/03", "1e5", "TRUE"} {
		for _, table := range deliveredTo(t, s) {
			for row := range table.Rows {
				for i, c := range row.Cells {
					if c.Text == s && c.Type != Text {
						t.Errorf("%s, %s: %s is a cell of type %d", table.Name, table.Columns[i].Name, s, c.Type)
					}
				}
			}
		}
	}
}

// Both kinds of CSV read back, row by row, whatever the words hold.
func TestF5BothCSVReadBack(t *testing.T) {
	for _, table := range deliveredTo(t, "a;b,\"c\"\r\nd\ne") {
		rows := 1
		for range table.Rows {
			rows++
		}
		for comma, write := range map[rune]func(*bytes.Buffer) error{
			';': func(b *bytes.Buffer) error { return WriteCSV(t.Context(), b, table) },
			',': func(b *bytes.Buffer) error { return writeMachineCSV(t.Context(), b, table) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			if got := countRows(t, b.String(), comma); got != rows {
				t.Errorf("%s with %c: %d rows, want %d", table.Name, comma, got, rows)
			}
		}
	}
}

func countRows(t *testing.T, file string, comma rune) int {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff")))
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Error(err)
	}
	return len(rows)
}

// Nothing but a web page is ever linked, whatever a source gives for an address.
func TestF6LinksLeadToPagesOnly(t *testing.T) {
	for _, url := range []string{"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://a.example", "\\\\host\\share", "https://a.example/\"><script>"} {
		l := newLinks(9)
		link := liveLink(vigie.Mention{Citation: vigie.Citation{URL: url}}, "mots")
		if l.add(0, 1, link) && !strings.HasPrefix(l.pages[0], "https://a.example/%22%3E%3Cscript%3E") {
			t.Errorf("%q is linked as %q", url, l.pages)
		}
	}
}

// Files are named for the region alone, by letters, digits and hyphens.
func TestF7FileNames(t *testing.T) {
	d := hostileReport(t, "../../etc/passwd")
	d.Region.Name = "../Région:\\x\x00/.."
	dir := t.TempDir()
	files, err := Write(t.Context(), dir, d)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name, err := filepath.Rel(dir, f)
		if err != nil || strings.Contains(name, "..") || strings.Trim(filepath.Base(name), "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
			t.Errorf("file %s (%v)", f, err)
		}
	}
}

// The workbook can be read without seeing it: each sheet has a title in A1, a note, one
// header row of unique names, no merged cell; states are words, and links say where they lead.
func TestWorkbookIsAccessible(t *testing.T) {
	d := normandie(t)
	tables := Tables(d)
	f := openAs(t, d, tables...)
	for _, table := range tables {
		if table.Title == "" || table.Note == "" {
			t.Errorf("%s: title %q, note %q", table.Name, table.Title, table.Note)
		}
		if merged, err := f.GetMergeCells(table.Name); len(merged) > 0 || err != nil {
			t.Errorf("%s: %d merged cells, %v", table.Name, len(merged), err)
		}
		if rules, err := f.GetConditionalFormats(table.Name); len(rules) > 0 || err != nil {
			t.Errorf("%s: colours that come with a condition, %v", table.Name, err)
		}
		for row := range table.Rows {
			for i, c := range row.Cells {
				if c.Link != "" && c.Text == "" {
					t.Errorf("%s, %s: a link without words", table.Name, table.Columns[i].Name)
				}
			}
		}
	}
	for _, l := range looks {
		if s := l.style; s.Font != nil && s.Font.Color != "" {
			paper := white
			if len(s.Fill.Color) > 0 {
				paper = s.Fill.Color[0]
			}
			if ratio := contrast(t, s.Font.Color, paper); ratio < 4.5 {
				t.Errorf("%s: contrast %.1f", l.name, ratio)
			}
		}
	}
	if !slices.ContainsFunc(tables, func(t Table) bool { return t.Name == "Dictionnaire" }) {
		t.Error("no dictionary")
	}
}

// contrast is that of WCAG between two colours in hexadecimal.
func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, "#"+a), luminance(t, "#"+b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestHazardD7 has an official text and a newer newspaper disagree: both stay, side by side,
// and a reader is asked which is right.
func TestHazardD7(t *testing.T) {
	count := func(value float64, publisher string, on vigie.Date) vigie.Record {
		return vigie.Record{
			Programme: leadProgramme, Scope: ref("territory:ti-2801@2018"), Detail: vigie.Figure{Measure: "epci", Value: value, Unit: vigie.UnitCount},
			Mentions: []vigie.Mention{{Citation: vigie.Citation{Document: vigie.DocumentID(publisher), Publisher: publisher, Published: on}, Quote: publisher, Confidence: 0.9}},
		}
	}
	d := normandie(t)
	d.Records = []vigie.Record{count(8, "Préfecture", "2019-02-01"), count(7, "Gazette", "2019-02-14")}
	tables := map[string][]string{}
	for _, table := range Tables(d) {
		for row := range table.Rows {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.String())
			}
			tables[table.Name] = append(tables[table.Name], strings.Join(cells, "|"))
		}
	}
	if len(tables["Chiffres"]) != 2 {
		t.Errorf("figures: %q, want both", tables["Chiffres"])
	}
	asked := strings.Join(tables["À relire"], "\n")
	for _, want := range []string{"autre chose : 7 (Gazette, 14 février 2019)", "autre chose : 8 (Préfecture, 1er février 2019)"} {
		if !strings.Contains(strings.ReplaceAll(asked, "\u00a0", " "), want) {
			t.Errorf("asked: %s\nwant %s", asked, want)
		}
	}
}
