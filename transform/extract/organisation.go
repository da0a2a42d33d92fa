package extract

import (
	"slices"

	"vigie"
	"vigie/internal/french"
)

// organisationHeads are the nouns that bodies begin with; those with true want a name or
// a complement after them ("la société Verralia", but "la Région", "l'État").
var organisationHeads = map[string]bool{
	"agence": true, "agglomeration": false, "agglo": false, "association": true, "banque": true, "caisse": true, "chambre": true, "commissariat": true,
	"collectivite": false, "collectivites": false, "commune": true, "communes": true, "communaute": true, "communautes": true, "conseil": true, "departement": false,
	"departements": false, "direction": true, "entreprise": true, "entreprises": true, "epci": false, "etat": false, "federation": true, "groupement": true,
	"intercommunalite": false, "intercommunalites": false, "metropole": false, "ministere": true, "ministeres": true, "mission": true, "office": true, "petr": false,
	"pole": true, "prefecture": false, "region": false, "regions": false, "service": true, "services": true, "societe": true, "sous-prefecture": false,
	"syndicat": true, "technopole": true, "union": true, "universite": true, "ville": true, "fonderie": true, "groupe": true, "maison": true, "delegation": true,
	"dreets": false, "direccte": false, "dreal": false, "cabinet": true, "bureau": true, "secretariat": true, "commissariats": true,
}

// bodiesByName are public bodies whose names hold no word for what they are.
var bodiesByName = cues("bpifrance", "business france", "action logement", "intercommunalites de france", "regions de france", "banque des territoires", "caisse des depots", "france industrie")

// notOrganisations are bodies of the governance itself, and what sits.
var notOrganisations = cues("conseil municipal|communautaire|d' administration|national|de|syndical", "mission locale")

// organisationHead returns the token after the noun that a body's name begins with at
// token k; k where none does.
func (p *Passage) organisationHead(k int) int {
	if k >= len(p.Tokens) || p.Tokens[k].Kind != french.Word {
		return k
	}
	if end := matchAt(bodiesByName, p.Tokens, k); end > 0 && p.isCapital(k) {
		return end
	}
	if matchAt(notOrganisations, p.Tokens, k) > 0 {
		return k
	}
	if _, ok := organisationHeads[p.Tokens[k].Fold]; ok {
		return k + 1
	}
	if end := p.officialEnd(k, isIntercommunality); end > k {
		return end
	}
	if p.isAcronym(p.Tokens[k]) && officeHeads[p.Tokens[k].Fold] == otherOffice && !p.shouted() && !p.isTitle(k) {
		if _, office := officeHeads[p.Tokens[k].Fold]; !office && !notBodies[p.Tokens[k].Fold] {
			return k + 1
		}
	}
	return k
}

// notBodies are acronyms of contracts, programmes and offices.
var notBodies = map[string]bool{
	"ti": true, "acv": true, "pvd": true, "crte": true, "cper": true, "feder": true, "ort": true, "opah": true, "plui": true, "plu": true, "scot": true,
	"pcaet": true, "zae": true, "eti": true, "pme": true, "tpe": true, "pmi": true, "cdd": true, "cdi": true, "rh": true, "etp": true, "detr": true, "dsil": true, "copil": true,
	"prend": true, "dit": true, "designe": true, "le": true, "la": true, "les": true, "et": true, "de": true, "du": true, "mm": true, "mme": true,
}

// shouted: the passage is in capitals: they tell no acronym.
func (p *Passage) shouted() bool {
	low := 0
	for _, t := range p.Tokens {
		if t.Kind == french.Word && !upper(p.Doc.Article.Text[t.Lo:t.Hi]) {
			low++
		}
	}
	return low*2 < len(p.Tokens)
}

// isIntercommunality: an EPCI by its legal form, or by a name that nothing else bears.
func isIntercommunality(n Name) bool {
	if !isMember(n) {
		return false
	}
	return n.Form != "" || !slices.ContainsFunc(n.Refs, func(r vigie.Ref) bool {
		return r.Type != vigie.RefEPCI && r.Type != vigie.RefTerritory
	})
}

// organisationAt reads the body whose name, determiners passed, begins at token i: the
// token after it, i where there is none.
func (p *Passage) organisationAt(i int) int {
	head := p.organisationHead(i)
	if head == i {
		return i
	}
	end := p.phraseEnd(head)
	if needsMore, ok := organisationHeads[p.Tokens[i].Fold]; ok && needsMore && end == head {
		return i
	}
	return end
}

// regionAlone: "la Région", "le conseil régional", without a name.
func (p *Passage) regionAlone(i, j int) bool {
	switch {
	case j == i+1:
		return p.Tokens[i].Is("region")
	case j == i+2:
		return p.Tokens[i].Is("conseil") && p.Tokens[i+1].Is("regional")
	}
	return false
}
