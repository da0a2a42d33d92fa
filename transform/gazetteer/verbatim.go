package gazetteer

import (
	"slices"
	"strings"

	"vigie"
)

// verbatim returns which one of the entities has just this name in the table of names: to
// the letter, else folded, linking words included and the legal form written in any way;
// -1 where none has, or several.
func (g *Gazetteer) verbatim(refs []vigie.Ref, name string) int {
	g.once.verbatim.Do(g.loadVerbatim)
	for _, bearers := range [][]vigie.Ref{g.bearers[tidy(name)], g.bearers[g.spelt(name)]} {
		only := -1
		for k, r := range refs {
			if slices.Contains(bearers, r) {
				if only >= 0 {
					return -1
				}
				only = k
			}
		}
		if only >= 0 {
			return only
		}
	}
	return -1
}

// loadVerbatim indexes the table of names by how they are spelt: it is for the few names
// that nothing else settles. The folded ones are marked by a blank, since a name of one
// small word is its own folding.
func (g *Gazetteer) loadVerbatim() {
	g.bearers = make(map[string][]vigie.Ref)
	for row := range strings.Lines(namesTSV) {
		r, err := vigie.ParseRef(cell(row, 2))
		if err != nil {
			continue // the header
		}
		for _, key := range []string{tidy(cell(row, 0)), g.spelt(cell(row, 0))} {
			if !slices.Contains(g.bearers[key], r) {
				g.bearers[key] = append(g.bearers[key], r)
			}
		}
	}
}

// tidy is a name with single blanks and straight apostrophes.
func tidy(name string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(name), " "), "’", "'")
}

// spelt is a name folded, its legal form left out, a blank before it.
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
	return " " + strings.Join(words, " ")
}
