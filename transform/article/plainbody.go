package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vigie"
	"vigie/internal/french"
)

func (d *draft) textBody(groups [][]textLine) {
	for i, g := range groups {
		if i > 1 && endsText(g) {
			return
		}
		var next []textLine
		if i+1 < len(groups) {
			next = groups[i+1]
		}
		d.textGroup(unwrapLines(g), next)
	}
}

// endsText reports whether a group begins what a site writes below an article.
func endsText(g []textLine) bool {
	f := strings.Trim(french.Fold(g[0].text), " :.")
	return strings.HasPrefix(f, "partager ") && announcements[f] || strings.HasPrefix(f, "about ") && len(g) == 1 && len(f) < 60 ||
		f == "commentaires" || f == "laisser un commentaire" || f == "articles similaires"
}

// textGroup writes lines without a blank one between: rows, items, a figure, a heading
// or lines of text.
func (d *draft) textGroup(g []textLine, next []textLine) {
	d.page = g[0].page
	var rows, rest []textLine
	for _, l := range g {
		if strings.Contains(l.text, "\t") {
			rows = append(rows, l)
		} else {
			rest = append(rest, l)
		}
	}
	switch {
	case len(rows) > len(rest):
		d.textTable(g)
	case len(g) == 1 && isSiteLine(g[0].text):
	case len(g) == 1 && g[0].level > 0:
		d.put(piece{kind: vigie.Heading, level: g[0].level, text: g[0].text})
	case len(g) == 1 && !g[0].bullet && headsText(g[0].text, next):
		d.put(piece{kind: vigie.Heading, level: 2, text: g[0].text})
	case len(g) == 2 && !g[0].bullet && figureNumber.MatchString(french.Fold(g[0].text)):
		group := d.newGroup()
		d.put(piece{kind: vigie.Term, group: group, text: g[0].text})
		d.put(piece{kind: vigie.Definition, group: group, text: g[1].text})
	default:
		d.textLines(g)
	}
}

// textTable writes rows, and what stands above them without a cell as what it is.
func (d *draft) textTable(g []textLine) {
	first := slices.IndexFunc(g, func(l textLine) bool { return strings.Contains(l.text, "\t") })
	if first == 1 && !g[0].bullet && headsText(g[0].text, g[1:]) {
		d.put(piece{kind: vigie.Heading, level: 2, text: g[0].text})
	} else if first > 0 {
		d.textLines(g[:first])
	}
	d.textRows(g[first:])
}

func (d *draft) textRows(g []textLine) {
	group := d.newGroup()
	for i, l := range g {
		d.page = l.page
		kind := vigie.Row
		if i == 0 && len(g) > 1 && !strings.ContainsAny(l.text, "0123456789") {
			kind = vigie.Header
		}
		d.put(piece{kind: kind, group: group, text: l.text})
	}
}

// textLines writes items and lines; lines of one group stay together.
func (d *draft) textLines(g []textLine) {
	group := 0
	if len(g) > 1 {
		group = d.newGroup()
	}
	var plain []line
	for _, l := range g {
		plain = append(plain, l.line)
	}
	list := listed(plain)
	for i, l := range g {
		d.page = l.page
		switch {
		case l.bullet && i == 0 && d.inBullets():
			group = d.last
			fallthrough
		case l.bullet:
			if group == 0 {
				group = d.newGroup()
			}
			d.put(item(l.indent+1, group, l.text))
		case i > 0 && l.indent > 0: // an item's further paragraph
			d.put(piece{vigie.Paragraph, l.indent, group, indent(l.indent), l.text})
		case list:
			d.put(piece{kind: vigie.Item, level: 1, group: group, text: l.text})
		default:
			d.put(piece{kind: vigie.Paragraph, group: group, text: l.text})
		}
	}
}

// headsText reports whether a line alone is a heading: short, no sentence, and
// something follows that is longer.
func headsText(s string, next []textLine) bool {
	if len(next) == 0 || utf8.RuneCountInString(s) > 110 || strings.HasSuffix(s, ".") || strings.ContainsAny(s[len(s)-1:], ":;,") || strings.HasSuffix(s, "…") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "« “\""))
	return (unicode.IsUpper(first) || unicode.IsDigit(first)) && (len(next) > 1 || next[0].bullet || len(next[0].text) > len(s))
}

// unwrapLines joins the lines of a paragraph that was broken to a width: a line of
// some length that ends no sentence, and a next one that begins in lower case.
func unwrapLines(g []textLine) []textLine {
	var out []textLine
	var whole []string
	flush := func() {
		if len(whole) > 0 {
			out[len(out)-1].text = strings.Join(whole, " ")
		}
		whole = whole[:0]
	}
	for i, l := range g {
		if i == 0 || l.bullet || l.indent > 0 || !continues(g[i-1].text, l.text) {
			flush()
			out = append(out, l)
		}
		whole = append(whole, l.text)
	}
	flush()
	return out
}

func continues(s, next string) bool {
	first, _ := utf8.DecodeRuneInString(next)
	return utf8.RuneCountInString(s) >= 55 && !strings.ContainsAny(s[len(s)-1:], ".!?:;") && unicode.IsLower(first) &&
		!strings.Contains(s, "\t") && !strings.Contains(next, "\t")
}
