package extract

import (
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
)

// members reads which EPCI compose a territory.
type members struct{}

var (
	// composing stand between a territory and its members.
	composing = cues(
		"reunit|reunissent|reunissant|reuni", "rassemble|rassemblent|rassemblant", "regroupe|regroupent|regroupant", "associe|associent|associant",
		"comprend|comprennent|comprenant", "compte|comptent|comptant", "couvre|couvrent|couvrant", "recouvre", "englobe|englobent", "federe|federent",
		"compose|composee|composes|composees d'|de|du|des", "constitue|constituee|constitues|constituees d'|de|du|des", "forme|formee d'|de|du|des|par",
		"s' etend sur|a", "perimetre ..3 celui|ceux de|du|d'", "unit|unissent", "porte sur", "s'y cotoient|retrouvent", "s' y cotoient|retrouvent|ajoutent",
		"a l'|la echelle de|du|des", "implique|impliquent", "concerne|concernent", "membres", "un seul epci", "perimetre", "a savoir", "epouse ..3 limites|contours", "recoupe", "reunies|reunis|rassemblees autour",
	)
	// composed come after the members.
	composed = cues(
		"forment|forme|formant", "composent|compose", "constituent|constitue", "font|faisaient|feront deja? equipe", "a|ont rejoint", "se partagent", "portent ensemble", "sont reunis|reunies",
		"ont ete retenu*|selectionne*|labellise* ensemble?", "porte|portent ..7 projet|demarche|candidature", "font partie", "fait bien? partie du territoire", "partagent", "complete|completent le|la|l' perimetre|territoire|ensemble|alliance|tour", "sont|est alliee|allies|alliees",
	)
	shared      = cues("que partagent|portent|reunissent|composent")
	memberTerm  = cues("intercommunalites|intercommunalite|epci|collectivites|membres|composition|perimetre")
	memberCount = cues("intercommunalites|intercommunalite|epci|communautes|collectivites|agglomerations|intercos|interco|etablissements")
	notMembers  = cues(
		"signataire*", "signe|signent|signee|signes", "limitrophe*", "voisin de|d'|des|du", "partenaire*", "a l'exception", "hors", "quitte|quittent|quitter|sortie", "demande|demandent a",
		"souhaite|souhaitent", "ne fait|font pas|plus partie",
	)
)

// Extract reads members where a territory is in force.
func (members) Extract(p *Passage) []Match {
	switch {
	case p.Programme == nil || p.Programme.Unit != "territory":
		return nil
	case p.flat != nil:
		return p.flatMembers()
	case p.inFlat:
		return nil
	}
	switch p.Kind {
	case vigie.Item:
		return p.itemMembers()
	case vigie.Row:
		return p.rowMembers()
	case vigie.Definition:
		return p.sheetMembers()
	case vigie.Paragraph, vigie.Quotation:
		return p.sentenceMembers()
	}
	return nil
}

// memberMatches makes the members of a series.
func (p *Passage) memberMatches(s series, b bearer, lo, hi int, rule string) []Match {
	var ms []Match
	for _, q := range s {
		ms = append(ms, Match{
			Detail: p.member(q.lo, q.hi, b), Scope: b.scope, Lo: lo, Hi: hi, Confidence: 0.9, Rule: rule,
			Refused: p.refusal(q.lo, q.hi),
		})
	}
	return ms
}

// sentenceMembers: "Le Sud Manche associe deux intercommunalités : A et B", "A et B
// forment ensemble X", "un seul EPCI : C".
func (p *Passage) sentenceMembers() []Match {
	var ms []Match
	var of bearer
	for _, s := range p.membership() {
		b, ok := p.territoryOf(s)
		if !ok || p.amongBearers(s, b) {
			continue
		}
		if !p.fellow(s, b) && (hasCue(notMembers, p.around(s, 8, 4)) || !p.composes(s) && !p.officialTogether(s, b)) {
			continue
		}
		of = b
		ms = append(ms, p.memberMatches(s, b, p.Lo, p.Hi, "member-sentence")...)
	}
	ms = p.besides(ms, of)
	if len(ms) == 0 {
		ms = p.belongingMembers()
	}
	if len(ms) == 0 {
		ms = p.recalledMembers()
	}
	if len(ms) == 0 {
		ms = p.bracketedMembers()
	}
	if len(ms) == 0 {
		ms = p.shortNamedMembers()
	}
	return ms
}

// amongBearers reports whether a series is part of a list of territories, some of which
// go by the name of an EPCI: "10 territoires : Caen Industrie, Côte d'Albâtre".
func (p *Passage) amongBearers(s series, b bearer) bool {
	return slices.ContainsFunc(s, func(q piece) bool {
		return q.name != nil && q.name.Form == "" && p.bears(*q.name) && p.Doc.labels(*q.name, p) && p.bearer(*q.name).scope != b.scope
	})
}

// officialTogether: several EPCI told one after the other, all of them members of the
// territory in force by the official list, where nobody signs, pays or votes.
func (p *Passage) officialTogether(s series, b bearer) bool {
	if len(s) < 2 || hasCue(acting, p.around(s, 10, 5)) {
		return false
	}
	for _, q := range s {
		if q.name == nil || !p.officialMember(q, b) {
			return false
		}
	}
	return true
}

