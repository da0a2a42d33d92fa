package main

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Kinds of a commune in communes.tsv, after the empty one of today's communes.
const (
	delegated    = "deleguee"
	associated   = "associee"
	municipal    = "arrondissement"
	ended        = "ancienne"
	communesFile = "communes.csv.gz"
	changesFile  = "commune_changes.csv.gz"
)

var communeKinds = map[string]string{
	"commune-actuelle": "", "commune-deleguee": delegated,
	"commune-associee": associated, "arrondissement-municipal": municipal,
}

func communeTable() *table {
	return &table{file: "communes.tsv", name: "Communes, communes déléguées, associées et anciennes", source: insee,
		licence: licenceOuverte, date: "2026-01-01", vintage: "COG 2026, populations légales 2023, historique depuis 1943",
		columns: []string{"insee", "name", "kind", "departement", "epci", "population", "next", "until"}}
}

// communes has one row a code: today's commune where there is one, else the delegated,
// associated or ended one with what it is part of now. A delegated commune that shares
// the code of its commune is but a name of it (communeNames).
func communes(rd *reader) *table {
	t := communeTable()
	until := make(map[string]string)
	var gone []row
	for _, r := range changes(rd) {
		gone = append(gone, r)
		if d := lastDay(r.get("date_fin")); d > until[r.get("insee")] {
			until[r.get("insee")] = d
		}
	}
	seen := make(map[string]bool)
	departement := make(map[string]string)
	for _, r := range currentFirst(rd) {
		code, kind := r.get("insee"), communeKinds[r.get("type")]
		if seen[code] {
			continue
		}
		seen[code] = true
		departement[code] = r.get("departement")
		end := ""
		if kind == delegated || kind == associated {
			end = until[code]
		}
		t.add(code, r.get("nom"), kind, r.get("departement"), r.get("epci"), r.get("population"), r.get("commune_parente"), end)
	}
	slices.SortStableFunc(gone, func(a, b row) int { return cmp.Compare(b.get("date_fin"), a.get("date_fin")) })
	for _, r := range gone { // the last name that an ended code had is its name
		code := r.get("insee")
		if seen[code] {
			continue
		}
		seen[code] = true
		t.add(code, r.get("nom"), ended, cmp.Or(departement[r.get("actuelle")], codeDepartement(code)), "", "", r.get("actuelle"), until[code])
	}
	return t
}

// communeNames are names that a code has or had beside the one in communes.tsv.
func communeNames(rd *reader) *table {
	t := &table{file: "commune_names.tsv", name: "Autres noms de communes", source: insee,
		licence: licenceOuverte, date: "2026-01-01", vintage: "COG 2026, historique depuis 1943",
		columns: []string{"insee", "name", "until"}}
	main := make(map[string]string)
	for _, r := range communes(rd).rows {
		main[r[0]] = r[1]
	}
	last := make(map[[2]string]string)
	note := func(code, name, until string) {
		if name != main[code] {
			key := [2]string{code, name}
			last[key] = max(last[key], until)
		}
	}
	for _, r := range currentFirst(rd) {
		note(r.get("insee"), r.get("nom"), "")
	}
	for _, r := range changes(rd) {
		note(r.get("insee"), r.get("nom"), lastDay(r.get("date_fin")))
	}
	for k, until := range last {
		t.add(k[0], k[1], until)
	}
	return t
}

func currentFirst(rd *reader) []row {
	rows := rd.read(communesFile, "insee", "nom", "type", "departement", "epci", "population", "commune_parente")
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.get("insee"), b.get("insee")), cmp.Compare(a.get("type"), b.get("type")))
	})
	return rows
}

func changes(rd *reader) []row {
	return rd.read(changesFile, "insee", "nom", "date_fin", "actuelle")
}

// lastDay is the day before a change: 2016-01-01 ends on 2015-12-31; a year alone is
// that of a yearly list, whose state is that of its 1 January.
func lastDay(changed string) string {
	if len(changed) == 4 {
		changed += "-01-01"
	}
	day, err := time.Parse(time.DateOnly, changed)
	if err != nil {
		return ""
	}
	return day.AddDate(0, 0, -1).Format(time.DateOnly)
}

func codeDepartement(code string) string {
	if strings.HasPrefix(code, "97") || strings.HasPrefix(code, "98") {
		return code[:3]
	}
	return code[:2]
}
