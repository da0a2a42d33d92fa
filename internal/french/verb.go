package french

import "strings"

// heralds put a date ahead whatever the verb: "rendez-vous est pris le 3", "verdict attendu".
var heralds = map[string]bool{
	"attendu": true, "attendue": true, "attendues": true, "attendus": true, "deadline": true, "echeance": true,
	"futur": true, "future": true, "limite": true, "planifie": true, "planifiee": true, "prevu": true,
	"prevue": true, "prevues": true, "prevus": true, "prochain": true, "prochaine": true,
	"prochainement": true, "prochaines": true, "prochains": true,
	"programmee": true, "rendez-vous": true,
}

// pastVerbs are participles that do not end in é, in the masculine singular, and a few
// simple pasts. Those that are nouns too in some form ("la tenue", "vu la loi") tell the
// past with an auxiliary only: false.
var pastVerbs = map[string]bool{
	"accueilli": true, "atteint": false, "choisi": true, "conclu": true, "connu": true, "decouvert": true,
	"elu": false, "eteint": true, "eu": true, "eut": true, "furent": true, "fut": true, "inscrit": true,
	"lu": false, "mis": false, "obtenu": true, "offert": true, "ouvert": true, "paru": true, "parti": false,
	"pris": false, "produit": false, "promis": true, "recu": false, "reconduit": true, "remis": false,
	"rendu": true, "retenu": true, "reuni": true, "sorti": false, "soumis": true,
	"tenu": false, "transmis": true, "venu": false, "vu": false,
}

// notFuture end like a future and are none.
var notFuture = map[string]bool{
	"affront": true, "agora": true, "camera": true, "confront": true, "environs": true, "extra": true,
	"front": true, "infra": true, "intra": true, "marrons": true, "opera": true, "para": true,
	"patrons": true, "sierra": true, "supra": true, "tiers": true,
	"ultra": true, "contra": true,
}

// isFuture reports a verb in the future or the conditional, third person or "nous": "sera",
// "présenteront", "pourrait".
func isFuture(word string) bool {
	if len(word) < 4 || notFuture[word] {
		return false
	}
	for _, end := range []string{"ra", "ront", "rons", "rait", "raient"} {
		stem, ok := strings.CutSuffix(word, end)
		if !ok {
			continue
		}
		// "portrait", "retrait": before a conditional's -rait stands e, i, d, r, u or v.
		return stem != "" && strings.ContainsRune("eiduvry", rune(stem[len(stem)-1])) || word == "aura" || word == "auront" || word == "saura"
	}
	return false
}

// notImperfect end like an imperfect and are none.
var notImperfect = map[string]bool{
	"attrait": true, "bienfait": true, "extrait": true, "fait": true, "forfait": true, "lait": true,
	"parfait": true, "portrait": true, "retrait": true, "souhait": true, "trait": true, "abstrait": true,
	"adherent": true, "coherent": true, "different": true, "inherent": true, "referent": true,
	"plait": true, "parait": true, "connait": true, "nait": true, "satisfait": true, "refait": true,
}

func isImperfect(word string) bool {
	if notImperfect[word] || isFuture(word) || len(word) < 5 {
		return false
	}
	return strings.HasSuffix(word, "ait") || strings.HasSuffix(word, "aient") || strings.HasSuffix(word, "erent")
}

// nounsInE end in é like a participle and are nouns.
var nounsInE = map[string]bool{
	"arrete": true, "associe": true, "cafe": true, "canape": true, "charge": true, "chargee": true, "cle": true,
	"comite": true, "conge": true, "cote": true, "degre": true, "delegue": true, "deleguee": true,
	"depute": true, "deputee": true, "elu": true, "employe": true, "ete": true, "journee": true, "annee": true,
	"lycee": true, "marche": true, "mairie": true, "musee": true, "pole": true, "pre": true, "prive": true,
	"referent": true, "resume": true, "salarie": true, "soiree": true, "traite": true, "matinee": true,
	"idee": true, "duree": true, "entree": true, "vallee": true, "portee": true, "rentree": true,
	"associee": true, "employee": true, "privee": true, "allee": true, "tournee": true, "armee": true,
}

// isParticiple reports a past participle in é, by its accent.
func isParticiple(word, fold string) bool {
	stem := strings.TrimSuffix(word, "s")
	stem = strings.TrimSuffix(stem, "e")
	if !strings.HasSuffix(stem, "é") || len(fold) < 4 {
		return false
	}
	singular := strings.TrimSuffix(fold, "s")
	if nounsInE[singular] {
		return false
	}
	for _, noun := range []string{"ite", "aute", "iete", "ante", "rte"} { // cité, communauté, société, santé, liberté
		if strings.HasSuffix(singular, noun) {
			return false
		}
	}
	return true
}
