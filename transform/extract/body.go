package extract

import (
	"strings"

	"vigie"
	"vigie/internal/french"
)

// A target is what a role is held in: a committee, a binôme, or what the governance
// governs ("la démarche", "le programme"). Foreign ones belong to no programme: a club, a
// conseil communautaire, a commission; they are listed because they stop the search.
type target struct {
	i, j     int // tokens: the noun with its kind, complements excluded
	body     string
	sits     bool // a committee: it can be presided
	foreign  bool
	feminine bool
	whole    bool // the programme itself: "le programme", "le dispositif"
	regional bool // "comité de pilotage régional"
	ground   bool // the territory: one may represent it
}

// bodyCues, the more telling first; the longest match wins.
var bodyCues = []struct {
	body  string
	sits  bool
	whole bool
	cues  []cue
}{
	{"comite-de-pilotage", true, false, cues(
		"comite|comites de pilotage", "comite|comites regional|regionaux|local|locaux|territorial|territoriaux|national|departemental de pilotage", "copil|copils", "instance|instances de pilotage",
	)},
	{"comite-de-projet", true, false, cues("comite|comites de projet|projets", "comite|comites local|locaux|territorial|territoriaux|technique de projet|projets", "comite-projet", "coproj")},
	{"comite-regional", true, false, cues("comite|comites regional|regionaux")},
	{"conseil", true, false, cues("conseil de gouvernance|pilotage", "conseil d' orientation")},
	{"binome", false, false, cues("binome|binomes", "ensemble des binomes", "representants des binomes")},
	{"gouvernance", true, false, cues(
		"comite|comites local|locaux|territorial|territoriaux|technique|strategique|national|executif|departemental", "comite|comites de suivi", "comite|comites d' engagement",
		"gouvernance", "instance|instances de gouvernance", "equipe projet", "equipe de pilotage",
	)},
	{"gouvernance", false, true, cues("programme", "dispositif")},
	{"gouvernance", false, false, cues(
		"demarche|demarches", "initiative", "territoire d' industrie", "territoire|territoires", "projet|projets de territoire|territoires", "projet local|territorial|industriel|commun|collectif",
		"son|leur|le|ce|un projet", "contrat|contrats d'? industrie?", "contrat|convention|conventions|contrats", "protocole|protocoles", "feuille de route", "plan d' action|actions", "strategie",
	)},
}

// gatherings are what else is presided.
var gatherings = cues(
	"conseil", "commission|commissions", "sous-commission", "club|clubs", "association|associations", "syndicat|syndicats", "seance", "reunion|reunions", "atelier|ateliers", "assemblee|assemblees",
	"table ronde", "tables rondes", "groupe|groupes", "jury", "debat|debats", "colloque", "forum", "salon", "comite|comites", "bureau", "federation", "rencontre|rencontres", "journee", "ceremonie", "delegation", "soiree",
)

// foreignCues are what else is led or animated in such texts.
var foreignCues = cues(
	"visite|visites", "reseau|reseaux", "cluster", "pole", "cellule", "projet|projets",
	"action|actions", "fiche|fiches|fiches-actions|fiche-action", "chantier|chantiers", "etude|etudes", "candidature|candidatures", "label", "usine|usines", "entreprise|entreprises", "site|sites", "operation|operations",
	"poste|postes", "permanence", "instance|instances", "filiere", "marche", "mission", "service", "structure",
)

var feminineTargets = cues("gouvernance|demarche|demarches|initiative|convention|conventions|instance|instances|feuille|strategie|equipe|commission|association|seance|reunion|assemblee|table|visite|cellule|etude|operation|rencontre|journee|soiree|ceremonie|delegation|permanence|federation|filiere|mission|structure|candidature|entreprise|usine|action|actions|fiche")

// targets lists them, left to right.
func (p *Passage) targets() []target {
	var all []target
	for i := 0; i < len(p.Tokens); i++ {
		if t, ok := p.targetAt(i); ok {
			all = append(all, t)
			i = t.j - 1
		}
	}
	return all
}

// targetAt reads the target that begins at token i; "ce comité" is the one told before.
func (p *Passage) targetAt(i int) (target, bool) {
	t, ok := p.targetNamedAt(i)
	if !ok || !t.foreign || t.j != i+1 || !p.Tokens[i].Is("comite", "instance") || !p.Tokens[max(i-1, 0)].Is("ce", "cette", "le", "l'") || p.Doc.isPreposition(p.foldAt(t.j)) {
		return t, ok
	}
	for q, n := p.Prev, 0; q != nil && n < anaphora; q, n = q.Prev, n+1 {
		if told, ok := q.lastSitting(); ok {
			told.i, told.j = t.i, t.j
			return told, true
		}
	}
	return t, true
}

// anaphora is how many passages back "ce comité" may have been told.
const anaphora = 6

// lastSitting is the last of the passage's targets that can be presided, of whomever.
func (p *Passage) lastSitting() (target, bool) {
	for k := len(p.Tokens) - 1; k >= 0; k-- {
		if t, ok := p.targetNamedAt(k); ok && t.sits && t.body != "gouvernance" {
			return t, true
		}
	}
	return target{}, false
}

