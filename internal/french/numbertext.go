package french

import "strings"

// words reads a number written in words, from "douze" to "un demi-milliard".
func (r *numberReader) words(q *quantity) bool {
	i := q.first
	q.Words = true
	if half, ok := strings.CutPrefix(r.tokens[i].Fold, "demi-"); ok {
		return r.half(q, half, i+1)
	}
	value, next, ordinal := r.compose(i)
	if next == i {
		return false
	}
	q.next = next
	if r.isName(i) || r.isNew(i, next) {
		return false
	}
	q.Value, q.coefficient, q.Ordinal = float64(value), float64(value), ordinal
	if ordinal || !r.follows(next) {
		return true
	}
	switch {
	case r.fraction(q), r.collective(q):
	case value == 1 && next == i+1 && r.tokens[next].Is("seul", "seule"):
		q.next++
	case value == 1 && next == i+1:
		if half, ok := strings.CutPrefix(r.tokens[next].Fold, "demi-"); ok {
			return r.half(q, half, next+1)
		}
	}
	return true
}

// half reads "demi-milliard", "demi-douzaine".
func (r *numberReader) half(q *quantity, noun string, next int) bool {
	if power, ok := magnitudes[noun]; ok && power >= 6 {
		q.coefficient, q.next = 0.5, next
		q.scale(power)
		return true
	}
	if n, ok := collectives[noun]; ok {
		q.Value, q.next, q.Approx = float64(n)/2, next, true
		q.coefficient = q.Value
		return true
	}
	return false
}

// compose adds up the words from token i on; next is i where the first is none.
func (r *numberReader) compose(i int) (value int64, next int, ordinal bool) {
	var c composer
	next = i
	for k := i; k < len(r.tokens) && (k == i || r.follows(k)) && r.tokens[k].Kind == Word; k++ {
		word := r.tokens[k].Fold
		if word == "et" {
			if !r.follows(k+1) || c.count == 0 {
				break
			}
			if a, ok := lookAtom(r.tokens[k+1].Fold); !ok || !c.joins(a) {
				break
			}
			c.joined = true
			continue
		}
		grown, ok := addHyphenated(c, word)
		if !ok {
			break
		}
		c, next = grown, k+1
	}
	return c.value(), next, c.last.ordinal
}

// addHyphenated adds all parts of a word ("quatre-vingt-dix", "vingt-et-un"), or none.
func addHyphenated(c composer, word string) (composer, bool) {
	const longest = len("quatre-cent-quatre-vingt-dix-neuf-mille-neuf-cent-quatre-vingt-dix-neuvieme") + 8
	if len(word) > longest {
		return c, false
	}
	for part := range strings.SplitSeq(word, "-") {
		if part == "et" && c.count > 0 {
			c.joined = true
			continue
		}
		a, ok := lookAtom(part)
		if !ok || !c.add(a) {
			return c, false
		}
	}
	return c, c.count > 0 && !c.joined
}

// fraction reads the denominator of "un quart", "deux tiers", "quatre cinquièmes". "Un
// cinquième territoire" is none: there, "un" is left as the article it is.
func (r *numberReader) fraction(q *quantity) bool {
	t := r.tokens[q.next]
	a, ok := lookAtom(t.Fold)
	ordinal := ok && a.ordinal && a.kind != lone
	plural := ordinal && strings.HasSuffix(t.Fold, "s")
	partOf := ordinal && q.Value == 1 && r.follows(q.next+1) && r.tokens[q.next+1].Is("d'", "de", "des", "du")
	if !t.Is("quart", "quarts", "tiers") && !(plural && q.Value > 1) && !partOf {
		return false
	}
	q.next++
	q.Fraction = true
	return true
}

// collective reads "une quarantaine", "deux douzaines", "une bonne trentaine".
func (r *numberReader) collective(q *quantity) bool {
	i := q.next
	if r.tokens[i].Is("bon", "bonne", "gros", "grosse", "petit", "petite") {
		i++
	}
	if !r.follows(i) {
		return false
	}
	n, ok := collectives[r.tokens[i].Fold]
	if !ok {
		return false
	}
	q.Value *= float64(n)
	q.coefficient, q.Approx, q.next = q.Value, true, i+1
	return true
}

// isName reports a number that is part of a name: "le Pays des Deux Vallées". A capital
// says so, unless it begins a sentence or all letters around are capitals.
func (r *numberReader) isName(i int) bool {
	t := r.tokens[i]
	if !IsCapital(r.text, t) || !r.follows(i) {
		return false
	}
	before := r.tokens[i-1]
	if before.Kind == Punct && !before.Is(",") {
		return false
	}
	return !allCapitals(r.text[t.Lo:t.Hi]) || !allCapitals(r.text[before.Lo:before.Hi])
}

func allCapitals(s string) bool { return strings.ToUpper(s) == s }

// countable stand before a "neuf" that counts: elsewhere it may mean new.
var countable = []string{
	"a", "avec", "aux", "ces", "compte", "comptent", "d'", "dans", "de", "des", "deux", "dont", "en",
	"entre", "et", "les", "leurs", "mes", "nos", "ou", "par", "parmi", "pour", "quelque", "ses", "soit",
	"sur", "vos",
}

// isNew reports a "neuf" that does not count: "un bâtiment neuf", "remis à neuf".
func (r *numberReader) isNew(i, next int) bool {
	if next != i+1 || !r.tokens[i].Is("neuf") {
		return false
	}
	if r.follows(next) && isPlural(r.tokens[next]) || !r.follows(i) || r.tokens[i-1].Kind == Punct {
		return false
	}
	return !r.tokens[i-1].Is(countable...) || r.tokens[i-1].Is("a") && !r.follows(next)
}
