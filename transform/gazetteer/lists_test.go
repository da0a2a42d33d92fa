package gazetteer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vigie"
)

func TestEntity(t *testing.T) {
	g := load(t)
	got, ok := g.Entity(vigie.Ref{Type: vigie.RefTerritory, ID: "ti-3213@2018"})
	want := vigie.Entity{
		Ref: vigie.Ref{Type: vigie.RefTerritory, ID: "ti-3213@2018"}, Name: "Vallée de la Bresle - Vimeu", Programme: industry, Phase: "2018",
		In: []vigie.Ref{
			{Type: vigie.RefDepartement, ID: "76"}, {Type: vigie.RefDepartement, ID: "80"},
			{Type: vigie.RefRegion, ID: "32"}, {Type: vigie.RefRegion, ID: "28"},
		},
		Members: []vigie.Ref{{Type: vigie.RefEPCI, ID: "200069722"}, {Type: vigie.RefEPCI, ID: "200070944"}, {Type: vigie.RefEPCI, ID: "247600588"}},
		Since:   "2018-11-22",
	}
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("territory (-want +got):\n%s", diff)
	}
	got, _ = g.Entity(vigie.Ref{Type: vigie.RefEPCI, ID: "247600596"})
	if got.Kind != "CA" || got.Until != "2018-12-31" || !cmp.Equal(got.Next, []string{"200084952"}) {
		t.Errorf("CODAH = %+v", got)
	}
	got, _ = g.Entity(vigie.Ref{Type: vigie.RefCommune, ID: "76351"})
	if got.Name != "Le Havre" || !cmp.Equal(got.Departements(), []string{"76"}) || !cmp.Equal(got.Regions(), []string{"28"}) {
		t.Errorf("Le Havre = %+v", got)
	}
	if got, ok := g.Entity(vigie.Ref{Type: vigie.RefEPCI, ID: "000000000"}); ok {
		t.Errorf("unknown EPCI = %+v", got)
	}
}

func TestLists(t *testing.T) {
	g := load(t)
	for _, tt := range []struct {
		programme, phase string
		want             int
	}{
		{industry, "2018", 149}, {industry, "2023", 183}, {industry, "", 332}, {"action-coeur-de-ville", "", 232},
		{"petites-villes-de-demain", "", 1645}, {"villages-d-avenir", "", 2498}, {"cites-educatives", "", 208}, {"no-such", "", 0},
	} {
		if got := g.Territories(tt.programme, tt.phase); len(got) != tt.want {
			t.Errorf("Territories(%q, %q) has %d entries, want %d", tt.programme, tt.phase, len(got), tt.want)
		}
	}
	in28 := 0
	for _, e := range g.Territories(industry, "2018") {
		if len(e.Regions()) > 0 && e.Regions()[0] == "28" {
			in28++
		}
	}
	if in28 != 8 {
		t.Errorf("%d territories of phase 1 led by Normandie, want 8", in28)
	}
}

func TestLabels(t *testing.T) {
	g := load(t)
	for _, tt := range []struct{ programme, phase, commune, want string }{
		{"action-coeur-de-ville", "", "14366", "acv-119"},
		{industry, "2018", "14366", "ti-2805@2018"},
		{industry, "2023", "14366", "ti-2807@2023"},
		{"villages-d-avenir", "", "61310", "va-61-18"}, // Nonant-le-Pin, delegated since
		{"villages-d-avenir", "", "14366", ""},
	} {
		got := ""
		if l := g.Labels(tt.programme, tt.phase, vigie.Ref{Type: vigie.RefCommune, ID: tt.commune}); len(l) == 1 {
			got = l[0].ID
		} else if len(l) > 1 {
			got = "several"
		}
		if got != tt.want {
			t.Errorf("Labels(%q, %q, %s) = %q, want %q", tt.programme, tt.phase, tt.commune, got, tt.want)
		}
	}
}

