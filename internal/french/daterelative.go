package french

import (
	"time"

	"vigie"
)

// deictics are the days named from the day of writing, by their distance.
var deictics = map[string]struct {
	days int
	rule string
}{
	"apres-demain": {2, "after-tomorrow"}, "aujourd'hui": {0, "today"}, "avant-hier": {-2, "before-yesterday"},
	"demain": {1, "tomorrow"}, "hier": {-1, "yesterday"},
}

// partsOfDay may follow a day: "mercredi soir", "hier après-midi".
var partsOfDay = []string{"apres-midi", "matin", "midi", "soir"}

// today reads "aujourd'hui", "hier soir", "ce jour", "ce matin".
func (r *dateReader) today(i int) reading {
	d := reading{first: i, next: i + 1}
	word, ok := deictics[r.tokens[i].Fold]
	switch {
	case ok && r.before(i, "d'", "de"): // "l'usine de demain"
		return reading{next: i + 1}
	case ok:
		d.next = r.partOfDay(d.next)
	case r.at(i+1, "jour", "matin", "midi", "soir", "apres-midi") && !r.before(i, "a"): // "à ce jour": until now
		word.rule = "today"
		d.next = i + 2
	default:
		return reading{}
	}
	if r.published.IsZero() {
		return reading{next: d.next}
	}
	d.Date.Date, d.Rule, d.Relative = vigie.DateOf(r.published.AddDate(0, 0, word.days)), word.rule, true
	return d
}

func (r *dateReader) partOfDay(i int) int {
	if r.at(i, partsOfDay...) {
		return i + 1
	}
	return i
}

// weekday reads a weekday without a number: "jeudi dernier", "ce jeudi", "mercredi soir".
// A habit ("le mardi", "du lundi au vendredi") or a feast ("lundi de Pâques") is none.
func (r *dateReader) weekday(i int) reading {
	d := reading{first: i}
	this := r.tokens[i].Is("ce")
	if this {
		i++
		if !r.follows(i) {
			return reading{}
		}
	}
	w, ok := weekdays[r.tokens[i].Fold]
	if !ok || isShort(r.tokens[i].Fold) {
		return reading{}
	}
	d.next = i + 1
	if day, next := r.dayOfMonth(d.next); day != 0 {
		return r.nearDay(reading{first: d.first, next: next, written: writtenDay{day: day, weekday: w, hasWeekday: true}})
	}
	if !this && !r.isDay(i) || r.published.IsZero() {
		return reading{next: d.next}
	}
	d.Weekday, d.Relative = true, true
	ago := int(r.published.Weekday()-w+7) % 7 // 0 to 6 days before publication
	switch {
	case r.at(d.next, "dernier", "passe"):
		d.Rule, d.next = "weekday-last", d.next+1
		ago = (ago+6)%7 + 1
	case r.at(d.next, "prochain"):
		d.Rule, d.next = "weekday-next", d.next+1
		ago -= 7
	default:
		d.Rule = "weekday"
		d.next = r.partOfDay(d.next)
		t := r.tense(d.first, d.next)
		if t == unsettled && r.isPresent(d.first, d.next) { // "elle commence lundi": last or next?
			return reading{next: d.next}
		}
		if ago > 0 && t == future {
			ago -= 7
		}
	}
	d.Date.Date = vigie.DateOf(r.published.AddDate(0, 0, -ago))
	return d
}

// dayOfMonth reads a day's number that has no month: "mercredi 24".
func (r *dateReader) dayOfMonth(i int) (day, next int) {
	if !r.follows(i) || r.tokens[i].Kind != Numeral {
		return 0, i
	}
	day, next = r.dayInDigits(i)
	if day != 0 && (r.at(next, "h", "heures", "%", "€", ":", "/", "-") || r.follows(next) && isPlural(r.tokens[next])) {
		return 0, i
	}
	return day, next
}

// nearDay finds the month of "mercredi 24": the one that has that weekday on that day, not
// far from publication; where two have, or none, the day is left out.
func (r *dateReader) nearDay(d reading) reading {
	const near = 20 // days
	t := r.tense(d.first, d.next)
	found := vigie.Date("")
	for _, n := range []int{-1, 0, 1} {
		if r.published.IsZero() {
			break
		}
		first := time.Date(r.published.Year(), r.published.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		w := d.written
		w.year, w.month = first.Year(), int(first.Month())
		away := r.daysFromPublication(w)
		if !w.exists(w.year) || !w.fits(w.year) || max(away, -away) > near || t == past && away > 0 || t == future && away < 0 {
			continue
		}
		if found != "" {
			return reading{next: d.next}
		}
		found = w.date()
	}
	d.Date.Date, d.Rule, d.Weekday, d.Relative = found, "weekday-day", true, true
	return d
}

// isDay tells one day from a habit, a feast and a name.
func (r *dateReader) isDay(i int) bool {
	if r.before(i, "au", "aux", "chaque", "des", "du", "l'", "le", "les", "un") {
		return false
	}
	if IsCapital(r.text, r.tokens[i]) && r.follows(i) && r.tokens[i-1].Kind != Punct {
		return false
	}
	n := i + 1
	if r.before(i, "(") && r.at(n, ")") { // "le 17 novembre 2020 (mardi)"
		return false
	}
	switch {
	case r.at(n, "gras", "precedent", "saint", "suivant", "en"): // jeudi en huit
		return false
	case r.at(n, "d'", "de", "du"):
		return !r.at(n+1, "l'", "la", "paques", "pentecote")
	case r.at(n, "a", "au", "-") && r.follows(n+1):
		_, ok := weekdays[r.tokens[n+1].Fold]
		return !ok
	}
	return true
}

// unitOfTime reads "l'an dernier", "cette année", "le mois prochain", "la semaine dernière".
func (r *dateReader) unitOfTime(i int) reading {
	d := reading{first: i, next: i + 1}
	this := r.tokens[i].Is("ce", "cet", "cette")
	if this {
		if !r.follows(i + 1) {
			return reading{}
		}
		i++
		d.next++
	}
	n, rule := 0, "this-"
	switch {
	case this:
	case r.at(d.next, "dernier", "derniere", "passe", "passee"):
		n, rule = -1, "last-"
		d.next++
	case r.at(d.next, "prochain", "prochaine"):
		n, rule = 1, "next-"
		d.next++
	default:
		return reading{}
	}
	if this && r.at(d.next, "scolaire", "civile", "derniere", "passee", "de") || r.published.IsZero() {
		return reading{}
	}
	p := r.published
	switch t := r.tokens[i]; {
	case t.Is("an", "annee"):
		d.written = writtenDay{year: p.Year() + n}
		d.Date.Date, d.Rule = d.written.date(), rule+"year"
	case t.Is("mois", "mois-ci"):
		first := time.Date(p.Year(), p.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		d.Date.Date, d.Rule = vigie.Date(first.Format("2006-01")), rule+"month"
	case t.Is("semaine"):
		monday := p.AddDate(0, 0, 7*n-int(p.Weekday()+6)%7)
		d.Date.Date, d.End, d.Rule = vigie.DateOf(monday), vigie.DateOf(monday.AddDate(0, 0, 6)), rule+"week"
	default:
		return reading{}
	}
	d.Relative = true
	return d
}
