package gazetteer

import (
	"cmp"
	"slices"

	"vigie"
)

// phase2 is the day on which the list of phase 2 was made public.
const phase2 = "2023-11-09"

// phaseFits reports whether a territory is of the phase that the context asks for.
func (q *query) phaseFits(e *entity) bool {
	if e.class != classTerritory {
		return true
	}
	if q.c.Phase != "" {
		return e.phase() == q.c.Phase
	}
	if day := q.c.Date.Last(); !day.IsZero() && vigie.DateOf(day) < phase2 {
		return e.phase() == "2018"
	}
	return e.phase() == "2023"
}

// mayBe reports whether a territory of another phase than asked for may still be meant:
// not against an explicit phase, nor before its list was public.
func (q *query) mayBe(e *entity) bool {
	return q.c.Phase == "" && e.phase() == "2018"
}

// settle orders the candidates and takes the first where it beats the second on a ground
// that a reader would accept.
func (q *query) settle(found []candidate) Resolution {
	wanted := slices.DeleteFunc(slices.Clone(found), func(c candidate) bool { return !c.phase })
	if len(wanted) == 0 {
		wanted = slices.DeleteFunc(slices.Clone(found), func(c candidate) bool { return !q.mayBe(&q.g.entities[c.entity]) })
	}
	if len(wanted) == 0 {
		return Resolution{Candidates: q.refs(found), Rule: RulePhase}
	}
	slices.SortFunc(wanted, q.compare)
	r := Resolution{Candidates: q.refs(wanted)}
	r.Rule = q.rule(wanted)
	switch r.Rule {
	case RuleHomonyms, RuleAcronym:
		return r
	}
	r.Ref = r.Candidates[0]
	return r
}

func (q *query) compare(a, b candidate) int {
	d, e := &q.g.entities[a.entity], &q.g.entities[b.entity]
	return cmp.Or(
		cmp.Compare(a.want, b.want), cmp.Compare(a.loose, b.loose), cmp.Compare(b.place, a.place),
		cmp.Compare(a.gone, b.gone), cmp.Compare(a.strength, b.strength),
		cmp.Compare(typeOrder[d.class], typeOrder[e.class]), cmp.Compare(e.population, d.population), cmp.Compare(a.entity, b.entity))
}

// typeOrder is how likely a bare name means what: "Paris" is the commune before the département.
var typeOrder = [nClasses]int{classRegion: 0, classCommune: 1, classDepartement: 2, classEPCI: 3, classTerritory: 4, classLabel: 5}

// rule names the ground on which the first candidate beats the second, or why it does not.
func (q *query) rule(c []candidate) string {
	best := c[0]
	if best.acronym && best.place&^fitsForm == 0 {
		return RuleAcronym
	}
	if best.strength == derived && len(q.scene.places) > 0 && best.place&^fitsForm == 0 {
		return RuleHomonyms // a name made by rule, of another place than the text's
	}
	if len(c) == 1 || c[1].want > best.want {
		if best.loose > 0 {
			return RuleLinks
		}
		return RuleOnly
	}
	second := c[1]
	switch {
	case second.loose > best.loose:
		return RuleOfficial
	case best.place > second.place:
		return RuleContext
	case second.gone > best.gone:
		return RuleDate
	case q.settledByName(best, second):
		return RuleOfficial
	}
	return RuleHomonyms
}

// settledByName compares two that fit equally: the list's own name beats a former or
// derived one, and the plain reading of a place's own name is the place.
func (q *query) settledByName(best, second candidate) bool {
	if second.strength > best.strength && (second.strength >= former || best.place > fitsForm) {
		return true
	}
	d, e := q.g.entities[best.entity].class, q.g.entities[second.entity].class
	return len(q.c.Types) == 0 && d != e && best.strength == official && d <= classCommune
}

// followed marks what came after another candidate that was there on the context's day:
// before 1968 a commune of Seine-et-Oise had another code than today.
func (q *query) followed(found []candidate) []candidate {
	if q.c.Date.First().IsZero() {
		return found
	}
	for _, c := range found {
		e := &q.g.entities[c.entity]
		if c.gone > 0 || e.class != classCommune || e.gone() == 0 {
			continue
		}
		next := cell(e.row, communeNext)
		for k := range found {
			if o := &q.g.entities[found[k].entity]; o.class == classCommune && o.id() == next {
				found[k].gone++
			}
		}
	}
	return found
}

// dedupe keeps the best of each entity's names.
func dedupe(found []candidate) []candidate {
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.entity, b.entity), cmp.Compare(a.loose, b.loose),
			cmp.Compare(b.place, a.place), cmp.Compare(a.strength, b.strength), boolCompare(a.acronym, b.acronym))
	})
	return slices.CompactFunc(found, func(a, b candidate) bool { return a.entity == b.entity })
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (q *query) refs(found []candidate) []vigie.Ref {
	var refs []vigie.Ref
	for _, c := range found {
		if r := q.g.entities[c.entity].ref(); !slices.Contains(refs, r) {
			refs = append(refs, r)
		}
	}
	return refs
}
