package extract

import (
	"iter"
	"slices"

	"vigie"
	"vigie/internal/french"
)

var (
	// moneyWords make an amount the programme's.
	moneyWords = cues(
		"enveloppe*", "financ*", "cofinanc*", "co-financ*", "credit|credits", "consacr*", "mobilis*", "verse|verses|versee|versees|versent|versera|verseront|verser|versement|versements", "dot|dote|dotes|dotee|dotees|doter|dotera|dotation|dotations",
		"hauteur", "budget*", "inscrit|inscrits|inscrite|inscrites", "promi|promis|promise|promises|promet|promettent", "annonc*", "subvention*", "aide|aides", "fonds", "allou*", "investi*", "debloqu*", "engag*", "oriente|orienteront|orientera",
		"apport*", "sur la table", "a la cle", "pese|pesent|pesera", "met|mettent|mis|mettra ..5 table|pot|corbeille|disposition", "reserv*", "debours*", "inject*", "accord|accorde|accordee|accordees|accordes|accordent|accordera", "octro*", "abond*", "pris|prises|preleve|preleves sur", "paie|paient|payer|payes|paye",
		"contribu*", "attribu*", "soit", "beneficie*", "montant", "flech*", "s' eleve|elevent|chiffre|chiffrent|monte a", "depens*", "percoi*", "recoit|recoivent|recevra|recevront|recu|recus", "touche|touchera|toucheront",
		"obtient|obtenu|obtenus", "soutient|soutiennent|soutiendra|soutenu|soutenue|soutenus", "participation", "quote-part", "destine|destines|destinee|destinees", "provision*", "atteint|atteignent", "vote|votee|votes|votent|voteront",
	)
	// notProgrammeMoney are amounts of something else.
	notProgrammeMoney = cues(
		"ht", "ttc", "par mois", "brut|brute|net|nette", "chiffre d' affaires", "remuneration|salaire|salaires", "amende|amendes", "marche|marches", "prix", "cotisation*", "loyer*",
		"exportation*", "importation*", "produit interieur", "endettement", "capital",
	)
	payers = []struct {
		name string
		cues []cue
	}{
		{"Banque des Territoires", cues("banque des territoires")},
		{"Caisse des dépôts", cues("caisse des depots")},
		{"Action Logement", cues("action logement")},
		{"Agence nationale de l'habitat", cues("agence nationale de l' habitat", "anah")},
		{"État", cues("etat", "gouvernement")},
		{"Région", cues("region|regions", "conseil regional")},
		{"Département", cues("departement|departements", "conseil departemental")},
		{"Europe", cues("europe", "union europeenne")},
		{"Fonds vert", cues("fonds vert")},
		{"ADEME", cues("ademe")},
		{"Bpifrance", cues("bpifrance")},
		{"intercommunalités", cues("intercommunalites", "epci")},
		{"intercommunalité", cues("intercommunalite")},
		{"agglomération", cues("agglomeration|agglo")},
		{"communauté de communes", cues("communaute de communes")},
		{"communauté urbaine", cues("communaute urbaine")},
		{"métropole", cues("metropole")},
		{"commune", cues("commune|ville")},
	}
	paying = cues(
		"finance|financent|financera", "consacre|consacrent|consacrera", "verse|versent|versera|verseront", "s' engage|engagent", "inscrit", "promis|promet", "annonce|annoncent", "alloue|allouera", "met|mettent|mis|mettra", "reserve|reservent", "debourse", "accorde|accordent|accordera", "octroie", "abonde", "complete",
		"debloque", "oriente|orienteront|orientera", "apporte|apportent|apportera", "paie|paient", "contribue|contribuent", "y finance|consacre|consacrent", "mobilise|mobilisent|mobilisera|mobiliseront|mobilisait", "decide|decident d'|de investir|consacrer|financer|mobiliser|allouer|verser|debloquer", "va|vont investir|consacrer|financer|mobiliser|allouer|verser|debloquer|apporter", "investir|consacrer|allouer|verser|debloquer", "investit|investira|investissent", "prend|prendra", "vote|votent|votera",
		"a|ont", "leur", "injecte|injectera", "soutient|soutiendra|soutiennent",
	)
)

// funding makes the match of an amount in euros that is the programme's money.
func (p *Passage) funding(n french.Number) (Match, bool) {
	toks := p.clause(n.Lo, n.Hi)
	if !p.says(moneyWords) && !p.payerLine(n) || p.says(ownMoney) || p.clauseSays(notProgrammeMoney, n.Lo, n.Hi) || p.Doc.otherNear(p, n) || p.spentElsewhere(n) {
		return Match{}, false
	}
	scope := p.fundingScope(n)
	if scope.Type == vigie.RefTerritory && !p.Doc.holdsLabel(scope) {
		return Match{}, false
	}
	i := p.token(n.Lo)
	if hasCue(bounds, p.Tokens[max(0, i-3):i]) {
		return Match{}, false
	}
	payer, lo, hi := p.payer(n)
	if name, end := p.payerAt(0, 2); payer == "" && p.payerLine(n) {
		payer, lo = p.inFull(name, end), p.Lo
	}
	if !p.names(p.Programme) && (hasCue(firm, toks) || payer == "" && hasCue(invested, toks)) {
		return Match{}, false // what a firm spends or is given
	}
	return Match{
		Detail: vigie.Figure{Measure: "funding", Value: n.Value, ValueMax: n.Max, Unit: vigie.UnitEuro, Payer: payer}, Scope: scope,
		Lo: min(n.Lo, lo), Hi: max(n.Hi, hi), Confidence: 0.85, Rule: "figure-funding", Refused: p.refusal(n.Lo, n.Hi),
	}, true
}

