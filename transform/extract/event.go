package extract

import (
	"vigie"
	"vigie/internal/french"
)

// events reads what happened, or will, on a date.
type events struct{}

// happenings are what an event is called, the more telling first where a sentence has two.
var happenings = []struct {
	event string
	cues  []cue
}{
	{"installation-meeting", cues(
		"reunion|seance d' installation", "installation de|du|des la? gouvernance|comite|instance", "gouvernance ..6 installee|installe", "gouvernance ..4 mise en place", "installe|installes|installee|installees",
		"mis|mettent|met en place la|leur gouvernance", "comite ..4 installe|installation",
	)},
	{"signature", cues("signe|signee|signes|signees", "signent|signait|signera|signeront|signer", "signature|signatures", "signant", "conclu|conclue|conclut|concluent", "formalise|formalisee|officialise|scelle|ratifie ..6 contrat|convention|protocole", "appose|apposent|apposaient ..4 paraphe|signature|signatures", "convention|contrat|protocole date du", "paraphe|paraphee|parapher", "fait a")},
	{"announcement", cues(
		"devoile|devoilee|devoiles|devoilees", "annonce|annoncee|annonces|annoncees|annoncait|annoncaient", "rendu|rendue|rendus publique|public|publics|publiques", "fait connaitre", "liste ..4 tombee|connue|publiee|parue",
		"nom|noms ..4 tombe|tombes|connu|connus", "liste ..3 date", "a|ont tranche", "revele|revelee|reveles|publie|publiee|presente|presentee|presentait", "liste du premier ministre", "avait presente", "livre|livres|egrene|communique ..2 noms|liste", "liste a|ont ete", "noms ..3 connus|devoiles|tombes", "ete retenu|retenus|retenue|retenues|selectionnes|selectionnees ..4 le",
	)},
	{"launch", cues("lance|lancee|lances|lancees|lancait", "lancement", "ouvert|ouverte", "demarre|demarree|demarrage", "engagee en|le|des", "initie|initiee", "cree|creee en|le|par", "voit le jour", "a|ont vu le jour", "coup d' envoi", "debute|debutait|debuta|commence en|le|des", "ne|nee en ..2 , le|la|l' programme|initiative|demarche|dispositif|label")},
	{"call", cues("appel|appels a candidatures|candidature|projets|manifestation", "candidatures ouvertes", "date limite", "depot des dossiers|candidatures", "plateforme ..3 ouverte")},
	{"milestone", cues("deploye|deployee|deployes|deploiement", "generalisation|generalise", "d' ici", "echeance", "seront presentees|presentes", "entrera en vigueur", "mise en oeuvre")},
	{"council", cues("conseil national de l' industrie", "conseil des ministres")},
	{"meeting", cues(
		"reunion|reunions", "reuni|reunie|reunis|reunies", "a|ont rassemble", "s' est|sont retrouve|retrouvee|retrouves|retrouvees", "se reunit|reunissait|reunira|reuniront", "rencontre|rencontres", "assemblee generale", "seminaire", "s' est|sont tenu|tenue|tenus", "se tiendra|tenait|tient",
		"comite de projet|pilotage ..3 le|du", "invitation", "journee", "visite", "forum", "atelier|ateliers", "participaient", "a tenu", "prochain|prochaine comite|copil|reunion|seance|rencontre", "comite|copil|reunion|seance ..4 fixe|fixee|programme|programmee|prevu|prevue au|le|pour",
	)},
}

// notEvents are dates that date something else.
var notEvents = cues(
	"date limite", "offres", "plis", "mandat", "ne|nee le", "elu|elue en", "recense*", "donnees", "insee", "population", "loi", "decret", "arrete", "ordonnance", "photo", "mis|mise a jour", "convoque|convoquee|convoques",
	"jusqu'a|jusqu'au|jusqu'en", "acheve|acheveront|expire|expirera|termine|terminera", "prend|prendra fin", "arrive|arrivera|arrivait a echeance|terme", "se clot|cloturera|cloture|clora|ferme|fermera", "clos|close|clot|cloture|cloturee le|au|fin",
)

// putOff: what was to be on that day: "devait être signé le 12 février".
var putOff = cues("devait|devaient ..2 etre|se|avoir", "etait|etaient initialement? prevu|prevue|prevus|prevues|programme|programmee|attendu|attendue", "reporte|reportee|reportes|reportees|annule|annulee|annules|ajourne|ajournee|decale|decalee")

var future = cues(
	"sera|seront|aura|auront lieu?", "doit|doivent etre", "prochain|prochaine|prochainement", "d' ici", "avant|apres l'|la|le|fin", "se tiendra|tiendront", "reunira|reuniront", "prevu|prevue|prevus|prevues", "rendez-vous",
	"va|vont etre?", "attendu|attendue|attendus", "aura|auront", "signera|signeront", "presentera|presenteront", "lancera",
)

