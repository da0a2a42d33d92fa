package reports

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
)

// normandie is a report's data as a night in July 2025 might bring them: the facts of
// testdata/reports/records.jsonl, invented but for the official names and numbers.
func normandie(t testing.TB) *Data {
	t.Helper()
	names := gazetteer()
	all := records(t)
	return &Data{
		Region: vigie.Entity{Ref: vigie.Ref{Type: vigie.RefRegion, ID: "28"}, Name: "Normandie"},
		Day:    time.Date(2025, 7, 15, 4, 30, 0, 0, time.UTC),
		First:  true,
		Entity: func(r vigie.Ref) (vigie.Entity, bool) { e, ok := names[r]; return e, ok },
		Official: []vigie.Entity{
			names[ref("territory:ti-2801@2018")], names[ref("territory:ti-2808@2018")], names[ref("territory:ti-5213@2018")],
			names[ref("territory:ti-2801@2023")], names[ref("territory:ti-2802@2023")],
		},
		Programmes: map[string]string{"territoires-industrie": "Territoires d'industrie", "action-coeur-de-ville": "Action cœur de ville"},
		Press:      func(m vigie.Mention) bool { return m.Publisher == "L'Écho du littoral" },
		Records:    all,
		Pages:      pages(all),
		Sources: []SourceLine{
			{ID: "prefecture-normandie", Publisher: "Préfecture de la région Normandie", State: vigie.StateOK, Newest: "2025-07-10", Documents: 214, Facts: 1320, Requests: 31, Bytes: 1_234_567, Refusals: 2, Forbidden: 3, Reserved: 5},
			{ID: "region-normandie", Publisher: "Région Normandie", State: vigie.StateQuiet, Newest: "2025-05-28", Documents: 96, Facts: 611},
			{ID: "cci-normandie", Publisher: "CCI Normandie", State: vigie.StateChanged, Newest: "2025-01-09", Documents: 40, Facts: 133, Failed: 3, Error: "Le sélecteur « .article-body » ne trouve plus rien : revoir cci-normandie.yaml."},
			{ID: "echo-littoral", Publisher: "L'Écho du littoral", State: vigie.StateBlocked, Newest: "2024-12", Documents: 12, Facts: 21, Failed: 12, Error: "robots.txt refuse la rubrique économie."},
		},
		Sites:     []SourceLine{{Publisher: "web.archive.org", Requests: 48, Bytes: 654_321}},
		Documents: 362, Facts: 2085, Version: "0.1",
		Tables: []OfficialTable{
			{"Code officiel géographique", "INSEE", "Licence Ouverte 2.0", "2026-01-01", "2026"},
			{"Territoires d'industrie, phase 2 (183 territoires)", "ANCT", "Licence Ouverte 2.0", "2024-07-04", "2023"},
		},
		Questions: []string{"Deux sources divergent sur le nombre de territoires en France : 124 et 136."},
		Refused: []vigie.Refusal{
			{Kind: vigie.KindLabel, What: "Saint-Lô", Reason: "negated", Mention: spoken("L'Écho du littoral", "https://echo.example/2019/03/la-carte", "Saint-Lô, lui, n’a pas été retenu.")},
			{Kind: vigie.KindFigure, What: "30", Reason: "conditional", Mention: spoken("Région Normandie", "https://www.region.example/actualites/territoires-industrie-normandie", "Trente projets pourraient être aidés.")},
		},
		Asked: []AskedLine{{
			spoken("Préfecture de la région Normandie", "https://www.prefecture.example/Actualites/Territoires-d-industrie", "").Citation,
			"Le texte annonce 10 territoires, vigie en lit 9 à côté : « dix territoires normands » ; « l’Axe Seine, le Nord Cotentin […] ».",
		}},
		Candidates: func(name, _ string, _ []string) []vigie.Entity {
			if name == "Val de Morelle" {
				return []vigie.Entity{names[ref("territory:ti-2801@2018")]}
			}
			return nil
		},
		Rejected: []vigie.Record{wrong(all)},
		Doubts:   []vigie.Doubt{doubted(all)},
	}
}

