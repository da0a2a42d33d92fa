package extract

import (
	"strings"

	"vigie/internal/french"
)

// phraseEnd returns the token after the noun phrase whose head ends at token i: adjectives,
// names and complements follow it ("président | de la communauté de communes du Val Fleuri").
// It stops where a verb, another holder or a new part of the sentence begins.
func (p *Passage) phraseEnd(i int) int {
	for i < len(p.Tokens) && (i == 0 || !p.newCell(i)) {
		next := p.phraseStep(i)
		if next <= i {
			break
		}
		i = next
	}
	return i
}

// phraseStep returns the token after the next part of a noun phrase, i where it ends.
func (p *Passage) phraseStep(i int) int {
	t := p.Tokens[i]
	switch {
	case t.Is(","):
		return p.afterComma(i)
	case t.Is("et", "&"):
		return p.afterAnd(i)
	case t.Is("("): // "(ANCT)": the short form of what precedes
		if i+2 < len(p.Tokens) && p.Tokens[i+2].Is(")") && p.isAcronym(p.Tokens[i+1]) {
			return i + 3
		}
		return i
	case t.Is("-", "/", "–"):
		if i+1 < len(p.Tokens) && p.isCapital(i+1) && i > 0 && p.isCapital(i-1) {
			return i + 2
		}
		return i
	case isQuote(t):
		return p.quotedEnd(i)
	case t.Kind != french.Word:
		return i
	}
	return p.afterWord(i)
}

// afterWord accepts names, adjectives and what prepositions lead in.
func (p *Passage) afterWord(i int) int {
	t := p.Tokens[i]
	if end, ok := p.mentionAt(i); ok {
		return end
	}
	if end := p.officialEnd(i, anyName); end > i {
		return end
	}
	if p.isCapital(i) && !p.isTitle(i) {
		if t.Is("pour", "cote", "avec", "dans", "par", "sur", "il", "elle", "un", "une") { // the next line's first word
			return i
		}
		if _, ok := p.personAt(i); ok {
			return i
		}
		return i + 1
	}
	switch t.Fold {
	case "de", "du", "des", "d'":
		return p.complementEnd(i, i+1)
	case "a", "au", "aux", "pour":
		if p.raw(i, i+1) == "a" && (p.accented(i+1) || p.foldAt(i+1) == "ete") { // the verb
			return i
		}
		if i > 0 && leadsTarget[p.Tokens[i-1].Fold] {
			return p.complementEnd(i, i+1)
		}
		return i
	case "en":
		if p.foldAt(i+1) == "charge" && determiners[p.foldAt(i+2)] || p.foldAt(i+1) == "charge" && p.foldAt(i+2) == "de" {
			return p.complementEnd(i, i+3)
		}
		return i
	case "chez", "aupres":
		return p.complementEnd(i, i+1)
	}
	if isAdjective(t.Fold) && !p.leadsInfinitive(i) {
		return i + 1
	}
	return i
}

// leadsTarget are the words of an office that "à" may follow: "délégué à l'industrie".
var leadsTarget = map[string]bool{
	"adjoint": true, "adjointe": true, "conseiller": true, "conseillere": true, "vice-president": true, "vice-presidente": true, "delegue": true, "deleguee": true,
	"rattache": true, "rattachee": true, "charge": true, "chargee": true, "commissaire": true, "projet": true, "mission": true,
}

// complementEnd passes determiners from token k on and takes one word or name; from where
// no complement follows.
func (p *Passage) complementEnd(from, k int) int {
	for k < len(p.Tokens) && (determiners[p.Tokens[k].Fold] || p.Tokens[k].Kind == french.Numeral || isQuote(p.Tokens[k]) || p.Tokens[k].Is("de", "du", "des", "d'")) {
		k++
	}
	if k >= len(p.Tokens) || p.Tokens[k].Kind != french.Word || infinitives[p.Tokens[k].Fold] || p.Tokens[from].Is("a", "au", "aux", "pour") && p.isPersonAt(k) {
		return from
	}
	if end, ok := p.mentionAt(k); ok {
		return end
	}
	if end := p.officialEnd(k, anyName); end > k {
		return end
	}
	if k+1 < len(p.Tokens) && isQuote(p.Tokens[k+1]) && isQuote(p.Tokens[k-1]) {
		return k + 2
	}
	return k + 1
}

var determiners = map[string]bool{
	"la": true, "le": true, "l'": true, "les": true, "un": true, "une": true, "ce": true, "cet": true, "cette": true, "ces": true,
	"son": true, "sa": true, "ses": true, "leur": true, "leurs": true, "notre": true, "nos": true, "votre": true, "chaque": true,
	"deux": true, "trois": true, "quatre": true, "cinq": true, "six": true, "sept": true, "huit": true, "neuf": true, "dix": true,
}

// infinitives follow "chargé de" where a task is told, not an office.
var infinitives = map[string]bool{
	"accompagner": true, "animer": true, "assurer": true, "conduire": true, "coordonner": true, "copiloter": true, "coanimer": true,
	"copresider": true, "developper": true, "faire": true, "mener": true, "mettre": true, "piloter": true, "porter": true,
	"preparer": true, "presider": true, "representer": true, "suivre": true, "veiller": true, "gerer": true, "definir": true,
}

