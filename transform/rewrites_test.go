package transform_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/gazetteer"
)

// A variant is a page rewritten: its blocks, how they are put on a page, and the facts
// that it states now.
type variant struct {
	blocks    []block
	published vigie.Date
	gold      []goldFact
	form      form
	gone      []goldFact // what it states no more
}

// A form is what blocks are written as.
type form int

const (
	page form = iota
	site
	breaks
	text
	bullets // a text whose items begin with •
)

// A rewrite changes a page and what is known of it; it returns false where the page has
// nothing that it could change.
type rewrite struct {
	name   string
	apply  func(*variant, *rand.Rand, *gazetteer.Gazetteer) bool
	seeded bool // another seed gives another page
	rare   bool // so few pages allow it that every run takes them all
}

var rewrites = []rewrite{
	{"as it is", func(*variant, *rand.Rand, *gazetteer.Gazetteer) bool { return true }, false, false},
	{"another region", moveRegion, true, true},
	{"lists as sentences", listsAsSentences, false, true},
	{"lists as tables", listsAsTables, false, true},
	{"sentences as lists", sentencesAsLists, false, true},
	{"tables as lists", tablesAsLists, false, true},
	{"another order", reorder, true, true},
	{"other dates", otherDates, true, false},
	{"other numbers", otherNumbers, true, false},
	{"other typography", typography, true, false},
	{"headings in capitals", capitals, true, false},
	{"negated", inserted(negate), false, true},
	{"conditional", inserted(suppose), false, true},
	{"hearsay", inserted(rumour), false, true},
	{"plain text", asForm(text), false, false},
	{"plain text, bullets", asForm(bullets), false, false},
	{"line breaks only", asForm(breaks), false, false},
	{"a sentence a paragraph", sentenceParagraphs, false, false},
	{"cut off", cutOff, true, false},
	{"noise around", asForm(site), true, false},
}

func asForm(f form) func(*variant, *rand.Rand, *gazetteer.Gazetteer) bool {
	return func(v *variant, _ *rand.Rand, _ *gazetteer.Gazetteer) bool {
		v.form = f
		return true
	}
}

// several applies three of the rewrites that state the same facts.
func several(v *variant, rnd *rand.Rand, g *gazetteer.Gazetteer) bool {
	n := 0
	for _, i := range rnd.Perm(len(rewrites)) {
		r := rewrites[i]
		if n == 3 || slices.Contains([]string{"as it is", "negated", "conditional", "hearsay", "cut off"}, r.name) {
			continue
		}
		if next := v.clone(); r.apply(next, rnd, g) {
			*v, n = *next, n+1
		}
	}
	return n > 1
}

func (v *variant) clone() *variant {
	c := *v
	c.blocks, c.gold = slices.Clone(v.blocks), slices.Clone(v.gold)
	return &c
}

// isName reports whether a text is short and no sentence.
func isName(s string) bool {
	return len(s) < 90 && !strings.ContainsAny(s, ".:;\n\t?!") && utf8.RuneCountInString(s) > 2 && !strings.Contains(s, " a été ")
}

// A run is consecutive blocks [i, j) of one kind and level.
func runs(blocks []block, kind vigie.BlockKind) (all [][2]int) {
	for i := 0; i < len(blocks); i++ {
		j := i
		for j < len(blocks) && blocks[j].kind == kind && blocks[j].level == blocks[i].level {
			j++
		}
		nested := j < len(blocks) && blocks[j].kind == kind || i > 0 && blocks[i-1].kind == kind
		if j-i > 1 && !nested {
			all = append(all, [2]int{i, j})
		}
		i = max(i, j-1)
	}
	return all
}

// listsAsSentences: "Sont retenus :" and its bullets become one sentence.
func listsAsSentences(v *variant, _ *rand.Rand, _ *gazetteer.Gazetteer) bool {
	return overLists(v, func(lead block, items []block) []block {
		names := make([]string, len(items))
		for i, b := range items {
			names[i] = b.text
			if !isName(b.text) || strings.Contains(b.text, ",") || strings.Contains(b.text, " et ") {
				return nil
			}
		}
		lead.text = strings.TrimRight(lead.text, " :") + " : " + strings.Join(names[:len(names)-1], ", ") + " et " + names[len(names)-1] + "."
		return []block{lead}
	})
}

func listsAsTables(v *variant, _ *rand.Rand, _ *gazetteer.Gazetteer) bool {
	return overLists(v, func(lead block, items []block) []block {
		out := []block{lead, {vigie.Header, 0, "Territoire\tRang"}}
		for i, b := range items {
			if !isName(b.text) {
				return nil
			}
			out = append(out, block{vigie.Row, 0, b.text + "\t" + string(rune('A'+i%26))})
		}
		return out
	})
}

// overLists replaces lists with their leads, where change gives something for them.
func overLists(v *variant, change func(lead block, items []block) []block) bool {
	changed := false
	all := runs(v.blocks, vigie.Item)
	for _, r := range slices.Backward(all) {
		i, j := r[0], r[1]
		if i == 0 || v.blocks[i-1].kind != vigie.Paragraph || !strings.HasSuffix(v.blocks[i-1].text, ":") {
			continue
		}
		if out := change(v.blocks[i-1], v.blocks[i:j]); out != nil {
			v.blocks = slices.Replace(slices.Clone(v.blocks), i-1, j, out...)
			changed = true
		}
	}
	return changed
}

