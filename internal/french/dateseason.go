package french

import "time"

// seasons by the month and day that begin them; winter runs over the new year.
var seasons = map[string]struct{ begin, end writtenDay }{
	"automne":   {writtenDay{month: 9, day: 21}, writtenDay{month: 12, day: 20}},
	"ete":       {writtenDay{month: 6, day: 21}, writtenDay{month: 9, day: 20}},
	"hiver":     {},
	"printemps": {writtenDay{month: 3, day: 20}, writtenDay{month: 6, day: 20}},
}

// season reads "l'automne 2018", "cet été", "au printemps", "l'été dernier" as its year.
func (r *dateReader) season(i int) reading {
	d := reading{first: i, Date: Date{Rule: "season"}}
	this := r.tokens[i].Is("ce", "cet")
	if this {
		i++
	}
	if !r.follows(i) && this || i >= len(r.tokens) {
		return reading{}
	}
	season, ok := seasons[r.tokens[i].Fold]
	if !ok || r.tokens[i].Is("ete") && r.before(i, "a", "ai", "ont", "avait", "avaient", "ayant", "avoir", "aurait") {
		return reading{}
	}
	if r.follows(i + 1) {
		if y := r.years(i + 1); y.End != "" { // hiver 2018-2019
			y.first, y.Rule = d.first, "season"
			return y
		}
	}
	if year, next := r.yearAt(i + 1); year != 0 {
		d.written.year, d.next = year, next
		d.Date.Date = d.written.date()
		return d
	}
	direction := r.seasonDirection(i)
	if r.published.IsZero() || season.begin.month == 0 || direction == 0 && !this {
		return reading{}
	}
	d.next, d.Relative = i+1, true
	if r.at(i+1, "dernier", "prochain", "passe") {
		d.next++
	}
	if this {
		d.written.year = r.nearestSeason(season.begin, season.end)
	} else {
		d.written.year = r.seasonYear(season.begin, season.end, direction)
	}
	d.Date.Date = d.written.date()
	return d
}

// seasonDirection tells whether a season without a year lies behind (-1) or ahead (1); 0
// where it is no single one: "l'été est chaud".
func (r *dateReader) seasonDirection(i int) int {
	article := i
	if r.before(i, "l'", "le") {
		article--
	}
	switch {
	case r.at(i+1, "dernier", "passe"):
		return -1
	case r.at(i+1, "prochain"):
		return 1
	case r.before(i, "d'") || r.at(i+1, "suivant", "precedent"):
		return 0
	case r.before(i, "au"):
	case article < i && r.before(article, "a", "apres", "avant", "dans", "depuis", "durant", "ici", "pendant", "pour"):
	default:
		return 0
	}
	if r.tense(article, i+1) == future {
		return 1
	}
	return -1
}

// nearestSeason is the year of "cet été": the season that is, or is least far.
func (r *dateReader) nearestSeason(begin, end writtenDay) int {
	nearest, least := 0, 0
	for _, year := range r.yearsAround() {
		begin.year, end.year = year, year
		away := max(r.daysFromPublication(begin), -r.daysFromPublication(end), 0)
		if nearest == 0 || away < least {
			nearest, least = year, away
		}
	}
	return nearest
}

// seasonYear is the year of the last such season begun, or of the next one not ended.
func (r *dateReader) seasonYear(begin, end writtenDay, direction int) int {
	y := r.published.Year()
	at := func(w writtenDay) time.Time { return time.Date(y, time.Month(w.month), w.day, 0, 0, 0, 0, time.UTC) }
	switch {
	case direction < 0 && r.published.Before(at(begin)):
		return y - 1
	case direction > 0 && r.published.After(at(end)):
		return y + 1
	}
	return y
}
