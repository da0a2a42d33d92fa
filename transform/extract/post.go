package extract

import (
	"slices"

	"vigie/internal/french"
)

// A post is a role told by its noun: "élue référente", "cheffe de projet".
type post struct {
	i, j, end int // tokens of the noun; end of its complements
	role      string
	body      string // of the role; of the target where the noun needs one
	target    target
	former    bool
	future    bool
	side      bool // told by "pour les élus": it says who is who of a binôme and no more
}

// postCues name posts. Those with target are posts only of something of the programme:
// "présidente du comité de projet", "animatrice de la démarche".
var postCues = []struct {
	role, body string
	target     bool
	cues       []cue
}{
	{"elu-referent", "binome", false, cues("elu|elue|elus|elues referent|referente|referents|referentes", "referent|referente|referents elu|elue|elus|politique", "elu|elue pilote|copilote", "elu|elue du|de ce? binome|tandem|duo", "copilote|pilote|co-pilote elu|elue|politique", "referent|referente pour|des les? elus|collectivites", "referent|referente cote elus|collectivites")},
	{"industriel-referent", "binome", false, cues(
		"industriel|industrielle|industriels referent|referente|referents", "referent|referente|referents industriel|industrielle|industriels|entreprise|entreprises", "chef|cheffe d' entreprise referent|referente", "industriel|industrielle pilote|copilote", "industriel|industrielle du|de ce? binome|tandem|duo", "copilote|pilote|co-pilote industriel|industrielle", "referent|referente des industriels|entreprises|entrepreneurs",
		"entrepreneur|entrepreneure|dirigeant|dirigeante|patron|patronne referent|referente", "referent|referente pour|cote les? industriels|entreprises|entrepreneurs", "referent|referente prive|privee|economique",
	)},
	{"chef-de-projet", "gouvernance", false, cues("chef|cheffe|chefs|cheffes de projet|projets", "directeur|directrice de projet")},
	{"chef-de-projet", "gouvernance", true, cues("charge|chargee|charges|chargees de mission", "manager|manageuse")},
	{"pilote", "gouvernance", true, cues("chef|cheffe|chefs|cheffes de file", "collectivite|intercommunalite|structure porteuse|pilote")},
	{"copilote", "gouvernance", true, cues("copilote|copilotes", "co-pilote|co-pilotes")},
	{"pilote", "gouvernance", true, cues("pilote|pilotes")},
	{"preside", "", true, cues("president|presidente|presidents|presidentes", "copresident|copresidente|copresidents|copresidentes", "co-president|co-presidente|co-presidents")},
	{"anime", "gouvernance", true, cues("animateur|animatrice|animateurs|animatrices")},
	{"coordonne", "gouvernance", true, cues("coordinateur|coordinatrice|coordonnateur|coordonnatrice|coordinateurs")},
	{"represente", "binome", true, cues("representant|representante|porte-parole")},
	{"referent", "gouvernance", true, cues("referent|referente|referents|referentes", "interlocuteur|interlocutrice")},
}

// postAt reads the post whose noun is at token i, adjectives before it passed.
func (p *Passage) postAt(i int) (post, bool) {
	ps := post{i: i, j: -1}
	for i < len(p.Tokens) && p.Tokens[i].Is("ancien", "ancienne", "ex", "futur", "future", "nouveau", "nouvelle", "actuel", "actuelle", "prochain", "prochaine", "-") {
		ps.former = ps.former || p.Tokens[i].Is("ancien", "ancienne", "ex")
		ps.future = ps.future || p.Tokens[i].Is("futur", "future", "prochain", "prochaine")
		i++
	}
	needs := false
	for _, c := range postCues {
		if j := matchAt(c.cues, p.Tokens, i); j > ps.j {
			ps.j, ps.role, ps.body, needs = j, c.role, c.body, c.target
		}
	}
	if ps.j < 0 {
		return post{}, false
	}
	ps.end = p.postEnd(ps.j)
	if needs {
		return ps, ps.ofTarget(p)
	}
	return ps, p.ownPost(ps)
}