func (p *Passage) targetNamedAt(i int) (target, bool) {
	t := target{i: i, j: -1}
	if m, ok := p.mentionFrom(i); ok {
		t.j, t.body, t.whole = p.token(m.hi-1)+1, "gouvernance", m.plural || p.Programme != nil && p.Programme.Unit != "territory"
		return t, true
	}
	for _, b := range bodyCues {
		if j := matchAt(b.cues, p.Tokens, i); j > t.j {
			t.j, t.body, t.sits, t.whole = j, b.body, b.sits, b.whole
		}
	}
	if t.j < 0 {
		j := matchAt(gatherings, p.Tokens, i)
		t.sits = j > 0
		if j = max(j, matchAt(foreignCues, p.Tokens, i)); j < 0 {
			return t, false
		}
		t.j, t.foreign = j, true
	}
	t.feminine = hasCue(feminineTargets, p.Tokens[i:t.j])
	for t.j < len(p.Tokens) && p.Tokens[t.j].Kind == french.Word && !p.isCapital(t.j) && isAdjective(p.Tokens[t.j].Fold) {
		t.j++
	}
	for k := i; k < t.j; k++ {
		t.regional = t.regional || p.Tokens[k].Is("regional", "regionaux", "regionale")
	}
	t.foreign = t.foreign || !p.fits(t.j)
	t.ground = p.Tokens[i].Is("territoire")
	return t, true
}

// mentionFrom returns the programme's name that begins at token i.
func (p *Passage) mentionFrom(i int) (mention, bool) {
	if i >= len(p.Tokens) {
		return mention{}, false
	}
	ms := p.Doc.mentionsIn(p.Tokens[i].Lo, p.Hi)
	if len(ms) == 0 || ms[0].lo != p.Tokens[i].Lo {
		return mention{}, false
	}
	return ms[0], ms[0].programme != nil
}

// ours are the words that may say of what a committee is: anything else is another's.
var ours = map[string]bool{
	"territoire": true, "territoires": true, "programme": true, "dispositif": true, "demarche": true, "label": true, "contrat": true, "convention": true,
	"initiative": true, "projet": true, "industrie": true, "phase": true, "gouvernance": true, "comite": true, "binome": true, "binomes": true, "protocole": true,
	"agglomeration": true, "communaute": true, "region": true, "departement": true, "bassin": true, "pays": true, "vallee": true, "villages": true, "quartier": true,
	"engagement": true, "suivi": true, "petites": true, "villes": true, "cite": true, "laureats": true, "zone": true, "acte": true, "saison": true, "vague": true, "volet": true,
}

// fits reports whether the complement that begins at token j, if any, leaves a body to
// the programme: "du territoire", "de la démarche", "Sud Manche", but not "du futur plan
// climat".
func (p *Passage) fits(j int) bool {
	switch p.foldAt(j) {
	case "de", "du", "des", "d'":
	default:
		return true
	}
	k := j + 1
	for k < len(p.Tokens) && (determiners[p.Tokens[k].Fold] || isQuote(p.Tokens[k]) || p.Tokens[k].Is("de", "premier", "nouveau", "futur")) {
		k++
	}
	if k >= len(p.Tokens) {
		return true
	}
	for _, m := range p.Doc.mentionsIn(p.Tokens[k].Lo, p.Hi) {
		if m.lo == p.Tokens[k].Lo {
			return m.programme != nil
		}
	}
	t := p.Tokens[k]
	if matchAt(otherContracts, p.Tokens, k) > 0 {
		return false
	}
	return ours[t.Fold] || t.Kind == french.Numeral || p.isCapital(k) && !p.isAcronym(t) && !mixedCase(p.raw(k, k+1)) || p.officialEnd(k, anyName) > k
}

// otherContracts are not the programme's: "le comité de pilotage du contrat local de santé".
var otherContracts = cues("contrat|contrats|convention|projet local|locaux|locale de|d' sante|urbanisme|education|securite", "contrat|contrats de ville|relance|sante|reussite|transition|riviere|filiere|plan|developpement")

// mixedCase: "PLUi", "SCoT": plans, not places.
func mixedCase(s string) bool {
	capitals := 0
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			capitals++
		}
	}
	return capitals > 1 && !strings.Contains(s, "-")
}

// agrees: "présidée" is said of what is feminine.
func (t target) agrees(participle string) bool {
	w := strings.ToLower(participle)
	if strings.HasSuffix(w, "ée") || strings.HasSuffix(w, "ées") || strings.HasSuffix(w, "ite") || strings.HasSuffix(w, "ites") {
		return t.feminine
	}
	return !t.feminine
}

// takes reports whether the role can be held in the target.
func (t target) takes(role, verb string) bool {
	if t.foreign {
		return false
	}
	switch {
	case role == "preside":
		return t.sits
	case role == "represente":
		return t.body == "binome" || t.ground
	case t.body == "binome":
		return false
	case verb == "port" || verb == "condu" || verb == "men" || verb == "dirig":
		return !t.sits || verb == "dirig" && t.body != ""
	}
	return true
}

// lastTarget is the last thing of the passage that a pronoun in the next one may stand for.
func (p *Passage) lastTarget(accept func(target) bool) (target, bool) {
	all := p.targets()
	for k := len(all) - 1; k >= 0; k-- {
		if accept(all[k]) {
			return all[k], true
		}
	}
	return target{}, false
}

// above is what the passage continues about: a term, a heading, the sentence before.
func (p *Passage) above() []*Passage {
	var all []*Passage
	if p.Kind == vigie.Definition || p.Kind == vigie.Item {
		if p.Parent != nil {
			all = append(all, p.Parent)
		}
		return all
	}
	if p.Prev != nil && p.First && p.Prev.Kind != vigie.Row {
		all = append(all, p.Prev)
	}
	for q := p.Prev; q != nil && q.Block == p.Block && len(all) < 3; q = q.Prev {
		all = append(all, q)
	}
	if p.Heading != nil && p.Heading != p && p.Heading != p.Prev && p.Heading.Level > 1 {
		all = append(all, p.Heading)
	}
	return all
}
