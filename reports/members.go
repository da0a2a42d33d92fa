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
		{column("Territoire", Text, 23), func(m membership) Cell { return text(m.territory) }},
		{column("Membre", Text, 28), func(m membership) Cell { return text(m.name) }},
		{column("SIREN ou code INSEE", Code, 11), func(m membership) Cell { return text(m.id) }},
		{column("Dispositif", Text, 17), func(m membership) Cell { return text(d.programme(m.programme)) }},
		{column("Phase", Text, 11), func(m membership) Cell { return text(word(phaseWords, phaseOf(m.territoryID))) }},
		{column("D'après", Text, 13), func(m membership) Cell { return text(m.basis()) }},
		{column("En vigueur", Text, 9), func(m membership) Cell { return d.inForce(m.id) }},
		{column("Successeur", Text, 23), func(m membership) Cell { return text(d.memberName(m.current)) }},
	}, evidence(d, func(m membership) *vigie.Record { return m.stated }), []field[membership]{
		{aside("Nature", Text, 24), func(m membership) Cell { return text(d.nature(m.id)) }},
		{aside("Identifiant du successeur", Code, 12), func(m membership) Cell { return text(m.current) }},
		{aside("Identifiant du territoire", Code, 15), func(m membership) Cell { return text(m.territoryID) }},
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
		return "liste officielle"
	case m.listed:
		return "annonces et liste officielle"
	}
	return "annonces"
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
