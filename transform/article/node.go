package article

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blockTags begin and end a line. What is in no list here runs on in its line.
var blockTags = newTagSet(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption,
	atom.Center, atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset,
	atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
	atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol,
	atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th,
	atom.Thead, atom.Tr, atom.Ul)

// A tagSet holds up to a hundred tags or so; it is asked of each element of a page many times.
type tagSet [256]atom.Atom

func newTagSet(tags ...atom.Atom) *tagSet {
	var set tagSet
	for _, t := range tags {
		i := firstSlot(t)
		for set[i] != 0 {
			i++
		}
		set[i] = t
	}
	return &set
}

func firstSlot(a atom.Atom) uint8 { return uint8(a ^ a>>8 ^ a>>16) }

func (s *tagSet) has(a atom.Atom) bool {
	for i := firstSlot(a); s[i] != 0; i++ {
		if s[i] == a {
			return true
		}
	}
	return false
}

func isElement(n *html.Node) bool { return n != nil && n.Type == html.ElementNode }

func isBlock(n *html.Node) bool { return isElement(n) && blockTags.has(n.DataAtom) }

// headingLevel returns 1 to 6 for a heading, else 0.
func headingLevel(n *html.Node) int {
	if isElement(n) && len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		return int(n.Data[1] - '0')
	}
	return 0
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// each calls f for n and all below it in document order; f returns false to pass over
// what is below. The tree may be cut at or below the node in hand.
func each(n *html.Node, f func(*html.Node) bool) {
	if !f(n) {
		return
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		each(c, f)
		c = next
	}
}

func contains(n, below *html.Node) bool {
	for ; below != nil; below = below.Parent {
		if below == n {
			return true
		}
	}
	return false
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// text returns what is written below n, with a line break where a block or a br is.
func text(n *html.Node) string {
	var b strings.Builder
	each(n, func(c *html.Node) bool {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(unwrap(c.Data))
		case c.DataAtom == atom.Br, isBlock(c) && c != n:
			b.WriteString("\n")
		}
		return c.Type != html.CommentNode
	})
	var lines []string
	for l := range strings.SplitSeq(clean(squeeze(b.String())), "\n") {
		if l = strings.Trim(l, " \t"); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// label is the text of something short, such as a heading, on one line.
func label(n *html.Node) string {
	var b strings.Builder
	each(n, func(c *html.Node) bool {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.DataAtom == atom.Br, isBlock(c) && c != n:
			b.WriteString("\n")
		}
		return c.Type != html.CommentNode
	})
	return oneLine(clean(b.String()))
}

// oneLine makes one space of all white space, and trims it.
func oneLine(s string) string {
	space := true // before the first letter none may stand
	for _, r := range s {
		switch {
		case r == ' ' && !space:
			space = true
		case r == ' ' || r != ' ' && unicode.IsSpace(r):
			return strings.Join(strings.Fields(s), " ")
		default:
			space = false
		}
	}
	return strings.TrimSuffix(s, " ")
}

// hasDigit reports whether a digit stands below n.
func hasDigit(n *html.Node) bool {
	if n.Type == html.TextNode {
		return strings.ContainsAny(n.Data, "0123456789")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.CommentNode && hasDigit(c) {
			return true
		}
	}
	return false
}

// squeeze makes one space of three or more: where a template leaves gaps between
// elements, not where a typist put two.
func squeeze(s string) string {
	for strings.Contains(s, "   ") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "    ", "   "), "   ", " ")
	}
	return s
}

// unwrap undoes the line breaks and indents of the source: white space with a line
// break or a tab in it is one space. Other runs of spaces stay as they were written.
func unwrap(s string) string {
	if !strings.ContainsAny(s, "\n\t\r\f") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		j, broken := i, false
		for ; j < len(s) && strings.IndexByte(" \n\t\r\f", s[j]) >= 0; j++ {
			broken = broken || s[j] != ' '
		}
		switch {
		case broken:
			b.WriteByte(' ')
			i = j
		case j > i:
			b.WriteString(s[i:j])
			i = j
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

// names yields the classes and the id of an element, each as its words, which are not to
// be kept: "entry-content", "entryContent" and "entry__content" are all [entry content].
func names(n *html.Node) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		var room [8]string
		for _, a := range n.Attr {
			if a.Key != "class" && a.Key != "id" {
				continue
			}
			for token := range strings.FieldsSeq(a.Val) {
				if w := words(room[:0], token); len(w) > 0 && !yield(w) {
					return
				}
			}
		}
	}
}

// words appends the words of a class or id.
func words(all []string, token string) []string {
	lo, small := 0, false
	for i, r := range token {
		if 'a' <= r && r <= 'z' { // as nearly all are
			small = true
			continue
		}
		switch {
		case !unicode.IsLetter(r):
			all = appendWord(all, token, lo, i)
			lo = i + utf8.RuneLen(r)
		case unicode.IsUpper(r) && small:
			all = appendWord(all, token, lo, i)
			lo = i
		}
		small = unicode.IsLower(r)
	}
	return appendWord(all, token, lo, len(token))
}

func appendWord(all []string, token string, lo, hi int) []string {
	if lo >= hi {
		return all
	}
	return append(all, strings.ToLower(token[lo:hi]))
}
