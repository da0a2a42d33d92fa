package extract

import (
	"slices"
	"strings"

	"vigie"
)

// flatRoles gives the row's persons the roles of the columns, in order: as many as there
// are, posts that nobody holds counted.
func (p *Passage) flatRoles() []act {
	var all []flatPerson
	for _, q := range p.flat.cells {
		from := 0
		if q == p {
			from = q.token(p.flat.bearer.hi-1) + 1
		}
		all = append(all, q.flatPersons(from)...)
	}
	columns := p.flat.columns
	if len(all) != places(columns) { // a column of bodies holds no persons
		columns = slices.DeleteFunc(slices.Clone(columns), func(c flatColumn) bool {
			return c.role == "pilote" || c.role == "anime" || c.role == "coordonne"
		})
	}
	if len(all) != places(columns) {
		return p.sidedFlat(all, columns)
	}
	var acts []act
	for _, c := range columns {
		a := act{roles: []string{c.role}, target: target{body: c.body}, scope: p.flat.bearer.scope, rule: "role-flat", sure: 0.75}
		if c.role == "binome" || c.role == "couple" {
			if two := []holder{all[0].holder, all[1].holder}; all[0].at == all[1].at && !all[0].vacant && !all[1].vacant {
				a.hi, a.at = all[1].holder.j, all[0].at
				acts = append(acts, p.columnPair(a, two)...)
			}
			all = all[2:]
			continue
		}
		if !all[0].vacant {
			a.lo, a.hi, a.at, a.holders = 0, all[0].holder.j, all[0].at, []holder{all[0].holder}
			acts = append(acts, a)
		}
		all = all[1:]
	}
	return acts
}

// places is how many persons the columns of a row have room for.
func places(columns []flatColumn) int {
	n := len(columns)
	for _, c := range columns {
		if c.role == "binome" || c.role == "couple" {
			n++
		}
	}
	return n
}

// sidedFlat: a cell is missing, and only what the persons are says which.
func (p *Passage) sidedFlat(all []flatPerson, columns []flatColumn) []act {
	var acts []act
	for _, who := range all {
		role := map[officeClass]string{elected: "elu-referent", industrial: "industriel-referent"}[who.holder.class]
		if i := slices.IndexFunc(columns, func(c flatColumn) bool { return c.role == role }); i >= 0 && !who.vacant {
			acts = append(acts, act{
				lo: 0, hi: who.holder.j, at: who.at, roles: []string{role}, holders: []holder{who.holder}, target: target{body: "binome"},
				scope: p.flat.bearer.scope, rule: "role-flat", sure: 0.7,
			})
		}
	}
	return acts
}

// A flatPerson fills a cell; vacant where the cell says that nobody does.
type flatPerson struct {
	holder holder
	at     *Passage
	vacant bool
}

// flatPersons lists the persons of a line from token i on, and where nobody is named.
func (p *Passage) flatPersons(i int) []flatPerson {
	var all []flatPerson
	if i == 0 && len(p.Tokens) == 1 && p.Tokens[0].Is("-", "–", "—", "nc", "/") {
		return []flatPerson{{at: p, vacant: true}}
	}
	for k := i; k < len(p.Tokens); {
		if end := matchAt(empty, p.Tokens, k); end > k && !p.Tokens[k].Is("aucun", "aucune") {
			all, k = append(all, flatPerson{at: p, vacant: true}), end
			continue
		}
		h, ok := p.flatPerson(k)
		if !ok {
			k++
			continue
		}
		all, k = append(all, flatPerson{holder: h, at: p}), h.j
	}
	return all
}

// flatPerson reads the person that begins at token k: a title or a known first name, up to
// the next one, with what brackets or a comma say of them.
func (p *Passage) flatPerson(k int) (holder, bool) {
	i := p.pastTitle(k)
	if p.officialEnd(k, isMember) > k || !(i > k && p.isCapital(i)) && !p.startsName(i) {
		return holder{}, false
	}
	j := i + 1
	for j < len(p.Tokens) && (p.isCapital(j) || particles[p.Tokens[j].Fold]) && (j == i+1 || !p.startsName(j)) && p.officialEnd(j, isMember) == j && !p.isTitle(j) {
		j++
	}
	for j > i+1 && particles[p.Tokens[j-1].Fold] && !p.isCapital(j-1) {
		j--
	}
	if j < i+2 {
		return holder{}, false
	}
	h := holder{i: k, j: j, kind: vigie.HolderPerson, name: p.fullName(i, j), nameLo: i, nameHi: j}
	return p.apposition(h), true
}

func (p *Passage) startsName(k int) bool {
	if k >= len(p.Tokens) || !p.isCapital(k) || particles[p.Tokens[k].Fold] {
		return false
	}
	_, known := p.Doc.gazetteer.FirstName(p.raw(k, k+1))
	return known
}

// fieldCells: a row whose cells bear their own labels: "Élu : A | Industriel : B".
func (p *Passage) fieldCells() []act {
	b, ok := p.fieldTerritory()
	if !ok {
		return nil
	}
	var acts []act
	for _, c := range p.cells() {
		i, j := p.token(c.Lo), p.token(c.Hi)
		for k := i + 1; k < j && k < i+8; k++ {
			if !p.Tokens[k].Is(":") {
				continue
			}
			if role, body, ok := columnRole(p.Tokens[i:k]); ok {
				for _, a := range p.cellRoles(k+1, j, role, body) {
					a.scope = b.scope
					acts = append(acts, a)
				}
			}
			break
		}
	}
	return acts
}

// fieldTerritory is the bearer of a row whose first cell says "Territoire : A".
func (p *Passage) fieldTerritory() (bearer, bool) {
	cells := p.cells()
	if len(cells) < 2 || matchAt(territoryColumn, p.Tokens, 0) < 0 || !strings.Contains(p.Doc.Article.Text[cells[0].Lo:cells[0].Hi], ":") {
		return bearer{}, false
	}
	for _, n := range p.Names {
		if n.Hi <= cells[0].Hi && p.bears(n) {
			return p.bearer(n), true
		}
	}
	return bearer{}, false
}