// Extract reads one event per date: the happening told nearest to it.
func (events) Extract(p *Passage) []Match {
	if p.Programme == nil || p.Other || p.Kind == vigie.Header || p.Kind == vigie.Term {
		return nil
	}
	var ms []Match
	for _, t := range p.Dates {
		if t.Conflict || isPeriod(t) || t.Rule == "law" || t.Rule == "until" || t.Rule == "since" && t.Date.Precision() != vigie.DayPrecision || t.Date == "" {
			continue
		}
		if m, ok := p.event(t); ok {
			ms = append(ms, m)
		}
	}
	return ms
}

func (p *Passage) event(t french.Date) (Match, bool) {
	h, code, ok := p.happening(t)
	if !ok || p.datesOther(t) || h.cue.in(heldAtAll) && !p.holdsSitting() {
		return Match{}, false
	}
	if !p.ownEvent(code, h) {
		return Match{}, false
	}
	if code == "launch" && hasCue(calls, p.Tokens[max(0, h.i-8):min(len(p.Tokens), h.j+6)]) {
		code = "call" // "l'appel à candidatures a été ouvert le 3 juillet"
	}
	m := Match{
		Scope: p.eventScope(code, t), Lo: min(t.Lo, p.Tokens[h.i].Lo), Hi: max(t.Hi, p.Tokens[h.j-1].Hi),
		Confidence: 0.85, Rule: "event-" + code, Refused: p.refusal(t.Lo, t.Hi),
	}
	if m.Refused == "" {
		m.Refused = p.refusal(p.Tokens[h.i].Lo, p.Tokens[h.j-1].Hi)
	}
	if m.Refused == "" && p.clauseSays(putOff, t.Lo, t.Hi) {
		m.Refused = conditional
	}
	planned := p.planned(t)
	if vague := t.Year || t.Rule == "season"; vague && (planned || code != "launch" && code != "announcement") {
		return Match{}, false
	}
	m.Detail = vigie.Event{Event: code, Date: t.Date, DateEnd: t.End, Place: p.placeOf(t), Planned: planned}
	return m, true
}

var (
	calls = cues("appel|appels a candidatures|candidature|projets|manifestation")
	// heldAtAll says that something was held; what, another word must say.
	heldAtAll = cues("s' est|sont tenu|tenue|tenus", "se tiendra|tenait|tient", "a tenu")
	sittings  = cues(
		"reunion|reunions|comite|comites|assemblee|seance|conseil|atelier|ateliers|forum|seminaire|rencontre|rencontres|journee|journees|visite|conference|colloque|convention|signature|installation|lancement|revue|table|gouvernance|instance",
		"il|elle|celle-ci|celui-ci",
	)
)

// holdsSitting: a market that "s'est tenu le 12 décembre" is no meeting of the programme.
func (p *Passage) holdsSitting() bool {
	return p.says(sittings) || p.names(p.Programme) || p.labels()
}

// happening returns the happening that the date dates: the nearest in its part of the
// sentence, the more telling where two are as near; else what the term beside it says.
func (p *Passage) happening(t french.Date) (hit, string, bool) {
	best, bestDist, bestRank, code := hit{}, 1<<30, 0, ""
	i, j := p.token(t.Lo), p.token(t.Hi)
	for rank, kind := range happenings {
		for _, h := range p.told()[rank] {
			dist := max(i-h.j, h.i-j, 0)
			if dist > 30 || p.apart(h, i, j) || p.attends(h) {
				continue
			}
			if code == "" || rank >= bestRank && dist+14 < bestDist && code != "installation-meeting" {
				best, bestDist, bestRank, code = h, dist, rank, kind.event
			}
		}
	}
	if h, ok := p.sittingOf(i); ok && (code == "" || code == "milestone" || code == "meeting") {
		return h, "council", true
	}
	if code != "" {
		return best, code, true
	}
	if p.Kind == vigie.Definition && p.Parent != nil && len(p.Tokens) > 0 {
		for _, kind := range happenings {
			if hasCue(kind.cues, p.Parent.Tokens) {
				return hit{i, min(j, len(p.Tokens)), nil}, kind.event, true
			}
		}
	}
	return hit{}, "", false
}

// attends: "Présente dans le programme depuis 2018" shows nothing to anybody.
func (p *Passage) attends(h hit) bool {
	return p.Tokens[h.i].Is("presente") && h.j == h.i+1 && !p.accented(h.i) && h.j < len(p.Tokens) && p.Tokens[h.j].Is("dans", "en", "a", "au", "sur", "depuis", "parmi")
}

// told lists the words of each happening in the passage, found once for all its dates.
func (p *Passage) told() [][]hit {
	if p.happened == nil {
		p.happened = make([][]hit, len(happenings))
		for rank, kind := range happenings {
			p.happened[rank] = findCues(kind.cues, p.Tokens)
		}
	}
	return p.happened
}

