package reports

import (
	"fmt"
	"strings"

	"vigie"
)

// ReasonsFile names the text beside a refused report that says why it was refused.
func (s Shelf) ReasonsFile() string { return "raisons-" + slug(s.Region.Name) + ".txt" }

// Reasons is that text, by its file's name.
func (s Shelf) Reasons(e vigie.Edition) map[string]string {
	var b strings.Builder
	fmt.Fprintf(&b, "Le rapport du %s pour %s n'a pas été publié : il est plus vide que le dernier bon rapport.\n", dateWords(e.Day), s.Region.Name)
	b.WriteString("Le dernier bon rapport reste en place ; celui-ci est à côté de ce fichier.\n\nCe qui l'a arrêté :\n")
	for _, r := range e.Reasons {
		b.WriteString("- " + r + "\n")
	}
	b.WriteString(`
Que faire :
1. Ouvrir le classeur refusé, feuille « Depuis la dernière fois » : elle nomme chaque ligne perdue et sa cause.
2. Si une source a changé de forme, la corriger (vigie source test, vigie source probe) ; si c'est une nouvelle version de vigie,
   comparer les lectures (vigie transform --all --diff). Le prochain rapport sera de nouveau comparé au dernier bon.
3. Si la perte est juste, le dire une fois :
   vigie report --accept-because "POURQUOI" --by "NOM"
   Le motif et le nom seront imprimés dans le rapport.
`)
	return map[string]string{s.ReasonsFile(): b.String()}
}
