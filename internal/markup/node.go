package markup

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func (b *builder) node(t html.NodeType, data string) *html.Node {
	n := &b.room.nodes.next(1)[0]
	n.Type, n.Data = t, data
	return n
}

// element makes the element of the tag under way; nil where an attribute is doubtful.
func (b *builder) element() *html.Node {
	n := b.node(html.ElementNode, b.Name)
	n.DataAtom = b.Atom
	if len(b.attrs) == 0 {
		return n
	}
	n.Attr = b.room.attrs.next(len(b.attrs))
	for i, a := range b.attrs {
		value, ok := attrValue(a.Value)
		if !ok {
			return nil
		}
		n.Attr[i] = html.Attribute{Key: a.Key, Val: value}
	}
	if isFormatting(b.Atom) { // as html.Parse leaves them
		slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Val, b.Val)) })
	}
	return n
}

// attrValue undoes the entities of an attribute. In addresses "&" mostly is no entity's:
// where the rules for texts and for attributes might differ, ok is false.
func attrValue(s string) (value string, ok bool) {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s, true
	}
	var out strings.Builder
	for ; i >= 0; i = strings.IndexByte(s, '&') {
		out.WriteString(s[:i])
		s = s[i:]
		n := 1
		for n < len(s) && (isLetter(s[n]) || '0' <= s[n] && s[n] <= '9' || n == 1 && s[n] == '#') {
			n++
		}
		decoded := html.UnescapeString(s[:n])
		switch {
		case n < len(s) && s[n] == ';':
			n++
			if decoded = html.UnescapeString(s[:n]); strings.HasSuffix(decoded, ";") {
				return "", false
			}
		case n < len(s) && s[n] == '=' && s[1] != '#':
			decoded = s[:n]
		case decoded != s[:n]:
			return "", false
		}
		out.WriteString(decoded)
		s = s[n:]
	}
	out.WriteString(s)
	return out.String(), true
}

// add appends the element of the tag under way to the innermost open one.
func (b *builder) add() *html.Node {
	n := b.element()
	if n == nil {
		return nil
	}
	if top := b.top(); top != nil {
		top.AppendChild(n)
	} else {
		b.doc.AppendChild(n)
	}
	return n
}

func (b *builder) push() bool {
	n := b.add()
	if n != nil {
		b.open = append(b.open, n)
	}
	return n != nil
}

func (b *builder) void() bool { return b.add() != nil }

// rawElement adds an element that holds nothing but text.
func (b *builder) rawElement() bool {
	n := b.add()
	if n == nil {
		return false
	}
	name := b.Atom
	kind := b.Next()
	if kind == Text {
		text := b.Text
		if name == atom.Textarea {
			text = strings.TrimPrefix(text, "\n")
		}
		if !b.Raw {
			text = html.UnescapeString(text)
		}
		if text != "" {
			n.AppendChild(b.node(html.TextNode, text))
		}
		kind = b.Next()
	}
	return kind == EndTag && b.Atom == name
}

// text appends a text, to the one before where nothing stands between.
func (b *builder) text(text string) {
	if text == "" {
		return
	}
	top := b.top()
	if last := top.LastChild; last != nil && last.Type == html.TextNode {
		last.Data += text
		return
	}
	top.AppendChild(b.node(html.TextNode, text))
}

// top is the innermost open element; nil before the first.
func (b *builder) top() *html.Node {
	if len(b.open) == 0 {
		return nil
	}
	return b.open[len(b.open)-1]
}

func (b *builder) pop() { b.open = b.open[:len(b.open)-1] }

// inScope returns the open element of that name, if nothing stands between that shuts it off.
func (b *builder) inScope(a atom.Atom) *html.Node {
	for _, n := range slices.Backward(b.open) {
		if n.DataAtom == a && n.Namespace == "" {
			return n
		}
		if shutsOff(n.DataAtom) {
			return nil
		}
	}
	return nil
}

// paragraph returns the open paragraph, if there is one in reach.
func (b *builder) paragraph() *html.Node {
	for _, n := range slices.Backward(b.open) {
		if n.DataAtom == atom.P {
			return n
		}
		if n.DataAtom == atom.Button || shutsOff(n.DataAtom) {
			return nil
		}
	}
	return nil
}

func shutsOff(a atom.Atom) bool {
	switch a {
	case atom.Applet, atom.Caption, atom.Html, atom.Table, atom.Td, atom.Th, atom.Marquee, atom.Object, atom.Template, atom.Select:
		return true
	}
	return false
}

// opened reports whether an element of that name is open in the table's cell, or anywhere.
func (b *builder) opened(a atom.Atom) bool {
	for _, n := range slices.Backward(b.open) {
		switch n.DataAtom {
		case a:
			return true
		case atom.Td, atom.Th, atom.Caption:
			return false
		}
	}
	return false
}

// isSpecial tells the elements, of those that may be open here, that items do not reach
// across.
func isSpecial(a atom.Atom) bool {
	switch a {
	case atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Button, atom.Caption, atom.Center, atom.Colgroup,
		atom.Dd, atom.Details, atom.Dir, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
		atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Head, atom.Header, atom.Hgroup,
		atom.Html, atom.Li, atom.Listing, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Pre, atom.Section,
		atom.Select, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
}
