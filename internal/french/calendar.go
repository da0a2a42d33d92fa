package french

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"vigie"
)

var weekdays = map[string]time.Weekday{
	"lundi": time.Monday, "mardi": time.Tuesday, "mercredi": time.Wednesday, "jeudi": time.Thursday,
	"vendredi": time.Friday, "samedi": time.Saturday, "dimanche": time.Sunday,
	"lun": time.Monday, "mar": time.Tuesday, "mer": time.Wednesday, "jeu": time.Thursday,
	"ven": time.Friday, "sam": time.Saturday, "dim": time.Sunday,
}

var months = map[string]int{
	"janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8,
	"septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
	"janv": 1, "jan": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "juill": 7, "sept": 9, "sep": 9,
	"oct": 10, "nov": 11, "dec": 12,
}

// isShort reports an abbreviated weekday or month, which may end with a full stop.
func isShort(name string) bool {
	return len(name) <= 5 && name != "mars" && name != "avril" && name != "mai" && name != "juin" && name != "aout" &&
		name != "lundi" && name != "mardi" && name != "jeudi"
}

// A writtenDay is a day, month or year as written; zero parts are not stated.
type writtenDay struct {
	day, month, year int
	weekday          time.Weekday
	hasWeekday       bool
}

// date prints it, empty where no calendar has the day.
func (w writtenDay) date() vigie.Date {
	var s string
	switch {
	case w.month < 0 || w.month > 12 || w.day > 0 && !w.exists(cmp.Or(w.year, 2000)): // a leap year
	case w.year != 0 && w.day != 0:
		s = fmt.Sprintf("%04d-%02d-%02d", w.year, w.month, w.day)
	case w.year != 0 && w.month != 0:
		s = fmt.Sprintf("%04d-%02d", w.year, w.month)
	case w.year != 0:
		s = fmt.Sprintf("%04d", w.year)
	case w.day != 0:
		s = fmt.Sprintf("--%02d-%02d", w.month, w.day)
	case w.month != 0:
		s = fmt.Sprintf("--%02d", w.month)
	}
	return vigie.Date(s)
}

func (w writtenDay) time() time.Time {
	return time.Date(w.year, time.Month(max(1, w.month)), max(1, w.day), 0, 0, 0, 0, time.UTC)
}

// exists reports whether the calendar has the day in that year.
func (w writtenDay) exists(year int) bool {
	t := time.Date(year, time.Month(w.month), max(1, w.day), 0, 0, 0, 0, time.UTC)
	return int(t.Month()) == w.month
}

// fits reports whether the weekday, if any, is the day's in that year.
func (w writtenDay) fits(year int) bool {
	w.year = year
	return !w.hasWeekday || w.time().Weekday() == w.weekday
}

func (w writtenDay) conflict() bool { return w.year != 0 && w.day != 0 && !w.fits(w.year) }

// monthAt reads a month's name, in full or cut short.
func (r *dateReader) monthAt(i int) (month, next int) {
	if !r.follows(i) || r.tokens[i].Kind != Word {
		return 0, i
	}
	m := months[r.tokens[i].Fold]
	if m == 0 {
		return 0, i
	}
	next = i + 1
	if isShort(r.tokens[i].Fold) && r.glued(next) && r.at(next, ".") {
		next++
	}
	return m, next
}

// dayAt reads the number of a day, in digits or in words.
func (r *dateReader) dayAt(i int) (day, next int) {
	if i >= len(r.tokens) {
		return 0, i
	}
	t := r.tokens[i]
	if t.Kind == Numeral {
		return r.dayInDigits(i)
	}
	if t.Kind != Word || !mayCount(t.Fold) {
		return 0, i
	}
	nr := numberReader{tokenRun: r.tokenRun}
	value, next, ordinal := nr.compose(i)
	if next == i || value < 1 || value > 31 || ordinal && value > 1 {
		return 0, i
	}
	return int(value), next
}

func (r *dateReader) dayInDigits(i int) (day, next int) {
	s := strings.TrimSuffix(r.tokens[i].Fold, "er")
	n := atoi(s)
	if n < 1 || n > 31 || len(s) > 2 || s != r.tokens[i].Fold && n != 1 {
		return 0, i
	}
	if n == 1 && r.at(i+1, "er") { // "1 er", as PDFs part it
		return 1, i + 2
	}
	return n, i + 1
}

// yearAt reads a year of four digits.
func (r *dateReader) yearAt(i int) (year, next int) {
	if !r.follows(i) || !isYearToken(r.tokens[i]) {
		return 0, i
	}
	return atoi(r.tokens[i].Fold), i + 1
}

// yearInWords reads "deux mille dix-neuf", "mil neuf cent quatre-vingt".
func (r *dateReader) yearInWords(i int) (year, next int) {
	if !r.follows(i) || r.tokens[i].Kind != Word {
		return 0, i
	}
	nr := numberReader{tokenRun: r.tokenRun}
	value, next, ordinal := nr.compose(i)
	if next == i || ordinal || value < 1800 || value > 2199 {
		return 0, i
	}
	return int(value), next
}

// atoi reads digits alone, -1 for anything else.
func atoi(s string) int {
	if s == "" || len(s) > 4 {
		return -1
	}
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}
