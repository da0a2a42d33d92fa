package article

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A measure says how much is written below an element, in bytes without white space.
type measure struct {
	text  int // all
	link  int // of it within links
	links int // their number
	prose int // running text: paragraphs and the like that are no links
}

func (m measure) add(n measure) measure {
	return measure{m.text + n.text, m.link + n.link, m.links + n.links, m.prose + n.prose}
}

// linked is the share of text within links.
func (m measure) linked() float64 { return share(m.link, m.text) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// leastProse is the shortest line that counts as running text: "Publié le 7 mars 2019"
// does not, "Elle couvre six communes." does.
const leastProse = 22

// measures holds the measure of each block of a tree, and of the root it began at.
type measures map[*html.Node]measure

// measure takes one walk over the tree, and forgets those of before.
func (all measures) measure(root *html.Node) {
	clear(all)
	below, own := all.of(root, false)
	all[root] = below.add(own)
}

// of returns what the blocks below n hold, and what n's own line holds: the text that
// no block below takes.
func (all measures) of(n *html.Node, linked bool) (below, own measure) {
	switch {
	case n.Type == html.TextNode:
		own.text = letters(n.Data)
		if linked {
			own.link = own.text
		}
		return below, own
	case n.Type == html.ElementNode && n.DataAtom == atom.A && hasAttr(n, "href"):
		linked = true
		own.links = 1
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b, o := all.of(c, linked)
		below, own = below.add(b), own.add(o)
	}
	if !isBlock(n) {
		return below, own
	}
	if headingLevel(n) == 0 && own.text-own.link >= leastProse && own.link*2 < own.text {
		own.prose = own.text - own.link
	}
	all[n] = below.add(own)
	return all[n], measure{}
}

func letters(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] > ' ' {
			n++
		}
	}
	return n
}
