package gazetteer

import (
	"slices"
	"strconv"
	"strings"

	"vigie"
)

// A share is the part of an EPCI's people that live in another today.
type share struct {
	siren string
	part  float64
}

func successors(e *entity) []share {
	var all []share
	for _, s := range list(e.row, epciNext) {
		siren, part, _ := strings.Cut(s, ":")
		p, _ := strconv.ParseFloat(part, 64)
		all = append(all, share{siren, p})
	}
	return all
}

// clearShare is the share of the people from which one EPCI succeeds another.
const clearShare = 0.5

// Successor returns the EPCI that stands for epci on a day, today's where on is zero:
// itself while it was in force, else the one where at least half of its people live
// now; false where it was split or is unknown.
func (g *Gazetteer) Successor(epci vigie.Ref, on vigie.Date) (vigie.Ref, bool) {
	i, ok := g.find(epci)
	if !ok || g.entities[i].class != classEPCI {
		return vigie.Ref{}, false
	}
	e := &g.entities[i]
	if inForce(e, on) {
		return epci, true
	}
	for _, s := range successors(e) {
		if s.part >= clearShare {
			return vigie.Ref{Type: vigie.RefEPCI, ID: s.siren}, true
		}
	}
	return vigie.Ref{}, false
}

// predecessor returns the EPCI of the same name that was in force on a day before this
// one was made and became it: CASE in 2018 is the CA Seine-Eure of 2013, not that of 2019.
func (g *Gazetteer) predecessor(epci vigie.Ref, on vigie.Date) (vigie.Ref, bool) {
	i, ok := g.find(epci)
	if !ok || g.entities[i].class != classEPCI || on.First().IsZero() || inForce(&g.entities[i], on) {
		return vigie.Ref{}, false
	}
	tokens := scan(g.entities[i].name(), nil, g.index.word)
	_, k := g.index.form(tokens, 0)
	for _, p := range g.index.walk(tokens, k, gapBreak, nil) {
		for n := g.index.heads[p.node]; n != 0 && p.next == len(tokens); n = g.index.names[n].next {
			e := &g.entities[g.index.names[n].entity]
			if e.class != classEPCI || !inForce(e, on) {
				continue
			}
			if now, ok := g.Successor(e.ref(), ""); ok && now == epci {
				return e.ref(), true
			}
		}
	}
	return vigie.Ref{}, false
}

// inForce reports whether the entity was there on a day; on a zero one, whether it is today.
func inForce(e *entity, on vigie.Date) bool {
	since, until := e.life()
	if on.First().IsZero() {
		return e.gone() == 0
	}
	if e.class == classCommune && until == "" {
		return e.gone() == 0
	}
	day := vigie.DateOf(on.First())
	return (since == "" || since <= string(vigie.DateOf(on.Last()))) && (until == "" || string(day) <= until)
}

// A period is what an EPCI was made of from the list of one year to that of another.
type period struct {
	siren, first, last string
	communes           []string
}

// Communes returns the communes of an EPCI on a day, today's where on is zero. Known
// from 2014; nil where the lists do not tell.
func (g *Gazetteer) Communes(epci vigie.Ref, on vigie.Date) []vigie.Ref {
	g.once.membership.Do(g.loadMembership)
	year := "9999"
	if !on.First().IsZero() {
		year = strconv.Itoa(on.First().Year())
	}
	lo, _ := slices.BinarySearchFunc(g.periods, epci.ID, func(p period, id string) int { return strings.Compare(p.siren, id) })
	var refs []vigie.Ref
	for _, p := range g.periods[lo:] {
		if p.siren != epci.ID {
			break
		}
		if p.first <= max(year, "2014") && year <= p.last || year == "9999" && p.last == lastList {
			for _, code := range p.communes {
				refs = append(refs, vigie.Ref{Type: vigie.RefCommune, ID: code})
			}
		}
	}
	slices.SortFunc(refs, func(a, b vigie.Ref) int { return strings.Compare(a.ID, b.ID) })
	return refs
}

// lastList is the year of the newest list of members.
const lastList = "2026"

func (g *Gazetteer) loadMembership() {
	lines, err := rows(membershipTSV, "siren", "first", "last", "communes")
	if err != nil {
		panic(err) // embedded, and under test
	}
	for row := range lines {
		g.periods = append(g.periods, period{cell(row, 0), cell(row, 1), cell(row, 2), list(row, 3)})
	}
}
