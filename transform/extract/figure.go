package extract

import (
	"cmp"
	"slices"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/programme"
)

// figures reads what counts or measures the programme or a labelled territory.
type figures struct{}

// measured are the nouns that say what a number counts, the longer first where one holds
// another. Nouns of the label's bearers come from the programme.
var measured = []struct {
	measure string
	cues    []cue
}{
	{"pilot-contracts", cues("contractualisation|contractualisations pilote|pilotes", "contrat|contrats pilote|pilotes", "premiers? contrats pilotes")},
	{"contracts", cues("contrat|contrats", "protocole|protocoles", "convention|conventions")},
	{"measures", cues("mesure|mesures", "engagement|engagements")},
	{"pairs", cues("binome|binomes", "tandem|tandems", "duo|duos")},
	{"epci", cues("epci", "intercommunalite|intercommunalites", "communautes de communes", "communautes d' agglomeration", "communautes", "agglomerations", "interco|intercos")},
	{"projects", cues("projet|projets")},
	{"actions", cues("action|actions", "fiches-actions|fiche-action", "fiches actions", "fiches")},
	{"jobs", cues("emploi|emplois")},
	{"companies", cues("entreprise|entreprises", "etablissement|etablissements industriel|industriels", "societes")},
	{"communes", cues("commune|communes")},
}

// between a number and its noun: "124 « Territoires d'industrie »", "10 nouveaux territoires".
var qualifying = cues(
	"nouveaux|nouvelles|premiers|premieres|autres|grands|grandes|petites|petits|principaux|principales|seuls|seules|seul|seule|futurs|futures|vrais|de|d'|quelque|jeunes|beaux",
	"fiches", "dossiers de",
)

var numberOf = cues("le nombre de|d'|des")

// bounds are numbers that limit and do not count.
var bounds = cues(
	"pretendre a", "limite de", "peut|peuvent ..3 beneficier|obtenir|atteindre|aller", "jusqu'a", "eligible|eligibles a", "depasser|depasse|depassent|exceder", "s'en tenir a", "en tenir a", "plafonne*", "au|de plus|moins ..2 de|d'", "maximum|minimum|maximal|minimal|plafond|seuil", "limite a", "compris entre",
	"moins de", "a partir de", "tous les|toutes les",
)

// Extract reads every number that counts something of the programme.
func (figures) Extract(p *Passage) []Match {
	if p.Programme == nil || p.Other || p.Kind == vigie.Header {
		return nil
	}
	if p.Kind == vigie.Term {
		return nil // read with its definition
	}
	ms := p.keyFigure()
	last := p.lastMeasure()
	var money french.Number
	for _, n := range p.Numbers {
		if p.skipNumber(n) {
			continue
		}
		if n = p.echoed(n, money); n.Unit == vigie.UnitEuro {
			money = n
		}
		if n.Unit == vigie.UnitEuro || p.bareMoney(n) {
			if m, ok := p.funding(n); ok {
				ms = append(ms, m)
			}
			continue
		}
		measure, end := p.measureOf(n)
		if measure == "" {
			measure, end = cmp.Or(p.measureBefore(n), p.outOf(n)), n.Hi
		}
		if measure == "" && last != "" && p.elliptic(n) {
			measure, end = last, n.Hi
		}
		if measure == "" {
			continue
		}
		last = measure
		if m, ok := p.count(n, measure, end); ok {
			ms = append(ms, m)
		}
	}
	return ms
}

// skipNumber: no percentage, rank, share or part of a date counts anything.
func (p *Passage) skipNumber(n french.Number) bool {
	if i := p.token(n.Lo); i > 0 && matchAt(numbering, p.Tokens, i-1) > 0 {
		return true
	}
	if n.Words && n.Value == 1 || n.Ordinal || n.Fraction || n.Unit != "" && n.Unit != vigie.UnitEuro || n.Value == 0 {
		return true
	}
	for _, t := range p.Dates {
		if n.Lo < t.Hi && t.Lo < n.Hi && !(t.Year && p.measures(n)) {
			return true
		}
	}
	return false
}

// numbering is followed by a number that names and does not count: "phase 2 de".
var numbering = cues("phase|acte|axe|article|tome|volet|annexe|chapitre|tranche|action|mesure|page|n°|numero|version|etape|objectif")

// bareMoney: "1,36 milliard pour toute la France": millions that count nothing are euros
// where money is spoken of.
func (p *Passage) bareMoney(n french.Number) bool {
	m, _ := p.measureOf(n)
	i := p.token(n.Hi)
	if n.Unit != "" || n.Value < 1e6 || m != "" || !p.says(moneyWords) && !p.says(moneyTalk) {
		return false
	}
	return i >= len(p.Tokens) || matchAt(ofSome, p.Tokens, i) < 0
}

var (
	ofSome = cues("d'|de|des")
	fromTo = cues("entre|de|d'")
)

