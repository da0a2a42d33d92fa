package extract

import (
	"slices"
	"sort"

	"vigie"
	"vigie/internal/french"
)

// A piece is what stands between two commas or "et": of "à Lisieux Industrie, au Pays de
// L'Aigle ainsi qu'à la Vallée de l'Huisne", three.
type piece struct {
	i, j   int   // tokens of the passage
	name   *Name // the wanted name in it; nil where it is unknown or no name at all
	lo, hi int   // bytes of the name, known or not; lo == hi where the piece is no name
	starts bool  // nothing but articles and legal forms stands before the name
	ends   bool  // nothing but a parenthesis or a place stands after it
	barred bool  // a colon or the passage's start stands before the piece
}

// A series is names told one after the other.
type series []piece

// known counts the names that a list has.
func (s series) known() int {
	n := 0
	for _, q := range s {
		if q.name != nil {
			n++
		}
	}
	return n
}

func (s series) lo() int { return s[0].lo }
func (s series) hi() int { return s[len(s)-1].hi }

// series cuts the passage into runs of wanted names: each run is joined by commas and
// "et" alone. A run holds at least one name that the lists know.
func (p *Passage) series(wanted func(Name) bool) []series {
	var all []series
	var run series
	flush := func() {
		if run = run.withoutStray(); run.known() > 0 {
			all = append(all, run)
		}
		run = nil
	}
	for _, q := range p.pieces(wanted) {
		if matchAt(contrasts, p.Tokens, q.i) > 0 { // "Contrairement à A, B a été retenu"
			flush()
			continue
		}
		if q.lo == q.hi && !q.barred && p.only(before, q.i, q.j) { // "A et sa voisine, B"
			continue
		}
		if q.lo == q.hi || len(run) > 0 && (q.barred || !q.starts || !run[len(run)-1].ends) {
			flush()
		}
		if q.lo < q.hi {
			run = append(run, q)
		}
	}
	flush()
	return all
}

// contrasts name whom something else holds of.
var contrasts = cues("contrairement a|au|aux", "a la difference de|du|des|d'", "a l' inverse de|du|des|d'", "a l' exception de|du|des|d'", "excepte", "sauf", "hormis", "au contraire de|du|des|d'", "a defaut de|du|d'")

// withoutStray drops unknown names from the ends of a series that no colon opens: "À
// cheval sur la Normandie et les Hauts-de-France, X" is about X alone.
func (s series) withoutStray() series {
	if len(s) == 0 || s[0].barred && s[0].starts && s.known() > 1 {
		return s
	}
	for len(s) > 0 && s[0].name == nil {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1].name == nil && s.known() < 2 {
		s = s[:len(s)-1]
	}
	return s
}

// pieces cuts the passage at commas, semicolons, tabs, colons and "et", outside names and
// parentheses.
func (p *Passage) pieces(wanted func(Name) bool) []piece {
	var all []piece
	start, depth, barred := 0, 0, true
	for k := 0; k <= len(p.Tokens); k++ {
		if k < len(p.Tokens) {
			switch t := p.Tokens[k]; {
			case t.Fold == "(":
				depth++
			case t.Fold == ")":
				depth--
			}
			if end := p.nameEnd(k, wanted); end > k && !(k > start && p.newCell(k)) { // a comma or "et" inside a name parts nothing
				k = end - 1
				continue
			}
			if depth > 0 || !p.parts(k) {
				continue
			}
		}
		if k > start {
			all = append(all, p.piece(start, k, barred, wanted))
			barred = false
		}
		if k < len(p.Tokens) {
			barred = barred || p.opensSeries(k)
			if q := matchAt(joiners, p.Tokens, k); q > 0 {
				k = q - 1
			}
		}
		start = k + 1
		if k < len(p.Tokens) && p.newCell(k) && !p.isSeparator(k) { // the cell's first word is its own
			start, k = k, max(k, p.nameEnd(k, wanted)-1)
		}
	}
	return all
}

func (p *Passage) isSeparator(k int) bool {
	switch p.Tokens[k].Fold {
	case ",", ";", ":", "•", "|", "→", "+", "=>", "⇒", "➔", "►":
		return true
	}
	return matchAt(joiners, p.Tokens, k) > 0 || p.Tokens[k].Fold == "/" && p.betweenMembers(k)
}

