package article

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cutHidden takes away what a browser does not show. The article's title is never
// hidden: a page behind a dialog may mark all of itself so.
func (p *page) cutHidden() {
	each(p.body, func(n *html.Node) bool {
		switch {
		case n.Type == html.CommentNode, mute.has(n.DataAtom), n.DataAtom == 0 && isElement(n) && muteTags[n.Data]:
			remove(n)
			return false
		case isElement(n) && n != p.body && (isHidden(n) || isBubble(n) || attr(n, "aria-hidden") == "true" && !isShell(n)):
			remove(n)
			return false
		}
		return true
	})
}

// isShell reports whether the element is large enough to be the page itself, which
// scripts mark as hidden while a dialog is open, and which a nav that was never closed
// swallows.
func isShell(n *html.Node) bool {
	found, paragraphs := false, 0
	each(n, func(c *html.Node) bool {
		switch c.DataAtom {
		case atom.H1, atom.Main, atom.Article:
			found = true
		case atom.P:
			paragraphs++
		}
		return !found && paragraphs < 2
	})
	return found || paragraphs >= 2
}

// cutSite takes away what tags, roles and names say is the site around.
func (p *page) cutSite() {
	each(p.body, func(n *html.Node) bool {
		if !isElement(n) || n == p.body || !p.isSite(n) {
			return true
		}
		remove(n)
		return false
	})
}

// isSite reports whether an element is part of the site around the article.
func (p *page) isSite(n *html.Node) bool {
	return p.teasers[n] || isSite(n) && !p.keeps(n)
}

// keeps reports whether an element named like the site around holds the article all
// the same: the title, a part named as the article's, or a good half of all running
// text. "Sidebar" and "share" are also names of the column beside the one, and of the
// frame around the other.
func (p *page) keeps(n *html.Node) bool {
	switch {
	case n.DataAtom == atom.Main || n.DataAtom == atom.Tr || n.DataAtom == atom.Tbody:
		return true
	case p.title != nil && contains(n, p.title), named(n, contentNames), inside(n, "blockquote"):
		return true
	}
	return p.sizes[n].prose*100 > p.sizes[p.body].prose*45 && !(p.title != nil && neverContent(n))
}

// neverContent reports whether an element is part of the site however much it says.
func neverContent(n *html.Node) bool {
	return n.DataAtom == atom.Nav || n.DataAtom == atom.Footer || siteRoles[attr(n, "role")] || named(n, commentNames) || named(n, bannerNames)
}

var bannerNames = set("consent cookie cookiebar cookies didomi gdpr login modal newsletter onetrust popin popup related rgpd tarteaucitron dialog")

// cutSections takes away what a heading announces as no part of the article: the box
// that begins with it or, where it stands among the article's own blocks, what
// follows up to running text or the next heading.
func (p *page) cutSections() {
	var heads []*html.Node
	each(p.body, func(n *html.Node) bool {
		if isBlock(n) && n != p.title && p.sizes[n].text <= longestAnnouncement && announcesSite(label(n)) {
			heads = append(heads, n)
			return false
		}
		return true
	})
	for _, h := range heads {
		p.cutSection(h)
	}
}

func (p *page) cutSection(h *html.Node) {
	heading := headingLevel(h) > 0
	most := 200
	if heading {
		most = max(400, p.sizes[p.body].prose/4)
	}
	box := h
	for b := box.Parent; b != nil && !p.keepsBox(b) && p.opens(box) && p.sizes[b].prose <= most; b = b.Parent {
		box = b
	}
	if p.sizes[box].text > p.sizes[h].text {
		remove(box)
		return
	}
	for next := box.NextSibling; next != nil; {
		n := next
		next = n.NextSibling
		if isElement(n) && (headingLevel(n) > 0 || p.isProse(n) || p.keepsBox(n) || !heading && p.sizes[n].linked() < 0.5) {
			break
		}
		remove(n)
	}
	remove(box)
}

// opens reports whether nothing is written in n's parent before n.
func (p *page) opens(n *html.Node) bool {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if isBlock(s) && p.sizes[s].text > 0 || !isBlock(s) && says(text(s)) {
			return false
		}
	}
	return true
}

func (p *page) keepsBox(n *html.Node) bool {
	return p.keeps(n) || n.DataAtom == atom.Body || n.DataAtom == atom.Article || n.DataAtom == atom.Td || n.DataAtom == atom.Li
}

// isProse reports whether n is a paragraph of running text, not a line of a box.
func (p *page) isProse(n *html.Node) bool {
	m := p.sizes[n]
	return n.DataAtom == atom.P && m.prose >= 80 && m.linked() < 0.25
}
