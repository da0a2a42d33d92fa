package reports

import (
	"maps"
	"slices"
	"strings"
)

// dictionary tells every column of the tables: it is made of their own schema.
func dictionary(tables []Table) Table {
	type entry struct {
		table Table
		Column
	}
	var rows []entry
	for _, t := range tables {
		for _, c := range t.Columns {
			if t.Layout == Grid {
				rows = append(rows, entry{t, c})
			}
		}
	}
	return fill(Table{
		Name: "Dictionnaire", Title: "Dictionnaire des colonnes",
		Note: "Une ligne par colonne de chaque feuille. Le nom technique est celui des fichiers de données du dossier « donnees », où les codes tiennent lieu des mots.",
	}, rows, func(e entry) Row { return Row{ID: slug(e.table.Name) + "." + e.Key} }, []field[entry]{
		{column("sheet", "Feuille", Text, 22, "La feuille."), func(e entry) Cell { return Cell{Text: e.table.Name, Link: "#" + e.table.Name} }},
		{column("column", "Colonne", Text, 24, "Le titre de la colonne."), func(e entry) Cell { return text(e.Name) }},
		{column("about", "Description", Text, 60, "Ce qu'elle contient."), func(e entry) Cell { return text(e.About) }},
		{column("type", "Type", Text, 12, "Ce que sont ses cases.").of(typeWords), func(e entry) Cell { return coded(typeWords, e.Type.key()) }},
		{column("codes", "Valeurs", Text, 42, "Les valeurs possibles, où elles sont en nombre fini : code technique, puis mots."), func(e entry) Cell { return text(e.values()) }},
		{column("resource", "Fichier", Code, 24, "Le fichier de données et le fichier CSV."), func(e entry) Cell { return text(slug(e.table.Name)) }},
		{column("key", "Nom technique", Code, 20, "Le nom de la colonne dans les fichiers de données ; vide où elle n'y est pas."), func(e entry) Cell { return text(e.machineKey()) }},
	})
}

// values lists the codes of a closed vocabulary with their words, or what may be filled in.
func (c Column) values() string {
	if c.Words == nil {
		return strings.Join(c.Choices, " ; ")
	}
	var lines []string
	for _, code := range slices.Sorted(maps.Keys(c.Words)) {
		lines = append(lines, code+" : "+c.Words[code])
	}
	return unbroken.Replace(strings.Join(lines, "\n"))
}

func (c Column) machineKey() string {
	if c.Entry {
		return ""
	}
	return c.Key
}
