package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vigie"
)

// respell returns a name that nothing bears as it was likely meant: apostrophes that a
// form has swallowed ("Cotes dArmor"), "N.-D." written out, "Villers/Mer", départements by
// their codes. What every name of the tables is made of stays as it is. Stops of
// abbreviations go.
func (g *Gazetteer) respell(name string) string {
	x := g.index
	name = ourLady.Replace(" " + name + " ")
	fields := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) })
	for i, f := range fields {
		f = strings.TrimRight(f, ".")
		parts := strings.Split(f, "-")
		for k, part := range parts {
			parts[k] = x.apostrophe(part)
		}
		fields[i] = g.decode(near(strings.Join(parts, "-")))
	}
	return strings.Join(fields, " ")
}

var ourLady = strings.NewReplacer(
	" N.-D. ", " Notre-Dame ", " N.D. ", " Notre-Dame ", " ND ", " Notre-Dame ", " N.-D.-", " Notre-Dame-", " N.-D-", " Notre-Dame-",
	" ND-", " Notre-Dame-", "-ND ", "-Notre-Dame ", "-ND-", "-Notre-Dame-", " N-D ", " Notre-Dame ", " N-D-", " Notre-Dame-",
	"-N.-D.-", "-Notre-Dame-", "-N.-D. ", "-Notre-Dame ", " N D ", " Notre-Dame ", " N. D. ", " Notre-Dame ", " N.D.-", " Notre-Dame-",
)

// apostrophe puts back the one that a word lacks: "dArmor", "LHAY".
func (x *index) apostrophe(word string) string {
	if k := humped(word); k > 0 && x.knows(word[k:]) {
		return word[:k] + "'" + word[k:]
	}
	if rest, ok := strings.CutPrefix(strings.ToLower(word), "presqu"); ok && rest != "" && x.knows(rest) {
		return "Presqu'" + rest
	}
	if len(word) < 4 || !strings.ContainsAny(word[:1], "dDlL") || x.knows(word) {
		return word
	}
	rest := word[1:]
	r, _ := utf8.DecodeRuneInString(rest)
	if _, folded := foldRune(r); r >= utf8.RuneSelf && folded != "" {
		r = rune(folded[0])
	}
	if !strings.ContainsRune("aeiouyh", unicode.ToLower(r)) || !x.knows(rest) {
		return word
	}
	return word[:1] + "'" + rest
}

// humped returns where a capital follows a small letter within a word: "ValAïgo".
func humped(word string) int {
	small := false
	for i, r := range word {
		if small && unicode.IsUpper(r) {
			return i
		}
		small = unicode.IsLower(r)
	}
	return 0
}

// knows reports whether the text is one word that some name has.
func (x *index) knows(text string) bool {
	tokens := scan(text, nil, x.word)
	return len(tokens) == 1 && tokens[0].word != 0
}

// near reads a slash between two words as "sur": Villers/Mer.
func near(word string) string {
	before, behind, ok := strings.Cut(word, "/")
	if !ok || utf8.RuneCountInString(before) < 3 || utf8.RuneCountInString(behind) < 3 || strings.Contains(behind, "/") {
		return word
	}
	return before + "-sur-" + behind
}

// decode writes départements out that stand by their codes: "Interdépartemental 32/82".
func (g *Gazetteer) decode(word string) string {
	codes := strings.FieldsFunc(word, func(r rune) bool { return r == '/' || r == '-' })
	for i, code := range codes {
		k, ok := g.find(vigie.Ref{Type: vigie.RefDepartement, ID: strings.ToUpper(code)})
		if !ok {
			return word
		}
		codes[i] = g.entities[k].name()
	}
	return strings.Join(codes, " - ")
}
