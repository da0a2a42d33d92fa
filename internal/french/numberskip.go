package french

import "strings"

// referred stand before a number that names something and counts nothing: "phase 2".
var referred = []string{
	"acte", "action", "alinea", "annexe", "art", "article", "articles", "axe", "chapitre",
	"etape", "fiche", "figure", "lot", "mesure", "n", "niveau", "no", "numero", "numeros", "nº", "objectif",
	"orientation", "p", "page", "pages", "phase", "pp", "priorite", "section", "tableau", "tome", "tranche",
	"volet", "§", "°",
}

// passed returns the token after what plainly is no quantity at token i, or i itself.
func (r *numberReader) passed(i int) int {
	if r.tokens[i].Kind != Numeral {
		return i
	}
	end := r.chainEnd(i)
	switch count := (end - i + 1) / 2; {
	case r.isReference(i), r.before(i, "annee", "annees"), count > 2, r.isBracketed(i):
		return end
	case count == 2 && r.tokens[i+1].Is(":"):
		return end
	case count == 2 && isYearToken(r.tokens[i]) && r.isYearEnd(i+2):
		return end
	case count == 2 && r.tokens[i+1].Is("-") && !r.isCompactRange(quantity{next: i + 1}):
		return end
	case r.glued(end) && r.at(end, "-"): // 6-Juin
		return end
	}
	if r.follows(i+1) && r.tokens[i+1].Is("h", "heure", "heures") {
		return r.timeEnd(i)
	}
	if s := r.tokens[i].Fold; s[0] == '0' && len(s) == 2 {
		return r.phoneEnd(i)
	}
	return i
}

// chainEnd passes numerals joined without a space: 11-31-81, 22/11/2018, 08:15.
func (r *numberReader) chainEnd(i int) int {
	sign := ""
	for i++; r.glued(i) && r.glued(i+1) && r.tokens[i+1].Kind == Numeral; i += 2 {
		s := r.tokens[i].Fold
		if !strings.Contains("-/:", s) || sign != "" && s != sign {
			break
		}
		sign = s
	}
	return i
}

// isReference reports what follows n°, article, page.
func (r *numberReader) isReference(i int) bool {
	if r.before(i, ".") { // art. 5, p. 12
		return r.glued(i-1) && r.before(i-1, "art", "n", "no", "p", "pp")
	}
	return r.before(i, referred...) && !(r.before(i, "n", "p", "no", "pp") && r.before(i-1, "l'", "d'"))
}

// isBracketed reports the code of a place behind its name: "Grand Narbonne (11)".
func (r *numberReader) isBracketed(i int) bool {
	return r.before(i, "(") && r.follows(i+1) && r.tokens[i+1].Is(")") && len(r.tokens[i].Fold) <= 3 &&
		r.follows(i-1) && r.tokens[i-2].Kind == Word && IsCapital(r.text, r.tokens[i-2])
}

func (r *numberReader) isYearEnd(i int) bool {
	return isYearToken(r.tokens[i]) || len(r.tokens[i].Fold) == 2
}

// timeEnd passes "20 h 30", "8 heures".
func (r *numberReader) timeEnd(i int) int {
	i += 2
	if r.follows(i) && r.tokens[i].Kind == Numeral && len(r.tokens[i].Fold) == 2 {
		i++
	}
	return i
}

// phoneEnd passes the pairs of digits of a telephone number: 02 31 06 98 98.
func (r *numberReader) phoneEnd(i int) int {
	end := i + 1
	for r.follows(end) && r.tokens[end].Kind == Numeral && len(r.tokens[end].Fold) == 2 && end < i+5 {
		end++
	}
	if end < i+5 {
		return i
	}
	return end
}
