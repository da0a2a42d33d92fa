package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie"
)

// A walker turns elements into pieces of the article, in reading order.
type walker struct {
	*writer
	page    *page
	started bool // the title is behind; what stands before it is the site

	line strings.Builder // text not yet written; "\n" is a br
	bold int             // letters of it in bold
	in   place
}

// A place is what the text in hand stands in.
type place struct {
	kind   vigie.BlockKind // zero: a paragraph
	level  int             // of list nesting
	group  int
	begun  bool // the place has written its first piece
	strong bool
	pre    bool
}

// block walks n as blocks of their own.
func (w *walker) block(n *html.Node) {
	w.flush()
	w.children(n)
	w.flush()
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *walker) node(n *html.Node) {
	switch {
	case n == w.page.title:
		w.begin()
	case n.Type == html.TextNode:
		w.write(n.Data)
	case n.Type == html.ElementNode:
		w.element(n)
	}
}

// begin leaves what stands before the title unwritten.
func (w *walker) begin() {
	w.started = true
	w.line.Reset()
	w.bold = 0
}

func (w *walker) write(s string) {
	if !w.in.pre {
		s = unwrap(s)
	}
	if w.in.strong {
		w.bold += letters(s)
	}
	w.line.WriteString(s)
}

func (w *walker) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Br:
		w.line.WriteString("\n")
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.heading(n)
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu:
		w.list(n)
	case atom.Li: // outside of any list
		w.place(n, place{kind: vigie.Item, level: max(w.in.level, 1), group: w.newGroup()})
	case atom.Dl:
		w.definitions(n, w.newGroup())
	case atom.Table:
		w.table(n)
	case atom.Blockquote:
		w.place(n, place{kind: vigie.Quotation, group: w.newGroup()})
	case atom.B, atom.Strong:
		w.inline(n, func(in *place) { in.strong = true })
	case atom.Pre:
		w.flush()
		w.inline(n, func(in *place) { in.pre = true })
		w.flush()
	case atom.Sup:
		if !isNote(n) {
			w.children(n)
		}
	default:
		w.other(n)
	}
}

func (w *walker) other(n *html.Node) {
	if number, wording := keyFigure(n); number != nil {
		w.figure(number, wording)
		return
	}
	if isBlock(n) {
		w.block(n)
		return
	}
	w.children(n)
}

func (w *walker) inline(n *html.Node, set func(*place)) {
	outer := w.in
	set(&w.in)
	w.children(n)
	begun := w.in.begun
	w.in = outer
	w.in.begun = w.in.begun || begun
}

// place walks n as a place of its own.
func (w *walker) place(n *html.Node, in place) {
	w.flush()
	outer := w.in
	w.in = in
	w.children(n)
	w.flush()
	w.in = outer
}

func (w *walker) heading(n *html.Node) {
	if w.in.level > 0 { // the heading of a list's item is its first line
		w.block(n)
		return
	}
	w.place(n, place{kind: vigie.Heading, level: headingLevel(n)})
}

// list writes the items below n. Old editors put lists into lists without an item
// around, and text as well.
func (w *walker) list(n *html.Node) {
	w.flush()
	in := place{kind: vigie.Item, level: w.in.level + 1, group: w.in.group}
	if w.in.level == 0 {
		in.group = w.newGroup()
	}
	items := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		number, wording := (*html.Node)(nil), []*html.Node(nil)
		if c.DataAtom == atom.Li {
			number, wording = keyFigure(c)
		}
		switch {
		case number != nil:
			w.figure(number, wording)
		case isElement(c) && c.DataAtom != atom.Li:
			outer := w.in
			if w.in = in; items == 0 {
				w.in.level--
			}
			w.in.begun = true
			w.node(c)
			w.flush()
			w.in = outer
		case isElement(c):
			items++
			w.place(c, in)
		}
	}
}

func (w *walker) definitions(n *html.Node, group int) {
	w.flush()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Dt:
			w.place(c, place{kind: vigie.Term, group: group})
		case atom.Dd:
			w.place(c, place{kind: vigie.Definition, group: group})
		default:
			if isElement(c) { // a div around each pair
				w.definitions(c, group)
			}
		}
	}
}

// isNote reports whether a superscript refers to a footnote: "136[1]".
func isNote(n *html.Node) bool {
	noted := false
	each(n, func(c *html.Node) bool {
		noted = noted || c.DataAtom == atom.A && strings.Contains(attr(c, "href"), "#")
		return !noted
	})
	return noted
}
