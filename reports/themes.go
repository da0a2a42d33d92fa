package reports

import "vigie"

// themes reports what programmes and territories aim at.
type themes struct{}

func (themes) Name() string { return "themes" }

func (themes) Tables(d *Data) []Table {
	fields := d.withEvidence([]field[vigie.Record]{
		{column("theme", "Thème", Text, 26, "L'axe énoncé, ramené à une liste de dix.").of(themeWords), func(r vigie.Record) Cell { return coded(themeWords, theme(r)) }},
		d.scopeField(),
		d.programmeField(),
	})
	rows := sortBy(d.ofKind(vigie.KindTheme), func(r vigie.Record) []string {
		return append(append([]string{d.programmeKey(r.Programme)}, d.placeKeys(r.Scope)...), word(themeWords, theme(r)))
	})
	return []Table{fill(Table{
		Name: "Thèmes", Title: "Thèmes et axes",
		Note: "Une ligne par axe qu'une source énumère pour le dispositif ou pour un territoire.",
	}, rows, shows, fields)}
}

func theme(r vigie.Record) string { return r.Detail.(vigie.Theme).Theme }
