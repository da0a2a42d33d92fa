package main

// targets turns the reference's target types into those of a Ref; territories get
// their phase.
var targets = map[string]struct{ kind, suffix string }{
	"epci": {"epci", ""}, "region": {"region", ""}, "departement": {"departement", ""},
	"ti2018": {"territory", "@2018"}, "ti2023": {"territory", "@2023"},
}

// names are the spellings that lists and pages use for an entity, whatever the year.
func names(rd *reader) *table {
	t := &table{file: "names.tsv", name: "Noms et sigles, officiels, usuels et anciens", source: "INSEE, DGCL, ANCT, sites publics",
		licence: licenceOuverte, date: "2026-11-22", vintage: "1999-2026",
		columns: []string{"name", "kind", "ref", "departement", "region", "verified", "ambiguous"}}
	for _, r := range rd.read("names.csv", "name", "kind", "target_type", "target_id", "departement", "region", "verified", "ambiguous") {
		target := targets[r.get("target_type")]
		t.add(r.get("name"), r.get("kind"), target.kind+":"+r.get("target_id")+target.suffix,
			r.get("departement"), r.get("region"), r.get("verified"), r.get("ambiguous"))
	}
	return t
}
