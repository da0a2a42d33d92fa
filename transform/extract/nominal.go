package extract

import "slices"

var (
	// entrusts stand between a noun of governing and the preposition before whom it is
	// given to.
	entrusts = cues(
		"en? est|a|sera|sont|seront|,|reste|demeure ete? confie|confiee|assure|assuree|attribue|attribuee|delegue|deleguee|devolu|devolue|partage|partagee|exerce|exercee|porte|portee|pilote|pilotee|conduite|menee|dirigee|tenue|remise",
		"sont|seront|ont ete? confies|confiees|assures|assurees|delegues|deleguees|attribues|attribuees",
		"confie|confiee|assure|assuree|attribue|attribuee|devolu|devolue|exerce|exercee|pilotee|conduite|menee|portee", "revient|reviendra|revenant|incombe|incombera|echoit|echoira|echoue",
	)
	toWhom = cues("a|au|aux|par|entre")
	// holdsNoun stand between whom and the noun: "en assurera le pilotage".
	holdsNoun = cues(
		"assure|assurent|assurera|assureront|assurant|prend|prendra|prennent|prendront|exerce|exercent|exercera|detient|detiennent|reprend|garde|conserve|occupe|porte|portent|portera|porteront",
		"a|ont|est|sont|sera ete? porte|portee|elu|elue|elus|nomme|nommee|nommes|installe|installee|place|placee|places|reconduit|reconduite|reconduits|propulse|propulsee a|aux", "mene|menent|menera",
		"accepte|acceptent|acceptera de|d' prendre|assurer|exercer|reprendre|occuper", "va|vont prendre|assurer|exercer|reprendre", "est|sont|sera|seront|a|ont ete? charge|chargee|charges|chargees d'|de assurer|exercer|prendre",
		"designe|designee|designes|designees|choisi|choisie|choisis|nomme|nommee pour assurer|prendre|exercer", "a|ont pris|repris|recu|obtenu", "se partagent|partageront", "se voit|voient confier|remettre|attribuer",
		"a|ont|aura|auront la charge|responsabilite de|du", "est|sont|sera|seront charge|charges|chargee|chargees de|du", "est|sont|sera en charge de|du", "accede a",
		"s' occupe|occupent|occupera|charge|chargent|chargera de|du", "est|sont|sera responsable|responsables de|du", "se|s' est|sont vu|vue|vus|vues confier|remettre|attribuer", "se|s' est|sont vu|vue|vus|vues confier|remettre|attribuer par ses|leurs pairs|collegues|homologues|partenaires", "a|ont pris en", "prend|prennent|prendra|prendront en",
		"tient|tiennent|tiendra|tiendront", "partagent|partageront", "est|sont|sera|seront a|aux", "se trouve|trouvent|retrouve|retrouvent a|aux",
	)
	sharing = cues("se partagent|partageront")
	giving  = cues("confie|confient|confiera|confiant|attribue|attribuent|attribuant|delegue|deleguant|cede|cedent|cedant|transmet|transmettant|laisse|laissant|remet|remettent|remettant")
	fallsTo = cues("que revient|incombe|echoit", "qu' incombe|echoit", "que|qu' a|est ete? confie|confiee|attribue|attribuee")
)

// nominals: "sous la présidence de A", "le pilotage est confié à A", "A en assure le
// pilotage", "A, B et C se partagent le pilotage".
func (p *Passage) nominals(hs []holder, ts []target) []act {
	var acts []act
	for k := range p.Tokens {
		role, ok := governingNouns[p.Tokens[k].Fold]
		if !ok || p.foldAt(k) == "conduite" && !p.followedByOf(k) || inBody(ts, k) {
			continue
		}
		a := act{lo: k, hi: k + 1, roles: []string{role}, rule: "role-nominal", sure: 0.9}
		switch {
		case p.electedTo(&a, ts, k):
			a.roles = []string{"preside"}
			acts = append(acts, a)
		case helms[p.foldAt(k)] && !p.followedByOf(k):
			if p.atHelm(&a, k) {
				acts = append(acts, a)
			} else if p.assuresOfIt(&a, hs, ts, k) {
				acts = append(acts, p.presidesFromHelm(a, k))
			}
		case !p.followedByOf(k) && a.roles[0] != "preside" && p.atHelm(&a, k):
			acts = append(acts, a)
		case p.fronted(&a, ts, k), p.identified(&a, ts, k), p.entrusted(&a, ts, k), p.foldAt(k) != "gouvernance" && (p.under(&a, ts, k) || p.assured(&a, hs, ts, k)):
			acts = append(acts, p.presidesFromHelm(a, k))
		}
	}
	return acts
}

// inBody: the noun is part of what a body is called: "comité de pilotage".
func inBody(ts []target, k int) bool {
	return slices.ContainsFunc(ts, func(t target) bool { return t.i < k && k < t.j })
}

