package article

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie/internal/french"
)

// titleMarks part an article's title from its site's name in a title element.
var titleMarks = []string{" | ", " - ", " – ", " — ", " • ", " · ", " » ", " « ", " :: ", " / ", " < ", " > ", " ~ "}

// declaredTitles are the titles that a page declares, the most telling first.
func (m *meta) declaredTitles() []string {
	var all []string
	for _, t := range []string{m.linked.headline, m.first("og:title"), m.first("dc.title", "dcterms.title"), m.first("twitter:title"), m.title} {
		if t != "" {
			all = append(all, t)
		}
	}
	return all
}

// findTitle returns the heading that bears the article's title, or nil. Sites put
// their own name into an h1, and the article's title into an h2 or h3, so that what
// the page declares decides, and the tag among equals.
func findTitle(body *html.Node, m *meta) *html.Node {
	declared := foldTitles(m.declaredTitles())
	site := french.Fold(m.first("og:site_name", "application-name"))
	var best *html.Node
	most := 0
	each(body, func(n *html.Node) bool {
		if level := headingLevel(n); level > 0 {
			if bonus := titleBonus(n, level); bonus+alike > most { // what cannot be better is not compared
				if s := titleScore(n, level, bonus, declared, site); s > most {
					best, most = n, s
				}
			}
			return false
		}
		return !isNav(n)
	})
	return best
}

// titleBonus is what a heading's markup says for it, or against it.
func titleBonus(n *html.Node, level int) int {
	score := 0
	if level == 1 {
		score += 20
	} else if level == 2 {
		score += 4
	}
	if attr(n, "itemprop") == "headline" {
		score += 25
	}
	if leadsHome(n) {
		score -= 60
	}
	for name := range names(n) {
		switch strings.Join(name, " ") {
		case "entry title", "post title", "article title", "page title", "titre", "titre article", "title":
			score += 10
		case "site title", "logo", "site name", "brand", "sr only":
			score -= 60
		}
	}
	return score
}

// A foldedTitle is compared with others.
type foldedTitle struct {
	text  string
	words []string // in order
}

func foldTitle(s string) foldedTitle {
	t := foldedTitle{text: french.Fold(s)}
	t.words = strings.Fields(t.text)
	slices.Sort(t.words)
	return t
}

// foldTitles folds titles, of equal ones the first.
func foldTitles(titles []string) (all []foldedTitle) {
	for _, s := range titles {
		t := foldTitle(s)
		if !slices.ContainsFunc(all, func(before foldedTitle) bool { return before.text == t.text }) {
			all = append(all, t)
		}
	}
	return all
}

// titleScore is 0 for what cannot be the title.
func titleScore(n *html.Node, level, bonus int, declared []foldedTitle, site string) int {
	t := foldTitle(label(n))
	if !says(t.text) || t.text == site {
		return 0
	}
	score := bonus
	for _, d := range declared {
		score = max(score, bonus+likeness(t, d))
	}
	if level > 1 && score < 50 { // a lower heading has to be what the page declares
		return 0
	}
	return max(score, 0)
}

// leadsHome reports whether a heading is the site's name, linked to its first page.
func leadsHome(n *html.Node) bool {
	home := false
	each(n, func(c *html.Node) bool {
		if c.DataAtom == atom.A {
			href := strings.TrimSuffix(attr(c, "href"), "/")
			_, rest, absolute := strings.Cut(href, "://")
			home = home || attr(c, "rel") == "home" || attr(c, "href") == "/" || absolute && !strings.Contains(rest, "/")
		}
		return !home
	})
	return home
}

// alike is the likeness of a heading that is the declared title.
const alike = 100

// likeness compares a heading with a declared title: 0 to [alike].
func likeness(heading, title foldedTitle) int {
	t, declared := heading.text, title.text
	short := min(utf8.RuneCountInString(t), utf8.RuneCountInString(declared))
	switch {
	case t == declared:
		return alike
	case short < 8:
		return 0
	case strings.HasPrefix(declared, t), strings.HasSuffix(declared, t):
		// With the site's name beside it, or the site's name beside the title: the longer part.
		return 50 + 45*len(t)/len(declared)
	case strings.HasPrefix(t, strings.TrimRight(strings.TrimSuffix(declared, "..."), " ….")): // cut short
		return 70
	}
	return int(60 * shared(heading.words, title.words))
}

// shared is the share of the words of two titles that both have; what the other alone has
// counts as often as it stands there.
func shared(one, other []string) float64 {
	one = slices.Compact(slices.Clone(one))
	all, both := len(one), 0
	for i, w := range other {
		if _, in := slices.BinarySearch(one, w); !in {
			all++
		} else if i == 0 || other[i-1] != w {
			both++
		}
	}
	return share(both, all)
}

// bareTitle is the title a page declares where no heading bears it, without the name
// of its site.
func (m *meta) bareTitle(publisher string) string {
	if t := firstOf(m.linked.headline, m.first("og:title", "dc.title", "dcterms.title", "twitter:title")); t != "" {
		return t
	}
	t := m.title
	for _, mark := range titleMarks {
		if head, tail, ok := strings.Cut(t, mark); ok && publisher != "" {
			switch french.Fold(publisher) {
			case french.Fold(tail):
				return head
			case french.Fold(head):
				return tail
			}
		}
	}
	return t
}
