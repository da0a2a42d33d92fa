package extract

import (
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
)

// columnRoles say what the persons of a column or under a term are.
var columnRoles = []struct {
	role, body string
	cues       []cue
}{
	{"elu-referent", "binome", cues("elu|elue|elus|elu(e)", "elu|elue|elus referent|referente|referents|pilote", "referent|referente elu|politique|public", "pour les elus|collectivites", "cote elus|elu|collectivites", "binome elu|elus|elue")},
	{"industriel-referent", "binome", cues("industriel|industrielle|industriels", "industriel|industrielle|industriels referent|referente|referents|pilote", "referent|referente industriel|prive|entreprise", "chef d' entreprise", "entreprise referente", "pour les entreprises|industriels", "cote entreprises|industriels|industriel", "binome industriel|industrielle|entreprise|industriels")},
	{"chef-de-projet", "gouvernance", cues("chef|cheffe|chefs|chef(fe) de projet|projets", "chef cheffe de projet", "directeur|directrice de projet", "charge|chargee de mission")},
	{"preside", "comite-de-pilotage", cues("president|presidente|presidence ..2 comite de pilotage", "president|presidente copil")},
	{"preside", "comite-de-projet", cues("president|presidente|presidence ..2 comite de projet")},
	{"anime", "gouvernance", cues("animation", "animateur|animatrice", "anime par")},
	{"pilote", "gouvernance", cues("pilotage", "pilote|pilotes", "structure porteuse", "porteur|porteuse", "portage")},
	{"coordonne", "gouvernance", cues("coordination", "coordinateur|coordinatrice|coordonnateur|coordonnatrice")},
	{"referent", "gouvernance", cues("referent|referente|referents")},
	{"binome", "binome", cues("binome|binomes", "duo", "tandem")},
}

var (
	electedSide    = cues("elu|elue|elus")
	industrialSide = cues("industriel|industrielle|industriels|entreprise|entreprises")
)

// columnRole reads what a column's name or a term says: the longest cue decides, a
// committee alone ("Comité de pilotage") is no role.
func columnRole(toks []french.Token) (role, body string, ok bool) {
	for _, t := range toks {
		if t.Is("numero", "nombre", "budget", "date", "telephone", "mandat", "municipal", "filieres") {
			return "", "", false
		}
	}
	toks = withoutEndings(toks)
	longest := 0
	for _, c := range columnRoles {
		for _, h := range findCues(c.cues, toks) {
			if h.j-h.i > longest {
				longest, role, body = h.j-h.i, c.role, c.body
			}
		}
	}
	if e, i := findCues(electedSide, toks), findCues(industrialSide, toks); len(e) > 0 && len(i) > 0 {
		if role, body = "binome", "binome"; e[0].i < i[0].i { // "Binôme élu / industriel": who comes first is told
			role = "couple"
		}
	}
	return role, body, longest > 0 && len(toks) <= longest+8
}

// genderEndings stand in brackets or after a point: "chef(fe) de projet", "élu·e".
var genderEndings = map[string]bool{"e": true, "es": true, "fe": true, "ne": true, "le": true, "rice": true, "trice": true, "s": true}

func withoutEndings(toks []french.Token) []french.Token {
	var kept []french.Token
	for i := 0; i < len(toks); i++ {
		switch {
		case toks[i].Is("(") && i+2 < len(toks) && genderEndings[toks[i+1].Fold] && toks[i+2].Is(")"):
			i += 2
		case toks[i].Is("·", "•", "/") && i+1 < len(toks) && genderEndings[toks[i+1].Fold]:
			i++
		default:
			kept = append(kept, toks[i])
		}
	}
	return kept
}

// rowRoles: the cells under "Binôme", "Élu référent", "Chef de projet" of a row that names
// a territory.
func (p *Passage) rowRoles() []act {
	if bs := p.columnBearers(); bs != nil {
		return p.turnedRoles(bs)
	}
	cells := p.cells()
	b, named := p.rowTerritory()
	var acts []act
	for i, c := range cells {
		if i >= len(p.Columns) || !named {
			break
		}
		role, body, ok := columnRole(french.Tokens(p.Columns[i]))
		if !ok || c.Lo >= c.Hi {
			continue
		}
		for _, a := range p.cellRoles(p.token(c.Lo), p.token(c.Hi), role, body) {
			a.scope, a.rule, a.lo = b.scope, "role-table", min(a.lo, p.token(b.lo))
			acts = append(acts, a)
		}
	}
	return acts
}

