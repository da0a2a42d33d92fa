package gazetteer

import (
	"slices"
	"sync"
	"testing"

	"vigie"
)

const industry = "territoires-industrie"

var (
	epciOnly    = []string{vigie.RefEPCI}
	communeOnly = []string{vigie.RefCommune}
	territories = []string{vigie.RefTerritory}
	normandie   = []string{"28"}
)

func TestResolve(t *testing.T) {
	g := load(t)
	for _, tt := range []struct {
		name string
		c    Context
		want string // of Ref; empty: open
		rule string
	}{
		// Legal forms, articles, linking words.
		{"communauté de communes de la Baie du Cotentin", Context{}, "epci:200042729", RuleOnly},
		{"CC des Villes Sœurs", Context{}, "epci:247600588", RuleOnly},
		{"la CC de la Côte d'Albâtre", Context{Types: epciOnly, Regions: normandie}, "epci:200069839", RuleDate},
		{"Le Havre Seine Métropole", Context{Types: epciOnly}, "epci:200084952", RuleOnly},
		{"CA Le Havre Seine Métropole", Context{}, "epci:200084952", RuleOnly},
		{"CC de Villedieu", Context{Regions: normandie}, "epci:200043354", RuleOnly},
		{"métropole de Rouen", Context{Regions: normandie}, "epci:200023414", ""},
		{"communauté d’agglomération de la Région Dieppoise (Dieppe-Maritime)", Context{}, "epci:247600786", RuleOnly},
		{"Grenoble-Alpes Métropole", Context{}, "epci:200040715", RuleDate},
		{"métropole de Lyon", Context{}, "epci:200046977", ""},
		// Homonyms.
		{"Saint-Denis", Context{Types: communeOnly}, "", RuleHomonyms},
		{"Saint-Denis", Context{Types: communeOnly, Departements: []string{"93"}}, "commune:93066", ""},
		{"Saint-Denis (93)", Context{Types: communeOnly}, "commune:93066", ""},
		{"Saint-Denis (Seine-Saint-Denis)", Context{Types: communeOnly, Departements: []string{"974"}}, "commune:93066", ""},
		{"Valence", Context{Types: communeOnly}, "", RuleHomonyms},
		{"Vire", Context{Types: communeOnly, Regions: normandie}, "commune:14762", RuleContext},
		{"Aigle (L')", Context{Types: communeOnly}, "commune:61214", RuleOnly},
		{"Lisieux", Context{Types: communeOnly}, "commune:14366", RuleOnly},
		{"Paris", Context{}, "commune:75056", RuleOfficial},
		{"Aube", Context{}, "departement:10", RuleOfficial},
		{"Saint-Martin", Context{}, "", RuleHomonyms},
		{"région Normandie", Context{}, "region:28", RuleOnly},
		{"Perche", Context{Types: epciOnly, Near: []vigie.Ref{{Type: vigie.RefCommune, ID: "28280"}}}, "epci:200006971", ""},
		{"CDC du Pays de Mortagne", Context{Regions: normandie}, "", RuleHomonyms},
		{"CC du Perche", Context{Regions: normandie}, "epci:200006971", RuleOnly},
		{"Lyon", Context{Types: communeOnly, Regions: normandie}, "commune:69123", RuleOnly},
		{"Com. d'agglo. du Cotentin", Context{}, "epci:200067205", RuleOnly},
		{"CA Béthune-Bruay", Context{}, "epci:200072460", RuleOnly},
		{"Guingamp-Paimpol Agglomération", Context{}, "epci:200067981", RuleOnly},
		{"CC Monts", Context{}, "", ""}, // of "Monts, Rance et Rougier" each is a member
		{"Bernay Terres de Normandie", Context{}, "epci:200066413", ""},
		{"dépt de l'Orne", Context{}, "departement:61", RuleOnly},
		{"région PACA", Context{}, "region:93", RuleOnly},
		// Acronyms need a place.
		{"CASE", Context{Types: epciOnly}, "", RuleAcronym},
		{"SNA", Context{Types: epciOnly}, "", RuleAcronym},
		{"SNA", Context{Types: epciOnly, Regions: normandie}, "epci:200072312", RuleOnly},
		{"CODAH", Context{Types: epciOnly, Regions: normandie}, "epci:247600596", RuleOnly},
		// The SIREN of the day.
		{"CASE", Context{Types: epciOnly, Regions: normandie, Date: "2018-11-22"}, "epci:200035665", RuleDate},
		{"agglomération Seine-Eure", Context{Regions: normandie, Date: "2018-11-22"}, "epci:200035665", RuleDate},
		{"agglomération Seine-Eure", Context{Regions: normandie, Date: "2024-01-01"}, "epci:200089456", RuleDate},
		{"Grand Calais Terres & Mers", Context{Date: "2019-03-01"}, "epci:246201149", RuleDate},
		{"CC Eure-Madrie-Seine", Context{Date: "2024-01-01"}, "epci:242700623", RuleOnly},
		// Phases.
		{"Axe Seine", Context{Programme: industry, Phase: "2018"}, "territory:ti-2801@2018", RuleOnly},
		{"Axe Seine", Context{Programme: industry, Phase: "2023"}, "territory:ti-2802@2023", RuleOnly},
		{"Axe Seine", Context{Types: territories, Date: "2019-02-01"}, "territory:ti-2801@2018", RuleOnly},
		{"Axe Seine", Context{Types: territories, Date: "2023-11-09"}, "territory:ti-2802@2023", RuleOnly},
		{"Axe Seine", Context{Types: territories}, "territory:ti-2802@2023", RuleOnly},
		{"Vallée de la Seine", Context{Types: territories, Phase: "2018"}, "territory:ti-2801@2018", RuleOnly},
		{"Alençon", Context{Types: territories, Phase: "2018"}, "", RulePhase},
		{"Alençon", Context{Types: territories, Date: "2019-01-01"}, "", RulePhase},
		{"Sud Manche", Context{Types: territories, Date: "2024-01-01"}, "territory:ti-2808@2018", RuleOnly},
		{"territoire d'industrie Sud-Manche", Context{}, "territory:ti-2808@2018", RuleOnly},
		{"Vallée de la Bresle-Vimeu", Context{Types: territories, Phase: "2023"}, "territory:ti-2809@2023", RuleOnly},
		{"Pont du Gard/Gard Rhodanien", Context{Types: territories}, "territory:ti-7607@2023", RuleLinks},
		{"Alsace bossue – Saverne – Nord Alsace", Context{Types: territories, Phase: "2018"}, "territory:ti-4401@2018", RuleLinks},
		{"Vitry-le-François – Saint-Dizier – Bar-le-Duc", Context{Types: territories, Phase: "2018"}, "territory:ti-4414@2018", RuleLinks},
		{"Langres – Chaumont", Context{Types: territories, Phase: "2018"}, "territory:ti-4403@2018", RuleLinks},
		{"Langres – Chaumont", Context{}, "", ""},
		// Programmes that label communes.
		{"Lisieux", Context{Types: territories, Programme: "action-coeur-de-ville"}, "territory:acv-119", RuleLabel},
		// Parts of names are no names.
		{"Seine", Context{}, "", RuleUnknown},
		{"vallée de la Seine-Maritime", Context{}, "", RuleUnknown},
		{"nord du Cotentin", Context{}, "", RuleFuzzy},
		{"", Context{}, "", RuleUnknown},
		{"communauté de communes", Context{}, "", RuleUnknown},
		{"(Eure)", Context{}, "departement:27", RuleOnly},
		// A typing error is a candidate, never an answer.
		{"Sud Marche", Context{Types: territories}, "", RuleFuzzy},
	} {
		got := g.Resolve(tt.name, tt.c)
		if got.Ref.String() != tt.want || tt.rule != "" && got.Rule != tt.rule {
			t.Errorf("Resolve(%q, %+v) = %v (%s, of %v), want %s (%s)", tt.name, tt.c, got.Ref, got.Rule, got.Candidates, tt.want, tt.rule)
		}
		if !got.Ref.IsZero() && !slices.Contains(got.Candidates, got.Ref) {
			t.Errorf("Resolve(%q): answer %v is not among its candidates %v", tt.name, got.Ref, got.Candidates)
		}
	}
}

