package extract

import "vigie"

// Three lead a cité éducative: a principal for the Éducation nationale, somebody for the
// State and somebody for the town.

var trios = cues("pilotage ..3 tricephale|tripartite", "pilotage ..5 trois tetes|voix", "pilotage ..3 partage|assure|conjoint ..3 trois", "pilote|pilotee|pilotent|pilotage ..6 trio|troika|trinome|triumvirat", "trois pilotes|copilotes", "trio|troika|trinome|triumvirat de pilotage")

// trioMembers: "Le pilotage est tricéphale. Pour l'État, A, déléguée du préfet."
func (p *Passage) trioMembers() []act {
	var acts []act
	for k, t := range p.Tokens {
		if t.Fold == ":" && hasCue(trios, p.Tokens[:k]) { // "à trois têtes : la Ville, la préfecture et l'Éducation nationale"
			if hs := p.threeAfter(k + 1); len(hs) == 3 {
				return []act{{lo: 0, hi: hs[2].j, roles: []string{"pilote"}, holders: hs, target: target{body: "gouvernance"}, rule: "role-trio", sure: 0.8}}
			}
		}
		if t.Fold != "pour" || k > 0 && p.foldAt(k-1) != ";" && p.foldAt(k-1) != ":" {
			continue
		}
		for j := k + 1; j < len(p.Tokens) && j < k+8; j++ {
			if p.foldAt(j) != "," && p.foldAt(j) != ":" {
				continue
			}
			h, ok := p.holderAt(j + 1)
			if !ok || h.kind != vigie.HolderPerson || !p.nothingAfter(h.j) {
				break
			}
			if from := p.toldTrio(); from != nil {
				acts = append(acts, act{lo: k, hi: h.j, roles: []string{"pilote"}, holders: []holder{h}, target: target{body: "gouvernance"}, from: from, quoteFrom: from, rule: "role-trio", sure: 0.8})
			}
			break
		}
	}
	return acts
}

// threeAfter reads three bodies or persons from token k on: what stands between separators
// and begins with a capital, articles passed.
func (p *Passage) threeAfter(k int) []holder {
	if hs, _ := p.list(k); len(hs) == 3 {
		return hs
	}
	var hs []holder
	for k < len(p.Tokens) && len(hs) < 4 {
		i := p.pastDeterminers(k)
		j := i
		for j < len(p.Tokens) && !p.isSeparator(j) && !endsSentence(p.Tokens[j]) {
			j++
		}
		if j == i || j > i+5 || !p.isCapital(i) && p.organisationHead(i) == i {
			return nil
		}
		hs = append(hs, holder{i: k, j: j, kind: vigie.HolderOrganisation, name: p.raw(i, j)})
		if j >= len(p.Tokens) || endsSentence(p.Tokens[j]) {
			break
		}
		k = max(j+1, matchAt(joiners, p.Tokens, j))
	}
	return hs
}

// toldTrio is the passage, this or one right before it, that says that three lead.
func (p *Passage) toldTrio() *Passage {
	q := p
	for range 4 {
		if q == nil || q.Block != p.Block && p.Kind != vigie.Item {
			return nil
		}
		if hasCue(trios, q.Tokens) {
			return q
		}
		q = q.Prev
	}
	return nil
}

// nothingAfter: nothing more is said in the clause of who ends at token j.
func (p *Passage) nothingAfter(j int) bool {
	switch p.foldAt(j) {
	case "", ".", ";":
		return true
	case ",":
		return j+1 == len(p.Tokens) || !p.beginsClause(j+1) && j+6 > len(p.Tokens)
	}
	return false
}
