package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// labels reports which territories are in a programme, and who composes them.
type labels struct{}

func (labels) Name() string { return "labels" }

func (labels) Tables(d *Data) []Table { return []Table{territories(d), composition(d)} }

func territories(d *Data) Table {
	fields := slices.Concat([]field[territory]{
		{column("territory", "Territoire", Text, 23, "Nom du territoire ou de la commune, comme l'écrit la liste officielle, sinon l'annonce."), func(t territory) Cell { return text(t.name) }},
		{column("status", "Statut", Text, 9, "Labellisé, candidat ou retiré : le dernier état que l'annonce ou la liste officielle donne.").of(statusWords), func(t territory) Cell { return coded(statusWords, t.status()) }},
		{column("programme", "Dispositif", Text, 21, "Le dispositif national de labellisation.").of(d.Programmes), func(t territory) Cell { return d.programmeCell(t.programme) }},
		{column("phase", "Phase", Text, 12, "La phase du dispositif ; vide où il n'en a pas, ou si rien ne la dit.").of(phaseWords), func(t territory) Cell { return coded(phaseWords, t.phase) }},
		{column("announced", "Première annonce", Day, 11, "Publication du premier document lu qui l'annonce."), func(t territory) Cell { return day(t.announced()) }},
		{column("sources", "Sources", Count, 8, "Combien le disent avec leurs propres mots ; un texte repris compte une fois."), func(t territory) Cell { return speakers(t.main()) }},
		{column("basis", "D'après", Text, 13, "Ce qui fonde la ligne : des annonces, la liste officielle, ou les deux.").of(basisWords), func(t territory) Cell { return coded(basisWords, t.basis()) }},
		{column("departements", "Départements", Text, 15, "Les départements où il se trouve."), func(t territory) Cell {
			return d.placesCell(vigie.RefDepartement, t.entity.Departements())
		}},
		{column("epci_listed", "EPCI (liste officielle)", Count, 11, "Intercommunalités que la liste officielle lui donne."), listedEPCI},
		{column("epci_stated", "EPCI (annonces)", Count, 12, "Nombre d'intercommunalités annoncé ; vide où les annonces divergent : la feuille Chiffres les a toutes."), statedEPCI},
	}, evidence(d, territory.row), []field[territory]{
		{aside("date", "Date du label", Day, 11, "Le jour du label, où il est énoncé."), func(t territory) Cell { return day(t.date()) }},
		{aside("date_stated", "Date du label énoncée", Text, 14, "La même date aussi loin qu'elle est énoncée : un jour, un mois, une année."), func(t territory) Cell { return stated(t.date()) }},
		{aside("regions", "Région", Text, 18, "Les régions où il se trouve, celle qui le conduit d'abord."), func(t territory) Cell { return d.placesCell(vigie.RefRegion, t.regions()) }},
		{aside("others", "Autres statuts énoncés", Text, 30, "Les autres états énoncés, avec émetteur, date, mots et adresse."), func(t territory) Cell { return text(t.others(d)) }},
		{aside("territory_id", "Identifiant officiel", Code, 15, "Son numéro dans la liste officielle ; vide où elle ne le connaît pas."), func(t territory) Cell { return text(t.id) }},
	})
	return fill(Table{
		Name: "Territoires", Title: "Territoires labellisés",
		Note: "Une ligne par territoire ou commune, dispositif et phase. « D'après » distingue ce qui est annoncé de ce que seule la liste officielle donne.",
	}, labelledTerritories(d), territory.row, fields)
}

// A territory is a row: a territory or commune in one phase of a programme.
type territory struct {
	programme, phase string
	name, id         string // the id of the programme's official list, empty where none knows it
	scope            vigie.Ref
	entity           vigie.Entity
	stated           []vigie.Record // of its label: one for each status, in the order of statuses
	past             []vigie.Record // the same, of what is so no more, or not yet
	epci             []vigie.Record // figures: how many EPCI announcements give it
}

func (t territory) row() Row {
	row := Row{ID: t.key(), Record: t.main(), Beside: slices.Concat(t.stated, t.past, t.epci)}
	if row.Record != nil {
		row.Beside = row.Beside[1:]
	}
	return row
}

func (t territory) key() string {
	return vigie.TerritoryRow(t.programme, cmp.Or(t.id, t.name), t.phase)
}

// statuses are in the order in which they count: who withdrew had been labelled, who
// is labelled had been a candidate.
var statuses = []string{vigie.Withdrawn, vigie.Labelled, vigie.Candidate}

// labelledTerritories joins what records state to what the official lists hold.
func labelledTerritories(d *Data) []territory {
	byKey := map[string]*territory{}
	var keys []string
	row := func(t territory) *territory {
		key := t.key()
		if byKey[key] == nil {
			byKey[key] = &t
			keys = append(keys, key)
		}
		return byKey[key]
	}
	for _, e := range d.Official {
		row(territory{programme: e.Programme, phase: e.Phase, name: e.Name, id: e.ID, scope: e.Ref, entity: e})
	}
	for _, r := range d.ofKind(vigie.KindLabel) {
		t := row(d.labelOf(r))
		t.stated = addStatus(t.stated, r)
	}
	for _, r := range d.Ended {
		if t := byKey[d.labelOf(r).key()]; t != nil {
			t.past = append(t.past, r)
		}
	}
	counts := epciFigures(d)
	var rows []territory
	for _, key := range keys {
		byKey[key].epci = counts[byKey[key].scope]
		for i, r := range byKey[key].stated {
			byKey[key].stated[i].Mentions = slices.SortedStableFunc(slices.Values(r.Mentions), oldestFirst)
		}
		rows = append(rows, *byKey[key])
	}
	return sortBy(rows, func(t territory) []string {
		return []string{d.programmeKey(t.programme), phaseKey(t.phase), t.name, t.id}
	})
}

