package gazetteer

import (
	"cmp"
	"slices"
	"strings"

	"vigie"
)

// maxClose is how many candidates a misspelt name gets.
const maxClose = 5

// close returns what a name that no list has may have been meant for: names with the
// same words in another order, more words, or a few letters away. Communes are compared only in the
// context's places. It never settles anything: "Sud Marche" is not Sud Manche.
func (g *Gazetteer) close(name string, c *Context) []vigie.Ref {
	want := words(name)
	if len(want) < 5 {
		return nil
	}
	limit := 1 + len(want)/8
	q := &query{g: g, c: c, scene: g.scene(c)}
	type match struct {
		entity   int32
		distance int
	}
	var found []match
	for c := range classLabel {
		for i := int32(g.classes[c]); i < int32(g.classes[c+1]); i++ {
			e := &g.entities[i]
			if q.wants(e, nil) < 0 {
				break // as all of its class
			}
			if e.class == classCommune && (len(q.scene.places) == 0 || q.scene.score(i) == 0) || e.gone() > 1 || !q.phaseFits(e) && !q.mayBe(e) {
				continue
			}
			has := g.telling(i)
			if d := distance(want, has, limit); d <= limit {
				found = append(found, match{i, d})
			} else if strings.Contains(want, " ") && holds(strings.Fields(has), strings.Fields(want)) {
				found = append(found, match{i, limit + 1})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(q.scene.score(b.entity), q.scene.score(a.entity)))
	})
	var refs []vigie.Ref
	for _, m := range found[:min(len(found), maxClose)] {
		refs = append(refs, g.entities[m.entity].ref())
	}
	return refs
}

// telling returns the telling words of an entity's name, kept for all but communes.
func (g *Gazetteer) telling(i int32) string {
	first := int32(g.classes[classEPCI])
	if i < first {
		return words(g.entities[i].name())
	}
	g.once.telling.Do(func() {
		for k := first; k < int32(g.classes[classLabel]); k++ {
			g.tellings = append(g.tellings, words(g.entities[k].name()))
		}
	})
	return g.tellings[i-first]
}

// holds reports whether all of the words are among those of a name.
func holds(name, words []string) bool {
	for _, w := range words {
		if !contains(name, w) {
			return false
		}
	}
	return len(words) > 0
}

// idle are words that tell no name from another.
var idle = []string{
	"agglo", "agglomeration", "ca", "cc", "communaute", "communes", "cu", "d", "de", "des", "du", "et", "l", "la", "le", "les", "metropole", "urbaine",
}

// words returns a name's telling words, folded and sorted.
func words(name string) string {
	all := strings.FieldsFunc(foldName(parted.Replace(name)), isDash)
	all = slices.DeleteFunc(all, func(w string) bool { return contains(idle, w) })
	slices.Sort(all)
	return strings.Join(all, " ")
}

var parted = strings.NewReplacer(" ", "-", "'", "-", "’", "-", "/", "-", "\u00a0", "-")

// distance is the number of letters to change, insert or drop between a and b, or
// something above limit.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal, least := row[0], limit+1
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
			least = min(least, row[j+1])
		}
		if least > limit {
			return limit + 1
		}
	}
	return row[len(b)]
}
