package extract

import (
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
)

// A holder is who may hold a role: a person with what the text calls them, an office that
// nobody is named for, or a body.
type holder struct {
	i, j           int // tokens, determiner and apposition included
	kind           string
	name           string
	function       string
	organisation   string
	gender         string
	class          officeClass
	nameLo, nameHi int      // tokens of a person's name
	short          bool     // a surname alone
	posts          []post   // told in apposition: "Jeanne Petit, élue référente"
	members        []holder // the persons of a binôme
	pair           bool     // a binôme
	bare           bool     // a binôme of which nothing is said
	generic        bool     // "un élu"
	former, future bool
	regional       bool // the Région, or who presides it
	regions        bool // "les régions"
	plural         bool
}

// holderAt reads the holder that begins at token i, its determiner included.
func (p *Passage) holderAt(i int) (holder, bool) {
	read, known := p.memory.holders[i]
	if !known {
		read.holder, read.ok = p.readHolder(i)
		read.holder.posts, read.holder.members = slices.Clip(read.holder.posts), slices.Clip(read.holder.members)
		if p.memory.holders == nil {
			p.memory.holders = map[int]holderRead{}
		}
		p.memory.holders[i] = read
	}
	return read.holder, read.ok
}

func (p *Passage) readHolder(i int) (holder, bool) {
	if h, ok := p.pairAt(i); ok {
		return h, true
	}
	k := i
	if t := p.pastTitle(i); t > i && p.Tokens[min(t, len(p.Tokens)-1)].Is("le", "la") && !p.isPersonAt(i) { // "M. le Président"
		k = t
	} else if who, ok := p.personAt(i); ok {
		return p.apposition(p.personHolder(who)), true
	}
	for k < len(p.Tokens) && k < i+4 && (determiners[p.Tokens[k].Fold] || p.Tokens[k].Fold == "tous") {
		k++
	}
	if k >= len(p.Tokens) {
		return holder{}, false
	}
	if who, ok := p.companion(k); ok && k > i {
		h := p.apposition(p.personHolder(who))
		h.i = i
		return h, true
	}
	if o, ok := p.officeAt(k); ok {
		return p.officeHolder(i, o), true
	}
	if end := p.organisationAt(k); end > k {
		return p.organisationHolder(i, k, end), true
	}
	return holder{}, false
}

// companion: "sa collègue felletinoise Irène Peyrat".
func (p *Passage) companion(k int) (person, bool) {
	if !p.Tokens[k].Is("collegue", "homologue", "confrere", "consoeur", "alter", "complice", "compere", "ami", "amie", "voisin", "voisine") {
		return person{}, false
	}
	for k++; k < len(p.Tokens) && !p.isCapital(k) && (p.Tokens[k].Is("ego", ",") || isAdjective(p.Tokens[k].Fold)); k++ {
	}
	return p.personAt(k)
}

func (p *Passage) personHolder(who person) holder {
	return holder{
		i: who.i, j: who.j, kind: vigie.HolderPerson, name: who.name, gender: who.gender, short: who.short,
		nameLo: p.pastTitle(who.i), nameHi: who.j,
	}
}

// officeHolder: the office alone, or the person told right after it: "la préfète de
// région, Fabienne Martin, ...", "le sous-préfet Jean Petit".
func (p *Passage) officeHolder(i int, o office) holder {
	k := o.j
	comma := (p.foldAt(k) == "," || p.foldAt(k) == ":") && !p.predicated(i)
	if comma {
		k++
	}
	if who, ok := p.personAt(k); ok && !p.newCell(k) && !(comma && p.joined(who.j)) {
		h := p.personHolder(who)
		h.i = i
		p.give(&h, o)
		if ps, ok := p.postAt(o.i); ok {
			h.posts = append(h.posts, ps)
		}
		h = p.apposition(h)
		if comma && p.foldAt(h.j) == "," && p.foldAt(o.j) == "," {
			h.j++
		}
		return h
	}
	return holder{
		i: i, j: o.j, kind: vigie.HolderFunction, name: p.raw(o.i, o.j), organisation: p.organisationOf(o), class: o.class,
		generic: o.generic, former: o.former, future: o.future, regional: p.presidesRegion(o), plural: strings.HasSuffix(o.head, "s"),
	}
}

// predicated: the office at token i is said of the subject: "A est l'élue du binôme, B
// l'industriel", "est désignée élue référente, B"; "c'est l'élue, A, qui" names A.
func (p *Passage) predicated(i int) bool {
	k := i - 1
	if k > 0 && p.Tokens[k].Is("designe", "designee", "nomme", "nommee", "elu", "elue", "choisi", "choisie") {
		k--
	}
	if k > 0 && p.Tokens[k].Is("ete") {
		k--
	}
	return k > 0 && k < i && p.Tokens[k].Is("est", "sera", "devient", "reste", "demeure", "a") && p.foldAt(k-1) != "c'" && (k < i-1 || !p.Tokens[k].Is("a"))
}

// joined: "le préfet, Jean Petit et Paul Grand" names others than the préfet.
func (p *Passage) joined(j int) bool { return p.foldAt(j) == "et" && !p.Tokens[j].Is(",") }

