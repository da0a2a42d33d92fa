package extract

import (
	"vigie"
	"vigie/internal/french"
)

// themes reads what the programme, or a territory in it, is for.
type themes struct{}

// aims lead in a list of themes. A theme's words elsewhere are no theme.
var aims = cues(
	"axe|axes", "priorite|priorites", "enjeu|enjeux", "objectif|objectifs", "thematique|thematiques", "theme|themes", "besoin|besoins",
	"levier|leviers", "ambition|ambitions", "defi|defis", "pilier|piliers", "volet|volets", "chantier|chantiers", "orientation|orientations",
	"centre|centree|centres sur", "tient|tiennent en ..3 mots", "actions porteront|portent sur", "porte|portent sur", "porteront|portera sur",
	"relevent|releve de|du|des|d'", "famille|familles", "articule|articulee autour", "s' organise|organisent autour", "vise|visent|visant a", "autour de",
	"fil|fils rouge|rouges", "mots d' ordre", "triptyque", "orientation|orientations", "de travail", "repond|repondent|repondre a",
)

// notAims are lists led in by the same words that are about something else.
var notAims = cues("voirie|scolaire|scolaires|ecoles|creches|cantine", "mandat|mandature", "municipal|municipale|municipales", "routier*", "autoroutier*", "prioritaires", "hors programme")

// Extract reads themes in a passage that lists aims, or in an item of such a list.
func (themes) Extract(p *Passage) []Match {
	if p.Programme == nil || p.Other || p.Kind == vigie.Row || p.Kind == vigie.Header || p.Kind == vigie.Term {
		return nil
	}
	hi := len(p.Tokens)
	lo, ok := p.aimsFrom()
	if !ok && p.Kind != vigie.Item && p.Kind != vigie.Heading && !p.says(notAims) {
		lo, hi, ok = p.withoutAims()
	}
	if !ok {
		return nil
	}
	var ms []Match
	for _, t := range p.Doc.themeCues {
		for _, h := range findCues(t.cues, p.Tokens[lo:hi]) {
			if p.complement(lo, lo+h.i) {
				continue
			}
			from, to := p.themeWords(lo+h.i, lo+h.j)
			ms = append(ms, Match{
				Detail: vigie.Theme{Theme: t.code}, Scope: p.themeScope(), Lo: from, Hi: to,
				Confidence: 0.85, Rule: "theme-aims", Refused: p.refusal(p.Tokens[lo+h.i].Lo, p.Tokens[lo+h.j-1].Hi),
			})
			break
		}
	}
	return ms
}

// aimsFrom returns the token from which the passage lists aims.
func (p *Passage) aimsFrom() (int, bool) {
	if p.says(notAims) {
		return 0, false
	}
	if p.Kind == vigie.Item {
		if k := p.labelEnd(); k > 0 && hasCue(aims, p.Tokens[:k]) { // "4 enjeux : recruter, innover"
			return k + 1, true
		}
		if p.Parent != nil && p.Parent.leadsAims() {
			return 0, true
		}
		for _, h := range p.found(aims) { // "APPROUVE la convention, qui retient quatre priorités : ..."
			if p.foldAt(h.j) == ":" {
				return h.j, true
			}
		}
		return 0, false
	}
	if lo, ok := p.toDo(); ok {
		return lo, true
	}
	hits := p.found(aims)
	for _, h := range hits {
		if lo, ok := p.listBefore(h.i); ok {
			return lo, true
		}
	}
	for _, h := range hits {
		if p.countsSomethingElse(h) || !p.owned(h) {
			continue
		}
		if p.listFollows(h.j) {
			return h.j, true
		}
	}
	if p.Heading != nil && p.Heading != p && p.Heading.Kind == vigie.Heading && p.Heading.Level > 1 && p.headed() {
		return 0, p.listFollows(0)
	}
	return p.themeList()
}

// toDo: "Il s'agit de lever les freins au recrutement, de former et de libérer du foncier":
// what is to be done, each part of it a theme.
func (p *Passage) toDo() (int, bool) {
	for _, h := range findCues(purposes, p.Tokens) {
		if p.ownerBefore(h.i) != "other" && p.thematic(h.j, len(p.Tokens)) {
			return h.j, true
		}
	}
	return 0, false
}

var purposes = cues("il s' agit|agira de|d'", "l' objectif|ambition|but est de|d'", "objectif|objectifs|ambition|ambitions affiche|affiches|affichee :", "permettra|permettront|doit|doivent ..1 de", "ambitionne|ambitionnent|entend|entendent de|d'?", "vise|visent a")