// postEnd passes the complements and the programme's name after a post's noun.
func (p *Passage) postEnd(j int) int {
	end := p.phraseEnd(j)
	if m, ok := p.mentionAt(j); ok && m > end {
		end = m
	}
	if end < len(p.Tokens) && isQuote(p.Tokens[end]) && end > j && p.quoteOpen(j, end) {
		end++
	}
	return end
}

func (p *Passage) quoteOpen(i, j int) bool {
	n := 0
	for k := i; k < j; k++ {
		if isQuote(p.Tokens[k]) {
			n++
		}
	}
	return n%2 == 1
}

// mentionAt returns the token after the programme's name at token i, quotes passed.
func (p *Passage) mentionAt(i int) (end int, ok bool) {
	for i < len(p.Tokens) && isQuote(p.Tokens[i]) {
		i++
	}
	if i >= len(p.Tokens) {
		return 0, false
	}
	for _, m := range p.Doc.mentionsIn(p.Tokens[i].Lo, p.Hi) {
		if m.lo == p.Tokens[i].Lo && m.programme != nil {
			return p.token(m.hi-1) + 1, true
		}
	}
	return 0, false
}

// ofTarget: the noun's complement names something of the programme.
func (ps *post) ofTarget(p *Passage) bool {
	if _, ok := p.mentionAt(ps.j); ok { // "référent Territoires d'industrie"
		return ps.body != ""
	}
	if matchEnding(ofIt, p.Tokens, max(ps.i-4, 0), ps.i) && ps.role != "preside" { // "elle en est la référente"
		return ps.body != ""
	}
	if ps.role == "referent" && p.about() && matchEnding(appointed, p.Tokens, max(ps.i-5, 0), ps.i) && !isAdjective(p.foldAt(ps.j)) {
		return ps.body != "" // "la DREETS a désigné pour référente A"
	}
	if (ps.role == "copilote" || ps.role == "pilote") && p.Tokens[max(ps.i-1, 0)].Is("autre") {
		return true
	}
	if ps.role == "preside" && p.Tokens[max(ps.i-1, 0)].Is("son", "sa", "leur") {
		return ps.ofLast(p)
	}
	if ps.role == "preside" && ps.filledBy(p) {
		return true
	}
	k := ps.j
	if ps.role == "referent" { // "référent de l'État pour le territoire", "référent État du territoire"
		if end := p.organisationAt(p.pastDeterminers(k + 1)); p.Doc.isPreposition(p.foldAt(k)) && p.isCapital(end-1) && p.Doc.isPreposition(p.foldAt(end)) {
			k = end
		} else if end := p.organisationAt(k); end > k && p.isCapital(k) {
			k = k + 1
		}
	}
	if p.foldAt(k) == "unique" && ps.role == "referent" { // "un référent unique : A"
		ps.end = max(ps.end, k+1)
		return true
	}
	for k < len(p.Tokens) && !p.isCapital(k) && (isAdjective(p.Tokens[k].Fold) || p.Tokens[k].Is("local", "national")) {
		k++
	}
	if !p.Doc.isPreposition(p.foldAt(k)) {
		return false
	}
	for k < len(p.Tokens) && (p.Doc.isPreposition(p.Tokens[k].Fold) || determiners[p.Tokens[k].Fold] || isQuote(p.Tokens[k]) || p.Tokens[k].Is("ensemble")) {
		k++
	}
	if end, ok := p.mentionAt(k); ok {
		ps.end = max(ps.end, end)
		return ps.body != ""
	}
	t, ok := p.targetAt(k)
	if ok && t.foreign && p.Tokens[k].Is("projet") && p.Tokens[k-1].Is("du") && !p.Doc.isPreposition(p.foldAt(k+1)) { // "copilote du projet"
		t.foreign, t.body = false, "gouvernance"
	}
	if !ok || !t.takes(ps.role, "") {
		return false
	}
	ps.target = t
	if ps.role == "preside" || t.sits {
		ps.body = t.body
	}
	ps.end = max(ps.end, t.j)
	return true
}

// about: the passage, or the one before it in its paragraph, names the programme in force.
func (p *Passage) about() bool {
	q := p.sameBlockPrev()
	return p.names(p.Programme) || q != nil && q.names(p.Programme)
}

