package resolve

import (
	"slices"
	"strings"

	"vigie"
	"vigie/transform/gazetteer"
)

// Names settles names from a list, one by one. What a list says beside a name, its
// département or its region, binds: a namesake from elsewhere is only proposed.
type Names struct {
	Gazetteer *gazetteer.Gazetteer
	Types     []string // of vigie.Ref, all as welcome; empty: all
	Phase     string   // of territories; empty: the newer of two alike
}

// An Answer is what a name of a list stands for.
type Answer struct {
	Ref        vigie.Ref   // zero where it cannot be settled
	Name       string      // as the official list writes it
	Candidates []vigie.Ref // what else it may be; of a dissolved EPCI its successors
	Rule       string      // see gazetteer.Resolution
}

// Settle says which entity a name stands for. Département and region are as lists write
// them: a code, a name, both, or several; empty where the list does not tell.
func (n *Names) Settle(name, departement, region string) Answer {
	if strings.TrimSpace(name) == "" {
		return Answer{}
	}
	c := gazetteer.Context{
		Types: n.Types, Listed: true, Phase: n.Phase,
		Departements: n.places(departement, vigie.RefDepartement), Regions: n.places(region, vigie.RefRegion),
	}
	r := n.Gazetteer.Resolve(name, c)
	a := Answer{Ref: r.Ref, Candidates: r.Candidates, Rule: r.Rule}
	e, ok := n.Gazetteer.Entity(r.Ref)
	if ok && elsewhere(e, c) {
		a.Ref, a.Rule, ok = vigie.Ref{}, gazetteer.RuleElsewhere, false
	}
	if !ok {
		return a
	}
	a.Name = e.Name
	a.Candidates = slices.DeleteFunc(slices.Concat(n.beside(r, c), n.successors(e), n.otherPhases(name, c, e)), func(o vigie.Ref) bool { return o == a.Ref })
	a.Candidates = unique(a.Candidates)
	return a
}

// beside are the entities of the same place that bear the name too; none where place
// has decided among them.
func (n *Names) beside(r gazetteer.Resolution, c gazetteer.Context) []vigie.Ref {
	if r.Rule == gazetteer.RuleContext {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.Candidates), func(ref vigie.Ref) bool {
		e, _ := n.Gazetteer.Entity(ref)
		return elsewhere(e, c)
	})
}

func (n *Names) successors(e vigie.Entity) []vigie.Ref {
	if e.Type != vigie.RefEPCI && e.Type != vigie.RefCommune {
		return nil
	}
	var refs []vigie.Ref
	for _, id := range e.Next {
		refs = append(refs, vigie.Ref{Type: e.Type, ID: id})
	}
	return refs
}

// otherPhases are the territories that bear the name on the list of another phase.
func (n *Names) otherPhases(name string, c gazetteer.Context, e vigie.Entity) []vigie.Ref {
	if e.Type != vigie.RefTerritory || e.Phase == "" {
		return nil
	}
	c.Types = []string{vigie.RefTerritory}
	var refs []vigie.Ref
	for _, c.Phase = range []string{"2018", "2023"} {
		if r := n.Gazetteer.Resolve(name, c); c.Phase != e.Phase && !r.Ref.IsZero() {
			refs = append(refs, r.Ref)
		}
	}
	return refs
}

// elsewhere reports whether an entity lies outside the places that the list tells. An
// intercommunalité or a territory may reach over a border; a region has no département.
func elsewhere(e vigie.Entity, c gazetteer.Context) bool {
	in := func(codes, told []string) bool {
		return len(told) == 0 || slices.ContainsFunc(codes, func(code string) bool { return slices.Contains(told, code) })
	}
	switch e.Type {
	case vigie.RefRegion, vigie.RefDepartement, vigie.RefCommune:
		return e.Type != vigie.RefRegion && !in(e.Departements(), c.Departements) || !in(e.Regions(), c.Regions)
	}
	return !in(e.Departements(), c.Departements) && (len(c.Regions) == 0 || !in(e.Regions(), c.Regions)) ||
		len(c.Departements) == 0 && !in(e.Regions(), c.Regions)
}

// places reads the codes in a cell: "14", "2A", "1" (a spreadsheet drops the nought),
// "Calvados", "14 - Calvados", "Calvados (14)", "14|61".
func (n *Names) places(cell, kind string) []string {
	if codes := n.place(cell, kind); codes != nil {
		return codes
	}
	var codes []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("|,;/()-–", r) }) {
		codes = append(codes, n.place(part, kind)...)
	}
	return unique(codes)
}

func (n *Names) place(cell, kind string) []string {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return nil
	}
	code := strings.ToUpper(cell)
	if len(code) == 1 {
		code = "0" + code
	}
	if _, ok := n.Gazetteer.Entity(vigie.Ref{Type: kind, ID: code}); ok {
		return []string{code}
	}
	if r := n.Gazetteer.Resolve(cell, gazetteer.Context{Types: []string{kind}}); !r.Ref.IsZero() {
		return []string{r.Ref.ID}
	}
	return nil
}

// unique drops what comes a second time, in order.
func unique[T comparable](all []T) []T {
	seen := make(map[T]bool, len(all))
	return slices.DeleteFunc(all, func(v T) bool {
		was := seen[v]
		seen[v] = true
		return was
	})
}
