package extract

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vigie/transform/article"
	"vigie/transform/gazetteer"
	"vigie/transform/programme"
)

// roleGrammar returns the grammar of the embedded tables, with roles for its one extractor
// beside the labels that scopes hang on.
func roleGrammar(t testing.TB) *Grammar {
	t.Helper()
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	all, err := programme.Default()
	if err != nil {
		t.Fatal(err)
	}
	gr, err := New(g, all)
	if err != nil {
		t.Fatal(err)
	}
	gr.extractors = []Extractor{roles{}}
	return gr
}

// TestRolesOnCorpus reads the development corpus and prints what its own score says of
// roles: -v shows it. It fails below figures that were reached.
func TestRolesOnCorpus(t *testing.T) {
	corpus := "../../../shared/corpus"
	pages, _ := filepath.Glob(filepath.Join(corpus, "pages", "*"))
	if len(pages) == 0 {
		t.Skip("no corpus beside the repository")
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("the corpus is scored by a Python script")
	}
	gr := roleGrammar(t)
	pred := filepath.Join(t.TempDir(), "roles.jsonl")
	out, err := os.Create(pred)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	enc := json.NewEncoder(out)
	for _, page := range pages {
		body, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		a, err := article.Read(article.Input{Body: body})
		if a == nil {
			t.Fatalf("read %s: %v", page, err)
		}
		facts, refused := gr.Facts(a)
		for _, f := range facts {
			if f.Detail.Kind() != "role" {
				continue
			}
			line, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			var flat map[string]any
			if err := json.Unmarshal(line, &flat); err != nil {
				t.Fatal(err)
			}
			flat["doc"] = strings.TrimSuffix(filepath.Base(page), filepath.Ext(page))
			if err := enc.Encode(flat); err != nil {
				t.Fatal(err)
			}
			t.Logf("%.12s %s %v | %s | %s", flat["doc"], f.Scope, f.Detail, f.Rule, f.Quote)
		}
		for _, r := range refused {
			if r.Kind == "role" {
				t.Logf("%.12s refused %s: %s | %s", filepath.Base(page), r.Reason, r.What, r.Quote)
			}
		}
	}
	report, err := exec.Command("python3", filepath.Join(corpus, "score.py"), "--errors", filepath.Join(corpus, "gold.jsonl"), pred).Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(report)) {
		if strings.HasPrefix(line, "role") || strings.Contains(line, " role ") || strings.HasPrefix(line, "  role.") {
			t.Log(strings.TrimSpace(line))
		}
	}
}
