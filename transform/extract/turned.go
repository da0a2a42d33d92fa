package extract

import "vigie/internal/french"

// A table may be turned: the territories stand in its first row, and each row below says
// one thing of all of them.

// columnBearers are the bearers that the columns are named after, by column; nil where
// the table is not turned.
func (p *Passage) columnBearers() map[int]bearer {
	if p.Programme == nil || len(p.Columns) < 2 {
		return nil
	}
	var bs map[int]bearer
	for i, name := range p.Columns[1:] {
		b := p.bearerNamed(name)
		if b.id == "" {
			return nil
		}
		if bs == nil {
			bs = map[int]bearer{}
		}
		bs[i+1] = b
	}
	return bs
}

// turnedMembers: "EPCI | A, B | C".
func (p *Passage) turnedMembers(bs map[int]bearer) []Match {
	cells := p.cells()
	if len(cells) < 2 || !hasCue(memberTerm, french.Tokens(p.Doc.Article.Text[cells[0].Lo:cells[0].Hi])) {
		return nil
	}
	var ms []Match
	for _, s := range p.membership() {
		for i, c := range cells {
			if b, ok := bs[i]; ok && c.Lo <= s.lo() && s.hi() <= c.Hi {
				ms = append(ms, p.memberMatches(s, b, c.Lo, c.Hi, "member-table")...)
			}
		}
	}
	return ms
}

// turnedRoles: "Élu référent | A | B".
func (p *Passage) turnedRoles(bs map[int]bearer) []act {
	cells := p.cells()
	if len(cells) < 2 {
		return nil
	}
	role, body, ok := columnRole(french.Tokens(p.Doc.Article.Text[cells[0].Lo:cells[0].Hi]))
	if !ok {
		return nil
	}
	var acts []act
	for i, c := range cells {
		b, ok := bs[i]
		if !ok || c.Lo >= c.Hi {
			continue
		}
		for _, a := range p.cellRoles(p.token(c.Lo), p.token(c.Hi), role, body) {
			a.scope, a.rule = b.scope, "role-table"
			acts = append(acts, a)
		}
	}
	return acts
}

// turnedLabels: a first row of two bearers or more, in a text about the programme.
func (p *Passage) turnedLabels() []Match {
	cells := p.cells()
	if len(cells) < 3 || !p.Doc.named(p.Programme) {
		return nil
	}
	var ms []Match
	for _, c := range cells[1:] {
		m, ok := p.wholeCell(c)
		if !ok {
			return nil
		}
		ms = append(ms, m)
	}
	return ms
}

// bracketedMembers: "Sud Vilaine (Redon Agglomération, Oust à Brocéliande)": EPCI in brackets
// right behind the territory, one of which the official list has there.
func (p *Passage) bracketedMembers() []Match {
	var ms []Match
	for i, n := range p.Names {
		k := p.token(n.Hi-1) + 1
		if p.foldAt(k) != "(" || !p.bears(n) {
			continue
		}
		b := p.bearer(n)
		if b.id == "" {
			continue
		}
		var s series
		official := false
		closed := p.Tokens[p.closing(k)].Lo
		for _, m := range p.Names[i+1:] {
			if m.Lo > closed {
				break
			}
			if q := (piece{lo: m.Lo, hi: m.Hi}); isMember(m) {
				s, official = append(s, q), official || p.officialMember(q, b)
			}
		}
		if official {
			ms = append(ms, p.memberMatches(s, b, n.Lo, s.hi(), "member-brackets")...)
		}
	}
	return ms
}
