package extract

import (
	"sort"
	"strings"
	"unicode/utf8"

	"vigie/internal/french"
)

// A person is a name in the text, its title included in the tokens [i, j).
type person struct {
	i, j   int
	name   string // without title: "Jeanne Le Goff"; with it where only the surname is known: "M. Le Goff"
	short  bool   // a surname alone, after its title
	gender string // M, F or empty
}

// titles and the gender that they tell.
var titles = map[string]string{
	"m": "M", "mm": "", "monsieur": "M", "messieurs": "", "mme": "F", "mmes": "", "mlle": "F", "madame": "F", "mesdames": "", "dr": "", "docteur": "",
}

// particles stand inside surnames: "de La Fontaine", "Le Cordier", "van der Berg".
var particles = map[string]bool{
	"de": true, "du": true, "des": true, "d'": true, "la": true, "le": true, "les": true, "l'": true, "van": true, "von": true, "der": true,
	"den": true, "el": true, "al": true, "ben": true, "saint": true, "da": true, "dos": true, "di": true,
}

// isTitle reports whether token i is "M.", "Mme", "Monsieur": capital, before something.
func (p *Passage) isTitle(i int) bool {
	if i < 0 || i+1 >= len(p.Tokens) {
		return false
	}
	_, ok := titles[p.Tokens[i].Fold]
	return ok && (p.isCapital(i) || len(p.Tokens[i].Fold) > 3) && (p.Tokens[i].Fold != "m" || p.foldAt(i+1) == ".")
}

// pastTitle returns the token after a title and its full stop, i where there is none.
func (p *Passage) pastTitle(i int) int {
	if !p.isTitle(i) {
		return i
	}
	if p.foldAt(i+1) == "." {
		return i + 2
	}
	return i + 1
}

// personAt reads the person whose name begins at token i: a title or a first name that
// the lists know, then a surname. "Marie" alone is no person, nor is "le Val Martin".
func (p *Passage) personAt(i int) (person, bool) {
	k := p.pastTitle(i)
	titled := k > i
	if k >= len(p.Tokens) || !p.isCapital(k) || p.isTitle(k) {
		return person{}, false
	}
	if who, ok := p.initialled(i, k); ok {
		return who, true
	}
	gender, known := p.Doc.gazetteer.FirstName(p.raw(k, k+1))
	if !titled && (!known || i > 0 && articles[p.Tokens[i-1].Fold] && !p.newCell(i)) {
		return person{}, false
	}
	j := p.nameSpan(k)
	if !titled && (j < k+2 || p.isOfficialName(k, j)) {
		return person{}, false
	}
	if titled && known && j == k+1 && j == len(p.Tokens) { // "Mme Régine", where a line ends too soon
		return person{}, false
	}
	if j <= k || j == k+1 && particles[p.Tokens[k].Fold] { // "Mme La Présidente"
		return person{}, false
	}
	who := person{i: i, j: j, name: p.fullName(k, j), gender: gender}
	if titled {
		who.gender = firstOf(titles[p.Tokens[i].Fold], gender)
		if j == k+1 || !known && particles[p.Tokens[k].Fold] {
			who.short, who.name = true, p.raw(i, j)
		}
	}
	return who, true
}

// initialled: "C. Morvan": an initial, its point and a surname.
func (p *Passage) initialled(i, k int) (person, bool) {
	if k+2 >= len(p.Tokens) || len(p.raw(k, k+1)) != 1 || p.foldAt(k+1) != "." || !p.isCapital(k+2) || p.newCell(k+2) || p.Tokens[k+1].Lo != p.Tokens[k].Hi {
		return person{}, false
	}
	j := p.nameSpan(k + 2)
	if j <= k+2 || particles[p.Tokens[k+2].Fold] && j == k+3 || p.isOfficialName(k, j) {
		return person{}, false
	}
	return person{i: i, j: j, name: p.fullName(k, j)}, true
}

var articles = map[string]bool{"la": true, "le": true, "l'": true, "les": true, "du": true, "des": true, "au": true, "aux": true}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// nameSpan returns the token after the capitalised words and particles from token k on. A
// surname in capitals ends the name.
func (p *Passage) nameSpan(k int) int {
	end := k
	for n := 0; end < len(p.Tokens) && n < 4; n++ {
		e := end
		for e < len(p.Tokens) && particles[p.Tokens[e].Fold] && e < end+3 && !p.isCapital(e) && n == 1 {
			e++
		}
		if !p.isCapital(e) || n > 0 && (p.newCell(e) || notNames[p.Tokens[e].Fold]) {
			break
		}
		if n > 0 && p.upper(end-1) && utf8.RuneCountInString(p.raw(end-1, end)) > 2 && !p.upper(e) {
			break
		}
		end = e + 1
		for end < len(p.Tokens) && particles[p.Tokens[end-1].Fold] && p.isCapital(end) && n > 0 { // "Le Goff", "La Fontaine"
			end++
			break
		}
	}
	if end > k && particles[p.Tokens[end-1].Fold] && end-k > 1 {
		end--
	}
	return end
}

