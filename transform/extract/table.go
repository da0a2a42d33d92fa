package extract

import (
	"strings"

	"vigie/internal/french"
	"vigie/transform/programme"
)

// cells returns the bytes of a row's cells in the article's text.
func (p *Passage) cells() []french.Range {
	var all []french.Range
	lo := p.Lo
	for _, c := range strings.Split(p.Text(), "\t") {
		all = append(all, french.Range{Lo: lo, Hi: lo + len(c)})
		lo += len(c) + 1
	}
	if len(all) < 2 {
		return nil
	}
	return all
}

// column returns the first column of a row's table whose name holds one of the cues, -1
// where there is none.
func (p *Passage) column(cs []cue) int {
	for i, name := range p.Columns {
		if hasCue(cs, french.Tokens(name)) {
			return i
		}
	}
	return -1
}

// columnNaming returns the first column whose name is the programme's own or what its
// bearers are called: "Cité éducative". -1 where there is none.
func (p *Passage) columnNaming(pr *programme.Programme) int {
	for _, w := range p.Doc.wordings {
		if w.programme == pr {
			return max(p.column(w.names), p.column(w.noun))
		}
	}
	return -1
}

// cell returns the bytes of a row's cell under a column with one of the names.
func (p *Passage) cell(cs []cue) (french.Range, bool) {
	cells := p.cells()
	if i := p.column(cs); i >= 0 && i < len(cells) {
		return cells[i], true
	}
	return french.Range{}, false
}
