package french

import "time"

// following are the adjectives that tie a date to its neighbours, not to publication.
var following = []string{"precedent", "precedente", "suivant", "suivante"}

// settle finds the year of a day, or of a month without one, from what follows it, from
// its weekday, from the tense of its sentence. What stays open stays partial.
func (r *dateReader) settle(d reading) reading {
	w := &d.written
	d.Weekday = w.hasWeekday
	d.Rule = w.rule()
	if !w.exists(2000) { // a leap year
		return reading{first: d.first, next: d.next}
	}
	if w.year == 0 {
		r.findYear(&d)
	}
	d.Date.Date, d.Conflict = w.date(), d.Conflict || w.conflict()
	return d
}

func (w writtenDay) rule() string {
	switch {
	case w.day != 0 && w.year != 0:
		return "day-month-year"
	case w.day != 0:
		return "day-month"
	case w.year != 0:
		return "month-year"
	}
	return "month"
}

func (r *dateReader) findYear(d *reading) {
	w, i := &d.written, d.next
	switch {
	case r.at(i, following...), r.at(i, "de") && r.isOtherYear(i+1):
		return
	case r.at(i, "dernier", "passe"):
		d.next, d.Rule = i+1, "dernier"
		w.year = r.yearOf(*w, -1)
	case r.at(i, "prochain"):
		d.next, d.Rule = i+1, "prochain"
		w.year = r.yearOf(*w, +1)
	case r.at(i, "de") && r.at(i+1, "cette") && r.at(i+2, "annee"):
		d.next = i + 3
		if !r.published.IsZero() {
			w.year = r.published.Year()
		}
	case r.tokens[d.first].Is("ce"):
		w.year = r.closeBy(*w)
	default:
		w.year = r.likelyYear(*w, r.tense(d.first, d.next))
	}
	d.Relative = w.year != 0
	d.Conflict = w.hasWeekday && w.year == 0 && !r.published.IsZero()
}

// isOtherYear reports "l'année suivante", "la même année": another than publication's.
func (r *dateReader) isOtherYear(i int) bool {
	return r.at(i, "l'") && r.at(i+1, "annee", "an") || r.at(i, "la") && r.at(i+1, "meme")
}

// yearOf finds the year of the last such day before publication, or of the next after it.
func (r *dateReader) yearOf(w writtenDay, direction int) int {
	if r.published.IsZero() {
		return 0
	}
	for n := range 9 { // 29 February may take eight years
		year := r.published.Year() + direction*n
		if !w.exists(year) {
			continue
		}
		w.year = year
		if c := r.compare(w); c == direction {
			if !w.fits(year) {
				return 0
			}
			return year
		}
	}
	return 0
}

// compare tells whether w lies before publication (-1), on its day or in its month (0), or after.
func (r *dateReader) compare(w writtenDay) int {
	p := r.published
	if w.day == 0 {
		p = time.Date(p.Year(), p.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	return w.time().Compare(p)
}

// closeBy finds the year of "ce jeudi 24 mai": within a fortnight of publication.
func (r *dateReader) closeBy(w writtenDay) int {
	if r.published.IsZero() {
		return 0
	}
	for _, year := range r.yearsAround() {
		w.year = year
		if away := r.daysFromPublication(w); w.exists(year) && w.fits(year) && -15 < away && away < 15 {
			return year
		}
	}
	return 0
}

// likelyYear weighs the years around publication. Writers leave the year out for what is
// at most some months away: a tense is believed for ten months, none for the past half
// year and the next two months. A weekday settles the year by itself.
func (r *dateReader) likelyYear(w writtenDay, t tense) int {
	const tenMonths, halfYear, twoMonths = 304, 184, 61
	if r.published.IsZero() {
		return 0
	}
	var before, after int // the last such day up to publication, the next one from then on
	for _, year := range r.yearsAround() {
		if !w.exists(year) || !w.fits(year) {
			continue
		}
		w.year = year
		c := r.compare(w)
		if c <= 0 {
			before = year
		}
		if c >= 0 && after == 0 {
			after = year
		}
	}
	if before == after || w.hasWeekday && (before == 0 || after == 0) {
		return max(before, after)
	}
	ago, ahead := -r.daysTo(w, before), r.daysTo(w, after)
	switch {
	case t == future && ahead > 3*ago, t == past && ago > 3*ahead:
		return 0 // the verb is likely another day's: "Après un comité le 12 janvier, un second se tiendra"
	case t != future && (ago <= halfYear || t == past && ago <= tenMonths):
		return before
	case t != past && (ahead <= twoMonths || t == future && ahead <= tenMonths):
		return after
	}
	return 0
}

// daysTo counts the days from publication to w in a year, many where there is no such year.
func (r *dateReader) daysTo(w writtenDay, year int) int {
	if year == 0 {
		return 1 << 20
	}
	w.year = year
	return r.daysFromPublication(w)
}

func (r *dateReader) yearsAround() [3]int {
	y := r.published.Year()
	return [3]int{y - 1, y, y + 1}
}

func (r *dateReader) daysFromPublication(w writtenDay) int {
	return int(w.time().Sub(r.published).Hours() / 24)
}
