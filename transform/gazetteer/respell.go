package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"vigie"
)

// respell calls try with a name that nothing bears as it was likely meant, one step after
// another, until it is told that a name is borne.
func (g *Gazetteer) respell(name string, try func(name, departement string) bool) {
	departement := ""
	for _, step := range []func(string) string{
		g.cleaned,
		g.respelt,
		func(s string) string { s, departement = g.withoutCode(s); return s },
		g.formFirst,
	} {
		other := step(name)
		if other != name && try(other, departement) {
			return
		}
		name = other
	}
}

// cleaned undoes what programs do to names: underscores for blanks, brackets, UTF-8 that
// was read as windows-1252 ("BiÃ¨vre").
func (g *Gazetteer) cleaned(name string) string {
	name = marks.Replace(name)
	if strings.Contains(name, "Ã") {
		if bytes, err := charmap.Windows1252.NewEncoder().String(name); err == nil && utf8.ValidString(bytes) {
			return bytes
		}
	}
	return name
}

var marks = strings.NewReplacer("_", " ", "[", "(", "]", ")")

// respelt writes words as the tables do: apostrophes that a form has swallowed ("Cotes
// dArmor"), "N.-D." written out, "Villers/Mer", départements by their codes. What every
// name of the tables is made of stays as it is. Stops of abbreviations go.
func (g *Gazetteer) respelt(name string) string {
	x := g.index
	name = ourLady.Replace(" " + name + " ")
	fields := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) })
	for i, f := range fields {
		if f == "S." && i+1 < len(fields) {
			f = "Saint"
		}
		f = strings.TrimRight(f, ".")
		parts := strings.Split(f, "-")
		for k, part := range parts {
			parts[k] = x.apostrophe(part)
		}
		fields[i] = g.decode(near(strings.Join(parts, "-")))
	}
	return strings.Join(fields, " ")
}

// withoutCode cuts the département that some lists write before or behind a name, by its
// code or a postal one: "14 - Vire", "VIRE 14500", "14035 Caen cedex 4".
func (g *Gazetteer) withoutCode(name string) (rest, departement string) {
	if before, _, ok := strings.Cut(strings.ToLower(name), " cedex"); ok {
		name = name[:len(before)]
	}
	fields := strings.Fields(name)
	if len(fields) < 2 {
		return name, ""
	}
	const between = "-–—:,;.()"
	first, last := fields[0], fields[len(fields)-1]
	if code := g.postal(strings.Trim(first, between)); code != "" {
		return strings.TrimLeft(strings.Join(fields[1:], " "), between+" "), code
	}
	if code := g.postal(strings.Trim(last, between)); code != "" {
		return strings.TrimRight(strings.Join(fields[:len(fields)-1], " "), between+" "), code
	}
	return name, ""
}

// postal returns the département of its code or of a postal one, empty for what is none.
func (g *Gazetteer) postal(code string) string {
	code = strings.ToUpper(code)
	if len(code) == 5 && strings.Trim(code, "0123456789") == "" {
		for _, n := range []int{2, 3} {
			if _, ok := g.regions[code[:n]]; ok {
				return code[:n]
			}
		}
	}
	if _, ok := g.regions[code]; ok {
		return code
	}
	return ""
}

// formFirst puts a legal form before the name that it stands behind: "Valdonnez,
// communauté de communes", "Terres de Lumière CC".
func (g *Gazetteer) formFirst(name string) string {
	const between = " -–—:,;()"
	fields := strings.Fields(name)
	for k := max(1, len(fields)-4); k < len(fields); k++ {
		form := strings.Trim(strings.Join(fields[k:], " "), between)
		if form != "" && g.onlyForm(form) {
			return form + " " + strings.TrimRight(strings.Join(fields[:k], " "), between)
		}
	}
	return name
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
	if swallowed(word) && x.knows(word[1:]) {
		return word[:1] + "'" + word[1:]
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

// swallowed tells "LIsle" and "MTsangamouji": two capitals, then small letters.
func swallowed(word string) bool {
	return len(word) > 3 && strings.ContainsAny(word[:1], "DLM") && 'A' <= word[1] && word[1] <= 'Z' && 'a' <= word[2] && word[2] <= 'z'
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
	if len(codes) < 2 {
		return word
	}
	for i, code := range codes {
		k, ok := g.find(vigie.Ref{Type: vigie.RefDepartement, ID: strings.ToUpper(code)})
		if !ok {
			return word
		}
		codes[i] = g.entities[k].name()
	}
	return strings.Join(codes, " - ")
}
