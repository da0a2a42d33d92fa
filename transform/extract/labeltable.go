package extract

import (
	"slices"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/programme"
)

// sheetLabel: the title of a sheet that is as a whole the name of a bearer, in a text about
// the programme.
func (p *Passage) sheetLabel() []Match {
	for _, s := range p.bearing() {
		if len(s) == 1 && s[0].name != nil && p.opensWith(s) && s[0].ends && s.hi() >= p.Hi-2 && p.Doc.named(p.Programme) && (p.Programme.Unit == "territory" || p.onList(s[0])) {
			return []Match{p.labelMatch(p.pieceBearer(s[0]), vigie.Labelled, s.lo(), s.hi(), "label-heading")}
		}
	}
	return nil
}

// rowLabels: a table with a column of territories, in a text that says they have the label.
func (p *Passage) rowLabels() []Match {
	cells := p.cells()
	if len(cells) == 0 {
		return nil
	}
	col := 0
	if len(p.Columns) > 0 {
		if col = p.column(territoryColumn); col < 0 {
			col = p.columnNaming(p.Programme)
		}
		if col < 0 {
			return nil
		}
	}
	if col >= len(cells) || p.Parent != nil && p.Parent.deniesLabel() || !p.tableGivesLabel() && !p.tableOfBearers() {
		return p.mentionedLabels()
	}
	if m, ok := p.wholeCell(cells[col]); ok {
		return []Match{m}
	}
	for _, s := range p.bearing() {
		if s.lo() >= cells[col].Lo && s.hi() <= cells[col].Hi {
			var ms []Match
			for _, q := range s {
				ms = append(ms, p.labelMatch(p.pieceBearer(q), vigie.Labelled, q.lo, q.hi, "label-table"))
			}
			return ms
		}
	}
	return nil
}

// wholeCell: a cell that is as a whole the name of one territory of the list, dashes, "et"
// and all: "Alsace bossue - Saverne - Sarrebourg - Nord Alsace".
func (p *Passage) wholeCell(c french.Range) (Match, bool) {
	lo, hi := trim(p.Doc.Article.Text, c.Lo, c.Hi)
	if p.Programme.Unit != "territory" || lo == hi {
		return Match{}, false
	}
	b := p.bearerNamed(p.Doc.Article.Text[lo:hi])
	if b.lo, b.hi = lo, hi; b.id == "" {
		return Match{}, false
	}
	return p.labelMatch(b, vigie.Labelled, lo, hi, "label-table"), true
}

// tableGivesLabel: the caption or the lines that lead the table in, or the section, or a
// column say that its rows have the label.
func (p *Passage) tableGivesLabel() bool {
	for q, n := p.Parent, 0; q != nil && n < 4; q, n = q.Prev, n+1 {
		if q.Programme == p.Programme && q.says(chosen) && q.refusal(q.Lo, q.Hi) == "" {
			return true
		}
	}
	return p.Heading != nil && (p.Heading.says(chosen) || len(p.Doc.mentionsIn(p.Heading.Lo, p.Heading.Hi)) > 0)
}

// tableOfBearers reports whether nearly all rows of a table of three or more open with
// names that may bear the label, in a text about the programme.
func (p *Passage) tableOfBearers() bool {
	return p.Doc.answer(inquiry{about: "table", of: p.Heading, programme: p.Programme}, func() bool {
		return p.Doc.bearers4in5(p.Programme, p.Doc.Passages, func(q *Passage) bool { return q.Kind == vigie.Row && q.Heading == p.Heading })
	})
}

// headingLabels: one heading per territory or commune, in a text that says that they have
// the label.
func (p *Passage) headingLabels() []Match {
	if p.Prev == nil {
		return nil
	}
	for _, s := range p.bearing() {
		if len(s) != 1 || s[0].name == nil || !p.opensWith(s) || !s[0].ends || s.hi() < p.Hi-2 {
			continue
		}
		if p.Programme.Unit != "territory" && !p.onList(s[0]) {
			return nil
		}
		if !p.oneOfMany() || !p.Doc.saysLabelled(p) {
			return nil
		}
		return []Match{p.labelMatch(p.pieceBearer(s[0]), vigie.Labelled, s.lo(), s.hi(), "label-heading")}
	}
	return nil
}

// oneOfMany reports whether other headings of the same level are territories' names too.
func (p *Passage) oneOfMany() bool {
	return p.Doc.answer(inquiry{about: "headings", level: p.Level, programme: p.Programme}, func() bool {
		n := 0
		for _, q := range p.Doc.Passages {
			if q.Kind == vigie.Heading && q.Level == p.Level && q.Programme == p.Programme && len(q.Names) > 0 && q.bears(q.Names[0]) &&
				q.Names[0].Hi >= q.Hi-2 {
				n++
			}
		}
		return n > 1
	})
}

// saysLabelled reports whether a passage above p names the programme and gives the label.
func (d *Doc) saysLabelled(p *Passage) bool {
	first, known := d.givers[p.Programme]
	if !known {
		first = slices.IndexFunc(d.Passages, func(q *Passage) bool {
			return q.Programme == p.Programme && (q.says(bearsLabel) || q.says(chosen) && q.refusal(q.Lo, q.Hi) == "")
		})
		if d.givers == nil {
			d.givers = map[*programme.Programme]int{}
		}
		d.givers[p.Programme] = first
	}
	return first >= 0 && first < p.index
}

var bearsLabel = cues("le|leur|du label", "territoires d' industrie")

// fieldLabel: "Territoire : Sud Vilaine".
func (p *Passage) fieldLabel() []Match {
	k := p.labelEnd()
	if k == 0 || p.Programme.Unit != "territory" || matchAt(territoryTerm, p.Tokens, 0) != k {
		return nil
	}
	for _, s := range p.bearing() {
		if len(s) == 1 && s[0].name != nil && p.token(s.lo()) == k+1 && s[0].ends && p.Doc.named(p.Programme) {
			return []Match{p.labelMatch(p.pieceBearer(s[0]), vigie.Labelled, s.lo(), s.hi(), "label-sheet")}
		}
	}
	return nil
}

// definitionLabels: "Nom du territoire" in a list of terms.
func (p *Passage) definitionLabels() []Match {
	if p.Parent == nil || !p.Parent.says(territoryTerm) {
		return nil
	}
	names := p.bearing()
	if len(names) == 0 {
		return nil
	}
	status := vigie.Labelled
	if p.Doc.sheetSays("candidates", candidates) && !p.Doc.sheetSays("chosen", chosen) {
		status = vigie.Candidate
	}
	first := names[0][0]
	return []Match{p.labelMatch(p.pieceBearer(first), status, first.lo, first.hi, "label-sheet")}
}

var (
	territoryTerm   = cues("nom du? territoire? d'? industrie?", "territoire d'? industrie?")
	territoryColumn = cues("territoire|territoires", "ti", "nom", "laureat*", "ville|villes", "commune|communes")
)

// sheetSays reports whether a definition of the text holds one of the cues.
func (d *Doc) sheetSays(what string, cs []cue) bool {
	return d.answer(inquiry{about: what}, func() bool {
		return slices.ContainsFunc(d.Passages, func(p *Passage) bool { return p.Kind == vigie.Definition && hasCue(cs, p.Tokens) })
	})
}