// TestPhasesDoNotMix asks for every territory in the other phase: an answer must be of
// the phase asked for.
func TestPhasesDoNotMix(t *testing.T) {
	g := load(t)
	other := map[string]string{"2018": "2023", "2023": "2018"}
	for _, phase := range []string{"2018", "2023"} {
		for _, e := range g.Territories(industry, phase) {
			for _, p := range []string{phase, other[phase]} {
				got := g.Resolve(e.Name, Context{Programme: industry, Phase: p, Types: territories})
				if found, ok := g.Entity(got.Ref); ok && found.Phase != p || p == phase && got.Ref != e.Ref {
					t.Errorf("Resolve(%q) in phase %s = %v", e.Name, p, got.Ref)
				}
			}
		}
	}
}

// TestConcurrentUse is for the race detector: tables decoded when first asked for are shared.
func TestConcurrentUse(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			g.Find("Hervé Morin à Lisieux, CC du Perche")
			g.Resolve("Sud Marche", Context{Types: territories})
			g.Labels("action-coeur-de-ville", "", vigie.Ref{Type: vigie.RefCommune, ID: "14366"})
			g.Communes(vigie.Ref{Type: vigie.RefEPCI, ID: "200084952"}, "")
			g.Announced(vigie.Ref{Type: vigie.RefTerritory, ID: "ti-2801@2018"})
		})
	}
	wg.Wait()
}
