package extract

import "vigie/internal/french"

// What an amount is spent on, where it is not the programme's: a firm's line, a road, the
// budget of a commune.

var (
	// ownSpending near an amount makes it the programme's.
	ownSpending = cues(
		"programme", "dispositif", "contrat|contrats", "convention", "protocole", "label|labels", "demarche", "territoire|territoires", "action|actions", "fiche|fiches", "feuille de route", "plan d' action|actions", "projets", "laureat|laureats",
		"poste|postes", "animation", "ingenierie", "chef|cheffe de projet", "cite|cites", "revitalisation", "enveloppe", "fonds vert",
	)
	// spentOn is what else public money pays.
	spentOn = cues(
		"rocade|route|routes|deviation|contournement|autoroute|pont|voirie|giratoire|echangeur", "mediatheque|bibliotheque|musee|cinema|theatre|festival|piscine|stade|gymnase|salle|eglise|patinoire", "hopital|creche|ehpad|maison de sante",
		"lycee|college|ecole|universite|campus|iut|cfa|plateau technique", "syndicat|club|association|office", "gare|tramway|aeroport|bus|piste|pistes cyclable|cyclables?", "usine|fonderie|papeterie|four|fours|machine|machines|robot|robots|chaudiere|hangar|terrain|terrains",
		"ligne|lignes pilote|de|d' production|tri|assemblage|fabrication?", "station d' epuration", "assainissement", "batiment|batiments", "siege social", "chiffre|chiffres d' affaires", "ventes", "etude|etudes",
	)
	// localBudget is the whole of what a collectivité spends.
	localBudget = cues("budget|budgets de|du l'|la|le? agglomeration|agglo|communaute|commune|ville|departement|region|metropole|intercommunalite|syndicat|collectivite", "vote|adopte|votent|adoptent|vote|adopte un|son|le budget", "budget primitif|annexe|principal|general|municipal|communautaire|departemental|regional")
	// spenders are those whose money is their own.
	spenders = cues("investissement|investissements de", "investit|investira|investi|investissent", "coute|coutera|coutent|couteront|coute", "revient|reviendra a", "achete|acheteur|vendu|vend|vendra|achat|vente", "realise|realisera ..3 ventes|affaires")
)

// spentElsewhere reports whether the amount is somebody's own, or for something that is no
// matter of the programme's.
func (p *Passage) spentElsewhere(n french.Number) bool {
	if p.ownNear(n) {
		return false
	}
	return p.says(localBudget) || p.unknownSpender() || p.clauseSays(spentOn, n.Lo, n.Hi) || p.clauseSays(spenders, n.Lo, n.Hi)
}

// ownNear: the programme, or what is its own, is told near the amount, no other amount
// between.
func (p *Passage) ownNear(n french.Number) bool {
	if p.names(p.Programme) && len(p.Numbers) < 2 {
		return true
	}
	lo, hi := 0, len(p.Tokens)
	for _, other := range p.Numbers {
		if other.Unit != n.Unit || other.Lo == n.Lo {
			continue
		}
		if other.Hi <= n.Lo {
			lo = p.token(other.Hi)
		} else if other.Lo >= n.Hi {
			hi = min(hi, p.token(other.Lo))
		}
	}
	i := p.token(n.Lo)
	lo, hi = max(lo, i-reach), min(hi, i+reach+4)
	return lo < hi && (hasCue(ownSpending, p.Tokens[lo:hi]) || hasMention(p.Doc.mentionsIn(p.Tokens[lo].Lo, p.Tokens[hi-1].Hi), p))
}

func hasMention(ms []mention, p *Passage) bool {
	for _, m := range ms {
		if m.programme == p.Programme {
			return true
		}
	}
	return false
}

// firmActs: such a name begins the sentence, or follows its first comma: "Le 5 février,
// Juralu a signé un contrat".
func (p *Passage) firmActs() bool {
	for k := 0; k < len(p.Tokens) && k < 8; k++ {
		if p.Tokens[k].Is(",") {
			return p.unknownFrom(k + 1)
		}
	}
	return p.unknownSpender()
}

// unknownSpender: the sentence begins with a name that is no place's and spends or gets:
// "Juralu a reçu 200 000 euros".
func (p *Passage) unknownSpender() bool { return p.unknownFrom(0) }

func (p *Passage) unknownFrom(from int) bool {
	k := p.pastDeterminers(from)
	if !p.isCapital(k) || k > from || p.isPersonAt(k) || len(p.Tokens[k].Fold) < 3 || p.officialEnd(k, anyName) > k || p.organisationHead(k) > k {
		return false
	}
	if who, _ := p.payerAt(k, k+1); who != "" {
		return false
	}
	for k++; k < from+5 && p.isCapital(k); k++ {
	}
	return matchAt(gets, p.Tokens, k) > 0
}

var gets = cues("a|va|vient", "investit|recoit|touche|obtient|percoit|beneficie|empoche|realise|emprunte|depense", "investira|recevra|touchera|obtiendra")