// appointed stand before the post that somebody has been given.
var appointed = cues("a|ont designe|nomme|choisi pour|comme", "designe|designent|nomme|nomment pour|comme")

var ofIt = cues("en est|sera|devient|etait|reste le|la|l'|un|une?")

// ofLast: "autour de son président, A": of the committee told last.
func (ps *post) ofLast(p *Passage) bool {
	ts := p.targets()
	for n := len(ts) - 1; n >= 0; n-- {
		if ts[n].j <= ps.i && ts[n].sits {
			ps.target, ps.body = ts[n], ts[n].body
			return ts[n].takes(ps.role, "")
		}
	}
	if q := p.sameBlockPrev(); q != nil { // "Le comité s'est réuni hier. Sa présidente, A, a ..."
		if t, ok := q.targetAt(q.pastDeterminers(0)); ok && t.sits {
			ps.target, ps.body = t, t.body
			return t.takes(ps.role, "")
		}
	}
	return false
}

func (d *Doc) isPreposition(w string) bool {
	return w == "de" || w == "du" || w == "des" || w == "d'" || w == "pour"
}

// otherProjects are what chefs de projet lead besides the programmes.
var otherProjects = cues(
	"informatique|numerique|habitat|eolien|europeen|europeens|web|digital|r|immobilier|urbain|climat|energie|mobilite|mobilites|culturel|evenementiel", "chez", "au sein d'|de|du|des? societe|groupe|entreprise",
)

// ownPost: "cheffe de projet", alone, of the programme or of an intercommunalité; not
// "chef de projet chez Verralia", "référente forêt".
func (p *Passage) ownPost(ps post) bool {
	if matchAt(otherProjects, p.Tokens, ps.j) > 0 {
		return false
	}
	switch p.foldAt(ps.j) {
	case "de", "du", "des", "d'":
		return p.fits(ps.j) || p.officialEnd(p.pastDeterminers(ps.j+1), isMember) > ps.j
	}
	t := p.Tokens[min(ps.j, len(p.Tokens)-1)]
	if ps.j >= len(p.Tokens) || t.Kind != french.Word || p.isCapital(ps.j) {
		return true
	}
	return ps.role == "chef-de-projet" || !isAdjective(t.Fold)
}

