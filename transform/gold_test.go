package transform_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"vigie"
	"vigie/transform"
	"vigie/transform/article"
)

// Sets of pages with gold facts: the first lies beside the repository and is left out
// where it is absent, the others are in it.
var goldSets = []string{"../../shared/corpus", "../testdata/articles", "../testdata/cites-educatives"}

// A goldFact is a line of a gold file: the fields of FACTS, and what else is right.
type goldFact map[string]any

func (f goldFact) text(field string) string {
	s, _ := f[field].(string)
	return s
}

func (f goldFact) list(field string) []string {
	var all []string
	values, _ := f[field].([]any)
	for _, v := range values {
		if s, ok := v.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

func (f goldFact) optional() bool { return f["optional"] == true }

// with returns a copy with one field changed.
func (f goldFact) with(field string, value any) goldFact {
	f = maps.Clone(f)
	f[field] = value
	return f
}

// A goldPage is a page of a set: its bytes, its blocks as read, and what it states.
type goldPage struct {
	set, doc  string
	published vigie.Date
	body      []byte
	blocks    []block
	gold      []goldFact
	facts     []goldFact
	score     score // of the page as it is
}

// A block is a vigie.Block that carries its own words, so that they can be changed.
type block struct {
	kind  vigie.BlockKind
	level int
	text  string
}

// loadPages reads every set that is there.
func loadPages(t testing.TB, p *transform.Pipeline) []*goldPage {
	t.Helper()
	var all []*goldPage
	for _, set := range goldSets {
		if _, err := os.Stat(filepath.Join(set, "gold.jsonl")); err != nil {
			t.Logf("%s is not there", set)
			continue
		}
		gold := map[string][]goldFact{}
		for _, f := range readLines[goldFact](t, filepath.Join(set, "gold.jsonl")) {
			gold[f.text("doc")] = append(gold[f.text("doc")], f)
		}
		for _, d := range readLines[struct {
			Doc, File string
			Published vigie.Date
		}](t, filepath.Join(set, "docs.jsonl")) {
			page := &goldPage{set: filepath.Base(set), doc: d.Doc, published: d.Published, gold: gold[d.Doc]}
			page.load(t, p, filepath.Join(set, d.File))
			all = append(all, page)
		}
	}
	return all
}

func (g *goldPage) load(t testing.TB, p *transform.Pipeline, file string) {
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	g.body = body
	r, err := p.Document(article.Input{Body: body, Published: g.published})
	if err != nil {
		t.Fatalf("read %s: %v", file, err)
	}
	for _, b := range r.Article.Blocks {
		g.blocks = append(g.blocks, block{b.Kind, b.Level, r.Article.Text[b.Lo:b.Hi]})
	}
	g.facts = flat(t, r.Facts)
	g.score = scoreFacts(g.gold, g.facts)
}

func readLines[T any](t testing.TB, file string) []T {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, v)
	}
	return all
}

// flat puts facts into the form of the gold.
func flat(t testing.TB, facts []vigie.Fact) []goldFact {
	t.Helper()
	var all []goldFact
	for _, f := range facts {
		line, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		var g goldFact
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatal(err)
		}
		all = append(all, g)
	}
	return all
}
