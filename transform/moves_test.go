package transform_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/gazetteer"
)

// A home is a region that a page can be moved to: how it is spoken of, and the
// départements with the article that they take.
type home struct {
	code, name string   // after "la", "en" and "de"
	demonym    []string // masculine, feminine, their plurals
	parts      map[string]string
}

var homes = []home{
	{"28", "Normandie", []string{"normand", "normande", "normands", "normandes"},
		map[string]string{"14": "le Calvados", "27": "l'Eure", "50": "la Manche", "61": "l'Orne", "76": "la Seine-Maritime"}},
	{"53", "Bretagne", []string{"breton", "bretonne", "bretons", "bretonnes"},
		map[string]string{"29": "le Finistère", "35": "l'Ille-et-Vilaine", "56": "le Morbihan", "22": "les Côtes-d'Armor"}},
	{"76", "Occitanie", []string{"occitan", "occitane", "occitans", "occitanes"},
		map[string]string{"32": "le Gers", "11": "l'Aude", "48": "la Lozère", "34": "l'Hérault", "46": "le Lot", "81": "le Tarn"}},
	{"27", "Bourgogne-Franche-Comté", nil,
		map[string]string{"39": "le Jura", "89": "l'Yonne", "58": "la Nièvre", "71": "la Saône-et-Loire", "25": "le Doubs"}},
	{"75", "Nouvelle-Aquitaine", []string{"néo-aquitain", "néo-aquitaine", "néo-aquitains", "néo-aquitaines"},
		map[string]string{"23": "la Creuse", "24": "la Dordogne", "40": "les Landes", "47": "le Lot-et-Garonne", "16": "la Charente"}},
}

// A mover puts the places of another region where a page names those of its own.
type mover struct {
	g        *gazetteer.Gazetteer
	from, to home
	rnd      *rand.Rand
	wanted   map[vigie.Ref]bool      // what the gold speaks of
	parent   map[vigie.Ref]vigie.Ref // of an EPCI, the territory that it composes
	places   map[vigie.Ref]vigie.Entity
	taken    map[vigie.Ref]bool
	used     map[vigie.Ref]bool
}

// moveRegion tells the page's story of another region: territories, intercommunalités,
// communes, départements, the region and its people.
func moveRegion(v *variant, rnd *rand.Rand, g *gazetteer.Gazetteer) bool {
	m := &mover{g: g, rnd: rnd, wanted: map[vigie.Ref]bool{}, parent: map[vigie.Ref]vigie.Ref{}, places: map[vigie.Ref]vigie.Entity{}, taken: map[vigie.Ref]bool{}, used: map[vigie.Ref]bool{}}
	if !m.choose(v.gold) || m.localPeople(v) {
		return false
	}
	for _, f := range v.gold {
		for _, r := range []vigie.Ref{refOf("territory", f.text("territory_id")), refOf("epci", f.text("member_id")), parseRef(f.text("scope"))} {
			m.wanted[r] = true
		}
		if f.text("kind") == "member" {
			m.parent[refOf("epci", f.text("member_id"))] = refOf("territory", f.text("territory_id"))
		}
	}
	for i, b := range v.blocks {
		v.blocks[i].text = m.rewrite(b.text)
	}
	for i, f := range v.gold {
		moved, ok := m.fact(f)
		if !ok {
			return false
		}
		v.gold[i] = moved
	}
	return len(m.used) > 0
}

// localPeople reports whether the page speaks of the people of a département: "quatre
// intercommunalités manchoises" would stay where it is.
func (m *mover) localPeople(v *variant) bool {
	data, err := os.ReadFile("extract/data/demonyms.csv")
	if err != nil {
		panic(err)
	}
	text := french.Fold(asText(v.blocks, "- "))
	for line := range strings.Lines(string(data)) {
		stem, ref, _ := strings.Cut(line, ",")
		if _, id, ok := strings.Cut(strings.Split(ref, ",")[0], "departement:"); ok && m.from.parts[id] != "" && strings.Contains(text, stem) {
			return true
		}
	}
	return false
}

func refOf(kind, id string) vigie.Ref { return vigie.Ref{Type: kind, ID: id} }

func parseRef(s string) vigie.Ref {
	kind, id, _ := strings.Cut(s, ":")
	return refOf(kind, id)
}

