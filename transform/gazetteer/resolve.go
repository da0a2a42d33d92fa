package gazetteer

import (
	"cmp"
	"slices"
	"strings"

	"vigie"
)

// A Context is what is known around a name. The zero Context knows nothing.
type Context struct {
	Types        []string    // types of Ref allowed, the most wanted first; empty: all
	Listed       bool        // the name is a list's, not a text's: all of Types are wanted alike, what is no more as much as what is
	Programme    string      // restricts territories
	Phase        string      // "2018" or "2023"; empty: settled by Date, without one the newest that has the name
	Regions      []string    // codes of where the text is about: they decide among homonyms,
	Departements []string    // and an acronym counts only with one of them
	Date         vigie.Date  // the day the text speaks of: what was in force then is preferred
	Near         []vigie.Ref // entities named nearby, or members of the territory in question
}

// A Resolution is what a name stands for.
type Resolution struct {
	Ref        vigie.Ref   // zero where it cannot be settled
	Candidates []vigie.Ref // all that it may be, the likeliest first
	Rule       string      // what settled it, or why nothing did
}

// Rules of a [Resolution].
const (
	RuleOnly     = "only"     // nothing else bears the name
	RuleContext  = "context"  // place or neighbours decide among homonyms
	RuleDate     = "date"     // the one in force on the day, or today
	RuleOfficial = "official" // others bear the name only formerly or in short
	RuleLinks    = "links"    // linking words or article differ from the list
	RuleLabel    = "label"    // the programme's list has the commune
	RuleHomonyms = "homonyms" // open: several bear the name
	RuleAcronym  = "acronym"  // open: an acronym, and no place to settle it
	RulePhase    = "phase"    // open: the list of another phase has the name
	RuleFuzzy    = "fuzzy"    // open: close to these names, or the same words in another order
	RuleUnknown  = "unknown"  // open: nothing is like it

	// RuleElsewhere is for callers who know the place for certain: open, what bears the
	// name lies elsewhere.
	RuleElsewhere = "elsewhere"
)

// Resolve says which entity a name stands for. Legal forms, articles, "commune de",
// "territoire d'industrie" and a département in parentheses behind the name are read;
// what several bear and the context does not settle stays open.
func (g *Gazetteer) Resolve(name string, c Context) Resolution {
	r := g.spelling(name, &c)
	if len(r.Candidates) > 0 {
		return r
	}
	if near := g.close(name, &c); near != nil {
		return Resolution{Candidates: near, Rule: RuleFuzzy}
	}
	return r
}

// Link returns the entity that a name stands for, zero where it cannot be settled: the
// Ref that [Gazetteer.Resolve] gives, without a search for what else may be meant.
func (g *Gazetteer) Link(name string, c Context) vigie.Ref { return g.spelling(name, &c).Ref }

// spelling reads a name as it is spelt, else as it was likely meant to be.
func (g *Gazetteer) spelling(name string, c *Context) Resolution {
	if r := g.label(name, *c); !r.Ref.IsZero() {
		return r
	}
	r := g.read(name, c)
	if len(r.Candidates) > 0 {
		return r
	}
	g.respell(name, func(other, departement string) bool {
		again := g.read(other, c)
		if departement != "" {
			again = g.readWithin(other, departement, c)
		}
		if len(again.Candidates) > 0 {
			r = again
		}
		return len(again.Candidates) > 0
	})
	return r
}

// readWithin settles a name in the département that it tells of itself; what lies
// elsewhere is only a candidate.
func (g *Gazetteer) readWithin(name, departement string, c *Context) Resolution {
	here := *c
	here.Departements, here.Regions, here.Near = []string{departement}, nil, nil
	r := g.read(name, &here)
	if i, ok := g.find(r.Ref); ok && !slices.Contains(g.departements(&g.entities[i]), departement) {
		r.Ref, r.Rule = vigie.Ref{}, RuleElsewhere
	}
	return r
}

