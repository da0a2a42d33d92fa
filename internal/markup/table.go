package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isTablePart tells the elements in which no text may stand.
func isTablePart(a atom.Atom) bool {
	switch a {
	case atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Colgroup:
		return true
	}
	return false
}

func isRows(a atom.Atom) bool { return a == atom.Thead || a == atom.Tbody || a == atom.Tfoot }

// inTable takes in a token between the cells of a table.
func (b *builder) inTable(kind Kind) bool {
	switch kind {
	case Text:
		if strings.Trim(b.Text, whitespace) != "" {
			return false
		}
		b.text(b.Text)
		return true
	case StartTag:
		return b.startInTable(b.top().DataAtom)
	case EndTag:
		return b.endTablePart()
	}
	return false
}

// startInTable takes in a start tag in a part of a table.
func (b *builder) startInTable(top atom.Atom) bool {
	switch {
	case b.Atom == atom.Col:
		return top == atom.Colgroup && b.void()
	case top == atom.Colgroup:
		return false
	case b.Atom == atom.Script || b.Atom == atom.Style:
		return b.rawElement()
	case b.Atom == atom.Caption || b.Atom == atom.Colgroup:
		return top == atom.Table && b.push()
	case isRows(b.Atom):
		if isRows(top) {
			b.pop()
			top = b.top().DataAtom
		}
		return top == atom.Table && b.push()
	case b.Atom == atom.Tr:
		switch {
		case top == atom.Tr:
			b.pop()
		case top == atom.Table: // its rows need no tbody in the page, but have one
			body := b.node(html.ElementNode, "tbody")
			body.DataAtom = atom.Tbody
			b.top().AppendChild(body)
			b.open = append(b.open, body)
		}
		return isRows(b.top().DataAtom) && b.push()
	case b.Atom == atom.Td || b.Atom == atom.Th:
		return top == atom.Tr && b.push()
	}
	return false
}

// endTablePart closes a part of a table, and those in it.
func (b *builder) endTablePart() bool {
	if !isTablePart(b.Atom) {
		return false
	}
	i := len(b.open) - 1
	for b.open[i].DataAtom != b.Atom {
		if a := b.open[i].DataAtom; a == atom.Table || !isTablePart(a) || a == atom.Colgroup {
			return false
		}
		i--
	}
	b.open = b.open[:i]
	return true
}

// endCell closes a cell; what is open in it ends with it.
func (b *builder) endCell() bool {
	for i := len(b.open) - 1; i >= 0; i-- {
		switch b.open[i].DataAtom {
		case b.Atom:
			b.open = b.open[:i]
			return true
		case atom.Table, atom.Html, atom.Td, atom.Th:
			return false
		}
	}
	return false
}

// endInCell takes in the end of a part of the table, or of its caption, where a cell or
// the caption itself is open.
func (b *builder) endInCell() bool {
	top := b.top().DataAtom
	switch {
	case b.Atom == atom.Caption && top == atom.Caption:
		b.pop()
		return true
	case b.Atom == atom.Caption || top != atom.Td && top != atom.Th:
		return false
	}
	b.pop()
	return b.endTablePart()
}