// echoed gives a bare number the unit of the amount told just before, where only who pays
// stands between: "l'État a mis 640 000 euros, la Région 290 000", "5 milliards, dont 1,7
// apporté par la Caisse des dépôts".
func (p *Passage) echoed(n, before french.Number) french.Number {
	if n.Unit != "" || before.Unit != vigie.UnitEuro || before.Hi > n.Lo {
		return n
	}
	i, j := p.token(before.Hi-1)+1, p.token(n.Hi)
	if m, _ := p.measureOf(n); m != "" || !p.payersOnly(i, p.token(n.Lo)) || j < len(p.Tokens) && p.Tokens[j].Kind == french.Word && matchAt(echoEnd, p.Tokens, j) < 0 {
		return n
	}
	scale := 1.0
	switch {
	case n.Value >= 1000:
	case before.Value >= 1e9:
		scale = 1e9
	case before.Value >= 1e6:
		scale = 1e6
	default:
		return n
	}
	n.Unit, n.Value = vigie.UnitEuro, n.Value*scale
	return n
}

var echoEnd = cues("apporte|apportes|apportee|finance|finances|verse|verses ..2 par", "par", "de l'|la", "du", "pour l'|la|les", "venant|issu|issus")

// payersOnly: nothing stands in tokens [i, j) but separators and who pays.
func (p *Passage) payersOnly(i, j int) bool {
	for i < j {
		if _, end := p.payerAt(i, i+1); end > i {
			i = end
			continue
		}
		if end := p.officialEnd(i, anyName); end > i {
			i = end
			continue
		}
		if t := p.Tokens[i]; t.Kind == french.Word && !t.Is("et", "dont", "la", "le", "l'", "les", "par", "de", "du", "des", "au", "plan", "national", "sur", "table") && matchAt(echoEnd, p.Tokens, i) < 0 {
			return false
		}
		i++
	}
	return i == j
}

// payerLine: "État ........ 275 000 €", "Région : 410 000 €" where what stands above speaks of
// money.
func (p *Passage) payerLine(n french.Number) bool {
	_, end := p.payerAt(0, 2)
	if i := p.token(n.Lo); end == 0 || !p.nothingBut(end, i) {
		return false
	}
	for q := range p.ancestors() {
		if hasCue(moneyWords, q.Tokens) || hasCue(means, q.Tokens) {
			return true
		}
	}
	return slices.ContainsFunc(p.Columns, func(c string) bool { return hasCue(moneyWords, french.Tokens(c)) })
}

// nothingBut: no word stands in tokens [i, j) but a place that the payer is named after.
func (p *Passage) nothingBut(i, j int) bool {
	for i < j {
		if end := p.officialEnd(i, isPlace); end > i {
			i = end
			continue
		}
		if t := p.Tokens[i]; t.Kind == french.Word && !t.Is("de", "du", "la", "des") {
			return false
		}
		i++
	}
	return true
}

// ancestors are what leads the passage in, and the heading above it.
func (p *Passage) ancestors() iter.Seq[*Passage] {
	return func(yield func(*Passage) bool) {
		for q := p.Parent; q != nil && q != p; q = q.Parent {
			if !yield(q) {
				return
			}
		}
		if p.Heading != nil && p.Heading != p {
			yield(p.Heading)
		}
	}
}

var means = cues("moyens", "ressources", "participation|participations", "contribution|contributions", "tour de table", "recettes")

// ownMoney is for something else, told beside the programme: "par ailleurs, 6 M€ pour son
// programme Industrie du futur".
var ownMoney = cues(
	"par ailleurs", "budget ..5 vote", "ne releve|relevent pas", "sans lien|rapport ..1 avec", "promis|promise|promises et jamais", "en fonctionnement|investissement", "section de fonctionnement|investissement", "rien a voir", "a ne pas confondre", "n' entre|entrent pas", "ne sont|est pas fleche*", "reste|demeure regi*", "a|pour|de son|leur|leurs|ses propre|propres? programme|plan|fonds|dispositif|dispositifs|plans",
	"propres aides|credits|fonds|moyens|deniers", "droit commun",
)

var (
	firm     = cues("l' entreprise|usine|industriel|equipementier|association", "la societe|fonderie|papeterie|pme|start-up|startup|famille|coulee", "le groupe|fabricant|site|constructeur|sous-traitant")
	invested = cues("investi|investis|investit|investira|investissent|investissement|investissements")
)

