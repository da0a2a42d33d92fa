package reports

import (
	"cmp"

	"vigie"
)

// A correctableColumn is a column of a sheet that analysts may correct. All others are
// worked out from these.
type correctableColumn struct {
	name string
	also []string // other columns that show the same
	get  func(vigie.Record) string
	set  func(c *correcting, value string) error // nil: of no column
}

// correctable are those of the sheet that shows a detail, its main column first.
func correctable(d vigie.Detail) []correctableColumn {
	switch d.(type) {
	case vigie.Label:
		return []correctableColumn{
			{"Territoire", []string{"Identifiant officiel"}, func(r vigie.Record) string { return withID(labelOf(r).Territory, labelOf(r).TerritoryID) }, (*correcting).labelTerritory},
			correctableField("Statut", func(d *vigie.Label) *string { return &d.Status }, required(coder(statusWords))),
			correctableField("Phase", func(d *vigie.Label) *string { return &d.Phase }, coder(phaseWords)),
			correctableField("Date du label", func(d *vigie.Label) *string { return (*string)(&d.Date) }, dates),
			correctableField("Région", func(d *vigie.Label) *string { return &d.Region }, regions),
		}
	case vigie.Member:
		return []correctableColumn{
			{"Membre", []string{"SIREN ou code INSEE"}, func(r vigie.Record) string { return withID(memberOf(r).Member, memberOf(r).MemberID) }, (*correcting).member},
			{"Territoire", []string{"Identifiant du territoire"}, func(r vigie.Record) string { return withID(memberOf(r).Territory, memberOf(r).TerritoryID) }, (*correcting).memberTerritory},
		}
	case vigie.Role:
		return []correctableColumn{
			correctableField("Titulaire", func(d *vigie.Role) *string { return &d.Holder }, required(freeText)),
			correctableField("Instance", func(d *vigie.Role) *string { return &d.Body }, required(coder(bodyWords))),
			correctableField("Rôle", func(d *vigie.Role) *string { return &d.Role }, required(coder(roleWords))),
			correctableField("Fonction", func(d *vigie.Role) *string { return &d.Function }, freeText),
			correctableField("Organisation", func(d *vigie.Role) *string { return &d.Organisation }, freeText),
			correctableField("Nature du titulaire", func(d *vigie.Role) *string { return &d.HolderKind }, required(coder(holderWords))),
			scopeColumn,
		}
	case vigie.Figure:
		return []correctableColumn{
			{"Valeur", nil, func(r vigie.Record) string { return amount(figure(r), figure(r).Value).String() }, (*correcting).value},
			{"Maximum", nil, func(r vigie.Record) string { return upper(figure(r)).String() }, (*correcting).maximum},
			correctableField("Mesure", func(d *vigie.Figure) *string { return &d.Measure }, required(coder(measureWords))),
			correctableField("Unité", func(d *vigie.Figure) *string { return &d.Unit }, required(coder(unitWords))),
			correctableField("Financeur", func(d *vigie.Figure) *string { return &d.Payer }, freeText),
			scopeColumn,
		}
	case vigie.Event, vigie.Period:
		return timelineColumns(d)
	}
	return []correctableColumn{
		{"Thème", nil, func(r vigie.Record) string { return word(themeWords, theme(r)) }, (*correcting).theme},
		scopeColumn,
	}
}

func timelineColumns(d vigie.Detail) []correctableColumn {
	dates := []correctableColumn{
		{"Date", []string{"Date énoncée"}, func(r vigie.Record) string { return dateWords(entry(r).Date) }, (*correcting).begins},
		{"Fin", []string{"Fin énoncée"}, func(r vigie.Record) string { return dateWords(entry(r).DateEnd) }, (*correcting).ends},
		{"Nature", nil, func(r vigie.Record) string { return nature(r).Text }, (*correcting).nature},
	}
	if _, ok := d.(vigie.Event); ok {
		dates = append(dates,
			correctableColumn{"Prévu", nil, func(r vigie.Record) string { return planned(r).Text }, (*correcting).planned},
			correctableColumn{"Lieu", nil, func(r vigie.Record) string { return entry(r).Place }, (*correcting).place})
	}
	return append(dates, scopeColumn)
}

var scopeColumn = correctableColumn{
	"Territoire ou portée", []string{"Identifiant du lieu"},
	func(r vigie.Record) string { return cmp.Or(r.Scope.ID, "France entière") }, (*correcting).scope,
}

// A script is how a field of text is typed and shown.
type script struct {
	read func(c *correcting, typed string) (string, error)
	show func(stored string) string
}

// correctableField is the column of a text field.
func correctableField[D vigie.Detail](name string, at func(*D) *string, s script) correctableColumn {
	return correctableColumn{
		name: name,
		get:  func(r vigie.Record) string { d := r.Detail.(D); return s.show(*at(&d)) },
		set: func(c *correcting, value string) (err error) {
			d := c.record.Detail.(D)
			if *at(&d), err = s.read(c, value); err == nil {
				c.record.Detail = d
			}
			return err
		},
	}
}

// withID is a name with its official id, where there is one.
func withID(name, id string) string {
	if id == "" {
		return name
	}
	return name + " (" + id + ")"
}

func memberOf(r vigie.Record) vigie.Member { return r.Detail.(vigie.Member) }
