package extract

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vigie"
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

// TestRolesOnCorpus reads the development corpus and scores roles by its own script; -v
// shows each.
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
	var lines []byte
	for _, page := range pages {
		lines = append(lines, corpusRoles(t, gr, page)...)
	}
	pred := filepath.Join(t.TempDir(), "roles.jsonl")
	if err := os.WriteFile(pred, lines, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := exec.Command("python3", filepath.Join(corpus, "score.py"), "--json", filepath.Join(corpus, "gold.jsonl"), pred).Output()
	if err != nil {
		t.Fatal(err)
	}
	var score struct {
		Kinds map[string]struct{ P, R float64 }
	}
	if err := json.Unmarshal(report, &score); err != nil {
		t.Fatal(err)
	}
	got := score.Kinds["role"]
	t.Logf("precision %.3f, recall %.3f", got.P, got.R)
	if got.P < 0.95 || got.R < 0.95 {
		t.Errorf("roles: precision %.3f, recall %.3f, want 0.95 of both: see the log (-v)", got.P, got.R)
	}
}

// corpusRoles reads one page: its roles as JSON Lines that name the page.
func corpusRoles(t *testing.T, gr *Grammar, page string) []byte {
	t.Helper()
	body, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	a, err := article.Read(article.Input{Body: body})
	if a == nil {
		t.Fatalf("read %s: %v", page, err)
	}
	doc := strings.TrimSuffix(filepath.Base(page), filepath.Ext(page))
	var lines []byte
	facts, refused := gr.Facts(a)
	for _, f := range facts {
		if f.Detail.Kind() != vigie.KindRole {
			continue
		}
		line, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		lines = fmt.Appendf(lines, "{\"doc\":%q,%s\n", doc, line[1:])
		t.Logf("%.12s %s %v | %s | %s", doc, f.Scope, f.Detail, f.Rule, f.Quote)
	}
	for _, r := range refused {
		if r.Kind == vigie.KindRole {
			t.Logf("%.12s refused %s: %s | %s", doc, r.Reason, r.What, r.Quote)
		}
	}
	return lines
}

// BenchmarkRoles reads the roles of the development corpus, articles taken apart before.
func BenchmarkRoles(b *testing.B) {
	pages, _ := filepath.Glob("../../../shared/corpus/pages/*")
	if len(pages) == 0 {
		b.Skip("no corpus beside the repository")
	}
	gr := roleGrammar(b)
	var docs []*Doc
	for _, page := range pages {
		body, err := os.ReadFile(page)
		if err != nil {
			b.Fatal(err)
		}
		a, err := article.Read(article.Input{Body: body})
		if a == nil {
			b.Fatalf("read %s: %v", page, err)
		}
		docs = append(docs, gr.newDoc(a))
	}
	for b.Loop() {
		for _, d := range docs {
			d.read(roles{})
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(docs)), "µs/page")
}
