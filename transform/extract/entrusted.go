package extract

import "slices"

// entrusted: "le pilotage de la démarche est confié à A".
func (p *Passage) entrusted(a *act, ts []target, k int) bool {
	j, ok := p.nounOf(a, ts, k)
	if !ok {
		return false
	}
	for j < len(p.Tokens) && p.Tokens[j].Is(",") || p.officialEnd(j, anyName) > j {
		j++
	}
	if p.Tokens[max(j-1, 0)].Is(",") {
		if j = p.pastManners(j); p.foldAt(j) == "," { // "la présidence, pour deux ans, à A"
			j++
		}
	}
	to := p.givenTo(j)
	if to < 0 && hasCue(giving, p.Tokens[max(0, k-4):k]) && p.Tokens[min(j, len(p.Tokens)-1)].Is("a", "au", "aux") {
		to = j + 1
	}
	if to < 0 && p.echoes(k) { // "le pilotage politique revient à A, le pilotage économique à B"
		to = matchAt(toWhom, p.Tokens, j)
	}
	if to < 0 {
		a.hi = max(a.hi, j)
		return p.entrustedBefore(a, k) || p.cleft(a, k)
	}
	hs, end := p.list(to)
	a.holders, a.hi = hs, end
	if with := matchAt(sharedWith, p.Tokens, end); with > 0 && len(hs) > 0 { // "au président, qui l'exerce conjointement avec la préfète"
		if more, e := p.list(with); len(more) > 0 {
			a.holders, a.hi = append(slices.Clip(hs), more...), e
		}
	}
	return len(hs) > 0
}

var sharedWith = cues(",? qui l' exerce|assure|assurera|exercera|partage|partagera conjointement|ensemble? avec", ",? qui la|le partage|partagera avec", ",? conjointement|ensemble avec")

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
			if hs, end := p.list(from + 1); len(hs) > 0 && (end == g.i || end == g.i-1 && p.Tokens[end].Is(",")) {
				a.holders, a.lo = hs, from
				*a = p.withPartners(*a, k)
				return true
			}
		}
	}
	return false
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
		return p.dependsOn(j)
	}
	return matchAt(toWhom, p.Tokens, p.pastManners(k))
}

// pastManners steps over how and when something is given, commas around it too.
func (p *Passage) pastManners(k int) int {
	from := k
	if p.foldAt(k) == "," {
		k++
	}
	for k < len(p.Tokens) && (adverbial(p.Tokens[k].Fold) || matchAt(manners, p.Tokens, k) > 0 || p.whenEnd(k, len(p.Tokens)) > k) {
		k = max(k+1, matchAt(manners, p.Tokens, k), p.whenEnd(k, len(p.Tokens)))
	}
	switch {
	case p.foldAt(from) != ",", k == from:
		return k
	case k == from+1:
		return from
	case p.foldAt(k) == ",":
		return k + 1
	}
	return k
}

// dependsOn: "le pilotage national relève conjointement de A et de B".
func (p *Passage) dependsOn(j int) int {
	k := matchAt(depends, p.Tokens, j)
	if k < 0 {
		return -1
	}
	for k < len(p.Tokens) && (adverbial(p.Tokens[k].Fold) || matchAt(manners, p.Tokens, k) > 0) {
		k = max(k+1, matchAt(manners, p.Tokens, k))
	}
	return matchAt(ofWhom, p.Tokens, k)
}

var (
	depends = cues("releve|relevera|relevent")
	ofWhom  = cues("de|du|des|d'")
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
