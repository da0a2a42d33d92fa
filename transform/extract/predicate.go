package extract

import (
	"sort"

	"vigie"
	"vigie/internal/french"
)

// predicatedLabels: names that are the subject, the object or the list of words that give
// the label, keep it waiting, or take it back.
func (p *Passage) predicatedLabels() []Match {
	ms := p.namedLabels()
	for _, s := range p.bearing() {
		status, h, ok := p.predicate(s)
		if !ok {
			continue
		}
		lo, hi := p.covering(h, s)
		for _, q := range s {
			b := p.pieceBearer(q)
			b.lo, b.hi = p.Tokens[h.i].Lo, p.Tokens[h.j-1].Hi // what is said decides, wherever the name stands
			if p.colonBetween(h.j, p.token(s.lo())) {         // "40 communes, n'ont pas été retenus : A, B"
				b.hi = s.lo()
			}
			ms = append(ms, p.labelMatch(b, status, lo, hi, "label-predicate"))
		}
	}
	if len(ms) == 0 && p.Programme.Unit == "territory" {
		ms = p.labelsOfMembers()
	}
	if len(ms) == 0 {
		ms = p.countedLabels()
	}
	if len(ms) == 0 && p.Programme.Unit == "territory" {
		ms = p.unlistedLabels()
	}
	return ms
}

// unlistedLabels: "Les Marches du Bocage ont retiré leur candidature": the subject of a
// candidacy that no list knows, since it came to nothing or is not decided.
func (p *Passage) unlistedLabels() []Match {
	status := vigie.Candidate
	switch {
	case p.says(withdrawals):
		status = vigie.Withdrawn
	case !p.says(candidates) || p.says(chosen):
		return nil
	}
	if len(p.Doc.mentionsIn(p.Lo, p.Hi)) == 0 || len(p.Tokens) < 4 {
		return nil
	}
	i := max(0, matchAt(definite, p.Tokens, 0))
	j := i
	for j < len(p.Tokens) && (linking[p.Tokens[j].Fold] || french.IsCapital(p.Doc.Article.Text, p.Tokens[j])) && p.Tokens[j].Kind == french.Word {
		j++
	}
	if matchAt(acts, p.Tokens, j) < 0 {
		return nil
	}
	lo, hi := p.unknownName(i, j)
	if lo == hi {
		return nil
	}
	b := p.bearerNamed(p.Doc.Article.Text[lo:hi])
	b.lo, b.hi = lo, hi
	return []Match{p.labelMatch(b, status, p.Lo, p.Hi, "label-unlisted")}
}

var (
	definite = cues("le|la|les|l'")
	acts     = cues("ont|a|sont|est|avaient|avait|deposent|depose|jettent|jette|renoncent|renonce|retirent|retire|postulent|postule|candidatent|candidate|se|s'")
)

// countedLabels: "Cinq communes ont signé la convention d'adhésion. A, B, C, D et E
// pourront...": as many names as the sentence before counts bearers of the label.
func (p *Passage) countedLabels() []Match {
	q := p.Prev
	if q == nil || q.Programme != p.Programme || !q.says(chosen) && !q.says(joins) || q.refusal(q.Lo, q.Hi) != "" {
		return nil
	}
	var ms []Match
	for _, s := range p.bearing() {
		if len(s) < 2 || s.known() < len(s) || !p.opensWith(s) || !q.counts(len(s)) {
			continue
		}
		for _, k := range s {
			ms = append(ms, p.labelMatch(p.pieceBearer(k), vigie.Labelled, s.lo(), s.hi(), "label-counted"))
		}
	}
	return ms
}

// joins are the words with which bearers of the label enter the programme.
var joins = cues("convention d' adhesion", "adhere|adherent", "signe|signent ..6 adhesion", "signe|signent ..4 convention|conventions")

// counts reports whether the passage counts n bearers of the label.
func (p *Passage) counts(n int) bool {
	for _, k := range p.Numbers {
		if m, _ := p.measureOf(k); m == p.bearerMeasure() && k.Value == float64(n) {
			return true
		}
	}
	return false
}

