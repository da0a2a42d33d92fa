package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The site around an article is told by tags, roles and names. These lists were made
// from the families of sites that publish in France (DSFR, eZ Publish, SPIP, Drupal,
// WordPress, Joomla, TYPO3, the press) and hold no single site's names.

// mute are elements whose text nobody reads on the page.
var mute = newTagSet(atom.Applet, atom.Audio, atom.Canvas, atom.Datalist, atom.Embed, atom.Frameset, atom.Head,
	atom.Iframe, atom.Input, atom.Map, atom.Math, atom.Meter, atom.Noframes, atom.Noscript, atom.Object, atom.Optgroup, atom.Option,
	atom.Progress, atom.Script, atom.Select, atom.Style, atom.Svg, atom.Template, atom.Textarea, atom.Title, atom.Video)

// muteTags are those that HTML does not know.
var muteTags = set("amp-ad amp-consent amp-img amp-sidebar amp-social-share amp-sticky-ad amp-user-notification")

// isHiding tells the names that hide what they are given to, or leave it to screen readers.
// It is asked of every class of a page.
func isHiding(name string) bool {
	switch name {
	case "d-none", "element-invisible", "fr-hidden", "fr-sr-only", "hidden", "invisible", "sr-only",
		"screen-reader-text", "u-hidden", "visually-hidden", "visuallyhidden":
		return true
	}
	return false
}

var siteRoles = set("alertdialog banner complementary contentinfo dialog menu menubar navigation search toolbar tooltip")

// siteNames are words of a class or id that only the site around an article bears.
var siteNames = set("ad ads adsbygoogle addthis addtoany advert advertisement alire ariane aside auteur author authors axeptio " +
	"backlink backtop breadcrumb breadcrumbs byline captcha caption captions colophon comment commentaire commentaires " +
	"commentlist comments complementary consent cookie cookiebar cookies copyright didomi disqus dropdown etiquette etiquettes " +
	"evitement filariane followus forum footnav gdpr hierarchie hits jetpack keywords legende login mailto menu menus " +
	"metadata metas modal motscles nav navbar navigation newsletter offcanvas onetrust outbrain outils overlay pager pagenav " +
	"pagination partage partager paywall pied player popin popup postmeta promo prevnext pub publicite rail reactions " +
	"recommandations related relatedposts respond rgpd share sharebar sharedaddy sharethis sharing sidebar sidebars " +
	"sidemenu similaires skiplink skiplinks social socials sommaire sponsor subscribe suggestions summary-nav taboola tagcloud " +
	"tags tarteaucitron toc toolbar tools topbar widget widgets yarpp")

// siteTokens are whole classes or ids, and pairs of words, that say the same where
// the single word would not.
var siteTokens = set("article-author article-date article-footer article-header-meta article-info article-infos article-meta " +
	"article-share article-tags author-box author-bio back-to back-top bloc-contact block-related block-contact box-contact " +
	"btn-group button-group cat-links cc-banner cc-revoke cc-window column-left column-right colonne-droite colonne-gauche " +
	"contact-card contact-presse contenu-associe contenus-associes contenus-lies docs-joints " +
	"documents-joints entry-footer entry-meta entry-utility field-contact fil-ariane footer fr-follow fr-header fr-share fr-summary " +
	"fr-tags fr-download fr-downloads haut-page haut-de jp-relatedposts latest-posts left-column " +
	"lire-aussi lire-egalement links-inline masthead meta metas meme-rubrique meme-theme most-read navbar-header news-related node-info " +
	"page-footer photo-credit pied-page plus-lus post-author post-footer post-info post-labels post-meta post-navigation post-tags posted-in posted-on " +
	"block-query print-icon reading-time recent-posts related-news retour-liste right-column secondary side side-bar sidebar-left sidebar-right " +
	"site-footer site-header sur-meme tag tag-list tags-group temps-lecture top-bar " +
	"voir-aussi wp-caption")

// contentNames bear what an article is made of: no name beside them takes it away.
var contentNames = set("articlebody article-body article-content article-text article-texte bodytext chapo chapeau contenu-article content-article corps-article entry-content " +
	"ezrichtext ezxmltext field-body lead main-content name-body news-text node-content post-body post-content post-text story-body texte texte-riche rich-text wysiwyg")

