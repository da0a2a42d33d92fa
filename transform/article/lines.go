package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vigie"
)

// bullets open an item in text that is typed, not marked up: "• les services au public".
const bullets = "•●▪■◦○·‣►▶➢➤✓✔✅*"

// A line of a paragraph, as line breaks part it.
type line struct {
	text   string
	bullet bool
}

// paragraphs cuts text at line breaks: an empty line parts paragraphs.
func paragraphs(text string) [][]line {
	var all [][]line
	open := false
	for raw := range strings.SplitSeq(text, "\n") {
		s := strings.Trim(raw, " \t")
		if s == "" {
			open = false
			continue
		}
		if !open {
			all = append(all, nil)
			open = true
		}
		last := len(all) - 1
		all[last] = append(all[last], newLine(s))
	}
	for _, p := range all {
		dashes(p)
	}
	return all
}

func newLine(s string) line {
	r, n := utf8.DecodeRuneInString(s)
	rest := strings.TrimLeft(s[n:], " \t")
	if strings.ContainsRune(bullets, r) && rest != "" && (r != '*' && r != '·' || rest != s[n:]) {
		return line{rest, true}
	}
	return line{s, false}
}

// dashes takes "- " and "– " for bullets where two lines in a row have one: a single
// dash may open a remark.
func dashes(p []line) {
	dashed := func(i int) bool {
		return i >= 0 && i < len(p) && (strings.HasPrefix(p[i].text, "- ") || strings.HasPrefix(p[i].text, "– "))
	}
	first := false
	for i := range p {
		was := dashed(i)
		if was && (first || dashed(i+1)) {
			_, n := utf8.DecodeRuneInString(p[i].text)
			p[i] = line{strings.TrimLeft(p[i].text[n:], " "), true}
		}
		first = was
	}
}

// listed reports whether lines without bullets are a list all the same: three or
// more, short, hardly one of which ends a sentence.
func listed(p []line) bool {
	if len(p) < 3 {
		return false
	}
	ends := 0
	for _, l := range p {
		if l.bullet || utf8.RuneCountInString(l.text) > 120 {
			return false
		}
		if endsSentence(l.text) {
			ends++
		}
	}
	return ends*3 <= len(p)
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, " »”\")")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
}

// putLines writes one paragraph, lines apart: items where they are a list. A run of
// bullet lines goes on over paragraphs, as editors put each bullet in its own.
func (w *writer) putLines(p []line, kind vigie.BlockKind) {
	group, list := 0, listed(p)
	if len(p) > 1 {
		group = w.newGroup()
	}
	for i, l := range p {
		switch {
		case l.bullet && (i > 0 && p[i-1].bullet || i == 0 && w.inBullets()):
			w.put(item(1, w.last, l.text))
		case l.bullet:
			group = w.newGroup()
			w.put(item(1, group, l.text))
		case list:
			w.put(piece{kind: vigie.Item, level: 1, group: group, text: l.text})
		default:
			w.put(piece{kind: kind, group: group, text: l.text})
		}
	}
}

// inBullets reports whether the last block is a bullet line of a list that may go on.
func (w *writer) inBullets() bool {
	n := len(w.blocks)
	if n == 0 || w.last == 0 || w.blocks[n-1].Kind != vigie.Item {
		return false
	}
	return strings.HasSuffix(w.b.String()[:w.blocks[n-1].Lo], "- ")
}

// says reports whether s holds a letter or a digit.
func says(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