// read settles a name as it is spelt.
func (g *Gazetteer) read(name string, c *Context) Resolution {
	r := Resolution{Rule: RuleUnknown}
	for _, q := range g.queries(name, c) {
		found := q.candidates()
		if len(found) == 0 {
			continue
		}
		if r = q.settle(found); !r.Ref.IsZero() || r.Rule != RulePhase {
			return r
		}
	}
	return r
}

// label settles a town's name in a programme that labels communes: the entry of its list.
func (g *Gazetteer) label(name string, c Context) Resolution {
	if len(c.Types) == 0 || c.Types[0] != vigie.RefTerritory || !g.labelsCommunes(c.Programme) {
		return Resolution{}
	}
	programme := c.Programme
	c.Programme, c.Types = "", []string{vigie.RefCommune}
	town := g.Link(name, c)
	if town.IsZero() {
		return Resolution{}
	}
	i, _ := g.find(town)
	if found := g.labelsOf(programme, i); len(found) == 1 {
		ref := g.entities[found[0]].ref()
		return Resolution{Ref: ref, Candidates: []vigie.Ref{ref}, Rule: RuleLabel}
	}
	return Resolution{}
}

// A query is one way to cut a name, in its context.
type query struct {
	g      *Gazetteer
	c      *Context
	scene  *scene
	text   string
	tokens []token
}

// queries returns the ways to cut a name, the likeliest first: as it stands, without
// what is in parentheses, what is in them; an article in them belongs before the name.
func (g *Gazetteer) queries(name string, c *Context) []*query {
	name = strings.TrimSpace(name)
	here := g.scene(c)
	texts := []string{name}
	if lo, hi := strings.IndexByte(name, '('), strings.LastIndexByte(name, ')'); lo > 0 && lo < hi {
		before, inside := strings.TrimSpace(name[:lo]), strings.TrimSpace(name[lo+1:hi])
		switch departement := g.departementOf(inside); {
		case departement != "":
			here = here.within(departement)
			texts = []string{before}
		case contains(articles, foldName(inside)) || g.onlyForm(inside):
			texts = []string{inside + " " + before, before}
		default:
			texts = append(texts, before, inside)
		}
	}
	var all []*query
	add := func(text string, s *scene) { all = append(all, &query{g, c, s, text, scan(text, nil, g.index.word)}) }
	for _, text := range texts {
		add(text, here)
	}
	if before, departement := g.trailing(name); departement != "" {
		add(before, here.within(departement))
	}
	return all
}

// trailing reads "Vire, Calvados" and "Vire - 14": a name, and the département that it
// lies in. In "Yvelines, Essonne" the first is none of the second's.
func (g *Gazetteer) trailing(name string) (before, departement string) {
	for _, mark := range []string{",", " - ", " – ", " — "} {
		k := strings.LastIndex(name, mark)
		if k <= 0 {
			continue
		}
		before := strings.TrimSpace(name[:k])
		if d := g.departementOf(strings.TrimSpace(name[k+len(mark):])); d != "" && g.departementOf(before) == "" {
			return before, d
		}
	}
	return "", ""
}

// onlyForm reports whether a text is a legal form and no name: "CC du".
func (g *Gazetteer) onlyForm(text string) bool {
	tokens := scan(text, nil, g.index.word)
	form, k := g.index.form(tokens, 0)
	return form != noForm && k == len(tokens)
}

// departementOf reads "76", "2A" or "Calvados".
func (g *Gazetteer) departementOf(s string) string {
	if _, ok := g.regions[strings.ToUpper(s)]; ok {
		return strings.ToUpper(s)
	}
	for i := g.classes[classDepartement]; i < g.classes[classDepartement+1]; i++ {
		if e := &g.entities[i]; foldName(e.name()) == foldName(s) {
			return e.id()
		}
	}
	return ""
}

// A candidate is an entity that bears the name, and how well.
type candidate struct {
	entity   int32
	want     int // place of its type among the wanted ones
	loose    int // 0: as in the list; 1: linking words differ; 2: legal form missing
	place    int // how well it fits the context's places
	gone     int // 0: in force on the day
	strength uint8
	acronym  bool
	exact    bool // linking words as in the list, and the name is no shortened one
	phase    bool // of the phase asked for
}

