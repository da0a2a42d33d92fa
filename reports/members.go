package reports

import (
	"cmp"
	"slices"

	"vigie"
)

// A membership is a row: an EPCI or commune that composes a territory.
type membership struct {
	programme, territory, territoryID string
	name, id, current                 string        // current: the id of today's successor, where it is another
	stated                            *vigie.Record // nil where the official list alone gives it
	listed                            bool
}

func composition(d *Data) Table {
	fields := slices.Concat([]field[membership]{
		{column("territory", "Territoire", Text, 21, "Le territoire composé."), func(m membership) Cell { return text(m.territory) }},
		{column("member", "Membre", Text, 26, "L'intercommunalité ou la commune qui le compose."), func(m membership) Cell { return text(m.name) }},
		{column("member_id", "SIREN ou code INSEE", Code, 12, "Son identifiant à la date de l'annonce : SIREN d'une intercommunalité, code INSEE d'une commune."), func(m membership) Cell { return text(m.id) }},
		{column("programme", "Dispositif", Text, 17, "Le dispositif national de labellisation.").of(d.Programmes), func(m membership) Cell { return d.programmeCell(m.programme) }},
		{column("phase", "Phase", Text, 12, "La phase du dispositif.").of(phaseWords), func(m membership) Cell { return coded(phaseWords, phaseOf(m.territoryID)) }},
		{column("basis", "D'après", Text, 13, "Ce qui fonde la ligne : des annonces, la liste officielle, ou les deux.").of(basisWords), func(m membership) Cell { return coded(basisWords, m.basis()) }},
		{column("in_force", "En vigueur", Text, 9, "Si le membre existe encore au jour du rapport.").of(yesWords), func(m membership) Cell { return d.inForce(m.id) }},
		{column("successor", "Successeur", Text, 19, "Qui lui a succédé, s'il n'existe plus."), func(m membership) Cell { return text(d.memberName(m.current)) }},
	}, evidence(d, membership.row), []field[membership]{
		{aside("member_kind", "Nature", Text, 24, "Commune, communauté de communes, métropole…"), func(m membership) Cell { return text(d.nature(m.id)) }},
		{aside("member_id_current", "Identifiant du successeur", Code, 12, "SIREN ou code INSEE du successeur."), func(m membership) Cell { return text(m.current) }},
		{aside("territory_id", "Identifiant du territoire", Code, 15, "Son numéro dans la liste officielle."), func(m membership) Cell { return text(m.territoryID) }},
	})
	return fill(Table{
		Name: "Composition", Title: "Composition des territoires",
		Note: "Une ligne par intercommunalité ou commune membre, sous son identifiant à la date de l'annonce. « En vigueur » vaut au jour du rapport.",
	}, memberships(d), membership.row, fields)
}

// memberships are those that records state, then those of the official lists that no
// record states.
func memberships(d *Data) []membership {
	listed := map[[2]string]bool{} // territory, member
	for _, e := range d.Official {
		for _, m := range e.Members {
			listed[[2]string{e.ID, m.ID}] = true
		}
	}
	var rows []membership
	seen := map[[2]string]bool{}
	for _, r := range d.ofKind(vigie.KindMember) {
		m := r.Detail.(vigie.Member)
		now := [2]string{m.TerritoryID, cmp.Or(m.MemberIDCurrent, m.MemberID)}
		then := [2]string{m.TerritoryID, m.MemberID}
		seen[now], seen[then] = true, true
		rows = append(rows, membership{
			r.Programme, m.Territory, m.TerritoryID, m.Member, m.MemberID, m.MemberIDCurrent,
			&r, listed[now] || listed[then],
		})
	}
	for _, e := range d.Official {
		for _, m := range e.Members {
			if !seen[[2]string{e.ID, m.ID}] {
				rows = append(rows, membership{e.Programme, e.Name, e.ID, d.place(m), m.ID, "", nil, true})
			}
		}
	}
	return sortBy(rows, func(m membership) []string {
		return []string{d.programmeKey(m.programme), phaseKey(phaseOf(m.territoryID)), m.territory, m.territoryID, m.name, m.id}
	})
}

func (m membership) row() Row {
	return Row{ID: vigie.MemberRow(m.programme, cmp.Or(m.territoryID, m.territory), cmp.Or(m.id, m.name)), Record: m.stated}
}

func (m membership) basis() string {
	switch {
	case m.stated == nil:
		return basisList
	case m.listed:
		return basisBoth
	}
	return basisStated
}

// memberRef tells an EPCI from a commune by the length of its id.
func memberRef(id string) vigie.Ref {
	if len(id) == len("200065597") {
		return vigie.Ref{Type: vigie.RefEPCI, ID: id}
	}
	return vigie.Ref{Type: vigie.RefCommune, ID: id}
}

func (d *Data) memberName(id string) string {
	if id == "" {
		return ""
	}
	return d.place(memberRef(id))
}

func (d *Data) nature(id string) string {
	e, ok := d.entity(memberRef(id))
	if !ok {
		return ""
	}
	return cmp.Or(word(epciWords, e.Kind), word(scopeWords, e.Type))
}

// inForce tells whether the member exists on the report's day; empty where no table knows it.
func (d *Data) inForce(id string) Cell {
	e, ok := d.entity(memberRef(id))
	if !ok {
		return Cell{}
	}
	return yes(e.Until == "" || !e.Until.Last().Before(d.date()))
}