// boxes are asides that belong to the article: "encadré", the DSFR's callouts.
var boxes = set("callout encadre encart exergue focus fr-callout fr-highlight highlight repere reperes")

// neutral begins the classes that page builders give to all that they place: a
// widget of theirs is a paragraph.
var neutral = set("elementor panel sow siteorigin so wpb vc et kt uagb")

func set(words string) map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		all[w] = true
	}
	return all
}

// isSite reports whether the element is named as part of the site around.
func isSite(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Figcaption, atom.Footer, atom.Form, atom.Menu:
		return true
	case atom.Aside:
		return !named(n, boxes)
	case atom.Button:
		return headingLevel(n.Parent) == 0 && n.Parent.DataAtom != atom.Summary
	case atom.A:
		return isButton(n)
	}
	return siteRoles[attr(n, "role")] || hasAttr(n, "aria-modal") || !inSentence(n) && namedSite(n)
}

// inSentence reports whether n runs on in a paragraph, whose words a name must not take
// away: <p>Le <span class="tag">Fonds vert</span> finance…</p>
func inSentence(n *html.Node) bool {
	if isBlock(n) {
		return false
	}
	for n = n.Parent; n != nil && !isBlock(n); n = n.Parent {
	}
	return n != nil && (n.DataAtom == atom.P || n.DataAtom == atom.Li || n.DataAtom == atom.Dd || n.DataAtom == atom.Td || headingLevel(n) > 0)
}

var bubbleNames = set("tooltip infobulle bulle popover glossaire glossary lexique definition")

// isBubble tells the explanation that a glossary hides behind a word, glued to it in
// the source: ADEME<span class="infobulle">Agence de l'environnement</span>
func isBubble(n *html.Node) bool {
	s := n.PrevSibling
	if s == nil || s.Type != html.TextNode || n.FirstChild == nil || n.FirstChild.Type != html.TextNode {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s.Data)
	first, _ := utf8.DecodeRuneInString(n.FirstChild.Data)
	if !unicode.IsLetter(last) || !unicode.IsLetter(first) {
		return false
	}
	return !isBlock(n) && (named(n, bubbleNames) || !isBlock(n.Parent) && named(n.Parent, bubbleNames))
}

func namedSite(n *html.Node) bool {
	found := false
	for name := range names(n) {
		if neutral[name[0]] {
			return false
		}
		for i, w := range name {
			found = found || siteNames[w] || i > 0 && siteTokens[name[i-1]+"-"+w]
		}
		found = found || len(name) == 1 && siteTokens[name[0]]
	}
	return found
}

// named reports whether a class or id of n is, or holds as a pair of words, one of the set.
func named(n *html.Node, set map[string]bool) bool {
	for name := range names(n) {
		for i, w := range name {
			if set[w] || i > 0 && set[name[i-1]+"-"+w] {
				return true
			}
		}
	}
	return false
}

// isNav reports whether no title is to be looked for within n. A nav that was never
// closed holds the page.
func isNav(n *html.Node) bool {
	return mute.has(n.DataAtom) || (n.DataAtom == atom.Nav || n.DataAtom == atom.Aside || attr(n, "role") == "navigation") && !isShell(n)
}

func isButton(n *html.Node) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c == "btn" || c == "button" || c == "fr-btn" || c == "fr-link--download" || c == "wp-block-button__link" {
			return true
		}
	}
	return attr(n, "role") == "button"
}

// isHidden reports whether a browser shows nothing of the element, or only a reader
// of screens does. Names that hide at some widths alone do not count.
func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			if a.Val != "until-found" {
				return true
			}
		case "style":
			style := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		case "class":
			if hides(strings.ToLower(a.Val)) {
				return true
			}
		}
	}
	return false
}

func hides(class string) bool {
	hidden, shown := false, false
	for c := range strings.FieldsSeq(class) {
		hidden = hidden || isHiding(c)
		shown = shown || strings.HasPrefix(c, "d-") && c != "d-none" || strings.IndexByte(c, ':') >= 0
	}
	return hidden && !shown
}
