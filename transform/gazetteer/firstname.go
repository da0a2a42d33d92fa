package gazetteer

import "strings"

// FirstName reports whether word is a first name, and of which gender: M, F, or X where
// both sexes bear it. A compound counts when its first part does: "Jean-Pierre".
func (g *Gazetteer) FirstName(word string) (gender string, ok bool) {
	g.once.firstNames.Do(g.loadFirstNames)
	if gender, ok = g.genders[foldName(word)]; ok {
		return gender, true
	}
	first, rest, compound := strings.Cut(foldName(word), "-")
	if !compound {
		return "", false
	}
	if _, ok = g.genders[rest]; !ok {
		return "", false
	}
	gender, ok = g.genders[first]
	return gender, ok
}

func (g *Gazetteer) loadFirstNames() {
	lines, err := rows(firstNamesTSV, "name", "gender")
	if err != nil {
		panic(err) // embedded, and under test
	}
	g.genders = make(map[string]string, 10_000)
	for row := range lines {
		g.genders[foldName(cell(row, 0))] = cell(row, 1)
	}
}

// foldName folds letters and keeps hyphens.
func foldName(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r < 128 && asciiFold[r] != 0:
			b.WriteByte(asciiFold[r])
		case r == '-' || '‐' <= r && r <= '―':
			b.WriteByte('-')
		case r >= 128:
			_, folded := foldRune(r)
			b.WriteString(folded)
		}
	}
	return b.String()
}
