package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vigie/internal/french"
)

// A dehyphener decides whether a hyphen at the end of a line belongs to the word or to
// the line. It tries both forms.
type dehyphener struct {
	words map[string]bool   // folded words of the text at hand, none of them at a line's end
	known func(string) bool // official names; may be nil
}

func newDehyphener(lines []string, known func(string) bool) *dehyphener {
	d := &dehyphener{words: map[string]bool{}, known: known}
	for _, l := range lines {
		fields := strings.FieldsFunc(l, isGap)
		for i, f := range fields {
			if i == len(fields)-1 && strings.HasSuffix(f, "-") {
				break
			}
			d.words[french.Fold(strings.Trim(f, ".,;:!?()«»\"“”"))] = true
		}
	}
	return d
}

func isGap(r rune) bool { return r == ' ' || r == '\t' || r == '’' || r == '\'' }

// broken reports whether a line ends in the midst of a word that next goes on with.
func broken(s, next string) bool {
	head, ok := strings.CutSuffix(s, "-")
	if !ok {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(head)
	after, _ := utf8.DecodeRuneInString(next)
	return (unicode.IsLetter(before) || unicode.IsDigit(before)) && (unicode.IsLetter(after) || unicode.IsDigit(after) && unicode.IsDigit(before))
}

// join returns two lines as one, where broken says that a word goes over.
func (d *dehyphener) join(s, next string) string {
	head := s[strings.LastIndexFunc(s, isGap)+1 : len(s)-1]
	tail := next
	if i := strings.IndexFunc(next, isGap); i >= 0 {
		tail = next[:i]
	}
	if d.keeps(strings.TrimLeft(head, "«(“\""), strings.TrimRight(tail, ".,;:!?)»”\"")) {
		return s + next
	}
	return s[:len(s)-1] + next
}

// keeps reports whether the hyphen between head and tail is the word's own.
func (d *dehyphener) keeps(head, tail string) bool {
	with, without := head+"-"+tail, head+tail
	switch a, b := d.words[french.Fold(with)], d.words[french.Fold(without)]; {
	case a != b:
		return a
	case d.known == nil:
	case d.known(without) && !d.known(with):
		return false
	case d.known(with) && !d.known(without):
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(head)
	first, _ := utf8.DecodeRuneInString(tail)
	switch {
	case unicode.IsDigit(last), utf8.RuneCountInString(head) == 1 && !unicode.IsLower(last):
		return true
	case unicode.IsUpper(first): // Pas-de-/Calais; a heading in capitals may be broken anywhere
		return !isCapitals(without) || opensCompound(head, tail)
	}
	return opensCompound(head, tail)
}

func isCapitals(s string) bool {
	return says(s) && strings.ToUpper(s) == s
}

// compoundHeads are words, folded, before a hyphen of French spelling: a line that ends
// in one ends in a whole word. The exceptions begin what the head is a syllable of:
// sous-/crire, porte-/feuille.
var compoundHeads = map[string][]string{
	"apres": nil, "arriere": nil, "avant": {"ag"}, "beau": nil, "bas": {"s"}, "basse": nil, "ceux": nil, "celle": nil,
	"celles": nil, "celui": nil, "centre": nil, "chef": nil, "chefs": nil, "cinquante": nil, "cote": nil,
	"demi": nil, "dix": nil, "eux": nil, "elles": nil, "grand": {"i", "e"}, "grande": nil, "grands": nil, "haut": {"e"}, "haute": nil, "hauts": nil,
	"lui": nil, "main": {"t"}, "non": {"o"}, "nord": nil, "nouvelle": nil, "ouest": nil, "porte": {"f"}, "plus": {"i"},
	"quarante": nil, "quatre": nil, "rendez": nil, "saint": nil, "sainte": nil, "savoir": nil, "semi": nil,
	"soixante": nil, "sous": {"cri", "tract", "traire"}, "sud": nil, "trente": nil, "vice": nil, "vingt": nil,
}

// compoundTails are words, folded, after such a hyphen: peut-/être, est-/il.
var compoundTails = phrases("ci", "dela", "dessous", "dessus", "elle", "elles", "etre", "il", "ils", "joint", "jointe", "joints",
	"meme", "memes", "on", "apres", "maire", "maires", "ministre", "president", "presidente", "temps")

// linkWords stand between the parts of a place's name: Aix-/en-Provence.
var linkWords = []string{"au-", "aux-", "d'", "de-", "des-", "du-", "en-", "et-", "l'", "la-", "le-", "les-", "lès-", "près-", "sous-", "sur-"}

func opensCompound(head, tail string) bool {
	first, _ := utf8.DecodeRuneInString(head)
	if unicode.IsUpper(first) {
		for _, w := range linkWords {
			if strings.HasPrefix(strings.ToLower(tail), w) {
				return true
			}
		}
	}
	h, t := french.Fold(head), french.Fold(tail)
	h = h[strings.LastIndexByte(h, '-')+1:]
	t, _, _ = strings.Cut(t, "-")
	if compoundTails[t] && !(t == "on" || t == "temps" && h != "mi" || t == "ministre" && h != "ex" || t == "etre" && h != "peut") {
		return true
	}
	not, ok := compoundHeads[h]
	for _, prefix := range not {
		if strings.HasPrefix(t, prefix) {
			return false
		}
	}
	return ok
}
