package extract

import "vigie"

// Whose aims a list tells: a firm, a Région and a plan have axes and priorities too.

var (
	// ownAims have the programme's aims.
	ownAims = cues(
		"territoire|territoires|territorial|territoriale", "programme|programmes", "dispositif", "demarche|demarches", "initiative", "label", "contrat|contrats", "convention|conventions", "protocole|protocoles", "feuille|feuilles de route",
		"plan|plans d' action|actions", "strategie", "projet|projets de|du territoire", "candidature|candidatures", "dossier", "comite|comites de|local|regional", "copil", "binome|binomes|tandem|duo", "gouvernance", "fiche|fiches", "action|actions",
		"laureat|laureats", "communaute|communautes|intercommunalites", "elus", "partenaires", "bassin", "quartier|quartiers", "cite|cites", "villes", "centre-ville|centre-bourg",
	)
	// othersAims have their own.
	othersAims = cues(
		"entreprise|usine|societe|fonderie|papeterie|pme|start-up|startup", "groupe|fabricant|constructeur|equipementier|sous-traitant|industriel|site|industriels", "lycee|lycees|campus|universite|college|cfa|iut|ecole|ecoles",
		"region|regions", "departement|departements", "conseil regional|departemental|municipal", "schema|scot|plu|plui|pcaet|srdeii|crte", "plan climat|local|regional|velo|alimentaire|departemental|national|de|france",
		"cci|chambre", "salon|forum|journee|journees|atelier|ateliers|colloque|conference|webinaire|festival|table", "etude|etudes|rapport|barometre|enquete|sondage", "candidat|candidate", "maire|mairie|municipalite",
		"club|association|federation|syndicat|uimm|medef|cluster|pole", "appel a projets|manifestation", "mission locale", "hopital", "parc naturel", "chercheurs|laboratoire", "centre|centres de formation", "commission",
	)
	// looseAims tell what something is about: they need to hear that it is ours.
	looseAims = cues(
		"besoin|besoins", "centre|centree|centres sur", "portent sur", "porte|portent sur", "porteront|portera sur", "relevent|releve de|du|des|d'", "famille|familles", "s' organise|organisent autour", "vise|visent|visant a", "autour de",
		"de travail", "repond|repondent|repondre a", "defi|defis", "chantier|chantiers", "volet|volets",
	)
	itself = cues("il|elle|ils|elles|celui-ci|celle-ci|celles-ci|ceux-ci", "ce|cette|cet|ces", "l' objectif|ambition|enjeu")
)

// owned reports whether the aims of the cue are the programme's, a territory's or those of
// what it does: what they are said to be of decides, else the subject, else what stands last
// before them.
func (p *Passage) owned(h hit) bool {
	switch p.ownerAfter(h.j) + p.ownerBefore(h.i) {
	case "":
		return !h.cue.in(looseAims) || p.Kind == vigie.Heading || p.counted(h)
	case "own", "ownown", "ownother":
		return true
	}
	return false
}

// counted: "autour de trois chantiers :", a number before the cue and a colon after it.
func (p *Passage) counted(h hit) bool {
	k := h.j
	for k < len(p.Tokens) && isAdjective(p.Tokens[k].Fold) {
		k++
	}
	return h.i > 0 && p.isCount(h.i-1) && p.foldAt(k) == ":"
}

// ownerAfter: "les priorités du département", "les axes du contrat".
func (p *Passage) ownerAfter(k int) string {
	for k < len(p.Tokens) && isAdjective(p.Tokens[k].Fold) {
		k++
	}
	if k >= len(p.Tokens) || !p.Tokens[k].Is("de", "du", "des", "d'") {
		return ""
	}
	return p.ownerAt(p.pastDeterminers(k + 1))
}

// ownerAt: "own" where one of ours stands at token k, "other" for others.
func (p *Passage) ownerAt(k int) string {
	own, other := matchAt(ownAims, p.Tokens, k), matchAt(othersAims, p.Tokens, k)
	if matchAt(otherContracts, p.Tokens, k) > 0 {
		return "other"
	}
	if _, ok := p.mentionAt(k); ok || own >= other && own > 0 || p.officialEnd(k, p.bears) > k {
		return "own"
	}
	if other > 0 {
		return "other"
	}
	return ""
}

