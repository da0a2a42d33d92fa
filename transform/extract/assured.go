package extract

import "slices"

// assured: "la Région en assurera le pilotage", "A et B se partagent le pilotage".
func (p *Passage) assured(a *act, hs []holder, ts []target, k int) bool {
	i := k
	for i > 0 && (determiners[p.Tokens[i-1].Fold] || isAdjective(p.Tokens[i-1].Fold)) {
		i--
	}
	hits := findCues(holdsNoun, p.Tokens[:i])
	if i > 1 && p.Tokens[i-1].Is("a", "aux") && p.foldAt(i-2) == "," { // "A, à la tête du comité, ..."
		hits = append(hits, hit{i: i - 2, j: i})
	}
	for _, h := range hits {
		partners, from := p.insertedPartners(h.j)
		for from < i && (adverbial(p.Tokens[from].Fold) || matchAt(manners, p.Tokens, from) > from) {
			from = max(from+1, matchAt(manners, p.Tokens, from))
		}
		if from != i && matchAt(manners, p.Tokens, h.j) < i {
			continue
		}
		s, pronoun := p.beforeVerb(h.i)
		j, ok := p.nounOf(a, ts, k)
		if !ok && !(pronoun == "en" && p.pronounTarget(a, ts, k, false)) {
			return false
		}
		if pronoun == "en" && a.target.body == "gouvernance" {
			p.pronounTarget(a, ts, k, false)
		}
		if a.target.foreign || a.target.body == "" {
			return false
		}
		a.hi = max(a.hi, min(j, len(p.Tokens)))
		if a.roles[0] == "pilote" && matchAt(sharing, p.Tokens, h.i) > 0 {
			a.roles = []string{"copilote"}
		}
		if !p.sharers(a, s, j) && !p.subjectBefore(a, hs, nil, s) {
			return false
		}
		a.holders = append(slices.Clip(a.holders), partners...)
		*a = p.withPartners(*a, k)
		return true
	}
	return p.succeeds(a, hs, ts, k, i)
}

// assuresOfIt: "A en a pris la tête".
func (p *Passage) assuresOfIt(a *act, hs []holder, ts []target, k int) bool {
	for i := k - 1; i > 0 && i > k-6; i-- {
		if p.Tokens[i].Is("en") {
			return p.assured(a, hs, ts, k)
		}
	}
	return false
}

// insertedPartners: "A assure, avec B, le pilotage": those told between the commas, and the
// token after.
func (p *Passage) insertedPartners(j int) ([]holder, int) {
	if p.foldAt(j) != "," {
		return nil, j
	}
	with := matchAt(alongside, p.Tokens, j+1)
	if with < 0 {
		return nil, j
	}
	hs, end := p.list(with)
	if len(hs) == 0 || p.foldAt(end) != "," {
		return nil, j
	}
	return hs, end + 1
}

// succeeds: "A succède à B à la présidence du comité de pilotage".
func (p *Passage) succeeds(a *act, hs []holder, ts []target, k, i int) bool {
	if p.foldAt(i-1) != "a" {
		return false
	}
	for _, b := range hs {
		if b.j != i-1 {
			continue
		}
		v := b.i - 1
		if p.foldAt(v) == "a" || p.foldAt(v) == "au" {
			v--
		}
		if v < 0 || !p.Tokens[v].Is("succede", "remplace", "succedera", "remplacera", "succedant", "remplacant") {
			return false
		}
		j, ok := p.nounOf(a, ts, k)
		s, _ := p.beforeVerb(v)
		a.hi = j
		return ok && p.subjectBefore(a, hs, nil, s)
	}
	return false
}

// sharers: "Trois ministres se partagent le pilotage : A (x), B (y) et C (z)".
func (p *Passage) sharers(a *act, s, j int) bool {
	if p.foldAt(j) != ":" {
		return false
	}
	hs, end := p.list(j + 1)
	if len(hs) < 2 {
		return false
	}
	office := ""
	if s > 0 {
		office = singular(p.Tokens[s-1].Fold)
	}
	for i := range hs {
		if len(hs[i].function) > 0 && hs[i].function[0] == '(' && office != "" {
			hs[i].function = office + " " + hs[i].function
		}
	}
	a.holders, a.hi, a.lo = hs, end, 0
	return true
}

func singular(w string) string {
	if _, ok := officeHeads[w]; ok && len(w) > 2 && w[len(w)-1] == 's' {
		return w[:len(w)-1]
	}
	return ""
}
