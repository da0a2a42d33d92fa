package extract

import "strings"

// adjectival are the endings of adjectives that qualify an office or a body.
var adjectival = []string{
	"able", "aire", "aires", "ain", "aine", "ais", "aise", "al", "ale", "ales", "aux", "el", "elle", "elles", "els", "eux", "euse",
	"ible", "ien", "ienne", "iennes", "iens", "if", "ifs", "ique", "iques", "ive", "ives", "ois", "oise",
}

// adjectives have other endings.
var adjectives = map[string]bool{
	"adjoint": true, "adjointe": true, "charge": true, "chargee": true, "delegue": true, "deleguee": true, "executif": true, "financier": true, "financiere": true, "local": true,
	"locaux": true, "prive": true, "public": true, "publics": true, "rattache": true, "rattachee": true, "referent": true, "referente": true,
	"referents": true, "referentes": true, "urbaine": true, "mixte": true, "tournante": true, "tournant": true, "conjointe": true, "conjoint": true, "effective": true, "partagee": true, "communautaire": true, "associe": true, "associee": true,
}

// notAdjectives end like one and are verbs, adverbs or nouns.
var notAdjectives = map[string]bool{
	"appelle": true, "applique": true, "arrive": true, "autrefois": true, "communique": true, "demain": true, "desormais": true,
	"explique": true, "faire": true, "implique": true, "indique": true, "jamais": true, "lendemain": true, "maire": true, "maires": true,
	"parfois": true, "rappelle": true, "signale": true, "toutefois": true, "appel": true, "dirige": true, "salue": true, "ensuite": true,
}

func isAdjective(w string) bool {
	if adjectives[w] {
		return true
	}
	if len(w) < 5 || notAdjectives[w] {
		return false
	}
	for _, end := range adjectival {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}
