package extract

import (
	"vigie"
	"vigie/internal/french"
)

var (
	nationwide = cues(
		"france", "pays", "national|nationale|nationaux|nationales|nationalement", "echelle nationale", "hexagone", "ensemble du territoire national",
	)
	ofPlace = cues("de|du|des|d'")
	// bigMeasures count what the programme as a whole has, wherever they are told.
	bigMeasures = map[string]bool{"measures": true, "pilot-contracts": true}
)

// countScope is whom a number is about: the place named beside it, the territory in force
// for what territories have, else France.
func (p *Passage) countScope(n french.Number, measure string) vigie.Ref {
	if bigMeasures[measure] {
		return vigie.France
	}
	bearers := measure == "territories" || measure == "communes" && p.Programme.Unit == "commune"
	if !bearers {
		if b, ok := p.territory(n.Lo); ok && !p.placedNear(n) {
			return b.scope
		}
	}
	if bearers && n.Value >= p.nationalFrom() {
		return vigie.France // no region has as many
	}
	if r, ok := p.placeNear(n.Lo, n.Hi); ok {
		return r
	}
	if bearers && n.Value < p.nationalFrom() {
		if r, ok := p.placeAbove(); ok {
			return r
		}
		if p.Doc.Region != "" {
			return vigie.Ref{Type: vigie.RefRegion, ID: p.Doc.Region}
		}
	}
	return vigie.France
}

// nationalFrom is the count from which bearers are too many for one region: a third of
// the official list.
func (p *Passage) nationalFrom() float64 {
	return float64(len(p.Doc.list(p.Programme.Code, p.Phase))) / 3
}

// placedNear reports whether a demonym or place qualifies the number itself: "quatre
// intercommunalités manchoises".
func (p *Passage) placedNear(n french.Number) bool {
	i := p.token(n.Hi)
	for k := i; k < len(p.Tokens) && k < i+6; k++ {
		if d, ok := p.Doc.demonyms[p.Tokens[k].Fold]; ok && d.whole {
			return true
		}
		if stopsPhrase(p.Tokens[k]) {
			return false
		}
	}
	return false
}

// A place is a region, département or the whole country, named at some bytes.
type place struct {
	lo, hi int
	ref    vigie.Ref
}

// listPlaces lists the regions, départements, demonyms and words for the whole country.
func (p *Passage) listPlaces() []place {
	var all []place
	for _, n := range p.Names {
		if isPlace(n) && !p.carriesPlace(n) {
			all = append(all, place{n.Lo, n.Hi, n.Refs[0]})
		}
	}
	for i, t := range p.Tokens {
		if d, ok := p.Doc.demonyms[t.Fold]; ok && d.whole {
			all = append(all, place{t.Lo, t.Hi, d.ref})
		} else if matchAt(nationwide, p.Tokens, i) > 0 && !p.partOfName(t) {
			all = append(all, place{t.Lo, t.Hi, vigie.France})
		}
	}
	return all
}

// carriesPlace: "préfet de la Manche", "Région Normandie": an office or a body that bears
// the place's name says nothing of where a number holds.
func (p *Passage) carriesPlace(n Name) bool {
	i := p.token(n.Lo)
	return hasCue(offices, p.Tokens[max(0, i-4):i])
}

var offices = cues(
	"prefet|prefete|prefecture|president|presidente|conseil|cci|chambre|region|departement|dreets|direccte|dreal|ministre|ministere ..3",
)

func (p *Passage) partOfName(t french.Token) bool {
	for _, n := range p.Names {
		if n.Lo <= t.Lo && t.Hi <= n.Hi {
			return true
		}
	}
	// "pays de Vannes", "Intercommunalités de France", "Villages de France"
	i := p.token(t.Lo)
	if t.Fold == "pays" {
		return i+1 < len(p.Tokens) && matchAt(ofPlace, p.Tokens, i+1) > 0
	}
	return i > 1 && p.Tokens[i-1].Fold == "de" && (p.Tokens[i-2].Fold == "intercommunalites" || p.Tokens[i-2].Fold == "maires" || p.Tokens[i-2].Fold == "regions")
}

// placeNear returns the place that a number at [lo, hi) is about: in its own part of the
// sentence, after it then before it; else the last named before it in the sentence.
func (p *Passage) placeNear(lo, hi int) (vigie.Ref, bool) {
	from, to := p.part(lo, hi)
	var before, inside, earlier *place
	all := p.places()
	for i := range all {
		q := &all[i]
		switch {
		case q.lo >= hi && q.lo < to && inside == nil:
			inside = q
		case q.hi <= lo && q.lo >= from:
			before = q
		case q.hi <= from:
			earlier = q
		}
	}
	for _, q := range []*place{inside, before, earlier} {
		if q != nil {
			return q.ref, true
		}
	}
	return vigie.Ref{}, false
}

// part returns the bytes of the comma-bounded part of the sentence around [lo, hi).
func (p *Passage) part(lo, hi int) (int, int) {
	i, j := p.token(lo), p.token(hi)
	for i > 0 && !partEnd(p.Tokens[i-1]) {
		i--
	}
	for j < len(p.Tokens) && !partEnd(p.Tokens[j]) && matchAt(subset, p.Tokens, j) < 0 {
		j++
	}
	if j == 0 || i >= len(p.Tokens) {
		return lo, hi
	}
	return p.Tokens[i].Lo, p.Tokens[j-1].Hi
}

// subset opens another count: "treize zones sur les 124 de la liste nationale".
var subset = cues("dont", "sur|parmi les #", "contre")

func partEnd(t french.Token) bool {
	return t.Fold == "," || t.Fold == ";" || t.Fold == ":" || t.Fold == "."
}

// placeAbove is the only region or département that the heading, the lead or the sentence
// before names.
func (p *Passage) placeAbove() (vigie.Ref, bool) {
	for _, q := range []*Passage{p.Parent, p.sameBlockPrev(), p.Heading} {
		if q == nil || q == p {
			continue
		}
		places := q.places()
		if len(places) == 1 && places[0].ref != vigie.France {
			return places[0].ref, true
		}
	}
	return vigie.Ref{}, false
}

func (p *Passage) sameBlockPrev() *Passage {
	if p.Prev != nil && p.Prev.Block == p.Block {
		return p.Prev
	}
	return nil
}
