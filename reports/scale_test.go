package reports

import (
	"fmt"
	"os"
	"slices"
	"time"

	"vigie"
)

// How many territories the workbooks of the tests at scale have: the long tests' are those
// of a programme that labels communes, in all of France.
func manyTerritories() int {
	if os.Getenv("VIGIE_LONG") != "" {
		return 5_000
	}
	return 150
}

// scaled is a report of n territories and communes of a region, and of some elsewhere,
// with all that a report may tell of each: about seven records a territory.
func scaled(n int) *Data {
	s := scale{entities: map[vigie.Ref]vigie.Entity{}}
	s.places()
	for i := range n {
		s.territory(i, "28")
	}
	for i := range n / 10 {
		s.territory(n+i, "44")
	}
	s.national()
	normandy := s.entities[vigie.Ref{Type: vigie.RefRegion, ID: "28"}]
	d := &Data{
		Region: normandy, Day: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Version: "0.1", Edition: "28-20261123T020000.000000Z",
		Known: time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC), Past: &Past{Edition: vigie.Edition{ID: "28-20261122T020000.000000Z", Day: "2026-11-22"}},
		Records: s.records, Official: s.official, Pages: pages(s.records), Sources: s.sources, Refused: s.refused, Asked: s.asked,
		Documents: len(s.records) / 3, Facts: len(s.records),
		Entity:     func(r vigie.Ref) (vigie.Entity, bool) { e, ok := s.entities[r]; return e, ok },
		Press:      func(m vigie.Mention) bool { return m.Publisher == "Le Réveil du bocage" },
		Programmes: map[string]string{"territoires-industrie": "Territoires d'industrie", "villages-avenir": "Villages d'avenir", "petites-villes-de-demain": "Petites villes de demain"},
		Tables:     []OfficialTable{{"Code officiel géographique", "INSEE", "Licence Ouverte 2.0", "2026-01-01", "2026"}},
		Rejected:   s.records[:min(20, len(s.records))],
	}
	for i := 0; i < len(s.records); i += 97 {
		r := s.records[i]
		d.Doubts = append(d.Doubts, vigie.Doubt{Record: r, Why: vigie.Disputed, Decisions: []vigie.Decision{
			{Verdict: vigie.VerdictRight, By: "A. Martin", At: decidedOn}, {Verdict: vigie.VerdictWrong, By: "B. Petit", At: decidedOn},
		}})
		d.Changes = append(d.Changes, Change{
			Sheet: "Chiffres", Row: r.Row(), Label: d.inShortWords(r), How: Changed, Causes: []Cause{World},
			Differences: []Difference{{Column: "Sources", Before: "1", After: "2"}, {Column: "Documents", Before: "1", After: "3"}},
			Why:         "nouveau document", Stated: Stated{Publisher: first(r).Publisher, URL: first(r).URL, Published: first(r).Published},
		})
	}
	return d
}

// A scale is a report in the making.
type scale struct {
	entities map[vigie.Ref]vigie.Entity
	official []vigie.Entity
	records  []vigie.Record
	sources  []SourceLine
	refused  []vigie.Refusal
	asked    []AskedLine
}

var scaleDepartements = map[string][]string{"28": {"14", "27", "50", "61", "76"}, "44": {"08", "10", "51"}}

func (s *scale) add(ref vigie.Ref, name, kind string, in ...vigie.Ref) vigie.Entity {
	e := vigie.Entity{Ref: ref, Name: name, Kind: kind, In: in}
	s.entities[ref] = e
	return e
}

func (s *scale) places() {
	for id, name := range map[string]string{"28": "Normandie", "44": "Grand Est"} {
		s.add(vigie.Ref{Type: vigie.RefRegion, ID: id}, name, "")
		for _, d := range scaleDepartements[id] {
			s.add(vigie.Ref{Type: vigie.RefDepartement, ID: d}, "Département "+d, "", vigie.Ref{Type: vigie.RefRegion, ID: id})
		}
	}
	for i := range 150 {
		state := []vigie.SourceState{vigie.StateOK, vigie.StateQuiet, vigie.StateUnreachable, vigie.StateBlocked}[i%7%4]
		line := SourceLine{
			ID: fmt.Sprintf("source-%03d", i), Publisher: publishers[i%len(publishers)], State: state, Newest: vigie.DateOf(firstScaleDay.AddDate(0, i, i)),
			Documents: 10 * i, Facts: 70 * i, Requests: i, Bytes: int64(i) << 14, Scope: vigie.Ref{Type: vigie.RefRegion, ID: "28"},
		}
		if state == vigie.StateUnreachable {
			line.Error = "le site répond par une erreur : réessai à la prochaine collecte"
		}
		s.sources = append(s.sources, line)
	}
}

var (
	firstScaleDay = time.Date(2018, 11, 22, 0, 0, 0, 0, time.UTC)
	publishers    = []string{
		"Préfecture de la région Normandie", "Le Réveil du bocage", "Direction départementale des territoires et de la mer du Calvados",
		"Région Normandie", "Agence nationale de la cohésion des territoires", "Communauté de communes du Pays de Honfleur-Beuzeville", "CCI Normandie",
	}
	placeNames = []string{
		"Saint-Pierre-en-Auge", "Val-au-Perche", "Le Mesnil-Eudes", "Pays de Bernay, de Conches, du Neubourg et du Sud de l'Eure", "Les Andelys",
		"Œuilly-sur-Risle", "Tessy-Bocage", "Nord Cotentin", "Argences", "Domfront en Poiraie", "Bricquebec-en-Cotentin",
	}
)

