package gazetteer

import (
	"cmp"
	"slices"
	"strings"

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

// alsoOf2018 reports whether a territory that only the first list has competes with what
// else bears a listed name: nothing says that "Libournais" is the intercommunalité.
func (q *query) alsoOf2018(c candidate, found []candidate) bool {
	if !q.c.Listed || !q.mayBe(&q.g.entities[c.entity]) {
		return false
	}
	return !slices.ContainsFunc(found, func(o candidate) bool { return o.phase && q.g.entities[o.entity].class == classTerritory })
}

// settle orders the candidates and takes the first where it beats the second on a ground
// that a reader would accept.
func (q *query) settle(found []candidate) Resolution {
	wanted := slices.DeleteFunc(slices.Clone(found), func(c candidate) bool { return !c.phase && !q.alsoOf2018(c, found) })
	if len(wanted) == 0 {
		wanted = slices.DeleteFunc(slices.Clone(found), func(c candidate) bool { return !q.mayBe(&q.g.entities[c.entity]) })
	}
	if len(wanted) == 0 {
		return Resolution{Candidates: q.refs(found), Rule: RulePhase}
	}
	slices.SortFunc(wanted, q.compare)
	r := Resolution{Candidates: q.refs(wanted)}
	r.Rule = q.rule(wanted)
	if k := q.spelled(r); k > 0 || k == 0 && r.Rule == RuleHomonyms {
		r.Candidates[0], r.Candidates[k], r.Rule = r.Candidates[k], r.Candidates[0], RuleOfficial
	}
	switch r.Rule {
	case RuleHomonyms, RuleAcronym:
		return r
	}
	r.Ref = r.Candidates[0]
	if then, ok := q.g.predecessor(r.Ref, q.c.Date); ok {
		r.Ref, r.Rule, r.Candidates = then, RuleDate, append([]vigie.Ref{then}, r.Candidates...)
	}
	return r
}

// spelled returns the place of the one candidate that has the name to the letter, as a
// list's other names do not: with "de" the Cèze Cévennes of today, without the former
// one; -1 where there is none, or the name is a text's.
func (q *query) spelled(r Resolution) int {
	if !q.c.Listed || len(r.Candidates) < 2 || r.Rule != RuleDate && r.Rule != RuleHomonyms && r.Rule != RuleOfficial {
		return -1
	}
	return q.g.verbatim(r.Candidates, q.text)
}

func (q *query) compare(a, b candidate) int {
	d, e := &q.g.entities[a.entity], &q.g.entities[b.entity]
	return cmp.Or(
		cmp.Compare(a.want, b.want), cmp.Compare(b.place&inPlace, a.place&inPlace), cmp.Compare(a.loose, b.loose), cmp.Compare(b.place, a.place),
		q.compareListed(a, b), cmp.Compare(a.gone, b.gone), cmp.Compare(a.strength, b.strength),
		cmp.Compare(typeRank(d), typeRank(e)), cmp.Compare(e.population, d.population), cmp.Compare(a.entity, b.entity))
}

// compareListed puts the name in full of what is no more before a name that a rule has
// shortened: in a list of 2012 "CA de Metz" is not Metz Métropole. A commune that is part
// of another by now keeps its name against one that was called so once.
func (q *query) compareListed(a, b candidate) int {
	if !q.c.Listed {
		return 0
	}
	if d, e := &q.g.entities[a.entity], &q.g.entities[b.entity]; d.class == classCommune && e.class == classCommune && d.gone() < 2 && e.gone() < 2 {
		return boolCompare(a.strength == former, b.strength == former)
	}
	if a.exact == b.exact || a.strength != derived && b.strength != derived {
		return 0
	}
	return boolCompare(!a.exact, !b.exact)
}

// rule names the ground on which the first candidate beats the second, or why it does not.
func (q *query) rule(c []candidate) string {
	best := c[0]
	if best.acronym && best.place&^fitsForm == 0 && !(q.c.Listed && q.g.entities[best.entity].class == classRegion) {
		return RuleAcronym
	}
	if best.strength == derived && len(q.scene.places) > 0 && best.place&^fitsForm == 0 {
		return RuleHomonyms // a name made by rule, of another place than the text's
	}
	if q.shortened(best) {
		return RuleHomonyms
	}
	if len(c) == 1 || c[1].want > best.want {
		if best.loose > 0 {
			return RuleLinks
		}
		return RuleOnly
	}
	second := c[1]
	switch {
	case best.place&inPlace > second.place&inPlace:
		return RuleContext
	case second.loose > best.loose:
		return RuleOfficial
	case best.place > second.place:
		return RuleContext
	case second.gone > best.gone:
		if q.c.Listed && second.exact && !best.exact {
			return RuleHomonyms
		}
		return RuleDate
	case q.settledByName(c):
		return RuleOfficial
	}
	return RuleHomonyms
}

// shortened reports whether a name that is borne only far from the context's places is
// more likely short for one that is there: in the Orne "Pays de Mortagne" is not the one
// of the Vendée. A city is named everywhere, and so are those across the border.
func (q *query) shortened(best candidate) bool {
	e := &q.g.entities[best.entity]
	if len(q.scene.places) == 0 || best.place&^fitsForm != 0 || e.population >= city || e.class != classCommune && e.class != classEPCI {
		return false
	}
	if q.scene.borders(e) {
		return false
	}
	short := strings.Fields(q.g.telling(best.entity))
	for i := int32(q.g.classes[e.class]); i < int32(q.g.classes[e.class+1]); i++ {
		if o := &q.g.entities[i]; o.gone() == 0 && q.scene.score(i) > 0 && i != best.entity && holds(strings.Fields(q.g.telling(i)), short) {
			return true
		}
	}
	return false
}

// settledByName compares two that fit equally: the list's own name beats a former or
// derived one; without a wanted type, the plainest reading of a place's name wins.
func (q *query) settledByName(c []candidate) bool {
	best, second := c[0], c[1]
	if second.strength > best.strength && (second.strength >= former || best.place > fitsForm) {
		return true
	}
	if len(q.c.Types) > 0 && !q.c.Listed || best.strength != official {
		return false
	}
	return q.plainest(c)
}

// plainest reports whether the first of several places of the same name is the one
// meant by the bare name: "Aube" is the département before the village, "Paris" the
// town before the département; "Mayenne" may be either, "Saint-Martin" anything.
func (q *query) plainest(c []candidate) bool {
	best := &q.g.entities[c[0].entity]
	for _, o := range c[1:] {
		e := &q.g.entities[o.entity]
		if o.gone > c[0].gone || o.place < c[0].place || o.strength > official {
			continue
		}
		if e.class == best.class || e.class == classCommune && e.population >= village && best.population == 0 {
			return false
		}
	}
	return best.class <= classCommune
}

// Above village a commune is known beyond its region; from city it is what its name means.
const village, city = 5_000, 100_000

// typeRank is how likely a bare name means an entity of this kind and size.
func typeRank(e *entity) int {
	switch e.class {
	case classRegion:
		return 0
	case classCommune:
		if e.population >= city {
			return 1
		}
		return 3
	case classDepartement:
		return 2
	}
	return 3 + int(e.class)
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
