package reports

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"vigie"
	"vigie/reports/returned"
)

// reopened writes sheets of cells as some program might, and opens them as returned.
func reopened(t *testing.T, sheets map[string][][]any) *returned.Workbook {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(sheets))) {
		rows := sheets[name]
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, row := range rows {
			for c, v := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, n+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, ok := v.(string); ok && strings.HasPrefix(formula, "=") {
					err = f.SetCellFormula(name, cell, formula)
				} else {
					err = f.SetCellValue(name, cell, v)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return reopen(t, b.Bytes())
}

func reopen(t *testing.T, content []byte) *returned.Workbook {
	t.Helper()
	name := filepath.Join(t.TempDir(), "retour.xlsx")
	if err := os.WriteFile(name, content, 0o644); err != nil {
		t.Fatal(err)
	}
	w, err := returned.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// TestHazardG3Answers: what clumsy or hostile hands fill in is taken row by row, or
// refused by name.
func TestHazardG3Answers(t *testing.T) {
	key := func(n int) string { return vigie.RowKey(fmt.Sprintf("%016x", n), "mots") }
	w := reopened(t, map[string][][]any{
		"À moi": {
			{"Un titre"}, {}, {"note", "et", "encore"},
			{"Pourquoi", "Ajout", "décision ", "CLÉ", "Correction", "Membre"},
			{"vu", "x", "exact", key(1), nil, "Caen"},
			{nil, "x", " FAUX.", key(2) + " ", nil, "Rouen"},
			{nil, "x", false, key(3)},
			{nil, nil, "pas\u00a0sûr", key(4)},
			{nil, nil, "À corriger", key(5), 12.5},
			{nil, nil, nil, key(6), nil, "rien de décidé"},
			{nil, nil, "=\"faux\"", key(7)},
			{nil, nil, "exact", "=A1"},
			{nil, nil, "exact", key(8), "Caen"},
			{nil, nil, "à corriger", key(9)},
			{nil, nil, nil, key(10), "Caen"},
			{"sans plus", nil, nil, key(11)},
			{nil, nil, "oui", key(12)},
			{nil, nil, "exact", "deadbeef"},
			{nil, nil, "exact"},
			{nil, nil, true, key(13)},
			{nil, nil, "exact", key(14)}, {"deux fois", nil, "Exact", key(14)},
			{nil, nil, "exact", key(15)}, {nil, nil, "faux", key(15)},
			{nil, nil, "à corriger", key(16), "=HYPERLINK(\"http://evil.example\")"},
		},
		"Sans clé": {{"Décision", "Correction", "Pourquoi"}, {"faux"}},
		"Notes":    {{"Décision prise en réunion"}, {"exact"}},
	})
	answers, decidable, err := ReadAnswers(w)
	if err != nil || decidable != 2 {
		t.Fatalf("%d sheets, %v; want 2", decidable, err)
	}
	var got []string
	for _, a := range answers {
		line := fmt.Sprintf("%s %d %s %s", a.Sheet, a.Row, strings.TrimLeft(strings.Split(a.Key, "-")[0], "0"), a.Verdict)
		if a.Correction != "" {
			line += " «" + a.Correction + "»"
		}
		if a.Why != "" {
			line += " (" + a.Why + ")"
		}
		if a.Problem != "" {
			line += " ! " + a.Problem[:min(len(a.Problem), 40)]
		}
		got = append(got, line)
	}
	want := []string{
		"À moi 5 1 right (vu)", "À moi 6 2 wrong", "À moi 7 3 wrong", "À moi 8 4 unsure", "À moi 9 5 correct «12,5»",
	}
	if diff := cmp.Diff(want, got[:5]); diff != "" {
		t.Error(diff)
	}
	for i, part := range []string{
		"no decision", "formula", "a Correction beside « exact »", "without a Correction", "Décision is empty", "Décision is empty", "« oui » is no decision",
		"vigie did not write", "vigie did not write", "« vrai » is no decision", "", "decided on twice", "decided on twice", "formula", "lost its column Clé",
	} {
		a := answers[5+i]
		if (part == "") != (a.Problem == "") || !strings.Contains(a.Problem, part) {
			t.Errorf("%s row %d: %q, want %q", a.Sheet, a.Row, a.Problem, part)
		}
	}
	if len(answers) != 20 || answers[15].Why != "deux fois" {
		t.Errorf("%d answers, want 20; the reason of a row decided twice alike is %q", len(answers), answers[15].Why)
	}
}

// TestVerifyUntouched: a delivered workbook is as it was delivered, by content as kept.
func TestVerifyUntouched(t *testing.T) {
	d := normandie(t)
	tables := Tables(d)
	var b bytes.Buffer
	if err := WriteXLSX(t.Context(), &b, d, tables); err != nil {
		t.Fatal(err)
	}
	text, err := Delivers(tables).JSON()
	if err != nil {
		t.Fatal(err)
	}
	content, err := ReadContent(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Verify(reopen(t, b.Bytes()), content)
	if err != nil || len(got.Changed)+len(got.Missing) > 0 || got.Cells < 500 || len(got.Quotes) == 0 {
		t.Errorf("%d cells, %d quotes, changed %v, missing %v, %v", got.Cells, len(got.Quotes), got.Changed, got.Missing, err)
	}
}

func TestSameCell(t *testing.T) {
	for _, c := range []struct {
		delivered string
		cell      returned.Cell
		want      bool
	}{
		{"0,95", returned.Cell{Text: "0,95", Number: 0.95, Kind: returned.Number}, true},
		{"14/02/2019", returned.Cell{Text: "février 2019", Number: 43510, Kind: returned.Number}, true},
		{"14/02/2019", returned.Cell{Text: "février 2019", Number: 43511, Kind: returned.Number}, false},
		{"1360000000", returned.Cell{Text: "1360000000", Number: 1.36e9, Kind: returned.Number}, true},
		{"200065597", returned.Cell{Text: "200065597", Number: 200065597, Kind: returned.Number}, true},
		{"01001", returned.Cell{Text: "1001", Number: 1001, Kind: returned.Number}, false},
		{"a\r\nb", returned.Cell{Text: "a\nb"}, true},
		{"", returned.Cell{}, true},
		{"12", returned.Cell{Text: "=6+6", Kind: returned.Formula}, false},
		{"=6+6", returned.Cell{Text: "=6+6", Kind: returned.Formula}, false},
	} {
		if got := sameCell(c.delivered, c.cell); got != c.want {
			t.Errorf("%q as %+v: %v", c.delivered, c.cell, got)
		}
	}
}

// TestHazardG3Headers: a sheet whose column of decisions has lost its name, or has two, is
// told, and never read as if nothing had been decided.
func TestHazardG3Headers(t *testing.T) {
	key := vigie.RowKey("0123456789abcdef", "mots")
	for name, tt := range map[string]struct {
		header  []any
		problem string
		answers int
	}{
		"renamed": {[]any{"Membre", "Avis", "Correction", "Pourquoi", "Clé"}, "none called Décision", 1},
		"deleted": {[]any{"Membre", nil, "Correction", nil, "Clé"}, "none called Décision", 1},
		"doubled": {[]any{"Décision", "Décision", "Correction", "Pourquoi", "Clé"}, "two columns are called Décision", 2},
		"as is":   {[]any{"Membre", "Décision", "Correction", "Pourquoi", "Clé"}, "", 1},
	} {
		w := reopened(t, map[string][][]any{"À moi": {{"Un titre"}, tt.header, {"exact", "exact", nil, nil, key}}, "Dictionnaire": {{"Clé", "Ce qui rattache"}, {"Pourquoi", "À remplir"}}})
		answers, decidable, err := ReadAnswers(w)
		if err != nil || decidable != 1 || len(answers) != tt.answers {
			t.Fatalf("%s: %d sheets, answers %+v, %v", name, decidable, answers, err)
		}
		if got := answers[0].Problem; (got == "") != (tt.problem == "") || !strings.Contains(got, tt.problem) {
			t.Errorf("%s: %q, want %q", name, got, tt.problem)
		}
	}
}