// themeList: a list before or after a colon, most elements of which are themes, is a list
// of aims whatever it is called: "en trois verbes : former, loger, décarboner".
func (p *Passage) themeList() (int, bool) {
	if len(p.Doc.mentionsIn(p.Lo, p.Hi)) == 0 && p.Programme.Unit != "territory" {
		return 0, false
	}
	for k, t := range p.Tokens {
		if t.Fold != ":" || p.ownerBefore(k) == "other" || hasCue(drawbacks, p.Tokens[:k]) {
			continue
		}
		for _, r := range [][2]int{{k + 1, len(p.Tokens)}, {0, k}} {
			if all, themed := p.themed(r[0], r[1]); all >= 3 && 3*themed >= 2*all {
				return r[0], true
			}
		}
	}
	return 0, false
}

// drawbacks are listed in the same words and are no aims.
var drawbacks = cues("frein|freins", "obstacle|obstacles", "difficultes", "manque|manquent|manquaient", "critere|criteres", "probleme|problemes", "sujet|sujets", "inquietude|inquietudes", "ateliers", "tables rondes")

// themed counts the elements of a list in tokens [i, j) and those that begin with a theme.
func (p *Passage) themed(i, j int) (all, themed int) {
	for start, k := i, i; k <= j; k++ {
		if k < j && p.Tokens[k].Fold != "," && p.Tokens[k].Fold != "et" && p.Tokens[k].Fold != ":" && !endsSentence(p.Tokens[k]) {
			continue
		}
		if k > start {
			all++
			if p.hasTheme(start, min(k, start+5)) {
				themed++
			}
		}
		start = k + 1
		if k < j && p.Tokens[k].Fold == ":" {
			break
		}
	}
	return all, themed
}

func (p *Passage) hasTheme(i, j int) bool {
	for _, t := range p.Doc.themeCues {
		if hasCue(t.cues, p.Tokens[i:j]) {
			return true
		}
	}
	return false
}

// complement: in "la décarbonation des transports" the transports only say of what; a
// theme is told before it in the same element.
func (p *Passage) complement(lo, i int) bool {
	if i <= lo || matchAt(ofWhat, p.Tokens, i-1) < 0 {
		return false
	}
	for k := i - 1; k >= lo; k-- {
		if stops(p.Tokens[k]) {
			return false
		}
		if p.hasTheme(k, min(len(p.Tokens), k+1)) {
			return true
		}
	}
	return false
}

var ofWhat = cues("de|du|des|d'|l'|la")

// listBefore: "Compétences, foncier, innovation : les projets répondront à l'un de ces leviers".
func (p *Passage) listBefore(i int) (int, bool) {
	if i == 0 || p.Tokens[i-1].Fold != "ces" {
		return 0, false
	}
	commas := 0
	for k := 0; k < i; k++ {
		switch p.Tokens[k].Fold {
		case ",":
			commas++
		case ":":
			return 0, commas > 1
		}
	}
	return 0, false
}

// leadsAims: a sentence that leads a list in, or the heading above it, speaks of aims.
func (p *Passage) leadsAims() bool {
	if p.Programme == nil || p.Other || p.says(notAims) {
		return false
	}
	for _, h := range p.found(aims) {
		if p.owned(h) {
			return true
		}
	}
	return p.Kind != vigie.Heading && p.headed() && p.Prev != nil && p.Prev.Kind == vigie.Heading
}

// headed reports whether the heading above is about aims.
func (p *Passage) headed() bool {
	return p.Heading != nil && p.Heading.says(aims) && p.Heading.Level > 1
}

func (p *Passage) countsSomethingElse(h hit) bool {
	return h.j < len(p.Tokens) && matchAt(notAims, p.Tokens, h.j) > 0
}

// listFollows reports whether a colon or an enumeration follows token i.
func (p *Passage) listFollows(i int) bool {
	commas := 0
	for k := i; k < len(p.Tokens); k++ {
		switch p.Tokens[k].Fold {
		case ":":
			return true
		case ",", "et":
			commas++
		}
	}
	return commas > 0
}

// themeWords widens a theme's cue to the words of its list item.
func (p *Passage) themeWords(i, j int) (lo, hi int) {
	if p.Kind == vigie.Item {
		return trimPunct(p, 0, len(p.Tokens))
	}
	for i > 0 && !stops(p.Tokens[i-1]) {
		i--
	}
	for j < len(p.Tokens) && !stops(p.Tokens[j]) {
		j++
	}
	return p.Tokens[i].Lo, p.Tokens[j-1].Hi
}

func stops(t french.Token) bool {
	switch t.Fold {
	case ",", ";", ":", ".", "et", "ou", "(", ")":
		return true
	}
	return false
}

// trimPunct returns the bytes of tokens [i, j) without the punctuation that ends a list item.
func trimPunct(p *Passage, i, j int) (lo, hi int) {
	for j > i+1 && p.Tokens[j-1].Kind == french.Punct {
		j--
	}
	return p.Tokens[i].Lo, p.Tokens[j-1].Hi
}

// themeScope: the territory in force, the commune programme's place, else the region that
// the text's labels are about, else France.
func (p *Passage) themeScope() vigie.Ref {
	if b, ok := p.territory(p.Lo); ok {
		return b.scope
	}
	return vigie.France
}
