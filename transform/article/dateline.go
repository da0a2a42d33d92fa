package article

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A dateLine is a short line with a date in it.
type dateLine struct {
	node *html.Node
	text string
	spots
}

var dateNames = set("date dates published publication datetime time")

// narrow goes down to the part of a line that speaks of the date: of "Par N. L. Publié
// le 7 mars 2019", where they are elements, to the second.
func narrow(n *html.Node) *html.Node {
	for {
		if newSpots(label(n)).pure {
			return n
		}
		var next *html.Node
		for c := n.FirstChild; c != nil && next == nil; c = c.NextSibling {
			if isElement(c) && len(newSpots(label(c)).dates) > 0 {
				next = c
			}
		}
		if next == nil {
			return n
		}
		n = next
	}
}

// apart is the label of a line whose elements, one a date, may stand without a space
// between: <span>Publié le 2 mai</span><span>Mis à jour le 3 mai</span>
func apart(n *html.Node) string {
	var all []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if t := label(c); t != "" && c.Type != html.CommentNode {
			all = append(all, t)
		}
	}
	return strings.Join(all, " ")
}

func newDateLine(n *html.Node) dateLine {
	if !hasDigit(n) { // nor a date
		return dateLine{node: n}
	}
	t := label(n)
	return dateLine{n, t, newSpots(t)}
}

// isByline reports whether the line is about when the article appeared: it says so, or
// says nothing else, or holds the date in an element made for it. Events do none of
// that: "Rendez-vous le 7 mars 2019".
func (l dateLine) isByline() bool {
	if l.pure || l.cued() {
		return true
	}
	n := narrow(l.node)
	return n.DataAtom == atom.Time || named(n, dateNames)
}

func hasBlock(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isBlock(c) || isElement(c) && hasBlock(c) {
			return true
		}
	}
	return false
}

// close decides what the lines around the title tell, and which of them are shown.
func (f *dayFinder) close() {
	for _, l := range f.after {
		f.byline(l, rankBare)
		f.show(l)
	}
	for i, l := range f.before {
		switch last := i == len(f.before)-1; {
		case !l.cued() && (named(l.node, clockNames) || l.dates[0].date == f.fetched):
			f.refuse("byline", l.text, l.dates[0].date, "the page clock: the day it was fetched, above the title")
		case !l.isByline() || !last && !l.cued():
			f.refuse("byline", l.text, l.dates[0].date, "the page clock: another date stands nearer to the title")
		default:
			rank := rankBare
			if f.page.title == nil {
				rank = rankBefore
			}
			f.byline(l, rank)
			if len(f.after) == 0 {
				f.show(l)
			}
		}
	}
}

// byline adds the dates of a line, each by the words before it.
func (f *dayFinder) byline(l dateLine, bare int) { f.addLine(l.spots, l.text, bare) }

func (d *days) addLine(s spots, text string, bare int) {
	for _, at := range s.dates {
		switch {
		case at.cue == cueUpdated:
			d.addUpdated("byline", text, at.date)
		case at.cue == cueCredit:
			d.refuse("byline", text, at.date, "of a picture")
		case at.cue == cuePublished:
			d.add(min(bare, rankByline), "byline", text, at.date, "")
		default:
			d.add(bare, "byline", text, at.date, "")
		}
	}
}

// show keeps the line as the page prints it, and takes it out of the text.
func (f *dayFinder) show(l dateLine) {
	n := narrow(l.node)
	t := label(n)
	if l := newSpots(t); len(l.dates) > 1 {
		t = apart(n)
	}
	if !slices.Contains(f.shown, t) {
		f.shown = append(f.shown, t)
	}
	remove(l.node)
}
