package article

import (
	"regexp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie"
	"vigie/internal/french"
)

var figureNumber = regexp.MustCompile(`^(?:[+~<>≈]|plus de|pres de|environ)? ?\d[\d ., /]*(?: ?(?:%|€|k€|m€|md€|ha|km2?|millions?|milliards?)(?: d'euros| d'€)?)?$`)

var monthWord = regexp.MustCompile(`^(?:janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)`)

// keyFigure tells a card that shows a number and its wording in elements of their
// own: <div><span>149</span><span>territoires</span></div>. Written as a line they
// would read "149territoires".
func keyFigure(n *html.Node) (number *html.Node, wording []*html.Node) {
	switch n.DataAtom {
	case atom.P, atom.Td, atom.Th, atom.Body, atom.Tr, atom.Tbody, atom.Table:
		return nil, nil
	}
	if !isBlock(n) {
		return nil, nil
	}
	var parts []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && says(c.Data) || len(parts) > 4 {
			return nil, nil
		}
		if isElement(c) && c.DataAtom != atom.Br && hasWords(c) {
			parts = append(parts, c)
		}
	}
	if len(parts) < 2 || len(parts) > 4 {
		return nil, nil
	}
	first := label(parts[0])
	if len(first) > 30 || !figureNumber.MatchString(french.Fold(first)) {
		return nil, nil
	}
	for i, c := range parts[1:] {
		t := label(c)
		if len(t) > 300 || figureNumber.MatchString(t) || hasList(c) || i == 0 && monthWord.MatchString(french.Fold(t)) {
			return nil, nil
		}
	}
	return parts[0], parts[1:]
}

func (w *walker) figure(number *html.Node, wording []*html.Node) {
	group := w.newGroup()
	w.place(number, place{kind: vigie.Term, group: group})
	for _, n := range wording {
		w.place(n, place{kind: vigie.Definition, group: group})
	}
}

func hasWords(n *html.Node) bool {
	found := false
	each(n, func(c *html.Node) bool {
		found = found || c.Type == html.TextNode && says(c.Data)
		return !found
	})
	return found
}

func hasList(n *html.Node) bool {
	found := false
	each(n, func(c *html.Node) bool {
		found = found || c.DataAtom == atom.Li || c.DataAtom == atom.Tr || c.DataAtom == atom.Dd || headingLevel(c) > 0
		return !found
	})
	return found
}