var (
	// toPost may stand between a holder and the post that they take.
	toPost = cues(
		",? en? est|sera|devient|deviendra|reste|restera|demeure la|le|l'|un|une|notre?",
		",? a|ont|est|sont|sera|seront ete? nomme|nommee|nommes|designe|designee|designes|designees|choisi|choisie|choisis|elu|elue|elus|recrute|recrutee|recrutes|confirme|confirmee|reconduit|reconduite|reconduits|maintenu|maintenue comme?",
		",? a|ont|est|sont ete? nomme|nommee|designe|designee|choisi|choisie|elu|elue par ses|leurs pairs|collegues|homologues comme?",
		",? a|ont|est|sont|sera|seront ete? nomme|nommee|nommes|designe|designee|designes|designees|choisi|choisie|choisis|recrute|recrutee|confirme|confirmee en tant que|qu'",
		",? a|ont|est|sont|sera|seront ete? nomme|nommee|nommes|designe|designee|designes|designees|choisi|choisie|choisis|recrute|recrutee|confirme|confirmee en qualite de|d'",
		",? a|ont|est|sont|sera|seront ete? nomme|nommee|designe|designee|recrute|recrutee au|aux poste|postes|fonction|fonctions de|d'",
		",? a|ont pris|repris ses|leurs|les fonctions|postes de|d'", ",? a pris son|le poste de|d'", ",? prend|prendra ses|les fonctions de|d'", ",? occupe|occupera le|un|la|les poste|fonction|fonctions de|d'",
		",? exerce|exercera les|la fonctions|fonction de|d'", ",? assure|assurera les|la|le fonctions|fonction|role de|d'", ",? comme", ",? en tant que|qu'", ",? en sa? qualite de|d'", ",? au poste|titre de|d'", ",? a? accepte|repris|pris|decroche|endosse|herite le|la|du|de role|poste|fonction|fonctions|mission|casquette|costume de|d'",
		",? assure|assurera|assurent|exerce|exercera|occupe|occupera celle|celles|celui de|d'", ",? aux fonctions de|d'", ",? a la fonction de|d'", ",? a rejoint|integre ..6 comme", ",? a rejoint|integre ..6 en tant que|qu'", ",? arrive|arrivee comme", ",? , recrute|recrutee comme?", ",? , nomme|nommee|designe|designee",
		",? vient|viennent de|d' etre nomme|nommee|nommes|designe|designee|designes|recrute|recrutee|choisi|choisie|elu|elue comme?", ",? vient de prendre ses fonctions de|d'",
		",? vient de rejoindre ..6 comme", ",? vient de rejoindre ..6 en tant que|qu'", ",? , notre|la|le|l'", ",? tient|tiendra le role de|d'", ",? porte|coiffe|endosse|revet|enfile la|le|les casquette|costume|habits|habit|tenue|maillot de|d'", ",? est|a|sera ete? choisi|choisie|designe|designee|recrute|recrutee|appele|appelee pour|a devenir|etre",
		",? a|ont ete? reconduit|reconduite|confirme|confirmee|maintenu|maintenue dans ses|leurs|les fonctions de|d'", ",? a decroche|obtenu|herite le|du poste|titre|role de|d'", ",? , que|qu' ..4 a|ont recrute|recrutee|nomme|nommee|designe|designee|choisi|choisie comme|en",
		",? siege|siegera|siegeront|siegent comme", ",? devient|deviendra", ",? herite|heritera|a herite des|du|de fonctions|role|poste de|d'", ",? y? fait|font|fera office de|d'", ",? joue|jouera|endosse|endossera|assume|assumera le role de|d'",
		",? a? succede|succedera|remplace|remplacera a|au? ..6 comme", ",? a? succede|succedera|remplace|remplacera a|au? ..6 en tant que|qu'", ",? a? succede|succedera|remplace|remplacera a|au? ..6 au|aux poste|fonctions de|d'",
		",? vient|a|prend|prendra de? prendre|pris? la succession|suite|releve de|d' ..6 comme", ",? vient|a|prend|prendra de? prendre|pris? la succession|suite|releve de|d' ..6 au|aux poste|fonctions de|d'",
		",? est|sera , ..4 , la|le|l'|un|une|notre?", ",? a|ont ete? recrute|recrutee|nomme|nommee sur le poste de|d'",
	)
	// fromPost may stand between a post and who holds it.
	fromPost = cues(
		":", "est|sera", ",", "se nomme", "n' est|sera autre que|qu'", "sont|seront ..4 assurees|exercees|occupees|tenues|assures|tenus par", "a|ont ete? recrute|recrutee|nomme|nommee|designe|designee|trouve|trouvee|choisi|choisie|pourvu :|,|.", "vient d' etre recrute|recrutee|nomme|nommee :|,", "-|–|—", "s' appelle", ", est", "est desormais", "est ..4 assure|assuree|tenu|tenue|occupe|occupee|exerce|exercee|incarne|incarnee ..4 par", "en la personne de|d'", "(",
		",? lequel|laquelle? est|a|sera|vient ete|d'|etre? etre? confie|confiee|attribue|attribuee|devolu|devolue|echu|echue a|au", "revient|reviendra|echoit|incombe a|au", "est exerce|exercee par", "depuis ..4 ,",
	)
)

// posts lists the posts that no holder's apposition tells.
func (p *Passage) posts(hs []holder) []post {
	var all []post
	for i := 0; i < len(p.Tokens); i++ {
		if i > 0 && p.Tokens[i-1].Is("ancien", "ancienne", "futur", "future", "nouveau", "nouvelle") {
			continue
		}
		ps, ok := p.postAt(i)
		if !ok {
			continue
		}
		inside := slices.ContainsFunc(hs, func(h holder) bool { return h.kind == "person" && h.i <= i && i < h.j })
		if !inside {
			all = append(all, ps)
		}
		i = max(i, ps.j-1)
	}
	return all
}
