package gazetteer

import (
	"strings"
	"unicode/utf8"
)

var articles = []string{"au", "aux", "des", "du", "l", "la", "le", "les"}

// Words that stand before a place's name of two letters: "à Eu", "ville d'Eu".
var placeWords = []string{
	"a", "commune", "communes", "d", "de", "depuis", "en", "entre", "et", "hors", "mairie", "pour", "pres", "vers", "via", "ville",
}

// Words that make the next a person's name: "Mme Laval", "M. Vire".
var civilities = []string{"dr", "m", "madame", "maitre", "me", "melle", "mesdames", "messieurs", "mlle", "mm", "mme", "mmes", "monsieur", "mr"}

// Words that make the next a street's name: "rue de Rouen".
var streets = []string{
	"allee", "allees", "av", "avenue", "bd", "boulevard", "bld", "chaussee", "chemin", "cours", "esplanade", "faubourg", "impasse",
	"passage", "place", "quai", "route", "rue", "ruelle", "square", "venelle",
}

// Words that a territory's name may begin with: in "Pays d'Auge" or "vallée de l'Orne"
// the name behind is no commune and no département, but a part of a name no list has.
var heads = []string{
	"baie", "bassin", "bords", "canton", "coeur", "cote", "cotes", "estuaire", "foret", "golfe", "gorges", "lac", "marais", "marches", "massif",
	"monts", "pays", "plaine", "plateau", "presqu", "rives", "riviere", "sources", "terre", "terres", "val", "vallee", "vallees", "vals",
}

// Words that, with a capital, belong to the name right behind them: "Nord Alsace".
var parts = []string{
	"bas", "basse", "centre", "est", "grand", "grande", "haut", "haute", "nord", "nouvelle", "ouest", "petite", "sud",
}

// plausible reports whether a name of one word is a name here, and not a common word at
// the start of a sentence, a person's name, a street's.
func (f *finder) plausible(p path, n *name) bool {
	t := f.tokens[p.lo]
	if t.cased&capital == 0 || f.x.rules[t.word] == neverWord || f.ofPerson(p) || f.ofStreet(p.lo) || f.ofLonger(p.lo) {
		return false
	}
	if n.flags&strict != 0 && n.lead == 0 && f.before(p.lo, articles) {
		return false // "le Maire", "au Grand": a commune that has no article takes none
	}
	if short := utf8.RuneCountInString(f.text[t.lo:t.hi]) <= 2; short {
		return t.cased&capitals == 0 && (f.before(p.lo, placeWords) || f.enumerated(p.lo))
	}
	return f.x.rules[t.word] != startWord || f.meant(p, n)
}

// meant reports whether a common word is a name here.
func (f *finder) meant(p path, n *name) bool {
	if f.shouted(p) || f.goesOn(p) {
		return false
	}
	if n.lead != 0 && n.flags&strict != 0 { // "à La Côte", "au Port", but "la côte", "le port"
		before := f.tokens[p.lo-1]
		return before.word != int32(n.lead) || before.cased&capital != 0 && (!f.startsSentence(p.lo-1) || f.wholeLine(p))
	}
	return !f.startsSentence(p.lo) || f.listed(p)
}

// goesOn reports whether a longer name follows: "Marches du Bocage".
func (f *finder) goesOn(p path) bool {
	i := p.next
	for i < len(f.tokens) && f.tokens[i].gap == gapPlain && f.x.linked[f.tokens[i].word] == linkDe {
		i++
	}
	return i > p.next && i < len(f.tokens) && f.tokens[i].gap == gapPlain && f.tokens[i].cased&capital != 0
}

// ofLonger reports whether the word is the end of a longer name that no list has.
func (f *finder) ofLonger(i int) bool {
	j := i - 1
	for j >= 0 && f.tokens[j+1].gap == gapPlain && (f.x.linked[f.tokens[j].word] == linkDe || f.x.linked[f.tokens[j].word] == linkArticle) {
		j--
	}
	if j < 0 || f.tokens[j+1].gap != gapPlain {
		return false
	}
	if j == i-1 {
		return f.tokens[j].cased&capital != 0 && !f.spansName(j) && contains(parts, f.folded(j))
	}
	return !f.spansName(j) && contains(heads, f.folded(j))
}

// enumerated reports whether a comma parts the word from a name just found.
func (f *finder) enumerated(i int) bool {
	return i > 0 && f.tokens[i].gap == gapComma && f.end > 0 && f.end == int(f.tokens[i-1].hi)
}

// shouted reports whether the words around are in capitals too, which then mean nothing.
func (f *finder) shouted(p path) bool {
	loud := 0
	if p.lo > 0 && f.tokens[p.lo].gap == gapPlain && f.tokens[p.lo-1].cased&capitals != 0 {
		loud++
	}
	if p.next < len(f.tokens) && f.tokens[p.next].gap == gapPlain && f.tokens[p.next].cased&capitals != 0 {
		loud++
	}
	return p.upper && loud > 0
}

// startsSentence reports whether nothing but a bullet or a quotation mark parts the word
// from a sentence's end or a line's.
func (f *finder) startsSentence(i int) bool {
	if i == 0 {
		return true
	}
	if f.tokens[i].gap < gapQuote {
		return false
	}
	return strings.ContainsAny(f.text[f.tokens[i-1].hi:f.tokens[i].lo], ".!?…\n\r")
}

