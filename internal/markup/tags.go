package markup

import (
	"golang.org/x/net/html/atom"
)

// start takes in a start tag of the body.
func (b *builder) start() bool {
	switch b.Atom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Details, atom.Dialog, atom.Dir,
		atom.Div, atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Header, atom.Hgroup,
		atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Search, atom.Section, atom.Summary, atom.Ul,
		atom.Pre, atom.Listing:
		return b.endParagraph() && b.push()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return b.endParagraph() && !isHeading(b.top().DataAtom) && b.push()
	case atom.Form:
		if b.form != nil || !b.endParagraph() {
			return false
		}
		b.push()
		b.form = b.top()
		return true
	case atom.Li:
		return b.endItem(atom.Li, atom.Li) && b.endParagraph() && b.push()
	case atom.Dd, atom.Dt:
		return b.endItem(atom.Dd, atom.Dt) && b.endParagraph() && b.push()
	case atom.Button:
		return b.inScope(atom.Button) == nil && b.push()
	case atom.A:
		return !b.opened(atom.A) && b.push()
	case atom.Table:
		if !b.standards && b.paragraph() != nil {
			return false
		}
		return b.endParagraph() && b.push()
	case atom.Area, atom.Br, atom.Embed, atom.Img, atom.Keygen, atom.Wbr, atom.Param, atom.Source, atom.Track:
		return b.void()
	case atom.Input:
		return b.inScope(atom.Select) == nil && b.void()
	case atom.Hr:
		return b.inScope(atom.Select) == nil && b.endParagraph() && b.void()
	case atom.Select:
		return b.inScope(atom.Select) == nil && b.push()
	case atom.Option, atom.Optgroup:
		return b.option()
	case atom.Textarea, atom.Iframe, atom.Noembed:
		return b.rawElement()
	case atom.Svg:
		return b.pushForeign()
	}
	return b.inHead() || !isMended(b.Atom) && b.push()
}

// isMended tells the tags that are never simply opened where they stand.
func isMended(a atom.Atom) bool {
	switch a {
	case atom.Html, atom.Head, atom.Body, atom.Frameset, atom.Frame, atom.Template, atom.Applet, atom.Marquee,
		atom.Object, atom.Image, atom.Plaintext, atom.Math, atom.Nobr, atom.Rb, atom.Rp, atom.Rt, atom.Rtc, atom.Xmp,
		atom.Caption, atom.Col, atom.Colgroup, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr,
		atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Script, atom.Title, atom.Style,
		atom.Noscript, atom.Noframes:
		return true
	}
	return false
}

func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// isFormatting tells the elements that HTML opens again where they are not closed in order.
func isFormatting(a atom.Atom) bool {
	switch a {
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.S, atom.Small, atom.Strike,
		atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}

// option ends the option before it.
func (b *builder) option() bool {
	if b.inScope(atom.Select) != nil {
		for ends := b.top().DataAtom; isImplied(ends) && (ends != atom.Optgroup || b.Atom == atom.Optgroup); ends = b.top().DataAtom {
			b.pop()
		}
	} else if b.top().DataAtom == atom.Option {
		b.pop()
	}
	return b.push()
}

// isImplied tells the elements whose end tag may be left out.
func isImplied(a atom.Atom) bool {
	switch a {
	case atom.Dd, atom.Dt, atom.Li, atom.Optgroup, atom.Option, atom.P, atom.Rb, atom.Rp, atom.Rt, atom.Rtc:
		return true
	}
	return false
}

// endParagraph closes the paragraph that an element of its own rank ends.
func (b *builder) endParagraph() bool {
	p := b.paragraph()
	if p != nil && p != b.top() {
		return false
	}
	if p != nil {
		b.pop()
	}
	return true
}

// endItem closes the item that another of its list ends.
func (b *builder) endItem(one, other atom.Atom) bool {
	for i := len(b.open) - 1; i >= 0; i-- {
		switch a := b.open[i].DataAtom; {
		case a == one || a == other:
			if i < len(b.open)-1 {
				return false
			}
			b.pop()
			return true
		case a == atom.Address || a == atom.Div || a == atom.P:
		case isSpecial(a):
			return true
		}
	}
	return true
}

// end takes in an end tag of the body.
func (b *builder) end() bool {
	top := b.top()
	switch {
	case b.Atom == atom.Body || b.Atom == atom.Html:
		return b.endBody()
	case b.Atom == atom.Br, b.Atom == atom.Template, b.Atom == atom.Applet, b.Atom == atom.Marquee, b.Atom == atom.Object:
		return false
	case b.Atom == atom.Td || b.Atom == atom.Th:
		return b.endCell()
	case isTablePart(b.Atom) || b.Atom == atom.Caption:
		return b.endInCell()
	case isHeading(b.Atom):
		if !isHeading(top.DataAtom) {
			return false
		}
		b.pop()
		return true
	case b.Atom == atom.P:
		if top.DataAtom != atom.P {
			return false
		}
		b.pop()
		return true
	case isFormatting(b.Atom):
		if top.DataAtom != b.Atom {
			return false
		}
		b.pop()
		return true
	case b.Atom == atom.Li || b.Atom == atom.Dd || b.Atom == atom.Dt || isClosedWhole(b.Atom):
		return b.endBlock()
	}
	return b.endOther()
}

// endOther closes an element without rules of its own; an end tag that has nothing to
// close is passed over.
func (b *builder) endOther() bool {
	for i := len(b.open) - 1; i >= 0; i-- {
		switch n := b.open[i]; {
		case n.Data == b.Name && i == len(b.open)-1:
			b.pop()
			return true
		case n.Data == b.Name:
			return false
		case isSpecial(n.DataAtom):
			return true
		}
	}
	return true
}

// isClosedWhole tells the elements whose end tag ends the items and paragraphs in them.
func isClosedWhole(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Button, atom.Center, atom.Details, atom.Dialog,
		atom.Dir, atom.Div, atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.Header,
		atom.Hgroup, atom.Listing, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Pre, atom.Search, atom.Section,
		atom.Select, atom.Summary, atom.Ul:
		return true
	}
	return false
}

// endBlock closes an element, and what may end with it.
func (b *builder) endBlock() bool {
	if isClosedWhole(b.Atom) && b.Atom != atom.Form && b.inScope(b.Atom) == nil {
		return true // it has nothing to close
	}
	i := len(b.open) - 1
	for isImplied(b.open[i].DataAtom) && b.open[i].DataAtom != b.Atom {
		i--
	}
	if n := b.open[i]; n.DataAtom != b.Atom || n.Namespace != "" || b.Atom == atom.Form && n != b.form {
		return false
	}
	b.open = b.open[:i]
	if b.Atom == atom.Form {
		b.form = nil
	}
	return true
}

// endBody notes the body's end, or the page's. What is still open stays so: white space
// that follows is its own.
func (b *builder) endBody() bool {
	if b.inScope(atom.Body) == nil {
		return false
	}
	b.ended = 1
	if b.Atom == atom.Html {
		b.ended = 2
	}
	return true
}
