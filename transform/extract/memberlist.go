package extract

import (
	"strings"

	"vigie"
	"vigie/internal/french"
)

// itemMembers: items below a territory's item, or below a sentence that names one and
// says that what follows composes it.
func (p *Passage) itemMembers() []Match {
	if ms := append(p.lineMembers(), p.bracketedMembers()...); len(ms) > 0 {
		return ms
	}
	lead := p.Parent
	if k := p.labelEnd(); k > 0 {
		if hasCue(memberTerm, p.Tokens[:k]) {
			return p.fieldMembers(k)
		}
		if _, _, isRole := columnRole(p.Tokens[:k]); isRole || hasCue(notMembersLabel, p.Tokens[:k]) {
			return nil
		}
	}
	if lead == nil {
		return nil
	}
	b, ok := lead.listTerritory()
	if !ok {
		return nil
	}
	var ms []Match
	for _, s := range p.membership() {
		if p.opensWith(s) {
			ms = append(ms, p.memberMatches(s, b, s.lo(), s.hi(), "member-list")...)
		}
	}
	if len(ms) == 0 && lead.Kind == vigie.Item {
		if lo, hi := p.unknownName(0, len(p.Tokens)); lo < hi {
			ms = append(ms, p.memberMatches(series{{lo: lo, hi: hi}}, b, lo, hi, "member-list")...)
		}
	}
	return ms
}

var notMembersLabel = cues("secretariat", "partenaire*", "contact*", "president*", "vice-president*", "signataire*", "financeur*", "maitre|maitrise d' ouvrage", "lieu", "siege")

// labelEnd is the token of the colon that closes the label of an item: "EPCI : A, B"; 0
// where it has none.
func (p *Passage) labelEnd() int {
	for k := 1; k < len(p.Tokens) && k <= 6; k++ {
		if p.Tokens[k].Is(":") {
			return k
		}
	}
	return 0
}

// fieldMembers: "Intercommunalités : A, B" on the sheet of a territory.
func (p *Passage) fieldMembers(k int) []Match {
	b, ok := p.territory(p.Lo)
	if !ok {
		return nil
	}
	var ms []Match
	for _, s := range p.membership() {
		if s.lo() >= p.Tokens[k].Hi {
			ms = append(ms, p.memberMatches(s, b, p.Lo, s.hi(), "member-field")...)
		}
	}
	return ms
}

// lineMembers: "Dunkerque (Nord) → CU de Dunkerque + CC des Hauts de Flandre": a territory,
// an arrow or a colon, and its members.
func (p *Passage) lineMembers() []Match {
	heads := p.bearing()
	if len(heads) == 0 || !p.opensWith(heads[0]) || len(heads[0]) != 1 {
		return nil
	}
	b := p.pieceBearer(heads[0][0])
	if b.id == "" {
		return nil
	}
	var ms []Match
	for _, s := range p.membership() {
		if p.fillsPost(s) {
			continue
		}
		if s.lo() >= heads[0].hi() && s[0].barred && s[0].starts && (p.Kind == vigie.Item || p.officialMember(s[0], b)) {
			ms = append(ms, p.memberMatches(s, b, p.Lo, s.hi(), "member-line")...)
		}
	}
	return ms
}

// fillsPost: a series stands in a column of persons: whose they are, not what composes.
func (p *Passage) fillsPost(s series) bool {
	for i, c := range p.cells() {
		if i < len(p.Columns) && c.Lo <= s.lo() && s.hi() <= c.Hi {
			_, _, ok := columnRole(french.Tokens(p.Columns[i]))
			return ok
		}
	}
	return false
}

// listTerritory is the territory whose members are listed below a passage.
func (p *Passage) listTerritory() (bearer, bool) {
	if p.Kind == vigie.Item {
		for _, s := range p.bearing() {
			if p.opensWith(s) && len(s) == 1 {
				return p.pieceBearer(s[0]), true
			}
		}
		return bearer{}, false
	}
	if !hasCue(composing, p.Tokens) && !hasCue(memberTerm, p.Tokens) || hasCue(notMembers, p.Tokens) || hasCue(candidates, p.Tokens) {
		return bearer{}, false
	}
	return p.territory(p.Hi)
}

// rowMembers: the cell under "EPCI" of a row that names a territory.
func (p *Passage) rowMembers() []Match {
	if bs := p.columnBearers(); bs != nil {
		return p.turnedMembers(bs)
	}
	cell, ok := p.cell(memberTerm)
	if !ok {
		return append(p.lineMembers(), p.bracketedMembers()...)
	}
	b, ok := p.rowTerritory()
	if !ok {
		return nil
	}
	var ms []Match
	for _, s := range p.membership() {
		if s.lo() >= cell.Lo && s.hi() <= cell.Hi {
			ms = append(ms, p.memberMatches(s, b, cell.Lo, cell.Hi, "member-table")...)
		}
	}
	return ms
}

func (p *Passage) rowTerritory() (bearer, bool) {
	cells := p.cells()
	col := max(0, p.column(territoryColumn))
	if col >= len(cells) {
		return bearer{}, false
	}
	if c := cells[col]; strings.TrimSpace(p.Doc.Article.Text[c.Lo:c.Hi]) == "" && p.Prev != nil && p.Prev.Kind == vigie.Row {
		return p.Prev.rowTerritory() // a cell that spans several rows
	}
	for _, s := range p.bearing() {
		if s.lo() >= cells[col].Lo && s.hi() <= cells[col].Hi {
			return p.pieceBearer(s[0]), true
		}
	}
	return bearer{}, false
}

// sheetMembers: "Intercommunalités membres" in a list of terms.
func (p *Passage) sheetMembers() []Match {
	if p.Parent == nil || !hasCue(memberTerm, p.Parent.Tokens) {
		return nil
	}
	b, ok := p.territory(p.Lo)
	if sub := p.Doc.subject; sub != nil {
		b, ok = *sub, true
	}
	if !ok {
		return nil
	}
	var ms []Match
	for _, s := range p.membership() {
		if p.opensWith(s) {
			ms = append(ms, p.memberMatches(s, b, s.lo(), s.hi(), "member-sheet")...)
		}
	}
	return ms
}
