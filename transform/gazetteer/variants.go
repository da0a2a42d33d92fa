package gazetteer

import "strings"

// add enters a name in all the ways that follow from it by rule: without its legal
// form, without what stands in parentheses, without a closing "Agglo" or a leading
// "Pays de" where a legal form says that it is an EPCI.
func (l *loader) add(text string, n name) {
	if text == "" {
		return
	}
	if lo, hi := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')'); 0 < lo && lo < hi {
		l.parenthesis(text[:lo], text[lo+1:hi], n)
	}
	if strings.Contains(text, "-l") { // most have none, and a Replacer is slow
		if other := lez.Replace(text); other != text {
			l.enter(other, n)
		}
	}
	l.enter(text, n)
}

// lez swaps two spellings of "near": Lys-lez-Lannoy, Rouvroy-lès-Pernes.
var lez = strings.NewReplacer("-lès-", "-lez-", "-lez-", "-lès-")

func (l *loader) enter(text string, n name) {
	l.tokens = scan(text, l.tokens[:0], l.x.add)
	tokens := l.tokens
	if c := l.g.entities[n.entity].class; c != classEPCI && c != classTerritory || n.flags&acronym != 0 {
		l.insert(tokens, n)
		return
	}
	form, k := l.x.form(tokens, 0)
	if k == len(tokens) { // all of it is a form: "CU", "La Communauté"
		l.insert(tokens, n)
		return
	}
	n.form = form
	if k == 1 && l.x.linked[tokens[0].word] == linkArticle || k > 1 && l.x.linked[tokens[k-1].word] == linkArticle && l.x.linked[tokens[k-2].word] == noLink {
		n.lead = uint8(tokens[k-1].word) // "CU Le Havre Seine Métropole", but not "CC de la Côte d'Albâtre"
	}
	dead := n.strength >= former || l.g.entities[n.entity].gone() > 0
	if form == formMetro || form != noForm && dead && contentWords(l.x, tokens[k:]) < 2 {
		n.flags |= needForm // "Métropole de Lyon" is no reason to read Lyon as an EPCI
	}
	l.insert(tokens[k:], n)
	l.shorter(tokens[k:], n)
}

// shorter enters what is left of an EPCI's name without a word that people drop.
func (l *loader) shorter(tokens []token, n name) {
	if l.g.entities[n.entity].class != classEPCI || n.flags&hasComma != 0 {
		return
	}
	n.strength, n.flags = max(n.strength, derived), n.flags|needForm
	if k := l.headEnd(tokens); k > 0 {
		l.insert(tokens[:k], n)
	}
	if last := len(tokens) - 1; last > 0 && l.x.suffixForm(tokens[last].word) != noForm {
		l.insert(tokens[:last], n)
	}
	if len(tokens) > 1 && tokens[0].word == l.x.pays {
		l.insert(tokens[1:], n)
	}
	if len(tokens) > 1 && tokens[0].word == l.x.intercom {
		if contentWords(l.x, tokens[1:]) > 1 {
			n.flags &^= needForm
		}
		l.insert(tokens[1:], n)
	}
}

// headEnd returns where a name in two halves has said enough: before the only comma of
// "Béthune-Bruay, Artois-Lys Romane", or the form amid "Guingamp-Paimpol Agglomération de
// l'Armor à l'Argoat"; 0 where it has one half, or a comma that parts members: "Monts,
// Rance et Rougier".
func (l *loader) headEnd(tokens []token) int {
	end := 0
	for k := 1; k < len(tokens); k++ {
		comma := tokens[k].gap == gapComma
		switch {
		case end > 0 && (comma || tokens[end].gap == gapComma && l.x.linked[tokens[k].word] == linkEt):
			return 0
		case end == 0 && (comma || k < len(tokens)-1 && l.x.suffixForm(tokens[k].word) != noForm):
			end = k
		}
	}
	return end
}

// partDashes part the members of a territory's name; a hyphen without spaces does not.
var partDashes = strings.NewReplacer(" - ", "\n", " – ", "\n", "–", "\n", "/", "\n")

// maxParts bounds the ways to shorten a name: two to the power of its parts.
const maxParts = 6

