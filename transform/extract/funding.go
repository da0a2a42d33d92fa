package extract

import (
	"vigie"
	"vigie/internal/french"
)

var (
	// moneyWords make an amount the programme's.
	moneyWords = cues(
		"enveloppe", "finance|finances|financent|financera|financement|financements|cofinance*", "credit|credits", "consacre|consacrent|consacrera|consacrees", "mobilise|mobilises|mobiliser|mobilisera",
		"verse|versent|versera|verseront", "dote|dotee|dotes|dotation", "hauteur", "budget", "inscrit|inscrits|inscrite", "promis|promet", "annonce|annoncent|annoncé", "subvention|subventions",
		"aide|aides", "fonds", "alloue|allouee|alloues", "investit|investira|investissent", "debloque|debloques|debloquer", "engage|engagent", "oriente|orienteront|orientera", "apporte|apportent|apportera",
		"met|mettent|mis|mettra ..3 table|pot|corbeille", "reserve|reserves|reservee|reservees", "debourse|deboursent", "injecte|injectes", "accorde|accordes|octroie", "abonde|abondent", "pris|prises|preleve|preleves sur", "paie|paient|payer", "contribue|contribuent", "attribue|attribues", "soit", "beneficie*",
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
		"debloque", "oriente|orienteront|orientera", "apporte|apportent|apportera", "paie|paient", "contribue|contribuent", "y finance|consacre|consacrent", "mobilise|mobilisent|mobilisera", "investit|investira|investissent", "prend|prendra",
		"a|ont", "leur", "injecte|injectera",
	)
)

// funding makes the match of an amount in euros that is the programme's money.
func (p *Passage) funding(n french.Number) (Match, bool) {
	if !p.says(moneyWords) || p.says(ownMoney) || p.clauseSays(notProgrammeMoney, n.Lo, n.Hi) || p.Doc.otherNear(p, n) {
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
	return Match{
		Detail: vigie.Figure{Measure: "funding", Value: n.Value, ValueMax: n.Max, Unit: vigie.UnitEuro, Payer: payer}, Scope: scope,
		Lo: min(n.Lo, lo), Hi: max(n.Hi, hi), Confidence: 0.85, Rule: "figure-funding", Refused: p.refusal(n.Lo, n.Hi),
	}, true
}

// ownMoney is for something else, told beside the programme: "par ailleurs, 6 M€ pour son
// programme Industrie du futur".
var ownMoney = cues(
	"par ailleurs", "budget ..5 vote", "en fonctionnement|investissement", "section de fonctionnement|investissement", "rien a voir", "a ne pas confondre", "n' entre|entrent pas", "ne sont|est pas fleche*", "reste|demeure regi*", "a|pour|de son|leur|leurs|ses propre|propres? programme|plan|fonds|dispositif|dispositifs|plans",
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
		if name, end := p.payerAt(k, k+1); name != "" && p.pays(k, end, i) {
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
	enumerated = cues("a hauteur", "apporte|verse|finance|engage")
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
