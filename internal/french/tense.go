package french

import "strings"

// A tense is when the verbs around a date put it.
type tense int

const (
	unsettled tense = iota
	past
	future
)

// isPastVerb reports whether token k is one of them, in any gender and number.
func (r *dateReader) isPastVerb(k int) bool {
	word := r.tokens[k].Fold
	for _, ending := range []string{"", "s", "e", "es"} {
		stem, ok := strings.CutSuffix(word, ending)
		if !ok {
			continue
		}
		if sure, ok := pastVerbs[stem]; ok {
			return sure || r.hasAuxiliary(k)
		}
	}
	return false
}

// hasAuxiliary reports "est", "a été" and the like shortly before token k.
func (r *dateReader) hasAuxiliary(k int) bool {
	for n := k - 1; n >= 0 && n >= k-4 && r.follows(n+1) && r.tokens[n].Kind == Word; n-- {
		t := r.tokens[n]
		if t.Is("ai", "avait", "avaient", "avons", "est", "etait", "etaient", "ete", "fut", "furent", "ont", "sont") ||
			t.Is("a") && !isTo(r.text, t) {
			return true
		}
	}
	return false
}

// tense looks around the tokens [first, next), in their sentence, for the nearest verb
// that tells the past from the future. A comma is as far as a dozen words: behind it another
// clause may have another tense.
func (r *dateReader) tense(first, next int) tense {
	const reach, pull = 40, 8
	found, best := unsettled, reach
	if r.before(first, "depuis") || r.before(first-1, "depuis") {
		return past
	}
	for _, step := range []int{-1, 1} {
		k := first - 1
		if step > 0 {
			k = next
		}
		for cost := 0; cost < min(reach, best+pull) && k >= 0 && k < len(r.tokens); k += step {
			if r.endsHere(k, step) {
				break
			}
			cost += r.cost(k)
			if r.tokens[k].Is("rendez-vous") { // whatever verb stands between: "Rendez-vous est pris au printemps"
				cost -= pull
			}
			if t := r.tenseOf(k); t != unsettled && cost < best {
				found, best = t, cost
			}
		}
	}
	if found == unsettled && r.looksAhead(first) {
		return future
	}
	return found
}

func (r *dateReader) cost(k int) int {
	switch t := r.tokens[k]; {
	case heralds[t.Fold]:
		return 0
	case t.Is(",", "(", ")", ":"):
		return 12
	case t.Is(";"):
		return 20
	}
	return 1
}

// endsHere reports whether token k lies in another sentence or line than the date.
func (r *dateReader) endsHere(k, step int) bool {
	t := r.tokens[k]
	if t.Is("!", "?", "…") || t.Is(".") && !r.isAbbreviated(k) {
		return true
	}
	return step > 0 && !r.follows(k) || step < 0 && k+1 < len(r.tokens) && !r.follows(k+1)
}

func (r *dateReader) isAbbreviated(k int) bool {
	return k > 0 && r.glued(k) && (abbreviations[r.tokens[k-1].Fold] || len(r.tokens[k-1].Fold) == 1 ||
		k+1 < len(r.tokens) && shortDates[r.tokens[k-1].Fold])
}

// isPresent reports a verb of the present in the clause around [first, next), as far as
// such verbs are known.
func (r *dateReader) isPresent(first, next int) bool {
	const reach = 12
	for k := first - 1; k >= 0 && k > first-reach && !r.endsHere(k, -1) && r.cost(k) == 1; k-- {
		if isFinite(r.text, r.tokens, k, r.tokens[k]) {
			return true
		}
	}
	for k := next; k < len(r.tokens) && k < next+reach && !r.endsHere(k, 1) && r.cost(k) == 1; k++ {
		if isFinite(r.text, r.tokens, k, r.tokens[k]) {
			return true
		}
	}
	return false
}

// looksAhead reports "d'ici", "avant", "pour" before the date.
func (r *dateReader) looksAhead(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3 && r.follows(k+1); k-- {
		t := r.tokens[k]
		if t.Is("avant", "ici", "jusqu'", "pour") {
			return true
		}
		if !t.Is("a", "au", "en", "l'", "la", "le") {
			return false
		}
	}
	return false
}

// tenseOf tells the tense of one word.
func (r *dateReader) tenseOf(k int) tense {
	t := r.tokens[k]
	if t.Kind != Word {
		return unsettled
	}
	switch word := r.text[t.Lo:t.Hi]; {
	case heralds[t.Fold]:
		if r.auxiliary(k) == past {
			return past
		}
		return future
	case t.Is("va", "vont", "doit", "doivent") && r.infinitiveAfter(k), isFuture(t.Fold) && !IsCapital(r.text, t) && !isPerfect(t):
		return future
	case t.Is("a", "ai", "avons", "ont") && !isTo(r.text, t) && r.participleAfter(k):
		return past
	case r.isPastVerb(k), isParticiple(word, t.Fold):
		if r.auxiliary(k) == future {
			return future
		}
		return past
	case isImperfect(t.Fold):
		return past
	}
	return unsettled
}

// auxiliary tells the tense of the auxiliary before a participle: "seront présentées",
// "doit être confirmé", "avait été lancée"; unsettled in the present or without one.
func (r *dateReader) auxiliary(k int) tense {
	for n := k - 1; n >= 0 && n >= k-5 && r.follows(n+1); n-- {
		t := r.tokens[n]
		switch {
		case t.Is(",", ";", "(", ")", "."):
			return unsettled
		case isImperfect(t.Fold), t.Is("fut", "furent"), isPerfect(t):
			return past
		case isFuture(t.Fold), t.Is("va", "vont", "doit", "doivent"):
			return future
		case t.Is("a", "ont") && !isTo(r.text, t):
			return unsettled
		}
	}
	return unsettled
}

// participleAfter reports what "a" and "ont" govern: "a couru", "n'ont pas encore fini".
func (r *dateReader) participleAfter(k int) bool {
	for n := k + 1; n < k+4 && r.follows(n) && r.tokens[n].Kind == Word; n++ {
		f := r.tokens[n].Fold
		if r.tokens[n].Is("aussi", "bien", "deja", "donc", "egalement", "encore", "ensuite", "ete", "pas", "tout") {
			continue
		}
		_, number := lookAtom(f)
		return len(f) > 1 && !functionWords[f] && !number && strings.ContainsRune("ueist", rune(f[len(f)-1])) &&
			!r.tokens[n].Is("le", "la", "une", "ce", "cette", "de", "leur", "et", "est", "qui", "que")
	}
	return false
}

// isPerfect reports the auxiliary of what will, or would, have been: "aurait jeté l'éponge".
func isPerfect(t Token) bool { return t.Is("aura", "auront", "aurait", "auraient") }

func (r *dateReader) infinitiveAfter(k int) bool {
	for n := k + 1; n < k+4 && r.follows(n); n++ {
		if f := r.tokens[n].Fold; len(f) > 3 && (strings.HasSuffix(f, "er") || strings.HasSuffix(f, "ir") || strings.HasSuffix(f, "re")) {
			return true
		}
	}
	return false
}
