package extract

// fronted: "À la présidence du comité de projet, un tandem : A et B", "Aux commandes de la
// démarche : A".
func (p *Passage) fronted(a *act, ts []target, k int) bool {
	i, ok := p.opensAt(k)
	if !ok || !p.followedByOf(k) {
		return false
	}
	j, ok := p.nounOf(a, ts, k)
	if !ok {
		return false
	}
	hs, end := p.announced(p.whenEnd(j, len(p.Tokens)))
	a.holders, a.lo, a.hi = hs, i, end
	return len(hs) > 0
}

// atHelm: "À la barre, A", of the territory or programme in force; who is named is a person.
func (p *Passage) atHelm(a *act, k int) bool {
	i, ok := p.opensAt(k)
	if !ok {
		return false
	}
	hs, end := p.announced(k + 1)
	a.holders, a.lo, a.hi, a.target, a.sure = hs, i, end, target{body: "gouvernance"}, 0.8
	return len(persons(hs)) > 0
}

// presidesFromHelm: who is at the head of a committee presides it.
func (p *Passage) presidesFromHelm(a act, k int) act {
	if helms[p.foldAt(k)] && a.target.sits && a.target.body != "gouvernance" {
		a.roles = []string{"preside"}
	}
	return a
}

func (p *Passage) followedByOf(k int) bool {
	j := k + 1
	return j < len(p.Tokens) && p.Tokens[j].Is("de", "du", "des", "d'")
}

// opensAt reports whether the noun at token k follows "à la" or "aux" where a sentence or
// a part of it begins, and where that is.
func (p *Passage) opensAt(k int) (int, bool) {
	i := p.beforeDeterminers(k) - 1
	if i < 0 || !p.Tokens[i].Is("a", "au", "aux") {
		return 0, false
	}
	return i, i == 0 || p.Tokens[i-1].Is(";", ":", "-", "–", "et") && i == 1 || p.foldAt(i-1) == ";"
}

// identified: "L'animation de la démarche, c'est A".
func (p *Passage) identified(a *act, ts []target, k int) bool {
	i := p.beforeDeterminers(k)
	if i == k || i > 0 && !p.Tokens[i-1].Is(",", ";", ":", "-", "–") {
		return false
	}
	j, ok := p.nounOf(a, ts, k)
	to := matchAt(itIs, p.Tokens, j)
	if !ok || to < 0 {
		return false
	}
	hs, end := p.list(to)
	a.holders, a.lo, a.hi = hs, i, end
	return len(persons(hs)) > 0
}

var (
	itIs  = cues(", c' est|sera", ", ce sont|seront")
	meets = cues("on|nous y? trouve|retrouve|rencontre|trouvons", "il y a")
)

// announced reads the holders after a comma or colon at token j, "un tandem paritaire :"
// passed.
func (p *Passage) announced(j int) ([]holder, int) {
	if p.foldAt(j) != "," && p.foldAt(j) != ":" {
		return nil, j
	}
	if hs, end := p.list(max(j+1, matchAt(meets, p.Tokens, j+1))); len(hs) > 0 && !hs[0].generic && (!hs[0].pair || len(hs[0].members) > 0) {
		return hs, end
	}
	for k := j + 1; k < len(p.Tokens) && k < j+8; k++ {
		if p.foldAt(k) == ":" {
			return p.list(k + 1)
		}
	}
	return nil, j
}
