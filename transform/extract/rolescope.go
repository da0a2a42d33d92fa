package extract

import (
	"slices"
	"sort"

	"vigie"
)

var (
	distributive = cues(
		"chaque territoire|territoires|convention|contrat|laureat|bassin|region|projet|ville|commune", "chacun|chacune des|d'|de", "tous les territoires|laureats", "par territoire",
	)
	departmental = cues("referent|referente|comite|niveau|echelle|echelon|delegue|deleguee departemental|departementale")
	regionally   = cues(
		"echelle|echelon|niveau|plan regional|regionale", "echelle|echelon|niveau|plan de la region", "pilotage regional", "comite regional|regionaux", "en region",
	)
	countrywide = cues("echelle|echelon|niveau|plan national|nationale", "comite de? pilotage? national", "pilotage|coordination|animation|niveau national|nationale", "nationalement")
)

// roleScope is whom a role is about: a body of every territory is France's or the
// region's; the regional committee is the region's; any other is the territory's.
func (p *Passage) roleScope(a *act, t target) vigie.Ref {
	region := p.Doc.regionRef()
	around := p.clause(p.quoteOf(a))
	switch {
	case anyHolder(a.holders, func(h holder) bool { return h.regions }), hasCue(countrywide, around):
		return vigie.France
	case hasCue(distributive, around):
		return vigie.France
	case hasCue(departmental, around) && len(p.Doc.context.Departements) == 1:
		return vigie.Ref{Type: vigie.RefDepartement, ID: p.Doc.context.Departements[0]}
	case p.isRegional(a, t):
		if r, ok := p.regionNamed(); ok {
			return r
		}
		return region
	}
	if t.whole && !p.namesTerritory() && !p.isLocal(a) {
		return vigie.France
	}
	if p.Programme.Unit == "territory" {
		return p.territoryScope(a, region)
	}
	if b, ok := p.territory(p.Lo); ok && p.Programme.Unit == "quartier" {
		return b.scope
	}
	return p.placeScope(a, t, region)
}

// isLocal: the programme is led here, not nationwide: "localement", by an intercommunalité,
// by somebody who is no minister.
func (p *Passage) isLocal(a *act) bool {
	if hasCue(locally, p.Tokens) || p.Programme.Unit != "territory" && p.namesDepartement() {
		return true
	}
	return anyHolder(a.holders, func(h holder) bool {
		if h.kind == vigie.HolderPerson {
			return h.class != authority
		}
		name := p.pastDeterminers(h.i)
		return h.kind == vigie.HolderOrganisation && p.officialEnd(name, isIntercommunality) > name
	})
}

func (p *Passage) namesDepartement() bool {
	return slices.ContainsFunc(p.Names, func(n Name) bool {
		_, ok := sole(n.Refs, vigie.RefDepartement)
		return ok
	})
}

var locally = cues("localement", "niveau|echelle|echelon local|locale", "sur le territoire", "sur place")

func anyHolder(hs []holder, is func(holder) bool) bool {
	for _, h := range hs {
		if is(h) {
			return true
		}
	}
	return false
}

// isRegional: the committee is called regional, the Région or who presides it holds the
// role, or the words around speak of the region.
func (p *Passage) isRegional(a *act, t target) bool {
	if t.body == "comite-regional" || t.regional {
		return true
	}
	if t.body != "comite-de-pilotage" && !(t.body == "gouvernance" && anyHolder(a.holders, func(h holder) bool { return h.kind == vigie.HolderOrganisation })) {
		return false
	}
	if anyHolder(a.holders, func(h holder) bool { return h.regional }) {
		return true
	}
	if t.body != "comite-de-pilotage" {
		return false
	}
	if hasCue(regionally, p.Tokens) {
		return true
	}
	if p.namesTerritory() {
		return false
	}
	_, here := p.regionNamed()
	if prev := p.sameBlockPrev(); !here && prev != nil && !prev.namesTerritory() {
		_, here = prev.regionNamed()
	}
	return here
}

// namesTerritory reports whether the passage itself names who bears the label.
func (p *Passage) namesTerritory() bool {
	if b, ok := p.namedTerritory(p.Hi); ok {
		return b.name != ""
	}
	return false
}

