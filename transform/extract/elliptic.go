package extract

import (
	"fmt"
	"slices"

	"vigie"
	"vigie/internal/french"
)

// measureBefore: "les premiers contrats pilotes, entre 10 et 30".
func (p *Passage) measureBefore(n french.Number) string {
	i := p.token(n.Lo)
	if m := p.numbered(i); m != "" || n.Max == 0 {
		return m
	}
	if i > 0 && matchAt(fromTo, p.Tokens, i-1) > 0 {
		i--
	}
	if i > 0 && (p.Tokens[i-1].Fold == "," || p.Tokens[i-1].Fold == "(" || p.Tokens[i-1].Fold == ":") {
		for k := max(0, i-4); k < i-1; k++ {
			if m, j := p.nounAt(k); m != "" && j >= i-1 {
				return m
			}
		}
	}
	return ""
}

// numbered: "le nombre de territoires passe de 149 à 183".
func (p *Passage) numbered(i int) string {
	for k := max(0, i-14); k < i; k++ {
		j := matchAt(numberOf, p.Tokens, k)
		if j < 0 {
			continue
		}
		for j < len(p.Tokens) && p.Tokens[j].Is("de", "d'", "des") {
			j++
		}
		m, end := p.nounAt(j)
		if m != "" && end < i && hasCue(amounts, p.Tokens[end:i]) && !p.broken(end, i) {
			return m
		}
	}
	return ""
}

// amounts stand between "le nombre de territoires" and how many there are.
var amounts = cues("passe|passant|passera|passer", "atteint|atteindra", "s' eleve|elevait|etablit", "est|etait|sera de|porte", "porte|portant")

// lastMeasure is what the sentences before count, where this one goes on about it.
func (p *Passage) lastMeasure() string {
	if p.Kind == vigie.Item || p.Kind == vigie.Row {
		return ""
	}
	q := p.Prev
	for n := 0; n < 4 && q != nil && q.Programme == p.Programme && (n == 0 || q.Block == p.Block); n++ {
		if q.Kind == vigie.Heading && q.Level > 1 {
			break
		}
		if m := q.countedLast(); n == 0 && q.Block == p.Block && (m == "actions" || m == "projects" || m == "epci") && matchAt(itself, p.Tokens, 0) > 0 && !p.says(everywhere) {
			return m // "Il portait dix-huit actions. Il en porte vingt-quatre."
		}
		if hasCue(p.Doc.nouns(p.Programme), q.Tokens) || len(p.Doc.mentionsIn(q.Lo, q.Hi)) > 0 {
			return p.bearerMeasure()
		}
		q = q.Prev
	}
	if len(p.Doc.mentionsIn(p.Lo, p.Hi)) > 0 || hasCue(p.Doc.nouns(p.Programme), p.Tokens) {
		return p.bearerMeasure()
	}
	return ""
}

// outOf: "neuf actions sur treize", "dix territoires sur les 183".
func (p *Passage) outOf(n french.Number) string {
	k := p.token(n.Lo) - 1
	if k > 0 && p.Tokens[k].Is("les") {
		k--
	}
	if k < 1 || !p.Tokens[k].Is("sur") {
		return ""
	}
	for _, part := range p.Numbers {
		if m, end := p.measureOf(part); m != "" && end <= p.Tokens[k].Lo && k-p.token(end) <= 1 && part.Value < n.Value {
			return m
		}
	}
	return ""
}

// countedLast is what the passage's last number counts, "" where it counts nothing.
func (p *Passage) countedLast() string {
	for i := len(p.Numbers) - 1; i >= 0; i-- {
		if m, _ := p.measureOf(p.Numbers[i]); m != "" {
			return m
		}
	}
	return ""
}

// elliptics come before a number without a noun: "La Normandie en compte dix", "dont dix en Normandie".
var elliptics = cues("ils|elles sont|etaient", "l'un|l'une|un|une des|parmi", "en compte|comptent|comptait|porte|portent|recense|denombre|reunit|revendique|dispose|a|aura|totalise ..1", "dont", "contre", "sur les", "parmi les", "passe|passee|passes a", "puis a", "comparer aux", "au lieu de|des", "apres les", "en abrite|abritent|aligne|alignent|revendiquent|obtient|decroche|place")

