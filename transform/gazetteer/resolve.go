package gazetteer

import (
	"slices"
	"strings"

	"vigie"
)

// A Context is what is known around a name. The zero Context knows nothing.
type Context struct {
	Types        []string    // types of Ref allowed, the most wanted first; empty: all
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
	RuleUnknown  = "unknown"  // open: nothing is like it
)

// Resolve says which entity a name stands for. Legal forms, articles, "commune de",
// "territoire d'industrie" and a département in parentheses behind the name are read;
// what several bear and the context does not settle stays open.
func (g *Gazetteer) Resolve(name string, c Context) Resolution {
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

// A query is one reading of a name.
type query struct {
	g      *Gazetteer
	c      *Context
	tokens []token
	form   uint8
	types  []string // of Ref, as the words around the name say; nil: as the context says
	scene  *scene
}

// queries returns the readings of a name, the most literal first: as it stands, without
// what is in parentheses, what is in them, the article in parentheses put first.
func (g *Gazetteer) queries(name string, c Context) []*query {
	name = strings.TrimSpace(name)
	scene := g.scene(&c)
	texts := []string{name}
	if lo, hi := strings.IndexByte(name, '('), strings.LastIndexByte(name, ')'); lo > 0 && lo < hi {
		before, inside := strings.TrimSpace(name[:lo]), strings.TrimSpace(name[lo+1:hi])
		if d := g.departementOf(inside); d != "" {
			scene = scene.within(d)
			texts = []string{before}
		} else {
			texts = append(texts, inside+" "+before, before, inside)
		}
	}
	var all []*query
	for _, text := range texts {
		tokens := scan(text, nil, g.index.word)
		for _, r := range g.index.readings(tokens) {
			all = append(all, &query{g, &c, tokens[r.from:], r.form, r.types, scene})
		}
	}
	return all
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

// A reading is where a name begins behind words that say what it is.
type reading struct {
	from  int
	form  uint8
	types []string
}

// readings tells legal forms and words like "commune de" apart from the name. A name may
// begin with such a word itself: the reading that keeps it comes first.
func (x *index) readings(tokens []token) []reading {
	all := []reading{{0, noForm, nil}}
	if form, k := x.form(tokens, 0); form != noForm && k < len(tokens) {
		all = append(all, reading{k, form, nil})
	}
	for _, d := range x.designators {
		if k := x.behind(tokens, d.words); k > 0 && k < len(tokens) {
			for _, r := range x.readings(tokens[k:]) {
				types := d.types
				if r.form != noForm && r.types == nil && !slices.Contains(types, vigie.RefTerritory) {
					types = nil
				}
				all = append(all, reading{k + r.from, r.form, types})
			}
		}
	}
	return all
}

// behind returns the place after words and the linking words that follow, 0 where
// tokens do not begin with them.
func (x *index) behind(tokens []token, words []int32) int {
	if len(tokens) < len(words) {
		return 0
	}
	for i, w := range words {
		if tokens[i].word != w {
			return 0
		}
	}
	k := len(words)
	for k < len(tokens) && x.linked[tokens[k].word] == linkDe {
		k++
	}
	if k > len(words) && k < len(tokens) && tokens[k-1].word == x.du {
		k-- // "ville du Havre": the article is in it
	}
	return k
}

type designator struct {
	words []int32
	types []string
}

// designations are words before a name that say what it names.
var designations = []struct{ words, kind string }{
	{"canton", "none"}, {"commune", vigie.RefCommune}, {"commune deleguee", vigie.RefCommune}, {"commune nouvelle", vigie.RefCommune},
	{"departement", vigie.RefDepartement}, {"mairie", vigie.RefCommune}, {"region", vigie.RefRegion},
	{"territoire", vigie.RefTerritory}, {"territoire d industrie", vigie.RefTerritory}, {"territoires d industrie", vigie.RefTerritory},
	{"ti", vigie.RefTerritory}, {"ville", vigie.RefCommune}, {"village", vigie.RefCommune},
}

func (x *index) addDesignators() {
	for _, d := range designations {
		var words []int32
		for w := range strings.FieldsSeq(d.words) {
			words = append(words, x.add(hashOf(w)))
		}
		x.designators = append(x.designators, designator{words, []string{d.kind}})
	}
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
	phase    bool // of the phase asked for
}

// candidates returns the entities whose name the whole query is.
func (q *query) candidates() []candidate {
	x := q.g.index
	var found []candidate
	for _, p := range x.walk(q.tokens, 0, gapBreak, nil) {
		form, rest := q.form, p.next
		for rest < len(q.tokens) && x.linked[q.tokens[rest].word] != noLink {
			rest++
		}
		if rest == len(q.tokens)-1 && x.suffixForm(q.tokens[rest].word) != noForm {
			if form == noForm {
				form = x.suffixForm(q.tokens[rest].word)
			}
			rest++
		}
		if rest != len(q.tokens) {
			continue
		}
		for i := x.heads[p.node]; i != 0; i = x.names[i].next {
			if c, ok := q.candidate(&p, &x.names[i], form); ok {
				found = append(found, c)
			}
		}
	}
	return q.followed(dedupe(found))
}

// candidate weighs one name at the end of the query's path.
func (q *query) candidate(p *path, n *name, form uint8) (candidate, bool) {
	e := &q.g.entities[n.entity]
	want := q.wants(e)
	if want < 0 {
		return candidate{}, false
	}
	c := candidate{entity: n.entity, want: want, strength: n.strength, acronym: n.flags&acronym != 0, phase: q.phaseFits(e)}
	switch {
	case form != noForm && e.class != classEPCI && (e.class != classTerritory || n.form == noForm && q.form != noForm):
		return candidate{}, false
	case n.flags&needForm != 0 && form == noForm:
		if !slices.Equal(q.c.Types, []string{vigie.RefEPCI}) {
			return candidate{}, false
		}
		c.loose = 2
	case n.flags&strict != 0 && (p.gaps != n.gaps || !q.leads(p, n)), p.ets&^n.ets != 0:
		c.loose = 1
	case n.form == noForm && form != noForm && n.flags&needForm != 0:
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
func (q *query) wants(e *entity) int {
	if e.class >= classTerritory && q.c.Programme != "" && e.programme() != q.c.Programme {
		return -1
	}
	kind := classTypes[e.class]
	if q.types != nil && !slices.Contains(q.types, kind) {
		return -1
	}
	if len(q.c.Types) == 0 {
		return 0
	}
	return slices.Index(q.c.Types, kind)
}
