package main

import (
	"slices"
	"strings"
)

const industry = "territoires-industrie"

// An industryList is one phase of Territoires d'industrie. Identifiers are reused
// between the phases with another meaning, hence the phase behind an @.
type industryList struct{ phase, file, members string }

var industryLists = []industryList{
	{"2018", "territoires_industrie_2018.csv", "territoires_industrie_2018_membres.csv"},
	{"2023", "territoires_industrie_2023.csv", "territoires_industrie_2023_membres.csv"},
}

// The day on which each phase's list was made public. Territories joined phase 1 until
// 2022: only those that a page of the day names bear its date (annonce_verifiee).
const announced2023 = "2023-11-09"

func territories(rd *reader) *table {
	t := &table{file: "territories.tsv", name: "Territoires d'industrie, phases 2018-2022 et 2023-2027", source: anct,
		licence: licenceOuverte, date: "2024-07-04", vintage: "149 territoires (état 2022-12) ; 183 territoires (liste du 2024-07-04)",
		columns: []string{"id", "name", "other", "programme", "phase", "regions", "departements", "since", "members"}}
	for _, l := range industryLists {
		members := make(map[string][]string)
		for _, r := range rd.read(l.members, "id_ti", "siren", "insee") {
			members[r.get("id_ti")] = append(members[r.get("id_ti")], memberRef(r))
		}
		for _, r := range rd.read(l.file, "id_ti", "lib_ti", "region_pilote", "regions", "departements") {
			since, other := "", ""
			if l.phase == "2023" {
				since, other = announced2023, r.get("lib_ti_2023_11")
			} else {
				since = r.get("annonce_verifiee")
			}
			t.add(r.get("id_ti")+"@"+l.phase, r.get("lib_ti"), other, industry, l.phase, leadFirst(r.get("region_pilote"), r.list("regions")),
				strings.Join(r.list("departements"), " "), since, strings.Join(members[r.get("id_ti")], " "))
		}
	}
	return t
}

func memberRef(r row) string {
	if code := r.get("insee"); code != "" {
		return "commune:" + code
	}
	return "epci:" + r.get("siren")
}

func leadFirst(lead string, all []string) string {
	all = slices.DeleteFunc(all, func(s string) bool { return s == lead })
	return strings.Join(append([]string{lead}, all...), " ")
}

// announced are members as they were on the day of an announcement, by the SIREN and
// the name of that day, where a page of the day tells.
func announced(rd *reader) *table {
	t := &table{file: "announced.tsv", name: "Membres annoncés le 22 novembre 2018 (Normandie)", source: "Préfecture de la Seine-Maritime, page de l'annonce",
		licence: "données publiques", date: "2018-11-22", vintage: "annonce du 2018-11-22", columns: []string{"territory", "siren", "name", "region"}}
	for _, r := range rd.read("territoires_industrie_2018_annonce_normandie.csv", "id_ti", "siren_2018", "nom_annonce") {
		t.add(r.get("id_ti")+"@2018", r.get("siren_2018"), r.get("nom_annonce"), "28")
	}
	return t
}

// labelLists are the programmes that label communes, or quarters of them.
var labelLists = []struct{ programme, file string }{
	{"action-coeur-de-ville", "programme_lists/action-coeur-de-ville.csv"},
	{"cites-educatives", "programme_lists/cites-educatives.csv"},
	{"petites-villes-de-demain", "programme_lists/petites-villes-de-demain.csv"},
	{"villages-d-avenir", "programme_lists/villages-d-avenir.csv"},
}

func labelTable() *table {
	return &table{file: "labels.tsv", name: "Action cœur de ville, Cités éducatives, Petites villes de demain, Villages d'avenir", source: anct,
		licence: licenceOuverte, date: "2026-07-21", vintage: "état de septembre 2024 et de juillet 2026",
		columns: []string{"programme", "id", "name", "commune", "then", "date"}}
}

// labels has one row a commune of a label; then is its code in the list where today's is another.
func labels(rd *reader) *table {
	t := labelTable()
	for _, l := range labelLists {
		for _, r := range rd.read(l.file, "id", "libelle", "insee_source", "insee") {
			then, date := r.get("insee_source"), ""
			if then == r.get("insee") {
				then = ""
			}
			if _, ok := r.columns["date_signature"]; ok {
				date = r.get("date_signature")
			}
			t.add(l.programme, r.get("id"), r.get("libelle"), r.get("insee"), then, date)
		}
	}
	return t
}
