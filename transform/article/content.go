package article

import (
	"errors"
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie"
)

// ErrSelector is wrapped where a source's declared selector is no CSS, matches
// nothing, or matches several places.
var ErrSelector = errors.New("declared selector does not fit the page")

// selectOne returns the one element that a declared selector matches, or the first
// and an error. An empty selector declares nothing.
func selectOne(body *html.Node, selector string) (*html.Node, error) {
	if selector == "" {
		return nil, nil
	}
	css, err := cascadia.ParseGroup(selector)
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrSelector, selector, err)
	}
	found := cascadia.QueryAll(body, css)
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("%w: %q matches nothing", ErrSelector, selector)
	case 1:
		return found[0], nil
	}
	return found[0], fmt.Errorf("%w: %q matches %d places", ErrSelector, selector, len(found))
}

// findContent goes down from the body to the smallest element that holds the
// article's running text: as long as one child has nearly all of it, or is named as
// an article's body, or is the column that the title heads.
func (p *page) findContent() *html.Node {
	n := p.body
	for {
		best, titled, total := p.children(n)
		switch {
		case best == nil:
			return n
		case p.sizes[best].prose*100 >= total*85:
			n = best
		case named(best, contentNames) && p.sizes[best].prose*2 >= total:
			n = best
		case isLayoutRow(n):
			n = best
			if titled != nil {
				n = titled
			}
		case titled != nil && p.heads(titled, total):
			n = titled
		default:
			return n
		}
	}
}

// children returns n's child with the most running text, the child with the title,
// and the running text of n.
func (p *page) children(n *html.Node) (best, titled *html.Node, total int) {
	total = p.sizeOf(n).prose
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		m := p.sizeOf(c)
		if m.prose > 0 && (best == nil || m.prose > p.sizeOf(best).prose) {
			best = c
		}
	}
	for t := p.title; t != nil && t.Parent != nil; t = t.Parent {
		if t.Parent == n && t != p.title {
			titled = t
		}
	}
	if best != nil && !descends(best) {
		return nil, titled, total
	}
	return best, titled, total
}

// sizeOf is the measure of a block, or of the blocks within an inline element such as
// a font around an article.
func (p *page) sizeOf(n *html.Node) measure {
	if m, ok := p.sizes[n]; ok || !isElement(n) {
		return m
	}
	var m measure
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		m = m.add(p.sizeOf(c))
	}
	return m
}

// descends reports whether an article may lie within the element: not within one
// paragraph, list or table of it, unless the table lays out the page.
func descends(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Ul, atom.Ol, atom.Dl, atom.Li, atom.Blockquote, atom.Pre, atom.Dt, atom.Dd, atom.Figure:
		return false
	case atom.Table:
		return isLayout(n)
	}
	return true
}

// heads reports whether the child with the title is the article and what stands
// beside it is not: a semantic element, or half of the text beside others that link.
func (p *page) heads(titled *html.Node, total int) bool {
	if titled.DataAtom == atom.Main || titled.DataAtom == atom.Article || attr(titled, "role") == "main" {
		return p.sizes[titled].prose > 0
	}
	if p.sizes[titled].prose*2 < total {
		return false
	}
	for c := titled.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c != titled && p.sizes[c].prose > 0 && p.sizes[c].linked() < 0.25 {
			return false
		}
	}
	return true
}

func isLayoutRow(n *html.Node) bool { return n.DataAtom == atom.Tr }

// cutBoxes takes away, within the content, what its links tell as pointing elsewhere:
// boxes that are mostly links, teasers in a row, other articles.
func (p *page) cutBoxes(content *html.Node) {
	each(content, func(n *html.Node) bool {
		if n == content || !isBlock(n) || p.keeps(n) {
			return true
		}
		if p.isOtherArticle(n) || p.isLinkBox(n) {
			remove(n)
			return false
		}
		return true
	})
}

func (p *page) isOtherArticle(n *html.Node) bool {
	return n.DataAtom == atom.Article && p.title != nil && inside(p.title, "article") && p.sizes[n].links > 0
}

// isLinkBox tells a box of links from an article's own list of links, which follows a
// line with a colon or stands among paragraphs and has short items.
func (p *page) isLinkBox(n *html.Node) bool {
	m := p.sizes[n]
	switch n.DataAtom {
	case atom.Div, atom.Section, atom.Aside:
		return m.links > 1 && m.linked() > 0.6 && m.prose < 150 && !p.isIntroduced(n)
	case atom.Ul, atom.Ol:
		return m.links > 1 && m.linked() > 0.8 && m.link/m.links > 45 && !p.isIntroduced(n)
	}
	return false
}

// isIntroduced reports whether the text before n ends with a colon.
func (p *page) isIntroduced(n *html.Node) bool {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if t := text(s); t != "" {
			return strings.HasSuffix(t, ":")
		}
	}
	return false
}

// lead returns the paragraphs between the title and the content, where the content
// does not hold the title: the "chapô" of a page that sets it apart.
func (p *page) lead(content *html.Node) []*html.Node {
	if p.title == nil || contains(content, p.title) {
		return nil
	}
	var found []*html.Node
	after, done := false, false
	each(p.body, func(n *html.Node) bool {
		if n == content {
			done = true
		}
		if done || n == p.title {
			after = after || n == p.title
			return false
		}
		m := p.sizes[n]
		if after && isBlock(n) && m.prose >= 40 && m.linked() < 0.3 && m.prose*10 >= m.text*8 && !contains(n, content) {
			found = append(found, n)
			return false
		}
		return true
	})
	if !after || !done {
		return nil
	}
	return found
}

// checkSelectors looks for what the source declares, and gathers what does not fit.
func (p *page) checkSelectors(s vigie.Selectors) (content *html.Node, err error) {
	content, errArticle := selectOne(p.body, s.Article)
	title, errTitle := selectOne(p.body, s.Title)
	published, errPublished := selectOne(p.body, s.Published)
	if errTitle == nil && title != nil { // of several, the page itself tells better than their order
		p.title = title
	}
	p.declaredDay = published
	return content, errors.Join(errArticle, errTitle, errPublished)
}
