package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vigie"
)

// unknown reports what no source states of the labelled territories, and who was asked:
// that nothing was found says something only beside where it was looked for.
type unknown struct{}

func (unknown) Name() string { return "unknown" }

// A gap is a row: a territory of which something is not known.
type gap struct {
	territory
	known    map[string]bool // by aspect
	searched coverageOf
}

// aspects are what one would like to know of each territory; those of Members make no
// sense where a town alone bears the label.
var aspects = []struct{ key, name, about string }{
	{"announcement", "Annonce", "Un document qui annonce le label."},
	{"label_date", "Date du label", "La date du label."},
	{"chair", "Présidence ou pilotage", "Qui préside ou pilote : personne, fonction, binôme."},
	{"project_manager", "Chef de projet", "Qui est chef de projet."},
	{"contract", "Contrat", "La signature d'un contrat, ou sa durée."},
	{"members", "Composition", "Un document qui dit qui le compose."},
}

func (unknown) Tables(d *Data) []Table {
	fields := []field[gap]{
		{column("territory", "Territoire", Text, 26, "Un territoire ou une commune labellisés."), func(g gap) Cell { return text(g.name) }},
		{column("programme", "Dispositif", Text, 21, "Le dispositif national de labellisation.").of(d.Programmes), func(g gap) Cell { return d.programmeCell(g.programme) }},
		{column("phase", "Phase", Text, 12, "La phase du dispositif.").of(phaseWords), func(g gap) Cell { return coded(phaseWords, g.phase) }},
		{column("unknown", "Inconnues", Count, 11, "Combien de choses aucune source ne dit."), func(g gap) Cell { return count(g.unknown()) }},
	}
	for _, a := range aspects {
		fields = append(fields, field[gap]{column(a.key, a.name, Text, 13, a.about).of(foundWords), func(g gap) Cell { return g.cell(a.key) }})
	}
	fields = append(fields,
		field[gap]{column("sources", "Sources cherchées", Count, 11, "Sources suivies qui écrivent sur ce territoire, national compris."), func(g gap) Cell { return count(g.searched.sources) }},
		field[gap]{column("documents", "Documents lus", Count, 11, "Documents de ces sources, lus en entier."), func(g gap) Cell { return count(g.searched.documents) }},
		field[gap]{column("failing", "Sources en difficulté", Count, 12, "Celles de ces sources qui n'ont pas répondu comme attendu : leur silence ne dit rien."), func(g gap) Cell { return some(g.searched.failing) }},
		field[gap]{column("looked", "Dernier regard", Day, 11, "Quand l'une de ces sources a été regardée la dernière fois."), func(g gap) Cell { return d.dayOf(g.searched.last) }},
		field[gap]{aside("territory_id", "Identifiant officiel", Code, 15, "Son numéro dans la liste officielle."), func(g gap) Cell { return text(g.id) }},
		field[gap]{aside("publishers", "Émetteurs cherchés", Text, 60, "Qui publie ces sources, les plus proches d'abord ; au-delà de dix, la feuille Sources les a tous."), func(g gap) Cell { return text(g.searched.publishers) }},
	)
	return []Table{fill(Table{
		Name: "Ce que nous ne savons pas", Title: "Ce que nous ne savons pas",
		Note: "Une ligne par territoire labellisé dont quelque chose manque. « rien trouvé » : aucune des sources cherchées ne le dit dans les documents lus ; cela peut être écrit ailleurs.",
	}, d.gaps(), func(g gap) Row { return Row{ID: g.key()} }, fields)}
}

func (g gap) unknown() int {
	n := 0
	for _, a := range aspects {
		if g.cell(a.key).Code == "not-found" {
			n++
		}
	}
	return n
}

func (g gap) cell(aspect string) Cell {
	switch {
	case aspect == "members" && g.scope.Type == vigie.RefCommune:
		return Cell{}
	case g.known[aspect]:
		return coded(foundWords, "found")
	}
	return coded(foundWords, "not-found")
}

