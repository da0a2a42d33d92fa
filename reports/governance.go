package reports

import "vigie"

// governance reports who does what in a programme.
type governance struct{}

func (governance) Name() string { return "governance" }

func (governance) Tables(d *Data) []Table {
	fields := []field[vigie.Record]{
		{Column{"Territoire ou portée", Text, 27}, func(r vigie.Record) Cell { return text(d.place(r.Scope)) }},
		{Column{"Instance", Text, 19}, func(r vigie.Record) Cell { return text(word(bodyWords, role(r).Body)) }},
		{Column{"Rôle", Text, 17}, func(r vigie.Record) Cell { return text(word(roleWords, role(r).Role)) }},
		{Column{"Titulaire", Text, 30}, func(r vigie.Record) Cell { return text(role(r).Holder) }},
		{Column{"Nature", Text, 12}, func(r vigie.Record) Cell { return text(word(holderWords, role(r).HolderKind)) }},
		{Column{"Fonction", Text, 24}, func(r vigie.Record) Cell { return text(role(r).Function) }},
		{Column{"Organisation", Text, 26}, func(r vigie.Record) Cell { return text(role(r).Organisation) }},
		{Column{"Dispositif", Text, 20}, func(r vigie.Record) Cell { return text(d.programme(r.Programme)) }},
	}
	rows := sortBy(d.ofKind(vigie.KindRole), func(r vigie.Record) []string {
		keys := append([]string{d.programmeKey(r.Programme)}, d.placeKeys(r.Scope)...)
		return append(keys, word(bodyWords, role(r).Body), word(roleWords, role(r).Role), role(r).Holder, role(r).Organisation)
	})
	return []Table{fill(Table{
		Name: "Gouvernance", Title: "Gouvernance",
		Note: "Une ligne par rôle énoncé. Une fonction reste une fonction : le nom de qui l'occupait n'est pas déduit.",
	}, rows, d.withEvidence(fields))}
}

func role(r vigie.Record) vigie.Role { return r.Detail.(vigie.Role) }
