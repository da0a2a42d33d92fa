package extract

import (
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
)

// roles reads who presides, leads, animates, coordinates or represents what in a
// programme's governance.
//
// A passage is read for its holders (persons, offices, bodies) and its targets (the
// committees, the démarche), then for the acts that join the two: "présidé par", "A
// préside", "le pilotage est confié à", "A, cheffe de projet". An act whose target is not
// the programme's states nothing.
type roles struct{}

// Why a reading is no role.
const (
	ended  = "ended"  // "l'ancien chef de projet", "était présidé par"
	vacant = "vacant" // "à désigner", "le futur chef de projet"
)

// governed are words without which a passage states no role: a quick look that spares
// most passages the rest.
var governed = cues(
	"presid*|copresid*|co-presid*", "anim*|coanim*|co-anim*", "pilot*|copilot*|co-pilot*|copil", "coord*", "represent*", "port|porte|portee|portes|portees|portent|portera|porteront|portage|porteur|porteuse",
	"conduit*|conduis*|mene|menee|menes|menees|menent|menera", "dirig*", "referent*", "chef|cheffe|chefs|cheffes|directeur|directrice de projet|projets|file", "emmen*", "barque|gouvernail|houlette|baguette", "structure|collectivite porteuse", "charge|chargee de mission", "binome|binomes|duo|tandem", "cote elus|elu|industriels|entreprises",
	"manager|manageuse", "interlocuteur|interlocutrice", "designe*",
	"chapeaut*|orchestr*|codirig*|co-dirig*", "la tete|barre|manoeuvre", "les renes|commandes|manettes", "aux commandes|manettes", "trio|troika|trinome|triumvirat",
)

// longest is how many tokens a passage that states a role may have: no sentence has as
// many, and what looks around itself in one takes the square of its length.
const longest = 600

// Extract reads the roles of a passage in which a programme is in force.
func (roles) Extract(p *Passage) []Match {
	if len(p.Tokens) > longest {
		return nil
	}
	if p.Programme == nil && !p.Other || p.Kind == vigie.Header || p.Kind == vigie.Term || p.Kind == vigie.Heading {
		return nil
	}
	var acts []act
	switch {
	case p.flat != nil:
		acts = p.flatRoles()
	case p.inFlat:
		return nil
	case p.Kind == vigie.Row:
		if acts = p.fieldCells(); len(acts) == 0 {
			acts = p.rowRoles()
		}
	case p.Kind == vigie.Definition || hasCue(governed, p.Tokens) || p.foldAt(0) == "pour" || p.labelAbove() != nil || p.twoToldOf() || p.Prev != nil && len(p.Prev.Tokens) < 15 && p.Prev.isQuestion() || p.Kind == vigie.Item && p.Parent != nil && hasCue(pairNouns, p.Parent.Tokens):
		acts = p.sentenceRoles()
	}
	var ms []Match
	seen := map[vigie.Role]bool{}
	for i := range acts {
		at := p
		if acts[i].at != nil {
			at = acts[i].at
		}
		for _, m := range at.roleMatches(&acts[i]) {
			if d := m.Detail.(vigie.Role); !seen[d] {
				seen[d] = true
				ms = append(ms, m)
			}
		}
	}
	return ms
}

// sentenceRoles tries each way to state a role.
func (p *Passage) sentenceRoles() []act {
	if acts := p.sheetRoles(); len(acts) > 0 {
		return p.itemPair(p.holders(), acts)
	}
	hs, ts := p.holders(), p.targets()
	acts := p.passives(ts)
	free := p.withoutAgents(hs, acts)
	acts = append(acts, p.actives(free, ts)...)
	acts = append(acts, p.nominals(free, ts)...)
	acts = append(acts, p.tasks(free, ts)...)
	acts = append(acts, p.namings(hs)...)
	acts = append(acts, p.answers()...)
	acts = append(acts, p.trioMembers()...)
	return tellingOnce(append(acts, p.pairings(hs)...))
}