// territory makes the i-th one with its records: every eighth has members, every fifth is
// on its official list alone.
func (s *scale) territory(i int, region string) {
	programme, phase, kind := "villages-avenir", "", vigie.RefCommune
	if i%8 == 0 {
		programme, phase, kind = "territoires-industrie", []string{"2018", "2023"}[i/8%2], vigie.RefTerritory
	}
	of := scaleDepartements[region]
	departement := vigie.Ref{Type: vigie.RefDepartement, ID: of[i%len(of)]}
	name := fmt.Sprintf("%s %d", placeNames[i%len(placeNames)], i)
	scope := vigie.Ref{Type: kind, ID: fmt.Sprintf("%s%03d", departement.ID, i)}
	listed := vigie.Ref{Type: vigie.RefTerritory, ID: fmt.Sprintf("va-%d", i)}
	if kind == vigie.RefTerritory {
		scope.ID = fmt.Sprintf("ti-%s%02d@%s", region, i, phase)
		listed = scope
	}
	s.add(scope, name, "", vigie.Ref{Type: vigie.RefRegion, ID: region}, departement)
	e := s.add(listed, name, "", vigie.Ref{Type: vigie.RefRegion, ID: region}, departement)
	e.Programme, e.Phase = programme, phase
	for k := range i % 8 / 7 * 4 {
		e.Members = append(e.Members, s.add(vigie.Ref{Type: vigie.RefEPCI, ID: fmt.Sprintf("2000%05d", 8*i+k)}, fmt.Sprintf("CC du canton %d-%d", i, k), "CC", departement).Ref)
	}
	s.entities[listed] = e
	if region == "28" && i%11 != 0 {
		s.official = append(s.official, e)
	}
	if i%5 == 4 {
		return
	}
	say := func(quote string, d vigie.Detail) { s.say(i, programme, scope, quote, d) }
	say(name+" fait partie des lauréats", vigie.Label{Territory: name, TerritoryID: listed.ID, Region: region, Phase: phase, Status: vigie.Labelled})
	say("Le comité de projet est animé par "+name, vigie.Role{Body: "comite-de-projet", Role: "anime", Holder: "le maire de " + name, HolderKind: vigie.HolderFunction})
	say(fmt.Sprintf("une enveloppe de %d 000 euros pour %s", i+1, name), vigie.Figure{Measure: "funding", Value: float64(i+1) * 1000, Unit: vigie.UnitEuro, Payer: "État"})
	say(fmt.Sprintf("%s compte %d projets", name, i%40), vigie.Figure{Measure: "projects", Value: float64(i % 40), Unit: vigie.UnitCount})
	say("La convention de "+name+" a été signée", vigie.Event{Event: "signature", Date: vigie.DateOf(firstScaleDay.AddDate(0, 0, i%2000)), Place: name})
	say("Le plan porte d'abord sur le foncier", vigie.Theme{Theme: "foncier"})
	for k, m := range e.Members {
		say("avec la "+s.entities[m].Name, vigie.Member{Territory: name, TerritoryID: listed.ID, Member: s.entities[m].Name, MemberID: m.ID})
		if k == 0 {
			say("une nouvelle intercommunalité", vigie.Member{Territory: name, TerritoryID: listed.ID, Member: "Intercom " + name})
		}
	}
}

// say adds a record that one document states, some in a long quote, every tenth another too.
func (s *scale) say(i int, programme string, scope vigie.Ref, quote string, d vigie.Detail) {
	if i%6 == 5 {
		quote += ". " + longQuote
	}
	r := vigie.Record{Programme: programme, Scope: scope, Detail: d, Mentions: []vigie.Mention{mentioned(i, quote)}}
	if i%10 == 3 {
		r.Mentions = append(r.Mentions, mentioned(i+1, quote))
	}
	s.records = append(s.records, r)
}

const longQuote = "Le préfet et le président du conseil régional ont salué « une étape décisive » pour les entreprises, les élus et les habitants, " +
	"avant de rappeler que 12 500 emplois dépendent directement de la filière ; le détail des opérations sera connu à l'automne."

func mentioned(i int, quote string) vigie.Mention {
	page := i / 3
	url := fmt.Sprintf("https://site-%d.example/actualites/%d/une-annonce-de-la-prefecture-%d.html", page%90, 2018+page%8, page)
	return vigie.Mention{Citation: vigie.Citation{
		Document: vigie.NewDocumentID(url, nil), URL: url, Publisher: publishers[page%len(publishers)],
		Title: fmt.Sprintf("Le territoire no %d signe sa convention", page), Published: vigie.DateOf(firstScaleDay.AddDate(0, 0, page%2800)),
	}, Span: vigie.Span{Start: 10 * i, End: 10*i + len([]rune(quote))}, Quote: quote, Confidence: float64(7+i%4) / 10}
}

// national adds what is said of all of France, what was refused, and what documents leave open.
func (s *scale) national() {
	for i, measure := range slices.Sorted(func(yield func(string) bool) {
		for m := range measureWords {
			yield(m)
		}
	}) {
		s.say(i, "territoires-industrie", vigie.France, "183 "+measure, vigie.Figure{Measure: measure, Value: 183, Unit: vigie.UnitCount})
	}
	for i := range len(s.records) / 30 {
		s.refused = append(s.refused, vigie.Refusal{Kind: vigie.KindLabel, What: placeNames[i%len(placeNames)], Reason: "negated", Mention: mentioned(3*i, "n'a pas été retenu")})
		s.asked = append(s.asked, AskedLine{mentioned(30*i, "").Citation, "Le texte annonce 10 territoires, vigie en lit 9 à côté."})
	}
}