// choose settles from where to where: the only region of the page's labels.
func (m *mover) choose(gold []goldFact) bool {
	region := ""
	for _, f := range gold {
		r := f.text("region")
		if r == "" {
			continue
		}
		if region != "" && r != region {
			return false
		}
		region = r
	}
	k := slices.IndexFunc(homes, func(h home) bool { return h.code == region })
	if k < 0 {
		return false
	}
	m.from = homes[k]
	for {
		m.to = homes[m.rnd.IntN(len(homes))]
		if m.to.code != m.from.code && m.to.demonym != nil && startsVowel(m.to.name) == startsVowel(m.from.name) {
			return true
		}
		if startsVowel(m.from.name) {
			return false
		}
	}
}

func startsVowel(s string) bool { return strings.ContainsAny(french.Fold(s)[:1], "aeiou") }

// rewrite moves one block's words.
func (m *mover) rewrite(s string) string {
	for _, h := range slices.Backward(m.g.Find(s)) {
		ref := m.reference(h)
		if ref == refOf(vigie.RefRegion, m.from.code) {
			s = s[:h.Lo] + m.to.name + s[h.Hi:]
			continue
		}
		e, ok := m.place(ref)
		if !ok {
			continue
		}
		m.used[ref] = true
		name, lo := e.Name, h.Lo
		if h.Form != "" && ref.Type == vigie.RefEPCI && h.CoreLo > h.Lo {
			lo, name = h.CoreLo, coreOf(e.Name)
		} else if ref.Type == vigie.RefEPCI && !hasForm(s[h.Lo:h.Hi]) {
			name = coreOf(e.Name)
		}
		if ref.Type == vigie.RefDepartement {
			name = m.to.parts[e.ID]
		}
		before, name := agree(s[:lo], name, ref.Type == vigie.RefDepartement)
		s = before + name + s[h.Hi:]
	}
	for i, d := range m.from.demonym {
		s = replaceWord(s, d, m.to.demonym[i])
	}
	return s
}

// reference is what a name found stands for: what the gold speaks of, else the likeliest.
func (m *mover) reference(h gazetteer.Hit) vigie.Ref {
	for _, r := range h.Refs {
		if m.wanted[r] && (h.Form == "" || r.Type == vigie.RefEPCI) {
			return r
		}
	}
	return h.Refs[0]
}

// place is the entity of the other region that stands for one of the page's, always the same.
func (m *mover) place(r vigie.Ref) (vigie.Entity, bool) {
	if e, ok := m.places[r]; ok {
		return e, true
	}
	e, ok := m.g.Entity(r)
	if !ok || !slices.Contains(e.Regions(), m.from.code) {
		return vigie.Entity{}, false
	}
	var all []vigie.Entity
	switch r.Type {
	case vigie.RefTerritory:
		all = m.g.Territories(e.Programme, e.Phase)
	case vigie.RefDepartement:
		for code := range m.to.parts {
			d, _ := m.g.Entity(refOf(vigie.RefDepartement, code))
			all = append(all, d)
		}
		slices.SortFunc(all, func(a, b vigie.Entity) int { return strings.Compare(a.ID, b.ID) })
	case vigie.RefEPCI:
		all = m.intercommunalites(r, e.Kind)
	case vigie.RefCommune:
		all = m.towns(e)
	}
	all = slices.DeleteFunc(all, func(n vigie.Entity) bool { return !m.fits(n) })
	if len(all) == 0 {
		return vigie.Entity{}, false
	}
	n := all[m.rnd.IntN(len(all))]
	m.taken[n.Ref], m.places[r] = true, n
	return n, true
}

// towns are those of the département that stands for the commune's own.
func (m *mover) towns(e vigie.Entity) (all []vigie.Entity) {
	own := slices.IndexFunc(e.In, func(r vigie.Ref) bool { return r.Type == vigie.RefDepartement })
	if own < 0 {
		return nil
	}
	d, ok := m.place(e.In[own])
	for _, t := range m.g.Territories("action-coeur-de-ville", "") {
		for _, ref := range t.Members {
			if n, _ := m.g.Entity(ref); ok && slices.Contains(n.In, d.Ref) {
				all = append(all, n)
			}
		}
	}
	return all
}

