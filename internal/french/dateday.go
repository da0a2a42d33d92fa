package french

// named reads days with their month by name: "vendredi 1er février 2019", "22 novembre
// dernier", "du 3 au 5 mars 2021", "les 3 et 4 mars".
func (r *dateReader) named(i int) reading {
	first, ok := r.dayWithWeekday(i)
	if !ok {
		return reading{}
	}
	last, joined, ok := r.daysUntilMonth(first)
	if !ok {
		return reading{}
	}
	d := reading{first: i, next: last.next, written: first.written}
	d.written.month = last.written.month
	switch {
	case r.isName(i):
		return reading{next: r.takeYear(&d.written, d.next)}
	case last.written.day == first.written.day:
		if whole, ok := r.endOfInterval(d); ok {
			return whole
		}
		return r.oneDay(d)
	case joined:
		return r.interval(d, last.written)
	}
	d = r.oneDay(d) // "les 20 et 27 juin": each day by itself
	d.next = first.next
	return d
}

// daysUntilMonth reads on from a day to the month that it shares with those after it:
// "12, 13 et 14 juin". They are joined if they leave out no day between them, or "au" does.
func (r *dateReader) daysUntilMonth(d reading) (last reading, joined, ok bool) {
	const most = 8 // days in one list
	joined = true
	for range most {
		month, next := r.monthAt(d.next)
		if month != 0 {
			d.written.month, d.next = month, next
			return d, joined, true
		}
		to := r.at(d.next, "au", "-", "a")
		after, ok := r.nextDay(d)
		if !ok || after.written.day <= d.written.day {
			return d, false, false
		}
		joined = joined && (to || after.written.day == d.written.day+1)
		d = after
	}
	return d, false, false
}

// dayWithWeekday reads "ce", a weekday, the day's number.
func (r *dateReader) dayWithWeekday(i int) (reading, bool) {
	d := reading{first: i}
	if r.tokens[i].Is("ce") {
		i++
		if i >= len(r.tokens) {
			return d, false
		}
	}
	if w, ok := weekdays[r.tokens[i].Fold]; ok {
		short := isShort(r.tokens[i].Fold)
		d.written.weekday, d.written.hasWeekday = w, true
		i++
		if short && r.at(i, ".") {
			i++
		}
		if r.at(i, ",") {
			i++
		}
		if r.at(i, "le") {
			i++
		}
		if !r.follows(i) {
			return d, false
		}
	}
	d.written.day, d.next = r.dayAt(i)
	return d, d.written.day != 0
}

// nextDay reads the day that "au", "et", a comma or a hyphen adds to the one before.
func (r *dateReader) nextDay(d reading) (reading, bool) {
	i := d.next
	if !r.at(i, "a", "au", "et", ",", "-", "/") {
		return d, false
	}
	i++
	if r.at(i, "le") {
		i++
	}
	if !r.follows(i) {
		return d, false
	}
	return r.dayWithWeekday(i)
}

// interval reads what follows the last of several days of one month.
func (r *dateReader) interval(d reading, end writtenDay) reading {
	if year, next := r.yearAt(d.next); year != 0 {
		d.next, d.written.year = next, year
	}
	d = r.settle(d)
	end.year = d.written.year
	d.End = end.date()
	d.Rule, d.Weekday = "interval", d.written.hasWeekday || end.hasWeekday
	d.Conflict = d.Conflict || end.conflict()
	if d.End == "" {
		d.Date.Date = ""
	}
	return d
}

// endOfInterval reads on from a first day that has its own month: "du 28 février au 3
// mars 2021", "entre le 28 février et le 3 mars".
func (r *dateReader) endOfInterval(d reading) (reading, bool) {
	d.next = r.takeYear(&d.written, d.next)
	i := d.next
	switch {
	case r.at(i, "au", "-"):
	case r.at(i, "a") && isTo(r.text, r.tokens[i]):
	case r.at(i, "et") && (r.before(d.first, "entre") || r.before(d.first, "le") && r.before(d.first-1, "entre")):
	default:
		return d, false
	}
	i++
	if r.at(i, "le") {
		i++
	}
	if !r.follows(i) {
		return d, false
	}
	end, ok := r.dayWithWeekday(i)
	if !ok {
		return d, false
	}
	if end.written.month, end.next = r.monthAt(end.next); end.written.month == 0 {
		return d, false
	}
	d.next = r.takeYear(&end.written, end.next)
	return r.between(d, end.written), true
}

// between settles both ends of an interval, the first of which often leaves out its year.
func (r *dateReader) between(d reading, end writtenDay) reading {
	if d.written.year == 0 && end.year != 0 {
		d.written.year = end.year
		if d.written.after(end) { // du 15 décembre au 5 janvier 2020
			d.written.year--
		}
	}
	d = r.settle(d)
	if end.year == 0 && d.written.year != 0 {
		end.year = d.written.year
		if d.written.after(end) {
			end.year++
		}
	}
	d.End = end.date()
	d.Rule, d.Weekday = "interval", d.written.hasWeekday || end.hasWeekday
	d.Conflict = d.Conflict || end.conflict()
	if d.End == "" || d.written.year != 0 && d.written.after(end) {
		d.Date.Date = ""
	}
	return d
}

func (w writtenDay) after(o writtenDay) bool {
	if w.year != o.year {
		return w.year > o.year
	}
	if w.month != o.month {
		return w.month > o.month
	}
	return w.day > o.day
}

func (r *dateReader) takeYear(w *writtenDay, i int) int {
	year, next := r.yearAt(i)
	if year == 0 && r.follows(i) && r.tokens[i].Is("deux", "mil", "mille") {
		year, next = r.yearInWords(i)
	}
	// "le 3 mars 2000 personnes": a count, the year is left open.
	if year != 0 && r.follows(next) && isPlural(r.tokens[next]) && year%100 == 0 {
		return i
	}
	w.year = year
	return next
}

// oneDay reads what follows a single day and its month.
func (r *dateReader) oneDay(d reading) reading {
	d.next = r.takeYear(&d.written, d.next)
	return r.settle(d)
}

// streets are the places that are named for a day.
var streets = map[string]bool{
	"allee": true, "allees": true, "avenue": true, "boulevard": true, "caserne": true, "chemin": true,
	"cite": true, "college": true, "cours": true, "ecole": true, "esplanade": true, "faubourg": true,
	"gymnase": true, "impasse": true, "lotissement": true, "lycee": true, "parc": true, "parvis": true,
	"passage": true, "place": true, "pont": true, "quai": true, "quartier": true, "residence": true,
	"rond-point": true, "rue": true, "ruelle": true, "salle": true, "square": true, "stade": true, "av": true, "bd": true,
}

// isName reports a day in the name of a place: "rue du 8 mai 1945", not "mise en place
// du 1er mars", nor "au cours du 3 mars".
func (r *dateReader) isName(i int) bool {
	if !r.before(i, "du") || !r.follows(i-1) {
		return false
	}
	k := i - 2
	if r.tokens[k].Is(".") && r.glued(k) {
		k--
	}
	return streets[r.tokens[k].Fold] && !r.before(k, "en", "au")
}