// gaps are the labelled territories of which not all is known, in the order of their sheet.
func (d *Data) gaps() []gap {
	known := d.knownOf()
	searched := map[string]coverageOf{}
	var all []gap
	for _, t := range labelledTerritories(d) {
		if t.status() != vigie.Labelled {
			continue
		}
		g := gap{territory: t, known: map[string]bool{"announcement": t.main() != nil, "label_date": t.date() != ""}}
		for _, scope := range []vigie.Ref{t.scope, t.entity.Ref} {
			for aspect := range known[scope] {
				g.known[aspect] = true
			}
		}
		if g.unknown() == 0 {
			continue
		}
		place := strings.Join(slices.Concat(t.regions(), []string{"-"}, t.entity.Departements(), []string{"-", t.scope.String()}), " ")
		if _, ok := searched[place]; !ok {
			searched[place] = d.searchedFor(t)
		}
		g.searched = searched[place]
		all = append(all, g)
	}
	return all
}

// knownOf are the aspects that records state, by whom they are about.
func (d *Data) knownOf() map[vigie.Ref]map[string]bool {
	all := map[vigie.Ref]map[string]bool{}
	note := func(scope vigie.Ref, aspect string) {
		if all[scope] == nil {
			all[scope] = map[string]bool{}
		}
		all[scope][aspect] = true
	}
	for _, r := range d.Records {
		switch t := r.Detail.(type) {
		case vigie.Role:
			switch t.Role {
			case "preside", "pilote", "copilote", "elu-referent", "industriel-referent":
				note(r.Scope, "chair")
			case "chef-de-projet":
				note(r.Scope, "project_manager")
			}
		case vigie.Period:
			if t.Subject == "contract" {
				note(r.Scope, "contract")
			}
		case vigie.Event:
			if t.Event == "signature" && !t.Planned {
				note(r.Scope, "contract")
			}
		case vigie.Member:
			note(vigie.Ref{Type: vigie.RefTerritory, ID: t.TerritoryID}, "members")
			note(r.Scope, "members")
		}
	}
	return all
}

// coverageOf says where was looked for what concerns a place.
type coverageOf struct {
	sources, documents, failing int
	last                        time.Time
	publishers                  string // the nearest by name
}

// searchedFor sums up the sources that write about a territory: its own, those of its
// members, départements and regions, and the national ones.
func (d *Data) searchedFor(t territory) coverageOf {
	near := slices.Concat([]vigie.Ref{t.scope, t.entity.Ref}, t.entity.Members)
	for _, id := range t.entity.Departements() {
		near = append(near, vigie.Ref{Type: vigie.RefDepartement, ID: id})
	}
	for _, id := range t.regions() {
		near = append(near, vigie.Ref{Type: vigie.RefRegion, ID: id})
	}
	near = append(near, vigie.France, vigie.Ref{})
	var c coverageOf
	ranked := make([][]string, len(near))
	for _, s := range d.Sources {
		i := slices.Index(near, s.Scope)
		if i < 0 {
			continue
		}
		c.sources++
		c.documents += s.Documents
		if s.State != vigie.StateOK && s.State != vigie.StateQuiet {
			c.failing++
		}
		if s.Asked.After(c.last) {
			c.last = s.Asked
		}
		ranked[i] = append(ranked[i], s.Publisher)
	}
	c.publishers = nearestNames(slices.Concat(ranked...))
	return c
}

// fewPublishers is how many a row names: the sheet of sources has them all.
const fewPublishers = 10

// nearestNames are the first publishers, once each, and how many others there are.
func nearestNames(publishers []string) string {
	var all []string
	seen := map[string]bool{}
	for _, p := range publishers {
		if !seen[p] {
			seen[p] = true
			all = append(all, p)
		}
	}
	if rest := len(all) - fewPublishers; rest > 1 {
		all = append(all[:fewPublishers], fmt.Sprintf("et %d autres", rest))
	}
	return strings.Join(all, ", ")
}

// dayOf is the day of a moment in the report's time zone.
func (d *Data) dayOf(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return day(vigie.DateOf(t.In(d.Day.Location())))
}
