package article

import (
	"strings"

	"vigie"
	"vigie/internal/french"
)

// flush writes the line in hand, if the title is behind and it says something of the article.
func (w *walker) flush() {
	s, bold := w.line.String(), w.bold
	w.line.Reset()
	w.bold = 0
	if !w.started || !says(s) {
		return
	}
	if !w.in.pre {
		s = squeeze(s)
	}
	for _, p := range paragraphs(clean(s)) {
		if len(p) == 1 && (isSiteLine(p[0].text) || w.repeatsTitle(p[0].text)) {
			continue
		}
		w.paragraph(p, bold >= letters(s))
	}
}

func (w *walker) paragraph(p []line, bold bool) {
	in := &w.in
	switch in.kind {
	case "":
		if len(p) == 1 && isDateLine(p[0].text) {
			w.put(piece{kind: vigie.DateLine, text: p[0].text})
			return
		}
		if len(p) == 1 && bold && !p[0].bullet && isHeadline(p[0].text) {
			// Lower than any heading of the page: the next one ends its section.
			w.put(piece{kind: vigie.Heading, level: 6, text: p[0].text})
			return
		}
		w.putLines(p, vigie.Paragraph)
	case vigie.Heading:
		if t := joined(p); !w.repeatsTitle(t) {
			w.put(piece{kind: vigie.Heading, level: in.level, text: t})
		}
	case vigie.Item:
		for _, l := range p {
			if in.begun {
				w.put(piece{vigie.Paragraph, in.level, in.group, indent(in.level), l.text})
			} else {
				w.put(item(in.level, in.group, l.text))
			}
			in.begun = true
		}
	default:
		for _, l := range p {
			w.put(piece{kind: in.kind, level: in.level, group: in.group, text: l.text})
		}
	}
}

// isDateLine tells "Mis en ligne le 7 mars 2019" wherever it stands.
func isDateLine(s string) bool {
	if len(s) > longestByline {
		return false
	}
	found := newSpots(s)
	return found.pure && found.cued()
}

// repeatsTitle reports whether a line at the head of the text is the title again, which
// the page declares and shows in no heading.
func (w *walker) repeatsTitle(s string) bool {
	return len(w.blocks) > 0 && len(w.blocks) < 4 && french.Fold(s) == french.Fold(w.title())
}

// title is the heading that the text begins with.
func (w *walker) title() string {
	if len(w.blocks) == 0 {
		return ""
	}
	return w.text()[w.blocks[0].Lo:w.blocks[0].Hi]
}

func joined(p []line) string {
	var all []string
	for _, l := range p {
		all = append(all, l.text)
	}
	return strings.Join(all, " ")
}

// isHeadline reports whether a paragraph all in bold is a heading that the editor had
// no other means for: short, and no sentence.
func isHeadline(s string) bool {
	return len(s) <= 120 && !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, ",") && !strings.HasSuffix(s, ";")
}
