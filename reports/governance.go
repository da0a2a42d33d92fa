package reports

import "vigie"

// governance reports who does what in a programme.
type governance struct{}

func (governance) Name() string { return "governance" }

func (governance) Tables(d *Data) []Table {
	fields := d.withEvidence([]field[vigie.Record]{
		{column("Territoire ou portée", Text, 23), func(r vigie.Record) Cell { return text(d.place(r.Scope)) }},
		{column("Instance", Text, 16), func(r vigie.Record) Cell { return text(word(bodyWords, role(r).Body)) }},
		{column("Rôle", Text, 14), func(r vigie.Record) Cell { return text(word(roleWords, role(r).Role)) }},
		{column("Titulaire", Text, 24), func(r vigie.Record) Cell { return text(role(r).Holder) }},
		{column("Fonction", Text, 20), func(r vigie.Record) Cell { return text(role(r).Function) }},
		{column("Organisation", Text, 20), func(r vigie.Record) Cell { return text(role(r).Organisation) }},
		{column("Dispositif", Text, 17), func(r vigie.Record) Cell { return text(d.programme(r.Programme)) }},
	}, field[vigie.Record]{
		aside("Nature du titulaire", Text, 14), func(r vigie.Record) Cell { return text(word(holderWords, role(r).HolderKind)) },
	})
	rows := sortBy(d.ofKind(vigie.KindRole), func(r vigie.Record) []string {
		keys := append([]string{d.programmeKey(r.Programme)}, d.placeKeys(r.Scope)...)
		return append(keys, word(bodyWords, role(r).Body), word(roleWords, role(r).Role), role(r).Holder, role(r).Organisation)
	})
	return []Table{fill(Table{
		Name: "Gouvernance", Title: "Gouvernance",
		Note: "Une ligne par rôle énoncé. Une fonction reste une fonction : le nom de qui l'occupait n'est pas déduit.",
	}, rows, shows, fields)}
}

func role(r vigie.Record) vigie.Role { return r.Detail.(vigie.Role) }
