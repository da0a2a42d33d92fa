package extract

import (
	"vigie"
	"vigie/internal/french"
)

// periods reads from when to when a phase or a contract runs.
type periods struct{}

var (
	contractWords  = cues("contrat|contrats", "convention|conventions", "protocole|protocoles", "contractualisation*")
	programmeWords = cues(
		"phase|phases", "programme", "acte i|ii|1|2", "dispositif", "label|labels|labellise*", "territoire|territoires", "feuille de route", "laureat|laureats", "ville|villes|communes",
		"demarche", "edition", "generation", "vague",
	)
	notPeriods = cues("mandat|mandature", "pacte", "budget", "crter|crte", "schema", "plan climat", "srdeii", "scot", "pcaet")
)

// Extract reads intervals of years, or of dates, that a contract or phase covers.
func (periods) Extract(p *Passage) []Match {
	if p.Programme == nil || p.Other {
		return nil
	}
	var ms []Match
	for _, t := range p.Dates {
		if !isPeriod(t) {
			continue
		}
		if m, ok := p.period(t); ok {
			ms = append(ms, m)
		}
	}
	return ms
}

// isPeriod: two bounds, of years at least three apart from a sitting of some days.
func isPeriod(t french.Date) bool {
	return t.Date != "" && t.End != "" && t.Rule != "semester" && t.Rule != "quarter" &&
		t.End.First().Sub(t.Date.First()).Hours() > 300*24
}

func (p *Passage) period(t french.Date) (Match, bool) {
	i, j := p.token(t.Lo), p.token(t.Hi)
	subject := p.periodSubject(i, j)
	if subject == "" || hasCue(notPeriods, p.Tokens[max(0, i-6):min(len(p.Tokens), j+4)]) {
		return Match{}, false
	}
	lo, hi := t.Lo, t.Hi
	for k := i - 1; k >= 0 && k >= i-8 && p.Tokens[k].Fold != "." && p.Tokens[k].Fold != ";"; k-- {
		lo = p.Tokens[k].Lo
	}
	m := Match{
		Detail: vigie.Period{Subject: subject, Date: t.Date, DateEnd: t.End}, Lo: lo, Hi: hi, Confidence: 0.9, Rule: "period-" + subject,
		Refused: p.refusal(t.Lo, t.Hi),
	}
	if subject == "contract" {
		if b, ok := p.territory(t.Lo); ok {
			m.Scope = b.scope
		}
	} else if b := p.Doc.subject; b != nil && len(p.Doc.mentionsIn(p.Lo, p.Hi)) == 0 && p.Kind != vigie.Heading {
		m.Scope = b.scope
	}
	return m, true
}

// periodSubject: the nearest word before the interval, else after it, that says what runs.
func (p *Passage) periodSubject(i, j int) string {
	for n := 1; n <= 12; n++ {
		if k := i - n; k >= 0 {
			if matchAt(contractWords, p.Tokens, k) > 0 {
				return "contract"
			}
			if matchAt(programmeWords, p.Tokens, k) > 0 {
				return p.contractOr(k)
			}
		}
	}
	for k := j; k < len(p.Tokens) && k < j+4; k++ {
		if matchAt(contractWords, p.Tokens, k) > 0 {
			return "contract"
		}
	}
	for q := p.Parent; q != nil; q = q.Parent {
		if q.says(contractWords) {
			return "contract"
		}
	}
	if q := p.sameBlockPrev(); q != nil && p.Tokens[0].Is("il", "elle", "celui-ci", "celle-ci") && hasCue(contractWords, q.Tokens) {
		return "contract"
	}
	if p.says(programmeWords) || p.Kind == vigie.Heading || p.spansPhase(i, j) {
		return "programme"
	}
	return ""
}

// spansPhase: "Pour 2023-2027, trois chantiers": the years of one of the programme's phases,
// which nothing else has, where the passage begins.
func (p *Passage) spansPhase(i, j int) bool {
	if i > 3 || j > len(p.Tokens) {
		return false
	}
	for _, ph := range p.Programme.Phases {
		if p.raw(i, j) == string(ph.From+"-"+ph.Until) || p.foldAt(i) == string(ph.From) && p.foldAt(j-1) == string(ph.Until) {
			return true
		}
	}
	return false
}

// contractOr: "le contrat de territoire d'industrie 2019-2022" is a contract's period,
// though the programme's name stands nearer.
func (p *Passage) contractOr(k int) string {
	for n := k - 1; n >= 0 && n >= k-8; n-- {
		if stopsPhrase(p.Tokens[n]) {
			break
		}
		if matchAt(contractWords, p.Tokens, n) > 0 {
			return "contract"
		}
	}
	return "programme"
}

func stopsPhrase(t french.Token) bool {
	switch t.Fold {
	case ".", ";", ":", "!", "?":
		return true
	}
	return false
}
