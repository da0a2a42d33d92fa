// Package gazetteer knows the official names and identifiers: regions, départements,
// communes, intercommunalités (EPCI) of today and of the past, the territories of the
// label programmes, and first names. In goes a text or a name as people write it, out
// come the entities that bear it; what a name does not settle stays open.
//
// The tables lie in data/, made by the command gen from official lists; tables.csv
// says where each comes from. Three small ones are ours: aliases.csv (names that people
// write and no list has), everyday.tsv (names that are also common words).
package gazetteer

import (
	"fmt"
	"sync"

	"vigie"
)

//go:generate go run ./gen --reference ../../../shared/reference --out data

// A Gazetteer answers from its embedded tables. It does not change once loaded and is
// safe for concurrent use.
type Gazetteer struct {
	entities []entity          // by class, then by identifier
	classes  [nClasses + 1]int // where each class begins in entities
	index    *index
	regions  map[string]string // département → region

	members  [][]vigie.Ref // of territories, by position in their class
	memberOf map[vigie.Ref][]int32
	lists    lists
	once     struct{ firstNames, membership, labels, announced, telling, verbatim sync.Once }
	genders  map[string]string
	periods  []period
	labelled map[string][]int32     // labels by commune
	tellings []string               // words of names, from the first EPCI on
	then     map[string][]vigie.Ref // members as announced, by territory
	bearers  map[string][]vigie.Ref // see verbatim
	where    map[string][]string    // regions in which a territory was announced
}

// Load reads the embedded tables. It fails only where they are damaged.
func Load() (*Gazetteer, error) {
	g := &Gazetteer{index: newIndex(), regions: make(map[string]string)}
	l := &loader{g: g, x: g.index}
	for _, step := range []func() error{
		l.places, l.communes, l.epcis, l.territories, l.labels, l.names, l.communeNames, l.aliases, l.everyday,
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("load gazetteer: %w", err)
		}
	}
	return g, nil
}

// Entity returns what the tables hold of a region, département, commune, EPCI or
// territory; false for what they do not know.
func (g *Gazetteer) Entity(r vigie.Ref) (vigie.Entity, bool) {
	i, ok := g.find(r)
	if !ok {
		return vigie.Entity{}, false
	}
	return g.entity(i), true
}

// ProgrammeOf returns the programme whose list an entity is of; empty where it is of none.
func (g *Gazetteer) ProgrammeOf(r vigie.Ref) string {
	i, ok := g.find(r)
	if !ok {
		return ""
	}
	return g.entities[i].programme()
}