// betweenMembers: "CA du Nord Basse-Terre / CA Grand Sud Caraïbe": the slash at token k
// parts two EPCI; inside other names it parts nothing.
func (p *Passage) betweenMembers(k int) bool {
	if k == 0 || k+1 >= len(p.Tokens) || p.Tokens[k].Lo == p.Tokens[k-1].Hi { // "Pont du Gard/Gard Rhodanien" is one name
		return false
	}
	before, after := false, false
	for _, n := range p.Names {
		before = before || n.Hi == p.Tokens[k-1].Hi && isMember(n)
		after = after || n.Lo == p.Tokens[k+1].Lo && isMember(n)
	}
	return before && after
}

// opensSeries reports whether token k opens another series: a colon, an arrow.
func (p *Passage) opensSeries(k int) bool {
	switch p.Tokens[k].Fold {
	case ":", "→", "=>", "⇒", "➔", "►", "|":
		return true
	}
	return k > 0 && p.newCell(k)
}

var joiners = cues("ainsi que|qu'", "et", "ou", "puis", "comme", "et|ainsi aussi|enfin", "ou encore", "sans oublier", "a|ont rejoint")

// parts reports whether token k parts two pieces.
func (p *Passage) parts(k int) bool {
	return p.isSeparator(k) || k > 0 && p.newCell(k)
}

// newCell reports whether a tab or a line end stands before token k.
func (p *Passage) newCell(k int) bool {
	if k == 0 || k >= len(p.Tokens) {
		return false
	}
	gap := p.Doc.Article.Text[p.Tokens[k-1].Hi:p.Tokens[k].Lo]
	for _, c := range gap {
		if c == '\t' || c == '\n' {
			return true
		}
	}
	return false
}

// nameEnd returns the token after the name that begins at token k, k where none does. Only
// names that are wanted protect what is in them.
func (p *Passage) nameEnd(k int, wanted func(Name) bool) int {
	if k >= len(p.Tokens) {
		return k
	}
	at := p.Tokens[k].Lo
	for i := sort.Search(len(p.Names), func(i int) bool { return p.Names[i].Lo >= at }); i < len(p.Names) && p.Names[i].Lo == at; i++ {
		if n := &p.Names[i]; wanted(*n) {
			return k + n.tok[1] - n.tok[0]
		}
	}
	return k
}

// before are the words that may stand before a name in a series: articles, prepositions,
// and what the thing is ("la CC de", "celle du").
var before = cues(
	"a|au|aux|le|la|les|l'|de|du|des|d'|en|dans|pour|chez|que|qu'|celle|celui|ceux|celles|son|sa|ses|entre|sur|notamment|dont|enfin|aussi",
	"cc|ca|cu|cdc|ccs|cas|epci|communaute|communautes|commune|communes|agglomeration|agglomerations|metropole|agglo|interco|intercom|intercommunalite|intercommunalites|urbaine|urbaines",
	"d' agglomeration|agglomerations", "de communes", "territoire|territoires|pays|bassin|ville|villes|voisine|voisin|cote|collectivites|collectivite|partie",
	"territoire|territoires d' industrie",
)

// after are the words that may stand after a name in a series, besides a parenthesis.
var after = cues(
	"en|dans|de|du|des|d'|pour|cote|la|le|les|l'", "partage|partagee|partages|partagees|avec|a|cheval|sur", "d' un cote", "de l' autre", "d' une part", "d' autre part",
)

func (p *Passage) piece(i, j int, barred bool, wanted func(Name) bool) piece {
	q := piece{i: i, j: j, barred: barred}
	lo, hi := p.Tokens[i].Lo, p.Tokens[j-1].Hi
	for k := range p.Names {
		n := &p.Names[k]
		if n.Lo < lo || n.Hi > hi || !wanted(*n) || p.parenthesised(n.Lo, i) {
			continue
		}
		if q.name == nil || alsoPlace(*q.name) { // "Mayenne / Laval Agglomération": the département leads in
			q.name, q.lo, q.hi = n, n.Lo, n.Hi
		}
	}
	if q.name == nil {
		q.lo, q.hi = p.unknownName(i, j)
	}
	if q.lo == q.hi {
		return q
	}
	q.starts = p.only(before, i, p.token(q.lo))
	q.ends = p.closes(p.token(q.hi), j)
	return q
}

