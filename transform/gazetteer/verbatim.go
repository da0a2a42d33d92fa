package gazetteer

import "strings"

// verbatim reports whether an entity has just this name in the table of names, linking
// words included; the legal form may be written in any way. It reads the whole table:
// it is for the few names that nothing else settles.
func (g *Gazetteer) verbatim(i int32, name string) bool {
	want, ref := g.spelt(name), g.entities[i].ref().String()
	if g.spelt(g.entities[i].name()) == want {
		return true
	}
	for row := range strings.Lines(namesTSV) {
		if _, rest, _ := strings.Cut(row, "\t"); strings.Contains(rest, "\t"+ref+"\t") && g.spelt(cell(row, 0)) == want {
			return true
		}
	}
	return false
}

// spelt is a name folded, its legal form left out.
func (g *Gazetteer) spelt(name string) string {
	name = strings.Trim(name, ` "«»*.`)
	tokens := scan(name, nil, g.index.word)
	_, k := g.index.form(tokens, 0)
	for k > 0 && k < len(tokens) && g.index.linked[tokens[k-1].word] != noLink {
		k-- // "du" and "des" tell names apart
	}
	var words []string
	for _, t := range tokens[min(k, len(tokens)):] {
		words = append(words, foldName(name[t.lo:t.hi]))
	}
	return strings.Join(words, " ")
}