// candidates returns the entities whose name the whole query is, each by its best reading.
func (q *query) candidates() []candidate {
	var found []candidate
	for _, r := range q.g.index.readings(q.tokens) {
		found = append(found, q.read(r)...)
	}
	return q.followed(dedupe(found))
}

func (q *query) read(r reading) (found []candidate) {
	x := q.g.index
	for _, p := range x.walk(q.tokens, r.from, gapBreak, nil) {
		form, rest := r.form, q.tokens[p.next:]
		if len(rest) == 1 && x.suffixForm(rest[0].word) != noForm {
			form = cmp.Or(form, x.suffixForm(rest[0].word))
		} else if contentWords(x, rest) > 0 { // old lists cut names: "CC DE LA HAUTE VARENNE ET DU"
			continue
		}
		for i := x.heads[p.node]; i != 0; i = x.names[i].next {
			if c, ok := q.candidate(&p, &x.names[i], r, form); ok {
				found = append(found, c)
			}
		}
	}
	return found
}

// candidate weighs one name at the end of the query's path.
func (q *query) candidate(p *path, n *name, r reading, form uint8) (candidate, bool) {
	e := &q.g.entities[n.entity]
	want := q.wants(e, r.kinds)
	if want < 0 {
		return candidate{}, false
	}
	c := candidate{entity: n.entity, want: want, strength: n.strength, acronym: n.flags&acronym != 0 && r.kinds == nil, phase: q.phaseFits(e)}
	c.exact = n.strength != derived && p.gaps == n.gaps && (n.form == form || form == noForm || form >= formAgglo && formFits(form, e.kind()))
	switch {
	case form != noForm && e.class != classEPCI && (e.class != classTerritory || n.form == noForm && r.form != noForm):
		return candidate{}, false
	case n.flags&needForm != 0 && form == noForm:
		if !q.looksFor(e, r) {
			return candidate{}, false
		}
		c.loose = 2
	case n.flags&strict == 0 && form == noForm && p.links&^n.links != 0:
		return candidate{}, false // "nord du Cotentin" is not Nord Cotentin
	case n.flags&strict != 0 && (p.gaps != n.gaps || !q.leads(p, n)), p.ets&^n.ets != 0:
		c.loose = 1
	}
	if n.form == form || formFits(form, e.kind()) {
		c.place += fitsForm
	}
	c.place += q.scene.score(n.entity)
	c.gone = e.gone()
	if !q.c.Date.First().IsZero() && inForce(e, q.c.Date) {
		c.gone = 0
	} else if !q.c.Date.First().IsZero() {
		c.gone++
	}
	return c, true
}

// looksFor reports whether nothing but an entity of this type is wanted, so that a name
// cut short may stand for it.
func (q *query) looksFor(e *entity, r reading) bool {
	wanted := []string{classTypes[e.class]}
	return slices.Equal(q.c.Types, wanted) || slices.Equal(r.kinds, wanted)
}

// leads reports whether the article before the name is the list's.
func (q *query) leads(p *path, n *name) bool {
	x := q.g.index
	if n.lead == 0 {
		return p.lo == 0 || x.linked[q.tokens[p.lo-1].word] == linkDe
	}
	if p.lo == 0 {
		return false
	}
	word := q.tokens[p.lo-1].word
	return word == int32(n.lead) || word == x.du && int32(n.lead) == x.le || word == x.des && int32(n.lead) == x.les
}

// wants returns the place of the entity's type among those wanted, -1 where it is not.
func (q *query) wants(e *entity, kinds []string) int {
	if e.class >= classTerritory && q.c.Programme != "" && e.programme() != q.c.Programme {
		return -1
	}
	kind := classTypes[e.class]
	if kinds != nil && !slices.Contains(kinds, kind) {
		return -1
	}
	if len(q.c.Types) == 0 {
		return 0
	}
	if q.c.Listed && slices.Contains(q.c.Types, kind) {
		return 0
	}
	return slices.Index(q.c.Types, kind)
}
