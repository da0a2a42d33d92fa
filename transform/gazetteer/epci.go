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

// predecessor returns the EPCI that was in force on a day before this one was made and
// became it: the one of the same name, since CASE in 2018 is the CA Seine-Eure of 2013,
// else the only one there was.
func (g *Gazetteer) predecessor(epci vigie.Ref, on vigie.Date) (vigie.Ref, bool) {
	i, ok := g.find(epci)
	if !ok || g.entities[i].class != classEPCI || on.First().IsZero() || inForce(&g.entities[i], on) {
		return vigie.Ref{}, false
	}
	before := g.before(epci, on)
	if len(before) == 1 {
		return before[0], true
	}
	name := g.spelt(g.entities[i].name())
	for _, r := range before {
		if k, _ := g.find(r); g.spelt(g.entities[k].name()) == name {
			return r, true
		}
	}
	return vigie.Ref{}, false
}

// before returns what was in force on a day and has become the EPCI since.
func (g *Gazetteer) before(epci vigie.Ref, on vigie.Date) (all []vigie.Ref) {
	for k := g.classes[classEPCI]; k < g.classes[classEPCI+1]; k++ {
		e := &g.entities[k]
		if e.gone() == 0 || !strings.Contains(cell(e.row, epciNext), epci.ID) || !inForce(e, on) {
			continue
		}
		if now, ok := g.Successor(e.ref(), ""); ok && now == epci {
			all = append(all, e.ref())
		}
	}
	return all
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
