package extract

import (
	"slices"

	"vigie"
	"vigie/internal/french"
)

// A table may have lost its cells: its columns' names stand one below the other, or in one
// line, and so does what each row says. What a line is tells where it belongs: the name of
// a bearer begins a row, EPCI and persons follow in the columns' order.

// A flatRow is such a row, kept with the passage that names its bearer.
type flatRow struct {
	bearer  bearer
	cells   []*Passage // the passages of the row, the one that names the bearer first
	columns []flatColumn
}

// A flatColumn is a column of persons.
type flatColumn struct{ role, body string }

// flatten finds such tables: a header and two rows at least.
func (d *Doc) flatten() {
	for i := 0; i < len(d.Passages); i++ {
		columns, n := d.flatHeader(i)
		if n == 0 {
			continue
		}
		rows, end := d.flatRows(i+n, columns)
		if len(rows) < 2 {
			continue
		}
		for _, r := range rows {
			r.cells[0].flat = r
		}
		for k := i; k < end; k++ {
			d.Passages[k].inFlat = true
		}
		i = end - 1
	}
}

// flatHeader reads the columns' names that begin at the i-th passage, in one line or one a
// line, and how many passages they take; none where the first does not name the bearers.
func (d *Doc) flatHeader(i int) (columns []flatColumn, n int) {
	first := d.Passages[i]
	if !first.isLine() || first.Programme == nil {
		return nil, 0
	}
	if columns, ok := first.columnNames(); ok {
		return columns, 1
	}
	told := false
	for n < 9 && i+n < len(d.Passages) && d.Passages[i+n].isLine() {
		p := d.Passages[i+n]
		toks := withoutEndings(p.Tokens)
		role, body, isRole := columnRole(toks)
		territory := matchAt(territoryColumn, toks, 0) > 0 && len(toks) < 5 && !slices.ContainsFunc(p.Names, p.bears)
		other := matchAt(otherColumn, toks, 0) > 0 && len(toks) < 5
		switch {
		case isRole && len(toks) < 9 && !p.hasPerson():
			columns = append(columns, flatColumn{role, body})
		case territory:
			told = true
		case hasCue(memberTerm, toks) && len(toks) < 5 || other:
		default:
			if !told || n < 2 {
				return nil, 0
			}
			return columns, n
		}
		n++
	}
	return nil, 0
}

var otherColumn = cues("n°|numero|no|rang", "region|departement|departements", "actions|projets", "phase", "population|habitants", "contact|courriel|telephone", "date|signature|contrat", "axes|priorites|thematiques", "statut|etat", "montant|budget")

// isLine: the passage is a line of its own, and no cell.
func (p *Passage) isLine() bool {
	return (p.Kind == vigie.Item || p.Kind == vigie.Paragraph || p.Kind == vigie.Heading) && len(p.Tokens) > 0
}

func (p *Passage) hasPerson() bool {
	for k := range p.Tokens {
		if p.isPersonAt(k) {
			return true
		}
	}
	return false
}

// columnNames reads a line that is nothing but columns' names, the bearers' first.
func (p *Passage) columnNames() (columns []flatColumn, ok bool) {
	toks := withoutEndings(p.Tokens)
	if len(toks) < 4 || len(toks) > 24 {
		return nil, false
	}
	named := 0
	for i := 0; i < len(toks); named++ {
		end, col := matchAt(joints, toks, i), flatColumn{}
		end = max(end, matchAt(memberTerm, toks, i), matchAt(otherColumn, toks, i), matchAt(territoryColumn, toks, i))
		for _, c := range columnRoles {
			if e := matchAt(c.cues, toks, i); e > end {
				end, col = e, flatColumn{c.role, c.body}
			}
		}
		if end <= i {
			return nil, false
		}
		if col.role != "" {
			columns = append(columns, col)
		}
		i = end
	}
	return columns, named > 2 && matchAt(territoryColumn, toks, 0) > 0
}

var joints = cues("d' industrie", "et|/|,|;|-|–|||·", "membres|concernees|concernes")

// flatRows reads the rows from the i-th passage on.
func (d *Doc) flatRows(i int, columns []flatColumn) (rows []*flatRow, end int) {
	for i < len(d.Passages) {
		p := d.Passages[i]
		if _, n := d.flatHeader(i); n > 0 { // the header again, on the next page
			i += n
			continue
		}
		b, ok := p.rowBearer()
		switch {
		case ok && p.isLine():
			rows = append(rows, &flatRow{bearer: b, cells: []*Passage{p}, columns: columns})
		case len(rows) > 0 && p.isLine() && len(p.Tokens) < 60 && len(rows[len(rows)-1].cells) < 12:
			r := rows[len(rows)-1]
			r.cells = append(r.cells, p)
		case len(rows) == 0 && p.isLine() && len(p.Tokens) < 3: // the row's number
		default:
			return rows, i
		}
		i++
	}
	return rows, i
}

// rowBearer is the bearer whose name begins the passage, a number passed.
func (p *Passage) rowBearer() (bearer, bool) {
	k := 0
	for k < len(p.Tokens) && k < 3 && (p.Tokens[k].Kind == french.Numeral || p.Tokens[k].Is(".", ")", "-", "•")) {
		k++
	}
	if k >= len(p.Tokens) || p.Programme == nil {
		return bearer{}, false
	}
	for _, n := range p.Names {
		if n.Lo == p.Tokens[k].Lo && p.bears(n) && n.Form == "" {
			return p.bearer(n), true
		}
	}
	return bearer{}, false
}

// flatLabel is the label of the row's bearer.
func (p *Passage) flatLabel() []Match {
	b := p.flat.bearer
	if !p.Doc.named(p.Programme) || b.id == "" {
		return nil
	}
	return []Match{p.labelMatch(b, vigie.Labelled, b.lo, b.hi, "label-table")}
}

// flatMembers are the EPCI that the row's lines name, persons' own aside.
func (p *Passage) flatMembers() []Match {
	var ms []Match
	for _, q := range p.flat.cells {
		from := q.Lo
		if q == p {
			from = p.flat.bearer.hi
		}
		for _, n := range q.Names {
			k := q.token(n.Lo)
			if n.Lo < from || !isMember(n) || q.parenthesised(n.Lo, 0) {
				continue
			}
			if q.personBefore(k) {
				break // "A, vice-président de X"
			}
			ms = append(ms, q.memberMatches(series{{lo: n.Lo, hi: n.Hi}}, p.flat.bearer, q.Lo, n.Hi, "member-flat")...)
		}
	}
	return ms
}

// personBefore: a person stands in the line before token k.
func (p *Passage) personBefore(k int) bool {
	for i := range k {
		if p.isPersonAt(i) && p.officialEnd(i, isMember) == i {
			return true
		}
	}
	return false
}
