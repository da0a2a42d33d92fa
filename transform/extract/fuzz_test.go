package extract

import (
	"strings"
	"sync"
	"testing"

	"vigie/transform/article"
	"vigie/transform/gazetteer"
	"vigie/transform/programme"
)

// grammar is loaded once for all tests of this package that read whole texts.
var grammar = sync.OnceValues(func() (*Grammar, error) {
	g, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	all, err := programme.Default()
	if err != nil {
		return nil, err
	}
	return New(g, all)
})

func theGrammar(t testing.TB) *Grammar {
	t.Helper()
	g, err := grammar()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// FuzzFacts reads any text: no panic, facts that hold the contract, and passages and cues
// that stay inside their text.
func FuzzFacts(f *testing.F) {
	for _, s := range []string{
		"Territoires d'industrie\n\nLes CC de la Côte d’Albâtre et de Caux - Austreberthe, et la CA de",
		"Territoires d'industrie : A, B et\n\n- Sud Vilaine → (Redon\n- , , et et :\n\nNom\tEPCI\nGrand Dole\t",
		"Cités éducatives\n\nLens, Liévin / Avion (62) : 3 à 4 M€ d'ici 2026 \"« ' » ( [ ; …",
		"Action cœur de ville\n\nNi A ni B, dont Vichy, n'ont pas été lauréats ? Le maire, M. J.-P., préside-t-il le comité de pilotage",
		"Territoires d'industrie \xff\u0301\u200b\n\n124\nterritoires\n\nle 31 février 2019 a été signé l'accord de de la la",
	} {
		f.Add(s)
		f.Add(strings.ToUpper(s))
	}
	for _, s := range []string{ // each was read in more than linear time once
		"binôme : Jean Petit et Marie Durand, ", "- a\n", "a\n", "Grand Dole a été retenu, ", "2019-2022 ", "1,3 M€ de l'État ", "comité de pilotage ", "M. Petit, ",
		"la CA de Normandie Petites villes de demain à Dole, ", "Ensemble, elles forment Grand Dole. ",
	} {
		f.Add("Territoires d'industrie\n\n" + strings.Repeat(s, 20))
	}
	g := theGrammar(f)
	f.Fuzz(func(t *testing.T, text string) {
		a, err := article.Read(article.Input{Body: []byte(text), MediaType: "text/plain", Published: "2024-03-01"})
		if err != nil {
			return
		}
		d := g.newDoc(a)
		for _, p := range d.Passages {
			if p.Lo < 0 || p.Hi > len(a.Text) || p.Lo >= p.Hi {
				t.Fatalf("passage [%d,%d) of %d bytes", p.Lo, p.Hi, len(a.Text))
			}
		}
		facts, refusals := g.Facts(a)
		for _, f := range facts {
			if err := f.Validate(a.Text); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range refusals {
			if r.Reason == "" || string([]rune(a.Text)[r.Start:r.End]) != r.Quote {
				t.Fatalf("refusal %+v", r)
			}
		}
	})
}
