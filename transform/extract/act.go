package extract

import (
	"strings"

	"vigie"
)

// A governing verb, by its stem, and the role of its subject.
type governing struct {
	stem, role string
	form       verbForm
}

type verbForm int

const (
	finite     verbForm = iota + 1
	participle          // or a finite form that folds alike: the accent tells
	gerund
	imperfect
)

// stems of regular verbs and their roles.
var stems = map[string]string{
	"anim": "anime", "chapeaut": "pilote", "co-dirig": "copilote", "codirig": "copilote", "orchestr": "coordonne", "coanim": "anime", "co-anim": "anime", "coordonn": "coordonne", "copilot": "copilote", "co-pilot": "copilote",
	"copresid": "preside", "co-presid": "preside", "dirig": "pilote", "pilot": "pilote", "port": "pilote", "presid": "preside", "represent": "represente",
}

var endings = map[string]verbForm{
	"e": participle, "ee": participle, "es": participle, "ees": participle, "ent": finite, "era": finite, "eront": finite,
	"erait": finite, "eraient": finite, "ait": imperfect, "aient": imperfect, "eait": imperfect, "ant": gerund,
}

// irregulars are the forms of "conduire" and "mener".
var irregulars = map[string]governing{
	"conduit": {"condu", "pilote", participle}, "conduite": {"condu", "pilote", participle}, "conduits": {"condu", "pilote", participle},
	"conduites": {"condu", "pilote", participle}, "conduira": {"condu", "pilote", finite}, "conduiront": {"condu", "pilote", finite}, "conduisent": {"condu", "pilote", finite},
	"mene": {"men", "pilote", participle}, "menee": {"men", "pilote", participle}, "menes": {"men", "pilote", participle}, "menees": {"men", "pilote", participle},
	"emmene": {"men", "pilote", participle}, "emmenee": {"men", "pilote", participle},
	"menent": {"men", "pilote", finite}, "menera": {"men", "pilote", finite}, "meneront": {"men", "pilote", finite},
}

// verbs maps every form, folded, to its verb.
var verbs = func() map[string]governing {
	all := make(map[string]governing, len(stems)*len(endings)+len(irregulars))
	for stem, role := range stems {
		for end, form := range endings {
			all[stem+end] = governing{stem, role, form}
		}
	}
	for w, v := range irregulars {
		all[w] = v
	}
	return all
}()

// nouns of governing, and the role of who has it.
var governingNouns = map[string]string{
	"animation": "anime", "co-animation": "anime", "coanimation": "anime", "coordination": "coordonne", "copilotage": "copilote", "co-pilotage": "copilote", "copresidence": "preside",
	"co-presidence": "preside", "gouvernance": "pilote", "pilotage": "pilote", "portage": "pilote", "conduite": "pilote", "presidence": "preside",
	"barre": "pilote", "barque": "pilote", "gouvernail": "pilote", "houlette": "pilote", "baguette": "pilote", "commandes": "pilote", "manettes": "pilote", "manoeuvre": "pilote", "renes": "pilote", "tete": "pilote",
}

// helms are governing nouns by image: "à la tête du comité", "tient les rênes de la
// démarche". They want to hear of what, and who is at the head of a committee presides it.
var helms = map[string]bool{"barre": true, "barque": true, "gouvernail": true, "baguette": true, "commandes": true, "manettes": true, "manoeuvre": true, "renes": true, "tete": true}

// verbAt returns the governing verb at token k with the form that its accent tells.
func (p *Passage) verbAt(k int) (governing, bool) {
	if k < 0 || k >= len(p.Tokens) {
		return governing{}, false
	}
	v, ok := verbs[p.Tokens[k].Fold]
	if ok && p.Tokens[k].Is("president", "copresident", "co-president", "pilotes") && !determiners[p.foldAt(k+1)] && matchAt(manners, p.Tokens, k+1) < 0 && v.form == finite {
		return governing{}, false // the noun
	}
	if ok && v.form == participle && v.stem != "condu" && !p.accented(k) {
		v.form = finite
	}
	return v, ok
}

// accented: "présidé", "animées", not "préside"; capitals without accents may be either.
func (p *Passage) accented(k int) bool {
	if k < 0 || k >= len(p.Tokens) {
		return false
	}
	w := p.raw(k, k+1)
	low := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(w), "s"), "e")
	return strings.HasSuffix(low, "é") || strings.ToUpper(w) == w && p.foldAt(k+1) == "par" || strings.HasSuffix(low, "e\u0301")
}

// An act is a statement of governing: who does what of which.
type act struct {
	lo, hi    int // tokens of the words that say it
	verb      string
	roles     []string
	holders   []holder
	target    target
	at        *Passage // where the words stand, when not where the act was read
	from      *Passage // where the target or holder was told, when not here
	quoteFrom *Passage // the passage that names the holder, where a pronoun stands for them
	refused   string
	scope     vigie.Ref // where a table settles it
	rule      string
	sure      float64
}
