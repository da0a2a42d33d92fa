package main

import (
	"cmp"
	"slices"
	"strings"
)

func epciTable() *table {
	return &table{file: "epci.tsv", name: "Intercommunalités d'aujourd'hui et dissoutes depuis 1999", source: dgcl,
		licence: licenceOuverte, date: "2026-01-01", vintage: "2026, historique 1999-2026 (sans 2018)",
		columns: []string{"siren", "name", "kind", "since", "until", "departements", "population", "main", "next"}}
}

// epcis has today's EPCI, the EPT of Grand Paris and those dissolved since 1999. A
// list of year Y is the state of 1 January Y: until is the 31 December of the last
// list's year; the list of 2018 is missing, so 2017 as a last year means 2018-12-31.
func epcis(rd *reader) *table {
	t := epciTable()
	today := make(map[string]row)
	for _, r := range rd.read("epci.csv", "siren", "nom", "type", "departements", "population_municipale", "commune_principale") {
		today[r.get("siren")] = r
	}
	for _, r := range rd.read("epci_history.csv.gz", "siren", "nom", "type", "first_year", "last_year", "departement", "current_epci") {
		siren, since := r.get("siren"), firstDay(r.get("first_year"))
		if now, ok := today[siren]; ok {
			t.add(siren, now.get("nom"), formKind(now.get("type")), since, "", departementsOf(now),
				now.get("population_municipale"), now.get("commune_principale"), "")
			delete(today, siren)
			continue
		}
		t.add(siren, r.get("nom"), formKind(r.get("type")), since, endOf(r.get("last_year")), r.get("departement"), "", "",
			strings.Join(r.list("current_epci"), " "))
	}
	for siren, now := range today { // younger than the last year of the history
		t.add(siren, now.get("nom"), formKind(now.get("type")), "", "", departementsOf(now),
			now.get("population_municipale"), now.get("commune_principale"), "")
	}
	for _, r := range rd.read("ept.csv", "siren", "nom", "departements", "population_municipale") {
		t.add(r.get("siren"), r.get("nom"), "EPT", "2016-01-01", "", strings.Join(r.list("departements"), " "), r.get("population_municipale"), "", "")
	}
	return t
}

func formKind(kind string) string {
	if kind == "MET69" { // the Métropole de Lyon, a collectivité of its own kind
		return "METRO"
	}
	return kind
}

// departementsOf puts the one where most people live first.
func departementsOf(r row) string {
	all := r.list("departements")
	slices.SortStableFunc(all, func(a, b string) int {
		first := r.get("departement")
		return cmp.Compare(boolInt(a != first), boolInt(b != first))
	})
	return strings.Join(all, " ")
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func firstDay(year string) string {
	if year == "1999" { // the first list there is: it may be older
		return ""
	}
	return year + "-01-01"
}

func endOf(year string) string {
	if year == "2017" {
		year = "2018"
	}
	return year + "-12-31"
}

// membership tells which communes an EPCI had from the list of one year to that of another.
func membership(rd *reader) *table {
	t := &table{file: "membership.tsv", name: "Composition des intercommunalités, 2014-2026", source: dgcl,
		licence: licenceOuverte, date: "2026-01-01", vintage: "2014-2026 (sans 2018)",
		columns: []string{"siren", "first", "last", "communes"}}
	members := make(map[[3]string][]string)
	for _, r := range rd.read("epci_membership.csv.gz", "insee", "epci", "first_year", "last_year") {
		key := [3]string{r.get("epci"), r.get("first_year"), r.get("last_year")}
		members[key] = append(members[key], r.get("insee"))
	}
	for k, codes := range members {
		slices.Sort(codes)
		t.add(k[0], k[1], k[2], strings.Join(codes, " "))
	}
	return t
}