func spoken(publisher, url, quote string) vigie.Mention {
	return vigie.Mention{Citation: vigie.Citation{
		Document: vigie.NewDocumentID(url, nil), URL: url, Publisher: publisher, Title: "Sans titre", Published: "2019-03-07",
	}, Quote: quote, Confidence: 0.9}
}

// pages are the documents of records, as an archive might have them.
func pages(all []vigie.Record) []DocumentLine {
	byID := map[vigie.DocumentID]*DocumentLine{}
	var ids []vigie.DocumentID
	seen := time.Date(2025, 7, 1, 2, 30, 0, 0, time.UTC)
	for _, r := range all {
		for _, m := range r.Mentions {
			if byID[m.Document] == nil {
				ids = append(ids, m.Document)
				byID[m.Document] = &DocumentLine{
					ID: m.Document, Publisher: m.Publisher, Title: m.Title, URL: m.URL, Published: m.Published, Digest: vigie.Digest([]byte(m.URL)),
					First: seen, Last: seen.AddDate(0, 0, 3), Versions: 1, Status: 200, Local: true,
				}
			}
			byID[m.Document].Facts++
		}
	}
	var lines []DocumentLine
	for _, id := range ids {
		lines = append(lines, *byID[id])
	}
	lines[1].ReprintOf, lines[2].Status, lines[2].Versions = lines[0].ID, 404, 2
	return lines
}

var decidedOn = time.Date(2025, 7, 10, 8, 0, 0, 0, time.UTC)

// wrong is a figure that an analyst called wrong.
func wrong(all []vigie.Record) vigie.Record {
	r := all[len(all)-1]
	r.Scope, r.Detail = vigie.France, vigie.Figure{Measure: "projects", Value: 12, Unit: vigie.UnitCount}
	r.Decisions = []vigie.Decision{{Verdict: vigie.VerdictWrong, By: "A. Martin", Why: "c'est un objectif", At: decidedOn}}
	return r
}

// doubted is a record about which two analysts disagree.
func doubted(all []vigie.Record) vigie.Doubt {
	return vigie.Doubt{Record: all[0], Why: vigie.Disputed, Decisions: []vigie.Decision{
		{Verdict: vigie.VerdictRight, By: "A. Martin", At: decidedOn}, {Verdict: vigie.VerdictWrong, By: "B. Petit", At: decidedOn},
	}}
}

// records are the facts of the file, equal ones merged.
func records(t testing.TB) []vigie.Record {
	t.Helper()
	f, err := os.Open("../testdata/reports/records.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	byKey := map[string]int{}
	var all []vigie.Record
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var fact vigie.Fact
		if err := json.Unmarshal(lines.Bytes(), &fact); err != nil {
			t.Fatal(err)
		}
		i, ok := byKey[fact.Key()]
		if !ok {
			i = len(all)
			byKey[fact.Key()] = i
			all = append(all, vigie.Record{Programme: fact.Programme, Scope: fact.Scope, Detail: fact.Detail})
		}
		all[i].Mentions = append(all[i].Mentions, fact.Mention)
	}
	for _, r := range all {
		slices.SortStableFunc(r.Mentions, oldestFirst)
	}
	return all
}

func ref(s string) vigie.Ref {
	r, err := vigie.ParseRef(s)
	if err != nil {
		panic(err)
	}
	return r
}

// gazetteer knows the names of the test's ids.
func gazetteer() map[vigie.Ref]vigie.Entity {
	names := map[vigie.Ref]vigie.Entity{}
	for _, line := range strings.Split(strings.TrimSpace(places), "\n") {
		f := strings.Split(line, "|") // ref, name, kind, in, members, until
		e := vigie.Entity{Ref: ref(f[0]), Name: f[1], Kind: f[2], In: refs(f[3]), Members: refs(f[4]), Until: vigie.Date(f[5])}
		if e.Type == vigie.RefTerritory {
			e.Programme, e.Phase = "territoires-industrie", phaseOf(e.ID)
		}
		names[e.Ref] = e
	}
	return names
}

