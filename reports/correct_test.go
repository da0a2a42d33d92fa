package reports

import (
	"slices"
	"strings"
	"testing"

	"vigie"
	"vigie/internal/french"
)

// testNames knows the entities of the test's gazetteer by their names and ids.
func testNames(name string, in NameContext) (vigie.Entity, []vigie.Entity) {
	var found []vigie.Entity
	for _, e := range gazetteer() {
		if slices.Contains(in.Types, e.Type) && (e.ID == name || french.Fold(e.Name) == french.Fold(name) && (e.Phase == "" || e.Phase == in.Phase)) {
			found = append(found, e)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return vigie.Entity{}, found
}

func TestCorrect(t *testing.T) {
	sudManche := vigie.Ref{Type: vigie.RefTerritory, ID: "ti-2808@2018"}
	label := vigie.Record{Programme: leadProgramme, Scope: sudManche, Detail: vigie.Label{Territory: "Sud Manche", TerritoryID: "ti-2808@2018", Region: "28", Phase: "2018", Status: vigie.Labelled}}
	member := vigie.Record{Programme: leadProgramme, Scope: sudManche, Detail: vigie.Member{Territory: "Sud Manche", TerritoryID: "ti-2808@2018", Member: "CC de Villedieu Intercom", MemberID: "200043354"}}
	role := vigie.Record{Programme: leadProgramme, Scope: sudManche, Detail: vigie.Role{Body: "comite-de-projet", Role: "preside", Holder: "Mme Martin", HolderKind: vigie.HolderPerson, Function: "maire"}}
	figure := vigie.Record{Programme: leadProgramme, Scope: vigie.France, Detail: vigie.Figure{Measure: "territories", Value: 124, Unit: vigie.UnitCount}}
	event := vigie.Record{Programme: leadProgramme, Scope: sudManche, Detail: vigie.Event{Event: "signature", Date: "2019-03-05", DateEnd: "2019-03-07", Planned: true}}
	period := vigie.Record{Programme: leadProgramme, Scope: sudManche, Detail: vigie.Period{Subject: "contract", Date: "2019"}}
	theme := vigie.Record{Programme: leadProgramme, Scope: sudManche, Detail: vigie.Theme{Theme: "foncier"}}
	for _, c := range []struct {
		record     vigie.Record
		correction string
		want       string // what changes, or a part of the error after "!"
	}{
		{label, "Statut : candidat", "Statut: labellisé → candidat"},
		{label, "statut : CANDIDAT ", "Statut: labellisé → candidat"},
		{label, "Statut\u00a0: «\u00a0retiré\u00a0»", "Statut: labellisé → retiré"},
		{label, "Date du label : 22/11/2018", "Date du label:  → 22 novembre 2018"},
		{label, "Date du label : novembre 2018", "Date du label:  → novembre 2018"},
		{label, "Date du label : 2018", "Date du label:  → 2018"},
		{label, "Axe Seine", "Territoire: Sud Manche (ti-2808@2018) → Axe Seine (ti-2801@2018)"},
		{label, "ti-2801@2023", "Territoire: Sud Manche (ti-2808@2018) → Alençon (ti-2801@2023) | Phase: phase 1 (2018-2022) → phase 2 (2023-2027)"},
		{label, "Phase : phase 2", "!not of that phase"},
		{label, "Région : Grand Est ; Statut : candidat", "Statut: labellisé → candidat | Région: 28 → 44"},
		{label, "Val de Nulle Part", "!no official list knows"},
		{label, "Statut : honoraire", "!none of « candidat », « labellisé », « retiré »"},
		{label, "Statut :", "!a value is needed"},
		{label, "Statut : labellisé", "!says already"},
		{label, "", "!says already"},
		{label, "Statut : candidat ; Statut : retiré", "!twice"},
		{label, "Départements : Manche", "!no column that can be corrected; those are Territoire, Statut"},
		{label, "Date du label : hier", "!"},
		{label, "Date du label : 31/02/2019", "!no date"},
		{member, "CA Mont-Saint-Michel-Normandie", "Membre: CC de Villedieu Intercom (200043354) → CA Mont-Saint-Michel-Normandie (200069425)"},
		{member, "SIREN ou code INSEE : 200069425", "Membre: CC de Villedieu Intercom (200043354) → CA Mont-Saint-Michel-Normandie (200069425)"},
		{member, "Territoire : Axe Seine", "Territoire: Sud Manche (ti-2808@2018) → Axe Seine (ti-2801@2018)"},
		{role, "M. Dupont", "Titulaire: Mme Martin → M. Dupont"},
		{role, "Rôle : élu référent\nFonction :", "Rôle: préside → élu référent | Fonction: maire → "},
		{role, "Instance : comité de pilotage; Nature du titulaire : fonction", "Instance: comité de projet → comité de pilotage | Nature du titulaire: personne → fonction"},
		{role, "Territoire ou portée : France entière", "Territoire ou portée: ti-2808@2018 → France entière"},
		{role, "Territoire ou portée : Caen Industrie", "Territoire ou portée: ti-2808@2018 → ti-2802@2018"},
		{role, "Titulair : M. Dupont", "!no column"},
		{role, "Titulaire : a\x00b", "!control character"},
		{figure, "136", "Valeur: 124 → 136"},
		{figure, "Valeur : 1 360", "Valeur: 124 → 1360"},
		{figure, "0,5", "Valeur: 124 → 0,5"},
		{figure, "de 10 à 30", "Valeur: 124 → 10 | Maximum:  → 30"},
		{figure, "Maximum : 150", "Maximum:  → 150"},
		{figure, "Maximum : 100", "!range"},
		{figure, "1,36 milliard d'euros ; Mesure : financements", "Valeur: 124 → 1360000000 | Mesure: territoires → financements | Unité: nombre → euros"},
		{figure, "1\u202f360\u202f000\u00a0€; Mesure: financements", "Valeur: 124 → 1360000 | Mesure: territoires → financements | Unité: nombre → euros"},
		{figure, "beaucoup", "!no number"},
		{figure, "124 ou plutôt 136", "!no number"},
		{figure, "=1+1", "!no number"},
		{figure, "-5", "!"},
		{event, "06/03/2019", "Date: 5 mars 2019 → 6 mars 2019"},
		{event, "Date : 10/03/2019", "!ends before"},
		{event, "Date : 10/03/2019 ; Fin :", "Date: 5 mars 2019 → 10 mars 2019 | Fin: 7 mars 2019 → "},
		{event, "Date énoncée : mars 2019", "Date: 5 mars 2019 → mars 2019"},
		{event, "Prévu : non ; Lieu : Saint-Lô", "Prévu: prévu →  | Lieu:  → Saint-Lô"},
		{event, "Nature : lancement", "Nature: signature → lancement"},
		{period, "Fin : 2022", "Fin:  → 2022"},
		{period, "Date :", "!without a bound"},
		{theme, "formation et compétences", "Thème: foncier → formation et compétences"},
		{theme, "numerique", "Thème: foncier → numérique"},
		{theme, "la pêche", "!none of"},
	} {
		quote := "Les mots de la source."
		got, err := Correct(c.record, vigie.Mention{Quote: quote, Citation: vigie.Citation{Published: "2019-03-01"}}, c.correction, testNames)
		if part, wrong := strings.CutPrefix(c.want, "!"); wrong {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%q: %+v, %v; want an error with %q", c.correction, got.Changes, err, part)
			}
			continue
		}
		var changes []string
		for _, change := range got.Changes {
			changes = append(changes, change.Column+": "+change.Before+" → "+change.After)
		}
		if s := strings.Join(changes, " | "); err != nil || s != c.want {
			t.Errorf("%q: %s, %v; want %s", c.correction, s, err, c.want)
		}
		if err == nil && (got.Fact.Quote != quote || got.Fact.Detail.Kind() != c.record.Detail.Kind()) {
			t.Errorf("%q: %+v lost its quote or its kind", c.correction, got.Fact)
		}
	}
}
