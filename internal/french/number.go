package french

import (
	"math"
	"slices"
	"strings"
)

// A Number is a quantity as a text writes it, in digits or in words.
type Number struct {
	Lo, Hi   int     // bytes, magnitude and unit included: "1,36 milliard d'euros", "une quarantaine"
	Value    float64 // what is counted: 1360000000
	Max      float64 // the upper end of a range ("10 à 30", "entre 1,2 et 1,5 milliard"), else 0
	Unit     string  // "EUR", "%" or ""
	Ordinal  bool    // 1er, deuxième, cent vingt-cinquième
	Approx   bool    // environ, près de, plus de, quelque, jusqu'à, une quarantaine
	Fraction bool    // 9/10, un quart, quatre cinquièmes, neuf communes sur dix: Value alone says nothing
	Words    bool    // written in words, at least in part
}

// Numbers reads the numbers of a text, in order and without overlap. Tokens are those
// of the text, or a run of them.
//
// "un" and "une" are articles, and no numbers, save before a magnitude ("un milliard"),
// in a range, and in "un seul". Left out, since plainly no quantity: times (20 h 30),
// what follows n°, article, page or phase, codes and dates of digits (2019-2022, 11-31-81,
// 22/11/2018), years that count nothing (2030), telephone numbers, digits that begin with 0, versions (4.0), and names
// ("les Deux Vallées"). Callers still have to check whether a number lies inside one of
// the [Dates], is a postal code or a département's, and which noun it counts.
func Numbers(text string, tokens []Token) []Number {
	return readNumbers(&tokenRun{text: text, tokens: tokens})
}

func readNumbers(run *tokenRun) []Number {
	r := numberReader{tokenRun: run}
	for i := 0; i < len(r.tokens); {
		i = r.read(i)
	}
	r.markShares()
	out := make([]Number, len(r.found))
	for k, f := range r.found {
		out[k] = f.Number
	}
	return out
}

type numberReader struct {
	*tokenRun
	found []quantity
}

// A quantity is a number under way.
type quantity struct {
	Number
	coefficient float64 // Value without its power of ten
	exponent    int
	first, next int // tokens [first, next)
}

// read takes the number or range at token i, if there is one, and returns where to go on.
func (r *numberReader) read(i int) int {
	if end := r.passed(i); end > i {
		return end
	}
	q, ok := r.quantity(i)
	if !ok {
		return max(i+1, q.next)
	}
	if whole, ok := r.rangeFrom(q); ok {
		q = whole
	} else if r.isArticle(q) || r.isLoneYear(q) {
		return q.next
	}
	q.Approx = q.Approx || r.approximate(q)
	q.Hi = r.tokens[q.next-1].Hi
	r.found = append(r.found, q)
	return q.next
}

// rangeFrom reads on from a range's lower end: "10 à 30", "entre 10 et 30", "10-30 projets".
func (r *numberReader) rangeFrom(a quantity) (quantity, bool) {
	if a.Ordinal || a.Fraction || !r.follows(a.next) {
		return a, false
	}
	link := r.tokens[a.next]
	switch {
	case isTo(r.text, link):
	case link.Is("et") && r.before(a.first, "entre"):
	case link.Is("ou"):
	case link.Is("-") && r.isCompactRange(a):
	default:
		return a, false
	}
	if !r.follows(a.next+1) || r.passed(a.next+1) > a.next+1 {
		return a, false
	}
	b, ok := r.quantity(a.next + 1)
	if !ok || b.Ordinal || b.Fraction || b.Words != a.Words && b.exponent == 0 && a.exponent == 0 {
		return a, false
	}
	a.inherit(b)
	if isTo(r.text, link) && r.changes(a.first) { // "passer de 60 à 80 millions": two numbers, one unit
		return a, true
	}
	if a.Unit != b.Unit || b.Value <= a.Value || link.Is("ou") && b.Value > 2*a.Value+1 {
		return a, false
	}
	a.Max, a.next, a.Approx = b.Value, b.next, a.Approx || link.Is("ou")
	return a, true
}