// tellingOnce leaves out that a person leads where the same words say on which side of
// the binôme, or in which body: "le binôme A et B pilote la démarche".
func tellingOnce(acts []act) []act {
	said := map[string]string{} // person → the more telling role
	for _, a := range acts {
		for _, h := range a.people() {
			if r := a.roles[0]; r == "elu-referent" || r == "industriel-referent" || said[h.name] == "" && a.target.body == "gouvernance" {
				said[h.name] = r
			}
		}
	}
	return slices.DeleteFunc(acts, func(a act) bool {
		if r := a.roles[0]; r != "pilote" && r != "copilote" || len(a.roles) > 1 || a.refused != "" {
			return false
		}
		people := a.people()
		return len(people) > 0 && !slices.ContainsFunc(people, func(h holder) bool {
			r := said[h.name]
			return r != "elu-referent" && r != "industriel-referent" && !(a.target.body == "binome" && r == "pilote")
		})
	})
}

// people are the persons that hold the role, a binôme's for it.
func (a act) people() []holder {
	var all []holder
	for _, h := range a.holders {
		if h.kind == vigie.HolderPerson {
			all = append(all, h)
		}
		all = append(all, h.members...)
	}
	return all
}

// withoutAgents leaves out those by whom something is presided: "un comité, présidé par le
// préfet, assure" says nothing more of the préfet; "présidé par le préfet, qui anime" does.
func (p *Passage) withoutAgents(hs []holder, passives []act) []holder {
	return slices.DeleteFunc(slices.Clone(hs), func(h holder) bool {
		if p.foldAt(h.j) == "qui" || p.foldAt(h.j) == "," && p.foldAt(h.j+1) == "qui" {
			return false
		}
		return p.foldAt(h.i-1) == "par" || slices.ContainsFunc(passives, func(a act) bool {
			return slices.ContainsFunc(a.holders, func(b holder) bool { return b.i == h.i })
		})
	})
}

// roleMatches makes one match for each role of each holder.
func (p *Passage) roleMatches(a *act) []Match {
	if a.target.foreign || a.target.body == "" {
		return nil
	}
	if p.Programme == nil {
		a.refused = otherPolicy
	}
	lo, hi := p.quoteOf(a)
	if a.refused == "" {
		a.refused = p.refusal(lo, hi)
	}
	if a.refused == negated && p.deniedAside(lo, hi) {
		a.refused = ""
	}
	if a.refused == "" && (p.endedBy(lo, hi) || hasCue(departures, p.clause(lo, hi))) {
		a.refused = ended
	}
	scope := a.scope
	if scope.IsZero() && p.Programme != nil {
		scope = p.roleScope(a, a.target)
	}
	var ms []Match
	for _, h := range p.whoHolds(a) {
		for _, role := range a.roles {
			m := Match{
				Detail: vigie.Role{
					Body: a.target.body, Role: role, Holder: h.name, HolderKind: h.kind, Function: h.function, Organisation: h.organisation,
				},
				Scope: scope, Lo: lo, Hi: hi, Confidence: a.sure, Rule: a.rule, Refused: a.refused,
			}
			switch {
			case m.Refused != "":
			case h.former:
				m.Refused = ended
			case h.future:
				m.Refused = vacant
			}
			ms = append(ms, m)
		}
	}
	return ms
}

// departures: "sa cheffe de projet, A, est partie en décembre".
var departures = cues(
	"est|sont parti|partie|partis|parties", "a|ont quitte son|sa|ses|leur|leurs poste|postes|fonction|fonctions", "a|ont quitte l'|la|le agglomeration|communaute|collectivite|intercommunalite|territoire|metropole|structure",
	"a|ont demissionne|demissionnes", "vient|viennent de quitter|demissionner",
)

