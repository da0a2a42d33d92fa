package gazetteer

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"vigie"
)

// lists are the rows of the programmes that label communes, in their table's order.
type lists struct {
	rows   []string
	starts []int32 // of each label in rows

	programmes []string // whose labels they are
}

func (l *lists) add(row string, starts bool) {
	if programme := cell(row, labelProgramme); !slices.Contains(l.programmes, programme) {
		l.programmes = append(l.programmes, programme)
	}
	if starts {
		l.starts = append(l.starts, int32(len(l.rows)))
	}
	l.rows = append(l.rows, row)
}

// labelRows returns the rows of a label, one a commune.
func (g *Gazetteer) labelRows(e *entity) []string {
	id := e.id()
	return g.lists.at(sort.Search(len(g.lists.starts), func(k int) bool { return cell(g.lists.rows[g.lists.starts[k]], labelID) >= id }))
}

// at returns the rows of the kth label.
func (l *lists) at(k int) []string {
	hi := len(l.rows)
	if k+1 < len(l.starts) {
		hi = int(l.starts[k+1])
	}
	return l.rows[l.starts[k]:hi]
}

// Territories returns the entries of a programme's official list in its own order: the
// territories of a phase, or the labels of a programme that has no phases. An empty
// phase stands for all.
func (g *Gazetteer) Territories(programme, phase string) []vigie.Entity {
	var all []vigie.Entity
	for i := g.classes[classTerritory]; i < g.classes[nClasses]; i++ {
		if e := &g.entities[i]; e.programme() == programme && (phase == "" || e.phase() == "" || e.phase() == phase) {
			all = append(all, g.entity(int32(i)))
		}
	}
	slices.SortFunc(all, func(a, b vigie.Entity) int {
		return cmp.Or(strings.Compare(a.Phase, b.Phase), compareIDs(a.ID, b.ID))
	})
	return all
}

// compareIDs orders identifiers by their numbers: pvd-01-971-3 before pvd-01-971-10.
func compareIDs(a, b string) int {
	as, bs := strings.FieldsFunc(a, isDash), strings.FieldsFunc(b, isDash)
	for i := range min(len(as), len(bs)) {
		x, errA := strconv.Atoi(as[i])
		y, errB := strconv.Atoi(bs[i])
		if c := strings.Compare(as[i], bs[i]); errA != nil || errB != nil || x == y {
			if c != 0 {
				return c
			}
			continue
		}
		return x - y
	}
	return len(as) - len(bs)
}

func isDash(r rune) bool { return r == '-' || r == '@' }

// Labels returns the entries of a programme's list that label a commune, or a commune
// it is now or was then part of; for a programme of territories, those that have the
// commune or its EPCI among their members.
func (g *Gazetteer) Labels(programme, phase string, commune vigie.Ref) []vigie.Entity {
	i, ok := g.find(commune)
	if !ok || g.entities[i].class != classCommune {
		return nil
	}
	found := g.labelsOf(programme, i)
	for _, r := range []vigie.Ref{commune, {Type: vigie.RefEPCI, ID: cell(g.entities[i].row, communeEPCI)}} {
		for _, t := range g.memberOf[r] {
			if e := &g.entities[t]; e.programme() == programme && (phase == "" || e.phase() == phase) {
				found = append(found, t)
			}
		}
	}
	slices.Sort(found)
	var all []vigie.Entity
	for _, t := range slices.Compact(found) {
		all = append(all, g.entity(t))
	}
	return all
}

// labelsOf returns the labels of a commune. A delegated commune has those that the list
// gives to it by its own code, else those of the whole.
func (g *Gazetteer) labelsOf(programme string, i int32) []int32 {
	g.once.labels.Do(g.loadLabels)
	e := &g.entities[i]
	for _, code := range []string{e.id(), cell(e.row, communeNext)} {
		var found []int32
		for _, label := range g.labelled[code] {
			if g.entities[label].programme() == programme {
				found = append(found, label)
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// labelsCommunes reports whether the programme labels communes or quarters, not territories.
func (g *Gazetteer) labelsCommunes(programme string) bool {
	return slices.Contains(g.lists.programmes, programme)
}

// loadLabels indexes labels by the codes of their communes, those of today and those of the list.
func (g *Gazetteer) loadLabels() {
	g.labelled = make(map[string][]int32)
	for k := range g.lists.starts {
		label := int32(g.classes[classLabel] + k)
		for _, row := range g.lists.at(k) {
			now, then := cell(row, labelCommune), cell(row, labelThen)
			g.labelled[now] = append(g.labelled[now], label)
			if then != "" {
				g.labelled[then] = append(g.labelled[then], label)
			}
		}
	}
}

// Announced returns the members of a territory by their identifiers on the day of its
// announcement; nil where no page of the day is known. [vigie.Entity.Members] are those
// of the official list, by today's identifiers.
func (g *Gazetteer) Announced(territory vigie.Ref) []vigie.Ref {
	g.once.announced.Do(g.loadAnnounced)
	return slices.Clone(g.then[territory.ID])
}

// AnnouncedIn reports whether a territory was announced among those of a region, which
// need not be the region that leads it; false where no page of the day is known.
func (g *Gazetteer) AnnouncedIn(territory vigie.Ref, region string) bool {
	g.once.announced.Do(g.loadAnnounced)
	return slices.Contains(g.where[territory.ID], region)
}

func (g *Gazetteer) loadAnnounced() {
	lines, err := rows(announcedTSV, "territory", "siren", "name", "region")
	if err != nil {
		panic(err) // embedded, and under test
	}
	g.then, g.where = make(map[string][]vigie.Ref), make(map[string][]string)
	for row := range lines {
		id := cell(row, 0)
		g.then[id] = append(g.then[id], vigie.Ref{Type: vigie.RefEPCI, ID: cell(row, 1)})
		if region := cell(row, 3); !slices.Contains(g.where[id], region) {
			g.where[id] = append(g.where[id], region)
		}
	}
}