// give tells a person's office.
func (p *Passage) give(h *holder, o office) {
	if h.function == "" {
		h.function = p.raw(o.i, o.j)
		h.organisation = p.organisationOf(o)
	}
	if h.class == otherOffice {
		h.class = o.class
	}
	h.former = h.former || o.former
	h.regional = h.regional || p.presidesRegion(o)
}

func (p *Passage) organisationHolder(i, k, end int) holder {
	h := holder{i: i, j: end, kind: vigie.HolderOrganisation}
	if p.foldAt(end-1) == ")" && end-3 > k { // "(ANCT)"
		end -= 3
	}
	h.name = p.raw(k, end)
	switch head := p.Tokens[k].Fold; {
	case p.regionAlone(k, end):
		h.regional = true
		h.organisation = p.Doc.regionName(p.Doc.Region)
	case head == "region" || head == "conseil" && p.foldAt(k+1) == "regional":
		h.regional = true
		h.organisation = p.regionBody(office{i: k, j: end})
	case head == "regions":
		h.regions, h.plural = true, true
	default:
		h.plural = strings.HasSuffix(head, "s") && !p.isCapital(k)
		if p.capitalIn(k, end) {
			h.organisation = h.name
		}
	}
	return h
}

// list reads the holders told one after the other from token k on: "par A, maire de X, et
// par B". Commas alone join only where "et" comes in the end.
func (p *Passage) list(k int) (hs []holder, end int) {
	h, ok := p.holderAt(k)
	if !ok {
		return nil, k
	}
	hs, end = []holder{h}, h.j
	kept := 1
	for at := h.j; ; {
		next, and := p.separator(at)
		if next == at || next >= len(p.Tokens) {
			break
		}
		h, ok := p.holderAt(next)
		if !ok || p.foldAt(at) == "," && p.beginsClause(h.j) && !(and && p.foldAt(h.j) == ",") { // "A, maire, et B, qui dirige"
			break
		}
		hs, at = append(hs, h), h.j
		if and {
			kept, end = len(hs), h.j
		}
	}
	hs = hs[:kept]
	return hs, p.respectiveOffices(hs, end)
}

// respectiveOffices gives two persons the offices told of them in turn, "A et B,
// respectivement maire de X et PDG de Y", and returns the token after those.
func (p *Passage) respectiveOffices(hs []holder, end int) int {
	k := end
	if p.foldAt(k) == "," {
		k++
	}
	if p.foldAt(k) != "respectivement" || len(hs) != 2 || len(persons(hs)) != 2 {
		return end
	}
	first, ok := p.officeAt(p.pastDeterminers(k + 1))
	if !ok {
		return end
	}
	next, _ := p.separator(first.j)
	second, ok := p.officeAt(p.pastDeterminers(next))
	if !ok || next == first.j {
		return end
	}
	for i, o := range []office{first, second} {
		if ps, ok := p.postAt(o.i); ok {
			hs[i].posts = append(hs[i].posts, ps)
		}
		p.give(&hs[i], o)
	}
	hs[1].j = second.j
	return second.j
}

// separator passes ",", "et", "ainsi que" and the preposition repeated after them.
func (p *Passage) separator(k int) (next int, and bool) {
	from := k
	if p.foldAt(k) == "," {
		k++
	}
	if end := matchAt(andWords, p.Tokens, k); end > 0 {
		k, and = end, true
	}
	if k == from {
		return from, false
	}
	if p.foldAt(k) == "par" || p.foldAt(k) == "a" || p.foldAt(k) == "de" || p.foldAt(k) == "d'" {
		k++
	}
	if p.foldAt(k) == "du" || p.foldAt(k) == "des" || p.foldAt(k) == "au" || p.foldAt(k) == "aux" {
		k++
	}
	return k, and
}

var andWords = cues("et", "&", "ainsi que|qu'", "et|ainsi aussi", "puis", "comme")

// clauseVerbs begin the predicate of another clause.
var clauseVerbs = cues(
	"a|ont|est|sont|sera|seront|etait|etaient|se|s'|qui|y|en|n'|ne|assure*|assurent|anime*|preside*|pilote*|coordonne*|represente*|participe*|siege*|salue*|rappelle*|explique*|precise*|souligne*",
)

func (p *Passage) beginsClause(j int) bool {
	if p.foldAt(j) == "," {
		j++
	}
	return matchAt(clauseVerbs, p.Tokens, j) > 0
}

// holders lists the holders of the passage, left to right, without overlap.
func (p *Passage) holders() []holder {
	var all []holder
	for i := 0; i < len(p.Tokens); i++ {
		if p.Tokens[i].Kind == french.Punct {
			continue
		}
		if h, ok := p.holderAt(i); ok && h.j > i {
			all = append(all, h)
			i = h.j - 1
			if n := len(all); p.foldAt(h.j) == "respectivement" || p.foldAt(h.j+1) == "respectivement" {
				i = p.respectiveOffices(all[max(0, n-2):], h.j) - 1
			}
		}
	}
	return all
}
