package reports

import (
	"testing"

	"vigie"
)

// label is a record of a status in the first phase of Axe Seine, or of a territory
// that no list knows.
func label(id, status string, said vigie.Date) vigie.Record {
	scope := ref("territory:Val de Morelle")
	name := "Val de Morelle"
	if id != "" {
		scope, name = ref("territory:"+id), "Axe Seine"
	}
	return vigie.Record{
		Programme: "territoires-industrie", Scope: scope,
		Detail:   vigie.Label{Territory: name, TerritoryID: id, Region: "28", Status: status},
		Mentions: []vigie.Mention{{Citation: vigie.Citation{Publisher: "Région", Published: said}, Quote: status}},
	}
}

func TestStatusOfATerritory(t *testing.T) {
	const listed, unlisted = "ti-2801@2018", ""
	for _, c := range []struct {
		name    string
		records []vigie.Record
		status  string
		basis   string
		first   vigie.Date
		others  string
	}{
		{"listed and announced", []vigie.Record{label(listed, vigie.Labelled, "2018-11-22")},
			vigie.Labelled, "annonces et liste officielle", "2018-11-22", ""},
		{"listed, a candidate when we read", []vigie.Record{label(listed, vigie.Candidate, "2018-09-01")},
			vigie.Labelled, "liste officielle", "", "candidat, Région, 1er septembre 2018 : « candidate » "},
		{"announced alone", []vigie.Record{label(unlisted, vigie.Labelled, "2018-11-22")},
			vigie.Labelled, "annonces", "2018-11-22", ""},
		{"a candidate that no list knows", []vigie.Record{label(unlisted, vigie.Candidate, "2018-09-01")},
			vigie.Candidate, "annonces", "2018-09-01", ""},
		{"candidate, then labelled", []vigie.Record{label(unlisted, vigie.Labelled, "2018-11"), label(unlisted, vigie.Candidate, "2018-09-01")},
			vigie.Labelled, "annonces", "2018-11", "candidat, Région, 1er septembre 2018 : « candidate » "},
		{"withdrawn, then remembered as labelled", []vigie.Record{label(listed, vigie.Withdrawn, "2020-01-07"), label(listed, vigie.Labelled, "2021-05-05")},
			vigie.Withdrawn, "annonces ; la liste officielle le garde", "2020-01-07", "labellisé, Région, 5 mai 2021 : « labelled » "},
		{"the same status with and without its phase", []vigie.Record{label(listed, vigie.Labelled, "2019-01-01"), withPhase(label(listed, vigie.Labelled, "2018-12-01"))},
			vigie.Labelled, "annonces et liste officielle", "2018-12-01", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := normandie(t)
			d.Records, d.Official = c.records, nil
			rows := labelledTerritories(d)
			if len(rows) != 1 {
				t.Fatalf("%d rows, want 1: %+v", len(rows), rows)
			}
			r := rows[0]
			if r.status() != c.status || word(basisWords, r.basis()) != c.basis || r.announced() != c.first || r.others(d) != c.others {
				t.Errorf("got  %s | %s | %s | %q\nwant %s | %s | %s | %q",
					r.status(), word(basisWords, r.basis()), r.announced(), r.others(d), c.status, c.basis, c.first, c.others)
			}
		})
	}
}

func withPhase(r vigie.Record) vigie.Record {
	l := labelOf(r)
	l.Phase = "2018"
	r.Detail = l
	return r
}

// ti-2801 is Axe Seine in one phase and Alençon in the other.
func TestPhasesStayApart(t *testing.T) {
	d := normandie(t)
	names := map[string]string{}
	for _, r := range labelledTerritories(d) {
		names[r.id] = r.name
	}
	if names["ti-2801@2018"] != "Axe Seine" || names["ti-2801@2023"] != "Alençon" {
		t.Errorf("got %v", names)
	}
}

func TestDiffering(t *testing.T) {
	d := normandie(t)
	seine := ref("territory:ti-2801@2018")
	if got := statedEPCI(territory{epci: epciFigures(d)[seine]}); got != count(7) {
		t.Errorf("one statement of 7 EPCI: got %+v", got)
	}
	for range 2 { // whichever comes last
		d.Records = append(d.Records, vigie.Record{Scope: seine, Detail: vigie.Figure{Measure: "epci", Value: 8, Unit: vigie.UnitCount}})
		if got := statedEPCI(territory{epci: epciFigures(d)[seine]}); !got.IsEmpty() {
			t.Errorf("statements of 7 and 8 EPCI: got %+v, want none", got)
		}
	}
}
