package french

import (
	"slices"
	"time"

	"vigie"
)

// A Date is a date, or the span between two, as a text writes it.
type Date struct {
	Lo, Hi    int        // bytes, from the weekday or "ce" on; no preposition, no article
	Date, End vigie.Date // to the precision stated; End for intervals only
	// Rule is the form that was read: day-month-year, day-month, month-year, month, year,
	// semester, quarter, season, part-of-year and part-of-month (début, mi, fin),
	// part-of-term (fin du premier semestre), interval, weekday, weekday-day (mercredi
	// 24), weekday-last, weekday-next, dernier, prochain, today, yesterday, before-yesterday,
	// tomorrow, after-tomorrow, this-year, last-year, next-year, and so with month and week.
	// Instead of these, since (depuis 2018, dès mars), until (jusqu'en 2026) and law (the
	// date of a law or a decree).
	Rule     string
	Weekday  bool // a weekday was written
	Conflict bool // and it does not fit the date: one of the two is wrong
	Relative bool // the words alone do not settle it, the day of publication does
	Year     bool // a year on its own: "en 2018", "contrat 2019"; perhaps no date at all
}

// Dates reads the dates of a text, in order and without overlap. Tokens are those of the
// text, or a run of them; published is the day that relative dates count from.
//
// A date without a year takes the year that its weekday, the tense of its sentence or
// "dernier" and "prochain" allow, the nearest to publication; where they leave two,
// or nothing is known of publication, it stays partial ("--05-05"). Without the
// day of publication "hier" or "jeudi dernier" are not returned. Never returned are days
// that no calendar has, those in street names, weekdays as habits ("le mardi"), the
// American order, and two-digit years in codes.
func Dates(text string, tokens []Token, published vigie.Date) []Date {
	return newDateReader(text, tokens, published).dates()
}

func (r *dateReader) dates() []Date {
	var found []reading
	for i := 0; i < len(r.tokens); {
		d := r.read(i)
		if d.Date.Date != "" {
			d.Lo, d.Hi = r.tokens[d.first].Lo, r.tokens[d.next-1].Hi
			r.qualify(&d)
			found = append(found, d)
		}
		i = max(i+1, d.next)
	}
	r.shareYears(found)
	out := make([]Date, len(found))
	for k, d := range found {
		out[k] = d.Date
	}
	return out
}

// A reading is a date under way. One without a Date only says that its tokens are none.
type reading struct {
	Date
	first, next int // tokens [first, next)
	written     writtenDay
}

type dateReader struct {
	*tokenRun
	published time.Time // zero where the day is not known
}

func newDateReader(text string, tokens []Token, published vigie.Date) *dateReader {
	r := &dateReader{tokenRun: &tokenRun{text: text, tokens: tokens}}
	if published.Precision() == vigie.DayPrecision {
		r.published = published.First()
	}
	return r
}

// read reads the date that begins at token i; its next is zero where none does.
func (r *dateReader) read(i int) reading {
	t := r.tokens[i]
	if t.Kind == Punct {
		return reading{}
	}
	var d reading
	for _, rule := range rulesFor(t) {
		if d = rule(r, i); d.next > i {
			return d
		}
	}
	return reading{}
}

type dateRule func(r *dateReader, i int) reading

// rulesFor lists the forms that may begin with a token, in the order they are tried.
func rulesFor(t Token) []dateRule {
	if t.Kind == Numeral {
		return numeralRules
	}
	if rules, ok := wordRules[t.Fold]; ok {
		return rules
	}
	switch {
	case mayCount(t.Fold):
		return countRules
	case isMonthPair(t.Fold):
		return monthRules
	case isMiddle(t.Fold):
		return partRules
	}
	return nil
}

var (
	numeralRules  = []dateRule{(*dateReader).digits, (*dateReader).term, (*dateReader).named, (*dateReader).years, (*dateReader).year}
	countRules    = []dateRule{(*dateReader).term, (*dateReader).named}
	monthRules    = []dateRule{(*dateReader).monthPair}
	partRules     = []dateRule{(*dateReader).part}
	weekdayRules  = []dateRule{(*dateReader).weekdayDigits, (*dateReader).named, (*dateReader).weekday}
	demonstrative = []dateRule{(*dateReader).weekdayDigits, (*dateReader).named, (*dateReader).today, (*dateReader).weekday, (*dateReader).season, (*dateReader).unitOfTime}
	wordRules     = makeWordRules()
)

