package reports

import "vigie"

// governance reports who does what in a programme.
type governance struct{}

func (governance) Name() string { return "governance" }

func (governance) Tables(d *Data) []Table {
	fields := d.withEvidence([]field[vigie.Record]{
		d.scopeField(),
		{column("body", "Instance", Text, 16, "L'instance de gouvernance.").of(bodyWords), func(r vigie.Record) Cell { return coded(bodyWords, role(r).Body) }},
		{column("role", "Rôle", Text, 14, "Ce que le titulaire y fait.").of(roleWords), func(r vigie.Record) Cell { return coded(roleWords, role(r).Role) }},
		{column("holder", "Titulaire", Text, 24, "Une personne, ou la fonction ou l'organisation où personne n'est nommé."), func(r vigie.Record) Cell { return text(role(r).Holder) }},
		{column("function", "Fonction", Text, 18, "La fonction énoncée de la personne."), func(r vigie.Record) Cell { return text(role(r).Function) }},
		{column("organisation", "Organisation", Text, 18, "L'organisation énoncée."), func(r vigie.Record) Cell { return text(role(r).Organisation) }},
		d.programmeField(),
	}, field[vigie.Record]{
		aside("holder_kind", "Nature du titulaire", Text, 14, "Personne, fonction ou organisation.").of(holderWords), func(r vigie.Record) Cell { return coded(holderWords, role(r).HolderKind) },
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
