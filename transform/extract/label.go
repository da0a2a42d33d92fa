package extract

import (
	"vigie"
	"vigie/internal/french"
	"vigie/transform/programme"
)

// labels reads who is in a programme, asked to be, or went.
type labels struct{}

var (
	// chosen are the words that give the label.
	chosen = cues(
		"retenu|retenue|retenus|retenues", "a|ont retenu", "laureat|laureats|laureate|laureates", "labellise*", "labelise*", "selectionne|selectionnee|selectionnes|selectionnees",
		"identifie|identifiee|identifies|identifiees", "reconduit|reconduite|reconduits|reconduites", "renouvele|renouvelee|renouveles|renouvelees", "a|ont appris|obtenu|fete|salue ..2 sa|leur reconduction|labellisation|selection parmi|dans|au|comme",
		"fait|font partie de|des|du|d'|integrante", "en fait|font partie", "figure|figurent parmi|dans|sur|au", "y figure|figurent", "y avait? inscrit*",
		"beneficie|beneficient|beneficiaire|beneficiaires", "label est|a ete? alle|attribue|accorde|decerne|octroye", "label ..6 a|est ete? attribue|accorde|decerne|octroye|remis", "obtenu|obtient|obtiennent|decroche|decrochent|recu ..3 label",
		"porte|portent le|leur label", "rejoint|rejoignent ..2 programme|dispositif|demarche|reseau|cercle|liste",
		"heureux elus|elu", "admis|admise|admises dans|au|parmi", "sont|est|egalement|aussi de la partie", "sont|est|egalement|aussi du nombre|lot|voyage", "sont|est|egalement|aussi de l' aventure", "conserve|conservent|garde|gardent|retrouve|retrouvent ..1 label", "font|fait leur|son entree", "integre|integrent|integrera ..2 programme|dispositif|liste|demarche|liste",
		"territoire|territoires|ville|villes|commune|communes concerne|concernee|concernes|concernees est|sont? les|la|le? suivants|suivantes|suivant|suivante?",
		"concerne|concernee|concernes|concernees", "il s'agit de|du|des|d'|:", "s' agit de|du|des|d'|:", "participe|participent|participera|participeront a|au", "accompagne|accompagnee|accompagnes|accompagnees",
		"est|sont inscrit|inscrite|inscrits|inscrites", "associe|associee|associes|associees a l' operation|au programme|dispositif",
		"est|sont devenu*", "la liste", "liste des", "les territoires|villes|communes|zones suivants|suivantes", "# territoires|villes|communes",
		"compte|comptent|comprend|denombre ..2 territoires|villes|communes", "adhere|adherent|adhesion au|a", "territoires|communes|villes beneficiaires",
		"avaient|avait|ont|a signe ..4 contrat|contrats|protocole|protocoles|convention|leurs|sien", "reconnu|reconnue|reconnus|reconnues", "designe|designee|designes|designees", "distingue|distinguee|distingues|distinguees", "choisi|choisie|choisis|choisies",
	)
	candidates = cues(
		"candidat|candidate|candidats|candidates", "candidature|candidatures", "eligible|eligibles", "preselectionne*", "pre-selectionne*", "pressenti*",
		"en lice", "brigue|briguent|convoite|convoitent ..2 label|titre", "depose|deposent|deposer ..3 dossier|candidature", "postule|postulent", "postulant*", "mobilise pour|mobilises pour",
	)
	withdrawals = cues(
		"retire|retiree|retirent ..3 candidature|dossier", "retrait de la|leur|sa candidature", "retrait du territoire", "acte du retrait", "jette|jettent l' eponge", "renonce|renoncent|renonçent a",
		"s' est|sont retire|retiree|retires", "ne repart|repartent", "se retire|retirent du|de",
	)
)

// Extract reads labels where the passage speaks of a programme.
func (labels) Extract(p *Passage) []Match {
	switch {
	case p.Programme == nil:
		return nil
	case p.flat != nil:
		return p.flatLabel()
	case p.inFlat:
		return nil
	}
	switch p.Kind {
	case vigie.Item:
		if ms := p.fieldLabel(); len(ms) > 0 {
			return ms
		}
		return p.itemLabels()
	case vigie.Row:
		return p.rowLabels()
	case vigie.Heading:
		if p.Level == sheetLevel {
			return p.sheetLabel()
		}
		if ms := append(p.apposedLabels(), p.headingLabels()...); len(ms) > 0 {
			return ms
		}
		return p.mentionedLabels()
	case vigie.Definition:
		return p.definitionLabels()
	case vigie.Header:
		return p.turnedLabels()
	case vigie.Term:
		return nil
	}
	if ms := p.fieldLabel(); len(ms) > 0 {
		return ms
	}
	ms := append(p.predicatedLabels(), p.apposedLabels()...)
	if len(ms) > 0 {
		return ms
	}
	return append(p.mentionedLabels(), p.listedLabels()...)
}

// match makes a label's match, quoting the bytes [lo, hi).
func (p *Passage) labelMatch(b bearer, status string, lo, hi int, rule string) Match {
	if status != vigie.Labelled && b.id == "" && b.phase != "" {
		b.phase = p.Programme.PhaseOpen(p.Doc.Article.Published)
	}
	label := b.label(status)
	if rule != "label-mentioned" && rule != "label-list" && status == vigie.Labelled {
		label.Date = p.labelDate()
	}
	return Match{
		Detail: label, Scope: b.scope, Lo: lo, Hi: hi, Confidence: 0.9, Rule: rule,
		Refused: p.labelRefusal(b, status),
	}
}

