package extract

import (
	"vigie"
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
	for _, s := range p.series(p.bears) {
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

// listedLabels: communes told one after the other where the programme is named, all of
// them on its official list.
func (p *Passage) listedLabels() []Match {
	if p.Programme.Unit != "commune" || len(p.Doc.mentionsIn(p.Lo, p.Hi)) == 0 && (p.Prev == nil || len(p.Doc.mentionsIn(p.Prev.Lo, p.Prev.Hi)) == 0) {
		return nil
	}
	var ms []Match
	for _, s := range p.series(p.bears) {
		all := len(s) > 1 || p.conventionOf(s)
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

// conventionOf: "Brignoles ... sa convention Action cœur de ville": a town's own contract.
func (p *Passage) conventionOf(s series) bool {
	for _, q := range []*Passage{p, p.next()} {
		if q == nil || q.Block != p.Block {
			continue
		}
		for _, m := range q.Doc.mentionsIn(q.Lo, q.Hi) {
			i := m.i - q.firstToken()
			if m.programme == p.Programme && hasCue(ownContract, q.Tokens[max(0, i-5):max(0, i)]) {
				return p.token(s.lo()) <= 4 || q == p
			}
		}
	}
	return false
}

var ownContract = cues("sa|son|leur|leurs convention|conventions|contrat|programme|label|operation|dispositif")

// next is the passage after this one in reading order.
func (p *Passage) next() *Passage {
	for i, q := range p.Doc.Passages {
		if q == p && i+1 < len(p.Doc.Passages) {
			return p.Doc.Passages[i+1]
		}
	}
	return nil
}
