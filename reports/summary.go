package reports

import (
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// summary is the first sheet: what the workbook is, how fresh, how to read it, what
// needs a look.
type summary struct{}

func (summary) Name() string { return "summary" }

// A line is a row of the summary.
type line struct {
	section string
	item    Cell
	value   Cell
	remark  string
}

func (summary) Tables(d *Data) []Table {
	lines := slices.Concat(d.identity(), d.delivery(), d.inShort(), d.attention(), d.sheets(), howToRead(), d.licences())
	return []Table{fill(Table{
		Name: "Sommaire", Title: "Territoires labellisés : " + d.Region.Name, Layout: Notice,
		Note: "Ce que les sources suivies annoncent des dispositifs nationaux de labellisation. Situation au " + dateWords(vigie.DateOf(d.date())) + ".",
	}, lines, nil, []field[line]{
		{column("section", "Rubrique", Text, 24, "Partie du sommaire."), func(l line) Cell { return text(l.section) }},
		{column("item", "Élément", Text, 40, "Ce dont la ligne parle."), func(l line) Cell { return l.item }},
		{column("value", "Valeur", Text, 26, "Sa valeur."), func(l line) Cell { return l.value }},
		{column("remark", "Précisions", Text, 84, "Ce qu'il faut en savoir."), func(l line) Cell { return text(unbroken.Replace(l.remark)) }},
	})}
}

func (d *Data) identity() []line {
	const section = "Ce classeur"
	lines := []line{
		{section, text("Région"), text(d.Region.Name), "Y figure aussi ce qui vaut pour la France entière ; ce qui ne concerne que d'autres régions n'y est pas."},
		{section, text("Situation au"), Cell{Type: Day, Day: d.date()}, "Toutes les dates calculées le sont à ce jour."},
		{section, text("Documents lus"), count(d.Documents), "Toutes régions confondues."},
		{section, text("Faits relevés"), count(d.Facts), "Toutes régions confondues, avant rapprochement des documents qui disent la même chose."},
	}
	if s, ok := d.newest(); ok {
		lines = append(lines, line{section, text("Document le plus récent"), when(s.Newest), s.Publisher})
	}
	return append(lines, line{section, text("Établi par"), text(strings.TrimSpace("vigie " + d.Version)), ""})
}

// when is a real date where the day is known, else the date in words.
func when(d vigie.Date) Cell {
	if c := day(d); !c.IsEmpty() {
		return c
	}
	return stated(d)
}

// newest is the source with the newest document.
func (d *Data) newest() (SourceLine, bool) {
	var newest SourceLine
	for _, s := range d.Sources {
		if s.Newest.First().After(newest.Newest.First()) {
			newest = s
		}
	}
	return newest, newest.Newest != ""
}

func (d *Data) attention() []line {
	const section = "À regarder"
	var lines []line
	for i, q := range d.Questions {
		lines = append(lines, line{section, text(fmt.Sprintf("Question %d", i+1)), Cell{}, q})
	}
	for _, s := range d.Sources {
		if s.State != vigie.StateOK && s.State != vigie.StateQuiet {
			lines = append(lines, line{section, text(s.Publisher), text(s.State.French()), s.Error})
		}
	}
	if len(lines) == 0 {
		return []line{{section, text("Rien"), Cell{}, "Toutes les sources ont répondu, et aucune question n'est en attente."}}
	}
	return lines
}

// inShort counts the labelled territories of each programme and phase.
func (d *Data) inShort() []line {
	const section = "En bref"
	type group struct{ programme, phase string }
	var groups []group
	labelled, announced := map[group]int{}, map[group]int{}
	for _, t := range labelledTerritories(d) {
		g := group{t.programme, t.phase}
		if t.status() != vigie.Labelled {
			continue
		}
		if !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
		labelled[g]++
		if t.main() != nil {
			announced[g]++
		}
	}
	var lines []line
	for _, g := range groups {
		lines = append(lines, line{
			section, text(strings.TrimSuffix(d.programme(g.programme)+", "+word(phaseWords, g.phase), ", ")), count(labelled[g]),
			fmt.Sprintf("Territoires ou communes labellisés, dont %d avec une annonce lue.", announced[g]),
		})
	}
	return lines
}

func (d *Data) sheets() []line {
	var lines []line
	for _, r := range chapters() {
		for _, t := range r.Tables(d) {
			n := 0
			for range t.Rows {
				n++
			}
			lines = append(lines, line{"Feuilles", Cell{Text: t.Name, Link: "#" + t.Name}, count(n), t.Note})
		}
	}
	return lines
}

func howToRead() []line {
	const section = "Comment lire"
	return []line{
		{section, text("Case vide"), Cell{}, "Aucune source suivie ne le dit : rien n'est complété ni déduit. Sans citation, la ligne vient de la seule liste officielle."},
		{section, text("Citation"), Cell{}, "Les mots exacts de la source. Ceux d'un organe de presse sont limités à 200 caractères, coupés par " + Cut + "."},
		{section, text("Émetteur, Publié le, Page"), Cell{}, "Le premier document à le dire ; « Documents » compte tous ceux qui le disent."},
		{section, text("Confiance"), Cell{}, "De 0 à 100 % : la sûreté de la lecture automatique, non celle de la source."},
		{section, text("Identifiants"), Cell{}, "Codes officiels (SIREN, INSEE, listes des dispositifs), gardés en texte avec leurs zéros. « @2018 », « @2023 » : la phase, car la liste reprend les mêmes numéros d'une phase à l'autre."},
		{section, text("Fichiers CSV"), Cell{}, "Les mêmes tables, séparées par des points-virgules, dates en jj/mm/aaaa. Un texte qui commence comme une formule y est précédé d'une apostrophe."},
	}
}

func (d *Data) licences() []line {
	var lines []line
	for _, t := range d.Tables {
		lines = append(lines, line{"Tables officielles", text(t.Name), text(vintage(t)), strings.Trim(t.Source+". "+t.Licence, ". ") + "."})
	}
	return lines
}

func vintage(t OfficialTable) string {
	var parts []string
	if t.Vintage != "" {
		parts = append(parts, "millésime "+t.Vintage)
	}
	if t.Date != "" {
		parts = append(parts, "état : "+dateWords(t.Date))
	}
	return strings.Join(parts, ", ")
}