// elliptic reports whether a number without a noun counts what was counted before it.
func (p *Passage) elliptic(n french.Number) bool {
	i, j := p.token(n.Lo), p.token(n.Hi)
	if j < len(p.Tokens) && p.Tokens[j].Kind == french.Word && !ellipticEnd[p.Tokens[j].Fold] {
		return false
	}
	for k := max(0, i-4); k < i; k++ {
		if e := matchAt(elliptics, p.Tokens, k); e >= 0 && i-e <= 1 {
			return true
		}
	}
	if i > 0 && matchAt(nationwide, p.Tokens, i-1) == i && j < len(p.Tokens) && p.Tokens[j].Kind == french.Punct && p.countedBefore(i) { // "la Normandie en compte dix, la France 183"
		return true
	}
	if p.inBrackets(n, i, j) || p.enumerated(i, j) {
		return true
	}
	// "..., le Morbihan quatre": a place and a number, the verb left out
	return i > 0 && len(p.Names) > 0 && p.Names[len(p.Names)-1].Hi == p.Tokens[i-1].Hi && isPlace(p.Names[len(p.Names)-1])
}

// inBrackets: "la Normandie (160)", "Territoires d'industrie (141 dans toute la France)": a
// count behind what it counts; but "l'Indre-et-Loire (37)" tells a département's number.
func (p *Passage) inBrackets(n french.Number, i, j int) bool {
	if i < 2 || p.Tokens[i-1].Fold != "(" {
		return false
	}
	for _, m := range p.Doc.mentionsIn(p.Lo, n.Lo) {
		if m.programme == p.Programme && m.plural && p.token(m.hi-1)+1 >= i-2 && matchAt(everywhere, p.Tokens, j) > 0 {
			return true
		}
	}
	if p.foldAt(j) != ")" {
		return false
	}
	for _, name := range p.Names {
		if name.Hi == p.Tokens[i-2].Hi && isPlace(name) {
			return name.Refs[0].ID != fmt.Sprintf("%02.0f", n.Value)
		}
	}
	return false
}

var everywhere = cues("dans toute? la? france", "en france", "au plan|niveau|total national?", "a l' echelle nationale", "sur tout? le? territoire national|francais?", "dans le pays")

// enumerated: "56 villages dans le Cher, 51 dans l'Indre et 16 dans le Loiret", "149
// territoires : dix en Normandie, treize dans le Grand Est".
func (p *Passage) enumerated(i, j int) bool {
	if i == 0 || !p.Tokens[i-1].Is(",", "et", ":", ";") || j >= len(p.Tokens) || matchAt(inPlace, p.Tokens, j) < 0 {
		return false
	}
	at := matchAt(inPlace, p.Tokens, j)
	if p.officialEnd(at, isPlace) == at {
		return false
	}
	return p.countedBefore(i)
}

// countedBefore: a number before token i of the passage counts something.
func (p *Passage) countedBefore(i int) bool {
	return slices.ContainsFunc(p.Numbers, func(q french.Number) bool {
		m, _ := p.measureOf(q)
		return p.token(q.Hi) < i && m != ""
	})
}

var inPlace = cues("en", "dans|pour le|la|l'|les?", "a la|l'?")

// ellipticEnd are the words that may follow such a number.
var ellipticEnd = map[string]bool{
	"en": true, "dans": true, "a": true, "au": true, "de": true, "que": true, "qui": true, "lors": true, "et": true, "pour": true,
	"retenues": true, "retenus": true, "laureates": true, "laureats": true, "labellisees": true, "labellises": true, "selectionnees": true, "selectionnes": true,
	"il": true, "aujourd'hui": true, "desormais": true, "auparavant": true, "avant": true, "hier": true, "jadis": true, "precedemment": true, "initialement": true, "alors": true, "sur": true, "d'": true, "la": true, "le": true, "soit": true, "qu'": true,
}
