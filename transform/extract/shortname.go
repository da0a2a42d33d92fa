package extract

import (
	"strings"

	"vigie"
	"vigie/internal/french"
)

// shortNamedMembers: "Ils sont six : l'Auxerrois, le Grand Sénonais, le Jovinien": members of
// the territory in force by what is left of their official names without the legal form.
// Three in a row, or two where the sentence says that they compose it, are no coincidence.
func (p *Passage) shortNamedMembers() []Match {
	b, ok := p.territory(p.Hi)
	if !ok || len(b.members) < 2 || hasCue(acting, p.Tokens) || hasCue(notMembers, p.Tokens) || p.says(candidates) && !p.says(composing) {
		return nil
	}
	names := map[string]vigie.Ref{}
	for _, ref := range b.members {
		if e, ok := p.Doc.gazetteer.Entity(ref); ok {
			names[shortName(e.Name)] = ref
			if first, _, more := strings.Cut(shortName(e.Name), " "); more && len(first) > 6 && !strings.Contains(b.name, first) {
				names[first] = ref // "l'Aillantais" for "Aillantais en Bourgogne"
			}
		}
	}
	found := map[vigie.Ref]string{} // as the text names them
	lo, hi := -1, 0
	for i := 0; i < len(p.Tokens); i++ {
		if !p.isCapital(i) {
			continue
		}
		for j := min(i+7, len(p.Tokens)); j > i; j-- {
			ref, ok := names[shortName(p.raw(i, j))]
			if !ok || found[ref] != "" || !p.standsInRow(i, j) {
				continue
			}
			found[ref] = p.raw(i, j)
			if lo < 0 {
				lo = p.Tokens[i].Lo
			}
			hi, i = p.Tokens[j-1].Hi, j-1
			break
		}
	}
	if len(found) < 2 || len(found) < 3 && !hasCue(composing, p.Tokens) && !hasCue(composed, p.Tokens) {
		return nil
	}
	var ms []Match
	for _, ref := range b.members { // in the official list's order, for equal results
		if found[ref] == "" {
			continue
		}
		e, _ := p.Doc.gazetteer.Entity(ref)
		ms = append(ms, Match{
			Detail: p.knownMember(e, b), Scope: b.scope, Lo: lo, Hi: hi, Confidence: 0.8, Rule: "member-short-names", Refused: p.refusal(lo, hi),
		})
	}
	return ms
}

// standsInRow: nothing but a separator, an article or a legal form stands on either side.
func (p *Passage) standsInRow(i, j int) bool {
	k := i
	for k > 0 && (articles[p.foldAt(k-1)] || p.Tokens[k-1].Is("de", "d'") || legalWords[p.foldAt(k-1)]) {
		k--
	}
	left := k == 0 || p.isSeparator(k-1) || p.Tokens[k-1].Is("dont", "(", "par", "avec", "-", "–") || p.newCell(k)
	right := j >= len(p.Tokens) || p.isSeparator(j) || p.Tokens[j].Is(".", ")", "(", "-", "–") || p.newCell(j)
	return left && right
}

// legalWords are what intercommunalités are called, and what their names may leave out.
var legalWords = map[string]bool{
	"cc": true, "ca": true, "cu": true, "cdc": true, "communaute": true, "communes": true, "agglomeration": true, "agglo": true, "metropole": true, "interco": true,
	"intercom": true, "intercommunalite": true, "urbaine": true, "pays": true, "celle": true, "celui": true, "ceux": true, "celles": true,
}

// shortName is a name without its legal form, articles and joints.
func shortName(name string) string {
	var kept []string
	for _, w := range strings.FieldsFunc(french.Fold(name), func(r rune) bool { return strings.ContainsRune(" -–—'’/&", r) }) {
		if !legalWords[w] && !particles[w] && !articles[w] && w != "et" && w != "l" && w != "d" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}
