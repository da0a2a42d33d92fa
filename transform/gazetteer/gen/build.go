package main

const (
	licenceOuverte = "Licence Ouverte 2.0"
	insee          = "INSEE, code officiel géographique ; DGCL ; La Poste (paquet decoupage-administratif d'Etalab, 6.0.0)"
	dgcl           = "DGCL, listes des EPCI à fiscalité propre (Etalab : decoupage-administratif, geohisto)"
	anct           = "ANCT, carte interactive des programmes"
)

// build makes all tables from the reference files, in the order of reports.
func build(reference string) ([]*table, error) {
	rd := &reader{dir: reference}
	tables := []*table{
		regions(rd), departements(rd), communes(rd), communeNames(rd),
		epcis(rd), membership(rd), territories(rd), announced(rd), labels(rd), names(rd), firstNames(rd),
	}
	if rd.err != nil {
		return nil, rd.err
	}
	for _, t := range tables {
		t.sort()
		if err := t.check(); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

func regions(rd *reader) *table {
	t := &table{file: "regions.tsv", name: "Régions et collectivités d'outre-mer", source: insee,
		licence: licenceOuverte, date: "2026-01-01", vintage: "COG 2026", columns: []string{"region", "name"}}
	for _, r := range rd.read("regions.csv", "region", "nom") {
		t.add(r.get("region"), r.get("nom"))
	}
	return t
}

func departements(rd *reader) *table {
	t := &table{file: "departements.tsv", name: "Départements", source: insee,
		licence: licenceOuverte, date: "2026-01-01", vintage: "COG 2026", columns: []string{"departement", "name", "region"}}
	for _, r := range rd.read("departements.csv", "departement", "nom", "region") {
		t.add(r.get("departement"), r.get("nom"), r.get("region"))
	}
	return t
}

func firstNames(rd *reader) *table {
	t := &table{file: "firstnames.tsv", name: "Prénoms", source: "INSEE, fichier des prénoms 1900-2018",
		licence: licenceOuverte, date: "2018-12-31", vintage: "1900-2018", columns: []string{"name", "gender"}}
	for _, r := range rd.read("firstnames.csv", "prenom", "genre") {
		t.add(r.get("prenom"), r.get("genre"))
	}
	return t
}
