package article

import (
	"fmt"
	"strings"

	"vigie"
)

// readText reads a text file, or what someone pasted from a page: lines, blank lines
// between paragraphs, "- " or "•" before items, tabs between the cells of a row.
//
// The title is the first line that is no date; what follows a line that only a site
// writes below its articles ("Partager cet article") is left out.
func readText(source string, in Input) (*draft, error) {
	return readLines(reflow(stacked(sideBySide(dropFurniture(rawLines(clean(source))))), in.Known), in)
}

// readLines reads lines each of which is a paragraph, an item or a row.
func readLines(lines []rawLine, in Input) (*draft, error) {
	groups := textGroups(lines)
	d := &draft{}
	head := -1
	for i, g := range groups {
		if !isDates(g) {
			head = i
			break
		}
	}
	if head < 0 {
		return nil, fmt.Errorf("%w: no line but dates", vigie.ErrNoArticle)
	}
	d.title, d.page = groups[head][0].text, groups[head][0].page
	d.put(piece{kind: vigie.Heading, level: 1, text: d.title})
	d.datesAbove(groups[:head], in.Fetched)
	body := groups[head:]
	if body[0] = body[0][1:]; len(body[0]) == 0 {
		body = body[1:]
	}
	for len(body) > 0 && isDates(body[0]) {
		d.dateLines(body[0], rankBare)
		body = body[1:]
	}
	d.shownLines()
	d.textBody(body)
	return d, nil
}

// A textLine is one line of a text file.
type textLine struct {
	line
	indent int // in steps of two spaces
	page   int // of a PDF
	level  int // of a heading, where its letters tell
}

// textGroups cuts a text at its gaps.
func textGroups(lines []rawLine) [][]textLine {
	var all [][]textLine
	for _, g := range groups(lines) {
		var group []textLine
		for _, l := range g {
			t := newTextLine(l.text)
			t.page, t.level = l.page, l.level
			group = append(group, t)
		}
		all = append(all, group)
	}
	return all
}

func newTextLine(raw string) textLine {
	s := strings.TrimRight(raw, " \t")
	spaces := len(s) - len(strings.TrimLeft(s, " "))
	if s[spaces:][0] == '\t' && strings.Count(s, "\t") > 0 && strings.TrimSpace(s) != "" {
		return textLine{line: line{text: s[spaces:]}} // a row whose first cell is empty
	}
	l := newLine(s[spaces:])
	if rest, ok := strings.CutPrefix(l.text, "- "); ok && !l.bullet {
		l = line{strings.TrimLeft(rest, " "), true}
	}
	return textLine{line: l, indent: min(spaces/2, 8)}
}

// isDates reports whether a group of lines is about dates alone.
func isDates(g []textLine) bool {
	for _, l := range g {
		if s := newSpots(l.text); len(s.dates) == 0 || !s.pure && !s.cued() || len(l.text) > longestByline {
			return false
		}
	}
	return len(g) <= 3
}

// datesAbove takes the dates above the title of a pasted text. The last is the
// article's; one before it, or the day it was fetched, is the clock of the site.
func (d *draft) datesAbove(groups [][]textLine, fetched vigie.Date) {
	var lines []textLine
	for _, g := range groups {
		lines = append(lines, g...)
	}
	for i, l := range lines {
		s := newSpots(l.text)
		switch {
		case !s.cued() && s.dates[0].date == fetched:
			d.days.refuse("byline", l.text, s.dates[0].date, "the page clock: the day it was fetched, above the title")
		case !s.cued() && i < len(lines)-1:
			d.days.refuse("byline", l.text, s.dates[0].date, "the page clock: another date stands nearer to the title")
		default:
			rank := rankBefore
			if i > 0 { // the clock is above: this is the article's own
				rank = rankBare
			}
			d.dateLines([]textLine{l}, rank)
		}
	}
}

func (d *draft) dateLines(g []textLine, bare int) {
	for _, l := range g {
		d.days.addLine(newSpots(l.text), l.text, bare)
		d.days.shown = append(d.days.shown, l.text)
	}
}

func (d *draft) shownLines() {
	for _, t := range d.days.shown {
		d.put(piece{kind: vigie.DateLine, text: t})
	}
}