// intercommunalites are those that may stand for one of the page's: they compose the
// territory that stands for its own, else any.
func (m *mover) intercommunalites(r vigie.Ref, kind string) (all []vigie.Entity) {
	in := m.g.Territories("territoires-industrie", "2023")
	if t, ok := m.place(m.parent[r]); ok {
		in = []vigie.Entity{t}
	}
	for _, t := range in {
		for _, ref := range t.Members {
			if n, ok := m.g.Entity(ref); ok && n.Type == vigie.RefEPCI && n.Kind == kind {
				all = append(all, n)
			}
		}
	}
	return all
}

// fits: of the region, not taken yet, and the only one of its kind with this name.
func (m *mover) fits(e vigie.Entity) bool {
	if m.taken[e.Ref] || !slices.Equal(e.Regions(), []string{m.to.code}) || strings.ContainsAny(e.Name, "/()") {
		return false
	}
	r := m.g.Resolve(e.Name, gazetteer.Context{Types: []string{e.Type}, Programme: e.Programme, Phase: e.Phase})
	if e.Type == vigie.RefTerritory {
		hits := m.g.Find("Le territoire " + e.Name + " est lauréat.")
		other := func(r vigie.Ref) bool { return r.Type != vigie.RefTerritory } // a département of that name says something else
		return r.Ref == e.Ref && len(hits) == 1 && slices.Contains(hits[0].Refs, e.Ref) && !slices.ContainsFunc(hits[0].Refs, other)
	}
	return r.Ref == e.Ref
}

// hasForm reports whether an EPCI's name opens with its legal form.
func hasForm(s string) bool { return coreOf(s) != s }

// coreOf leaves out an official name's legal form: "CC du Pays de Lumbres".
func coreOf(name string) string {
	for _, form := range []string{"CC ", "CA ", "CU "} {
		if rest, ok := strings.CutPrefix(name, form); ok {
			return rest
		}
	}
	return name
}

func replaceWord(s, old, by string) string {
	var b strings.Builder
	at := 0
	for _, t := range french.Tokens(s) {
		if t.Fold == old {
			b.WriteString(s[at:t.Lo] + by)
			at = t.Hi
		}
	}
	return b.String() + s[at:]
}

// fact moves a fact of the gold; false where the page names what the fact is about in
// words that were not moved.
func (m *mover) fact(f goldFact) (goldFact, bool) {
	out := f
	if id := f.text("territory_id"); id != "" {
		e, ok := m.places[refOf(vigie.RefTerritory, id)]
		if !ok || !m.used[refOf(vigie.RefTerritory, id)] {
			return m.commune(f)
		}
		out = out.with("territory_id", e.ID).with("territory", e.Name).with("region", m.to.code)
		delete(out, "aliases")
		delete(out, "territory_aliases")
		delete(out, "region_aliases")
	} else if f.text("region") == m.from.code {
		out = out.with("region", m.to.code)
	}
	if id := f.text("member_id"); id != "" {
		e, ok := m.places[refOf(vigie.RefEPCI, id)]
		if !ok {
			return m.commune(f)
		}
		out = out.with("member_id", e.ID).with("member", e.Name)
		delete(out, "aliases")
	}
	out = out.with("scope", m.scope(f.text("scope")))
	if all := f.list("scope_aliases"); all != nil {
		moved := make([]any, len(all))
		for i, s := range all {
			moved[i] = m.scope(s)
		}
		out["scope_aliases"] = moved
	}
	for _, field := range []string{"holder", "organisation", "function", "payer"} {
		if s := f.text(field); s != "" {
			out[field] = m.rewrite(s)
		}
	}
	if f.text("kind") == "role" {
		all := f.list("aliases")
		moved := make([]any, len(all))
		for i, s := range all {
			moved[i] = m.rewrite(s)
		}
		out["aliases"] = moved
	}
	return out, true
}

// commune: a label of a commune moves with it, if the list of its programme has the other.
func (m *mover) commune(f goldFact) (goldFact, bool) {
	if f.text("kind") != "label" {
		return f.with("optional", true), f.text("kind") != "member" || f.text("territory_id") == ""
	}
	e, ok := m.places[parseRef(f.text("scope"))]
	if !ok || e.Type != vigie.RefCommune {
		return f, false
	}
	f = f.with("territory", e.Name).with("scope", e.String()).with("region", m.to.code).with("territory_id", "")
	delete(f, "aliases")
	return f, true
}

func (m *mover) scope(s string) string {
	if s == "region:"+m.from.code {
		return "region:" + m.to.code
	}
	if e, ok := m.places[parseRef(s)]; ok {
		return e.String()
	}
	return s
}
