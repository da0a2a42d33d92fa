package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/store"
	"vigie/transform"
)

// mostMemory is what commands may take at thirty thousand rows, in MiB: import keeps the
// rows that were decided on, verify all.
var mostMemory = map[string]int{"import": 128, "verify": 192}

// TestABigWorkbookComesBack imports and verifies a workbook of thirty thousand rows under
// VIGIE_LONG, of five hundred otherwise: in bounded memory, in time that grows as the rows
// do.
func TestABigWorkbookComesBack(t *testing.T) {
	rows := 500
	if os.Getenv("VIGIE_LONG") != "" {
		rows = 30_000
	}
	w := newWatch(t)
	w.archiveFigures(rows)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	vigieCommand := filepath.Join(w.dir, "vigie-weighed")
	if err := os.Symlink(self, vigieCommand); err != nil {
		t.Fatal(err)
	}
	measured := func(args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), vigieCommand, append(args, "--config", w.config)...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("vigie %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		said, peak, _ := strings.Cut(string(out), "peak ")
		kib, err := strconv.Atoi(strings.TrimSpace(peak))
		if err != nil {
			t.Fatalf("vigie %s: no peak in %q", strings.Join(args, " "), out)
		}
		mib := kib / 1024
		t.Logf("vigie %s %s: %v of CPU, %d MiB", args[0], args[1], cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), mib)
		for _, name := range args[:2] {
			if most := mostMemory[name]; most > 0 && mib > most {
				t.Errorf("vigie %s: %d MiB, want at most %d", name, mib, most)
			}
		}
		return said
	}
	measured("report", "--quiet")
	delivered := filepath.Join(w.dir, "rapports", "territoires-normandie.xlsx")
	if said := measured("verify", delivered); !strings.Contains(said, fmt.Sprintf("%d of %[1]d quotes", rows)) || !strings.Contains(said, ": all as delivered") {
		t.Errorf("verify: %s", said)
	}
	content, err := os.ReadFile(delivered)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	content, err = eachRow(content, "Chiffres", func(string) (map[string]string, bool) {
		n++
		return map[string]string{"Décision": "exact", "Pourquoi": "vu"}, n%10 == 0
	})
	if err != nil {
		t.Fatal(err)
	}
	returned := filepath.Join(w.dir, "retour.xlsx")
	write(t, returned, string(content))
	if said := measured("review", "import", returned, "--by", "A. Martin"); !strings.Contains(said, fmt.Sprintf("%d taken in, 0 as before, 0 refused", rows/10)) {
		t.Errorf("import: %s", said[max(0, len(said)-500):])
	}
	measured("report", "--quiet")
	measured("review", "list")
}

// archiveFigures puts pages into the archive, and a reading of each: a hundred figures.
func (w *watch) archiveFigures(n int) {
	w.t.Helper()
	st := w.store()
	defer st.Close()
	when := w.now
	scope := vigie.Ref{Type: vigie.RefTerritory, ID: "ti-2808@2018"}
	for page := range n / 100 {
		var text strings.Builder
		var facts []vigie.Fact
		for i := range 100 {
			value := page*100 + i + 1
			quote := fmt.Sprintf("Le contrat de Territoire d'industrie de Sud Manche compte %d actions à ce jour.", value)
			fmt.Fprintf(&text, "<p>%s</p>", quote)
			facts = append(facts, vigie.Fact{
				Programme: "territoires-industrie", Scope: scope, Detail: vigie.Figure{Measure: "actions", Value: float64(value), Unit: vigie.UnitCount, Payer: fmt.Sprintf("Lettre %d", page)},
				Mention: vigie.Mention{Quote: quote, Span: vigie.Span{Start: i * 90, End: i*90 + len([]rune(quote))}, Confidence: 0.9},
			})
		}
		url := fmt.Sprintf("https://lettres.example/%d.html", page)
		body := []byte(`<html lang="fr"><head><meta charset="utf-8"><title>Lettre</title></head><body><main><h1>Lettre</h1>` + text.String() + `</main></body></html>`)
		doc := vigie.Document{ID: vigie.NewDocumentID(url, nil), URL: url, Source: "lettres"}
		c := vigie.Capture{Time: when, URL: url, Status: 200, MediaType: "text/html", Digest: vigie.Digest(body)}
		if err := st.Put(w.t.Context(), doc, c, body); err != nil {
			w.t.Fatal(err)
		}
		cited := vigie.Citation{URL: url, Publisher: "Les lettres", Title: "Lettre", Published: "2026-02-01"}
		r := store.Reading{Document: doc.ID, Digest: c.Digest, Version: transform.Version, At: when.Add(time.Minute), Citation: cited, Facts: facts}
		if err := st.PutReading(w.t.Context(), r); err != nil {
			w.t.Fatal(err)
		}
	}
}
