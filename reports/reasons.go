package reports

import (
	"fmt"
	"strings"

	"vigie"
)

// ReasonsFile names the text beside a refused report that says why it was refused.
func (s Shelf) ReasonsFile() string { return "raisons-" + slug(s.Region.Name) + ".txt" }

// mostRows is how many lost rows are named under one reason: the refused workbook has them all.
const mostRows = 50

// Reasons is that text, by its file's name.
func (s Shelf) Reasons(e vigie.Edition, objections []Objection) map[string]string {
	var b strings.Builder
	fmt.Fprintf(&b, "Le rapport du %s pour %s n'a pas été publié : il est plus vide que le dernier bon rapport.\n", dateWords(e.Day), s.Region.Name)
	b.WriteString("Le dernier bon rapport reste en place ; celui-ci est à côté de ce fichier.\n\nCe qui l'a arrêté :\n")
	for _, o := range objections {
		b.WriteString("- " + o.Words + "\n")
		for _, row := range o.Rows[:min(len(o.Rows), mostRows)] {
			b.WriteString("    · " + row + "\n")
		}
		if more := len(o.Rows) - mostRows; more > 0 {
			fmt.Fprintf(&b, "    · et %d autres\n", more)
		}
	}
	b.WriteString(`
Que faire :
1. Relire les lignes ci-dessus ; le classeur refusé, feuille « Depuis la dernière fois », les a toutes, avec leur cause et leur page.
2. « la source a changé » : ouvrir la page. Si le site a changé de forme, corriger la source (vigie source test, vigie source probe).
   « vigie a changé » : comparer les lectures (vigie transform --all --diff), ou remettre l'ancienne version de vigie.
   Totaux officiels : la table de la liste, ou ce qui la lit, a perdu des entrées ; ne pas publier avant de les avoir retrouvées.
   Le prochain rapport sera de nouveau comparé au dernier bon : réparé, il paraîtra sans rien de plus.
3. Si la perte est juste, le dire, pour cette fois seulement :
   vigie report --accept-because "POURQUOI" --by "NOM"
   Le motif et le nom seront imprimés dans le rapport.
`)
	return map[string]string{s.ReasonsFile(): b.String()}
}