// acting: what EPCI do together without composing anything.
var acting = cues(
	"elus|maires|conseillers|delegues|habitants|entreprises|usines|services|salaries|agents de|du|des|d'", "syndicat|scot|pnr|parc", "signe|signent|signee", "convention",
	"avaient|avait ..2 depose|candidate", "verse*|versent", "finance|financent|cofinance*", "vote|votent", "euro|euros|€", "preside|president|presidente|vice-president|vice-presidente|maire", "recrute|recrutent",
)

// officialMember reports whether the official list has the EPCI in the territory, under
// its SIREN of the day or its successor's.
func (p *Passage) officialMember(q piece, b bearer) bool {
	ref := p.epci(p.Doc.Article.Text[q.lo:q.hi], b.members)
	if ref.IsZero() {
		return false
	}
	now, _ := p.Doc.gazetteer.Successor(ref, "")
	return slices.Contains(b.members, ref) || slices.Contains(b.members, now) || slices.Contains(p.Doc.gazetteer.Announced(b.scope), ref)
}

// recalling points back at EPCI that the sentences before name.
var recalling = cues(
	"elles|ils ensemble? forment|composent|constituent", "ensemble , elles|ils forment|composent|constituent",
	"leurs|ces|les deux|trois|quatre|cinq? intercommunalites|communautes|epci|collectivites forment|composent|constituent|portent",
)

// recalledMembers: "L'une est mayennaise. L'autre est sarthoise. Ensemble, elles forment X."
func (p *Passage) recalledMembers() []Match {
	if !p.says(recalling) || p.refusal(p.Lo, p.Hi) != "" {
		return nil
	}
	b, ok := p.territory(p.Hi)
	if !ok {
		return nil
	}
	var ms []Match
	for q, n := p.Prev, 0; q != nil && n < farthest && q.Block == p.Block; q, n = q.Prev, n+1 {
		for _, s := range q.membership() {
			ms = append(ms, q.memberMatches(s, b, q.Lo, q.Hi, "member-recalled")...)
		}
	}
	return ms
}

// around returns the tokens of a series with so many before and after it.
func (p *Passage) around(s series, before, after int) []french.Token {
	i, j := p.token(s.lo()), p.token(s.hi())
	return p.Tokens[max(0, i-before):min(len(p.Tokens), j+after)]
}

// composes reports whether the sentence, or the heading that it stands right below, says
// that the series composes something.
func (p *Passage) composes(s series) bool {
	if h := p.Heading; h != nil && h != p && h == p.Prev && p.opensWith(s) && hasCue(memberTerm, h.Tokens) && len(h.Tokens) < 6 {
		return true
	}
	i, j := p.token(s.lo()), p.token(s.hi())
	for _, h := range p.found(composing) {
		if h.j <= i && (p.colonBetween(h.j, i) && s[0].starts || i-h.j <= reach && p.only(memberLead, h.j, i)) {
			return true
		}
	}
	for _, h := range p.found(memberCount) {
		if h.j <= i && p.colonBetween(h.j, i) && s[0].starts {
			return true
		}
	}
	for _, h := range p.found(composed) {
		if h.i >= j && h.i-j <= reach && !p.broken(j, h.i) && !hasCue(acting, p.Tokens[h.j:min(h.j+4, len(p.Tokens))]) {
			return true
		}
	}
	for _, h := range p.found(shared) {
		if h.j <= i && i-h.j <= 2 {
			return true
		}
	}
	return false
}

var memberLead = cues(
	"celle|celles|ceux|le|la|les|l'|de|du|des|d'|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|:|,|et|a|au|aux|par|notamment|ensemble",
	"cc|ca|cu|epci|communaute|communautes|intercommunalites|intercommunalite|agglomeration|agglomerations|metropole", "de communes", "d' agglomeration",
)

// territoryOf is the territory that a series of members composes: one named outside the
// series, else the one in force.
func (p *Passage) territoryOf(s series) (bearer, bool) {
	for _, n := range p.Names {
		if n.Lo >= s.hi() && p.only(goesOn, p.token(s.hi()-1)+1, p.token(n.Lo)) {
			continue // "des communautés de communes de A, des Trois Rivières": the list goes on
		}
		if (n.Hi <= s.lo() || n.Lo >= s.hi()) && p.bears(n) && !isMember(n) {
			return p.bearer(n), true
		}
	}
	for _, n := range p.Names {
		if (n.Hi <= s.lo() || n.Lo >= s.hi()) && p.bears(n) && p.Doc.labels(n, p) {
			return p.bearer(n), true
		}
	}
	if b, ok := p.unlistedTerritory(); ok {
		return b, true
	}
	return p.territory(s.lo())
}

// goesOn are the words between two names of a list.
var goesOn = cues(",|et|de|du|des|d'|la|le|les|l'")

// labels reports whether the text gives the bearer of this name a label.
func (d *Doc) labels(n Name, p *Passage) bool {
	return d.bearsLabel(p.bearer(n).scope)
}

func containsFold(text, name string) bool {
	return len(name) > 3 && strings.Contains(french.Fold(text), french.Fold(name))
}
