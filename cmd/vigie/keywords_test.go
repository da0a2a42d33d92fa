package main

import (
	"slices"
	"strings"
	"testing"

	"vigie/internal/french"
	"vigie/scrapers"
	"vigie/transform"
)

// A programme that is read is also looked for: its name is a default keyword of sources.
func TestProgrammesAreLookedFor(t *testing.T) {
	p, err := transform.New()
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := scrapers.ParseConfig("vigie.yaml", []byte(`sources: [{id: a, publisher: {name: A, kind: epci}, scope: FR, home: "https://a.test/", discover: [{method: feed}]}]`))
	if err != nil {
		t.Fatal(err)
	}
	keywords := cfg.Sources[0].Keywords
	for _, programme := range p.Programmes {
		same := func(k string) bool { return strings.EqualFold(french.Fold(k), french.Fold(programme.Name)) }
		if !slices.ContainsFunc(keywords, same) {
			t.Errorf("no source looks for %q: the default keywords are %q", programme.Name, keywords)
		}
	}
}