// under: "le comité de pilotage s'est réuni sous la présidence de A".
func (p *Passage) under(a *act, ts []target, k int) bool {
	i := k
	for i > 0 && (determiners[p.Tokens[i-1].Fold] || p.Tokens[i-1].Is("double", "haute", "triple", "seule")) {
		i--
	}
	if p.foldAt(i-1) != "sous" {
		return false
	}
	j := k + 1
	for j < len(p.Tokens) && isAdjective(p.Tokens[j].Fold) {
		j++
	}
	if !p.Tokens[min(j, len(p.Tokens)-1)].Is("de", "du", "des", "d'") {
		return false
	}
	hs, end := p.list(j + 1)
	if len(hs) == 0 {
		return false
	}
	a.holders, a.hi = hs, end
	for n := len(ts) - 1; n >= 0; n-- {
		if ts[n].j > i || a.roles[0] == "preside" && !ts[n].sits {
			continue
		}
		if p.semicolonBetween(ts[n].j, i) {
			break
		}
		a.target, a.lo = ts[n], ts[n].i
		return ts[n].takes(a.roles[0], "")
	}
	if p.foldAt(end) == "," { // "Sous la présidence de A, le comité de projet"
		if t, ok := p.targetAfter(ts, end+1); ok && t.sits {
			a.target, a.hi = t, t.j
			return t.takes(a.roles[0], "")
		}
	}
	if matchAt(pronouns, p.Tokens, 0) > 0 { // "Il siège sous la présidence de A"
		return p.pronounTarget(a, nil, k, false)
	}
	return false
}

func (p *Passage) semicolonBetween(i, j int) bool {
	for ; i < j; i++ {
		if p.Tokens[i].Is(";") {
			return true
		}
	}
	return false
}

// nounOf finds what a noun of governing is of: "le pilotage de la démarche"; alone, the
// pilotage of the programme or territory in force, but no présidence.
func (p *Passage) nounOf(a *act, ts []target, k int) (j int, ok bool) {
	j = k + 1
	for j < len(p.Tokens) && !p.isCapital(j) && (isAdjective(p.Tokens[j].Fold) || p.participial(j) || p.Tokens[j].Is("et") && j > k+1 && isAdjective(p.foldAt(j+1))) {
		j++
	}
	if p.foldAt(j) == "d'" && p.foldAt(j+1) == "ensemble" {
		j += 2
	}
	if dont := p.whereof(k); dont >= 0 {
		for n := len(ts) - 1; n >= 0; n-- {
			if ts[n].j <= dont && p.reaches(ts[n], dont) {
				a.target, a.lo = ts[n], ts[n].i
				return j, ts[n].takes(a.roles[0], "")
			}
		}
		return j, false
	}
	if !p.Tokens[min(j, len(p.Tokens)-1)].Is("de", "du", "des", "d'") || j >= len(p.Tokens) {
		if p.Tokens[max(k-1, 0)].Is("son", "sa", "leur") && p.pronounTarget(a, nil, k, false) {
			return j, a.target.takes(a.roles[0], "") // "Son animation est confiée à A"
		}
		a.target = target{body: "gouvernance"}
		return j, a.roles[0] != "preside" || p.pronounTarget(a, ts, k, false)
	}
	if t, ok := p.targetAfter(ts, j+1); ok {
		a.target = t
		return max(p.complementsEnd(t.j), t.j), t.takes(a.roles[0], "")
	}
	m := p.pastDeterminers(j + 1)
	if end, ok := p.mentionAt(m); ok {
		a.target = target{body: "gouvernance", whole: true}
		return max(end, p.complementsEnd(end)), a.roles[0] != "preside"
	}
	if end := p.officialEnd(m, p.bears); end > m {
		a.target = target{body: "gouvernance"}
		return end, a.roles[0] != "preside"
	}
	return j, false
}

// participial: a participle that qualifies, and is not itself what is said: "un pilotage
// décentralisé confié à", but not "un pilotage confié à".
func (p *Passage) participial(j int) bool {
	return p.accented(j) && matchAt(entrusts, p.Tokens, j) < 0 && p.foldAt(j+1) != "par"
}

// whereof returns the "dont" that leads the clause of the noun at token k in: "dont ils
// assurent la présidence"; -1 where there is none.
func (p *Passage) whereof(k int) int {
	for i := k - 1; i >= 0 && i > k-9 && !p.Tokens[i].Is(",", ";", ":"); i-- {
		if p.Tokens[i].Fold == "dont" {
			return i
		}
	}
	return -1
}

func (p *Passage) beforeDeterminers(k int) int {
	for k > 0 && determiners[p.Tokens[k-1].Fold] {
		k--
	}
	return k
}

// manners tell how several do one thing.
var manners = cues(
	"de concert", "en duo|tandem|binome", "a deux|trois", "tour a tour", "main dans la main", "ensemble", "tous|toutes deux|trois|les", "a parite|egalite", "chaque annee", "de front", "desormais", "aussi", "egalement",
	"depuis #", "cette annee", "l' an dernier", "d' un commun accord", "a l' unanimite", "pour un|deux|trois an|ans", "a titre provisoire|experimental|temporaire", "sans surprise", "tambour battant", "a tour de role", "a deux|quatre voix|mains", "cote a cote", "d' une meme voix", "au quotidien", "dans les faits", "de fait", "respectivement",
)
