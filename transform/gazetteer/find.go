package gazetteer

import (
	"cmp"
	"slices"

	"vigie"
)

// A Hit is a name found in a text.
type Hit struct {
	Lo, Hi  int         // bytes of the text, a legal form or a commune's article included
	CoreLo  int         // where the name begins behind its legal form and linking words; Lo where there is none
	Form    string      // legal form before or after the name: CC, CA, CU, METRO, EPT, "interco" for the vaguer words, or empty
	Refs    []vigie.Ref // all that bear the name, the likeliest first; types, phases and homonyms unsettled
	Acronym bool        // matched by an acronym: only context can say whether it is one
}

// Find returns the official names in a text, leftmost and longest, in order and without
// overlap. Words are matched whole and folded; a name without its legal form counts only
// with a capital. It takes time linear in the text.
func (g *Gazetteer) Find(text string) []Hit {
	f := finder{g: g, x: g.index, text: text}
	f.tokens = scan(text, make([]token, 0, len(text)/6+8), g.index.word)
	var hits []Hit
	for i := 0; i < len(f.tokens); {
		h, next := f.at(i)
		if next == 0 {
			i++
			continue
		}
		hits = append(hits, h)
		f.end = h.Hi
		i = next
	}
	return hits
}

// A finder looks for names in one text.
type finder struct {
	g      *Gazetteer
	x      *index
	text   string
	tokens []token
	end    int // of the last hit
	paths  []path
	picked []int32
}

// at returns the longest name that begins at tokens[i] and the token behind it, 0 where none does.
func (f *finder) at(i int) (hit Hit, next int) {
	t := f.tokens[i]
	if t.word == 0 {
		return Hit{}, 0
	}
	if form, k := f.x.form(f.tokens, i); form != noForm && f.formStands(i, k) {
		hit, next = f.formed(i, k, form)
	}
	if f.x.first[t.word] == 0 || t.cased == 0 && !f.mayStartSmall(i) {
		return hit, next
	}
	if bare, n := f.bare(i); n > next {
		return bare, n
	}
	return hit, next
}

// mayStartSmall reports whether some name goes on behind tokens[i]: "vallée de la Bresle"
// is a name, "vallée" alone is none. One look saves most walks.
func (f *finder) mayStartSmall(i int) bool {
	for j := i + 1; j < len(f.tokens) && j < i+4 && f.tokens[j].gap <= gapParen; j++ {
		if w := f.tokens[j].word; f.x.linked[w] == noLink {
			return w != 0
		}
	}
	return false
}

// formStands refuses what only looks like a legal form: abbreviations need capitals, and
// a name must follow in the same breath, though it may stand in quotation marks.
func (f *finder) formStands(i, k int) bool {
	if k >= len(f.tokens) || f.tokens[k].gap > gapQuote || f.tokens[k].gap == gapComma || f.tokens[k].gap == gapParen {
		return false
	}
	t := f.tokens[i]
	return t.hi-t.lo > 4 || t.cased != 0 || f.text[t.lo] == 'e' || k > i+1 // cc, ca, cu, cdc; epci may be small
}

// formed reads a name behind a legal form at tokens[i:k].
func (f *finder) formed(i, k int, form uint8) (Hit, int) {
	f.paths = f.x.walk(f.tokens, k, gapParen, f.paths[:0])
	for _, p := range slices.Backward(f.paths) {
		if p.lo != k {
			continue
		}
		h := Hit{Lo: int(f.tokens[i].lo), Hi: int(f.tokens[p.hi].hi), CoreLo: int(f.tokens[p.lo].lo), Form: formCodes[form]}
		if p.cased == 0 || f.glued(p.lo, p.next) && f.x.suffixAt(f.tokens, p.next) == noForm {
			continue
		}
		if h.Refs = f.pick(p, form); h.Refs != nil {
			if f.tokens[p.lo-1].cased&capital != 0 && f.x.linked[f.tokens[p.lo-1].word] == linkArticle && p.lo > i {
				h.CoreLo = int(f.tokens[p.lo-1].lo) // "CU Le Havre Seine Métropole"
			}
			next := f.closing(&h, p.next)
			return h, next
		}
	}
	return Hit{}, 0
}

// closing lets a hit take in a word that closes the name: "CA Seine-Eure Agglo".
func (f *finder) closing(h *Hit, next int) int {
	if f.x.suffixAt(f.tokens, next) == noForm || f.tokens[next].cased == 0 {
		return next
	}
	h.Hi = int(f.tokens[next].hi)
	return next + 1
}

