package reports

import (
	"fmt"
	"strings"

	"vigie"
)

// edgeWords is how many words at each end of a quote an address names: enough to find
// them, few enough for what an address may hold.
const edgeWords = 5

// liveLink leads to the words on their page: by a text fragment, which browsers scroll to
// and mark, or by the page's number in a PDF. Fragments that leave no room are shorter, or
// not there; linkable has the last word.
func liveLink(m vigie.Mention, words string) string {
	if m.URL == "" {
		return ""
	}
	if m.Page > 0 {
		return withFragment(m.URL, fmt.Sprintf("page=%d", m.Page))
	}
	for n := edgeWords; n > 0; n-- {
		if link := withFragment(m.URL, ":~:text="+textFragment(words, n)); len(link) <= maxAddress {
			return link
		}
	}
	return m.URL
}

// withFragment adds a fragment; one that the address has stays, and comes first.
func withFragment(address, fragment string) string {
	switch {
	case fragment == "" || fragment == ":~:text=":
		return address
	case !strings.Contains(address, "#"):
		return address + "#" + fragment
	case strings.HasPrefix(fragment, ":~:"):
		return address + fragment
	}
	return address
}

// textFragment is the value of a text directive, "first words,last words", n at each end,
// or all of them where they are few. What it names must stand in one block of the page
// each: words of the first line and of the last, without the marks of a list.
func textFragment(words string, n int) string {
	lines := strings.FieldsFunc(strings.ReplaceAll(words, Cut, "\n"), func(r rune) bool { return r == '\n' || r == '\t' || r == '\r' })
	var edges [][]string // of words
	for _, line := range lines {
		if w := strings.Fields(strings.TrimPrefix(strings.TrimLeft(line, " "), "- ")); len(w) > 0 {
			edges = append(edges, w)
		}
	}
	if len(edges) == 0 {
		return ""
	}
	first, last := edges[0], edges[len(edges)-1]
	if len(edges) == 1 && len(first) <= 2*n {
		return directive(first)
	}
	return directive(first[:min(n, len(first))]) + "," + directive(last[max(0, len(last)-n):])
}

// directive percent-encodes all but letters, digits and "._~": the hyphen, comma and
// ampersand mean something in a text directive, and the rest is what Excel and browsers
// agree on.
func directive(words []string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(strings.Join(words, " ")) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '_', c == '~':
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}