// endedBy: "a présidé le comité jusqu'en 2022": the clause says when it ended, before the
// article was published.
func (p *Passage) endedBy(lo, hi int) bool {
	pub := p.Doc.Article.Published
	i, j := p.clauseAt(lo, hi)
	for _, t := range p.Dates {
		if k := p.token(t.Lo); t.Rule == "until" && t.Date != "" && k >= i && k <= j && pub != "" && pub.First().After(t.Date.Last()) {
			return true
		}
	}
	return false
}

// deniedAside: only a clause inserted between commas is negative, and it governs nothing:
// "A et B, qu'on ne présente plus, coprésident le comité".
func (p *Passage) deniedAside(lo, hi int) bool {
	toks := p.clause(lo, hi)
	var rest []french.Token
	for i := 0; i < len(toks); i++ {
		if end := insertedClause(toks, i); end > i {
			i = end
		}
		rest = append(rest, toks[i])
	}
	return len(rest) < len(toks) && !hasCue(negations, rest) && !hasConditional(rest) && !hasCue(suppositions, rest) && !hasCue(hearsay, p.Tokens) && !hasCue(wishes, rest) && !p.isQuestion()
}

// insertedClause returns the comma that closes the relative clause which the comma at token
// i opens; i where it opens none, or one that says who governs.
func insertedClause(toks []french.Token, i int) int {
	if !toks[i].Is(",") || i+1 >= len(toks) || !toks[i+1].Is("que", "qu'", "dont") {
		return i
	}
	for j := i + 2; j < len(toks); j++ {
		if toks[j].Is(",") {
			return j
		}
		_, verb := verbs[toks[j].Fold]
		if _, noun := governingNouns[toks[j].Fold]; verb || noun {
			return i
		}
	}
	return i
}

// quoteOf widens an act to the sentence before, where that one names the holder.
func (p *Passage) quoteOf(a *act) (lo, hi int) {
	i, j := max(a.lo, 0), min(a.hi, len(p.Tokens))
	for j > i+1 && p.Tokens[j-1].Is(",", ";", ".", ":") {
		j--
	}
	lo, hi = p.Tokens[i].Lo, p.Tokens[j-1].Hi
	if q := a.quoteFrom; q != nil && q != p && q.Block == p.Block {
		lo = q.Lo
	}
	return lo, hi
}

// whoHolds settles the holders: the persons of a binôme for it, full names for surnames,
// one holder for "un élu et un industriel"; a bare binôme says nothing.
func (p *Passage) whoHolds(a *act) []holder {
	if allGeneric(a.holders) {
		first, last := a.holders[0], a.holders[len(a.holders)-1]
		h := first
		h.name = p.raw(first.i, last.j)
		if p.foldAt(first.i) == "les" {
			h.name = p.raw(first.i+1, last.j)
		}
		return []holder{h}
	}
	var all []holder
	for _, h := range a.holders {
		switch {
		case len(h.members) > 0:
			for _, m := range h.members {
				all = append(all, p.settled(m))
			}
		case h.bare && !a.target.sits:
		default:
			all = append(all, p.settled(h))
		}
	}
	return all
}

func allGeneric(hs []holder) bool {
	for _, h := range hs {
		if !h.generic {
			return false
		}
	}
	return len(hs) > 1
}

// settled gives a person the full name and the office that the text told before.
func (p *Passage) settled(h holder) holder {
	if h.kind == vigie.HolderFunction && strings.HasPrefix(h.name, "un ") {
		h.name = strings.TrimPrefix(h.name, "un ")
	}
	if strings.HasPrefix(h.function, "(") {
		h.organisation, h.function = strings.Trim(h.function, "()"), ""
	}
	if h.kind != vigie.HolderPerson || !h.short && h.function != "" {
		return h
	}
	known, ok := p.Doc.introduced(person{i: h.nameLo, name: h.name, short: h.short}, p)
	if !ok {
		return h
	}
	if h.short {
		h.name, h.short = known.name, false
	}
	if h.function == "" {
		h.function, h.organisation, h.regional = known.function, known.organisation, known.regional
	}
	return h
}