// suffixAt returns the form that the word at i says of the name right before it.
func (x *index) suffixAt(tokens []token, i int) uint8 {
	if i >= len(tokens) || tokens[i].gap != gapPlain {
		return noForm
	}
	return x.suffixForm(tokens[i].word)
}

// bare reads a name at tokens[i] without a legal form before it.
func (f *finder) bare(i int) (Hit, int) {
	f.paths = f.x.walk(f.tokens, i, gapParen, f.paths[:0])
	for _, p := range slices.Backward(f.paths) {
		lo := int(f.tokens[p.lo].lo)
		h := Hit{Lo: lo, Hi: int(f.tokens[p.hi].hi), CoreLo: lo}
		if form := f.x.suffixAt(f.tokens, p.next); form != noForm && p.cased != 0 && !f.glued(p.lo, p.next+1) {
			if h.Refs = f.pick(p, form); h.Refs != nil {
				h.Form, h.Hi = formCodes[form], int(f.tokens[p.next].hi)
				return h, p.next + 1
			}
		}
		if f.glued(p.lo, p.next) {
			continue
		}
		if h.Refs, h.Acronym = f.pickBare(p, &h); h.Refs != nil {
			return h, p.next
		}
	}
	return Hit{}, 0
}

// pick returns the EPCI that bear the name of the path with this legal form.
func (f *finder) pick(p path, form uint8) []vigie.Ref {
	f.picked = f.picked[:0]
	fitting := 0
	for i := f.x.heads[p.node]; i != 0; i = f.x.names[i].next {
		n := &f.x.names[i]
		e := &f.g.entities[n.entity]
		if e.class != classEPCI && (e.class != classTerritory || n.form == noForm) || n.flags&acronym != 0 || !p.fits(n) {
			continue
		}
		if n.form == form || formFits(form, e.kind()) {
			fitting++
		}
		f.picked = append(f.picked, i)
	}
	if fitting > 0 {
		f.picked = slices.DeleteFunc(f.picked, func(i int32) bool {
			n := &f.x.names[i]
			return n.form != form && !formFits(form, f.g.entities[n.entity].kind())
		})
	}
	return f.refs()
}

// pickBare returns all entities that may bear the path's name as it stands in the text.
func (f *finder) pickBare(p path, h *Hit) (refs []vigie.Ref, byAcronym bool) {
	f.picked = f.picked[:0]
	byAcronym = true
	for i := f.x.heads[p.node]; i != 0; i = f.x.names[i].next {
		n := &f.x.names[i]
		if n.flags&needForm != 0 || !p.fits(n) || !f.stands(p, n) {
			continue
		}
		if n.lead != 0 {
			f.takeArticle(p.lo, n, h)
		}
		byAcronym = byAcronym && n.flags&acronym != 0
		f.picked = append(f.picked, i)
	}
	if len(f.picked) == 0 {
		return nil, false
	}
	if last := f.x.suffixForm(f.tokens[p.hi].word); last != noForm && p.edges > 1 && f.anyEPCI() {
		h.Form = formCodes[last]
	}
	return f.refs(), byAcronym
}

// stands reports whether a name counts at this place of the text, without a legal form.
func (f *finder) stands(p path, n *name) bool {
	if n.flags&acronym != 0 {
		return p.upper && !f.shouted(p)
	}
	if p.cased == 0 {
		return false
	}
	if n.flags&strict != 0 {
		if p.gaps != n.gaps || !f.article(p.lo, n.lead) {
			return false
		}
	} else if p.links&^n.links != 0 { // "le nord du Cotentin" is not Nord Cotentin
		return false
	}
	return p.edges > 1 || f.plausible(p, n)
}

func (f *finder) anyEPCI() bool {
	return slices.ContainsFunc(f.picked, func(i int32) bool {
		return f.g.entities[f.x.names[i].entity].class == classEPCI
	})
}

// refs orders the picked names' entities: those of today first, then by how good the
// name is, then by class and size.
func (f *finder) refs() []vigie.Ref {
	if len(f.picked) == 0 {
		return nil
	}
	slices.SortFunc(f.picked, func(a, b int32) int {
		n, o := &f.x.names[a], &f.x.names[b]
		d, e := &f.g.entities[n.entity], &f.g.entities[o.entity]
		return cmp.Or(
			cmp.Compare(d.gone(), e.gone()), cmp.Compare(n.strength, o.strength),
			cmp.Compare(d.class, e.class), cmp.Compare(e.population, d.population), cmp.Compare(n.entity, o.entity))
	})
	refs := make([]vigie.Ref, 0, len(f.picked))
	for _, i := range f.picked {
		if r := f.g.entities[f.x.names[i].entity].ref(); !slices.Contains(refs, r) {
			refs = append(refs, r)
		}
	}
	return refs
}
