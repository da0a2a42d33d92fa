package extract

var (
	// entrusts stand between a noun of governing and the preposition before whom it is
	// given to.
	entrusts = cues(
		"est|a|sera|sont|seront|,|reste|demeure ete? confie|confiee|assure|assuree|attribue|attribuee|delegue|deleguee|partage|partagee|exerce|exercee|porte|portee",
		"sont|seront|ont ete? confies|confiees|assures|assurees|delegues|deleguees|attribues|attribuees",
		"confie|confiee|assure|assuree|attribue|attribuee|exerce|exercee", "revient|reviendra|revenant|incombe|incombera|echoit|echoira|echoue",
	)
	toWhom = cues("a|au|aux|par|entre")
	// holdsNoun stand between whom and the noun: "en assurera le pilotage".
	holdsNoun = cues(
		"assure|assurent|assurera|assureront|prend|prendra|prennent|prendront|exerce|exercent|exercera|detient|detiennent|reprend|garde|conserve|occupe", "a|ont pris|repris|recu|obtenu", "se partagent|partageront", "s' est vu confier", "se voit|voient confier",
		"a|ont|aura|auront la charge|responsabilite de|du", "est|sont|sera|seront charge|charges|chargee|chargees de|du", "est|sont|sera en charge de|du", "accede a",
		"s' occupe|occupent|occupera|charge|chargent|chargera de|du", "est|sont|sera responsable|responsables de|du", "se sont vu|vus confier", "s' est vue confier",
		"tient|tiennent|tiendra|tiendront", "partagent|partageront", "est|sont|sera|seront a|aux", "se trouve|trouvent|retrouve|retrouvent a|aux",
	)
	sharing = cues("se partagent|partageront")
	giving  = cues("confie|confient|confiera|attribue|delegue|cede|cedent|transmet|laisse|remet")
	fallsTo = cues("que revient|incombe|echoit", "qu' incombe|echoit", "que|qu' a|est ete? confie|confiee|attribue|attribuee")
)

// nominals: "sous la présidence de A", "le pilotage est confié à A", "A en assure le
// pilotage", "A, B et C se partagent le pilotage".
func (p *Passage) nominals(hs []holder, ts []target) []act {
	var acts []act
	for k := range p.Tokens {
		role, ok := governingNouns[p.Tokens[k].Fold]
		if !ok {
			continue
		}
		a := act{lo: k, hi: k + 1, roles: []string{role}, rule: "role-nominal", sure: 0.9}
		switch {
		case helms[p.foldAt(k)] && !p.followedByOf(k):
			if p.atHelm(&a, k) {
				acts = append(acts, a)
			}
		case p.fronted(&a, ts, k), p.entrusted(&a, ts, k), p.foldAt(k) != "gouvernance" && (p.under(&a, ts, k) || p.assured(&a, hs, ts, k)):
			acts = append(acts, p.presidesFromHelm(a, k))
		}
	}
	return acts
}

// under: "le comité de pilotage s'est réuni sous la présidence de A".
func (p *Passage) under(a *act, ts []target, k int) bool {
	i := p.beforeDeterminers(k)
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
	for j < len(p.Tokens) && !p.isCapital(j) && isAdjective(p.Tokens[j].Fold) {
		j++
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

// entrusted: "le pilotage de la démarche est confié à A".
func (p *Passage) entrusted(a *act, ts []target, k int) bool {
	j, ok := p.nounOf(a, ts, k)
	if !ok {
		return false
	}
	for j < len(p.Tokens) && p.Tokens[j].Is(",") || p.officialEnd(j, anyName) > j {
		j++
	}
	to := p.givenTo(j)
	if to < 0 && hasCue(giving, p.Tokens[max(0, k-4):k]) && p.Tokens[min(j, len(p.Tokens)-1)].Is("a", "au", "aux") {
		to = j + 1
	}
	if to < 0 && p.echoes(k) { // "le pilotage politique revient à A, le pilotage économique à B"
		to = matchAt(toWhom, p.Tokens, j)
	}
	if to < 0 {
		return p.entrustedBefore(a, k) || p.cleft(a, k)
	}
	hs, end := p.list(to)
	a.holders, a.hi = hs, end
	return len(hs) > 0
}

// cleft: "c'est à A que revient la présidence du comité de projet".
func (p *Passage) cleft(a *act, k int) bool {
	i := p.beforeDeterminers(k)
	for _, g := range findCues(fallsTo, p.Tokens[:i]) {
		if g.j != i {
			continue
		}
		for from := g.i - 1; from >= 0 && from > g.i-30; from-- {
			if !p.Tokens[from].Is("a", "au", "aux") {
				continue
			}
			if hs, end := p.list(from + 1); end == g.i && len(hs) > 0 {
				a.holders, a.lo = hs, from
				return true
			}
		}
	}
	return false
}

func (p *Passage) beforeDeterminers(k int) int {
	for k > 0 && determiners[p.Tokens[k-1].Fold] {
		k--
	}
	return k
}

// echoes: the same noun was given to somebody just before.
func (p *Passage) echoes(k int) bool {
	for i := k - 1; i > 0 && i > k-40; i-- {
		if p.Tokens[i].Fold == p.Tokens[k].Fold {
			j := i + 1
			for j < k && isAdjective(p.Tokens[j].Fold) {
				j++
			}
			return p.givenTo(j) > 0
		}
	}
	return false
}

// givenTo returns the token after "est confié conjointement à" at token j, -1 where it is
// not there.
func (p *Passage) givenTo(j int) int {
	k := matchAt(entrusts, p.Tokens, j)
	if k < 0 {
		return -1
	}
	for k < len(p.Tokens) && (adverbial(p.Tokens[k].Fold) || matchAt(manners, p.Tokens, k) > 0) {
		k = max(k+1, matchAt(manners, p.Tokens, k))
	}
	return matchAt(toWhom, p.Tokens, k)
}

// manners tell how several do one thing.
var manners = cues(
	"de concert", "en duo|tandem|binome", "a deux|trois", "tour a tour", "main dans la main", "ensemble", "tous|toutes deux|trois|les", "a parite|egalite", "chaque annee", "de front", "desormais", "aussi", "egalement",
	"depuis #", "a tour de role", "a deux|quatre voix|mains", "cote a cote", "d' une meme voix", "au quotidien", "dans les faits", "de fait", "respectivement",
)

// entrustedBefore: "l'État confie aux Régions le pilotage du programme".
func (p *Passage) entrustedBefore(a *act, k int) bool {
	i := p.beforeDeterminers(k)
	for _, g := range findCues(giving, p.Tokens[:i]) {
		if g.j < i && p.Tokens[g.j].Is("a", "au", "aux") {
			if hs, end := p.list(g.j + 1); end == i && len(hs) > 0 {
				a.holders, a.lo = hs, g.i
				return true
			}
		}
	}
	return false
}

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
		if h.j != i && matchAt(manners, p.Tokens, h.j) < i {
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
		*a = p.withPartners(*a, k)
		return true
	}
	return p.succeeds(a, hs, ts, k, i)
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
