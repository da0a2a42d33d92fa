package extract

import (
	"slices"

	"vigie"
	"vigie/transform/programme"
)

// besides are the words with which a text names a territory that it does not give the label.
var besides = cues(
	"limitrophe*", "voisin|voisine|voisins|voisines", "autre territoire", "a l' exception", "en dehors", "hors", "contrairement", "homonyme*", "jusqu'a", "concurrent*",
	"club|association|syndicat|pole metropolitain|petr|scot ..2", "ancien|ancienne",
)

// mentionedLabels: a text about the programme that speaks of territories of its official
// list by their names says that they are in it, unless it denies it. A name that is also
// a town's or an intercommunalité's counts only among others that are not.
func (p *Passage) mentionedLabels() []Match {
	if p.Programme.Unit != "territory" || !p.Doc.named(p.Programme) {
		return nil
	}
	var ms []Match
	for _, s := range p.bearing() {
		sure := 0
		for _, q := range s {
			if q.name != nil && p.onlyTerritory(*q.name) {
				sure++
			}
		}
		if many := s.known() > 2 && s.known() == len(s); !many && (sure == 0 || len(s) > 1 && 2*sure < s.known()) {
			continue
		}
		if hasCue(besides, p.around(s, 6, 4)) {
			continue
		}
		for _, q := range s {
			if q.name == nil || len(s) == 1 && !p.onlyTerritory(*q.name) {
				continue
			}
			b := p.pieceBearer(q)
			m := p.labelMatch(b, p.statusAt(*q.name), s.lo(), s.hi(), "label-mentioned")
			m.Confidence = 0.7
			ms = append(ms, m)
		}
	}
	return ms
}

// onlyTerritory reports whether a name is that of territories of the programme in force and
// of nothing else, in the phase in force.
func (p *Passage) onlyTerritory(n Name) bool {
	inPhase := false
	for _, r := range n.Refs {
		if !p.mayBear(r) {
			return false
		}
		e, _ := p.Doc.gazetteer.Entity(r)
		inPhase = inPhase || p.Phase == "" || e.Phase == p.Phase
	}
	return inPhase && !n.Acronym
}

// onList reports whether the programme's official list has the commune that a name names.
func (p *Passage) onList(q piece) bool {
	return q.name != nil && p.pieceBearer(q).id != ""
}

// listedLabels: communes of the programme's official list, in a sentence that names the
// programme or follows one that does.
func (p *Passage) listedLabels() []Match {
	if p.Programme.Unit == "territory" || !p.names(p.Programme) && !p.besideNamed() {
		return nil
	}
	if ms := p.titledLabel(); len(ms) > 0 {
		return ms
	}
	var ms []Match
	for _, s := range p.bearing() {
		all := true
		for _, q := range s {
			all = all && p.onList(q)
		}
		if !all || hasCue(besides, p.around(s, 6, 4)) {
			continue
		}
		for _, q := range s {
			b := p.pieceBearer(q)
			m := p.labelMatch(b, vigie.Labelled, s.lo(), s.hi(), "label-listed")
			m.Confidence = 0.7
			ms = append(ms, m)
		}
	}
	return ms
}

// besideNamed reports whether the sentence before or after, in the same paragraph, names
// the programme.
func (p *Passage) besideNamed() bool {
	for _, q := range []*Passage{p.Prev, p.next()} {
		if q != nil && q.Block == p.Block && q.names(p.Programme) {
			return true
		}
	}
	return false
}

// names reports whether the passage names the programme.
func (p *Passage) names(pr *programme.Programme) bool {
	return slices.ContainsFunc(p.Doc.mentionsIn(p.Lo, p.Hi), func(m mention) bool { return m.programme == pr })
}

// titledLabel: "Cahors rempile. ... voilà la ville repartie dans Action cœur de ville": the
// town is the only one that the title names, and on the official list.
func (p *Passage) titledLabel() []Match {
	title := p.Doc.Passages[0]
	if !p.names(p.Programme) || !p.says(theTown) || len(p.bearing()) > 0 || p == title {
		return nil
	}
	var found *Name
	for i, n := range title.Names {
		if !p.bears(n) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &title.Names[i]
	}
	if found == nil {
		return nil
	}
	b := p.bearer(*found)
	if b.id == "" || p.refusal(p.Lo, p.Hi) != "" {
		return nil
	}
	m := Match{Detail: b.label(vigie.Labelled), Scope: b.scope, Lo: p.Lo, Hi: p.Hi, Confidence: 0.6, Rule: "label-titled"}
	return []Match{m}
}

var theTown = cues("la|notre ville|commune|cite|bourg|municipalite", "le|notre centre-ville|bourg|village")
