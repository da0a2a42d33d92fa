package article

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie"
	"vigie/internal/markup"
)

// A page is a parsed document on its way to an article.
type page struct {
	body        *html.Node
	meta        meta
	title       *html.Node // the heading that bears the article's title, or nil
	declaredDay *html.Node // where the source says that the date stands
	sizes       measures
	teasers     map[*html.Node]bool
}

// readPage reads a page of HTML.
func readPage(source string, in Input) (d *draft, err error) {
	deep := markup.Lend(source, func(root *html.Node) { d, err = readTree(root, in) })
	if deep != nil { // more than 512 elements: no page that a person laid out
		return readText(strip(source), in)
	}
	return d, err
}

// readTree reads a page's tree, of which no node is kept.
func readTree(root *html.Node, in Input) (*draft, error) {
	p := &page{meta: readMeta(root), body: find(root, atom.Body), sizes: make(measures, 512)}
	if p.body == nil { // a frameset
		return nil, fmt.Errorf("%w: a set of frames; read the frame that holds the text", vigie.ErrNoArticle)
	}
	d := &draft{url: p.meta.canonical}
	d.publisher = p.publisher()

	p.cutHidden()
	p.title = findTitle(p.body, &p.meta)
	content, errSelector := p.checkSelectors(in.Content)
	p.sizes.measure(p.body)
	p.teasers = p.findTeasers()
	d.days = p.findDays(in)
	d.title = p.titleText(d.publisher)

	p.cutSite()
	p.cutSections()
	p.sizes.measure(p.body)
	if content == nil || content.Parent == nil {
		content = p.findContent()
	}
	p.cutBoxes(content)
	p.cutTail(content)
	p.write(d, content)
	return d, errSelector
}

func (p *page) titleText(publisher string) string {
	if p.title != nil {
		return label(p.title)
	}
	return p.meta.bareTitle(publisher)
}

// write puts the article in order: title, date, lead, content from the title on.
func (p *page) write(d *draft, content *html.Node) {
	d.put(piece{kind: vigie.Heading, level: 1, text: d.title})
	for _, t := range d.days.shown {
		d.put(piece{kind: vigie.DateLine, text: t})
	}
	w := walker{page: p, writer: &d.writer, started: true}
	for _, n := range p.lead(content) {
		w.block(n)
	}
	w.started = p.title == nil || !contains(content, p.title)
	w.block(content)
}

func find(root *html.Node, tag atom.Atom) *html.Node {
	var found *html.Node
	each(root, func(n *html.Node) bool {
		if found == nil && n.DataAtom == tag {
			found = n
		}
		return found == nil
	})
	return found
}

// rawTags hold text that is not the page's, up to their end tag.
var rawTags = newTagSet(atom.Noscript, atom.Script, atom.Select, atom.Style, atom.Svg, atom.Template, atom.Textarea, atom.Title)

// strip returns the text of a source that is too deep to parse, blocks apart. The
// site around stays in it.
func strip(source string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	skip := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if skip == "" {
				b.WriteString(unwrap(string(z.Text())))
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := atom.Lookup(name); {
			case skip == "" && rawTags.has(tag):
				skip = string(name)
			case blockTags.has(tag):
				b.WriteString("\n\n")
			case tag == atom.Br:
				b.WriteString("\n")
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
		}
	}
}