// regionNamed is the region that the passage names, by name or by its adjective.
func (p *Passage) regionNamed() (vigie.Ref, bool) {
	for _, n := range p.Names {
		if r, ok := p.regionOf(n); ok {
			return r, true
		}
	}
	for _, t := range p.Tokens {
		if d, ok := p.Doc.demonyms[t.Fold]; ok && d.whole && d.ref.Type == vigie.RefRegion {
			return d.ref, true
		}
	}
	return vigie.Ref{}, false
}

// regionOf is the region that a name means: some are communes too, and "en Bretagne", "la
// Région Bretagne" are not said of those.
func (p *Passage) regionOf(n Name) (vigie.Ref, bool) {
	r, only := sole(n.Refs, vigie.RefRegion)
	if r.IsZero() || only {
		return r, only
	}
	return r, hasCue(regionFirst, p.Tokens[max(0, p.token(n.Lo)-2):p.token(n.Lo)])
}

var regionFirst = cues("region", "regional de|d'|du", "en")

func (d *Doc) regionRef() vigie.Ref {
	if d.Region == "" {
		if r, ok := d.Passages[0].regionNamed(); ok {
			return r
		}
		return vigie.France
	}
	return vigie.Ref{Type: vigie.RefRegion, ID: d.Region}
}

// territoryScope: the territory in force; without one, the intercommunalité that the
// passage names, else the region of the text.
func (p *Passage) territoryScope(a *act, region vigie.Ref) vigie.Ref {
	if a.from != nil && !p.namesTerritory() {
		if b, ok := a.from.territory(a.from.Hi); ok {
			return b.scope
		}
	}
	at := p.Lo
	if a.lo < len(p.Tokens) {
		at = p.Tokens[a.lo].Lo
	}
	if b, ok := p.territory(at); ok {
		return b.scope
	}
	for _, names := range [][]Name{p.namesWithin(), p.namesInHeadings(), p.Doc.Names} {
		if only, ok := p.onlyTerritoryOf(names); ok {
			return only
		}
	}
	for _, n := range p.Names {
		if isIntercommunality(n) {
			if r := p.epci(p.Doc.Article.Text[n.Lo:n.Hi], nil); !r.IsZero() {
				return r
			}
		}
	}
	return region
}

// whereNamed stand before a name that says where, and is no seat of a sitting: "dans le
// Haut-Jura", but "réuni à Dole".
var whereNamed = cues("dans|sur|pour le|la|l'|les")

func (p *Passage) namesWithin() []Name {
	return slices.DeleteFunc(slices.Clone(p.Names), func(n Name) bool {
		i := p.token(n.Lo)
		return i < 2 || matchAt(whereNamed, p.Tokens, i-2) != i
	})
}

// namesInHeadings are those of the headings and the title before the passage.
func (p *Passage) namesInHeadings() []Name {
	var all []Name
	headings := p.Doc.headings()
	for i := sort.Search(len(headings), func(i int) bool { return headings[i].index >= p.index }) - 1; i >= 0 && len(all) < farthest; i-- {
		all = append(all, headings[i].Names...)
	}
	return all
}

// onlyTerritoryOf is the territory that the names mean, where they mean no other.
func (p *Passage) onlyTerritoryOf(names []Name) (vigie.Ref, bool) {
	var only vigie.Ref
	for _, n := range names {
		if !p.bears(n) {
			continue
		}
		b := p.bearer(n)
		if b.id == "" || !only.IsZero() && b.scope != only {
			return vigie.Ref{}, false
		}
		only = b.scope
	}
	return only, !only.IsZero()
}

// placeScope is for programmes that label communes: the commune or département that the
// passage names, else the title's, else France.
func (p *Passage) placeScope(a *act, t target, region vigie.Ref) vigie.Ref {
	for _, q := range []*Passage{p, p.Heading} {
		if q == nil {
			continue
		}
		for _, n := range q.Names {
			if q.Programme != nil && q.bears(n) && !q.carriesPlace(n) {
				if b := q.bearer(n); b.id != "" {
					return b.scope
				}
			}
		}
		for _, n := range q.Names {
			if r, ok := sole(n.Refs, vigie.RefDepartement); ok {
				return r
			}
		}
	}
	if anyHolder(a.holders, func(h holder) bool { return h.kind == vigie.HolderOrganisation }) && t.whole {
		return vigie.France
	}
	if own := p.Doc.context.Departements; len(own) == 1 && t.body != "comite-de-pilotage" {
		return vigie.Ref{Type: vigie.RefDepartement, ID: own[0]}
	}
	return region
}