// alsoPlace reports whether a name is a département's or a region's too.
func alsoPlace(n Name) bool {
	return slices.ContainsFunc(n.Refs, func(r vigie.Ref) bool { return r.Type == vigie.RefDepartement || r.Type == vigie.RefRegion })
}

// parenthesised reports whether the byte lies in a parenthesis opened after token i.
func (p *Passage) parenthesised(at, i int) bool {
	depth := 0
	for ; i < len(p.Tokens) && p.Tokens[i].Lo < at; i++ {
		switch p.Tokens[i].Fold {
		case "(":
			depth++
		case ")":
			depth--
		}
	}
	return depth > 0
}

// only reports whether tokens [i, j) are nothing but the cues, quotes and numbers.
func (p *Passage) only(cs []cue, i, j int) bool {
	for i < j {
		t := p.Tokens[i]
		if isQuote(t) || t.Kind == french.Numeral || t.Fold == "-" || t.Fold == "–" {
			i++
			continue
		}
		end := matchAt(cs, p.Tokens, i)
		if end < 0 || end > j {
			return false
		}
		i = end
	}
	return true
}

// closes reports whether what follows a name up to token j only qualifies it: a
// parenthesis, a département, the end of the sentence.
func (p *Passage) closes(i, j int) bool {
	for i < j {
		t := p.Tokens[i]
		switch {
		case t.Fold == "(":
			for i < j && p.Tokens[i].Fold != ")" {
				i++
			}
			i++
			continue
		case isQuote(t), endsSentence(t), t.Kind == french.Punct:
			i++
			continue
		case p.placeEnd(i) > i:
			i = p.placeEnd(i)
			continue
		}
		end := matchAt(after, p.Tokens, i)
		if end < 0 {
			return false
		}
		i = end
	}
	return true
}

// placeEnd returns the token after the official name that begins at token i.
func (p *Passage) placeEnd(i int) int {
	return p.nameEnd(i, func(Name) bool { return true })
}

// unknownName returns the bytes of a capitalised name in tokens [i, j) that no list
// knows: it follows articles only and runs to the end of the piece.
func (p *Passage) unknownName(i, j int) (lo, hi int) {
	for i < j && (isQuote(p.Tokens[i]) || matchAt(before, p.Tokens, i) > 0 && !french.IsCapital(p.Doc.Article.Text, p.Tokens[i])) {
		if isQuote(p.Tokens[i]) {
			i++
			continue
		}
		i = matchAt(before, p.Tokens, i)
	}
	if i >= j || p.Programme != nil && p.Programme.Unit != "territory" { // communes are all known
		return 0, 0
	}
	if p.Tokens[i].Kind == french.Punct || offices1[p.Tokens[i].Fold] || p.placeEnd(i) >= j || !french.IsCapital(p.Doc.Article.Text, p.Tokens[i]) {
		return 0, 0
	}
	end := i
	for k := i; k < j && k < i+9; k++ {
		t := p.Tokens[k]
		if t.Fold == "(" || isQuote(t) || endsSentence(t) {
			break
		}
		if t.Kind == french.Word && !french.IsCapital(p.Doc.Article.Text, t) && !linking[t.Fold] {
			return 0, 0 // a verb or a common noun: no name, or more than a name
		}
		if !linking[t.Fold] {
			end = k
		}
	}
	return p.Tokens[i].Lo, p.Tokens[end].Hi
}

// offices1 are written with a capital and are no territory.
var offices1 = map[string]bool{
	"etat": true, "region": true, "regions": true, "departement": true, "departements": true, "prefet": true, "president": true,
	"gouvernement": true, "ministre": true, "maire": true, "union": true, "europe": true, "france": true, "banque": true,
}

// linking words stand inside names without a capital.
var linking = map[string]bool{
	"de": true, "du": true, "des": true, "d'": true, "la": true, "le": true, "les": true, "l'": true, "et": true,
	"en": true, "sur": true, "sous": true, "a": true, "au": true, "aux": true, "-": true, "–": true, "—": true, "/": true,
}
