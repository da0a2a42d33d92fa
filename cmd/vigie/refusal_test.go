package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// decideOn fills in the one row of a sheet of the current workbook that holds some words,
// and returns the file.
func (w *watch) decideOn(name, sheet, words string, cells map[string]string) string {
	w.t.Helper()
	rows := 0
	content, err := eachRow([]byte(w.read("rapports/territoires-normandie.xlsx")), sheet, func(row string) (map[string]string, bool) {
		if !strings.Contains(row, words) {
			return nil, false
		}
		rows++
		return cells, true
	})
	if err != nil || rows != 1 {
		w.t.Fatalf("%d rows of %s hold %q, %v", rows, sheet, words, err)
	}
	w.write(name, string(content))
	return filepath.Join(w.dir, name)
}

// says fails unless a text holds all of some others.
func says(t *testing.T, what, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), want) {
			t.Errorf("%s does not say %q:\n%s", what, want, text)
		}
	}
}

// TestARefusalIsContested: that something was refused wrongly is heard, told, listed,
// exported and asked about where analysts differ; no fact comes of it.
func TestARefusalIsContested(t *testing.T) {
	w := newWatch(t, "Sud Manche")
	w.write("site/no.html", strings.Replace(w.read("site/0.html"), "<p>Le territoire Sud Manche est labellisé Territoires d'industrie.</p>",
		"<p>Le territoire Axe Seine n'a pas été labellisé Territoires d'industrie.</p>", 1))
	w.page("1.html", "", 0)
	w.write("site/1.html", w.read("site/no.html"))
	w.run(0, "run")
	const words = "Axe Seine n'a pas été labellisé"
	before := len(w.table("csv/normandie/territoires.csv"))

	file := w.decideOn("a.xlsx", "Lu mais refusé", words, map[string]string{"Décision": "exact", "Pourquoi": "il l'a été en 2018"})
	says(t, "the dry run", w.run(0, "review", "import", file, "--by", "A. Martin", "--dry-run"), "exact: refused wrongly; no fact is made of it", "1 would be taken in")
	w.run(0, "review", "import", file, "--by", "A. Martin")
	says(t, "the list", w.run(0, "review", "list"), "A. Martin  exact     in force  refused: label Axe Seine (negated)")
	w.run(0, "report")
	refused := w.table("csv/normandie/lu-mais-refuse.csv")
	if len(refused) != 1 || !strings.HasPrefix(refused[0]["Décisions prises"], "exact (refusé à tort), A. Martin, ") {
		t.Errorf("the sheet: %v", refused)
	}
	if got := len(w.table("csv/normandie/territoires.csv")); got != before {
		t.Errorf("%d rows of Territoires, %d before: a fact was made of it", got, before)
	}
	says(t, "the summary", w.read("rapports/"+summaryCSV), "Refusés à tort, selon des analystes : 1")

	w.run(0, "review", "export", filepath.Join(w.dir, "cases"))
	says(t, "the export", w.read("cases/refusals.jsonl"), `"stated":true,"kind":"label","what":"Axe Seine","reason":"negated","quote":"Axe Seine n'a pas été labellisé`, `"why":"il l'a été en 2018"`)

	second := w.decideOn("b.xlsx", "Lu mais refusé", words, map[string]string{"Décision": "faux"})
	says(t, "the second", w.run(0, "review", "import", second, "--by", "B. Roux"), "faux: refused rightly")
	w.run(0, "report")
	says(t, "what is asked", w.read("rapports/csv/normandie/a-relire.csv"), "« exact » (A. Martin), « faux » (B. Roux)", "Refusé : label, Axe Seine")
	asked := w.decideOn("c.xlsx", "À relire", "label, Axe Seine", map[string]string{"Décision": "exact"})
	w.run(0, "review", "import", asked, "--by", "B. Roux")
	w.run(0, "report")
	if asked := w.read("rapports/csv/normandie/a-relire.csv"); strings.Contains(asked, "Refusé") {
		t.Errorf("answered, and still asked:\n%s", asked)
	}

	third := w.decideOn("d.xlsx", "Lu mais refusé", words, map[string]string{"Décision": "à corriger", "Correction": "Axe Seine"})
	says(t, "a correction", w.run(exitPartly, "review", "import", third, "--by", "A. Martin"), "nothing was taken from these words that could be corrected")

	w.write("site/1.html", strings.Replace(w.read("site/1.html"), "n'a pas été labellisé", "n'a toujours pas été labellisé", 1))
	w.later(8)
	w.run(0, "run")
	says(t, "what is asked after an edit", w.read("rapports/csv/normandie/a-relire.csv"), "La source a changé ses mots depuis la décision")
	w.write("site/1.html", strings.Replace(w.read("site/1.html"), "n'a toujours pas été", "a été", 1))
	w.later(8)
	w.run(0, "run")
	says(t, "the list, once the page states it", w.run(0, "review", "list"), "waiting")
}
