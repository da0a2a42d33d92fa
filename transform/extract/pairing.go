package extract

import (
	"slices"

	"vigie"
)

var (
	// formsPair stand between two persons and the binôme that they are.
	formsPair = cues(
		",? forment|formeront|constituent|constitueront|composent|sont le|un|notre? binome|duo|tandem", ",? forment|constituent|composent ensemble le|un binome", ",? ont ete designes|choisis|nommes binome", ",? en binome", ",? le|un|notre? binome|duo|tandem qui|que|a",
		",? forme|formera un|le? binome|duo|tandem avec", ",? fait|fera equipe|binome|tandem avec", ",? constitue un|le? binome|duo|tandem avec",
	)
	// sideOpeners: "Côté élus, A ; côté industriels, B".
	sideOpeners = []struct {
		role string
		cues []cue
	}{
		{"elu-referent", cues("cote elus|elu|collectivites|collectivite|politique|public", "pour les elus|collectivites", "du cote des elus|collectivites", "chez les elus")},
		{"industriel-referent", cues("cote industriels|industriel|entreprises|entreprise|industrie|prive|patrons", "pour les industriels|entreprises", "du cote des industriels|entreprises", "chez les industriels")},
	}
	pairAround = cues("binome|binomes|duo|duos|tandem|tandems", "gouvernance", "pilote|pilotes|pilotent|piloter|pilotage", "copilot*", "referent|referents|referente")
)

// pairings: binômes told by their persons.
func (p *Passage) pairings(hs []holder) []act {
	acts := append(p.sidedPairs(), p.twoLeaders()...)
	acts = append(acts, p.frontedPair()...)
	acts = append(append(acts, p.sideBySide()...), p.halves()...)
	for n, h := range hs {
		if h.pair && len(h.members) > 0 {
			a := act{lo: h.i, hi: h.j, rule: "role-pair", sure: 0.9}
			acts = append(acts, p.pairActs(a, h.members)...)
		}
		acts = append(acts, p.formsWith(h)...)
		end := matchAt(formsPair, p.Tokens, h.j)
		if end < 0 {
			continue
		}
		if p.foldAt(end-1) == "avec" { // "A forme un binôme avec B"
			if list, e := p.list(end); len(list) == 1 {
				acts = append(acts, p.pairActs(act{lo: h.i, hi: e, rule: "role-pair", sure: 0.9}, []holder{h, list[0]})...)
			}
			continue
		}
		if list := p.listEnding(hs[:n+1], h.j); len(list) == 2 {
			a := act{lo: list[0].i, hi: end, rule: "role-pair", sure: 0.9}
			acts = append(acts, p.pairActs(a, list)...)
		}
	}
	return p.itemPair(hs, acts)
}

// frontedPair: "Composé de A, élue, et de B, industriel, le binôme se réunit".
func (p *Passage) frontedPair() []act {
	made := matchAt(pairMade, p.Tokens, 0)
	if made < 0 {
		return nil
	}
	list, end := p.list(made)
	if len(list) != 2 || p.foldAt(end) != "," || matchAt(pairNouns, p.Tokens, p.pastDeterminers(end+1)) < 0 {
		return nil
	}
	return p.pairActs(act{lo: 0, hi: end, rule: "role-pair", sure: 0.85}, list)
}

// twoLeaders: "Deux pilotes ont été désignés : A et B", "s'appuie sur deux référents, A et B".
func (p *Passage) twoLeaders() []act {
	for _, h := range p.found(twos) {
		for k := h.j; k < len(p.Tokens) && k < h.j+8; k++ {
			if !p.Tokens[k].Is(":", ",") {
				continue
			}
			if list, end := p.list(k + 1); len(list) == 2 && persons(list) != nil {
				return p.pairActs(act{lo: h.i, hi: end, rule: "role-pair", sure: 0.85}, list)
			}
		}
	}
	return nil
}

var twos = cues("deux pilotes|copilotes|referents|responsables")

// sidedPairs: "Côté élus, A, maire de X ; côté industriels, B", where the text speaks of a
// binôme.
func (p *Passage) sidedPairs() []act {
	from := p
	if !hasCue(pairAround, p.Tokens) {
		if from = p.pairSpokenOf(); from == nil {
			return nil
		}
	}
	var acts []act
	for _, side := range sideOpeners {
		for _, h := range p.found(side.cues) {
			if p.tailsPerson(h.i) {
				continue
			}
			k := h.j
			for k < len(p.Tokens) && p.Tokens[k].Is(",", ":", "c'", "est") {
				k++
			}
			if called := matchAt(whoIs, p.Tokens, k); called > 0 {
				k = called
			}
			list, end := p.list(k)
			if len(persons(list)) == 0 {
				continue
			}
			a := act{lo: h.i, hi: end, roles: []string{side.role}, holders: list, target: target{body: "binome"}, rule: "role-pair", sure: 0.9}
			if from.Block == p.Block {
				a.quoteFrom = from
			}
			acts = append(acts, a)
		}
	}
	return acts
}

// whoIs may stand between the side and the name.
var whoIs = cues("la|le|l' referent|referente|elu|elue|interlocuteur s' appelle|est|,", "on trouve|retrouve|compte", "il s' agit de|d'", "a? ete? designe|designee")

// pairSpokenOf is what speaks of a binôme above the passage: the sentence before, what leads
// its list in, its heading.
func (p *Passage) pairSpokenOf() *Passage {
	for _, q := range []*Passage{p.Prev, p.Parent, p.Heading} {
		if q != nil && q != p && hasCue(pairAround, q.Tokens) {
			return q
		}
	}
	return nil
}

// tailsPerson: "A, pour les élus, B, pour les industriels" says the side after each name.
func (p *Passage) tailsPerson(i int) bool {
	if p.foldAt(i-1) == "," {
		i--
	}
	if i <= 0 || !p.isCapital(i-1) {
		return false
	}
	h, ok := p.holderNaming(i - 1)
	return ok && h.nameHi == i
}

// itemPair: an item below "Les binômes désignés :" with two persons of the two sides.
func (p *Passage) itemPair(hs []holder, acts []act) []act {
	paired := slices.ContainsFunc(acts, func(a act) bool { return a.target.body == "binome" })
	if paired || p.Kind != vigie.Item || p.Parent == nil || p.Parent.Kind == vigie.Item || !hasCue(pairNouns, p.Parent.Tokens) {
		return acts
	}
	var two []holder
	for _, h := range hs {
		if h.kind == vigie.HolderPerson && (len(two) < 2 || p.Tokens[h.i-1].Is(",", "et", "/", "-")) {
			two = append(two, h)
		}
	}
	if len(two) != 2 {
		return acts
	}
	return p.pairActs(act{lo: two[0].i, hi: two[1].j, rule: "role-pair", sure: 0.8}, two)
}
