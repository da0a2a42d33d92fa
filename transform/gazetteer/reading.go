package gazetteer

import (
	"strings"

	"vigie"
)

// A reading is where a name begins behind words that say what it is.
type reading struct {
	from  int
	form  uint8
	kinds []string // types of Ref that the words allow; nil: all
}

// readings tells legal forms and words like "commune de" apart from the name. A name may
// begin with such a word itself, so all are tried; the better fit wins.
func (x *index) readings(tokens []token) []reading {
	all := []reading{{0, noForm, nil}}
	start := 0
	for start < len(tokens) && x.linked[tokens[start].word] != noLink {
		start++ // "la CC du Perche", "l'agglomération du Cotentin"
	}
	if form, k := x.form(tokens, start); form != noForm && k < len(tokens) {
		all = append(all, reading{k, form, nil})
	}
	for _, d := range x.designators {
		k := x.behind(tokens[start:], d.words)
		if k == 0 || start+k == len(tokens) {
			continue
		}
		all = append(all, reading{start + k, noForm, d.kinds})
		if form, n := x.form(tokens[start+k:], 0); form != noForm && start+k+n < len(tokens) {
			all = append(all, reading{start + k + n, form, nil}) // "territoire de la CC du Perche"
		}
	}
	return all
}

// behind returns the place after words and the linking words that follow, 0 where
// tokens do not begin with them.
func (x *index) behind(tokens []token, words []int32) int {
	if len(tokens) < len(words) {
		return 0
	}
	for i, w := range words {
		if tokens[i].word != w {
			return 0
		}
	}
	k := len(words)
	for k < len(tokens) && x.linked[tokens[k].word] == linkDe {
		k++
	}
	if k > len(words) && (tokens[k-1].word == x.du || tokens[k-1].word == x.des) {
		k-- // "ville du Havre": the article is in it
	}
	return k
}

type designator struct {
	words []int32
	kinds []string
}

// designations are words before a name that say what it names.
var designations = []struct{ words, kind string }{
	{"canton", "none"}, {"cd", vigie.RefDepartement}, {"cne", vigie.RefCommune}, {"commune", vigie.RefCommune}, {"commune deleguee", vigie.RefCommune}, {"commune nouvelle", vigie.RefCommune},
	{"conseil departemental", vigie.RefDepartement}, {"conseil general", vigie.RefDepartement}, {"conseil regional", vigie.RefRegion},
	{"dep", vigie.RefDepartement}, {"departement", vigie.RefDepartement}, {"dept", vigie.RefDepartement}, {"dpt", vigie.RefDepartement}, {"mairie", vigie.RefCommune},
	{"reg", vigie.RefRegion}, {"region", vigie.RefRegion},
	{"territoire", vigie.RefTerritory}, {"territoire d industrie", vigie.RefTerritory}, {"territoires d industrie", vigie.RefTerritory},
	{"ti", vigie.RefTerritory}, {"ville", vigie.RefCommune}, {"village", vigie.RefCommune},
}

func (x *index) addDesignators() {
	for _, d := range designations {
		var words []int32
		for w := range strings.FieldsSeq(d.words) {
			words = append(words, x.add(hashOf(w)))
		}
		x.designators = append(x.designators, designator{words, []string{d.kind}})
	}
}