// sentencesAsLists: names after a colon that end their paragraph become bullets.
func sentencesAsLists(v *variant, _ *rand.Rand, _ *gazetteer.Gazetteer) bool {
	changed := false
	for i := len(v.blocks) - 1; i > 0; i-- {
		b := v.blocks[i]
		lead, names, ok := strings.Cut(b.text, " : ")
		if b.kind != vigie.Paragraph || !ok || strings.ContainsAny(names, ".;:()«“\n") && strings.IndexAny(names, ".;:()«“\n") < len(names)-1 {
			continue
		}
		items := strings.Split(strings.ReplaceAll(strings.TrimSuffix(names, "."), " et ", ", "), ", ")
		if len(items) < 3 || slices.ContainsFunc(items, func(s string) bool { return len(s) > 45 || !startsUpper(s) }) {
			continue
		}
		out := []block{{vigie.Paragraph, 0, lead + " :"}}
		for _, s := range items {
			out = append(out, block{vigie.Item, 1, s})
		}
		v.blocks = slices.Replace(slices.Clone(v.blocks), i, i+1, out...)
		changed = true
	}
	return changed
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// tablesAsLists: "A<tab>B" becomes "- A : B", for tables of two columns.
func tablesAsLists(v *variant, _ *rand.Rand, _ *gazetteer.Gazetteer) bool {
	changed := false
	for i, b := range v.blocks {
		if b.kind == vigie.Row && strings.Count(b.text, "\t") == 1 && !strings.Contains(b.text, "\n") {
			a, z, _ := strings.Cut(b.text, "\t")
			if a != "" && z != "" {
				v.blocks[i] = block{vigie.Item, 1, a + " : " + z}
				changed = true
			}
		}
	}
	if changed {
		v.blocks = slices.DeleteFunc(v.blocks, func(b block) bool { return b.kind == vigie.Header })
	}
	return changed
}

// reorder shuffles the items of lists and the rows of tables.
func reorder(v *variant, rnd *rand.Rand, _ *gazetteer.Gazetteer) bool {
	changed := false
	for _, kind := range []vigie.BlockKind{vigie.Item, vigie.Row} {
		for _, r := range runs(v.blocks, kind) {
			some := v.blocks[r[0]:r[1]]
			if slices.ContainsFunc(some, func(b block) bool {
				return strings.HasPrefix(b.text, "\t") || !isName(strings.ReplaceAll(b.text, "\t", " "))
			}) {
				continue // a cell above spans the row; or items that speak of each other
			}
			rnd.Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
			changed = true
		}
	}
	return changed
}

// typography: other quotation marks, apostrophes, dashes and spaces.
func typography(v *variant, rnd *rand.Rand, _ *gazetteer.Gazetteer) bool {
	styles := [][]string{
		{"« ", "\"", " »", "\"", "“", "\"", "”", "\"", "’", "'"},
		{"« ", "“", " »", "”", "'", "’", " - ", " – ", " :", "\u00a0:"},
		{"\"", "''", "’", "'", "–", "-", "—", "-", "œ", "oe"},
		{"“", "« ", "”", " »", "'", "’", " ;", "\u202f;", " ?", "\u202f?", " %", "\u00a0%"},
		{"-", "\u2011"}, {"'", "ʼ", "’", "ʼ"},
	}
	r := strings.NewReplacer(styles[rnd.IntN(len(styles))]...)
	changed := false
	for i, b := range v.blocks {
		v.blocks[i].text = r.Replace(b.text)
		changed = changed || v.blocks[i].text != b.text
	}
	return changed
}

// capitals: headings in capitals, with their accents or without.
func capitals(v *variant, rnd *rand.Rand, _ *gazetteer.Gazetteer) bool {
	changed, bare := false, rnd.IntN(2) == 0
	for i, b := range v.blocks {
		if b.kind == vigie.Heading {
			s := strings.ToUpper(b.text)
			if bare {
				s = strings.NewReplacer("É", "E", "È", "E", "Ê", "E", "À", "A", "Â", "A", "Î", "I", "Ô", "O", "Ç", "C", "Û", "U").Replace(s)
			}
			v.blocks[i].text, changed = s, true
		}
	}
	return changed
}

// sentenceParagraphs gives each sentence its own paragraph.
func sentenceParagraphs(v *variant, _ *rand.Rand, _ *gazetteer.Gazetteer) bool {
	var out []block
	for _, b := range v.blocks {
		if b.kind != vigie.Paragraph || strings.Contains(b.text, "\n") {
			out = append(out, b)
			continue
		}
		for _, r := range french.Sentences(b.text) {
			if s := strings.TrimSpace(b.text[r.Lo:r.Hi]); s != "" {
				out = append(out, block{b.kind, b.level, s})
			}
		}
	}
	changed := len(out) > len(v.blocks)
	v.blocks = out
	return changed
}

// cutOff ends the text in the middle of a sentence: what it had said before still holds.
func cutOff(v *variant, rnd *rand.Rand, _ *gazetteer.Gazetteer) bool {
	var long []int
	for i, b := range v.blocks {
		if 3*i > len(v.blocks) && b.kind == vigie.Paragraph && len(b.text) > 80 {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return false
	}
	i := long[rnd.IntN(len(long))]
	s := v.blocks[i].text
	at := len(s)/3 + rnd.IntN(len(s)/2)
	if k := strings.LastIndexByte(s[:at], ' '); k > 0 {
		at = k
	}
	v.blocks = append(slices.Clone(v.blocks[:i]), block{vigie.Paragraph, 0, s[:at]})
	left := squeeze(asText(v.blocks[:i], "- "))
	for k, f := range v.gold {
		if !strings.Contains(left, squeeze(f.text("quote"))) {
			v.gold[k] = f.with("optional", true)
		}
	}
	return true
}

// squeeze makes quotes comparable: the gold's white space is not the text's.
func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("- ", " ", "\u00a0", " ", "\u202f", " ").Replace(s)), " ")
}
