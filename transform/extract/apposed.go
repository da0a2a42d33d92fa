package extract

import (
	"vigie"
	"vigie/internal/french"
)

// apposed may stand between "territoire d'industrie" and the name of one.
var apposed = cues("de|du|des|d'|le|la|les|l'", ":", "-|–|—", "nomme|appele|baptise|dit|denomme", "labellise|laureat", "(", "intitule")

// apposedLabels: "le territoire d'industrie Côte d'Albâtre", "la Vallée de la Seine,
// territoire d'industrie", "le contrat de la vallée de l'Huisne".
func (p *Passage) apposedLabels() []Match {
	var ms []Match
	for _, n := range p.Names {
		if !p.bears(n) || p.Programme.Unit != "territory" {
			continue
		}
		m, plural, ok := p.mentionBefore(n)
		switch {
		case ok && !plural:
			ms = append(ms, p.labelMatch(p.bearer(n), p.statusAt(n), m, n.Hi, "label-apposed"))
		case p.possessed(n):
			ms = append(ms, p.labelMatch(p.bearer(n), p.statusAt(n), p.Lo, p.Hi, "label-possessed"))
		case p.followedByProgramme(n):
			ms = append(ms, p.labelMatch(p.bearer(n), p.statusAt(n), n.Lo, n.Hi, "label-apposed"))
		}
	}
	return ms
}

// mentionBefore returns where a mention of the programme in force begins that only
// articles part from the name after it, and whether it is in the plural.
func (p *Passage) mentionBefore(n Name) (lo int, plural, ok bool) {
	for _, m := range p.Doc.mentionsIn(p.Lo, n.Lo) {
		i, j := m.j-p.firstToken(), p.token(n.Lo)
		if m.programme == p.Programme && i >= 0 && i <= j && p.only(apposed, i, j) {
			lo, plural, ok = m.lo, m.plural, true
		}
	}
	return lo, plural, ok
}

// firstToken is the index in Doc.Tokens of the passage's first token.
func (p *Passage) firstToken() int { return p.Doc.tokenRange(p.Lo, p.Lo+1)[0] }

// followedByProgramme: "la vallée de la Seine « Territoire d'industrie »", "X, territoire d'industrie depuis".
func (p *Passage) followedByProgramme(n Name) bool {
	j := p.token(n.Hi)
	after := p.Doc.mentionsIn(n.Hi, p.Hi)
	if len(after) == 0 || after[0].programme != p.Programme || after[0].plural && !quoted(p, after[0]) {
		return false
	}
	return p.only(linkingTo, j, after[0].i-p.firstToken())
}

// possessed: "les élus de la Vallée de la Seine ont installé leur « Territoire d'industrie »".
func (p *Passage) possessed(n Name) bool {
	for _, m := range p.Doc.mentionsIn(n.Hi, p.Hi) {
		i := m.i - p.firstToken()
		for i > 0 && isQuote(p.Tokens[i-1]) {
			i--
		}
		if m.programme == p.Programme && !m.plural && i > 0 && matchAt(theirs, p.Tokens, i-1) > 0 && !p.broken(p.token(n.Hi), i) {
			return true
		}
	}
	return false
}

var theirs = cues("leur|son")

var linkingTo = cues("officiellement|desormais|ainsi|enfin|aujourd'hui|nouveau|nouvelle|nouveaux", "a son tour", "est|sont|,|(|un|le|devient|deviendra|labellise|labellisee|reconnu|reconnue|comme|est-il|depuis|devenu|devenue")

func quoted(p *Passage, m mention) bool {
	i := m.i - p.firstToken()
	return i > 0 && isQuote(p.Tokens[i-1])
}

// statusAt is what the clause around a name says of its label.
func (p *Passage) statusAt(n Name) string {
	i, j := p.clauseAt(n.Lo, n.Hi)
	status, known := p.statuses[[2]int{i, j}]
	if !known {
		status = statusOf(p.Tokens[i:j])
		if p.statuses == nil {
			p.statuses = map[[2]int]string{}
		}
		p.statuses[[2]int{i, j}] = status
	}
	return status
}

func statusOf(toks []french.Token) string {
	switch {
	case hasCue(withdrawals, toks):
		return vigie.Withdrawn
	case hasCue(candidates, toks) && !hasCue(chosen, toks):
		return vigie.Candidate
	}
	return vigie.Labelled
}