// parts enters a territory's name with some of its parts left out, or two of them in
// the other order: "Gard Rhodanien – Pont du Gard", "Alsace bossue – Saverne – Nord
// Alsace" of four. They count where a territory is looked for, never in running text,
// where "Langres – Chaumont" may be a road.
func (l *loader) parts(text string, n name) {
	text = strings.TrimSpace(text)
	if rest, ok := cutHead(text); ok {
		l.add(rest, n)
	}
	all := strings.Split(partDashes.Replace(text), "\n")
	if len(all) < 2 || len(all) > maxParts {
		return
	}
	if len(all) == 2 {
		l.add(all[1]+" - "+all[0], n)
		return
	}
	for set := 1; set < 1<<len(all)-1; set++ {
		var some []string
		for k, part := range all {
			if set&(1<<k) != 0 {
				some = append(some, part)
			}
		}
		if len(some) > 1 {
			l.add(strings.Join(some, " - "), n)
		}
	}
}

// cutHead cuts the word that says only that what follows is a territory.
func cutHead(text string) (string, bool) {
	for _, head := range []string{"Bassin ", "Bassins ", "Pays ", "Territoire ", "Territoires "} {
		if rest, ok := strings.CutPrefix(text, head); ok {
			return rest, true
		}
	}
	return "", false
}

// parenthesis enters both halves of "Vallée du Garon (CCVG)".
func (l *loader) parenthesis(before, inside string, n name) {
	l.add(strings.TrimSpace(before), n)
	n.strength = max(n.strength, usual)
	l.tokens = scan(inside, l.tokens[:0], l.x.add)
	if len(l.tokens) == 1 && l.tokens[0].cased&capitals != 0 {
		n.flags |= acronym
	}
	if n.flags&acronym != 0 || len(l.tokens) > 1 {
		l.add(inside, n)
	}
}

// insert enters a name's words in the tree.
func (l *loader) insert(tokens []token, n name) {
	x := l.x
	first, last := -1, -1
	for i, t := range tokens {
		if x.linked[t.word] == noLink {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return
	}
	if first == 1 && x.linked[tokens[0].word] == linkArticle {
		n.lead = uint8(tokens[first-1].word) // linking words are the first in the index
	}
	node, edge := int32(root), 0
	for i, t := range tokens[first : last+1] {
		n.gaps = mixGap(n.gaps, t.word)
		n.note(t, i > 0, x.linked[t.word], edge)
		if x.linked[t.word] == noLink {
			node = x.addStep(node, t.word)
			edge++
		}
	}
	x.enter(node, n)
}

func mixGap(h uint32, word int32) uint32 { return (h ^ uint32(word)) * 16777619 }

// note takes down what stands between two edges of a name.
func (n *name) note(t token, inner bool, kind linkKind, edge int) {
	if bit := uint16(1) << min(edge, 15); kind == linkEt {
		n.ets |= bit
	} else if kind != noLink {
		n.links |= bit
	}
	if inner && t.gap == gapComma {
		n.flags |= hasComma
	}
	if inner && t.gap == gapParen {
		n.flags |= hasParen
	}
}

// enter puts a name at its node, together with an equal one of the same entity.
func (x *index) enter(node int32, n name) {
	for i := x.heads[node]; i != 0; i = x.names[i].next {
		o := &x.names[i]
		if o.entity != n.entity || o.form != n.form || o.flags&acronym != n.flags&acronym {
			continue
		}
		if n.flags&strict != 0 && (o.gaps != n.gaps || o.lead != n.lead) {
			continue
		}
		o.strength = min(o.strength, n.strength)
		o.links, o.ets = o.links|n.links, o.ets|n.ets
		both := o.flags & n.flags & needForm
		o.flags = (o.flags|n.flags)&^needForm | both
		return
	}
	n.next = x.heads[node]
	x.heads[node] = int32(len(x.names))
	x.names = append(x.names, n)
}

func contentWords(x *index, tokens []token) (n int) {
	for _, t := range tokens {
		if x.linked[t.word] == noLink {
			n++
		}
	}
	return n
}
