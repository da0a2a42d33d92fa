package extract

import "vigie/internal/french"

// objectPronouns stand between a subject and its verb, and stand for a body.
var objectPronouns = map[string]bool{"le": true, "la": true, "l'": true, "les": true, "en": true}

// actives: "A préside le comité de pilotage", "A, cheffe de projet, l'anime", "il le préside".
func (p *Passage) actives(hs []holder, ts []target) []act {
	var acts []act
	for k := range p.Tokens {
		v, ok := p.verbAt(k)
		if !ok || v.form != finite && v.form != imperfect && !p.compoundPast(k, v) && !p.trailingGerund(k, v) {
			continue
		}
		a := act{lo: k, hi: k + 1, verb: v.stem, roles: []string{v.role}, rule: "role-active", sure: 0.9}
		if v.form == imperfect {
			a.refused = ended
		}
		s, pronoun := p.beforeVerb(k)
		if pronoun == "en" || !p.objectOf(&a, ts, k, pronoun) {
			continue
		}
		if p.relativeObject(&a, ts, k) || p.subjectBefore(&a, hs, acts, s) {
			acts = append(acts, a)
		}
	}
	return acts
}

// compoundPast: "a présidé le comité de pilotage".
func (p *Passage) compoundPast(k int, v governing) bool {
	return v.form == participle && v.role == "preside" && (p.foldAt(k-1) == "a" || p.foldAt(k-1) == "ont")
}

// trailingGerund: "Marc Petit, pilotant la démarche" states what he does.
func (p *Passage) trailingGerund(k int, v governing) bool {
	return v.form == gerund && p.foldAt(k-1) != "en"
}

// beforeVerb steps from the verb at token k back over pronouns and auxiliaries: the token
// where the subject has ended, and the object pronoun.
func (p *Passage) beforeVerb(k int) (s int, pronoun string) {
	for s = k; s > 0; s-- {
		w := p.Tokens[s-1].Fold
		switch {
		case objectPronouns[w]:
			pronoun = w
		case w == "y" || w == "a" || w == "ont" || w == "ne" || w == "n'" || w == "qui" || w == "lui" || w == "eux" || w == "egalement" || w == "aussi" || adverbial(w):
		default:
			return s, pronoun
		}
	}
	return s, pronoun
}

// objectOf finds what the verb at token k governs: the body after it, or what the pronoun
// before it stands for.
func (p *Passage) objectOf(a *act, ts []target, k int, pronoun string) bool {
	if t, ok := p.targetAfter(ts, k+1); ok {
		a.target, a.hi = t, max(t.j, a.hi)
		return t.takes(a.roles[0], a.verb)
	}
	if pronoun == "" {
		return p.foldAt(k-1) != "que" && p.onwardObject(a, ts, k) || p.relativeTarget(a, ts, k)
	}
	return p.pronounTarget(a, ts, k, pronoun == "les")
}

// targetAfter returns the body that begins at token k, determiners and adverbs passed.
func (p *Passage) targetAfter(ts []target, k int) (target, bool) {
	for n := 0; n < 8 && k < len(p.Tokens); n++ {
		for _, t := range ts {
			if t.i == k {
				return t, true
			}
		}
		w := p.Tokens[k].Fold
		switch {
		case determiners[w], adverbial(w), isQuote(p.Tokens[k]), isAdjective(w):
		case p.Tokens[k].Is("ensemble", "des", "de", "tout", "toute", "conjointement", "localement", "desormais", "aussi", "egalement", "premier", "futur", "nouveau", "nouvelle", "avec", "au", "nom", "du"):
		default:
			return target{}, false
		}
		k++
	}
	return target{}, false
}

// onwardObject: "préside et anime le comité de projet".
func (p *Passage) onwardObject(a *act, ts []target, k int) bool {
	if p.foldAt(k+1) != "et" {
		return false
	}
	if _, ok := p.verbAt(k + 2); !ok {
		return false
	}
	t, ok := p.targetAfter(ts, k+3)
	if !ok {
		return false
	}
	a.target, a.hi = t, t.j
	return t.takes(a.roles[0], a.verb)
}

// relativeTarget: "le comité de pilotage régional, que préside A".
func (p *Passage) relativeTarget(a *act, ts []target, k int) bool {
	if w := p.foldAt(k - 1); w != "que" && w != "qu'" {
		return false
	}
	for n := len(ts) - 1; n >= 0; n-- {
		if ts[n].j < k && p.reaches(ts[n], k-1) {
			a.target, a.lo = ts[n], ts[n].i
			return ts[n].takes(a.roles[0], a.verb)
		}
	}
	return false
}

