package scrapers

import (
	"net/url"
	"strings"
	"unicode"

	"vigie"
	"vigie/internal/french"
)

// A topic decides by its title, address and summary whether a link is worth fetching.
// Its zero value takes all.
type topic struct{ keywords []string }

func newTopic(keywords []string) topic {
	var t topic
	for _, k := range keywords {
		if k = squeeze(k); k != "" {
			t.keywords = append(t.keywords, k)
		}
	}
	return t
}

func (t topic) holds(l vigie.Link) bool {
	if len(t.keywords) == 0 {
		return true
	}
	address := l.URL
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	return t.in(squeeze(l.Title) + " " + squeeze(address) + " " + squeeze(l.Summary))
}

// in reports whether a squeezed text holds a keyword.
func (t topic) in(text string) bool {
	for _, k := range t.keywords {
		if strings.Contains(text, k) {
			return true
		}
	}
	return false
}

// squeeze leaves of a text what a title and the address made of it have in common: the
// letters and digits, folded, each word without its plural s. "Territoires d'industrie",
// "territoire-d-industrie" and "territoires-dindustrie" come out the same.
func squeeze(s string) string {
	var b strings.Builder
	words := strings.FieldsFunc(french.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, w := range words {
		b.WriteString(strings.TrimSuffix(w, "s"))
	}
	return b.String()
}
