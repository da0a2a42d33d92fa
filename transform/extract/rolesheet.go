package extract

import (
	"slices"

	"vigie"
	"vigie/internal/french"
)

// columnRoles say what the persons of a column or under a term are.
var columnRoles = []struct {
	role, body string
	cues       []cue
}{
	{"binome", "binome", cues("binome|binomes", "duo", "tandem")},
	{"elu-referent", "binome", cues("elu|elue|elus|elu(e)", "referent|referente elu|politique|public")},
	{"industriel-referent", "binome", cues("industriel|industrielle|industriels", "referent|referente industriel|prive|entreprise", "chef d' entreprise", "entreprise referente")},
	{"chef-de-projet", "gouvernance", cues("chef|cheffe|chefs|chef(fe) de projet|projets", "chef cheffe de projet", "directeur|directrice de projet", "charge|chargee de mission")},
	{"preside", "comite-de-pilotage", cues("president|presidente|presidence ..2 comite de pilotage", "president|presidente copil")},
	{"preside", "comite-de-projet", cues("president|presidente|presidence ..2 comite de projet")},
	{"anime", "gouvernance", cues("animation", "animateur|animatrice", "anime par")},
	{"pilote", "gouvernance", cues("pilotage", "pilote|pilotes", "structure porteuse", "porteur|porteuse", "portage")},
	{"coordonne", "gouvernance", cues("coordination", "coordinateur|coordinatrice|coordonnateur|coordonnatrice")},
	{"referent", "gouvernance", cues("referent|referente|referents")},
}

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
		if role == "binome" {
			a.roles = []string{"pilote"}
		}
		return []act{a}
	}
	hs := p.holdersWithin(i, j)
	if len(hs) == 0 {
		return nil
	}
	if role == "binome" {
		return p.pairActs(a, hs)
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
		h, ok := p.holderAt(k)
		if !ok || h.j > j {
			return nil
		}
		hs, k = append(hs, h), h.j
	}
	return hs
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
	for k, t := range p.Tokens {
		if t.Fold == ":" && k > 0 && k <= 8 {
			if acts := p.presidency(k); len(acts) > 0 {
				return acts
			}
			if role, body, ok := columnRole(p.Tokens[:k]); ok && p.isLabel(k) {
				return p.cellRoles(k+1, p.withoutStop(), role, body)
			}
			return nil
		}
	}
	return nil
}

// presidency: "Présidence : A et B" of the committee of which the text speaks.
func (p *Passage) presidency(k int) []act {
	if k > 2 || !p.Tokens[0].Is("presidence", "copresidence", "co-presidence") || k == 2 && !isAdjective(p.Tokens[1].Fold) && p.Tokens[1].Fold != "tournante" {
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
func (p *Passage) isLabel(k int) bool {
	i := p.pastDeterminers(0)
	for j := i; j < k; j++ {
		if v, ok := p.verbAt(j); ok && v.form == finite || p.Tokens[j].Is("partagent", "assure", "assurent", "est", "sont", "ont", "a", "se") {
			return false
		}
	}
	_, _, ok := columnRole(p.Tokens[i:min(i+5, k)])
	return ok
}
