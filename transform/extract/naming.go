package extract

import (
	"vigie"
	"vigie/internal/french"
)

// namings reads posts and who takes them: "A a pris ses fonctions de cheffe de projet",
// "DÉSIGNE A comme élu référent", "élu référent : A".
func (p *Passage) namings(hs []holder) []act {
	acts := p.apposedPosts(hs)
	for _, ps := range p.posts(hs) {
		a := act{roles: []string{ps.role}, lo: ps.i, hi: ps.end, target: ps.target, rule: "role-post", sure: 0.9}
		if a.target.body == "" {
			a.target.body = ps.body
		}
		switch {
		case ps.former:
			a.refused = ended
		case ps.future:
			a.refused = vacant
		}
		if p.takers(&a, hs, ps) {
			acts = append(acts, a)
		} else if v, ok := p.vacancy(ps); ok {
			acts = append(acts, v)
		}
	}
	return acts
}

// apposedPosts: "Jeanne Petit, élue référente, ...".
func (p *Passage) apposedPosts(hs []holder) []act {
	var acts []act
	for _, h := range hs {
		for _, who := range append([]holder{h}, h.members...) {
			for _, ps := range who.posts {
				if ps.side && !hasCue(pairAround, p.Tokens) {
					continue
				}
				a := act{roles: []string{ps.role}, lo: who.i, hi: max(who.j, ps.j), holders: []holder{who}, target: ps.target, rule: "role-apposed", sure: 0.85}
				if a.target.body == "" {
					a.target.body = ps.body
				}
				if ps.former {
					a.refused = ended
				}
				acts = append(acts, a)
			}
		}
	}
	return acts
}

// takers finds who holds a post: told before it ("A est nommée cheffe de projet") or
// right after ("la cheffe de projet est A").
func (p *Passage) takers(a *act, hs []holder, ps post) bool {
	for n := len(hs) - 1; n >= 0; n-- {
		h := hs[n]
		if h.j > ps.i || h.kind == vigie.HolderFunction && !p.officeMayHold(h, ps) || matchEnding(predecessor, p.Tokens, max(0, h.i-4), h.i) {
			continue
		}
		if ps.i-h.j > 14 {
			break
		}
		if h.kind == vigie.HolderOrganisation && h.i > 0 && p.Tokens[h.i-1].Is("pour", "cote") {
			continue // "Pour l'État, le référent est A"
		}
		if h.kind == vigie.HolderOrganisation && (ps.role == "chef-de-projet" || ps.role == "elu-referent") {
			continue // "A a rejoint la collectivité comme cheffe de projet"
		}
		if !p.links(toPost, h.j, ps.i) && !p.leadsFile(h, ps) && !p.worksAs(h, ps.i) && !(p.postFollows(h.j, ps.i) && (hasCue(appoints, p.Tokens[max(0, h.i-5):h.i]) || p.Tokens[max(0, h.i-1)].Is("a", "aura"))) {
			continue
		}
		a.holders = hs[n : n+1]
		if list := p.listEnding(hs, h.j); len(list) > 0 && (h.kind == vigie.HolderFunction || persons(list) != nil) {
			a.holders = list
		}
		a.lo = a.holders[0].i
		a.holders = p.respectively(a.holders, h.j, ps)
		return p.mayHold(a)
	}
	if p.pronounTakes(a, hs, ps) {
		return true
	}
	j := ps.end
	for _, c := range fromPost {
		j = max(j, c.match(p.Tokens, ps.end), c.match(p.Tokens, p.whenEnd(ps.end, len(p.Tokens))), c.match(p.Tokens, p.pastInserted(ps.end)))
	}
	if j == ps.end && hasCue(givesOffice, p.Tokens[max(0, ps.i-8):ps.i]) && p.foldAt(j) != "" && p.Tokens[j].Is("a", "au") {
		j++ // "confie les fonctions d'élue référente à A"
	}
	list, end := p.list(j)
	if j > ps.end && p.foldAt(ps.end) == "," && len(list) > 0 && len(list[0].posts) > 0 && list[0].posts[0].role != ps.role {
		return false // "B, élue référente du territoire, le référent industriel, A"
	}
	for n := 1; n < len(list); n++ {
		if len(list[n].posts) > 0 { // "l'élu référent est A et l'industriel référent B"
			list, end = list[:n], list[n-1].j
			break
		}
	}
	if each, e := p.onePerField(ps.end); len(each) > 0 {
		list, end, j = each, e, ps.end+1
	}
	if len(list) == 0 || list[0].kind == vigie.HolderFunction || j == ps.end && list[0].kind != vigie.HolderPerson {
		return false
	}
	if j > ps.end && p.foldAt(ps.end) == "," && list[0].kind != vigie.HolderPerson && ps.i > 0 {
		return false
	}
	a.holders, a.hi = list, end
	return p.mayHold(a)
}

