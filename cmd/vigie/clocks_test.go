package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigie"
)

// TestANightIsToldAgain lets two weeks of nights, decisions, new and edited documents go
// by: the first and the second night's reports come back byte for byte, and a night's
// report tells what was true on other days.
func TestANightIsToldAgain(t *testing.T) {
	w := newWatch(t, "Sud Manche", "Collines de Normandie")
	w.run(0, "run")
	first := w.files("rapports")
	w.later(8)
	w.page("0.html", "Sud Manche", 99)
	w.page("new.html", "Axe Seine", 77)
	row, quote := w.rowOf("Chiffres", "Collines")
	w.decide(vigie.Decision{ID: "d1", Key: vigie.RowKey(row, quote), Quote: quote, Verdict: vigie.VerdictUnsure, By: "A. Morel"})
	w.run(0, "run")
	second := w.files("rapports")
	w.later(8)
	w.page("1.html", "Collines de Normandie", 5)
	w.decide(vigie.Decision{ID: "d2", Key: vigie.RowKey(row, quote), Quote: quote, Verdict: vigie.VerdictRight, By: "B. Roux"})
	w.run(0, "run")
	w.write("vigie.yaml", strings.Replace(w.read("vigie.yaml"), "Les lettres", "Autre nom", 1))
	w.later(1)
	w.run(0, "run")
	last := w.files("rapports")

	for day, want := range map[string]map[string]string{"2026-03-02": first, "2026-03-10": second} {
		out := filepath.Join(w.dir, "again-"+day)
		w.run(0, "report", "--as-of", day, "--known-on", day, "--out", out)
		for name, got := range w.files("again-" + day) {
			if got != want[name] {
				t.Errorf("%s of %s is not what it was", name, day)
			}
			delete(want, name)
		}
		if len(want) > 0 {
			t.Errorf("of %s are missing: %v", day, want)
		}
	}
	for name, got := range w.files("rapports") {
		if got != last[name] {
			t.Errorf("looking back changed %s", name)
		}
	}

	// As it was known on a day without a report, and at a moment.
	w.run(0, "report", "--known-on", "2026-03-05")
	w.run(0, "report", "--as-of", "2026-03-02", "--known-on", w.now.UTC().Format(time.RFC3339))
	w.run(0, "report", "--as-of", "2026-01-31")
	for folder, want := range map[string]int{"au-2026-03-05-connu-2026-03-05": 2, "au-2026-01-31-connu-2026-03-19": 0} {
		if got := len(w.table(filepath.Join(folder, figuresCSV))); got != want {
			t.Errorf("%s has %d figures, want %d", folder, got, want)
		}
	}
	for flag, value := range map[string]string{"--as-of": "2026-03", "--known-on": "2031-01-01"} {
		if said := w.run(exitMisused, "report", flag, value); !strings.Contains(said, flag+" "+value) {
			t.Errorf("%s %s: %s", flag, value, said)
		}
	}
}

// files are those of a folder, its days' folders and looks back aside, by name.
func (w *watch) files(folder string) map[string]string {
	w.t.Helper()
	root := filepath.Join(w.dir, folder)
	all := map[string]string{}
	err := filepath.WalkDir(root, func(file string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, file)
		if d.IsDir() && (strings.HasPrefix(name, "20") || strings.HasPrefix(name, "au-")) {
			return filepath.SkipDir
		}
		if !d.IsDir() {
			var content []byte
			content, err = os.ReadFile(file)
			all[name] = string(content)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func (w *watch) read(name string) string {
	w.t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(content)
}
