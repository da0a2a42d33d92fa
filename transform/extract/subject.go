package extract

import "vigie"

// findSubject remembers which territories the text gives a label, and which one it is
// about: the only one it labels, or the only one that its title names.
func (d *Doc) findSubject(labels []Match) {
	d.bearing = map[vigie.Ref]int{}
	for _, m := range labels {
		l, ok := m.Detail.(vigie.Label)
		if !ok || m.Refused != "" || d.bearsLabel(m.Scope) {
			continue
		}
		d.bearing[m.Scope] = len(d.bearers)
		b := bearer{told: m.Rule != "label-mentioned", lo: m.Lo, hi: m.Hi, scope: m.Scope, name: l.Territory, id: l.TerritoryID, region: l.Region, phase: l.Phase, status: l.Status}
		if e, ok := d.gazetteer.Entity(m.Scope); ok {
			b.members = e.Members
		}
		d.bearers = append(d.bearers, b)
		if b.id == "" && len(d.unlisted) < farthest {
			d.unlisted = append(d.unlisted, b)
		}
	}
	d.titled = d.isTitled()
	d.cutSections()
	if b := soleBearer(d.bearers); b != nil {
		d.subject = b
		return
	}
	if len(d.Passages) > 0 {
		title := d.Passages[0]
		var found *bearer
		for _, n := range title.Names {
			if title.bears(n) {
				b := title.bearer(n)
				if found != nil && found.scope != b.scope {
					return
				}
				found = &b
			}
		}
		d.subject = found
	}
}

// soleBearer returns the only bearer, or the only one whose label is told in so many words.
func soleBearer(all []bearer) *bearer {
	var sole *bearer
	one := alone(all)
	for i := range all {
		if all[i].scope.Type != vigie.RefTerritory {
			continue // a commune's label in the same text is another programme's
		}
		if all[i].told || one {
			if sole != nil {
				return nil
			}
			sole = &all[i]
		}
	}
	return sole
}

// opening is how many passages from the top tell what a text is about.
const opening = 5

// isTitled reports whether the text as a whole is about a programme: its opening names one
// or what it labels, or a fifth of its passages do.
func (d *Doc) isTitled() bool {
	if len(d.Passages) == 0 {
		return false
	}
	n := 0
	for _, p := range d.Passages {
		on := p.Programme != nil && p.names(p.Programme) || p.labels()
		if on && p.index < opening {
			return true
		}
		if on {
			n++
		}
	}
	return 5*n >= len(d.Passages)
}

// alone reports whether only one of the bearers is a territory.
func alone(all []bearer) bool {
	n := 0
	for _, b := range all {
		if b.scope.Type == vigie.RefTerritory {
			n++
		}
	}
	return n == 1
}

// territory returns the territory that the passage speaks of at a byte: the one it names
// last before it, else next after it, else what it continues, else the text's subject.
func (p *Passage) territory(at int) (bearer, bool) {
	if p.Programme == nil {
		return bearer{}, false
	}
	if p.Programme.Unit != "territory" {
		return p.town()
	}
	if b, ok := p.namedTerritory(at); ok {
		return b, true
	}
	for q := p.Parent; q != nil; q = q.Parent {
		if b, ok := q.namedTerritory(q.Hi); ok {
			return b, true
		}
	}
	if p.Prev != nil && (!p.First && p.Prev.Block == p.Block || p.First && matchAt(samesubject, p.Tokens, 0) > 0) {
		if b, ok := p.Prev.territoryLast(); ok {
			return b, true
		}
	}
	for h := p.Heading; h != nil && h != p; h = h.Heading {
		if b, ok := h.namedTerritory(h.Hi); ok && h.Kind == vigie.Heading && h.Level > 1 {
			return b, true
		}
	}
	if p.Doc.subject != nil {
		return *p.Doc.subject, true
	}
	return bearer{}, false
}