// notNames are capitalised words that follow a name and are none of it.
var notNames = map[string]bool{
	"pdg": true, "dg": true, "dga": true, "dgs": true, "ceo": true, "maire": true, "president": true, "presidente": true, "territoires": true,
	"vice-president": true, "vice-presidente": true, "directeur": true, "directrice": true, "region": true, "cheffe": true, "chef": true,
	"elu": true, "elue": true, "prefet": true, "prefete": true,
}

func (p *Passage) upper(i int) bool {
	s := p.raw(i, i+1)
	return strings.ToUpper(s) == s
}

// isOfficialName: the words are a place or a territory, not a person.
func (p *Passage) isOfficialName(i, j int) bool {
	for _, n := range p.Names {
		if n.Lo <= p.Tokens[i].Lo && n.Hi >= p.Tokens[j-1].Hi {
			return true
		}
	}
	return false
}

// fullName writes the words of [i, j) with single spaces; capitals of a surname stay as they are.
func (p *Passage) fullName(i, j int) string { return strings.Join(strings.Fields(p.raw(i, j)), " ") }

// acquaintance is how many mentions of a surname are tried for a full name, and how far
// before, in tokens: far beyond any article, and a bound on time.
const acquaintance, remembered = 40, 20_000

// introduced looks before token-position of p for the full mention of a person told by
// surname, or for the office of a person told by name: the nearest that tells an office,
// else the nearest; within a passage the first.
func (d *Doc) introduced(who person, before *Passage) (best holder, found bool) {
	places := d.capitalised(surnameOf(who.name))
	here := before.firstToken() + who.i
	end, tries := sort.SearchInts(places, here), 0
	for end > 0 && tries < acquaintance && here-places[end-1] < remembered {
		q := d.passageAt(d.Tokens[places[end-1]].Lo)
		if q == nil {
			end--
			continue
		}
		first := q.firstToken()
		begin := sort.SearchInts(places[:end], first)
		for _, at := range places[begin:min(end, begin+acquaintance)] {
			tries++
			h, ok := q.holderNaming(at - first)
			if !ok || !sameSurname(h.name, who) {
				continue
			}
			if h.function != "" {
				return h, true
			}
			if !found {
				best, found = h, true
			}
		}
		end = begin
	}
	return best, found
}

// capitalised returns the tokens of the text that are this word with a capital.
func (d *Doc) capitalised(word string) []int {
	if d.capitals == nil {
		d.capitals = map[string][]int{}
		for i, t := range d.Tokens {
			if t.Kind == french.Word && french.IsCapital(d.Article.Text, t) {
				d.capitals[t.Fold] = append(d.capitals[t.Fold], i)
			}
		}
	}
	return d.capitals[word]
}

// passageAt returns the passage that a byte of the text lies in; nil where it is in none.
func (d *Doc) passageAt(at int) *Passage {
	i := sort.Search(len(d.Passages), func(i int) bool { return d.Passages[i].Hi > at })
	if i == len(d.Passages) || d.Passages[i].Lo > at {
		return nil
	}
	return d.Passages[i]
}

// holderNaming returns the person whose full name holds token k.
func (p *Passage) holderNaming(k int) (holder, bool) {
	for i := max(0, k-12); i < k; i++ {
		h, ok := p.holderAt(i)
		if ok && h.kind == "person" && !h.short && h.nameLo <= k && k < h.nameHi {
			return h, true
		}
	}
	return holder{}, false
}

// surnameOf folds the last word of a name.
func surnameOf(name string) string {
	toks := french.Tokens(name)
	if len(toks) == 0 {
		return ""
	}
	return toks[len(toks)-1].Fold
}

// sameSurname: "M. Le Goff" is "Yann Le Goff", not "Yann Goff".
func sameSurname(full string, who person) bool {
	if !who.short {
		return french.Fold(full) == french.Fold(who.name)
	}
	toks := french.Tokens(who.name)
	for len(toks) > 0 {
		if _, ok := titles[toks[0].Fold]; !ok && toks[0].Fold != "." {
			break
		}
		toks = toks[1:]
	}
	if len(toks) == 0 {
		return false
	}
	surname := french.Fold(who.name[toks[0].Lo:])
	return strings.HasSuffix(" "+french.Fold(full), " "+surname)
}
