package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Parse returns the tree of a page, as html.Parse does; its nodes hold on to the page.
// The page must be UTF-8.
func Parse(page string) (*html.Node, error) {
	if root := parseSound(page); root != nil {
		return root, nil
	}
	return html.Parse(strings.NewReader(page))
}

// Lend gives use the tree that Parse returns, for as long as it runs: its nodes are another
// page's afterwards. Where many pages are read, half of what a tree costs is its making.
func Lend(page string, use func(root *html.Node)) error {
	room := rooms.Get().(*room)
	defer rooms.Put(room)
	defer room.empty()
	root := room.parseSound(page)
	if root == nil {
		var err error
		if root, err = html.Parse(strings.NewReader(page)); err != nil {
			return err
		}
	}
	use(root)
	return nil
}

// parseSound returns the tree of a page that needs no mending; nil for any other.
func parseSound(page string) *html.Node { return new(room).parseSound(page) }

func (r *room) parseSound(page string) *html.Node {
	if strings.IndexByte(page, 0) >= 0 || strings.IndexByte(page, '\r') >= 0 {
		return nil
	}
	b := &builder{Scanner: Scanner{page: page, eager: true}, room: r}
	b.doc = b.node(html.DocumentNode, "")
	if !b.build() || b.Odd {
		return nil
	}
	return b.doc
}

// A builder makes the tree of a sound page. Its methods return false where the page is
// not sound, or where it is not worth the code to tell.
type builder struct {
	Scanner
	doc  *html.Node
	open []*html.Node // elements; the innermost last
	form *html.Node   // the one that is open

	standards bool // the doctype is today's: a table ends a paragraph
	head      bool // has begun
	body      bool // likewise
	ended     int  // 1 behind </body>, 2 behind </html>

	room *room
}

// maxOpen is a depth that html.Parse has its own opinion about.
const maxOpen = 500

func (b *builder) build() bool {
	for ok := true; ok; {
		switch kind := b.Next(); {
		case kind == End:
			return b.body
		case len(b.open) > maxOpen:
			return false
		case kind == Comment:
			b.comment()
		case b.body && b.ended == 0:
			ok = b.inBody(kind)
		case b.body:
			ok = b.behindBody(kind)
		default:
			ok = b.beforeBody(kind)
		}
	}
	return false
}

// beforeBody takes in a token of the page's beginning or its head.
func (b *builder) beforeBody(kind Kind) bool {
	inHead := b.head && len(b.open) == 2
	switch kind {
	case Doctype:
		return b.doctype()
	case Text:
		if strings.Trim(b.Text, whitespace) != "" {
			return false
		}
		if b.head {
			b.text(b.Text)
		}
		return true
	case EndTag:
		if b.Atom != atom.Head || !inHead {
			return false
		}
		b.pop()
		return true
	}
	switch {
	case b.Atom == atom.Html && len(b.open) == 0:
		return b.push()
	case b.Atom == atom.Head && len(b.open) == 1 && !b.head:
		b.head = true
		return b.push()
	case b.Atom == atom.Body && len(b.open) == 1 && b.head:
		b.body = true
		return b.push()
	}
	return inHead && b.inHead()
}

// inHead takes in a start tag that may stand in the head.
func (b *builder) inHead() bool {
	switch b.Atom {
	case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta:
		return b.void()
	case atom.Script, atom.Title, atom.Style, atom.Noscript, atom.Noframes:
		return b.rawElement()
	}
	return false
}

func (b *builder) doctype() bool {
	if len(b.open) > 0 || b.doc.LastChild != nil && b.doc.LastChild.Type == html.DoctypeNode {
		return false
	}
	b.standards = b.Text == "html"
	if b.standards {
		b.doc.AppendChild(b.node(html.DoctypeNode, "html"))
		return true
	}
	old, err := html.Parse(strings.NewReader("<!DOCTYPE " + b.Text + ">"))
	if err != nil || old.FirstChild == nil || old.FirstChild.Type != html.DoctypeNode {
		return false
	}
	n := old.FirstChild
	old.RemoveChild(n)
	b.doc.AppendChild(n)
	return true
}

// behindBody takes in a token behind the body's end.
func (b *builder) behindBody(kind Kind) bool {
	switch {
	case kind == Text && strings.Trim(b.Text, whitespace) == "":
		return b.bodyText(b.top())
	case kind == EndTag && b.Atom == atom.Html && b.ended == 1:
		b.ended = 2
		return true
	}
	b.ended = 0 // the body goes on
	return b.inBody(kind)
}

// comment puts a comment where it belongs: behind the body it is the document's.
func (b *builder) comment() {
	parent := b.top()
	if b.ended == 1 {
		parent = b.open[0]
	}
	if b.ended == 2 || parent == nil {
		parent = b.doc
	}
	parent.AppendChild(b.node(html.CommentNode, html.UnescapeString(b.Text)))
}

// inBody takes in a token of the body.
func (b *builder) inBody(kind Kind) bool {
	top := b.top()
	switch {
	case top.Namespace != "":
		return b.foreign(kind)
	case isTablePart(top.DataAtom):
		return b.inTable(kind)
	case kind == Text:
		return b.bodyText(top)
	case kind == StartTag:
		return b.start()
	case kind == EndTag:
		return b.end()
	}
	return false
}

func (b *builder) bodyText(top *html.Node) bool {
	text := b.Text
	if (top.DataAtom == atom.Pre || top.DataAtom == atom.Listing) && top.FirstChild == nil {
		text = strings.TrimPrefix(text, "\n")
	}
	b.text(html.UnescapeString(text))
	return true
}