// ownerBefore is whose the words before token i are: the subject's with which the sentence
// begins, else of whom is spoken last.
func (p *Passage) ownerBefore(i int) string {
	first := p.pastDeterminers(0)
	for k := first; k < min(i, first+2); k++ {
		if o := p.ownerAt(k); o != "" {
			return o
		}
	}
	if p.unknownSubject(i) {
		return "other"
	}
	for k := i - 1; k > first; k-- {
		if o := p.ownerAt(k); o != "" {
			return o
		}
	}
	if q := p.sameBlockPrev(); q != nil && matchAt(itself, p.Tokens, 0) > 0 {
		return q.ownerBefore(len(q.Tokens))
	}
	return ""
}

// unknownSubject: a name that is no place's has the aims: "Juralu a trois priorités".
func (p *Passage) unknownSubject(i int) bool {
	k := 0
	if who, ok := p.personAt(0); ok {
		k = who.j
	} else if p.isCapital(0) && len(p.Tokens[0].Fold) > 2 && matchAt(itself, p.Tokens, 0) < 0 && p.officialEnd(0, anyName) == 0 {
		for k = 1; k < 4 && p.isCapital(k); k++ {
		}
	}
	return k > 0 && k < i && matchAt(hasAims, p.Tokens, k) > 0
}

var hasAims = cues("a|mise|poursuit|affiche|compte|ont|misent", "s' est donne|fixe", "a de|des|ses")

// thematic: the tokens [i, j) are a list of two themes or more and of nothing else.
func (p *Passage) thematic(i, j int) bool {
	all, themed := p.themed(i, j)
	return all >= 2 && themed == all
}

// withoutAims reads lists of themes that no word announces as aims: what a plan retains, or
// what goes on from a sentence about aims.
func (p *Passage) withoutAims() (lo, hi int, ok bool) {
	for _, h := range p.found(retains) {
		if p.ownerBefore(h.i) == "own" && p.thematic(h.j, len(p.Tokens)) {
			return h.j, len(p.Tokens), true
		}
	}
	for _, h := range p.found(areAims) {
		if p.thematic(0, h.i) && p.owned(hit{i: 0, j: h.j, cue: h.cue}) {
			return 0, h.i, true
		}
	}
	q := p.sameBlockPrev()
	if q != nil && (q.announces() || p.says(inTurn) && q.ownerBefore(len(q.Tokens)) == "own") && p.thematic(0, len(p.Tokens)) {
		return 0, len(p.Tokens), true
	}
	return 0, 0, false
}

var (
	// retains stand between a plan and what it is for.
	retains = cues(
		"retient|retiennent|cible|ciblent|privilegie|privilegient|couvre|couvrent|aborde|abordent", "mise|misent|mettent|met l'? accent? sur", "fait|font la part belle a|au|aux", "donne|donnent la|une priorite a|au|aux", "s' attaque|attaquent a|au|aux",
		"veut|veulent|entend|entendent|doit|doivent se?",
	)
	// areAims follow what is told to be aims.
	areAims = cues(
		"sont|forment|constituent|restent|demeurent ..3 axe|axes|priorite|priorites|enjeu|enjeux|objectifs|piliers|leviers|chantiers|orientations|ambitions", "figurent|comptent ..4 axes|priorites|enjeux|objectifs|orientations",
		"sont|est au coeur|centre de|du|des", ": voila|tels|telles|ce ..4 axes|priorites|enjeux|objectifs|piliers|leviers|chantiers|orientations",
	)
)

// inTurn order what is told by how much it matters: "foncier d'abord, compétences ensuite".
var inTurn = cues("d'abord ..6 ensuite|puis|enfin", "d' abord ..6 ensuite|puis|enfin", "en tete ..8 ensuite|puis|enfin")

// announces: a short sentence tells that there are aims, and which are still to come.
func (p *Passage) announces() bool {
	for _, h := range p.found(aims) {
		if !h.cue.in(looseAims) && p.owned(h) && !p.says(notAims) && !p.listFollows(h.j) && p.refusal(p.Lo, p.Hi) == "" {
			return true
		}
	}
	return false
}