// pronounTarget finds what "le", "la", "l'" or "les" stands for: a body told before it in
// the sentence, else in what the passage continues.
func (p *Passage) pronounTarget(a *act, ts []target, k int, plural bool) bool {
	takes := func(t target) bool {
		if plural {
			return t.takes(a.roles[0], a.verb) && p.foldAt(t.i) != "territoire"
		}
		return !t.foreign && t.body != "binome"
	}
	for n := len(ts) - 1; n >= 0; n-- {
		if ts[n].j <= k && takes(ts[n]) {
			a.target = ts[n]
			return ts[n].takes(a.roles[0], a.verb)
		}
	}
	for _, q := range p.above() {
		if t, ok := q.lastTarget(func(t target) bool { return takes(t) && t.takes(a.roles[0], a.verb) }); ok {
			a.target, a.from = t, q
			return true
		}
	}
	return false
}

// relativeObject reads the holders after the verb of "que préside A".
func (p *Passage) relativeObject(a *act, ts []target, k int) bool {
	if w := p.foldAt(k - 1); w != "que" && w != "qu'" {
		return false
	}
	hs, end := p.list(k + 1)
	a.holders, a.hi = hs, max(a.hi, end)
	return len(hs) > 0
}

// subjectBefore finds the holders that end at token s: right before the verb, before an
// adverbial, or those of the verb before ("préside X et anime Y"); else whom a pronoun
// stands for.
func (p *Passage) subjectBefore(a *act, hs []holder, acts []act, s int) bool {
	if list := p.listEnding(hs, s); len(list) > 0 {
		a.holders, a.lo = list, min(a.lo, list[0].i)
		return true
	}
	if n := len(acts); n > 0 && (p.foldAt(s-1) == "et" || p.foldAt(s-1) == "puis") && acts[n-1].hi <= s && s-acts[n-1].hi < reach {
		a.holders, a.lo, a.quoteFrom = acts[n-1].holders, acts[n-1].lo, acts[n-1].quoteFrom
		return true
	}
	if s > 0 && (p.Tokens[s-1].Is("il", "elle")) {
		return p.antecedent(a, hs, s-1)
	}
	return false
}

// listEnding returns the coordinated holders whose last ends at token s, a comma or an
// adverbial ("depuis 2019", "à ce titre") between.
func (p *Passage) listEnding(hs []holder, s int) []holder {
	for n := len(hs) - 1; n >= 0; n-- {
		h := hs[n]
		if h.j > s || s-h.j > 8 {
			continue
		}
		if h.j != s && !p.onlyLoosely(h.j, s) && !p.only(since, h.j, s) {
			return nil
		}
		first := n
		for first > 0 {
			next, and := p.separator(hs[first-1].j)
			if next != hs[first].i || !and && first == n {
				break
			}
			first--
		}
		before := hs[first].i - 1
		for before >= 0 && p.Tokens[before].Kind == french.Numeral {
			before--
		}
		if governedBy[p.foldAt(before)] {
			return nil
		}
		return hs[first : n+1]
	}
	return nil
}

// governedBy are prepositions: what follows one is no subject.
var governedBy = map[string]bool{
	"a": true, "au": true, "aux": true, "avec": true, "chez": true, "d'": true, "dans": true, "de": true, "des": true, "du": true, "en": true, "entre": true,
	"par": true, "pour": true, "sans": true, "sur": true, "vers": true,
}

var since = cues(
	",", "depuis|en|a|ce titre|septembre|octobre|novembre|decembre|janvier|fevrier|mars|avril|mai|juin|juillet|aout", "le|la|l'|printemps|ete|automne|hiver|dernier|derniere", "pour sa part", "de son cote", "quant a lui|elle",
)

// antecedent: "il" is the only person of the sentence, else of the one before, whose
// gender fits.
func (p *Passage) antecedent(a *act, hs []holder, at int) bool {
	gender := "M"
	if p.Tokens[at].Fold == "elle" {
		gender = "F"
	}
	if at > 3 {
		if h, ok := soleOf(hs, gender, at); ok {
			a.holders, a.lo, a.sure = []holder{h}, h.i, 0.8
			return true
		}
	}
	q := p.Prev
	if q == nil || q.Block != p.Block && !p.First || q.Kind == "heading" {
		return false
	}
	h, ok := soleOf(q.holders(), gender, len(q.Tokens))
	if ok {
		a.holders, a.quoteFrom, a.sure = []holder{h}, q, 0.8
		a.lo = 0
		if h.function == "" {
			a.holders[0] = q.withOccupation(h)
		}
	}
	return ok
}

// withOccupation: "Patrick Lenoir dirige une fonderie" says what he is.
func (p *Passage) withOccupation(h holder) holder {
	if p.foldAt(h.j) == "dirige" && h.j+1 < len(p.Tokens) {
		k := p.pastDeterminers(h.j + 1)
		if end := p.phraseEnd(k + 1); k < len(p.Tokens) {
			h.function = "dirige " + p.raw(h.j+1, end)
			h.class = industrial
		}
	}
	return h
}

func soleOf(hs []holder, gender string, before int) (holder, bool) {
	var found holder
	n := 0
	for _, h := range hs {
		if h.kind == "person" && h.i < before && (h.gender == "" || h.gender == gender) && (n == 0 || h.name != found.name) {
			found = h
			n++
		}
	}
	return found, n == 1
}
