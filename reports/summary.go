package reports

import (
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// A line is a row of the summary.
type line struct {
	section string
	item    Cell
	value   Cell
	remark  string
}

// summary is the first sheet: what the workbook is, how fresh, how to read it, what needs a
// look, what did not fit.
func summary(d *Data, tables []Table) Table {
	counted := tallies(tables)
	lines := slices.Concat(d.identity(), d.delivery(), d.attention(counted), d.inShort(), sheets(tables, counted), howToRead(), leftOut(counted), d.licences())
	return fill(Table{
		Name: "Sommaire", Title: "Territoires labellisés : " + d.Region.Name, Layout: Notice,
		Note: "Ce que les sources suivies annoncent des dispositifs nationaux de labellisation. Situation au " + dateWords(vigie.DateOf(d.date())) + ".",
	}, lines, nil, []field[line]{
		{column("section", "Rubrique", Text, 24, "Partie du sommaire."), func(l line) Cell { return text(l.section) }},
		{column("item", "Élément", Text, 40, "Ce dont la ligne parle."), func(l line) Cell { return l.item }},
		{column("value", "Valeur", Text, 28, "Sa valeur."), func(l line) Cell { return l.value }},
		{column("remark", "Précisions", Text, 86, "Ce qu'il faut en savoir."), func(l line) Cell { return text(unbroken.Replace(l.remark)) }},
	})
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
	return append(lines, line{section, text("Établi par"), text(strings.TrimSpace("vigie " + d.Version)), "Lecture automatique de documents publics, sans valeur officielle ; chaque ligne se vérifie à sa source."})
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

func (d *Data) attention(counted []tally) []line {
	const section = "À regarder"
	var lines []line
	for _, c := range counted {
		if c.name == askingSheet && c.rows > 0 {
			lines = append(lines, line{section, sheetLink(askingSheet), count(c.rows), "Questions auxquelles un analyste peut répondre dans ce classeur, celles qui changent le plus de cases d'abord."})
		}
	}
	for i, q := range d.Questions {
		lines = append(lines, line{section, text(fmt.Sprintf("Point %d", i+1)), Cell{}, capitalised(q)})
	}
	troubled := d.troubled()
	for _, s := range troubled[:min(len(troubled), mostTroubled)] {
		lines = append(lines, line{section, text(s.Publisher), text(s.State.French()), capitalised(s.Error)})
	}
	if more := len(troubled) - mostTroubled; more > 0 {
		lines = append(lines, line{section, text("Autres sources"), count(more), "En difficulté elles aussi : la feuille Sources dit pourquoi."})
	}
	if len(lines) == 0 {
		return []line{{section, text("Rien"), Cell{}, "Toutes les sources ont répondu, et aucune question n'est en attente."}}
	}
	return lines
}

// mostTroubled sources are named: of more, the sheet Sources tells.
const mostTroubled = 20

// troubled are the sources that did not answer as they should, and those that did so in part.
func (d *Data) troubled() []SourceLine {
	whole := func(s SourceLine) bool {
		return (s.State == vigie.StateOK || s.State == vigie.StateQuiet) && s.Error == ""
	}
	return slices.DeleteFunc(slices.Clone(d.Sources), whole)
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
			announcedWords(labelled[g], announced[g]),
		})
	}
	return lines
}

// announcedWords say of how many labels a document was read that announces them.
func announcedWords(labelled, announced int) string {
	switch {
	case announced == labelled:
		return "Labellisés, tous annoncés par un document lu."
	case announced == 0:
		return "Labellisés d'après la seule liste officielle : aucune annonce lue."
	}
	return fmt.Sprintf("Labellisés, dont %s annoncés par un document lu ; les autres d'après la seule liste officielle.", grouped(float64(announced)))
}

func sheets(tables []Table, counted []tally) []line {
	var lines []line
	for i, t := range tables {
		lines = append(lines, line{"Feuilles", sheetLink(t.Name), count(counted[i].rows), t.Note})
	}
	return lines
}

func howToRead() []line {
	const section = "Comment lire"
	return []line{
		{section, text("Case vide"), Cell{}, "Aucune source suivie ne le dit : rien n'est complété ni déduit. Sans citation, la ligne vient de la seule liste officielle."},
		{section, text("Citation"), Cell{}, "Les mots exacts de la source. Ceux d'un organe de presse sont limités à 200 caractères autour de ce que dit la ligne ; " + Cut + " marque les coupes."},
		{section, text("Émetteur, Publié le, Page"), Cell{}, "Le premier document à le dire ; « Documents » compte tous ceux qui le disent. Un clic sur la page mène aux mots cités, que le navigateur surligne."},
		{section, text("Empreinte"), Cell{}, "SHA-256 de la copie archivée : « vigie verify » suivi du nom de ce classeur y vérifie toutes les citations, sans réseau."},
		{section, text("Décision, Correction, Pourquoi"), Cell{}, "À remplir par qui relit, dans n'importe quelle feuille : choisir exact, faux, à corriger ou pas sûr, puis renvoyer le classeur. « vigie review import » suivi de son nom le prend en compte. Trier, filtrer ou ajouter des colonnes ne gêne pas."},
		{section, text("Décision sur un refus"), Cell{}, "Elle porte sur l'énoncé, comme partout : « exact », la source l'affirme, il a été refusé à tort ; « faux », le refus est juste. vigie n'en tire aucun fait : la règle de lecture est à revoir. Une ligne écartée par un analyste revient par « exact », avec son accord."},
		{section, text("Confiance"), Cell{}, "De 0 à 100 % : la sûreté de la lecture automatique, non celle de la source."},
		{section, text("Dates"), Cell{}, "Une colonne de dates n'a que des jours entiers. Un mois, une année, un jour sans année sont dans la colonne « énoncée » voisine."},
		{section, text("Identifiants"), Cell{}, "Codes officiels (SIREN, INSEE, listes des dispositifs), gardés en texte avec leurs zéros. « @2018 », « @2023 » : la phase, car la liste reprend les mêmes numéros d'une phase à l'autre."},
		{section, text("Fichiers CSV"), Cell{}, "Dossier « csv » : les mêmes tables pour un tableur français, séparées par des points-virgules, dates en jj/mm/aaaa. Un texte qui commence comme une formule y est précédé d'une apostrophe."},
		{section, text("Fichiers de données"), Cell{}, "Dossier « donnees » : les mêmes tables pour les programmes (UTF-8, virgules, dates ISO, codes), décrites par datapackage.json, et les faits en JSON Lines."},
	}
}

func (d *Data) licences() []line {
	var lines []line
	for _, t := range d.Tables {
		lines = append(lines, line{"Tables officielles", text(t.Name), text(vintage(t)), strings.Trim(t.Source+". "+capitalised(t.Licence), ". ") + "."})
	}
	return lines
}

func vintage(t OfficialTable) string {
	if t.Date == "" {
		return t.Vintage
	}
	return strings.TrimPrefix(t.Vintage+", au "+dateWords(t.Date), ", ")
}