func makeWordRules() map[string][]dateRule {
	rules := map[string][]dateRule{
		"ce": demonstrative, "cet": demonstrative, "cette": demonstrative,
		"l'": {(*dateReader).yearOfGrace},
	}
	for w := range weekdays {
		rules[w] = weekdayRules
	}
	for w := range months {
		rules[w] = []dateRule{(*dateReader).month}
	}
	for w := range seasons {
		rules[w] = []dateRule{(*dateReader).season}
	}
	for w := range parts {
		rules[w] = partRules
	}
	for w := range halves {
		rules[w] = countRules
	}
	for w := range quarters {
		rules[w] = countRules
	}
	for w := range deictics {
		rules[w] = []dateRule{(*dateReader).today}
	}
	for _, w := range []string{"an", "annee", "mois", "semaine", "week-end"} {
		rules[w] = []dateRule{(*dateReader).unitOfTime}
	}
	return rules
}

// qualified are the rules that a bound or a law may replace.
var qualified = []string{
	"day-month-year", "day-month", "month-year", "month", "year", "season", "part-of-year",
	"part-of-month", "part-of-term",
}

// qualify looks at what stands before the date: a bound, or a law.
func (r *dateReader) qualify(d *reading) {
	switch {
	case !slices.Contains(qualified, d.Rule):
	case r.isLaw(d.first):
		d.Rule = "law"
	default:
		if bound := r.boundBefore(d.first); bound != "" {
			d.Rule = bound
		}
	}
}

// boundBefore tells "depuis", "à partir du", "dès" (since) and "jusqu'en" (until).
func (r *dateReader) boundBefore(i int) string {
	for k := i - 1; k >= 0 && k >= i-4 && r.follows(k+1); k-- {
		switch t := r.tokens[k]; {
		case t.Is("jusqu'"):
			return "until"
		case t.Is("depuis"), t.Is("partir", "compter") && r.before(k, "a"), t.Is("des") && r.text[t.Lo:t.Hi] != "des":
			return "since"
		case !t.Is("a", "au", "d'", "de", "du", "en", "l'", "la", "le", "mois"):
			return ""
		}
	}
	return ""
}

// laws are the texts that bear their date as a name.
var laws = []string{"arrete", "circulaire", "code", "decret", "directive", "loi", "ordonnance", "reglement"}

// lawTitles may stand between such a text and its date, as may numbers and names.
var lawTitles = []string{
	"-", "/", "de", "finances", "interministeriel", "interprefectoral", "ministeriel", "municipal", "n", "no", "nº",
	"organique", "prefectoral", "°",
}

// isLaw reports whether the date at token i names a law: "loi n° 2019-1461 du 27 décembre 2019".
func (r *dateReader) isLaw(i int) bool {
	if !r.before(i, "du") {
		return false
	}
	for k := i - 2; k >= 0 && k >= i-8 && r.follows(k+1); k-- {
		t := r.tokens[k]
		switch {
		case t.Is(laws...):
			return true
		case t.Kind == Numeral, t.Is(lawTitles...):
		case t.Kind == Word && IsCapital(r.text, t):
		default:
			return false
		}
	}
	return false
}

// shareYears gives "le 3 mars et le 5 avril 2020" one year.
func (r *dateReader) shareYears(found []reading) {
	for k := len(found) - 2; k >= 0; k-- {
		a, b := &found[k], found[k+1]
		if a.written.month == 0 || a.written.year != 0 || b.written.year == 0 || a.Rule == "dernier" || a.Rule == "prochain" || !r.isList(a.next, b.first) {
			continue
		}
		w := a.written
		w.year = b.written.year
		if date := w.date(); date != "" {
			a.Date.Date, a.Relative, a.Conflict = date, false, w.conflict()
			a.written = w
		}
	}
}

// isList reports whether only "et", "ou", "puis", commas and articles stand in [i, j).
func (r *dateReader) isList(i, j int) bool {
	for ; i < j; i++ {
		if !r.follows(i) || !r.tokens[i].Is("et", "ou", "puis", ",", "le", "du", "au") {
			return false
		}
	}
	return r.follows(j)
}
