package french

import "strings"

var (
	// parts are the words that take the beginning, the middle or the end of a period.
	parts = map[string]int{"courant": 0, "debut": -1, "fin": 1, "mi": 0, "milieu": 0}

	halves = map[string]int{ // of a year, with the word "semestre" or by themselves
		"1er": 1, "1ere": 1, "2e": 2, "2eme": 2, "2nd": 2, "dernier": 2, "deuxieme": 2, "premier": 1,
		"s1": 1, "s2": 2, "second": 2,
	}
	quarters = map[string]int{
		"1er": 1, "2e": 2, "2eme": 2, "2nd": 2, "3e": 3, "3eme": 3, "4e": 4, "4eme": 4, "dernier": 4,
		"deuxieme": 2, "premier": 1, "quatrieme": 4, "second": 2, "t1": 1, "t2": 2, "t3": 3, "t4": 4,
		"troisieme": 3,
	}
)

// month reads a month with its year, or one that "en", "début" and the like introduce.
func (r *dateReader) month(i int) reading {
	d := reading{first: i}
	d.written.month, d.next = months[r.tokens[i].Fold], i+1
	if isShort(r.tokens[i].Fold) && r.glued(d.next) && r.at(d.next, ".") {
		d.next++
	}
	if r.glued(i) && r.tokens[i-1].Is("-") { // 6-Juin 1944
		return reading{next: d.next}
	}
	if end, ok := r.monthsTo(d); ok {
		return end
	}
	if year, next := r.yearAt(d.next); year != 0 {
		d.written.year, d.next = year, next
		return r.settle(d)
	}
	if isShort(r.tokens[i].Fold) || IsCapital(r.text, r.tokens[i]) || !r.isIntroduced(i) && !r.at(d.next, "dernier", "prochain") {
		return reading{}
	}
	return r.settle(d)
}

func (r *dateReader) isIntroduced(i int) bool {
	switch {
	case r.before(i, "apres", "avant", "courant", "depuis", "des", "en", "ici", "jusqu'"):
		return true
	case r.before(i, "a"):
		return r.before(i-1, "ici", "jusqu'")
	case r.before(i, "d'", "de"):
		return r.before(i-1, "mois", "partir", "compter")
	}
	return false
}

// monthsTo reads "mars à juin 2019", "octobre 2017 à mars 2019", "entre mars et juin".
func (r *dateReader) monthsTo(d reading) (reading, bool) {
	start := d.written
	i := d.next
	if year, next := r.yearAt(i); year != 0 {
		start.year, i = year, next
	}
	switch {
	case r.at(i, "-"):
	case r.at(i, "au"), r.at(i, "a") && isTo(r.text, r.tokens[i]):
	case r.at(i, "et") && r.before(d.first, "entre"):
	default:
		return d, false
	}
	month, next := r.monthAt(i + 1)
	if month == 0 {
		return d, false
	}
	end := writtenDay{month: month}
	if end.year, next = r.yearAt(next); end.year == 0 && start.year == 0 && !r.before(d.first, "de", "d'", "entre") {
		return d, false
	}
	d.written, d.next = start, next
	return r.between(d, end), true
}

// monthPair reads "mars-avril 2019".
func (r *dateReader) monthPair(i int) reading {
	a, b, _ := strings.Cut(r.tokens[i].Fold, "-")
	year, next := r.yearAt(i + 1)
	if year == 0 {
		return reading{}
	}
	d := reading{first: i, next: next, written: writtenDay{month: months[a]}}
	return r.between(d, writtenDay{month: months[b], year: year})
}

func isMonthPair(word string) bool {
	a, b, ok := strings.Cut(word, "-")
	return ok && months[a] != 0 && months[b] != 0
}

// isMiddle reports "mi-mars", "mi-2020".
func isMiddle(word string) bool {
	rest, ok := strings.CutPrefix(word, "mi-")
	return ok && (months[rest] != 0 || len(rest) == 4 && atoi(rest) > 1800)
}