// listed reports whether the name is an item of a list: it ends the line, or a comma,
// semicolon, parenthesis or "et" follows.
func (f *finder) listed(p path) bool {
	rest := strings.TrimLeft(f.text[f.tokens[p.hi].hi:], " \t\u00a0")
	return rest == "" || strings.ContainsRune("\n\r,;(", rune(rest[0])) ||
		p.next < len(f.tokens) && f.x.linked[f.tokens[p.next].word] == linkEt
}

// wholeLine reports whether the name and its article are all that a line or an item says.
func (f *finder) wholeLine(p path) bool {
	if p.lo > 1 && !strings.ContainsAny(f.text[f.tokens[p.lo-2].hi:f.tokens[p.lo-1].lo], "\n\r") {
		return false
	}
	rest := strings.TrimLeft(f.text[f.tokens[p.hi].hi:], " \u00a0,;.")
	return rest == "" || strings.ContainsRune("\n\r(", rune(rest[0]))
}

// article reports whether the article that belongs to a name stands before it, by
// itself or in "du", "au", "des", "aux".
func (f *finder) article(i int, lead uint8) bool {
	if lead == 0 {
		return true
	}
	if i == 0 || f.tokens[i].gap != gapPlain {
		return false
	}
	word := f.tokens[i-1].word
	if word == int32(lead) {
		return true
	}
	switch f.folded(i - 1) {
	case "du", "au":
		return int32(lead) == f.x.le
	case "des", "aux":
		return int32(lead) == f.x.les
	}
	return false
}

// takeArticle lets a hit begin at the name's own article: "Le Havre", but "du Havre".
// Those of EPCI and territories count with a capital only: "Le Havre Seine Métropole".
func (f *finder) takeArticle(i int, n *name, h *Hit) {
	if i == 0 || f.tokens[i].gap != gapPlain {
		return
	}
	t := f.tokens[i-1]
	if t.word != int32(n.lead) || int(t.lo) < f.end || n.flags&strict == 0 && t.cased&capital == 0 {
		return
	}
	h.Lo, h.CoreLo = int(t.lo), int(t.lo)
}

// glued reports whether a hyphen ties the name to a word that is not its own:
// "Paris-Normandie" is neither Paris nor Normandie. "ex-" is let pass.
func (f *finder) glued(lo, next int) bool {
	if next < len(f.tokens) && f.tokens[next].tight {
		return true
	}
	return f.tokens[lo].tight && f.folded(lo-1) != "ex"
}

// ofPerson reports whether a single word is a person's: a civility or a first name
// stands before it, or it is a first name itself and a capital follows.
func (f *finder) ofPerson(p path) bool {
	if p.lo > 0 && !f.tokens[p.lo].tight {
		if before := f.tokens[p.lo-1]; f.tokens[p.lo].gap == gapPlain || f.stopOnly(p.lo) {
			word := f.folded(p.lo - 1)
			if contains(civilities, word) {
				return true
			}
			if before.cased == capital && f.x.linked[before.word] == noLink && f.tokens[p.lo].gap == gapPlain && !f.spansName(p.lo-1) {
				if _, ok := f.g.FirstName(f.text[before.lo:before.hi]); ok {
					return true
				}
			}
		}
	}
	if p.next >= len(f.tokens) || f.tokens[p.next].gap != gapPlain || f.tokens[p.next].cased&capital == 0 || f.tokens[p.next].tight {
		return false
	}
	_, ok := f.g.FirstName(f.text[f.tokens[p.lo].lo:f.tokens[p.lo].hi])
	return ok && !f.large(p)
}

// spansName reports whether the word belongs to the hit before: "Le Havre, Rouen".
func (f *finder) spansName(i int) bool { return int(f.tokens[i].lo) < f.end }

// large keeps towns that are first names too: "Nancy Métropole".
func (f *finder) large(p path) bool {
	for i := f.x.heads[p.node]; i != 0; i = f.x.names[i].next {
		if f.g.entities[f.x.names[i].entity].population > 50_000 {
			return true
		}
	}
	return false
}

// stopOnly reports whether a mere "." parts the word from the one before: "M. Laval".
func (f *finder) stopOnly(i int) bool {
	return strings.TrimRight(f.text[f.tokens[i-1].hi:f.tokens[i].lo], " \u00a0\u202f") == "."
}

func (f *finder) ofStreet(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3 && f.tokens[j+1].gap == gapPlain; j-- {
		if f.x.linked[f.tokens[j].word] == noLink {
			return contains(streets, f.folded(j))
		}
	}
	return false
}

// before reports whether the word before tokens[i], in the same breath, is one of words.
func (f *finder) before(i int, words []string) bool {
	if i == 0 {
		return false
	}
	return f.tokens[i].gap == gapPlain && contains(words, f.folded(i-1))
}

// folded spells a token in small letters without accents.
func (f *finder) folded(i int) string {
	t := f.tokens[i]
	var b [16]byte
	out := b[:0]
	for _, r := range f.text[t.lo:t.hi] {
		if len(out) > len(b)-4 {
			break
		}
		if r < utf8.RuneSelf {
			if c := asciiFold[r]; c != 0 {
				out = append(out, c)
			}
			continue
		}
		_, s := foldRune(r)
		out = append(out, s...)
	}
	return string(out)
}

func contains(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}
