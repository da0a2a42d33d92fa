package gazetteer

import (
	"slices"

	"vigie"
)

// A scene is where a text plays: the context's places, made ready for comparison.
type scene struct {
	g            *Gazetteer
	places       []string // non-empty where the context names any place
	regions      []string
	departements []string
	near         []vigie.Ref
	around       []string // départements of what is near
}

// Scores of an entity in a scene. What is near weighs most, then the département.
const (
	fitsForm   = 1 // its legal form is the one written
	sameAround = 2
	sameRegion = 4
	sameDepart = 8
	isNear     = 16

	inPlace = sameDepart | isNear // beats even a difference in linking words
)

func (g *Gazetteer) scene(c *Context) *scene {
	s := &scene{g: g, regions: c.Regions, departements: c.Departements, near: slices.Clone(c.Near)}
	for _, r := range c.Near {
		i, ok := g.find(r)
		if !ok {
			continue
		}
		e := &g.entities[i]
		s.around = append(s.around, g.departements(e)...)
		switch e.class {
		case classEPCI:
			if now, ok := g.Successor(r, ""); ok {
				s.near = append(s.near, now)
			}
		case classCommune:
			s.near = append(s.near, vigie.Ref{Type: vigie.RefEPCI, ID: cell(e.row, communeEPCI)})
		case classTerritory:
			s.near = append(s.near, g.members[int(i)-g.classes[classTerritory]]...)
		}
	}
	s.places = slices.Concat(s.regions, s.departements, s.around)
	return s
}

// within returns the scene in one département: what a name says of itself beats the context.
func (s *scene) within(departement string) *scene {
	return &scene{g: s.g, departements: []string{departement}, places: []string{departement}}
}

func (s *scene) score(i int32) (score int) {
	if len(s.places) == 0 {
		return 0
	}
	e := &s.g.entities[i]
	if s.isNear(e) {
		score += isNear
	}
	for _, d := range s.g.departements(e) {
		if slices.Contains(s.departements, d) {
			score |= sameDepart
		}
		if slices.Contains(s.around, d) {
			score |= sameAround
		}
		if slices.Contains(s.regions, s.g.regions[d]) {
			score |= sameRegion
		}
	}
	if e.class == classRegion && slices.Contains(s.regions, e.id()) {
		score |= sameDepart
	}
	return score
}

// isNear reports whether the entity, its EPCI, its successor or one of its members is near.
func (s *scene) isNear(e *entity) bool {
	r := e.ref()
	if slices.Contains(s.near, r) {
		return true
	}
	switch e.class {
	case classEPCI:
		now, ok := s.g.Successor(r, "")
		return ok && slices.Contains(s.near, now)
	case classTerritory:
		i, _ := s.g.find(r)
		return slices.ContainsFunc(s.g.members[int(i)-s.g.classes[classTerritory]], func(m vigie.Ref) bool { return slices.Contains(s.near, m) })
	}
	return false
}

// borders reports whether some territory has the entity's département and a place of the
// scene: Eure-et-Loir and Normandie share the Vallée de l'Huisne.
func (s *scene) borders(e *entity) bool {
	own := s.g.departements(e)
	for i := s.g.classes[classTerritory]; i < s.g.classes[classTerritory+1]; i++ {
		t := &s.g.entities[i]
		if common(list(t.row, territoryDepartements), own) &&
			(common(list(t.row, territoryRegions), s.regions) || common(list(t.row, territoryDepartements), s.departements)) {
			return true
		}
	}
	return false
}

func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}