// part reads "début 2020", "mi-mars 2020", "fin du premier semestre 2019", "la fin de l'année".
func (r *dateReader) part(i int) reading {
	if rest, ok := strings.CutPrefix(r.tokens[i].Fold, "mi-"); ok {
		d := reading{first: i, next: i + 1}
		if d.written.month = months[rest]; d.written.month == 0 {
			d.written.year = atoi(rest)
			d.Date.Date, d.Rule = d.written.date(), "part-of-year"
			return d
		}
		d.written.year, d.next = r.yearAt(i + 1)
		d = r.settle(d)
		d.Rule = "part-of-month"
		return d
	}
	k := i + 1
	for k < i+4 && r.at(k, "d'", "de", "du", "l'", "la", "le", "mois") {
		k++
	}
	if !r.follows(k) {
		return reading{}
	}
	if d := r.term(k); d.next > k && d.End != "" {
		return r.edgeOf(d, i)
	}
	if m, next := r.monthAt(k); m != 0 && !isShort(r.tokens[k].Fold) {
		d := reading{first: i, next: next, written: writtenDay{month: m}}
		if year, next := r.yearAt(next); year != 0 {
			d.written.year, d.next = year, next
		}
		d = r.settle(d)
		d.Rule = "part-of-month"
		return d
	}
	return r.partOfYear(i, k)
}

// edgeOf takes the first or the last month of a semester or quarter.
func (r *dateReader) edgeOf(d reading, i int) reading {
	d.first = i
	switch parts[r.tokens[i].Fold] {
	case -1:
		d.End = ""
	case 1:
		d.Date.Date, d.End = d.End, ""
	default:
		return d
	}
	d.Rule = "part-of-term"
	return d
}

func (r *dateReader) partOfYear(i, k int) reading {
	d := reading{first: i, Date: Date{Rule: "part-of-year"}}
	this := r.tokens[k].Is("annee") && r.before(k, "l'", "d'") || r.at(k, "cette") && r.at(k+1, "annee")
	if r.at(k, "cette") && this || r.tokens[k].Is("annee") {
		for !r.tokens[k].Is("annee") {
			k++
		}
		k++
	}
	if year, next := r.yearAt(k); year != 0 && !r.isCount(k) && year >= 1900 {
		d.written.year, d.next = year, next
		d.Date.Date = d.written.date()
		return d
	}
	// "Il attendait cela pour la fin de l'année": which one, the article must tell.
	if !this || r.published.IsZero() || r.at(k, "scolaire", "civile", "suivante", "precedente", "derniere", "prochaine") || r.tense(i, k) == past {
		return reading{}
	}
	d.written.year, d.next, d.Relative = r.published.Year(), k, true
	d.Date.Date = d.written.date()
	return d
}

// term reads a semester or a quarter of a year: "premier semestre 2019", "T3 2020".
func (r *dateReader) term(i int) reading {
	word := r.tokens[i].Fold
	table, noun, length, rule := halves, "semestre", 6, "semester"
	short := len(word) == 2 && (word[0] == 's' || word[0] == 't')
	if r.at(i+1, "trimestre") || short && word[0] == 't' {
		table, noun, length, rule = quarters, "trimestre", 3, "quarter"
	}
	n, ok := table[word]
	if !ok || !short && !r.at(i+1, noun) {
		return reading{}
	}
	k := i + 1
	if !short {
		k++
	}
	for r.at(k, "annee", "d'", "de", "l'", "cette") {
		k++
	}
	year, next := r.yearAt(k)
	d := reading{first: i, next: next}
	if year == 0 {
		if !r.tokens[k-1].Is("annee") || r.published.IsZero() || !r.before(k-1, "cette") {
			return reading{}
		}
		year, d.next, d.Relative = r.published.Year(), k, true
	}
	d.Date.Date = writtenDay{year: year, month: (n-1)*length + 1}.date()
	d.End = writtenDay{year: year, month: n * length}.date()
	d.Rule = rule
	return d
}

// yearOfGrace reads the head of minutes: "L'an deux mille dix-neuf, le jeudi 27 juin".
func (r *dateReader) yearOfGrace(i int) reading {
	if !r.at(i+1, "an") {
		return reading{}
	}
	year, next := r.yearAt(i + 2)
	if year == 0 {
		year, next = r.yearInWords(i + 2)
	}
	if year == 0 {
		return reading{}
	}
	d := reading{first: i, next: next, written: writtenDay{year: year}}
	for r.at(next, ",", "et", "le") {
		next++
	}
	if !r.follows(next) {
		return d.asYear()
	}
	day, ok := r.dayWithWeekday(next)
	if !ok {
		return d.asYear()
	}
	if day.written.month, day.next = r.monthAt(day.next); day.written.month == 0 {
		return d.asYear()
	}
	day.first, day.written.year = i, year
	return r.settle(day)
}

func (d reading) asYear() reading {
	d.Date.Date, d.Rule = d.written.date(), "year"
	return d
}