// leadsInfinitive: "chargée de piloter la démarche".
func (p *Passage) leadsInfinitive(i int) bool {
	k := i + 1
	for k < len(p.Tokens) && p.Tokens[k].Is("de", "d'") {
		k++
	}
	return k > i+1 && k < len(p.Tokens) && infinitives[p.Tokens[k].Fold]
}

// afterComma goes on with "vice-président, chargé de l'économie" and with enumerations
// that "et" closes: "de l'économie, de l'emploi et de la formation".
func (p *Passage) afterComma(i int) int {
	switch next := p.foldAt(i + 1); next {
	case "charge", "chargee", "delegue", "deleguee":
		if p.leadsInfinitive(i+1) || p.foldAt(i+3) == "mission" {
			return i
		}
		if end := p.phraseStep(i + 2); end > i+2 {
			return end
		}
	case "en":
		if end := p.afterWord(i + 1); end > i+1 {
			return end
		}
	case "de", "du", "d'", "des":
		for k := i + 2; k+1 < len(p.Tokens) && k < i+8; k++ {
			if p.Tokens[k].Is("et") && p.Tokens[k+1].Is("de", "du", "d'", "des") && p.afterAnd(k) > k {
				return p.complementEnd(i, i+2)
			}
		}
	}
	return i
}

// afterAnd goes on with "du commerce et de l'industrie", "économique et social", "et Fils".
func (p *Passage) afterAnd(i int) int {
	k := i + 1
	if k >= len(p.Tokens) {
		return i
	}
	switch t := p.Tokens[k]; {
	case t.Is("fils", "cie", "associes", "freres", "compagnie"):
		return k + 1
	case t.Is("de", "du", "des", "d'"):
		if p.beginsHolder(k + 1) {
			return i
		}
		return p.complementEnd(i, k+1)
	case t.Kind == french.Word && !p.isCapital(k) && isAdjective(t.Fold):
		return k + 1
	case p.isCapital(k) && p.isCapital(i-1) && !p.beginsHolder(k) && p.inPlaceName(i):
		return k + 1
	}
	return i
}

// inPlaceName: "la communauté de communes Monts et Rivières": both words are one name.
func (p *Passage) inPlaceName(i int) bool {
	for k := i - 1; k >= 0 && k > i-7; k-- {
		if p.Tokens[k].Is("communes", "communaute", "agglomeration", "agglo", "cc", "ca", "metropole", "petr", "pays", "syndicat") {
			return true
		}
		if p.Tokens[k].Kind == french.Punct {
			return false
		}
	}
	return false
}

// beginsHolder reports whether a person, an office or a body begins at token k.
func (p *Passage) beginsHolder(k int) bool {
	k = p.pastDeterminers(k)
	if k >= len(p.Tokens) {
		return false
	}
	if _, ok := p.personAt(k); ok {
		return true
	}
	_, office := officeHeads[p.Tokens[k].Fold]
	return office || p.organisationHead(k) > k
}

func (p *Passage) pastDeterminers(k int) int {
	for k < len(p.Tokens) && (determiners[p.Tokens[k].Fold] || isQuote(p.Tokens[k])) {
		k++
	}
	return k
}

// quotedEnd passes a name between quotation marks.
func (p *Passage) quotedEnd(i int) int {
	if i+1 >= len(p.Tokens) || !p.isCapital(i+1) {
		return i
	}
	for k := i + 2; k < len(p.Tokens) && k < i+9; k++ {
		if isQuote(p.Tokens[k]) {
			return k + 1
		}
	}
	return i
}

func (p *Passage) foldAt(i int) string {
	if i < 0 || i >= len(p.Tokens) {
		return ""
	}
	return p.Tokens[i].Fold
}

func (p *Passage) isCapital(i int) bool {
	return i >= 0 && i < len(p.Tokens) && p.Tokens[i].Kind == french.Word && french.IsCapital(p.Doc.Article.Text, p.Tokens[i])
}

// raw returns the words of tokens [i, j) as written.
func (p *Passage) raw(i, j int) string {
	if i >= j {
		return ""
	}
	return p.Doc.Article.Text[p.Tokens[i].Lo:p.Tokens[j-1].Hi]
}

// isAcronym: "ANCT", "DGE", "UIMM".
func (p *Passage) isAcronym(t french.Token) bool {
	s := p.Doc.Article.Text[t.Lo:t.Hi]
	return t.Kind == french.Word && len(t.Fold) >= 2 && len(s) <= 8 && !strings.HasSuffix(t.Fold, "'") && strings.ToUpper(s) == s && strings.ToLower(s) != s && !roman[t.Fold]
}

var roman = map[string]bool{"ii": true, "iii": true, "iv": true, "vi": true, "vii": true, "viii": true, "ix": true, "xi": true}

// officialEnd returns the token after the wanted official name that begins at token k, k
// where none does or the passage has ended.
func (p *Passage) officialEnd(k int, wanted func(Name) bool) int {
	if k < 0 || k >= len(p.Tokens) {
		return k
	}
	return p.nameEnd(k, wanted)
}

func anyName(Name) bool { return true }