// labelDate is the day that stands right behind the words that give the label: "labellisé
// en 2023", "retenues ensemble, le 22 novembre 2018".
func (p *Passage) labelDate() vigie.Date {
	m := &p.memory.labelDate
	if !m.read {
		m.read = true
		for _, h := range p.found(chosen) {
			if m.date = p.dateBehind(h); m.date != "" {
				break
			}
		}
	}
	return m.date
}

func (p *Passage) dateBehind(h hit) vigie.Date {
	pub := p.Doc.Article.Published
	from := sort.Search(len(p.Dates), func(k int) bool { return p.token(p.Dates[k].Lo) >= h.j })
	for _, t := range p.Dates[from:] {
		if p.token(t.Lo)-h.j > 5 {
			break
		}
		past := pub == "" || !t.Date.First().After(pub.Last())
		if t.End == "" && t.Rule != "season" && t.Rule != "until" && past && t.Date.Precision() != vigie.YearlessPrecision {
			return t.Date
		}
	}
	return ""
}

// verdicts are tried in this order: a candidacy withdrawn holds "candidature" too.
var verdicts = []struct {
	status string
	cues   []cue
}{
	{vigie.Withdrawn, withdrawals},
	{vigie.Labelled, chosen},
	{vigie.Labelled, intoProgramme},
	{vigie.Candidate, candidates},
}

// intoProgramme gives the label only where the programme is named right after.
var intoProgramme = cues("releve|relevent d'|de|du", "participe|participent aussi|egalement? a|au|aux", "integre|integrent", "rejoint|rejoignent", "inscrit|inscrite|inscrits|inscrites a|au|dans")

// covering returns the bytes from a cue to a series, or from the series to the cue.
func (p *Passage) covering(h hit, s series) (lo, hi int) {
	return min(s.lo(), p.Tokens[h.i].Lo), max(s.hi(), p.Tokens[h.j-1].Hi)
}

// predicate finds what the sentence says of a series: the status, and the cue that says it.
func (p *Passage) predicate(s series) (status string, h hit, ok bool) {
	for _, v := range verdicts {
		for _, h := range p.found(v.cues) {
			if v.status == vigie.Labelled && p.wishedFor(h) {
				continue
			}
			if h.cue.in(intoProgramme) && !p.mentionFollows(h.j) {
				continue
			}
			if p.governs(h, s) {
				return v.status, h, true
			}
		}
	}
	return "", hit{}, false
}

// mentionFollows reports whether the programme in force is named at token i or just after.
func (p *Passage) mentionFollows(i int) bool {
	for _, m := range p.Doc.mentionsIn(p.Lo, p.Hi) {
		if k := m.i - p.firstToken(); m.programme == p.Programme && k >= i && k <= i+4 {
			return true
		}
	}
	return false
}

// reach is how many tokens may part a cue from the names it governs.
const reach = 12

// governs reports whether the cue at h says something of the series: the series follows
// it after a colon or a preposition, or is its subject.
func (p *Passage) governs(h hit, s series) bool {
	i, j := p.token(s.lo()), p.token(s.hi())
	switch {
	case h.j <= i: // the cue comes first
		return p.colonBetween(h.j, i) && s[0].starts || i-h.j <= 3 && p.only(leadsTo, h.j, i) || p.only(loosely, h.j, i) && i-h.j <= reach
	case h.i >= j: // the names come first
		return h.i-j <= reach && !p.broken(j, h.i) && !hasCue(withinAnother, p.Tokens[j:h.i])
	}
	return false
}

// withinAnother: "A s'allie à B au sein d'un nouveau territoire labellisé" gives B no label.
var withinAnother = cues("au sein d' un|une", "dans un|une nouveau|nouvelle")

// wishedFor: "les intercommunalités qui souhaitent être labellisées" have no label.
func (p *Passage) wishedFor(h hit) bool {
	return h.i > 0 && p.Tokens[h.i-1].Fold == "etre" || h.i > 1 && p.Tokens[h.i-2].Fold == "etre"
}

var (
	leadsTo = cues("a|au|aux|le|la|les|l'|de|du|des|d'|pour|:|sont|est|,|dont|comme|notamment", "et", "tout comme", "au meme titre que")
	loosely = cues(
		"a|au|aux|le|la|les|l'|de|du|des|d'|pour|en|dans|,|dont|notamment|soit|cette|ces|region|departement|programme|dispositif|label|titre",
		"normandie|france", "ville|villes|commune|communes|territoire|territoires|zone|zones|d' industrie",
	)
)

