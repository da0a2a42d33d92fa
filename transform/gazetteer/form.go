package gazetteer

import "strings"

// Legal forms of an EPCI; the last two are words that say no more than that it is one.
const (
	noForm uint8 = iota
	formCC
	formCA
	formCU
	formMetro
	formEPT
	formAgglo // CA, CU or métropole
	formInterco
)

var formCodes = [...]string{"", "CC", "CA", "CU", "METRO", "EPT", "interco", "interco"}

// legalForms are the ways to write a form before a name, folded, plurals made singular.
var legalForms = []struct {
	words string
	form  uint8
}{
	{"agglo", formAgglo},
	{"ca", formCA},
	{"c a", formCA},
	{"c c", formCC},
	{"c u", formCU},
	{"cc", formCC},
	{"cda", formCA},
	{"cdc", formCC},
	{"codecom", formCC},
	{"comcom", formCC},
	{"communaute", formInterco},
	{"cu", formCU},
	{"district", formInterco},
	{"epci", formInterco},
	{"ept", formEPT},
	{"etablissement public territorial", formEPT},
	{"eurometropole", formMetro},
	{"interco", formInterco},
	{"intercommunalite", formInterco},
	{"metropole", formMetro},
}

// communautes are the words that may begin a form, and what may follow them.
var (
	communautes = []string{"com", "comm", "communaute", "cte"}
	ofWhat      = []struct {
		words string
		form  uint8
	}{
		{"agglo", formCA}, {"d agglo", formCA}, {"de agglo", formCA},
		{"cnes", formCC}, {"com", formCC}, {"comm", formCC}, {"communes", formCC}, {"commune", formCC},
		{"de cnes", formCC}, {"de com", formCC}, {"de comm", formCC}, {"de communes", formCC}, {"de commune", formCC},
		{"urb", formCU}, {"urbaine", formCU},
	}
)

// suffixForms are the words that close a name and say its form: "Flers Agglo".
var suffixForms = []struct {
	word string
	form uint8
}{
	{"agglo", formAgglo}, {"communaute", formInterco}, {"intercom", formInterco}, {"metropole", formMetro},
}

// formsThat a form written in a text may be of an EPCI of this kind in the list.
func formFits(form uint8, kind string) bool {
	switch form {
	case formAgglo:
		return kind == "CA" || kind == "CU" || kind == "METRO" || kind == "SAN"
	case formInterco, noForm:
		return true
	}
	return kind == formCodes[form]
}

func (x *index) addForms() {
	for _, f := range legalForms {
		x.addForm(f.words, f.form)
	}
	for _, first := range communautes {
		for _, f := range ofWhat {
			x.addForm(first+" "+f.words, f.form)
		}
	}
	for _, f := range suffixForms {
		x.suffix = append(x.suffix, suffixWord{x.add(hashOf(f.word)), f.form})
	}
}

func (x *index) addForm(words string, form uint8) {
	node := int32(formRoot)
	for w := range strings.FieldsSeq(words) {
		node = x.addStep(node, x.add(hashOf(w)))
	}
	x.setForm(node, form)
}

func (x *index) setForm(node int32, form uint8) {
	for int(node) >= len(x.forms) {
		x.forms = append(x.forms, noForm)
	}
	x.forms[node] = form
}

// form reads a legal form at tokens[i] and returns it with the place behind it and the
// linking words that follow; noForm where there is none. A name must follow without a stop.
func (x *index) form(tokens []token, i int) (form uint8, next int) {
	node := int32(formRoot)
	for j := i; j < len(tokens) && (j == i || tokens[j].gap == gapPlain); j++ {
		if node = x.step(node, tokens[j].word); node == 0 {
			break
		}
		if int(node) < len(x.forms) && x.forms[node] != noForm {
			form, next = x.forms[node], j+1
		}
	}
	if form == noForm {
		return noForm, i
	}
	for next < len(tokens) && tokens[next].gap == gapPlain && (x.linked[tokens[next].word] == linkDe || x.linked[tokens[next].word] == linkArticle) {
		next++
	}
	return form, next
}

// suffixForm returns the form that a word behind a name says.
func (x *index) suffixForm(word int32) uint8 {
	for _, s := range x.suffix {
		if s.word == word {
			return s.form
		}
	}
	return noForm
}

type suffixWord struct {
	word int32
	form uint8
}

// longNames spell out what the official list abbreviates.
var longNames = []struct{ short, long string }{
	{"CA ", "Communauté d'agglomération "}, {"CC ", "Communauté de communes "}, {"CU ", "Communauté urbaine "},
}

func longName(name string) string {
	for _, l := range longNames {
		if rest, ok := strings.CutPrefix(name, l.short); ok {
			return l.long + rest
		}
	}
	return name
}
