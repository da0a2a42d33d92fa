package extract

// elects stand between a committee and whom it gives itself.
var elects = cues("a|ont|avait elu|porte|place|installe|designe|choisi|nomme|propulse", "elit|elisent|place|placent|installe|installent|designe|choisit", "vient|viennent d'|de elire|porter|placer|installer|designer|choisir|nommer")

// electedTo: "le comité de projet a élu A à sa présidence", "a porté à sa tête A".
func (p *Passage) electedTo(a *act, ts []target, k int) bool {
	to := k - 2
	if to < 1 || !p.Tokens[k-1].Is("sa", "leur") || !p.Tokens[to].Is("a") {
		return false
	}
	for _, v := range findCues(elects, p.Tokens[:to]) {
		hs, end := p.list(v.j)
		if v.j == to {
			hs, end = p.list(k + 1)
		} else if end != to {
			continue
		}
		if t, ok := p.electing(ts, v.i); ok && len(hs) > 0 {
			a.target, a.holders, a.lo, a.hi = t, hs, t.i, max(end, k+1)
			return t.takes("preside", "")
		}
	}
	return false
}

// electing is the committee that ends right before the verb at token i.
func (p *Passage) electing(ts []target, i int) (target, bool) {
	for n := len(ts) - 1; n >= 0; n-- {
		if t := ts[n]; t.j <= i && t.sits && p.reaches(t, i) {
			return t, true
		}
	}
	return target{}, false
}

// givesItself stand between a committee and the post that it fills: "le comité s'est choisi
// une présidente", "aura pour président", "a A pour présidente".
var givesItself = cues(
	"s' est|sont choisi|choisie|donne|donnee|trouve|trouvee|dote|dotee d'? un|une|pour|comme nouveau|nouvelle?", "se choisit|donne|dote d'? un|une|pour|comme nouveau|nouvelle?", "a|ont|aura|auront|compte pour|comme",
	"a|ont elu|designe|choisi|nomme pour|comme?", "a|aura desormais|enfin|trouve|maintenant? un|une|son|sa nouveau|nouvelle?", "a|ont|aura|auront ..8 pour|comme",
)

// filledBy: the post at token i is that of the committee right before such words.
func (ps *post) filledBy(p *Passage) bool {
	for from := ps.i - 1; from >= 0 && from > ps.i-12; from-- {
		if !matchesTo(givesItself, p, from, ps.i) {
			continue
		}
		if t, ok := p.electing(p.targets(), from); ok {
			ps.target, ps.body = t, t.body
			return t.takes(ps.role, "")
		}
	}
	return false
}

// matchesTo reports whether one of the cues spans the tokens [i, j) exactly.
func matchesTo(cs []cue, p *Passage, i, j int) bool {
	for k := range cs {
		if cs[k].match(p.Tokens[:j], i) == j {
			return true
		}
	}
	return false
}
