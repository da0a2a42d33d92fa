package scrapers

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie/internal/charset"
	"vigie/internal/french"
	"vigie/internal/markup"
	"vigie/scrapers/fetch"
)

// A shape is what tells a page of contents from a door: how much prose it has, and
// which words stand where.
type shape struct {
	title, heading string   // folded: <title>; <h1>, each on a line
	text           []string // the prose as it is written, with "" where a tag stands
	prose          int      // letters of it, once it is folded
	noscript       string   // folded
	password       bool     // asks for one
	scripts        int
	mount          bool // an element stands empty where an application is to go
	body           []byte
	lower          string // body in lower case, once asked for
	said           string // the prose, folded, once asked for
	names          []string
}

// enoughProse is more than any sign allows: what has it is content, and is not read on.
const enoughProse = 2000

// isApart tells the elements whose words are no prose.
func isApart(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Nav, atom.Header,
		atom.Footer, atom.Aside, atom.Select, atom.Button, atom.Svg, atom.Title:
		return true
	}
	return false
}

// mounts are the ids that frameworks give to the element that they fill.
var mounts = []string{"__next", "__nuxt", "app", "app-root", "application", "main-app", "react-root", "root"}

// readShape reads a page as far as its first prose: no further than a decision needs.
func readShape(r *fetch.Response) *shape { return readProse(r, enoughProse) }

// readProse reads a page until it has so many letters of prose. What was read and is no
// UTF-8 is decoded and read again: tags stand where they stood, and only words were odd.
func readProse(r *fetch.Response, enough int) *shape {
	s := markup.ScanBytes(r.Body)
	p := scanProse(s, enough)
	if read := s.Read(); !utf8.Valid(r.Body[:read]) {
		p = scanProse(markup.NewScanner(charset.Head(r.Body, read, r.Capture.MediaType)), enough)
	}
	p.body = r.Body
	return p
}

func scanProse(s *markup.Scanner, enough int) *shape {
	p := &shape{}
	var open []atom.Atom // elements apart and headings, the outermost first
	for p.prose < enough {
		switch s.Next() {
		case markup.End:
			return p
		case markup.StartTag:
			if p.begin(s) {
				open = append(open, s.Atom)
			}
			p.part()
		case markup.EndTag:
			if i := lastIndex(open, s.Atom); i >= 0 {
				open = open[:i]
			}
			p.part()
		case markup.Text:
			p.take(s, open)
		}
	}
	return p
}

func lastIndex(open []atom.Atom, a atom.Atom) int {
	for i, o := range slices.Backward(open) {
		if o == a && a != 0 {
			return i
		}
	}
	return -1
}

// begin takes in a start tag, and reports whether it opens a part that words are told by.
func (p *shape) begin(tag *markup.Scanner) bool {
	switch tag.Atom {
	case atom.Script:
		p.scripts++
	case atom.Input:
		p.password = p.password || strings.EqualFold(tag.Attr("type"), "password")
	case atom.Div, atom.Main, atom.Section:
		p.mount = p.mount || slices.Contains(mounts, strings.ToLower(tag.Attr("id")))
	case 0:
		p.mount = p.mount || tag.Name == "app-root"
	}
	if tag.Atom == atom.H1 {
		p.heading += "\n"
	}
	return !tag.Closed && (tag.Atom == atom.H1 || isApart(tag.Atom))
}

// take puts a piece of text where it belongs.
func (p *shape) take(text *markup.Scanner, open []atom.Atom) {
	if strings.TrimSpace(text.Text) == "" {
		return
	}
	read := func() string {
		if text.Raw {
			return text.Text
		}
		return html.UnescapeString(text.Text)
	}
	for _, o := range open {
		switch {
		case o == atom.Title:
			p.title += french.Fold(read())
			return
		case o == atom.Noscript:
			p.noscript += " " + french.Fold(read())
			return
		case o == atom.H1:
			p.heading += " " + strings.Join(strings.Fields(french.Fold(read())), " ")
		case isApart(o):
			return
		}
	}
	s := read()
	p.text = append(p.text, s)
	p.prose += french.Letters(s)
}

// part notes that a tag stands between the words before and those that follow.
func (p *shape) part() {
	if n := len(p.text); n > 0 && p.text[n-1] != "" {
		p.text = append(p.text, "")
	}
}

// words are those of the prose, folded. Most pages are judged without them.
func (p *shape) words() []string {
	var b strings.Builder
	for _, s := range p.text {
		if s == "" {
			s = " "
		}
		b.WriteString(french.Fold(s))
	}
	return strings.Fields(b.String())
}

// plain is the prose with single spaces.
func (p *shape) plain() string {
	if p.said == "" {
		p.said = strings.Join(p.words(), " ")
	}
	return p.said
}

func (p *shape) markup() string {
	if p.lower == "" {
		p.lower = string(bytes.ToLower(p.body[:min(len(p.body), 64<<10)]))
	}
	return p.lower
}

// parted is what stands between a page's name and its site's.
var parted = regexp.MustCompile(`\s+[-|›‹»«·•]+\s+`)

// named are the names that a page bears: its headings, and the first part of its title, which
// is all that is not the site's; where no heading tells, the other parts too.
func (p *shape) named() []string {
	if p.names != nil {
		return p.names
	}
	title := parted.Split(p.title, -1)
	if strings.TrimSpace(p.heading) != "" {
		title = title[:1]
	}
	for _, n := range append(strings.Split(p.heading, "\n"), title...) {
		p.names = append(p.names, strings.Trim(strings.Join(strings.Fields(n), " "), " .!?…:"))
	}
	return p.names
}
