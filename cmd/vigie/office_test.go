package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie/reports"
	"vigie/reports/returned"
)

// An officeFile is a workbook that LibreOffice opens, does things to, and saves.
type officeFile struct {
	Open  string `json:"open"`
	Save  string `json:"save"`
	Steps []any  `json:"steps"`
}

// office has LibreOffice work on files, in a profile of its own.
func office(t *testing.T, files ...officeFile) {
	t.Helper()
	job, err := json.Marshal(map[string]any{"profile": filepath.Join(t.TempDir(), "profile"), "files": files})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), pythonWithUNO(t), "../../testdata/office/edit.py")
	cmd.Stdin = bytes.NewReader(job)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
}

func pythonWithUNO(t *testing.T) string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import uno").Run() == nil {
			return python
		}
	}
	t.Skip("python3-uno not installed: python3 cannot import uno")
	return ""
}

// typed is what a test types into a row: by key, by column.
type typed map[string]map[string]string

// rowKeys are the keys of a delivered workbook's rows, by sheet.
func rowKeys(t *testing.T, workbook, sheet string) (keys []string) {
	t.Helper()
	content, err := os.ReadFile(workbook)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := sheetRows(content, sheet)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[2], reports.KeyColumn)
	for _, row := range rows[3:] {
		keys = append(keys, row[at])
	}
	return keys
}

// decidedAtRandom types decisions into a fifth of the rows of a sheet.
func decidedAtRandom(r *rand.Rand, keys []string) typed {
	words := []string{"exact", "faux", "à corriger", "pas sûr", " Exact ", "FAUX", "À corriger", "pas  sûr"}
	answers := typed{}
	for _, key := range keys {
		if r.IntN(5) > 0 {
			continue
		}
		verdict := words[r.IntN(len(words))]
		cells := map[string]string{"Décision": verdict, "Pourquoi": []string{"", "vu à l'instant", "« oui » & <non> ; 12/03", "deux\nlignes"}[r.IntN(4)]}
		if strings.EqualFold(verdict, "à corriger") {
			cells["Correction"] = []string{"14/02/2019", "février 2019", "1 360,5", "0012", "Lieu : Saint-Lô ; Fin : 2022", "M. Œuvré d’Été"}[r.IntN(6)]
		}
		answers[key] = cells
	}
	return answers
}

// handled is what people do to a workbook beside deciding: in any order, with what there is.
func handled(r *rand.Rand, sheet string) []any {
	sorts := map[string][]string{"Chiffres": {"Valeur", "Mesure", "Publié le"}, "Calendrier": {"Lieu", "Nature", "Publié le"}}[sheet]
	steps := []any{
		[]any{"sort", sheet, sorts[r.IntN(len(sorts))], r.IntN(2) == 0},
		[]any{"filter", sheet, "Dispositif", "Action cœur de ville"},
		[]any{"insert-column", sheet, r.IntN(9), "Mes notes"},
		[]any{"insert-rows", sheet, r.IntN(3), 1 + r.IntN(3)},
		[]any{"hide-rows", sheet},
		[]any{"swap-columns", sheet, "Pourquoi", "Émetteur"},
	}
	r.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	return append(steps[:2+r.IntN(5)], []any{"rename", sheet, "À moi " + sheet})
}

// TestRoundTripThroughLibreOffice: what analysts type comes back, all of it and nothing
// else, whatever they did to the workbook and however often it was saved.
func TestRoundTripThroughLibreOffice(t *testing.T) {
	delivered := demoWorkbook(t)
	rounds := 2
	if os.Getenv("VIGIE_LONG") != "" {
		rounds = 12
	}
	dir := t.TempDir()
	var files []officeFile
	var want []typed
	for n := range rounds {
		r := rand.New(rand.NewPCG(2018, uint64(n)))
		all := typed{}
		var steps []any
		for _, sheet := range []string{"Chiffres", "Calendrier"} {
			answers := decidedAtRandom(r, rowKeys(t, delivered, sheet))
			maps.Copy(all, answers)
			if n%2 == 1 { // cells that take what is typed for what it looks like
				steps = append(steps, []any{"general", sheet, "Décision"}, []any{"general", sheet, "Correction"})
				for _, cells := range answers {
					if cells["Correction"] != "" {
						cells["Correction"] = []string{"14/02/2019", "1360,5", "12", "Lieu : Saint-Lô ; Fin : 2022"}[r.IntN(4)]
					}
				}
			}
			steps = append(append(steps, []any{"decide", sheet, answers}), handled(r, sheet)...)
		}
		once, twice := filepath.Join(dir, fmt.Sprintf("%d.xlsx", n)), filepath.Join(dir, fmt.Sprintf("%d, encore.xlsx", n))
		files, want = append(files, officeFile{delivered, once, steps}), append(want, all)
		if n%2 == 1 {
			files, want = append(files, officeFile{once, twice, nil}), append(want, all)
		}
	}
	office(t, files...)
	for n, f := range files {
		if diff := cmp.Diff(asRead(want[n]), answersIn(t, f.Save)); diff != "" {
			t.Errorf("%s, after %v: %s", f.Save, f.Steps, diff)
		}
		out, notes, code := command(t, "", "verify", f.Save, "--db", filepath.Join(filepath.Dir(delivered), "vigie.db"))
		if code != exitDone || !strings.Contains(out, ": all as delivered") {
			t.Errorf("verify %s, after %v: exit %d, %s%s", f.Save, f.Steps, code, out, notes)
		}
	}
}

// asRead is what a row should come back as.
func asRead(all typed) map[string]string {
	lines := map[string]string{}
	for key, cells := range all {
		verdict := strings.ToLower(strings.Join(strings.Fields(cells["Décision"]), " "))
		lines[key] = strings.TrimSpace(verdict + " " + cells["Correction"] + " | " + cells["Pourquoi"])
	}
	return lines
}

func answersIn(t *testing.T, file string) map[string]string {
	t.Helper()
	w, err := returned.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	answers, _, err := reports.ReadAnswers(w)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for _, a := range answers {
		if a.Problem != "" {
			t.Errorf("%s row %d: %s", a.Sheet, a.Row, a.Problem)
		}
		lines[a.Key] = strings.TrimSpace(a.Verdict.French() + " " + a.Correction + " | " + a.Why)
	}
	return lines
}

// demoWorkbook delivers the demo's workbook.
func demoWorkbook(t *testing.T) string {
	t.Helper()
	out := t.TempDir()
	if _, notes, code := command(t, "", "demo", "--quiet", "--out", out); code != exitDone {
		t.Fatalf("demo: exit %d: %s", code, notes)
	}
	return filepath.Join(out, "territoires-normandie.xlsx")
}