// officeMayHold: "le sous-préfet est le référent de l'État pour le territoire": an office
// that is no post of the programme itself may be given one.
func (p *Passage) officeMayHold(h holder, ps post) bool {
	_, isPost := p.postAt(p.pastDeterminers(h.i))
	return !isPost && !h.generic && !h.pair && !h.former && !h.future && ps.role != "elu-referent" && ps.role != "industriel-referent" && ps.role != "chef-de-projet"
}

// leadsFile: "A Agglomération, chef de file de la démarche".
func (p *Passage) leadsFile(h holder, ps post) bool {
	return h.kind == vigie.HolderOrganisation && ps.role == "pilote" && p.foldAt(h.j) == "," && p.pastDeterminers(h.j+1) == ps.i
}

// givesOffice stand before a post that is given to whom "à" names.
var givesOffice = cues("confie|confient|confiant|attribue|attribuent|donne|remet ..1 role|fonction|fonctions|mission|missions|poste|charge de|d'", "cede|cedera|laisse|transmet ..1 place|fauteuil|siege|role|fonctions|poste de|d'")

// appoints take a person and their post: "a désigné A élue référente".
var appoints = cues("choisi|choisie|choisis", "designe|designent|designera|designant|designee|designes|nomme|nomment|nommee|nommes|elit|choisit", "designation|nomination de|d'|du")

// predecessor stand before who held a post: "prend la succession de B au poste de".
var predecessor = cues("succession|suite|place|remplacement|depart|releve de|d'", "succede|succedera|succedant a", "remplace|remplacer|remplacera|remplacant")

// respectively: "A et B, respectivement élue référente et industriel référent": of two
// posts the first is A's, the second B's.
func (p *Passage) respectively(hs []holder, j int, ps post) []holder {
	if len(hs) != 2 {
		return hs
	}
	for k := j; k < ps.i; k++ {
		if p.Tokens[k].Fold == "respectivement" {
			first := k+1 == p.pastDeterminers(k+1) && k+1 == ps.i || p.pastDeterminers(k+1) == ps.i
			if first {
				return hs[:1]
			}
			return hs[1:]
		}
	}
	return hs
}

// postFollows: "A élue référente", "A pour élue référente".
func (p *Passage) postFollows(j, i int) bool {
	return j == i || j+1 == i && p.Tokens[j].Is("pour", "comme")
}

// worksAs: "A suit les dossiers comme cheffe de projet", in the present: what somebody has
// been elsewhere is told in the past.
func (p *Passage) worksAs(h holder, i int) bool {
	if h.kind != vigie.HolderPerson || h.i > 0 && governedBy[p.foldAt(h.i-1)] || h.j >= i || p.Tokens[h.j].Is(
		"a", "ont", "avait", "avaient", "etait", "fut", ",", "et", "est", "sera", "aurait", "n'", "ne") {
		return false
	}
	as := matchEnding(worksAs, p.Tokens, h.j+1, i)
	for k := h.j; k < i; k++ {
		if p.Tokens[k].Is(",", ";", ":", "(") {
			return false
		}
	}
	return as
}

var worksAs = cues("comme", "en tant que|qu'", "en qualite de|d'")

