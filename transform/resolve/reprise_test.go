package resolve

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

// prose makes a text of n words that share no run of five with another seed's.
func prose(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 0))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("Mot%c%c%c", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26))
	}
	return strings.Join(words, " ")
}

func TestPrintsTellTextsApart(t *testing.T) {
	release, other := prose(1, 300), prose(2, 300)
	long := prose(3, 5_000)
	for _, tt := range []struct {
		name string
		a, b string
		same bool
	}{
		{"itself", release, release, true},
		{"in capitals, with other marks", release, strings.ReplaceAll(strings.ToUpper(release), " ", "\u00a0– "), true},
		{"with another beginning", release, prose(4, 40) + "\n\n" + release, true},
		{"cut", release, release[:len(release)/2], true},
		{"within a page twice as long", release, other + " " + release, true},
		{"a long text and its half", long, long[:len(long)/2], true},
		{"another", release, other, false},
		{"one paragraph in common", release, release[:len(release)/4] + other, false},
		{"too short to tell", "Le comité se réunit à Caen ce jour", "Le comité se réunit à Caen ce jour", false},
		{"nothing", "", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := PrintOf(tt.a), PrintOf(tt.b)
			if a.Same(b) != tt.same || b.Same(a) != tt.same {
				t.Errorf("same: %v, want %v", a.Same(b), tt.same)
			}
			if diff := cmp.Diff(a, ParsePrint(a.String())); diff != "" && len(a) > 0 {
				t.Errorf("a print does not come back (-want +got):\n%s", diff)
			}
		})
	}
}

// TestATextCountsOnce: twelve sites that carry one text are its reprises, and a text of
// its own that says the same is not.
func TestATextCountsOnce(t *testing.T) {
	release := prose(1, 200)
	texts := []Text{
		{"prefecture", "2018-11-22", PrintOf(release)},
		{"own", "2018-11-23", PrintOf(prose(2, 200))},
		{"undated", "", PrintOf(release + prose(9, 20))},
	}
	for i := range 12 {
		texts = append(texts, Text{vigie.DocumentID(fmt.Sprintf("site%02d", i)), "2018-11-24", PrintOf(prose(uint64(20+i), 30) + " " + release)})
	}
	first := Reprises(texts)
	if len(first) != 13 || first["own"] != "" || first["prefecture"] != "" || first["site07"] != "prefecture" || first["undated"] != "prefecture" {
		t.Errorf("Reprises: %v, want the twelve sites and the undated one to repeat prefecture", first)
	}
	label := vigie.Label{Territory: "Sud Manche", TerritoryID: "ti-2808@2018", Status: vigie.Labelled}
	scope := vigie.Ref{Type: vigie.RefTerritory, ID: "ti-2808@2018"}
	quoting := said("quoting", "2018-12-01", scope, label)
	quoting.Quote = "Les dix territoires normands, dont le Sud Manche, sont retenus par le Gouvernement ce jeudi."
	source := said("prefecture", "2018-11-22", scope, label)
	source.Quote = "Les dix territoires normands — dont le Sud Manche — sont retenus par le Gouvernement ce jeudi"
	records := Records([]vigie.Fact{quoting, source, said("site03", "2018-11-24", scope, label), said("own", "2018-11-23", scope, label)})
	MarkReprises(records, first)
	got := map[vigie.DocumentID]vigie.DocumentID{}
	for i, m := range records[0].Mentions {
		got[m.Document] = records[0].Origins[i]
	}
	want := map[vigie.DocumentID]vigie.DocumentID{"prefecture": "", "own": "", "site03": "prefecture", "quoting": "prefecture"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}
