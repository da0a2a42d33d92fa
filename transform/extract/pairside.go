package extract

import "vigie"

// A binôme told one person at a time: "L'élue, c'est A ; l'industriel, B."

var (
	// onePerSide name anybody of a side; who it is follows.
	onePerSide = []struct {
		role string
		cues []cue
	}{
		{"elu-referent", cues("l'|un|une|cote elu|elue local|locale?", "le|la|une? maire", "l'|une? elu|elue referent|referente", "l' un|une|autre elu|elue")},
		{"industriel-referent", cues("l'|un|une industriel|industrielle local|locale?", "le|la|un|une chef|cheffe d' entreprise", "le|la|un|une patron|patronne|dirigeant|dirigeante", "l'|un|une entrepreneur|entrepreneuse|entrepreneure", "l'|une? industriel|industrielle referent|referente", "l' un|une|autre industriel|industrielle|entrepreneur|entrepreneuse")},
	}
	// twoSpokenOf say that two lead together.
	twoSpokenOf = cues("binome|binomes", "duo|tandem", "deux personnes|personnalites|visages|noms|voix|pilotes|copilotes|referents|tetes", "a deux tetes|voix", "aux commandes|manettes|renes", "copilotee? par")
)

// sideBySide reads who is told of each side, where the passage and those beside it speak of
// both, and of a binôme.
func (p *Passage) sideBySide() []act {
	here := p.eachSide()
	if len(here) == 0 || !p.twoToldOf() {
		return nil
	}
	if len(here) == 2 && here[0].roles[0] != here[1].roles[0] {
		return here
	}
	for _, at := range []int{p.index - 1, p.index + 1} {
		if at < 0 || at >= len(p.Doc.Passages) || p.Doc.Passages[at].Block != p.Block {
			continue
		}
		if other := p.Doc.Passages[at].eachSide(); len(here) == 1 && len(other) == 1 && other[0].roles[0] != here[0].roles[0] {
			return here
		}
	}
	return nil
}

// eachSide lists them: the side, a comma or "c'est", and a person.
func (p *Passage) eachSide() []act {
	var acts []act
	for _, side := range onePerSide {
		for _, h := range p.found(side.cues) {
			if h.i > 0 && !p.Tokens[h.i-1].Is(",", ";", ":", "et", "-", "–", "?", "(", "d'", "de") {
				continue
			}
			k := h.j
			for k < len(p.Tokens) && k < h.j+3 && p.Tokens[k].Is(",", ":", "c'", "est") {
				k++
			}
			if who, ok := p.holderAt(k); k > h.j && ok && who.kind == vigie.HolderPerson && !who.former {
				acts = append(acts, act{lo: h.i, hi: who.j, roles: []string{side.role}, holders: []holder{who}, target: target{body: "binome"}, rule: "role-side", sure: 0.85})
				break
			}
		}
	}
	return acts
}

// twoToldOf: the passage, or one of the two before it, says that two lead.
func (p *Passage) twoToldOf() bool {
	q := p
	for range 3 {
		if q == nil || q.Block != p.Block && q != p.Prev {
			return false
		}
		if q.says(twoSpokenOf) {
			return true
		}
		q = q.Prev
	}
	return false
}

// halves: "l'autre moitié du tandem, B, directrice d'usine".
func (p *Passage) halves() []act {
	var acts []act
	for _, h := range append(p.found(half), p.found(counterpart)...) {
		k := h.j
		for k < len(p.Tokens) && (isAdjective(p.Tokens[k].Fold) || p.Tokens[k].Is(",", ":", "est", "c'")) {
			k++
		}
		who, ok := p.holderAt(k)
		if !ok || who.kind != vigie.HolderPerson || who.former || k == h.j {
			continue
		}
		role := sideRole(p.settled(who))
		switch {
		case hasCue(electedSide, p.Tokens[h.i:h.j]):
			role = "elu-referent"
		case hasCue(industrialSide, p.Tokens[h.i:h.j]):
			role = "industriel-referent"
		}
		if role != "" {
			acts = append(acts, act{lo: h.i, hi: who.j, roles: []string{role}, holders: []holder{who}, target: target{body: "binome"}, rule: "role-half", sure: 0.85})
		}
	}
	return acts
}

var half = cues("autre|seconde|deuxieme|premiere moitie|tete|voix d'|du|de ce?|notre? binome|duo|tandem", "autre|second|deuxieme|premier membre|visage|pilier|nom d'|du|de ce?|notre? binome|duo|tandem", "moitie|versant industrielle|industriel|politique d'|du|de ce? binome|duo|tandem")

// counterpart names the other of the two, side and all.
var counterpart = cues("son|sa|leur binome|alter-ego elu|elue|politique|industriel|industrielle|economique", "son|sa|leur alter ego elu|elue|politique|industriel|industrielle|economique")

func sideRole(h holder) string {
	switch h.class {
	case elected:
		return "elu-referent"
	case industrial:
		return "industriel-referent"
	}
	return ""
}

// leadsForSide is the side for which somebody leads, told after what they lead: "copilote la
// démarche côté élus", "pour les industriels".
func (p *Passage) leadsForSide(a act) act {
	if r := a.roles[0]; r != "pilote" && r != "copilote" || len(a.holders) != 1 || a.holders[0].kind != vigie.HolderPerson {
		return a
	}
	for _, t := range sideTails {
		if end := matchAt(t.cues, p.Tokens, a.hi); end > 0 {
			a.roles, a.target, a.hi = []string{t.role}, target{body: "binome"}, end
			return a
		}
	}
	return a
}

// formsWith: "A forme avec B, PDG de Y, le binôme".
func (p *Passage) formsWith(h holder) []act {
	k := h.j
	if p.foldAt(k) == "," {
		k++
	}
	with := matchAt(together, p.Tokens, k)
	if with < 0 || h.kind != vigie.HolderPerson {
		return nil
	}
	list, end := p.list(with)
	if len(list) != 1 {
		return nil
	}
	for j := end; j < len(p.Tokens) && j < end+12 && !p.Tokens[j].Is(";", ":"); j++ {
		if e := matchAt(pairNouns, p.Tokens, j); e > 0 && determiners[p.foldAt(j-1)] {
			return p.pairActs(act{lo: h.i, hi: e, rule: "role-pair", sure: 0.9}, []holder{h, list[0]})
		}
	}
	return nil
}

var together = cues("qui? forme|formera|constitue|constituera|compose|composera avec")