// matchEnding reports whether one of the cues begins at token i or later and ends at j.
func matchEnding(cs []cue, toks []french.Token, i, j int) bool {
	for k := i; k < j; k++ {
		if matchAt(cs, toks, k) == j {
			return true
		}
	}
	return false
}

// pronounTakes: "Elle est la cheffe de projet du territoire".
func (p *Passage) pronounTakes(a *act, hs []holder, ps post) bool {
	for k := ps.i - 1; k >= 0 && k > ps.i-8; k-- {
		cleft := p.Tokens[k].Is("lui", "elle") && p.foldAt(k-1) == "est" && p.foldAt(k-2) == "c'" && p.pastDeterminers(k+1) == ps.i
		if cleft || p.Tokens[k].Is("il", "elle") && p.links(toPost, k+1, ps.i) {
			return p.antecedent(a, hs, k) && p.mayHold(a)
		}
	}
	return false
}

// links reports whether one of the cues spans the tokens [i, j) exactly.
func (p *Passage) links(cs []cue, i, j int) bool {
	if p.foldAt(i) == "," && p.foldAt(i+1) == "qui" {
		i++
	}
	if p.foldAt(i) == "qui" { // "c'est A qui occupe la fonction de cheffe de projet"
		i++
	}
	for j > i && (determiners[p.Tokens[j-1].Fold] || isQuote(p.Tokens[j-1])) {
		j--
		if p.linksTo(cs, i, j) {
			return true
		}
	}
	return p.linksTo(cs, i, j) || p.linksTo(cs, i, p.pastDeterminers(j))
}

func (p *Passage) linksTo(cs []cue, i, j int) bool {
	for k := i; k < j; k++ {
		if p.Tokens[k].Fold == "respectivement" { // what stands between is told before it
			j = k
		}
	}
	if i == j || j == i+1 && p.Tokens[i].Is(",") {
		return j < len(p.Tokens) && p.Tokens[j].Fold == "respectivement"
	}
	if i >= j {
		return false
	}
	toks := p.undated(i, j)
	if matchAt(chooses, toks, 0) > 0 {
		return false // "La sous-préfecture a désigné comme référente A"
	}
	for k := range cs {
		if end := cs[k].match(toks, 0); end == len(toks) && end > 0 {
			return true
		}
	}
	return false
}

// chooses: the subject gives the post, and does not take it.
var chooses = cues("a|ont|avait nomme|nommee|nommes|designe|designee|designes|choisi|choisie|choisis|recrute|recrutee|embauche|embauchee|mandate|mandatee")

// mayHold: persons hold posts; a body may be the industriel, or coordinate.
func (p *Passage) mayHold(a *act) bool {
	for _, h := range a.holders {
		if h.kind == vigie.HolderOrganisation && (a.roles[0] == "chef-de-projet" || a.roles[0] == "elu-referent") {
			return false
		}
	}
	return true
}

// empty says that nobody holds a post.
var empty = cues(
	"a designer|recruter|nommer|confirmer|pourvoir|venir|definir", "en cours de recrutement|designation", "vacant|vacante", "aucun|aucune", "non designe|designee|pourvu", "pas encore", "n' est pas", "reste|restent a",
	"recrutement d'|de|du|un", "recruter|recrutera|recruteront un|une|des|deux|son|leur", "sera|seront recrute|recrutee|designe|designee", "nc", "n.c.",
)

// vacancy keeps aside a post of which the text says that nobody holds it.
func (p *Passage) vacancy(ps post) (act, bool) {
	if ps.role != "chef-de-projet" && ps.role != "elu-referent" && ps.role != "industriel-referent" {
		return act{}, false
	}
	if !hasCue(empty, p.clause(p.Tokens[ps.i].Lo, p.Tokens[ps.j-1].Hi)) {
		return act{}, false
	}
	h := holder{i: ps.i, j: ps.j, kind: vigie.HolderFunction, name: p.raw(ps.i, ps.j)}
	return act{
		lo: 0, hi: len(p.Tokens), roles: []string{ps.role}, holders: []holder{h}, target: target{body: ps.body}, refused: vacant, rule: "role-post",
	}, true
}