// cellRoles reads the holders that fill the tokens [i, j).
func (p *Passage) cellRoles(i, j int, role, body string) []act {
	a := act{lo: i, hi: j, roles: []string{role}, target: target{body: body}, rule: "role-sheet", sure: 0.85}
	if i >= j {
		return nil
	}
	if hasCue(empty, p.Tokens[i:j]) {
		a.holders = []holder{{i: i, j: j, kind: vigie.HolderFunction, name: p.raw(i, j)}}
		a.refused = vacant
		if role == "binome" || role == "couple" {
			a.roles = []string{"pilote"}
		}
		return []act{a}
	}
	hs := p.holdersWithin(i, j)
	if len(hs) == 0 {
		return nil
	}
	if role == "binome" || role == "couple" {
		return p.columnPair(a, hs)
	}
	if role == "chef-de-projet" || role == "elu-referent" || role == "referent" {
		hs = slices.DeleteFunc(hs, func(h holder) bool { return h.kind != vigie.HolderPerson })
	}
	if len(hs) == 0 {
		return nil
	}
	a.holders = hs
	return []act{a}
}

// holdersWithin lists the holders that fill tokens [i, j): none where other words stand
// between them.
func (p *Passage) holdersWithin(i, j int) []holder {
	var hs []holder
	for k := i; k < j; {
		if t := p.Tokens[k]; t.Is(",", ";", "/", "et", "-", "–", "&", ".") || isQuote(t) {
			k++
			continue
		}
		if p.newCell(k) && len(hs) > 0 && p.isAddress(k) { // the line below the name is how to reach them
			break
		}
		h, ok := p.holderAt(k)
		if !ok || h.j > j {
			return nil
		}
		if n := len(hs); n > 0 && p.newCell(k) && h.kind != vigie.HolderPerson && hs[n-1].kind == vigie.HolderPerson && hs[n-1].organisation == "" {
			hs[n-1].organisation, k = h.name, h.j // the line below the name is whose they are
			continue
		}
		hs, k = append(hs, h), h.j
	}
	return hs
}

// isAddress: a telephone number or an electronic address begins at token k.
func (p *Passage) isAddress(k int) bool {
	end := min(k+8, len(p.Tokens))
	return p.Tokens[k].Kind == french.Numeral || strings.Contains(p.raw(k, end), "@") || p.Tokens[k].Is("tel", "courriel", "mail", "contact")
}

// columnPair gives the two of a column's cell their sides: in the order that the column's
// name tells, where nothing is said of themselves.
func (p *Passage) columnPair(a act, hs []holder) []act {
	acts := p.pairActs(a, hs)
	if a.roles[0] != "couple" || len(acts) != 2 || acts[0].roles[0] != "pilote" || acts[1].roles[0] != "pilote" {
		return acts
	}
	acts[0].roles, acts[1].roles = []string{"elu-referent"}, []string{"industriel-referent"}
	return acts
}

// pairActs gives the two persons of a binôme their roles.
func (p *Passage) pairActs(a act, hs []holder) []act {
	if len(hs) == 1 && len(hs[0].members) > 0 {
		hs = hs[0].members
	}
	if len(persons(hs)) != 2 {
		return nil
	}
	var acts []act
	for i, role := range sides(hs) {
		one := a
		one.roles, one.holders, one.target = []string{role}, hs[i:i+1], target{body: "binome"}
		acts = append(acts, one)
	}
	return acts
}

