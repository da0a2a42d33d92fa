package reports

import (
	"testing"

	"vigie"
)

func TestInRegion(t *testing.T) {
	d := normandie(t)
	d.Records = []vigie.Record{
		{Scope: ref("territory:Val de Morelle"), Detail: vigie.Label{Territory: "Val de Morelle", Region: "28"}},
		{Scope: ref("territory:Val d'Ailleurs"), Detail: vigie.Label{Territory: "Val d'Ailleurs", Region: "44"}},
	}
	inRegion := d.inRegion()
	for scope, want := range map[string]bool{
		"FR": true, "region:28": true, "region:32": false, "departement:50": true, "departement:80": false,
		"epci:200010700": true, "epci:200006971": false, "commune:14366": true,
		"territory:ti-2801@2018":   true,
		"territory:ti-3213@2018":   true, // led by the Hauts-de-France, partly Norman
		"territory:ti-4401@2023":   false,
		"territory:Val de Morelle": true, // by its label, whatever a fact says of it
		"territory:Val d'Ailleurs": false,
		"territory:Nulle part":     false,
		"epci:999999999":           false,
	} {
		if got := inRegion(vigie.Record{Scope: ref(scope), Detail: vigie.Theme{Theme: "formation"}}); got != want {
			t.Errorf("a fact about %s: got %v, want %v", scope, got, want)
		}
	}
	elsewhere := vigie.Record{Scope: ref("territory:ti-4401@2023"), Detail: vigie.Label{Territory: "Ailleurs", Region: "28"}}
	if !inRegion(elsewhere) {
		t.Error("a label announced in the region is left out")
	}
}

func TestPlace(t *testing.T) {
	d := normandie(t)
	for scope, want := range map[string]string{
		"FR": "France entière", "region:28": "Normandie", "epci:200023414": "Métropole Rouen Normandie",
		"territory:Val de Morelle": "Val de Morelle", "epci:999999999": "999999999",
	} {
		if got := d.place(ref(scope)); got != want {
			t.Errorf("place(%s) = %q, want %q", scope, got, want)
		}
	}
}

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"Normandie": "territoires-normandie.xlsx", "Grand Est": "territoires-grand-est.xlsx",
		"Île-de-France": "territoires-ile-de-france.xlsx", "Provence-Alpes-Côte d'Azur": "territoires-provence-alpes-cote-d-azur.xlsx",
		"La Réunion": "territoires-la-reunion.xlsx", "../Cœur": "territoires-coeur.xlsx",
	} {
		if got := FileName(vigie.Entity{Name: name}); got != want {
			t.Errorf("FileName(%q) = %q, want %q", name, got, want)
		}
	}
}
