package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie"
)

// findDays gathers every date of the page that might be the publication's. It runs
// before the site is cut away, since dates stand in what is cut.
func (p *page) findDays(in Input) days {
	var d days
	p.declaredDays(&d)
	f := dayFinder{days: &d, page: p, fetched: in.Fetched}
	each(p.body, f.node)
	f.close()
	return d
}

func (p *page) declaredDays(d *days) {
	d.add(rankLinked, "json-ld", p.meta.linked.published, parseStamp(p.meta.linked.published), "")
	d.addUpdated("json-ld", p.meta.linked.modified, parseStamp(p.meta.linked.modified))
	for _, name := range publishedMetas {
		if v := p.meta.values[name]; v != "" {
			d.add(rankMeta, "meta", v, parseStamp(v), "")
		}
	}
	for _, name := range updatedMetas {
		if v := p.meta.values[name]; v != "" {
			d.addUpdated("meta", v, parseStamp(v))
		}
	}
	if p.declaredDay != nil {
		v := firstOf(attr(p.declaredDay, "datetime"), attr(p.declaredDay, "content"), label(p.declaredDay))
		d.add(rankByline, "selector", v, parseStamp(v), "")
	}
}

var publishedMetas = []string{
	"article:published_time", "og:article:published_time", "og:published_time", "article.published", "datepublished",
	"date_published", "publication_date", "publish-date", "publishdate", "pubdate", "dc.date.issued", "dcterms.issued",
	"dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", "sailthru.date", "parsely-pub-date",
	"cxenseparse:recs:publishtime",
}

var updatedMetas = []string{"article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified", "datemodified", "last-modified"}

// A dayFinder walks a page from top to bottom and remembers what it has passed.
type dayFinder struct {
	*days
	page    *page
	fetched vigie.Date
	titled  bool // the title is behind
	prose   bool // so is the first paragraph after it
	bodies  int  // dates found within the text
	before  []dateLine
	after   []dateLine
}

func (f *dayFinder) node(n *html.Node) bool {
	switch {
	case !isElement(n):
		return n.Type != html.CommentNode
	case n == f.page.title:
		f.titled = true
		return false
	case headingLevel(n) > 0 && !f.titled && !named(n, dateNames):
		f.refuseBefore("the page clock: another heading stands between it and the title")
		return false
	}
	if n != f.page.body && f.page.isSite(n) {
		f.site(n)
		return false
	}
	f.marked(n)
	if isBlock(n) && !hasBlock(n) {
		f.leaf(n)
		return false
	}
	return true
}

// refuseBefore refuses the dates above the title found so far.
func (f *dayFinder) refuseBefore(reason string) {
	for _, l := range f.before {
		f.refuse("byline", l.text, l.dates[0].date, reason)
	}
	f.before = nil
}

// marked takes the dates that markup gives to machines: itemprop, pubdate, RDFa, the
// hAtom class "published" with its title.
func (f *dayFinder) marked(n *html.Node) {
	prop := attr(n, "itemprop") + " " + attr(n, "property")
	if f.prose || prop == " " && n.DataAtom != atom.Time && n.DataAtom != atom.Abbr {
		return
	}
	stamp := firstOf(attr(n, "datetime"), attr(n, "content"), attr(n, "title"))
	date := parseStamp(stamp)
	if date == "" {
		return
	}
	switch {
	case strings.Contains(prop, "datePublished"), strings.Contains(prop, "dc:date"), hasAttr(n, "pubdate"),
		strings.Contains(prop, "dc:created"), n.DataAtom == atom.Abbr && named(n, dateNames):
		f.add(rankMarked, "time", stamp, date, "")
	case strings.Contains(prop, "dateModified"):
		f.addUpdated("time", stamp, date)
	case n.DataAtom == atom.Time && f.titled && !strings.Contains(attr(n, "class"), "updated"):
		f.add(rankTime, "time", stamp, date, "")
	}
}

// leaf looks at a block with no block within.
func (f *dayFinder) leaf(n *html.Node) {
	each(n, func(c *html.Node) bool {
		if c != n && isElement(c) {
			f.marked(c)
		}
		return true
	})
	m := f.page.sizes[n]
	if m.text < 6 {
		return
	}
	if m.text <= longestByline {
		if l := newDateLine(n); len(l.dates) > 0 {
			f.line(l)
			return
		}
	}
	if m.prose >= 60 && (f.titled || f.page.title == nil) {
		f.prose = true
	}
}

// longestByline is the most letters that a line about dates has.
const longestByline = 130

func (f *dayFinder) line(l dateLine) {
	switch {
	case !f.titled && !f.prose:
		f.before = append(f.before, l)
	case !f.prose && l.isByline():
		f.after = append(f.after, l)
	case l.isByline() && l.cued() && l.pure:
		f.byline(l, rankEnd)
	default:
		f.body(l)
		f.prose = f.prose || f.page.sizes[l.node].prose >= 60
	}
}

// body remembers the first dates of the text, as refused.
func (f *dayFinder) body(l dateLine) {
	if f.bodies++; f.bodies <= 3 {
		f.refuse("text", l.text, l.dates[0].date, "within the text: what it tells of")
	}
}

// site looks at a part of the site around. Before the text it may be the line of
// author and date; elsewhere its dates are not the article's.
func (f *dayFinder) site(n *html.Node) {
	reason := "of another part of the site"
	switch {
	case n.DataAtom == atom.Figcaption, named(n, creditNames):
		reason = "of a picture"
	case named(n, commentNames):
		reason = "of a comment"
	case n.DataAtom == atom.Footer && f.prose, attr(n, "role") == "contentinfo":
		reason = "of the footer"
	case f.page.teasers[n], n.DataAtom == atom.Nav, n.DataAtom == atom.Aside, named(n, otherNames):
	case f.titled && f.prose && named(n, bylineNames), f.titled && !f.prose, !f.titled && f.page.sizes[n].text <= longestByline && !named(n, clockNames):
		each(n, func(c *html.Node) bool {
			if !isElement(c) {
				return true
			}
			f.marked(c)
			if c == n && !isBlock(n) || isBlock(c) && !hasBlock(c) {
				if l := newDateLine(c); len(l.dates) > 0 && len(l.text) <= 2*longestByline {
					f.line(l)
				}
			}
			return true
		})
		return
	}
	if !f.titled {
		reason = "the page clock: above the title, in a part of the site"
		f.refuseBefore("the page clock: a part of the site stands between it and the title")
	}
	f.refuseAll(n, reason)
}

var (
	creditNames  = set("legende credit credits caption copyright")
	commentNames = set("comment comments commentaire commentaires commentlist disqus respond forum reactions")
	otherNames   = set("sidebar related similaires share widget latest-posts ad ads recent-posts")
	bylineNames  = set("meta metas byline article-info article-infos entry-footer post-footer article-footer published date author post-info")
	clockNames   = set("today clock horloge jour topbar top-bar date-jour date-du current-date currentdate")
)

func (f *dayFinder) refuseAll(n *html.Node, reason string) {
	each(n, func(c *html.Node) bool {
		if len(f.all) >= mostDays || !isBlock(c) || hasBlock(c) {
			return len(f.all) < mostDays
		}
		if f.page.sizes[c].text > longestByline || !hasDigit(c) { // what has no digit has no date
			return false
		}
		t := label(c)
		if found := daysIn(t); len(found) > 0 {
			f.refuse("text", t, found[0].Date, reason)
		}
		return false
	})
}