// sheetRoles: a definition whose term says the role, and "Présidence : A" in one line.
func (p *Passage) sheetRoles() []act {
	if p.Kind == vigie.Definition && p.Parent != nil {
		if role, body, ok := columnRole(p.Parent.Tokens); ok {
			return p.cellRoles(0, p.withoutStop(), role, body)
		}
		return nil
	}
	if label := p.labelAbove(); label != nil {
		role, body, _ := columnRole(label.Tokens)
		return p.cellRoles(0, p.withoutStop(), role, body)
	}
	var acts []act
	for from := 0; from < len(p.Tokens); {
		k, end := p.field(from)
		if k < 0 {
			break
		}
		if from == 0 {
			if acts := p.presidency(k); len(acts) > 0 {
				return acts
			}
		}
		if role, body, ok := columnRole(p.Tokens[from:k]); ok && p.isLabel(from, k) {
			value := k
			if p.Tokens[k].Is(":") {
				value++
			}
			acts = append(acts, p.cellRoles(value, end, role, body)...)
		}
		if from = end + 1; from == 0 {
			break
		}
	}
	return acts
}

// labelAbove is the line before a passage that begins with a person, where it is nothing
// but what they are: "Élu référent".
func (p *Passage) labelAbove() *Passage {
	q := p.Prev
	if q == nil || q.Kind == vigie.Row || p.Kind == vigie.Row || len(q.Tokens) > 5 || !p.isPersonAt(0) || hasCue(sentenceEnds, q.Tokens) {
		return nil
	}
	if _, _, ok := columnRole(q.Tokens); !ok || !q.isLabel(0, len(q.Tokens)) {
		return nil
	}
	return q
}

var sentenceEnds = cues(".|!|?|:|,|;")

// field finds the label that begins at token from, which a colon or a line end closes at
// token k, and the token after its value: the semicolon before another label, or the end.
func (p *Passage) field(from int) (k, end int) {
	k = -1
	for i := from; i < len(p.Tokens) && i <= from+8; i++ {
		if p.Tokens[i].Is(":") && i > from || from == 0 && i > 0 && i <= 5 && p.newCell(i) && p.Kind != vigie.Row {
			k = i
			break
		}
	}
	if k < 0 {
		return -1, 0
	}
	for i := k + 1; i < len(p.Tokens); i++ {
		if !p.Tokens[i].Is(";") {
			continue
		}
		for j := i + 1; j < len(p.Tokens) && j <= i+7 && !p.Tokens[j].Is(";"); j++ {
			if p.Tokens[j].Is(":") {
				return k, i
			}
		}
	}
	return k, p.withoutStop()
}

// presidency: "Présidence : A et B" of the committee of which the text speaks.
func (p *Passage) presidency(k int) []act {
	if k > 2 || !p.Tokens[0].Is("presidence", "copresidence", "co-presidence", "president", "presidente", "presidents", "copresidents", "co-presidents", "copresidentes") || k == 2 && !isAdjective(p.Tokens[1].Fold) && p.Tokens[1].Fold != "tournante" {
		return nil
	}
	for _, q := range p.above() {
		if t, ok := q.lastSitting(); ok {
			hs, end := p.list(k + 1)
			if t.foreign || len(hs) == 0 {
				return nil
			}
			return []act{{lo: 0, hi: end, roles: []string{"preside"}, holders: hs, target: t, from: q, quoteFrom: q, rule: "role-sheet", sure: 0.85}}
		}
	}
	return nil
}

// withoutStop is the number of tokens without the punctuation at the end.
func (p *Passage) withoutStop() int {
	n := len(p.Tokens)
	for n > 0 && p.Tokens[n-1].Is(".", ";", ",") {
		n--
	}
	return n
}

// isLabel: the words before a colon begin with what they announce: "Pilotage du
// programme :", but not "Trois ministres se partagent le pilotage :".
func (p *Passage) isLabel(from, k int) bool {
	i := p.pastDeterminers(from)
	for j := i; j < k; j++ {
		if j == i && matchAt(leading, p.Tokens, j) > 0 {
			continue // "Pilote :" is no verb
		}
		if v, ok := p.verbAt(j); ok && v.form == finite || p.Tokens[j].Is("partagent", "assure", "assurent", "est", "sont", "ont", "a", "se") {
			return false
		}
	}
	_, _, ok := columnRole(p.Tokens[i:min(i+5, k)])
	return ok
}

var leading = cues("pilote|pilotes", "referent|referente|referents", "anime")