// labelRefusal says why a label is not asserted. A candidacy is one under a condition too.
func (p *Passage) labelRefusal(b bearer, status string) string {
	why := p.refusal(b.lo, b.hi)
	if status == vigie.Candidate && hasCue(pondered, p.clause(b.lo, b.hi)) {
		return wished
	}
	if status != vigie.Labelled && (why == conditional || why == wished) {
		return ""
	}
	return why
}

// itemLabels: a list of names led in by words that give the label.
func (p *Passage) itemLabels() []Match {
	lead := p.Parent
	for lead != nil && lead.Kind == vigie.Item {
		if len(lead.bearing()) > 0 && p.Programme.Unit == "territory" {
			return nil // below a territory stand its members
		}
		lead = lead.Parent
	}
	if lead == nil || !lead.givesLabel() && (lead.deniesLabel() || !p.listOfBearers(lead)) {
		return append(p.mentionedLabels(), p.listedLabels()...)
	}
	var ms []Match
	for i, s := range p.bearing() {
		if !p.opensWith(s) || i > 0 && p.Programme.Unit == "territory" {
			continue // what stands behind an arrow or a colon are its members
		}
		for _, q := range s {
			b := p.pieceBearer(q)
			ms = append(ms, p.labelMatch(b, vigie.Labelled, s.lo(), s.hi(), "label-list"))
		}
	}
	if len(ms) == 0 && p.amongNames(lead) {
		return p.wholeItem()
	}
	return ms
}

// amongNames reports whether most items of the list are names that bear the label.
func (p *Passage) amongNames(lead *Passage) bool {
	return p.Parent == lead && p.Doc.answer(inquiry{about: "names", of: lead}, func() bool {
		all := lead.itemsBelow()
		known := 0
		for _, q := range all {
			if s := q.bearing(); len(s) > 0 && q.opensWith(s[0]) {
				known++
			}
		}
		return 2*known >= len(all)
	})
}

// listOfBearers reports whether nearly all items of a list of three or more open with
// names that may bear the label, in a text about the programme.
func (p *Passage) listOfBearers(lead *Passage) bool {
	return p.Doc.answer(inquiry{about: "list", of: lead, programme: p.Programme}, func() bool {
		return p.Doc.bearers4in5(p.Programme, lead.itemsBelow(), func(*Passage) bool { return true })
	})
}

// bearers4in5 reports whether nearly all of the passages that are of the programme and
// wanted open with names that may bear its label, in a text that names it.
func (d *Doc) bearers4in5(pr *programme.Programme, passages []*Passage, wanted func(*Passage) bool) bool {
	all, known := 0, 0
	for _, q := range passages {
		if q.Programme != pr || !wanted(q) {
			continue
		}
		all++
		if s := q.bearing(); len(s) > 0 && q.opensWith(s[0]) && (pr.Unit == "territory" || q.onList(s[0][0])) {
			known++
		}
	}
	return all > 2 && 5*known >= 4*all && d.named(pr)
}

// wholeItem: a name that no list knows, or only by its parts, among names that one knows.
func (p *Passage) wholeItem() []Match {
	if p.Programme.Unit != "territory" {
		return nil
	}
	lo, hi := trimPunct(p, 0, len(p.Tokens))
	if p.byParts(p.Doc.Article.Text[lo:hi]).IsZero() {
		lo, hi = p.unknownName(0, len(p.Tokens))
	}
	if lo == hi || !p.closes(p.token(hi), len(p.Tokens)) {
		return nil
	}
	b := p.bearerNamed(p.Doc.Article.Text[lo:hi])
	b.lo, b.hi = lo, hi
	m := p.labelMatch(b, vigie.Labelled, lo, hi, "label-list")
	if b.id == "" {
		m.Confidence = 0.6
	}
	return []Match{m}
}

// opensWith reports whether nothing but a few words and a colon stand before the series:
// "Calvados : Lisieux et Vire".
func (p *Passage) opensWith(s series) bool {
	i, end := 0, p.token(s.lo())
	if s[0].barred && end <= 6 {
		return true
	}
	for i < end {
		if k := p.placeEnd(i); k > i {
			i = k
			continue
		}
		if k := matchAt(before, p.Tokens, i); k > 0 {
			i = k
			continue
		}
		if p.Tokens[i].Kind == french.Word {
			return false
		}
		i++
	}
	return true
}

func (p *Passage) pieceBearer(q piece) bearer {
	b := p.bearerNamed(p.Doc.Article.Text[q.lo:q.hi])
	b.lo, b.hi = q.lo, q.hi
	return b
}

// givesLabel reports whether a sentence or heading that leads a list in says that what
// follows has the label; the sentence before and the heading above may say it for it.
func (p *Passage) givesLabel() bool {
	if p.Programme == nil || p.refusal(p.Lo, p.Hi) != "" || p.says(notALabelList) {
		return false
	}
	if p.says(candidates) {
		return false
	}
	if p.says(chosen) {
		return true
	}
	if p.Prev != nil && p.Prev.Block == p.Block && p.Prev.says(chosen) && p.Prev.refusal(p.Prev.Lo, p.Prev.Hi) == "" {
		return true
	}
	return p.Heading != nil && p.Heading != p && p.Heading.says(chosen)
}

// deniesLabel reports whether a lead says that what follows has no label, or not yet.
func (p *Passage) deniesLabel() bool {
	return p.refusal(p.Lo, p.Hi) != "" || p.says(notALabelList) || p.says(candidates)
}

// notALabelList leads in lists that name places for another reason.
var notALabelList = cues(
	"qui peut candidater", "etape|etapes", "axe|axes", "priorite|priorites", "calendrier", "contact|contacts", "partenaire|partenaires",
	"signataire|signataires", "sans le|ce label", "n' ont pas", "en outre", "intervenant*", "a lire", "voir aussi",
)