var moneyTalk = cues("argent", "somme|sommes", "montant|montants", "financier|financiere|financiers|financieres")

// measures reports whether a number that reads like a year is followed by a noun: "2 150 projets".
func (p *Passage) measures(n french.Number) bool {
	m, _ := p.measureOf(n)
	return m != "" && m != "territories"
}

// measureOf returns what the noun after a number says it counts, and where the noun ends.
func (p *Passage) measureOf(n french.Number) (measure string, end int) {
	i := p.token(n.Hi)
	if j := matchAt(numberOf, p.Tokens, i); j > 0 { // "porte à treize le nombre de territoires"
		i = j
	}
	if p.foldAt(i) == "des" && slices.ContainsFunc(p.Numbers, func(all french.Number) bool {
		return p.token(all.Lo) == i+1 && all.Value >= p.nationalFrom() && all.Value > 50
	}) {
		i += 2 // "Dix des 183 territoires sont bretons"
	}
	for k := 0; k < 3; k++ {
		if m, j := p.nounAt(i); m != "" {
			return m, p.Tokens[j-1].Hi
		}
		if i < len(p.Tokens) && isQuote(p.Tokens[i]) {
			i++
			continue
		}
		j := matchAt(qualifying, p.Tokens, i)
		if j < 0 {
			break
		}
		i = j
	}
	return "", 0
}

func (p *Passage) nounAt(i int) (measure string, j int) {
	if i >= len(p.Tokens) {
		return "", 0
	}
	if m, ok := p.Doc.mentionAt(p.Tokens[i].Lo); ok && m.programme == p.Programme {
		return p.bearerMeasure(), i + m.j - m.i
	}
	for _, m := range measured {
		if j := matchAt(m.cues, p.Tokens, i); j > 0 && !(j == i+1 && p.Tokens[i].Is("fiches") && p.Programme.Unit != "territory") {
			return m.measure, j
		}
	}
	if j := matchAt(p.Doc.nouns(p.Programme), p.Tokens, i); j > 0 {
		return p.bearerMeasure(), j
	}
	return "", 0
}

// bearerMeasure is what the label's bearers are counted as.
func (p *Passage) bearerMeasure() string {
	if p.Programme.Unit == "commune" {
		return "communes"
	}
	return "territories"
}

// keyFigure reads a number and its wording that a page sets apart: "149" above
// "territoires d'industrie".
func (p *Passage) keyFigure() []Match {
	t := p.Parent
	if p.Kind != vigie.Definition || t == nil || t.Kind != vigie.Term || len(t.Numbers) != 1 {
		return nil
	}
	n := t.Numbers[0]
	if n.Lo > t.Lo+2 || n.Hi < t.Hi-2 || n.Fraction || n.Ordinal || n.Unit == "%" {
		return nil
	}
	if n.Unit == vigie.UnitEuro {
		return []Match{{
			Detail: vigie.Figure{Measure: "funding", Value: n.Value, ValueMax: n.Max, Unit: vigie.UnitEuro}, Scope: p.countScope(n, "funding"),
			Lo: t.Lo, Hi: p.Hi, Confidence: 0.7, Rule: "figure-key",
		}}
	}
	measure, j := p.nounAt(0)
	if measure == "" {
		return nil
	}
	return []Match{{
		Detail: vigie.Figure{Measure: measure, Value: n.Value, ValueMax: n.Max, Unit: vigie.UnitCount}, Scope: p.countScope(n, measure),
		Lo: t.Lo, Hi: max(p.Tokens[j-1].Hi, p.Lo), Confidence: 0.9, Rule: "figure-key",
	}}
}

func isPlace(n Name) bool {
	return len(n.Refs) > 0 && (n.Refs[0].Type == vigie.RefRegion || n.Refs[0].Type == vigie.RefDepartement)
}

// count makes the match of a number that counts.
func (p *Passage) count(n french.Number, measure string, end int) (Match, bool) {
	if at := p.pastDeterminers(0); measure != p.bearerMeasure() && !p.names(p.Programme) && (matchAt(othersCount, p.Tokens, at) > 0 || matchAt(otherContracts, p.Tokens, at) > 0) {
		return Match{}, false // "Le plan climat prévoit quarante actions"
	}
	if measure == "jobs" || measure == "companies" && !p.says(helped) || p.shared(n, end) {
		return Match{}, false // statistics of a place, not of the programme
	}
	i := p.token(n.Lo)
	if hasCue(bounds, p.Tokens[max(0, i-5):i]) || i+3 < len(p.Tokens) && hasCue(maximum, p.Tokens[i:min(len(p.Tokens), i+6)]) {
		return Match{}, false
	}
	if measure == "contracts" && !p.says(signed) || measure == p.bearerMeasure() && p.pointsBack(n, end) {
		return Match{}, false
	}
	if j := p.token(n.Hi); matchAt(drafts, p.Tokens, j) > 0 {
		return Match{}, false // "seize actions, contre vingt-quatre dans une première mouture"
	}
	scope := p.countScope(n, measure)
	if scope.Type == vigie.RefTerritory && !p.Doc.holdsLabel(scope) {
		return Match{}, false // a candidate's numbers are hopes
	}
	sure := 0.9
	if p.Kind == vigie.Heading && p.guessedPlace(n, scope) {
		sure = guessed
	}
	return Match{
		Detail: vigie.Figure{Measure: measure, Value: n.Value, ValueMax: n.Max, Unit: vigie.UnitCount}, Scope: scope,
		Lo: n.Lo, Hi: max(end, n.Hi), Confidence: sure, Rule: "figure-count", Refused: p.refusal(n.Lo, end),
	}, true
}