// sittingOf finds the council whose own date begins at token i: "lors du Conseil national
// de l'industrie du 5 mars".
func (p *Passage) sittingOf(i int) (hit, bool) {
	for rank, kind := range happenings {
		if kind.event != "council" {
			continue
		}
		for _, h := range p.told()[rank] {
			if h.j <= i && i-h.j <= 2 && p.only(ofThe, h.j, i) {
				return h, true
			}
		}
	}
	return hit{}, false
}

var ofThe = cues("du|de|des|le|tenu|,")

// apart reports whether a semicolon or another date stands between a cue and a date at
// tokens [i, j).
func (p *Passage) apart(h hit, i, j int) bool {
	lo, hi := h.j, i
	if h.i >= j {
		lo, hi = j, h.i
	}
	for k := lo; k < hi && k < len(p.Tokens); k++ {
		if p.Tokens[k].Fold == ";" {
			return true
		}
		for _, t := range p.Dates {
			if t.Lo == p.Tokens[k].Lo && t.Date != "" && !t.Year {
				return true
			}
		}
	}
	return false
}

// datesOther reports whether the words right before the date say that it dates something
// else: "mis à jour le", "né le".
func (p *Passage) datesOther(t french.Date) bool {
	i := p.token(t.Lo)
	return hasCue(notEvents, p.Tokens[max(0, i-6):i])
}

// planned: the date lies after publication, or the sentence is in the future.
func (p *Passage) planned(t french.Date) bool {
	pub := p.Doc.Article.Published
	if pub != "" && t.Date.First().After(pub.Last()) {
		return true
	}
	return (pub == "" || t.Date.Last().After(pub.First())) && p.clauseSays(future, t.Lo, t.Hi)
}

// eventScope: what is said of the programme as a whole is France's; what a territory or a
// regional body does is theirs.
func (p *Passage) eventScope(code string, t french.Date) vigie.Ref {
	if p.says(regionalBody) && p.Doc.Region != "" && code != "announcement" {
		return vigie.Ref{Type: vigie.RefRegion, ID: p.Doc.Region}
	}
	switch code {
	case "announcement", "council", "call":
		return vigie.France
	case "launch":
		if b, ok := p.namedTerritory(t.Lo); ok && !p.says(nationalActor) {
			return b.scope
		}
		return p.localActor()
	case "milestone":
		if b, ok := p.namedTerritory(t.Lo); ok {
			return b.scope
		}
		return vigie.France
	}
	if p.says(nationalSitting) {
		return vigie.France
	}
	if b, ok := p.territory(t.Lo); ok {
		return b.scope
	}
	return p.localScope()
}

var (
	regionalBody    = cues("comite regional", "comite de pilotage regional", "seminaire regional", "echelle|echelon regionale|regional")
	nationalActor   = cues("premier|premiere ministre", "gouvernement", "president de la republique", "ministre|ministres", "etat")
	nationalSitting = cues("assemblee generale des|du", "conseil national")
)

// localActor: "la CUA a lancé la démarche": the territory that the acting EPCI is, else France.
func (p *Passage) localActor() vigie.Ref {
	if p.Doc.subject == nil || p.says(nationalActor) {
		return vigie.France
	}
	for _, n := range p.Names {
		if isMember(n) {
			return p.Doc.subject.scope
		}
	}
	return vigie.France
}

// localScope is the EPCI, département or region that the passage, else the text, is about.
func (p *Passage) localScope() vigie.Ref {
	for _, n := range p.Names {
		if isMember(n) {
			if r := p.epci(p.Doc.Article.Text[n.Lo:n.Hi], nil); !r.IsZero() {
				return r
			}
		}
	}
	if r, ok := p.placeAbove(); ok {
		return r
	}
	if p.Doc.Region != "" {
		return vigie.Ref{Type: vigie.RefRegion, ID: p.Doc.Region}
	}
	return vigie.France
}

// placeOf is the place told right after or before the date: "le 9 novembre à
// Chalon-sur-Saône", "à Mulhouse, le 19 novembre".
func (p *Passage) placeOf(t french.Date) string {
	i, j := p.token(t.Lo), p.token(t.Hi)
	if s := p.placeFrom(j, j+4); s != "" {
		return s
	}
	if s := p.placeFrom(max(0, i-5), i); s != "" {
		return s
	}
	return p.placeFrom(0, len(p.Tokens))
}

var at = cues("a|au|aux|en")

// placeFrom returns the first commune named after "à" that begins in tokens [i, j).
func (p *Passage) placeFrom(i, j int) string {
	for k := i; k < j && k < len(p.Tokens); k++ {
		if matchAt(at, p.Tokens, k) < 0 {
			continue
		}
		for _, n := range p.Names {
			if n.Lo > p.Tokens[k].Hi+4 {
				break
			}
			if n.Lo >= p.Tokens[k].Hi && isCommune(n) {
				return p.Doc.Article.Text[n.Lo:n.Hi]
			}
		}
	}
	return ""
}

func isCommune(n Name) bool {
	for _, r := range n.Refs {
		if r.Type == vigie.RefCommune {
			return true
		}
	}
	return false
}
