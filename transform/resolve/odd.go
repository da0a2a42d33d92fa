package resolve

import (
	"slices"
	"strings"
	"unicode"
)

// odd asks about words that are not what they look like: with letters of several
// alphabets, they match no name. (Marks without width never get into an article's text.)
func (c *checker) odd() {
	var mixed []string
	for word := range strings.FieldsFuncSeq(c.a.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if mixes(word) && !slices.Contains(mixed, word) {
			mixed = append(mixed, word)
		}
	}
	if len(mixed) > 0 {
		c.ask("Des mots mêlent les lettres de plusieurs alphabets, vigie ne les rapproche d'aucun nom : « %s »", short(strings.Join(mixed, " ; ")))
	}
}

// mixes reports whether a word has letters of the Latin alphabet and of one that looks like it.
func mixes(word string) bool {
	latin := strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
	return latin && strings.ContainsFunc(word, func(r rune) bool { return unicode.In(r, unicode.Cyrillic, unicode.Greek) && r != 'µ' && r != 'μ' })
}