// guessed is how sure a count is whose place only the text as a whole tells.
const guessed = 0.6

// guessedPlace: a heading's count has the text's region for want of a place.
func (p *Passage) guessedPlace(n french.Number, scope vigie.Ref) bool {
	_, near := p.placeNear(n.Lo, n.Hi)
	_, above := p.placeAbove()
	return scope.Type == vigie.RefRegion && !near && !above
}

// withoutGuesses drops the counts of headings that the text tells again with their place:
// "Trente villages", then "En Lozère, ils sont trente".
func withoutGuesses(matches []Match) []Match {
	type count struct {
		measure string
		value   float64
	}
	told := map[count]bool{}
	for _, m := range matches {
		if f, ok := m.Detail.(vigie.Figure); ok && m.Refused == "" && m.Confidence > guessed {
			told[count{f.Measure, f.Value}] = true
		}
	}
	return slices.DeleteFunc(matches, func(m Match) bool {
		f, ok := m.Detail.(vigie.Figure)
		return ok && m.Confidence == guessed && m.Rule == "figure-count" && told[count{f.Measure, f.Value}]
	})
}

// shared: "27 communes par département", "en moyenne douze projets", "45 communes
// éligibles": what each has, or what may be, counts nothing.
func (p *Passage) shared(n french.Number, end int) bool {
	j := p.token(end)
	if j < len(p.Tokens) && p.Tokens[j].Lo < end {
		j++
	}
	return matchAt(perEach, p.Tokens, j) > 0 || hasCue(average, p.clause(n.Lo, end))
}

var (
	perEach = cues(
		"dans ses|leurs|nos|les cartons", "..1 par semaine|jour|heure|departement|territoire|region|an|mois|commune|epci|habitant|intercommunalite|ville|site|entreprise", "potentiellement ..2", "eligible|eligibles", "candidat|candidate|candidats|candidates", "..1 potentiel|potentielle|potentiels|potentielles",
		"cible|cibles|ciblees", "preselectionne*", "interesse|interessee|interesses|interessees",
	)
	average = cues("en moyenne", "moyenne de", "chaque territoire|commune|ville|region|departement|laureat|epci compte|porte|regroupe|comprend|reunit|dispose|a")
)

// pointsBack: "les deux territoires" are those just spoken of, and no count.
func (p *Passage) pointsBack(n french.Number, end int) bool {
	i, j := p.token(n.Lo), p.token(end)
	if !n.Words || n.Value > 12 || i == 0 || matchAt(definites, p.Tokens, i-1) < 0 || j < i || p.foldAt(i-2) == "avec" {
		return false
	}
	return j >= len(p.Tokens) || p.Tokens[j].Kind == french.Punct || matchAt(chosen, p.Tokens, j) < 0 && !p.placedNear(n)
}

var (
	// othersCount begin sentences about numbers of their own.
	othersCount = cues(
		"schema|scot|plu|plui|pcaet|crte", "plan climat|local|velo|alimentaire|departemental", "lycee|lycees|campus|universite|college|cfa|iut|ecole", "centre|centres de formation", "commission", "usine|entreprise|groupe|fonderie|pme", "hopital",
		"syndicat|club|association|federation|mission locale?",
	)
	definites = cues("les|ces|nos|leurs|ses|des|aux|vos")
	helped    = cues("visite*", "rencontre*", "accompagne*", "aide*", "beneficiaire*")
	drafts    = cues("dans|a|au ..4 mouture|version|esquisse|ebauche|brouillon")
	signed    = cues("signe|signes|signee|signees|signature|signatures", "conclu*", "paraphe*")
	maximum   = cues("maximum|minimum", "au maximum|minimum|plus|moins")
)

// nouns are what the programme calls the label's bearers.
func (d *Doc) nouns(pr *programme.Programme) []cue {
	for _, w := range d.wordings {
		if w.programme == pr {
			return w.noun
		}
	}
	return nil
}

// holdsLabel reports whether the text gives the territory the label itself.
func (d *Doc) holdsLabel(scope vigie.Ref) bool {
	if b, ok := d.bearerAt(scope); ok {
		return b.status == vigie.Labelled
	}
	return true
}
