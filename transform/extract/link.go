package extract

import (
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/gazetteer"
)

// A bearer is what bears a label: a territory of an official list, or one that the text
// names and no list knows.
type bearer struct {
	lo, hi  int // bytes of the name
	scope   vigie.Ref
	name    string // as the official list writes it, else as the text does
	id      string // of the list entry; empty where no list knows it
	region  string
	phase   string
	status  string
	told    bool // its label is told in so many words, not only its name
	members []vigie.Ref
}

// label returns the bearer's label with a status.
func (b bearer) label(status string) vigie.Label {
	return vigie.Label{Territory: b.name, TerritoryID: b.id, Region: b.region, Phase: b.phase, Status: status}
}

// bears reports whether a name may bear the label of the programme in force: a territory
// of its lists, or a commune where communes, or quarters of them, are labelled.
func (p *Passage) bears(n Name) bool {
	if p.Programme == nil {
		return false
	}
	return slices.ContainsFunc(n.Refs, func(r vigie.Ref) bool { return p.mayBear(r) })
}

func (p *Passage) mayBear(r vigie.Ref) bool {
	if p.Programme.Unit == "commune" {
		return r.Type == vigie.RefCommune
	}
	if p.Programme.Unit == "quartier" && r.Type == vigie.RefCommune { // a quarter goes by its town's name
		return len(p.Doc.gazetteer.Labels(p.Programme.Code, "", r)) > 0
	}
	return r.Type == vigie.RefTerritory && p.Doc.gazetteer.ProgrammeOf(r) == p.Programme.Code
}

// bearer resolves a name of the passage in the programme and phase in force.
func (p *Passage) bearer(n Name) bearer {
	text := p.Doc.Article.Text[n.Lo:n.Hi]
	b := p.bearerNamed(text)
	b.lo, b.hi = n.Lo, n.Hi
	return b
}

// bearerNamed resolves a name, known or not, as what bears the label in force.
func (p *Passage) bearerNamed(name string) bearer {
	key := [4]string{p.Programme.Code, p.Phase, name}
	resolve := p.labelledTerritory
	if p.Programme.Unit == "commune" {
		resolve, key[3] = p.labelledCommune, strings.Join(p.departements(), " ")
	}
	b, known := p.Doc.resolved[key]
	if !known {
		b = resolve(name)
		if p.Doc.resolved == nil {
			p.Doc.resolved = map[[4]string]bearer{}
		}
		p.Doc.resolved[key] = b
	}
	return b
}

// labelledTerritory resolves a territory, or a quarter, of the programme and phase in force.
func (p *Passage) labelledTerritory(name string) bearer {
	c := p.Doc.context
	c.Types, c.Programme, c.Phase = []string{vigie.RefTerritory}, p.Programme.Code, p.Phase
	ref := p.Doc.gazetteer.Link(name, c)
	if ref.IsZero() && p.Phase != "" { // a territory of the other phase only is still named by it
		c.Phase = ""
		if other := p.Doc.gazetteer.Link(name, c); !other.IsZero() {
			ref = other
		}
	}
	if ref.IsZero() {
		ref = p.byParts(name)
	}
	if ref.IsZero() {
		ref = p.byMember(name)
	}
	if e, ok := p.Doc.gazetteer.Entity(ref); ok && !ref.IsZero() {
		return bearer{scope: ref, name: e.Name, id: ref.ID, region: p.Doc.regionOf(e), phase: e.Phase, members: e.Members}
	}
	return bearer{scope: vigie.Ref{Type: vigie.RefTerritory, ID: name}, name: name, region: p.Doc.Region, phase: p.Phase}
}

// byParts finds the one territory of the phase whose official name is made of the same
// parts, some left out or told in another order: "Langres – Chaumont" for "Bassins de
// Langres - Chaumont", "Pont du Gard/Gard Rhodanien" for "Gard Rhodanien – Pont du Gard".
func (p *Passage) byParts(name string) vigie.Ref {
	parts := nameParts(name)
	var found vigie.Ref
	for _, e := range p.Doc.list(p.Programme.Code, p.Phase) {
		if !slices.Contains(e.Regions(), p.Doc.Region) && p.Doc.Region != "" {
			continue
		}
		if slices.Equal(parts, e.parts) || len(parts) > 1 && partsWithin(parts, e.parts) {
			if !found.IsZero() {
				return vigie.Ref{}
			}
			found = e.Ref
		}
	}
	return found
}

// byMember finds the territory of the phase that goes by the name of one of its
// intercommunalités: "Albigeois" for Tarn Nord. Not where the name says that it is one:
// what is told of a CC alone is not told of its territory.
func (p *Passage) byMember(name string) vigie.Ref {
	epci := p.epci(name, nil)
	if hits := p.Doc.gazetteer.Find(name); epci.IsZero() || len(hits) == 0 || hits[0].Form != "" {
		return vigie.Ref{}
	}
	var found vigie.Ref
	for _, e := range p.Doc.list(p.Programme.Code, p.Phase) {
		if slices.Contains(e.Members, epci) {
			if !found.IsZero() {
				return vigie.Ref{}
			}
			found = e.Ref
		}
	}
	return found
}

