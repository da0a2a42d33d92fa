package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// findTeasers returns the boxes that announce other articles: two or more that hold a
// heading which is a link, and little else.
func (p *page) findTeasers() map[*html.Node]bool {
	found, heads := map[*html.Node]bool{}, 0
	each(p.body, func(n *html.Node) bool {
		if headingLevel(n) == 0 {
			return true
		}
		if m := p.sizes[n]; n != p.title && m.links <= 1 && m.linked() > 0.9 { // the link is within the heading, or around it
			if box := p.teaserOf(n); box != nil {
				found[box] = true
				heads++
			}
		}
		return false
	})
	if heads < 2 {
		return nil
	}
	return found
}

// teaserOf returns the largest box around a heading that holds no more than a teaser.
func (p *page) teaserOf(h *html.Node) *html.Node {
	var box *html.Node
	for b := h.Parent; b != nil && isElement(b) && !named(b, contentNames) && b.DataAtom != atom.Body; b = b.Parent {
		if p.title != nil && contains(b, p.title) {
			break
		}
		if !isBlock(b) {
			continue
		}
		if m := p.sizes[b]; m.text > 400 || box != nil && p.sizes[box].text > p.sizes[h].text && m.linked() < 0.25 {
			break
		}
		box = b
	}
	for b := box; b != nil; b = b.Parent {
		if named(b, contentNames) { // cards within the text are the article's own
			return nil
		}
	}
	if box == nil || p.sizes[box].text == p.sizes[h].text && box.DataAtom != atom.Article && box.DataAtom != atom.Li {
		return nil
	}
	return box
}

// longLink is the least letters that the links of a tail have on average: titles of
// articles do, "En savoir plus sur la réunion" does not.
const longLink = 45

// cutTail takes away the titles of other articles that some sites set, without a word
// or a box, below their own: two or more lines at the end that are links and long, with
// at most a rubric between.
func (p *page) cutTail(content *html.Node) {
	var leaves []*html.Node
	each(content, func(n *html.Node) bool {
		if !isBlock(n) || hasBlock(n) {
			return true
		}
		if p.sizes[n].text > 0 {
			leaves = append(leaves, n)
		}
		return false
	})
	links, letters, from := 0, 0, len(leaves)
	for i := len(leaves) - 1; i >= 0; i-- {
		m := p.sizes[leaves[i]]
		if m.linked() > 0.9 {
			links, letters, from = links+1, letters+m.link, i
		} else if m.text > 20 {
			if strings.HasSuffix(label(leaves[i]), ":") {
				return // it introduces them
			}
			break
		}
	}
	if links < 2 || letters < links*longLink {
		return
	}
	if from > 0 && p.sizes[leaves[from-1]].text <= 20 {
		from-- // the rubric above the first
	}
	for _, n := range leaves[from:] {
		remove(n)
	}
}