func (p *Passage) colonBetween(i, j int) bool {
	for ; i < j; i++ {
		if p.Tokens[i].Fold == ":" {
			return true
		}
	}
	return false
}

// broken reports whether another clause, another subject or another name that may bear
// the label stands between the tokens i and j.
func (p *Passage) broken(i, j int) bool {
	for k := i; k < j; k++ {
		t := p.Tokens[k]
		if t.Fold == ";" || t.Fold == ":" || t.Fold == "." || t.Fold == "," && matchAt(breaks, p.Tokens, k+1) > 0 {
			return true
		}
		if e := p.nameEnd(k, p.bears); e > k {
			return true
		}
	}
	return false
}

// named are the words with which a text gives a territory its name.
var named = cues(
	"sous le|la nom|banniere|denomination|appellation d'|de|du|des?", "sous l' appellation d'|de|du|des?", "baptise|baptisee|baptises|denomme|denommee|intitule|intitulee|nomme|nommee|appele|appelee",
	"forment|forme|formant|constituent|composent ensemble?", "le territoire des|du|de|d'",
)

// namedLabels: "retenues ensemble sous le nom de « Collines de Normandie »", also a name
// that no list knows: "candidates sous le nom de « Marches du Bocage »".
func (p *Passage) namedLabels() []Match {
	if p.Programme.Unit != "territory" {
		return nil
	}
	var ms []Match
	for _, h := range p.found(named) {
		lo, hi := p.nameAt(h.j)
		if lo == hi {
			continue
		}
		status, ok := p.verdict()
		if !ok {
			continue
		}
		b := p.bearerNamed(p.Doc.Article.Text[lo:hi])
		b.lo, b.hi = lo, hi
		if b.id == "" && status == vigie.Labelled && !p.quotedName(h.j) {
			continue // an unknown name without quotation marks is too little
		}
		ms = append(ms, p.labelMatch(b, status, p.Lo, p.Hi, "label-named"))
	}
	return ms
}

func (p *Passage) quotedName(i int) bool { return i < len(p.Tokens) && isQuote(p.Tokens[i]) }

// nameAt returns the bytes of the name that begins at token i: a known territory, what
// stands between quotation marks, or capitalised words.
func (p *Passage) nameAt(i int) (lo, hi int) {
	for k := i; k < len(p.Tokens) && k <= i+1; k++ {
		for _, n := range p.Names {
			if n.Lo == p.Tokens[k].Lo && p.bears(n) {
				return n.Lo, n.Hi
			}
		}
	}
	if p.quotedName(i) {
		for k := i + 1; k < len(p.Tokens) && k < i+10; k++ {
			if isQuote(p.Tokens[k]) {
				return p.Tokens[i+1].Lo, p.Tokens[k-1].Hi
			}
		}
		return 0, 0
	}
	j := i
	for j < len(p.Tokens) && j < i+8 && (linking[p.Tokens[j].Fold] || french.IsCapital(p.Doc.Article.Text, p.Tokens[j])) && p.Tokens[j].Kind == french.Word {
		j++
	}
	return p.unknownName(i, j)
}

// verdict is what the sentence says of its names' label.
func (p *Passage) verdict() (string, bool) {
	for _, v := range verdicts {
		if p.says(v.cues) {
			return v.status, true
		}
	}
	return "", false
}

// labelsOfMembers: EPCI that are chosen, and are together a territory of the official list.
func (p *Passage) labelsOfMembers() []Match {
	for _, s := range p.membership() {
		status, h, ok := p.predicate(s)
		if !ok || status == vigie.Withdrawn {
			continue
		}
		var refs []vigie.Ref
		for _, q := range s {
			refs = append(refs, p.epci(p.Doc.Article.Text[q.lo:q.hi], nil))
		}
		if b, ok := p.composedOf(refs); ok {
			b.lo, b.hi = s.lo(), s.hi()
			lo, hi := p.covering(h, s)
			return []Match{p.labelMatch(b, status, lo, hi, "label-members")}
		}
	}
	return nil
}
