package extract

import (
	"slices"
	"strings"
)

// A person told once comes back as "ce dernier", "cette urbaniste de 40 ans", "l'intéressée".

var (
	// latters point to whom the text named last.
	latters = cues("ce dernier", "cette derniere", "celui-ci|celle-ci", "celui|celle - ci", "l' interesse|interessee")
	// lattersAll point to several.
	lattersAll = cues("ces derniers|dernieres", "ceux-ci|celles-ci", "ceux|celles - ci", "tous|toutes deux|trois", "les deux")
	// peopleNouns say what somebody is; with the endings of callings they tell a person
	// from a committee or a text.
	peopleNouns = cues(
		"homme|femme", "jeune|trentenaire|quadragenaire|quinquagenaire|sexagenaire", "ancien|ancienne", "enfant d'|de|du", "natif|native", "fils|fille d'|de|du", "diplome|diplomee", "consultant|consultante", "expert|experte",
		"ingenieur|ingenieure", "agent|agente", "professionnel|professionnelle", "passionne|passionnee", "elu|elue", "chef|cheffe d'", "patron|patronne", "dirigeant|dirigeante", "industriel|industrielle", "entrepreneur|entrepreneuse|entrepreneure",
		"maire", "avocat|avocate", "cadre", "charge|chargee de mission", "developpeur|developpeuse", "architecte",
	)
	callings = []string{"logue", "ographe", "iciste", "aliste", "omiste", "aniste", "uriste", "icien", "icienne"}
)

// toldBefore gives the act whom the words that end at token s point back to: "ce dernier",
// "cette urbaniste de 40 ans".
func (p *Passage) toldBefore(a *act, hs []holder, s int) bool {
	for s > 0 && p.Tokens[s-1].Is(",") {
		s--
	}
	from := p.clauseStart(s)
	switch {
	case matchesTo(lattersAll, p, from, s):
		return p.antecedents(a, hs, from)
	case !matchesTo(latters, p, from, s) && !p.describes(from, s):
		return false
	case p.Tokens[from].Is("cette", "celle-ci", "celle", "elle") || strings.HasSuffix(p.foldAt(s-1), "ee"):
		return p.antecedentOf(a, hs, from, "F")
	}
	return p.antecedentOf(a, hs, from, "M")
}

// clauseStart is the token after the comma or semicolon before token s, 0 where there is none.
func (p *Passage) clauseStart(s int) int {
	for i := s - 1; i >= 0; i-- {
		if p.Tokens[i].Is(",", ";", ":") {
			return i + 1
		}
	}
	return 0
}

// describes: the tokens [i, s) are "cette urbaniste de 40 ans": a demonstrative, and what
// only a person is.
func (p *Passage) describes(i, s int) bool {
	if i+1 >= s || !p.Tokens[i].Is("ce", "cet", "cette") {
		return false
	}
	noun := i + 1
	for noun+1 < s && (isAdjective(p.Tokens[noun].Fold) || p.Tokens[noun].Is("jeune", "ex", "-", "grand", "grande")) && p.phraseEnd(noun+1) <= noun+1 {
		noun++
	}
	calling := slices.ContainsFunc(callings, func(end string) bool { return strings.HasSuffix(p.Tokens[noun].Fold, end) })
	if !calling && matchAt(peopleNouns, p.Tokens, i+1) < 0 && matchAt(peopleNouns, p.Tokens, noun) < 0 {
		return false
	}
	return p.phraseEnd(noun+1) >= s || p.Tokens[s-1].Is(",")
}
