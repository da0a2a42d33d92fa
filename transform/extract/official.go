package extract

import (
	"sync"

	"vigie"
)

// officialLists remembers the official lists that rules have asked for, each made once:
// a page asks for the same one dozens of times.
type officialLists struct{ made sync.Map } // of listName → []listed

type listName struct{ programme, phase string }

// A listed entity is an entry of an official list, with its name cut into parts.
type listed struct {
	vigie.Entity
	parts []string
}

// list returns a programme's official list in a phase.
func (g *Grammar) list(programme, phase string) []listed {
	name := listName{programme, phase}
	if l, ok := g.lists.made.Load(name); ok {
		return l.([]listed)
	}
	var l []listed
	for _, e := range g.gazetteer.Territories(programme, phase) {
		l = append(l, listed{e, nameParts(e.Name)})
	}
	g.lists.made.Store(name, l)
	return l
}