func TestSuccessor(t *testing.T) {
	g := load(t)
	for _, tt := range []struct {
		epci string
		on   vigie.Date
		want string
	}{
		{"247600596", "", "200084952"}, {"247600596", "2018-06-01", "247600596"}, {"247600596", "2020", "200084952"},
		{"200084952", "", "200084952"}, {"244900692", "", "200060010"}, {"000000000", "", ""},
	} {
		got, ok := g.Successor(vigie.Ref{Type: vigie.RefEPCI, ID: tt.epci}, tt.on)
		if got.ID != tt.want || ok != (tt.want != "") {
			t.Errorf("Successor(%s, %q) = %v, %v, want %q", tt.epci, tt.on, got, ok, tt.want)
		}
	}
}

func TestCommunes(t *testing.T) {
	g := load(t)
	havre := vigie.Ref{Type: vigie.RefEPCI, ID: "200084952"}
	if n := len(g.Communes(havre, "")); n != 54 {
		t.Errorf("Le Havre Seine Métropole has %d communes today, want 54", n)
	}
	if n := len(g.Communes(havre, "2015-01-01")); n != 0 {
		t.Errorf("Le Havre Seine Métropole has %d communes in 2015, before it was made", n)
	}
	if n := len(g.Communes(vigie.Ref{Type: vigie.RefEPCI, ID: "247600596"}, "2015-01-01")); n != 17 {
		t.Errorf("CODAH has %d communes in 2015, want 17", n)
	}
}

func TestAnnounced(t *testing.T) {
	g := load(t)
	got := g.Announced(vigie.Ref{Type: vigie.RefTerritory, ID: "ti-2801@2018"})
	if len(got) != 9 {
		t.Errorf("Axe Seine was announced with %d members, want 9: %v", len(got), got)
	}
	for _, r := range got {
		e, ok := g.Entity(r)
		i, _ := g.find(r)
		if !ok || !inForce(&g.entities[i], "2018-11-22") {
			t.Errorf("announced member %v (%s) was not in force", r, e.Name)
		}
	}
}

func TestAnnouncedIn(t *testing.T) {
	g := load(t)
	for id, want := range map[string]bool{
		"ti-2801@2018": true, "ti-3213@2018": true, "ti-5213@2018": true, // Axe Seine; Bresle and Huisne, led elsewhere
		"ti-2405@2018": false, "ti-2409@2023": false, "ti-2802@2023": false, // Pays de Dreux; Axe Seine of phase 2, of which no page is known
	} {
		if got := g.AnnouncedIn(vigie.Ref{Type: vigie.RefTerritory, ID: id}, "28"); got != want {
			t.Errorf("%s announced in Normandie: %v, want %v", id, got, want)
		}
		if g.AnnouncedIn(vigie.Ref{Type: vigie.RefTerritory, ID: id}, "24") {
			t.Errorf("%s announced in Centre-Val de Loire, of which no page is known", id)
		}
	}
}

func TestFirstName(t *testing.T) {
	g := load(t)
	for word, want := range map[string]string{
		"Jean": "M", "Jean-Pierre": "M", "MARIE-ANGE": "F", "Hervé": "M", "herve": "M", "Virginie": "F", "Dominique": "X", "Normandie": "", "Rouen": "", "": "", "-": "",
	} {
		if got, ok := g.FirstName(word); got != want || ok != (want != "") {
			t.Errorf("FirstName(%q) = %q, %v, want %q", word, got, ok, want)
		}
	}
}

func TestTables(t *testing.T) {
	g := load(t)
	all := g.Tables()
	if len(all) != 11 {
		t.Errorf("%d tables, want 11", len(all))
	}
	for _, tab := range all {
		if tab.Name == "" || tab.Source == "" || tab.Licence == "" || tab.Rows == 0 || tab.Date.Precision() != vigie.DayPrecision {
			t.Errorf("table %+v lacks where it comes from", tab)
		}
	}
}

// TestFoldRune compares the table of letters with Unicode's own decomposition.
func TestFoldRune(t *testing.T) {
	for r := rune(0xC0); r <= 0x17F; r++ {
		base := norm.NFD.String(string(r))[0]
		if base >= 0x80 { // a letter of its own, such as Ø or Đ
			continue
		}
		if kind, got := foldRune(r); kind != runeLetter || got != string(asciiFold[base]) {
			t.Errorf("foldRune(%q) = %q, want %q", r, got, string(asciiFold[base]))
		}
	}
}
