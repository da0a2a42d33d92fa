package extract

import (
	"strings"

	"vigie"
	"vigie/internal/french"
)

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
	switch p.foldAt(s - 1) {
	case "il", "elle":
		return p.antecedent(a, hs, s-1)
	case "ils", "elles":
		return p.antecedents(a, hs, s-1)
	case "je", "j'":
		return p.speaker(a, hs)
	}
	return p.toldBefore(a, hs, s)
}

// speaker: "« Je préside le comité de projet », rappelle A": whom the words are put into the
// mouth of, right behind them.
func (p *Passage) speaker(a *act, hs []holder) bool {
	for _, h := range hs {
		if h.i < a.hi || h.kind != vigie.HolderPerson || h.short {
			continue
		}
		k := h.i - 1
		for k > a.hi && !isQuote(p.Tokens[k]) && h.i-k < 6 {
			k--
		}
		if !isQuote(p.Tokens[k]) {
			return false
		}
		a.holders, a.hi, a.sure = []holder{h}, h.j, 0.8
		return true
	}
	return false
}

// antecedents: "ils" are those coordinated last before it in the sentence, else those with
// whom the sentence before begins.
func (p *Passage) antecedents(a *act, hs []holder, at int) bool {
	for n := len(hs) - 1; n > 0; n-- {
		list := p.listEnding(hs[:n+1], hs[n].j)
		if hs[n].j < at && len(list) > 1 && (persons(list) != nil || n == 1) {
			a.holders, a.lo, a.sure = list, min(a.lo, list[0].i), 0.8
			return true
		}
	}
	q := p.Prev
	if q == nil || q.Block != p.Block {
		return false
	}
	list, _ := q.list(0)
	if all := q.holders(); len(list) < 2 && len(all) > 1 { // "Les élus ont choisi A et B. Ils copilotent"
		list = q.listEnding(all, all[len(all)-1].j)
	}
	if len(list) < 2 {
		return false
	}
	a.holders, a.quoteFrom, a.lo, a.sure = list, q, 0, 0.8
	return true
}

// listEnding returns the coordinated holders whose last ends at token s, a comma or an
// adverbial ("depuis 2019", "à ce titre") between.
func (p *Passage) listEnding(hs []holder, s int) []holder {
	for n := len(hs) - 1; n >= 0; n-- {
		h := hs[n]
		if h.j > s || s-h.j > 30 {
			continue
		}
		if n > 0 && h.kind == vigie.HolderFunction && hs[n-1].kind == vigie.HolderPerson && p.accented(hs[n-1].j+1) && p.inserted(hs[n-1].j, s) {
			continue // "A, recrutée comme cheffe de projet, anime"
		}
		if h.j != s && !p.onlyLoosely(h.j, s) && !p.only(since, h.j, s) && !p.inserted(h.j, s) {
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
		switch {
		case !governedBy[p.foldAt(before)]:
			return hs[first : n+1]
		case p.foldAt(s) != "qui":
			return nil
		case p.pluralVerb(s + 1): // "signé par A et B, qui copilotent la démarche"
			return hs[first : n+1]
		}
		return hs[n : n+1]
	}
	return nil
}

// pluralVerb: the verb at token k or just after, adverbs and pronouns passed, is in the plural.
func (p *Passage) pluralVerb(k int) bool {
	for i := k; i < k+4 && i < len(p.Tokens); i++ {
		if strings.HasSuffix(p.Tokens[i].Fold, "nt") && !adverbial(p.Tokens[i].Fold) {
			return true
		}
	}
	return false
}

// inserted: between commas, a participle or a circumstance parts a subject from its verb:
// "Le syndicat, créé en 2003, porte la démarche".
func (p *Passage) inserted(i, s int) bool {
	if p.foldAt(i) != "," || p.foldAt(s-1) != "," || s-i < 3 {
		return false
	}
	first := p.Tokens[i+1]
	if first.Kind == french.Numeral && p.foldAt(i+2) == "ans" || p.plainApposition(i+1) == s-1 {
		return true // "A, 34 ans, anime"
	}
	return p.accented(i+1) || first.Is("en", "avec", "aux", "depuis", "sous", "dans", "a", "au", "des", "pour", "comme", "compose", "composee", "qui", "que", "qu'", "dont") ||
		strings.HasSuffix(first.Fold, "ee") || strings.HasSuffix(first.Fold, "ees")
}

// plainApposition returns the token after a noun phrase without article at token k:
// "A, ancienne cadre de la métallurgie, anime"; k where none is.
func (p *Passage) plainApposition(k int) int {
	if first := p.Tokens[k]; first.Kind != french.Word || p.isCapital(k) || determiners[first.Fold] {
		return k
	}
	noun := k
	if p.Tokens[k].Is("ancien", "ancienne", "jeune") {
		noun++
	}
	return p.phraseEnd(noun + 1)
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
	return p.antecedentOf(a, hs, at, gender)
}

// antecedentOf is for any words at token at that point back to one person.
func (p *Passage) antecedentOf(a *act, hs []holder, at int, gender string) bool {
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
	if p.foldAt(h.j) == "est" && h.j+1 < len(p.Tokens) {
		if o, ok := p.officeAt(p.pastDeterminers(h.j + 1)); ok {
			p.give(&h, o)
			return h
		}
	}
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