func refs(s string) []vigie.Ref {
	var all []vigie.Ref
	for _, f := range strings.Fields(s) {
		all = append(all, ref(f))
	}
	return all
}

const places = `
region:28|Normandie||||
region:32|Hauts-de-France||||
region:44|Grand Est||||
region:52|Pays de la Loire||||
departement:14|Calvados||region:28||
departement:27|Eure||region:28||
departement:50|Manche||region:28||
departement:61|Orne||region:28||
departement:72|Sarthe||region:52||
departement:76|Seine-Maritime||region:28||
departement:80|Somme||region:32||
territory:ti-2801@2018|Axe Seine||region:28 departement:27 departement:76|epci:200010700 epci:200023414 epci:200070142 epci:200071454 epci:200072312 epci:200084952 epci:200089456|
territory:ti-2802@2018|Caen Industrie||region:28 departement:14|epci:200065597|
territory:ti-2803@2018|Collines de Normandie||region:28 departement:14 departement:61|epci:200035814 epci:200068799|
territory:ti-2804@2018|Côte d'Albâtre||region:28 departement:76|epci:200068534 epci:200069839 epci:247600729 epci:247600786|
territory:ti-2805@2018|Lisieux Industrie||region:28 departement:14|epci:200069532|
territory:ti-2806@2018|Nord Cotentin||region:28 departement:50|epci:200042729 epci:200067205|
territory:ti-2807@2018|Pays de l'Aigle||region:28 departement:61|epci:200068468|
territory:ti-2808@2018|Sud Manche||region:28 departement:50|epci:200043354 epci:200069425|
territory:ti-3213@2018|Vallée de la Bresle||region:32 region:28 departement:76 departement:80|epci:200069722 epci:247600588 epci:200070944|
territory:ti-5213@2018|Vallée de l'Huisne||region:52 region:28 departement:61 departement:72|epci:200071504 epci:200068435 epci:200006971 epci:247200686|
territory:ti-2801@2023|Alençon||region:28 region:52 departement:61 departement:72|epci:246100663|
territory:ti-2802@2023|Axe Seine||region:28 departement:27 departement:76|epci:200010700 epci:200023414|
territory:ti-4401@2023|Ailleurs||region:44||
epci:200010700|CA Caux Seine Agglo|CA|region:28 departement:76||
epci:200023414|Métropole Rouen Normandie|METRO|region:28 departement:76||
epci:200043354|CC de Villedieu Intercom|CC|region:28 departement:50||
epci:200069425|CA Mont-Saint-Michel-Normandie|CA|region:28 departement:50||
epci:200070142|CC Lyons Andelle|CC|region:28 departement:27||
epci:200071454|CA Evreux Portes de Normandie|CA|region:28 departement:27||
epci:200072312|CA Seine Normandie Agglomération|CA|region:28 departement:27||
epci:200084952|CU Le Havre Seine Métropole|CU|region:28 departement:76||
epci:200089456|CA Seine-Eure|CA|region:28 departement:27||
epci:200071504|CC des Collines du Perche Normand|CC|region:28 departement:61||
epci:200068435|CC Cœur du Perche|CC|region:28 departement:61||
epci:200006971|CC du Perche|CC|region:24 departement:28||
epci:247200686|CC du Pays de l'Huisne Sarthoise|CC|region:52 departement:72||
epci:246100663|CU d'Alençon|CU|region:28 region:52 departement:61||
epci:247600596|CA Havraise (Co.D.A.H.)|CA|region:28 departement:76||2018-12-31
commune:14366|Lisieux||region:28 departement:14||
commune:50129|Cherbourg-en-Cotentin||region:28 departement:50||
commune:61001|Alençon||region:28 departement:61||
`