// otherNear reports whether another policy is named nearer to the number than the
// programme is, in the same sentence.
func (d *Doc) otherNear(p *Passage, n french.Number) bool {
	best, other := 1<<30, false
	for _, m := range d.mentionsIn(p.Lo, p.Hi) {
		dist := max(n.Lo-m.hi, m.lo-n.Hi)
		if dist < best {
			best, other = dist, m.programme == nil
		}
	}
	return other
}

// nationwideMoney is the amount from which an envelope is the whole programme's: no
// territory has ever had as much.
const nationwideMoney = 100e6

func (p *Passage) fundingScope(n french.Number) vigie.Ref {
	if n.Value >= nationwideMoney {
		return vigie.France
	}
	if b, ok := p.territory(n.Lo); ok {
		return b.scope
	}
	if r, ok := p.placeNear(n.Lo, n.Hi); ok && r != vigie.France {
		return r
	}
	if r, ok := p.placeAbove(); ok {
		return r
	}
	if p.Doc.Region != "" {
		return vigie.Ref{Type: vigie.RefRegion, ID: p.Doc.Region}
	}
	return vigie.France
}

// payer is who the sentence says pays: the subject before the amount, or "par X" after
// it; the bytes are those of the words.
func (p *Passage) payer(n french.Number) (name string, lo, hi int) {
	i, j := p.token(n.Lo), p.token(n.Hi)
	for k := j; k < len(p.Tokens) && !endsSentence(p.Tokens[k]) && p.Tokens[k].Fold != ";"; k++ { // "mobilisés par l'État"
		if k == j && matchAt(aidsOf, p.Tokens, k) > 0 { // "1,9 million d'euros d'aides de l'État"
			if name, end := p.payerAt(k+2, k+6); name != "" {
				return p.inFull(name, end), n.Lo, p.Tokens[end-1].Hi
			}
		}
		if p.Tokens[k].Fold == "par" && k+1 < len(p.Tokens) {
			if name, end := p.payerAt(k+1, k+4); name != "" {
				return p.inFull(name, end), n.Lo, p.Tokens[end-1].Hi
			}
		}
		if p.Tokens[k].Fold == "," && k > j+1 {
			break
		}
	}
	for k := i - 1; k >= 0 && !endsSentence(p.Tokens[k]) && p.Tokens[k].Fold != ";"; k-- {
		if name, end := p.payerAt(k, k+1); name != "" && p.pays(k, end, i) && (!p.parenthesised(p.Tokens[k].Lo, 0) || p.parenthesised(n.Lo, 0)) {
			return p.inFull(name, end), p.Tokens[k].Lo, n.Hi
		}
	}
	return "", n.Lo, n.Hi
}

var aidsOf = cues("d'|de aide|aides|credit|credits|subvention|subventions|financement|financements|fonds ..1 de|du|des|d'|l'")

// inFull names the Région that pays: the one named right behind the word, else the text's.
func (p *Passage) inFull(payer string, end int) string {
	if payer != "Région" || end == 0 || p.Tokens[end-1].Fold == "regions" {
		return payer
	}
	code := p.Doc.Region
	for _, n := range p.Names {
		if r, ok := sole(n.Refs, vigie.RefRegion); ok && end < len(p.Tokens) && n.Lo == p.Tokens[end].Lo {
			code = r.ID
		}
	}
	if e, ok := p.Doc.gazetteer.Entity(vigie.Ref{Type: vigie.RefRegion, ID: code}); ok && code != "" {
		return "Région " + e.Name
	}
	return payer
}

var (
	// notPaying stand before whoever does not pay, notPayingThe before his article.
	notPaying    = cues("par|vers|a|au|avec|pour|aux")
	notPayingThe = cues("par|vers|a|avec|pour|de|d'|entre")
	// enumerated leads in several payers: "la Région s'engage à hauteur de ..., l'État de ...".
	enumerated = cues("a hauteur", "apporte|verse|finance|engage|met|mettra|apportera|versera|financera|apportent|verseront|consacre|consacrera|mobilise|mobilisera")
)

// payerAt returns the payer whose name begins at one of the tokens [i, j).
func (p *Passage) payerAt(i, j int) (string, int) {
	for k := i; k < j && k < len(p.Tokens); k++ {
		for _, who := range payers {
			if end := matchAt(who.cues, p.Tokens, k); end > 0 {
				return who.name, end
			}
		}
	}
	return "", 0
}

// pays reports whether the words at [k, end) pay what stands at token i: a paying
// verb between them, or "l'État de 145 000 euros" in an enumeration led by one.
func (p *Passage) pays(k, end, i int) bool {
	if k > 0 && matchAt(notPaying, p.Tokens, k-1) > 0 {
		return false
	}
	if k > 1 && matchAt(definite, p.Tokens, k-1) > 0 && matchAt(notPayingThe, p.Tokens, k-2) > 0 {
		return false
	}
	if hasCue(paying, p.Tokens[end:i]) {
		return true
	}
	return i-end <= 2 && hasCue(enumerated, p.Tokens[:k])
}
