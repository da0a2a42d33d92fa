package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie/internal/french"
)

// cutHidden takes away what a browser does not show. The article's title is never
// hidden: a page behind a dialog may mark all of itself so.
func (p *page) cutHidden() {
	each(p.body, func(n *html.Node) bool {
		switch {
		case n.Type == html.CommentNode, mute[n.DataAtom], isElement(n) && muteTags[n.Data]:
			remove(n)
			return false
		case isElement(n) && n != p.body && (isHidden(n) || attr(n, "aria-hidden") == "true" && !isShell(n)):
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

// findTeasers returns the boxes that announce other articles: two or more that hold a
// heading which is a link, and little else.
func (p *page) findTeasers() map[*html.Node]bool {
	found, heads := map[*html.Node]bool{}, 0
	each(p.body, func(n *html.Node) bool {
		if headingLevel(n) == 0 {
			return true
		}
		if m := p.sizes[n]; n != p.title && m.links == 1 && m.linked() > 0.9 {
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

// longestAnnouncement is the most bytes that a heading of the lists below has.
const longestAnnouncement = 60

// announcements are headings, folded, of what is no part of an article.
var announcements = phrases(
	"a decouvrir aussi", "a la une", "a lire aussi", "a lire egalement", "a telecharger", "a voir aussi",
	"abonnez-vous", "abonnez-vous a la newsletter", "actualites associees", "actualites liees", "actualites recentes",
	"actualites similaires", "articles associes", "articles connexes", "articles lies", "articles recents",
	"articles similaires", "autres actualites", "autres articles", "autres publications", "cela peut vous interesser",
	"cela pourrait vous interesser", "ces articles peuvent vous interesser", "commentaires",
	"consulter aussi", "contact presse", "contacts presse", "contenus associes", "dans la meme categorie",
	"dans la meme rubrique", "dans la meme thematique", "derniers articles", "dernieres actualites",
	"dernieres nouvelles", "derniers communiques", "documents a telecharger", "documents associes", "documents joints", "documents lies",
	"en lien avec cet article", "et aussi", "fichiers joints", "inscrivez-vous a la newsletter", "la newsletter",
	"laisser un commentaire", "laissez un commentaire", "les plus consultes", "les plus lus", "lettre d'information", "lire aussi",
	"lire egalement", "liens utiles", "mots-cles", "newsletter", "nos dernieres actualites", "nos derniers articles",
	"partage", "partager", "partager cet article", "partager cette actualite", "partager cette page", "partager l'article",
	"partager la page", "partager sur", "partagez", "partagez cet article", "partagez l'article", "pieces jointes", "plus d'actualites",
	"pour ne rien manquer", "publicite", "publications similaires", "reagir", "rechercher", "rester informe", "restez informes", "sur le meme sujet",
	"sur le meme theme", "suivez-nous", "suivez-nous sur les reseaux sociaux", "tags", "telecharger", "telechargements", "toute l'actualite", "toute l'actu",
	"toutes les actualites", "voir aussi", "vous aimerez aussi", "vous aimerez peut-etre", "vous pourriez aimer",
	"vous pourriez aussi aimer", "vous pourriez etre interesse par", "etiquettes", "related posts", "related articles",
	"share this", "leave a reply", "leave a comment", "laisser une reponse", "laissez une reponse", "annuler la reponse", "poster un commentaire")

func phrases(list ...string) map[string]bool {
	all := map[string]bool{}
	for _, p := range list {
		all[p] = true
	}
	return all
}

// announcesSite reports whether a line announces what is no part of the article.
func announcesSite(line string) bool {
	if len(line) > longestAnnouncement {
		return false
	}
	s := strings.Trim(french.Fold(line), " :.…>»-–!?•+")
	if announcements[s] {
		return true
	}
	s = strings.TrimLeft(s, "0123456789() ")
	return s == "commentaire" || s == "commentaires" || s == "reactions"
}
