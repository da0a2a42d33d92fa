package reports

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"vigie"
	"vigie/internal/xlsxcheck"
)

// hostile are texts that a spreadsheet program runs, repairs or cuts.
var hostile = []string{
	"=HYPERLINK(\"http://evil.example\")", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "'=1", " =1",
	"null\x00 bell\a escape\x1b", "\ufffe\uffff", "bad \xff utf-8", "_x000D_", "<b>&amp;]]>", "line\nline", "cr\r\nlf",
	"01001", "2A004", "1-2", "1e5", "12/03", "TRUE", "\"quoted\"; and; more", strings.Repeat("é", 40_000), strings.Repeat("𝄞", 20_000), "",
}

// named is a column of a table that only tests make.
func named(name string, t Type, width float64) Column {
	return column(slug(name), name, t, width, name)
}

func hostileTable() Table {
	return fill(Table{Name: "Essais", Title: "Essais", Note: "=1"}, hostile, nil, []field[string]{
		{named("Texte", Text, 30), text},
		{named("Code", Code, 10), text},
		{named("Citation", Quote, 60), text},
		{named("Lien", Link, 20), func(s string) Cell { return address("https://a.example/" + s) }},
	})
}

func TestHostileCells(t *testing.T) {
	f := openWritten(t, hostileTable())
	for i, want := range hostile {
		for _, column := range []string{"A", "B", "C"} {
			cell := column + cellName(0, i+4)[1:]
			if formula, _ := f.GetCellFormula("Essais", cell); formula != "" {
				t.Errorf("%.40q became the formula %s", want, formula)
			}
			if kind, _ := f.GetCellType("Essais", cell); kind != excelize.CellTypeInlineString && want != "" {
				t.Errorf("%.40q became a cell of type %v", want, kind)
			}
			got, err := f.GetCellValue("Essais", cell)
			if err != nil || got != cell16(want) {
				t.Errorf("cell %s: got %.60q, %v; want %.60q", cell, got, err, cell16(want))
			}
		}
	}
}

// cell16 is what a cell may hold of a text: characters that XML knows, at most 32,767
// UTF-16 units of them.
func cell16(s string) string {
	s = legible(s)
	switch {
	case strings.HasPrefix(s, "ééé"):
		return s[:2*32_766] + "…"
	case strings.HasPrefix(s, "𝄞"):
		return s[:4*16_383] + "…"
	}
	return s
}

// legible is what XML can hold of a text.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			return '\ufffd'
		}
		return r
	}, s)
}

// openWritten writes tables as a workbook, checks it and reads it back.
func openWritten(t *testing.T, tables ...Table) *excelize.File {
	t.Helper()
	return openAs(t, &Data{Region: vigie.Entity{Name: "Région & Cie"}, Day: time.Date(2025, 7, 15, 0, 0, 0, 0, time.UTC)}, tables...)
}

