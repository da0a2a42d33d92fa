package french

import "strings"

// digits reads dates written with digits alone: 22/11/2018, 22.11.18, 2018-11-22.
func (r *dateReader) digits(i int) reading { return r.inDigits(reading{first: i}, i) }

// weekdayDigits reads "jeudi 22/11/2018".
func (r *dateReader) weekdayDigits(i int) reading {
	d := reading{first: i}
	if r.tokens[i].Is("ce") {
		i++
	}
	if i >= len(r.tokens) {
		return reading{}
	}
	d.written.weekday, d.written.hasWeekday = weekdays[r.tokens[i].Fold]
	for i++; r.at(i, ".", ",", "le"); i++ {
	}
	if !d.written.hasWeekday || !r.follows(i) || r.tokens[i].Kind != Numeral {
		return reading{}
	}
	return r.inDigits(d, i)
}

func (r *dateReader) inDigits(d reading, i int) reading {
	fields, next := r.fieldsAt(i)
	d.next = next
	w := &d.written
	if len(fields) == 2 && (w.hasWeekday || r.before(i, "au", "du", "le")) && r.at(i+1, "/") && len(fields[1]) == 2 {
		w.day, w.month = atoi(fields[0]), atoi(fields[1])
		if w.day < 1 || w.month < 1 || w.date() == "" {
			return reading{}
		}
		return r.settle(d)
	}
	if len(fields) != 3 {
		return reading{}
	}
	a, b, c := atoi(fields[0]), atoi(fields[1]), atoi(fields[2])
	switch {
	case len(fields[0]) == 4 && len(fields[1]) == 2 && len(fields[2]) == 2:
		w.year, w.month, w.day = a, b, c
	case len(fields[2]) == 4:
		w.day, w.month, w.year = a, b, c
	case len(fields[0]) <= 2 && len(fields[2]) == 2 && !r.at(i+1, "-"): // 14-07-19 may be any order
		w.day, w.month, w.year = a, b, r.century(c)
	}
	if w.month < 1 || w.month > 12 || w.day < 1 || w.year < 1900 || w.year > 2100 || w.date() == "" || r.before(i, "°", "nº") {
		return reading{first: d.first, next: next}
	}
	return r.settle(d)
}

// fieldsAt takes apart a numeral with full stops, or numerals joined by one same sign.
func (r *dateReader) fieldsAt(i int) (fields []string, next int) {
	if s := r.tokens[i].Fold; strings.Contains(s, ".") {
		return strings.SplitN(s, ".", 5), i + 1
	}
	fields, next = append(fields, r.tokens[i].Fold), i+1
	for next+1 < len(r.tokens) && len(fields) < 5 && r.glued(next) && r.glued(next+1) && r.tokens[next+1].Kind == Numeral &&
		r.tokens[next].Is("-", "/") && r.tokens[next].Fold == r.tokens[i+1].Fold {
		fields, next = append(fields, r.tokens[next+1].Fold), next+2
	}
	return fields, next
}

// century completes a year of two digits, near publication or near 2010; 0 where it
// would lie further off, since it is some code then.
func (r *dateReader) century(yy int) int {
	from, to := 1980, 2040
	if p := r.published.Year(); !r.published.IsZero() {
		from, to = p-30, p+10
	}
	for year := 1900 + yy; yy >= 0 && year <= to; year += 100 {
		if year >= from {
			return year
		}
	}
	return 0
}

// years reads two bounds: 2019-2022, 2019/20, "de 2019 à 2022", "entre 2019 et 2022".
func (r *dateReader) years(i int) reading {
	from, k := r.yearFrom(i)
	if from == 0 || !r.follows(k) {
		return reading{}
	}
	joined := r.glued(k)
	switch link := r.tokens[k]; {
	case link.Is("-", "/") && joined == r.glued(k+1):
	case link.Is("au") || link.Is("a") && isTo(r.text, link):
	case link.Is("et") && r.before(i, "entre"):
	default:
		return reading{}
	}
	d := reading{first: i, next: k + 2}
	if !r.follows(k + 1) {
		return reading{}
	}
	to, _ := r.yearAt(k + 1)
	if short := r.tokens[k+1]; to == 0 && joined && short.Kind == Numeral && len(short.Fold) == 2 {
		to = from - from%100 + atoi(short.Fold)
		if r.tokens[k].Is("-") && atoi(short.Fold) <= 12 { // a month?
			return reading{next: d.next}
		}
	}
	if to == 0 {
		return reading{}
	}
	if from < 1900 || to <= from || to > 2100 || r.isChained(i, d.next) || r.before(i, "°", "nº") || !joined && r.isCount(k+1) {
		return reading{next: d.next}
	}
	d.Date.Date, d.End, d.Rule = writtenDay{year: from}.date(), writtenDay{year: to}.date(), "interval"
	return d
}

// yearFrom is yearAt for the first token of a date, which may begin a line.
func (r *dateReader) yearFrom(i int) (year, next int) {
	if !isYearToken(r.tokens[i]) {
		return 0, i
	}
	return atoi(r.tokens[i].Fold), i + 1
}

// isChained reports a sign glued to either side of [i, j) that makes it part of a code.
func (r *dateReader) isChained(i, j int) bool {
	return r.glued(i) && r.tokens[i-1].Is("-", "/", "_", ":", "#", "=") ||
		j < len(r.tokens) && r.glued(j) && (r.tokens[j].Is("-", "/", "_", ":") && j+1 < len(r.tokens) && r.glued(j+1))
}

// yearly stand before a year.
var yearly = []string{"an", "annee", "annees", "depuis", "en", "horizon", "ici"}

// year reads a year on its own. Four digits that count something are none: "2000 emplois",
// "environ 2000"; nor are those of a name: "France 2030".
func (r *dateReader) year(i int) reading {
	y, next := r.yearFrom(i)
	if y < 1900 || y > 2100 || r.isChained(i, next) {
		return reading{}
	}
	if r.before(i, "annees") && y%10 == 0 { // les années 1980
		return reading{}
	}
	if !r.before(i, yearly...) && (r.isCount(i) || r.isNamed(i)) {
		return reading{}
	}
	d := reading{first: i, next: next, written: writtenDay{year: y}}
	d.Date.Date, d.Rule, d.Year = d.written.date(), "year", true
	return d
}

// isCount reports four digits that plainly count what follows, or are said to be about so many.
func (r *dateReader) isCount(i int) bool {
	n := i + 1
	nr := numberReader{tokenRun: r.tokenRun}
	switch {
	case nr.isReference(i), nr.approximate(quantity{first: i, next: n}):
		return true
	case !r.follows(n):
		return false
	}
	return r.at(n, "%", "€", "euros", "euro", "k", "m", "km", "ha", "h") || isPlural(r.tokens[n]) && !IsCapital(r.text, r.tokens[n])
}

// isNamed reports a year glued to a name: "France 2030".
func (r *dateReader) isNamed(i int) bool {
	if !r.follows(i) || r.tokens[i-1].Kind != Word || !IsCapital(r.text, r.tokens[i-1]) {
		return false
	}
	return months[r.tokens[i-1].Fold] == 0 && !r.tokens[i-1].Is("de", "des", "pour")
}
