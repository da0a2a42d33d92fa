package french

import (
	"strconv"
	"strings"
)

// quantity reads the number at token i with its magnitude and unit, ranges apart. Where
// there is none, next tells where to look again if that is further than the next token.
func (r *numberReader) quantity(i int) (quantity, bool) {
	q := quantity{first: i, next: i + 1}
	q.Lo = r.tokens[i].Lo
	if !r.bare(&q) {
		return q, false
	}
	if q.Ordinal || q.Fraction {
		return q, true
	}
	r.magnitude(&q)
	r.unit(&q)
	return q, true
}

// bare reads the number at q's first token, without what may follow.
func (r *numberReader) bare(q *quantity) bool {
	switch t := r.tokens[q.first]; {
	case t.Kind == Numeral:
		return r.numeral(q)
	case t.Kind == Word && mayCount(t.Fold):
		return r.words(q)
	}
	return false
}

// numeral reads one token of digits.
func (r *numberReader) numeral(q *quantity) bool {
	digits, ordinal, ok := plainDigits(r.tokens[q.first].Fold)
	if !ok {
		return false
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return false
	}
	q.Value, q.coefficient, q.Ordinal = v, v, ordinal
	if n := q.next + 1; r.glued(q.next) && r.glued(n) && r.tokens[q.next].Is("/") && r.tokens[n].Kind == Numeral {
		q.Fraction, q.next = true, n+1
	}
	return true
}

// plainDigits turns a numeral, folded, into digits with a decimal point at most.
// "1 800", "1.800" and "1,800,000" are grouped; "1,8" and "1.8" are decimals; "09",
// "4.0", "22.11.2018" and "20h30" are no quantities.
func plainDigits(s string) (digits string, ordinal, ok bool) {
	const longest = 24 // with separators; float64 is exact to 15 digits
	if len(s) > longest {
		return "", false, false
	}
	body := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz")
	if ordinal = body != s; ordinal && (strings.ContainsAny(body, " .,h") || strings.HasPrefix(s[len(body):], "h")) {
		return "", false, false
	}
	body = strings.ReplaceAll(body, " ", "")
	whole, part := body, ""
	switch dots, commas := strings.Count(body, "."), strings.Count(body, ","); {
	case commas == 1:
		whole, part, _ = strings.Cut(body, ",")
		if dots == 1 && strings.Contains(part, ".") { // 1,800.50
			whole, part, _ = strings.Cut(body, ".")
		}
	case dots == 1 && commas == 0 && !groupedBy(body, "."):
		whole, part, _ = strings.Cut(body, ".")
		if part == "0" {
			return "", false, false
		}
	}
	if sep := strings.Trim(whole, "0123456789"); sep != "" {
		sep = sep[:1]
		if !groupedBy(whole, sep) {
			return "", false, false
		}
		whole = strings.ReplaceAll(whole, sep, "")
	}
	if whole == "" || len(whole) > 1 && whole[0] == '0' || strings.Trim(part, "0123456789") != "" {
		return "", false, false
	}
	if part != "" {
		whole += "." + part
	}
	return whole, ordinal, true
}

// groupedBy reports whether sep parts s into groups of three digits, the first of one to three.
func groupedBy(s, sep string) bool {
	for n, group := range strings.Split(s, sep) {
		if strings.Trim(group, "0123456789") != "" || n > 0 && len(group) != 3 || n == 0 && (len(group) == 0 || len(group) > 3) {
			return false
		}
	}
	return true
}

// magnitude reads "millions", "milliard et demi", "Md" (before euros), "k".
func (r *numberReader) magnitude(q *quantity) {
	if !r.follows(q.next) {
		return
	}
	t := r.tokens[q.next]
	power, ok := magnitudes[t.Fold]
	if !ok || t.Is("mille") && q.Words || isSign(t) && !r.isEuro(q.next+1) && !r.isMillions(q.next) {
		return
	}
	q.next++
	q.scale(power)
	q.Approx = q.Approx || t.Is("millier", "milliers")
	if r.follows(q.next+1) && r.tokens[q.next].Is("et") && r.tokens[q.next+1].Is("demi", "demie") {
		q.next += 2
		q.coefficient += 0.5
		q.Value = scaled(q.coefficient, q.exponent)
	}
	if power == 9 {
		r.millionsAfter(q)
	}
}

// isSign reports "M", "Md", "k" and the like, which may mean other things too.
func isSign(t Token) bool { return len(t.Fold) <= len("mrds") }

// isMillions reports "12 M de crédits", but not "12 m" or "MM. A et B, 12, M. C".
func (r *numberReader) isMillions(i int) bool {
	t := r.tokens[i]
	return IsCapital(r.text, t) && t.Fold != "k" && !(r.glued(i+1) && r.at(i+1, "."))
}

// millionsAfter adds the second half of "un milliard trois cents millions".
func (r *numberReader) millionsAfter(q *quantity) {
	if !r.follows(q.next) {
		return
	}
	rest := quantity{first: q.next, next: q.next + 1}
	if r.bare(&rest) && rest.exponent == 0 && rest.Value < 1000 && r.follows(rest.next) && r.tokens[rest.next].Is("million", "millions") {
		q.Value += rest.Value * 1e6
		q.coefficient += rest.Value / 1e3
		q.next = rest.next + 1
	}
}

func (q *quantity) scale(power int) {
	q.exponent += power
	q.Value = scaled(q.coefficient, q.exponent)
}

// scaled multiplies by a power of ten in decimal: 1.36 and 9 give 1360000000 exactly.
func scaled(coefficient float64, power int) float64 {
	v, _ := strconv.ParseFloat(strconv.FormatFloat(coefficient, 'f', -1, 64)+"e"+strconv.Itoa(power), 64)
	return v
}

// unit reads "€", "euros HT", "d'euros" after a magnitude, "%", "pour cent".
func (r *numberReader) unit(q *quantity) {
	i := q.next
	if !r.follows(i) {
		return
	}
	t := r.tokens[i]
	switch {
	case t.Is("%"):
		q.Unit, q.next = "%", i+1
	case t.Is("pour") && r.follows(i+1) && r.tokens[i+1].Is("cent", "cents"):
		q.Unit, q.next = "%", i+2
	case t.Is("keur", "keuros") && q.exponent == 0:
		q.scale(3)
		q.Unit, q.next = "EUR", i+1
	case t.Is("meur", "meuros") && q.exponent == 0:
		q.scale(6)
		q.Unit, q.next = "EUR", i+1
	case r.isEuro(i):
		for !r.tokens[i].Is("€", "euro", "euros", "eur") {
			i++
		}
		q.Unit, q.next = "EUR", i+1
	}
	if q.Unit == "EUR" && r.follows(q.next) && r.tokens[q.next].Is("ht", "ttc") {
		q.next++
	}
}

// isEuro reports whether euros are named at token i, after "d'" perhaps.
func (r *numberReader) isEuro(i int) bool {
	if r.follows(i) && r.tokens[i].Is("d'", "de") {
		i++
	}
	return r.follows(i) && r.tokens[i].Is("€", "euro", "euros", "eur")
}