func openAs(t *testing.T, d *Data, tables ...Table) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := WriteXLSX(t.Context(), &b, d, tables); err != nil {
		t.Fatal(err)
	}
	if err := xlsxcheck.Check(b.Bytes()); err != nil {
		t.Error(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestLinkable(t *testing.T) {
	for _, c := range []struct {
		address, want string
	}{
		{"https://www.normandie.fr/a%20b?x=1#y", "https://www.normandie.fr/a%20b?x=1#y"},
		{"http://a.example/é", "http://a.example/%C3%A9"},
		{"https://a.example/a b", "https://a.example/a%20b"},
		{"https://a.example/" + strings.Repeat("a", 2_061), "https://a.example/" + strings.Repeat("a", 2_061)},
		{"https://a.example/" + strings.Repeat("a", 2_062), ""},
		{"", ""}, {"javascript:alert(1)", ""}, {"file:///etc/passwd", ""}, {"mailto:a@b.example", ""}, {"https://", ""},
		{"/relative", ""}, {"https://a.example/?q=a b", ""}, {"https://a.example/?q={a}", ""}, {"https://a.example/%zz", ""},
	} {
		got, ok := linkable(c.address)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("linkable(%.60q) = %.60q, %v; want %.60q", c.address, got, ok, c.want)
		}
	}
}

// Links past what a sheet bears stay as text, and are not painted as links.
func TestTooManyLinks(t *testing.T) {
	table := fill(Table{Name: "Liens"}, make([]int, 5), nil, []field[int]{
		{named("Lien", Link, 20), func(int) Cell { return address("https://a.example/") }},
	})
	b, err := newWorkbook()
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	b.maxLinks = 3
	if err := b.addSheet(0, "Liens"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.write(t.Context(), &out, &Data{}, []Table{table}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var linked []bool
	for row := 2; row < 7; row++ {
		has, _, err := f.GetCellHyperLink("Liens", cellName(0, row))
		if value, _ := f.GetCellValue("Liens", cellName(0, row)); value != "https://a.example/" || err != nil {
			t.Errorf("row %d: %q, %v", row, value, err)
		}
		linked = append(linked, has)
	}
	if want := []bool{true, true, true, false, false}; !slices.Equal(linked, want) {
		t.Errorf("linked %v, want %v", linked, want)
	}
}

func TestWorkbookIsDressed(t *testing.T) {
	d := normandie(t)
	tables := Tables(d)
	f := openWritten(t, tables...)
	for _, table := range tables {
		if title, _ := f.GetCellValue(table.Name, "A1"); title != table.Title {
			t.Errorf("%s: A1 holds %q, want the title", table.Name, title)
		}
		layout, err := f.GetPageLayout(table.Name)
		if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
			t.Errorf("%s: page layout %+v, %v", table.Name, layout, err)
		}
		if table.Layout == Notice {
			continue
		}
		panes, err := f.GetPanes(table.Name)
		if err != nil || !panes.Freeze || panes.YSplit != table.headerRow() {
			t.Errorf("%s: panes %+v, %v", table.Name, panes, err)
		}
		if found, err := f.GetTables(table.Name); err != nil || len(found) != 1 {
			t.Errorf("%s: tables %v, %v", table.Name, found, err)
		}
	}
	props, err := f.GetDocProps()
	want := &excelize.DocProperties{
		Title: "Territoires labellisés : Normandie", Subject: "Dispositifs nationaux de labellisation des territoires", Creator: "vigie", LastModifiedBy: "vigie",
		Description: "Situation au 15 juillet 2025", Language: "fr-FR", Created: "2025-07-15T00:00:00Z", Modified: "2025-07-15T00:00:00Z",
	}
	if diff := cmp.Diff(want, props); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestCellsKeepTheirTypes(t *testing.T) {
	f := openWritten(t, fill(Table{Name: "Types"}, []int{0}, nil, []field[int]{
		{named("Jour", Day, 11), func(int) Cell { return day("2019-02-01") }},
		{named("Mois", Day, 11), func(int) Cell { return day("2019-02") }},
		{named("Nombre", Count, 11), func(int) Cell { return count(1234567) }},
		{named("Euros", Count, 11), func(int) Cell { return Cell{Type: Euro, Number: 1.36e9} }},
		{named("Part", Share, 11), func(int) Cell { return Cell{Type: Share, Number: 0.95} }},
		{named("Code", Code, 11), func(int) Cell { return text("01001") }},
		{named("Vide", Count, 11), func(int) Cell { return Cell{} }},
	}))
	rows, err := f.GetRows("Types", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"43497", "", "1234567", "1360000000", "0.95", "01001"}
	if diff := cmp.Diff(want, rows[1]); diff != "" {
		t.Error(diff)
	}
	shown, err := f.GetRows("Types")
	if want := "01/02/2019"; err != nil || shown[1][0] != want {
		t.Errorf("the day shows as %q, want %q (%v)", shown[1][0], want, err)
	}
}
