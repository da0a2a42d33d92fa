package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"vigie"
	"vigie/transform"
	"vigie/transform/article"
)

// replays FOLDER reads the documents of exported decisions by the rules of today: what
// was found right is found, and so is what was found wrong, until a rule is mended.
func replays(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: replays FOLDER")
	}
	p, err := transform.New()
	ts.Check(err)
	found, refused := map[string][]vigie.Fact{}, map[string][]vigie.Refusal{}
	for line := range strings.Lines(ts.ReadFile(filepath.Join(args[0], "docs.jsonl"))) {
		var d caseDocument
		ts.Check(json.Unmarshal([]byte(line), &d))
		body, err := os.ReadFile(ts.MkAbs(filepath.Join(args[0], d.File)))
		ts.Check(err)
		got, err := p.Document(article.Input{Body: body, URL: d.URL, Published: d.Published, Publisher: d.Publisher})
		ts.Check(err)
		found[d.Doc], refused[d.Doc] = got.Facts, got.Refusals
	}
	for line := range strings.Lines(ts.ReadFile(filepath.Join(args[0], "refusals.jsonl"))) {
		var c refusalCase
		ts.Check(json.Unmarshal([]byte(line), &c))
		if !slices.ContainsFunc(refused[c.Doc], func(r vigie.Refusal) bool { return r.Kind == c.Kind && r.What == c.What && r.Quote == c.Quote }) {
			ts.Fatalf("%s is refused no more", line)
		}
	}
	for line := range strings.Lines(ts.ReadFile(filepath.Join(args[0], "gold.jsonl"))) {
		var c struct {
			Doc     string
			Refused bool
			Verdict vigie.Verdict
		}
		var f vigie.Fact
		ts.Check(json.Unmarshal([]byte(line), &c))
		ts.Check(json.Unmarshal([]byte(line), &f))
		is := slices.ContainsFunc(found[c.Doc], func(g vigie.Fact) bool { return g.Detail == f.Detail && g.Quote == f.Quote })
		if want := c.Refused || c.Verdict == vigie.VerdictRight; is != want {
			ts.Fatalf("%s found: %v, want %v", line, is, want)
		}
	}
}