// nameParts cuts a name at its dashes and slashes, words folded.
func nameParts(name string) []string {
	name = strings.NewReplacer("–", " - ", "—", " - ", "/", " - ").Replace(name)
	var parts []string
	for _, s := range strings.Split(name, " - ") {
		s = strings.TrimSuffix(strings.ReplaceAll(strings.TrimSpace(french.Fold(s)), "-", " "), "s")
		s = strings.TrimPrefix(strings.TrimPrefix(s, "bassin de "), "bassins de ")
		if s != "" {
			parts = append(parts, s)
		}
	}
	return parts
}

// partsWithin reports whether the parts, in whatever order, stand for an official name:
// all of them are its own, and at most one of its is missing; or at most one is not its
// own, and none of its is missing.
func partsWithin(parts, official []string) bool {
	shared := 0
	for _, s := range parts {
		if slices.Contains(official, s) {
			shared++
		}
	}
	missing, extra := len(official)-shared, len(parts)-shared
	return shared > 1 && missing+extra <= 1
}

// labelledCommune resolves a commune and its entry in the programme's list.
func (p *Passage) labelledCommune(name string) bearer {
	c := p.Doc.context
	c.Types = []string{vigie.RefCommune}
	c.Programme = p.Programme.Code
	c.Departements = p.departements()
	ref := p.Doc.gazetteer.Link(name, c)
	e, ok := p.Doc.gazetteer.Entity(ref)
	if !ok || ref.IsZero() {
		return bearer{scope: vigie.Ref{Type: vigie.RefTerritory, ID: name}, name: name, region: p.Doc.Region}
	}
	b := bearer{scope: ref, name: e.Name, region: p.Doc.regionOf(e), members: []vigie.Ref{ref}}
	if entries := p.Doc.gazetteer.Labels(p.Programme.Code, p.Phase, ref); len(entries) > 0 {
		b.id = entries[0].ID // its own name for it may be abbreviated: "Luc s/ Mer"
	}
	return b
}

// departements are those that the passage names, else the text's.
func (p *Passage) departements() []string {
	var own []string
	for _, n := range p.Names {
		if r, ok := sole(n.Refs, vigie.RefDepartement); ok {
			own = append(own, r.ID)
		}
	}
	if len(own) > 0 {
		return own
	}
	return p.Doc.context.Departements
}

// regionOf is the region of an entity: the text's where it lies in several.
func (d *Doc) regionOf(e vigie.Entity) string {
	regions := e.Regions()
	if slices.Contains(regions, d.Region) || len(regions) == 0 {
		return d.Region
	}
	return regions[0]
}

// isMember reports whether a name may compose a territory: one with the legal form of an
// EPCI, or one that names an EPCI before it names anything else.
func isMember(n Name) bool {
	return len(n.Refs) > 0 && (n.Refs[0].Type == vigie.RefEPCI || n.Form != "")
}

// member resolves a name as a member of the territory b: the SIREN in force on the day
// of publication, and today's where it is another.
func (p *Passage) member(lo, hi int, b bearer) vigie.Member {
	d := p.Doc
	name := d.Article.Text[lo:hi]
	c := d.context
	c.Types, c.Near = []string{vigie.RefEPCI}, b.members
	m := vigie.Member{Territory: b.name, TerritoryID: b.id, Member: name}
	ref := d.gazetteer.Link(name, c)
	if ref.IsZero() {
		return m
	}
	m.MemberID = ref.ID
	if e, ok := d.gazetteer.Entity(ref); ok {
		m.Member = e.Name
	}
	if now, ok := d.gazetteer.Successor(ref, ""); ok && now != ref {
		m.MemberIDCurrent = now.ID
	}
	return m
}

// knownMember makes a member that is known already.
func (p *Passage) knownMember(e vigie.Entity, b bearer) vigie.Member {
	m := vigie.Member{Territory: b.name, TerritoryID: b.id, Member: e.Name, MemberID: e.ID}
	if now, ok := p.Doc.gazetteer.Successor(e.Ref, ""); ok && now != e.Ref {
		m.MemberIDCurrent = now.ID
	}
	return m
}

// epci resolves a name of the passage as an EPCI; zero where it cannot be settled.
func (p *Passage) epci(name string, near []vigie.Ref) vigie.Ref {
	c := p.Doc.context
	c.Types, c.Near = []string{vigie.RefEPCI}, near
	return p.Doc.gazetteer.Link(name, c)
}

// composedOf returns the territory of the programme in force whose members in the
// official list are exactly these EPCI; one EPCI names the territory it is alone.
func (p *Passage) composedOf(members []vigie.Ref) (bearer, bool) {
	if p.Programme == nil || len(members) == 0 {
		return bearer{}, false
	}
	for _, e := range p.Doc.list(p.Programme.Code, p.Phase) {
		if sameMembers(e.Members, members, p.Doc.gazetteer) {
			return bearer{scope: e.Ref, name: e.Name, id: e.ID, region: p.Doc.regionOf(e.Entity), phase: e.Phase, members: e.Members}, true
		}
	}
	return bearer{}, false
}

func sameMembers(official, named []vigie.Ref, g *gazetteer.Gazetteer) bool {
	if len(official) != len(named) {
		return false
	}
	for _, r := range named {
		if now, ok := g.Successor(r, ""); !slices.Contains(official, r) && !(ok && slices.Contains(official, now)) {
			return false
		}
	}
	return true
}
