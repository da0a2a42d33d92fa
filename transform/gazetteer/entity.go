package gazetteer

import (
	"sort"

	"vigie"
)

// A class is a type of entity; entities are kept class by class.
type class uint8

const (
	classRegion class = iota
	classDepartement
	classCommune
	classEPCI
	classTerritory // of a programme that labels territories
	classLabel     // of a programme that labels communes or quarters
	nClasses
)

var classTypes = [nClasses]string{
	vigie.RefRegion, vigie.RefDepartement, vigie.RefCommune, vigie.RefEPCI, vigie.RefTerritory, vigie.RefTerritory,
}

// An entity is a row of its class's table, decoded when asked for.
type entity struct {
	row        string
	idLo, idHi uint8 // the identifier in row
	lo, hi     uint8 // the name
	class      class
	ended      uint8 // what gone returns
	population int32
}

func (e *entity) id() string     { return e.row[e.idLo:e.idHi] }
func (e *entity) name() string   { return e.row[e.lo:e.hi] }
func (e *entity) ref() vigie.Ref { return vigie.Ref{Type: classTypes[e.class], ID: e.id()} }

// Columns of the tables, by class.
const (
	communeKind, communeDepartement, communeEPCI, communePopulation, communeNext, communeUntil  = 2, 3, 4, 5, 6, 7
	epciKind, epciSince, epciUntil, epciDepartements, epciPopulation, epciMain, epciNext        = 2, 3, 4, 5, 6, 7, 8
	territoryOther, territoryProgramme, territoryPhase, territoryRegions, territoryDepartements = 2, 3, 4, 5, 6
	territorySince, territoryMembers                                                            = 7, 8
	labelProgramme, labelID, labelName, labelCommune, labelThen, labelDate                      = 0, 1, 2, 3, 4, 5
)

func (e *entity) kind() string {
	if e.class == classCommune || e.class == classEPCI {
		return cell(e.row, communeKind)
	}
	return ""
}

func (e *entity) programme() string {
	switch e.class {
	case classTerritory:
		return cell(e.row, territoryProgramme)
	case classLabel:
		return cell(e.row, labelProgramme)
	}
	return ""
}

func (e *entity) phase() string {
	if e.class == classTerritory {
		return cell(e.row, territoryPhase)
	}
	return ""
}

// life returns the first and the last day of the entity, empty where open.
func (e *entity) life() (since, until string) {
	switch e.class {
	case classCommune:
		return "", cell(e.row, communeUntil)
	case classEPCI:
		return cell(e.row, epciSince), cell(e.row, epciUntil)
	}
	return "", ""
}

// gone is 0 for what there is today, 1 for what is part of another now, 2 for what is no more.
func (e *entity) gone() int { return int(e.ended) }

func (e *entity) readEnded() uint8 {
	switch kind := e.kind(); {
	case e.class == classCommune && kind == "ancienne":
		return 2
	case e.class == classCommune && kind != "":
		return 1
	case e.class == classEPCI && cell(e.row, epciUntil) != "":
		return 2
	}
	return 0
}

// departements returns the codes of the départements it lies in, the main one first.
func (g *Gazetteer) departements(e *entity) []string {
	switch e.class {
	case classDepartement:
		return []string{e.id()}
	case classCommune:
		return []string{cell(e.row, communeDepartement)}
	case classEPCI:
		return list(e.row, epciDepartements)
	case classTerritory:
		return list(e.row, territoryDepartements)
	case classLabel:
		if i, ok := g.find(vigie.Ref{Type: vigie.RefCommune, ID: cell(e.row, labelCommune)}); ok {
			return g.departements(&g.entities[i])
		}
	}
	return nil
}

// in returns the départements and regions the entity lies in, a territory's lead region first.
func (g *Gazetteer) in(e *entity) []vigie.Ref {
	var refs []vigie.Ref
	seen := make(map[string]bool)
	region := func(code string) {
		if code != "" && !seen[code] {
			seen[code] = true
			refs = append(refs, vigie.Ref{Type: vigie.RefRegion, ID: code})
		}
	}
	departements := g.departements(e)
	if e.class != classDepartement {
		for _, d := range departements {
			refs = append(refs, vigie.Ref{Type: vigie.RefDepartement, ID: d})
		}
	}
	if e.class == classTerritory {
		for _, code := range list(e.row, territoryRegions) {
			region(code)
		}
	}
	for _, d := range departements {
		region(g.regions[d])
	}
	return refs
}

// entity decodes the row at i.
func (g *Gazetteer) entity(i int32) vigie.Entity {
	e := &g.entities[i]
	since, until := e.life()
	v := vigie.Entity{
		Ref: e.ref(), Name: e.name(), Kind: e.kind(), Programme: e.programme(), Phase: e.phase(),
		In: g.in(e), Since: vigie.Date(since), Until: vigie.Date(until),
	}
	switch e.class {
	case classCommune:
		if epci := cell(e.row, communeEPCI); epci != "" {
			v.In = append(v.In, vigie.Ref{Type: vigie.RefEPCI, ID: epci})
		}
		if next := cell(e.row, communeNext); next != "" {
			v.Next = []string{next}
		}
	case classEPCI:
		v.Long = longName(v.Name)
		for _, s := range successors(e) {
			v.Next = append(v.Next, s.siren)
		}
	case classTerritory:
		v.Since, v.Members = vigie.Date(cell(e.row, territorySince)), g.members[i-int32(g.classes[classTerritory])]
	case classLabel:
		v.Since = vigie.Date(cell(e.row, labelDate))
		for _, row := range g.labelRows(e) {
			v.Members = append(v.Members, vigie.Ref{Type: vigie.RefCommune, ID: cell(row, labelCommune)})
		}
	}
	return v
}

// find returns the place of an entity: a binary search in its class.
func (g *Gazetteer) find(r vigie.Ref) (int32, bool) {
	for c := range nClasses {
		if classTypes[c] != r.Type {
			continue
		}
		lo, hi := g.classes[c], g.classes[c+1]
		i := lo + sort.Search(hi-lo, func(k int) bool { return g.entities[lo+k].id() >= r.ID })
		if i < hi && g.entities[i].id() == r.ID {
			return int32(i), true
		}
	}
	return 0, false
}