// Announced counts the region's territories and communes whose label a document
// announces: the rows of the sheet Territoires that have a quote and are labelled.
func (d *Data) Announced() int {
	n := 0
	for _, t := range labelledTerritories(d) {
		if t.status() == vigie.Labelled && t.main() != nil {
			n++
		}
	}
	return n
}

func (d *Data) labelOf(r vigie.Record) territory {
	l := r.Detail.(vigie.Label)
	e, ok := d.entity(vigie.Ref{Type: vigie.RefTerritory, ID: l.TerritoryID})
	if !ok {
		e, _ = d.entity(r.Scope)
	}
	phase := cmp.Or(l.Phase, phaseOf(l.TerritoryID))
	return territory{programme: r.Programme, phase: phase, name: l.Territory, id: l.TerritoryID, scope: r.Scope, entity: e}
}

// phaseKey sorts by phase, an unknown one last.
func phaseKey(phase string) string { return cmp.Or(phase, "9999") }

// phaseOf reads the phase off an id that is reused between phases: ti-2801@2018.
func phaseOf(id string) string {
	_, phase, _ := strings.Cut(id, "@")
	return phase
}

// addStatus joins a record to the one of its status.
func addStatus(stated []vigie.Record, r vigie.Record) []vigie.Record {
	rank := func(r vigie.Record) int { return slices.Index(statuses, r.Detail.(vigie.Label).Status) }
	for i, s := range stated {
		if rank(s) == rank(r) {
			stated[i].Mentions = slices.Concat(s.Mentions, r.Mentions)
			return stated
		}
	}
	stated = append(stated, r)
	slices.SortStableFunc(stated, func(a, b vigie.Record) int { return rank(a) - rank(b) })
	return stated
}

// main is the record of the status that counts; nil where the official list alone gives it.
func (t territory) main() *vigie.Record {
	if len(t.stated) == 0 || t.id != "" && labelOf(t.stated[0]).Status == vigie.Candidate {
		return nil
	}
	return &t.stated[0]
}

func labelOf(r vigie.Record) vigie.Label { return r.Detail.(vigie.Label) }

func (t territory) status() string {
	if r := t.main(); r != nil {
		return labelOf(*r).Status
	}
	return vigie.Labelled
}

func (t territory) date() vigie.Date {
	if r := t.main(); r != nil {
		return labelOf(*r).Date
	}
	return ""
}

func (t territory) announced() vigie.Date {
	if r := t.main(); r != nil {
		return first(*r).Published
	}
	return ""
}

func (t territory) basis() string {
	switch r := t.main(); {
	case r == nil:
		return basisList
	case t.id == "":
		return basisStated
	case labelOf(*r).Status == vigie.Withdrawn:
		return basisKept
	}
	return basisBoth
}

func (t territory) regions() []string {
	regions := t.entity.Regions()
	if r := t.main(); r != nil && labelOf(*r).Region != "" && len(regions) == 0 {
		return []string{labelOf(*r).Region}
	}
	return regions
}

// others tells the statuses that the row does not show, with their evidence.
func (t territory) others(d *Data) string {
	var lines []string
	for _, r := range slices.Concat(t.stated, t.past) {
		if l, m := labelOf(r), first(r); l.Status != t.status() {
			lines = append(lines, fmt.Sprintf("%s, %s, %s : « %s » %s", word(statusWords, l.Status), m.Publisher, dateWords(m.Published), d.quote(m, r), m.URL))
		}
	}
	return strings.Join(lines, "\n")
}

func listedEPCI(t territory) Cell {
	n := 0
	for _, m := range t.entity.Members {
		if m.Type == vigie.RefEPCI {
			n++
		}
	}
	if n == 0 {
		return Cell{}
	}
	return count(n)
}

// statedEPCI is the count of EPCI that announcements give a territory. Where they
// differ there is none: the sheet of figures has them all.
func statedEPCI(t territory) Cell {
	var c Cell
	for i, r := range t.epci {
		n := Cell{Type: Count, Number: figure(r).Value}
		if i > 0 && n != c {
			return Cell{}
		}
		c = n
	}
	return c
}

func epciFigures(d *Data) map[vigie.Ref][]vigie.Record {
	counts := map[vigie.Ref][]vigie.Record{}
	for _, r := range d.ofKind(vigie.KindFigure) {
		if f := figure(r); f.Measure == "epci" && f.ValueMax == 0 && r.Scope.Type == vigie.RefTerritory {
			counts[r.Scope] = append(counts[r.Scope], r)
		}
	}
	return counts
}
