package article

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie/internal/french"
)

// publisher returns the name of who publishes the page, as it stands somewhere on it,
// or nothing: declared first, then what the site calls itself on each of its pages.
func (p *page) publisher() string {
	m := &p.meta
	for _, name := range []string{m.first("og:site_name"), m.linked.publisher, m.first("dc.publisher"), m.first("dcterms.publisher"), m.first("application-name"), m.first("copyright")} {
		if name = strings.Trim(name, "©-–| "); isName(name) {
			return name
		}
	}
	// The head and foot of the page as a reader sees them; the page is uncut here.
	site := p.siteNames()
	if tail := p.titleTail(site); tail != "" {
		return tail
	}
	for _, name := range site {
		if isName(name) {
			return name
		}
	}
	if name := m.first("dc.creator", "dcterms.creator"); isName(name) {
		return name
	}
	return ""
}

// titleTail returns the part of the title element that is not the article's title.
func (p *page) titleTail(site []string) string {
	whole := p.meta.title
	title := findTitle(p.body, &p.meta)
	if title != nil {
		t := label(title)
		if before, after, ok := strings.Cut(whole, t); ok && t != "" {
			for _, rest := range []string{lastPart(after), firstPart(before)} {
				if isName(rest) {
					return rest
				}
			}
		}
		return ""
	}
	// No heading bears the title: only a name that the site gives itself elsewhere.
	for _, part := range []string{lastPart(" - " + whole), firstPart(whole + " - ")} {
		for _, name := range site {
			if part != "" && french.Fold(part) == french.Fold(name) {
				return part
			}
		}
	}
	return ""
}

// lastPart returns what stands after the last mark in " / Archives / Accueil - Préfecture".
func lastPart(s string) string {
	at := -1
	for _, mark := range titleMarks {
		if i := strings.LastIndex(s, mark); i >= 0 && i+len(mark) > at {
			at = i + len(mark)
		}
	}
	if at < 0 {
		return ""
	}
	return strings.TrimSpace(s[at:])
}

// firstPart returns what stands before the first mark in "Le blog de X: ".
func firstPart(s string) string {
	s = strings.TrimSpace(s)
	for _, mark := range titleMarks {
		if head, _, ok := strings.Cut(s+" ", mark); ok {
			return strings.TrimSpace(head)
		}
	}
	return strings.TrimSpace(strings.TrimSuffix(s, ":"))
}

var (
	siteNameNames = set("site-title site-name sitename nom-site site-logo service-title")
	noName        = regexp.MustCompile(`^(?:accueil|home|menu|retour.*|aller a.*|logo|bienvenue.*|tous droits.*|mentions.*|republique francaise|actualites?|page d'accueil|image|banniere|bandeau)$`)
	copyrightLine = regexp.MustCompile(`(?:©|\(c\)|&copy;|[Cc]opyright)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)?\s*[-–—:|,]?\s*([^|•·\n]{3,80})`)
	copyrightTail = regexp.MustCompile(`\s*(?:[-–—,.:]\s*|\s)(?i:tous droits|all rights|mentions|(?:19|20)\d\d\b|plan du site|réalis|conception|site ).*$`)
)

// siteNames returns the names that the site gives itself: its title in the header, the
// copyright line of its footer, the text of the picture across its head.
func (p *page) siteNames() []string {
	var title, foot, picture string
	each(p.body, func(n *html.Node) bool {
		switch {
		case mute.has(n.DataAtom):
			return false
		case isElement(n) && title == "" && named(n, siteNameNames):
			title = label(n)
		case n.DataAtom == atom.Footer || isElement(n) && named(n, footNames):
			if t := text(n); foot == "" && len(t) < 4000 {
				foot = t
			}
		case n.DataAtom == atom.Img && picture == "" && isBanner(n):
			picture = strings.TrimSuffix(strings.TrimPrefix(strings.Join(strings.Fields(clean(attr(n, "alt"))), " "), "Logo "), " - Accueil")
		}
		return true
	})
	copyright := ""
	if m := copyrightLine.FindStringSubmatch(foot); m != nil {
		copyright = strings.TrimRight(strings.TrimSpace(copyrightTail.ReplaceAllString(m[1], "")), " —–-.,")
	}
	if words := strings.Count(picture, " "); words == 0 {
		picture = "" // one word is rather what is seen than who speaks
	}
	return []string{title, copyright, picture}
}

var footNames = set("footer site-footer page-footer colophon pied pied-page site-info")

// isBanner reports whether a picture is named as the one across the head of a site.
func isBanner(img *html.Node) bool {
	for _, word := range words(nil, attr(img, "src")+" "+attr(img, "class")+" "+attr(img, "id")) {
		switch word {
		case "bandeau", "banniere", "banner", "logo", "entete", "header":
			return true
		}
	}
	return false
}

var hostName = regexp.MustCompile(`^(?:https?://\S+|(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/?)$`)

// isName reports whether s may be the name of who publishes. An address is none.
func isName(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 3 && n <= 80 && says(s) && !hostName.MatchString(s) && !noName.MatchString(french.Fold(s)) && !strings.HasSuffix(s, ".")
}
