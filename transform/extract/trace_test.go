package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/transform/article"
	"vigie/transform/gazetteer"
	"vigie/transform/programme"
)

// TestTraceTellsTheReading: what the trace counts as facts are the facts, and every match
// stands at the passage that it was read in.
func TestTraceTellsTheReading(t *testing.T) {
	grammar := newGrammar(t)
	a, err := article.Read(article.Input{MediaType: "text/plain", Published: "2019-06-05", Body: []byte(
		"Le Sud Manche est Territoire d'industrie\n\n" +
			"Le Sud Manche est labellisé Territoire d'industrie, comme 124 autres territoires d'industrie. Le Nord Cotentin n'a pas été retenu.\n\n" +
			"Les axes du territoire d'industrie Sud Manche : le recrutement et l'innovation.\n")})
	if err != nil {
		t.Fatal(err)
	}
	facts, refusals := grammar.Facts(a)
	want := map[string]int{"refused": len(refusals)}
	for _, f := range facts {
		want[f.Key()]++
	}
	got := map[string]int{"refused": 0}
	for _, p := range grammar.Trace(a).Passages {
		for _, m := range p.Matches {
			switch {
			case m.Refused != "":
				got["refused"]++
			case !m.Again:
				got[vigie.Key(m.Programme, orFrance(m.Scope), m.Detail)]++
			}
		}
	}
	if len(facts) == 0 || len(refusals) == 0 {
		t.Errorf("%d facts and %d refusals: the text states both", len(facts), len(refusals))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the trace counts other facts (-facts +trace):\n%s", diff)
	}
}

// TestListedTerritoriesAreNoMembers: some territories go by the name of an EPCI.
func TestListedTerritoriesAreNoMembers(t *testing.T) {
	grammar := newGrammar(t)
	a, err := article.Read(article.Input{MediaType: "text/plain", Published: "2019-02-14", Body: []byte(
		"Normandie : dix territoires d'industrie\n\n" +
			"La Normandie compte 10 territoires d'industrie labellisés : Caen Industrie, Collines de Normandie, Côte d'Albâtre, Pays de L'Aigle et Sud Manche.\n")})
	if err != nil {
		t.Fatal(err)
	}
	facts, _ := grammar.Facts(a)
	labels := 0
	for _, f := range facts {
		switch f.Detail.(type) {
		case vigie.Label:
			labels++
		case vigie.Member:
			t.Errorf("a listed territory is a member: %+v", f.Detail)
		}
	}
	if labels != 5 {
		t.Errorf("%d labels, want 5", labels)
	}
}

func newGrammar(t *testing.T) *Grammar {
	t.Helper()
	g, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	programmes, err := programme.Default()
	if err != nil {
		t.Fatal(err)
	}
	grammar, err := New(g, programmes)
	if err != nil {
		t.Fatal(err)
	}
	return grammar
}

func orFrance(r vigie.Ref) vigie.Ref {
	if r.IsZero() {
		return vigie.France
	}
	return r
}
