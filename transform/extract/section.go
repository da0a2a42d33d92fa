package extract

import (
	"slices"

	"vigie"
	"vigie/internal/french"
)

// A letter of many subjects, the minutes of a council: each section is about its own, and
// only some are about a programme. A numbered item ends what came before; below a mere
// heading the text may go on, but nothing is about a programme before it is named.

// A section is the passages from a heading of the uppermost level, or a numbered item, to
// the next.
type section struct {
	from     int  // the index of its first passage
	numbered bool // "3. Économie et emploi"
	headed   bool // the heading names a programme, or what bears its label
	named    bool // some passage does
	early    bool // nothing before its end does
}

// manySubjects is from how many sections on a text may be about as many things.
const manySubjects = 3

// cutSections finds the sections of a text of many subjects; none where its opening speaks of
// a programme, or half of its sections do.
func (d *Doc) cutSections() {
	var all []section
	level := d.upperLevel()
	for _, p := range d.Passages {
		speaks := p.speaksOfAny()
		if p.opensSection(level) {
			all = append(all, section{from: p.index, numbered: p.isNumbered(), headed: speaks, named: speaks})
			continue
		}
		switch {
		case len(all) > 0:
			all[len(all)-1].named = all[len(all)-1].named || speaks
		case speaks:
			return
		}
	}
	named := 0
	for i := range all {
		if all[i].named {
			named++
		}
		all[i].early = named == 0
	}
	if len(all) >= manySubjects && named > 0 && 2*named <= len(all) {
		d.sections = all
	}
}

// speaksOfAny: the passage names a programme, or what bears a label by this text.
func (p *Passage) speaksOfAny() bool {
	return p.labels() || slices.ContainsFunc(p.Doc.mentionsIn(p.Lo, p.Hi), func(m mention) bool { return m.programme != nil })
}

// upperLevel is the level of the uppermost headings below the title.
func (d *Doc) upperLevel() int {
	level := sheetLevel
	for _, p := range d.Passages {
		if p.Kind == vigie.Heading && p.index > 0 {
			level = min(level, p.Level)
		}
	}
	return level
}

// opensSection: a heading that asks nothing, or a numbered line that stands alone: "3.
// Économie et emploi".
func (p *Passage) opensSection(level int) bool {
	if p.Kind == vigie.Heading {
		return p.index > 0 && p.Level <= level && !p.isQuestion()
	}
	n := len(p.Tokens)
	next := p.next()
	alone := p.First && (next == nil || next.Block != p.Block)
	return p.Kind == vigie.Paragraph && alone && n < 20 && p.isNumbered() && !endsSentence(p.Tokens[n-1])
}

func (p *Passage) isNumbered() bool {
	return len(p.Tokens) > 2 && p.Tokens[0].Kind == french.Numeral && p.Tokens[1].Is(".", ")", "-", "–")
}

// section is the one that the passage lies in; nil where the text has none.
func (p *Passage) section() *section {
	all := p.Doc.sections
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].from <= p.index {
			return &all[i]
		}
	}
	return nil
}