// inherit gives a range's lower end what is only said of the upper one: "3 à 4 millions d'euros".
func (q *quantity) inherit(b quantity) {
	if q.Unit == "" {
		q.Unit = b.Unit
	}
	if q.exponent != 0 || b.exponent == 0 {
		return
	}
	if v := q.coefficient * math.Pow10(b.exponent); v < b.Value {
		q.Value, q.exponent = v, b.exponent
	}
}

// changing are the beginnings of the verbs that go from one number to another, which
// makes no range: "est passé de 124 à 141 territoires".
var changing = []string{
	"augment", "baiss", "bond", "diminu", "elargi", "evolu", "grimp", "pass", "port", "progress",
	"ramen", "recul", "redui", "tomb",
}

// changes reports whether the "de" before token i depends on such a verb.
func (r *numberReader) changes(i int) bool {
	if !r.before(i, "de", "d'") {
		return false
	}
	for k := i - 2; k >= 0 && k >= i-6 && r.follows(k+1); k-- {
		if slices.ContainsFunc(changing, func(stem string) bool { return strings.HasPrefix(r.tokens[k].Fold, stem) }) {
			return true
		}
	}
	return false
}

// isCompactRange tells "10-30 projets" from codes: "31-65", "Gard 30-34".
func (r *numberReader) isCompactRange(a quantity) bool {
	i := a.next
	return r.glued(i) && r.glued(i+1) && r.follows(i+2) &&
		(r.tokens[i+2].Kind == Word || r.tokens[i+2].Is("%", "€"))
}

// isArticle reports a "un" that only introduces its noun.
func (r *numberReader) isArticle(q quantity) bool {
	return q.next == q.first+1 && r.tokens[q.first].Is("un", "une")
}

// isLoneYear reports "2030" with nothing behind it that it counts.
func (r *numberReader) isLoneYear(q quantity) bool {
	return q.next == q.first+1 && isYearToken(r.tokens[q.first]) && 1900 <= q.Value && q.Value <= 2100 &&
		!(r.follows(q.next) && isPlural(r.tokens[q.next]))
}

// hedges stand before a number that is not exact, alone or with "de".
var (
	hedges   = []string{"approximativement", "environ", "presque", "quasi", "quasiment", "quelque", "quelques"}
	hedgesOf = []string{"alentours", "dela", "moins", "ordre", "plus", "pres"}
	hedgesAt = []string{"maximum", "minimum", "moins", "peine", "plus"}
)

func (r *numberReader) approximate(q quantity) bool {
	i := q.first
	switch {
	case r.follows(q.next) && r.tokens[q.next].Is("environ"):
		return true
	case r.before(i, hedges...):
		return true
	case r.before(i, "de", "d'", "des"):
		return r.before(i-1, hedgesOf...)
	case r.before(i, "a"):
		return r.before(i-1, "jusqu'")
	case r.before(i, hedgesAt...):
		return r.before(i-1, "au", "a")
	}
	return false
}

// markShares finds "neuf communes sur dix", "un habitant sur deux", where neither number
// counts anything.
func (r *numberReader) markShares() {
	for k := range r.found {
		b := &r.found[k]
		if !r.before(b.first, "sur") || b.Ordinal || b.Unit != "" || b.Value > 10 && b.Value != 100 ||
			r.follows(b.next) && isPlural(r.tokens[b.next]) {
			continue
		}
		if k > 0 && r.isPartOf(r.found[k-1], *b) {
			r.found[k-1].Fraction, b.Fraction = true, true
		} else if r.hasArticleBefore(b.first) {
			b.Fraction = true
		}
	}
}

const shareReach = 8 // tokens between the two numbers of a share

func (r *numberReader) isPartOf(a, b quantity) bool {
	return b.first-a.next <= shareReach && a.Value <= b.Value && a.Unit == "" && !a.Ordinal && r.sameSentence(a.first, b.first)
}

func (r *numberReader) hasArticleBefore(i int) bool {
	for k := i - 2; k >= 0 && k > i-shareReach && r.sameSentence(k, k+1); k-- {
		if r.tokens[k].Is("un", "une") {
			return true
		}
	}
	return false
}

func (r *numberReader) sameSentence(i, j int) bool {
	for k := i + 1; k <= j; k++ {
		if !r.follows(k) || r.tokens[k].Is(".", "!", "?", "…", ";") {
			return false
		}
	}
	return true
}