// territoryLast returns the territory that the passage speaks of at its end. Sentences go
// on from one another: once the labels are read, it is asked once.
func (p *Passage) territoryLast() (bearer, bool) {
	m := &p.memory.territory
	if !p.Doc.labelled {
		return p.territory(p.Hi)
	}
	if !m.read {
		m.bearer, m.ok = p.territory(p.Hi)
		m.read = true
	}
	return m.bearer, m.ok
}

// samesubject opens a paragraph that goes on about the same territory.
var samesubject = cues("le|la|les|ce|cet|cette|son|sa protocole|contrat|convention|territoire|demarche|projet|label|plan|perimetre", "il|elle|ici|y")

// town returns the labelled commune that a passage of a town programme is about: the only
// one that it, its heading or the sentences before in its paragraph name, else the only
// one of the text.
func (p *Passage) town() (bearer, bool) {
	for q, n := p, 0; q != nil && n < farthest && q.Block == p.Block; q, n = q.Prev, n+1 {
		if b, n := q.labelledTowns(); n > 0 {
			return b, n == 1
		}
	}
	if h := p.Heading; h != nil && h != p && h.Level > 1 {
		if b, n := h.labelledTowns(); n == 1 {
			return b, true
		}
	}
	var sole *bearer
	for i, b := range p.Doc.bearers {
		if !p.labelsSuch(b) {
			continue
		}
		if sole != nil {
			return bearer{}, false
		}
		sole = &p.Doc.bearers[i]
	}
	if sole == nil {
		return bearer{}, false
	}
	return *sole, true
}

// labelsSuch reports whether the town programme in force labels what the bearer is: a
// commune, or a quarter of its own list.
func (p *Passage) labelsSuch(b bearer) bool {
	if p.Programme.Unit == "commune" {
		return b.scope.Type == vigie.RefCommune
	}
	return p.Doc.gazetteer.ProgrammeOf(b.scope) == p.Programme.Code
}

// labelledTowns returns the communes that the text labels among those the passage names:
// the first, and how many.
func (p *Passage) labelledTowns() (first bearer, n int) {
	seen := map[vigie.Ref]bool{}
	for _, name := range p.Names {
		if p.Programme == nil || p.Programme.Unit == "territory" || !p.bears(name) {
			continue
		}
		b := p.bearer(name)
		if seen[b.scope] || !p.Doc.bearsLabel(b.scope) {
			continue
		}
		seen[b.scope] = true
		if n++; n == 1 {
			first = b
		}
	}
	return first, n
}

// bearsLabel reports whether the text gives the bearer at a scope a label.
func (d *Doc) bearsLabel(scope vigie.Ref) bool {
	_, ok := d.bearerAt(scope)
	return ok
}

// bearerAt returns the bearer of a label by its scope.
func (d *Doc) bearerAt(scope vigie.Ref) (bearer, bool) {
	i, ok := d.bearing[scope]
	if !ok {
		return bearer{}, false
	}
	return d.bearers[i], true
}

// namedTerritory returns the territory that the passage itself names nearest to a byte.
func (p *Passage) namedTerritory(at int) (bearer, bool) {
	if p.Programme == nil || p.Programme.Unit != "territory" {
		return bearer{}, false
	}
	var best *Name
	for i := range p.Names {
		n := &p.Names[i]
		if !p.bears(*n) || best != nil && n.Lo >= at || !p.onlyTerritory(*n) && !p.Doc.labels(*n, p) {
			continue
		}
		best = n
	}
	if best == nil {
		return p.unlistedTerritory()
	}
	return p.bearer(*best), true
}

// unlistedTerritory finds a territory that the text labels and no list knows, by its name.
func (p *Passage) unlistedTerritory() (bearer, bool) {
	for _, b := range p.Doc.unlisted {
		if containsFold(p.Text(), b.name) {
			return b, true
		}
	}
	return bearer{}, false
}
