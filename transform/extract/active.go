package extract

import (
	"slices"

	"vigie"
	"vigie/internal/french"
)

// objectPronouns stand between a subject and its verb, and stand for a body.
var objectPronouns = map[string]bool{"le": true, "la": true, "l'": true, "les": true, "en": true}

// actives: "A préside le comité de pilotage", "A, cheffe de projet, l'anime", "il le préside".
func (p *Passage) actives(hs []holder, ts []target) []act {
	var acts []act
	for k := range p.Tokens {
		v, ok := p.verbAt(k)
		if !ok || v.form == participle && !p.compoundPast(k, v) && !p.presentConduct(k, v) || v.form == gerund && p.foldAt(k-1) == "en" {
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
			acts = append(acts, p.leadsForSide(p.named(p.withPartners(a, k))))
		}
	}
	return acts
}

var (
	jointly = map[string]bool{
		"copilot": true, "co-pilot": true, "copresid": true, "co-presid": true, "coanim": true, "co-anim": true, "copresidence": true, "codirig": true, "co-dirig": true, "co-presidence": true, "copilotage": true,
	}
	alongside = cues("avec", "aux|au cotes|cote de|d'|du|des", "en binome|tandem|duo avec", "en compagnie de|d'|du")
	asPair    = cues(",? en binome|tandem|duo avec", ",? de concert avec", ",? conjointement avec", ",? en compagnie de|d'|du")
)

// withPartners adds those with whom one copresides: "A copréside avec B le comité", "il
// copilote la démarche aux côtés de B".
func (p *Passage) withPartners(a act, k int) act {
	with := asPair
	if _, noun := governingNouns[p.Tokens[k].Fold]; noun || jointly[a.verb] || jointly[p.Tokens[k].Fold] || p.Tokens[k].Is("presidence", "tete", "renes", "commandes") {
		with = alongside
	}
	if a.verb == "presid" && p.foldAt(a.hi) == "avec" { // "présidera le comité de projet avec B"
		with = alongside
	}
	for _, at := range []int{k + 1, p.withAt(k + 1), a.hi} {
		if end := matchAt(with, p.Tokens, at); end > 0 {
			if list, e := p.list(end); len(list) > 0 {
				a.holders, a.hi = append(slices.Clip(a.holders), list...), max(a.hi, e)
				return a
			}
		}
	}
	return a
}

// withAt steps over when something began and a comma, to "avec".
func (p *Passage) withAt(k int) int {
	k = p.whenEnd(k, len(p.Tokens))
	if p.foldAt(k) == "," {
		k++
	}
	return k
}

// named: "Trois élus copilotent la démarche : A, B et C".
func (p *Passage) named(a act) act {
	if len(a.holders) != 1 || a.holders[0].kind != vigie.HolderFunction || !a.holders[0].plural || p.foldAt(a.hi) != ":" {
		return a
	}
	if list, end := p.list(a.hi + 1); len(persons(list)) > 1 {
		a.holders, a.hi = list, end
	}
	return a
}

// compoundPast: "a présidé le comité de pilotage".
func (p *Passage) compoundPast(k int, v governing) bool {
	return v.form == participle && v.role == "preside" && (p.foldAt(k-1) == "a" || p.foldAt(k-1) == "ont")
}

// presentConduct: "conduit" is a participle only after an auxiliary or before "par".
func (p *Passage) presentConduct(k int, v governing) bool {
	_, by := p.participles(k, v)
	return p.Tokens[k].Fold == "conduit" && by < 0 && !p.Tokens[max(k-1, 0)].Is("a", "est", "ete", "ont", "avait")
}

// beforeVerb steps from the verb at token k back over pronouns and auxiliaries: the token
// where the subject has ended, and the object pronoun.
func (p *Passage) beforeVerb(k int) (s int, pronoun string) {
	for s = k; s > 0; s-- {
		w := p.Tokens[s-1].Fold
		switch {
		case objectPronouns[w]:
			pronoun = w
		case w == "y" || w == "a" || w == "ont" || w == "ne" || w == "n'" || w == "qui" || w == "lui" || w == "eux" || w == "n" || w == "pas" || w == "plus" || w == "egalement" || w == "aussi" || adverbial(w):
		default:
			return s, pronoun
		}
	}
	return s, pronoun
}

// objectOf finds what the verb at token k governs: the body after it, or what the pronoun
// before it stands for.
func (p *Passage) objectOf(a *act, ts []target, k int, pronoun string) bool {
	from := k + 1
	from = p.pastCircumstances(from)
	if t, ok := p.targetAfter(ts, from); ok {
		a.target, a.hi = t, max(t.j, a.hi)
		return t.takes(a.roles[0], a.verb)
	}
	if pronoun == "" {
		return p.foldAt(k-1) != "que" && p.foldAt(k-2) != "qu'" && p.onwardObject(a, ts, k) || p.relativeTarget(a, ts, k)
	}
	return p.pronounTarget(a, ts, k, pronoun == "les")
}

// pastCircumstances steps over when and with whom: "codirige depuis février, avec A, PDG de X,
// le territoire".
func (p *Passage) pastCircumstances(k int) int {
	from := k
	for range 4 {
		next := p.whenEnd(from, len(p.Tokens))
		if end := matchAt(alongside, p.Tokens, next); end > 0 {
			if _, e := p.list(end); e > end {
				next = e
			} else if p.foldAt(end) != "" && p.Tokens[end].Is("elle", "lui", "eux") {
				next = end + 1
			}
		}
		if p.foldAt(next) == "," {
			next++
		}
		if next == from {
			break
		}
		from = next
	}
	return from
}

// targetAfter returns the body that begins at token k, determiners and adverbs passed.
func (p *Passage) targetAfter(ts []target, k int) (target, bool) {
	for n := 0; n < 8 && k < len(p.Tokens); n++ {
		for _, t := range ts {
			if t.i == k {
				return t, true
			}
		}
		if end := matchAt(wholes, p.Tokens, k); end > 0 {
			return target{i: k, j: end, body: "gouvernance"}, true
		}
		if end := matchAt(manners, p.Tokens, k); end > 0 {
			k = end
			continue
		}
		w := p.Tokens[k].Fold
		switch {
		case w == "depuis", p.Tokens[k].Kind == french.Numeral && p.foldAt(k-1) != "les", months[w], determiners[w], adverbial(w), isQuote(p.Tokens[k]), isAdjective(w):
		case p.Tokens[k].Is("ensemble", "des", "de", "plus", "pas", "jamais", "tout", "toute", "conjointement", "localement", "desormais", "aussi", "egalement", "premier", "futur", "nouveau", "nouvelle", "avec", "au", "nom", "du"):
		default:
			return target{}, false
		}
		k++
	}
	return target{}, false
}

var months = map[string]bool{
	"janvier": true, "fevrier": true, "mars": true, "avril": true, "mai": true, "juin": true, "juillet": true, "aout": true, "septembre": true,
	"octobre": true, "novembre": true, "decembre": true, "printemps": true, "ete": true, "automne": true, "hiver": true,
}

// wholes stand for the démarche: "coordonne le tout".
var wholes = cues("le tout", "l' ensemble .|,|;|et|du dispositif?", "l' ensemble du dispositif|projet", "l' ensemble de la demarche")

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
		if w = p.foldAt(k - 2); w != "que" && w != "qu'" || !p.Tokens[k-1].Is("il", "elle", "ils", "elles") {
			return false
		}
	}
	for n := len(ts) - 1; n >= 0; n-- {
		if ts[n].j < k && (p.reaches(ts[n], k-1) || p.reaches(ts[n], k-2)) {
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
