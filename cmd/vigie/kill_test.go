package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/internal/xlsxcheck"
	"vigie/store"
)

// TestKill kills runs at any moment, as a power cut does, twice each time, and runs them
// again: the archive, the facts and the report are those of a run that nothing broke.
// VIGIE_LONG=1 VIGIE_KILLS=50 makes it fifty times.
func TestKill(t *testing.T) {
	rounds := 2
	if os.Getenv("VIGIE_LONG") == "1" {
		n, err := strconv.Atoi(cmp.Or(os.Getenv("VIGIE_KILLS"), "20"))
		if err != nil {
			t.Fatalf("VIGIE_KILLS: %v", err)
		}
		rounds = n
	}
	config := killSite(t, 40)
	whole := filepath.Join(t.TempDir(), "whole")
	began := time.Now()
	runWhole(t, config, whole)
	took := time.Since(began)
	want := outcomeOf(t, whole)
	if len(want.documents) != 40 || len(want.facts) < 40 {
		t.Fatalf("%d documents, %d facts: a test of nothing", len(want.documents), len(want.facts))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		dir := filepath.Join(t.TempDir(), fmt.Sprint(round))
		for range 2 {
			killRun(t, config, dir, time.Duration(random.Float64()*float64(took)))
		}
		runWhole(t, config, dir)
		if diff := gocmp.Diff(want, outcomeOf(t, dir), gocmp.AllowUnexported(outcome{})); diff != "" {
			t.Fatalf("round %d, -unbroken +killed:\n%s", round, diff)
		}
	}
	t.Logf("%d rounds of two kills each, an unbroken run takes %v", rounds, took.Round(time.Millisecond))
}

// killSite is a site of some pages with its configuration.
func killSite(t *testing.T, pages int) (config string) {
	folder := t.TempDir()
	feed := `<rss version="2.0"><channel><title>Actualités</title>`
	for i := range pages {
		feed += fmt.Sprintf(`<item><title>Territoires d'industrie, lettre %d</title><link>{{site}}/%d.html</link></item>`, i, i)
		page := fmt.Sprintf(`<html lang="fr"><head><meta charset="utf-8"><title>Lettre %d</title></head><body><main><h1>Territoires d'industrie, lettre %d</h1>
<p>Le territoire Sud Manche est labellisé Territoires d'industrie.</p><p>Le contrat de Territoire d'industrie compte %d actions.</p></main></body></html>`, i, i, i+2)
		write(t, filepath.Join(folder, fmt.Sprintf("%d.html", i)), page)
	}
	write(t, filepath.Join(folder, "rss.xml"), feed+"</channel></rss>")
	s := newSite(folder)
	t.Cleanup(s.Close)
	config = filepath.Join(folder, "vigie.yaml")
	write(t, config, `
contact: essais@vigie.example
network: {allow: [127.0.0.1/32], delay: 0s}
sources:
  - id: lettres
    publisher: {name: Les lettres, kind: etat}
    scope: region:28
    home: `+s.URL+`/
    discover: [{method: feed, url: rss.xml}]
`)
	return config
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func vigieRun(t *testing.T, config, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self)
	c.Args = []string{"vigie", "run", "--config", config, "--db", filepath.Join(dir, "vigie.db"), "--out", filepath.Join(dir, "rapports")}
	return c
}

func runWhole(t *testing.T, config, dir string) {
	t.Helper()
	if out, err := vigieRun(t, config, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// killRun kills a run after a while, unless it has ended by then.
func killRun(t *testing.T, config, dir string, after time.Duration) {
	t.Helper()
	c := vigieRun(t, config, dir)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	<-time.After(after) // not a wait for something: the moment is what the test is about
	c.Process.Kill()
	c.Wait()
}

// An outcome is what a run leaves, but for times.
type outcome struct {
	documents, facts []string
	tables           map[string]string
}

func outcomeOf(t *testing.T, dir string) outcome {
	t.Helper()
	st, err := store.Open(t.Context(), filepath.Join(dir, "vigie.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	var o outcome
	for d, err := range st.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		line := string(d.ID) + " " + d.URL
		for _, c := range d.Captures {
			line += " " + c.Digest
		}
		o.documents = append(o.documents, line)
	}
	for f, err := range st.Facts(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		o.facts = append(o.facts, string(line))
	}
	slices.Sort(o.facts)
	o.tables = delivered(t, filepath.Join(dir, "rapports"))
	if len(o.tables) > 0 { // a backfill makes no report
		checkEditions(t, st, filepath.Join(dir, "rapports"))
	}
	return o
}

// checkEditions holds the store to the folder: nothing is on its way any more, and the
// last edition's files are in their places, those of the day and the current ones.
func checkEditions(t *testing.T, st *store.Store, folder string) {
	t.Helper()
	editions, err := st.Editions(t.Context(), "28", time.Time{})
	if err != nil || len(editions) == 0 || editions[0].State != vigie.EditionPublished {
		t.Fatalf("%d editions, %v: want the last one published", len(editions), err)
	}
	for _, e := range editions[1:] {
		if e.State == vigie.EditionPrepared {
			t.Errorf("edition %s is still on its way", e.ID)
		}
	}
	for _, f := range editions[0].Files {
		for _, place := range []string{folder, filepath.Join(folder, string(editions[0].Day))} {
			content, err := os.ReadFile(filepath.Join(place, f.Name))
			if err != nil || vigie.Digest(content) != f.Digest {
				t.Errorf("%s of edition %s: %v, or another's", filepath.Join(place, f.Name), editions[0].ID, err)
			}
		}
	}
}

// delivered are the tables that state facts; the others tell of the run. Nothing else may
// lie in the folder, and the workbook must be whole.
func delivered(t *testing.T, folder string) map[string]string {
	t.Helper()
	tables := map[string]string{}
	err := filepath.WalkDir(folder, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(file)
		switch name := d.Name(); {
		case err != nil:
			return err
		case name == "territoires-normandie.xlsx":
			return xlsxcheck.Check(content)
		case name == "manifeste-normandie.json":
		case strings.HasPrefix(name, ".") || !slices.Contains([]string{".csv", ".html", ".json", ".jsonl"}, filepath.Ext(name)):
			return fmt.Errorf("%s was left behind", file)
		case filepath.Ext(name) == ".csv" && !slices.Contains([]string{"depuis-la-derniere-fois.csv", "documents.csv", "sommaire.csv", "sources.csv"}, name):
			tables[name] = string(content)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return tables
}
