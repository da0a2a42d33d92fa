package extract

import "vigie"

// What an event of the programme is about: a firm launches, announces, signs and meets too.
var (
	programmeMatter = cues(
		"programme", "dispositif", "demarche|demarches", "initiative", "label|labels", "labellis*", "phase|phases", "vague", "generation", "edition", "acte i|ii|1|2|deux", "concertation", "selection", "candidature|candidatures",
		"appel|appels a candidatures|projets|manifestation", "territoires", "cites", "laureat*", "liste", "feuille de route", "contractualisation*", "convention|conventions", "contrat|contrats", "comite|comites", "gouvernance", "deploiement",
	)
	chosenMatter = cues(
		"liste|listes", "laureat*", "territoires", "villes|communes|villages|bourgs", "cites", "label|labels", "labellis*", "programme", "dispositif", "selection", "noms", "carte", "retenu*", "selectionne*", "identifie*", "candidat*", "appel", "phase", "vague", "generation",
		"prolongation|prolonge", "reconduction", "initiative", "demarche", "enveloppe", "elus", "annonce en a|est ete? faite",
	)
	sittingMatter = cues(
		"comite|comites|copil", "gouvernance", "binome|binomes", "instance|instances", "seminaire|seminaires", "assemblee|assemblees generale|generales|annuelle|pleniere", "reunion|seance d' installation|lancement", "reunion|seance de lancement|travail|concertation",
		"rencontre|rencontres nationale|nationales|regionale|regionales", "revue de projets?", "conseil de gouvernance|pilotage", "elus|presidents|maires et|avec ..1 industriels|entreprises|partenaires|sous-prefet|prefet|chefs", "industriels et ..1 elus", "convie|conviait|reuni|reunie|reunis|rassemble ..9 elus|maires|presidents|laureats|binomes",
		"groupe de travail", "prefet|prefete ..12 reuni|reunis", "reuni|reunis|reunie ..3 equipes", "club des territoires|laureats",
	)
	seatMatter = cues("comite|comites|copil", "gouvernance", "binome|binomes", "instance|instances", "conseil de gouvernance", "reunion|seance", "assemblee generale", "demarche", "delegation")

	// notOwn are what else is published, signed and held.
	papers     = cues("rapport|rapports", "etude|etudes", "guide|guides", "decret|decrets", "arrete", "instruction", "circulaire", "enquete|enquetes", "livre|ouvrage", "article", "barometre", "note", "schema", "bilan", "film|video", "site internet", "appel d' offres", "chiffres|donnees de l'|la", "fermeture", "suppression|suppressions", "liquidation")
	listing    = cues("liste|listes", "laureat*", "territoires|villes|communes|cites retenu*|labellise*|selectionne*", "noms", "carte")
	published  = cues("publie|publiee|paru|parue|poste|article|actualite|communique le", "publie|paru du?")
	otherDeeds = cues(
		"permis", "bail", "acte", "marche|marches", "compromis", "promesse", "partenariat|partenariats", "petition", "arrete|decret", "pret|prets", "contrat|contrats d' apprentissage|alternance|embauche|travail|objectifs", "contrat|contrats de ville|vente|bail",
		"convention|conventions avec|entre|financiere", "convention|conventions de mise|partenariat", "convention|conventions d' apprentissage|alternance|occupation", "accord|accords avec|de", "accord|accords d' entreprise", "manifeste", "livre d' or",
	)
	otherSittings = cues("reunion|reunions publique|publiques", "portes ouvertes", "club|clubs", "association|associations", "conseil municipal", "syndicat|syndicats", "salon", "federation", "amicale", "job dating", "forum de l' emploi")
	visits        = cues("visite*")
	candidatures  = cues("candidature|candidatures", "candidater|candidatent", "candidats")
	pointing      = cues("l'|cette|cet annonce|installation|evenement|ceremonie", "il|elle|ils|elles|celui-ci|celle-ci|ce|cette|cet|ces|sa|son|leur")
	otherPlans    = cues("plan climat|velo|local|alimentaire|departemental|communal", "scot|plui|plu|pcaet|crte|schema", "contrat|convention local|locaux|locale de|d' sante|urbanisme|education|securite", "contrat|contrats de|d' sante|riviere|objectifs|projet")
)

// ownEvent reports whether what happened is the programme's: its clause, or the sentence
// that it goes on from, speaks of what only the programme does.
func (p *Passage) ownEvent(code string, h hit) bool {
	if p.Kind == vigie.Definition || h.cue == nil {
		return true
	}
	i, j := p.clauseAt(p.Tokens[h.i].Lo, p.Tokens[h.j-1].Hi)
	toks, named := p.Tokens[i:j], p.names(p.Programme)
	if !named && (hasCue(otherPlans, toks) || p.firmActs()) {
		return false
	}
	switch code {
	case "call":
		return named || p.says(candidatures) || p.speaksOf(programmeMatter) && !hasCue(firm, toks)
	case "launch", "milestone":
		return named || !hasCue(firm, toks) && (p.speaksOf(programmeMatter) || p.participleOfPronoun())
	case "announcement":
		if len(p.Tokens) < 14 && h.i == 0 && matchAt(published, p.Tokens, 0) > 0 {
			return false // "Publié le 12 janvier 2024"
		}
		return (!hasCue(papers, toks) || hasCue(listing, toks)) && (named || p.speaksOf(chosenMatter) || p.participleOfPronoun())
	case "signature":
		return named || !hasCue(otherDeeds, toks) && !hasCue(firm, toks)
	case "meeting":
		if hasCue(visits, p.Tokens[h.i:h.j]) {
			return named
		}
		return (named || p.speaksOf(sittingMatter)) && (named || !hasCue(otherSittings, toks))
	case "installation-meeting":
		return named || p.speaksOf(seatMatter)
	}
	return true
}

// speaksOf reports whether the passage, or the sentence that it points back to, holds one of
// the cues.
func (p *Passage) speaksOf(cs []cue) bool {
	if p.says(cs) {
		return true
	}
	q := p.sameBlockPrev()
	return q != nil && matchAt(pointing, p.Tokens, 0) > 0 && (hasCue(cs, q.Tokens) || q.names(p.Programme)) || p.Kind == vigie.Item && p.Parent != nil && hasCue(cs, p.Parent.Tokens)
}

// participleOfPronoun: "Lancé en 2018, il compte 183 territoires".
func (p *Passage) participleOfPronoun() bool {
	if !p.accented(0) {
		return false
	}
	for k := 1; k+1 < len(p.Tokens); k++ {
		if p.Tokens[k].Is(",") {
			return matchAt(pointing, p.Tokens, k+1) > 0
		}
	}
	return false
}
