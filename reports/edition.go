package reports

import (
	"strings"

	"vigie"
)

// delivery is what the summary says of the report as an edition: which one it is, since
// when, who let it pass, which workbooks wait.
func (d *Data) delivery() []line {
	const section = "Cette édition"
	lines := []line{d.compared(section)}
	if d.Edition != "" {
		lines = append([]line{{section, text("Édition"), text(d.Edition), "Ce nom est aussi dans les propriétés du classeur."}}, lines...)
	}
	if !d.Known.IsZero() {
		lines = append(lines, line{section, text("Connu au"), text(d.Known.Format("02/01/2006 à 15:04:05")),
			"Tout ce que vigie savait à cet instant, heure de Paris ; l'âge des sources y est compté."})
	}
	if n := len(d.Changes); n > 0 {
		lines = append(lines, line{section, Cell{Text: "Changements", Link: "#" + changesSheet}, count(n), d.causesInShort()})
	}
	if d.Accepted != (vigie.Acceptance{}) {
		lines = append(lines, line{section, text("Publiée malgré les contrôles"), text(d.Accepted.By), d.Accepted.Why + ". Ce qui s'y opposait : " + strings.Join(d.Overruled, " ")})
	}
	for _, a := range d.Aside {
		lines = append(lines, line{section, text("Classeur modifié, mis de côté"), text(a.File), "Ses décisions ne sont pas encore reprises : " + a.Import})
	}
	return lines
}

// compared says what the report is compared with.
func (d *Data) compared(section string) line {
	if d.Past == nil {
		return line{section, text("Comparée à"), text("aucune édition"), d.since()}
	}
	since := d.since()
	if len(d.Changes) > 0 {
		since = "La feuille « " + changesSheet + " » montre chaque ligne qui n'est plus la même."
	}
	return line{section, text("Comparée à"), when(d.Past.Edition.Day), since + " Nom de cette édition : " + d.Past.Edition.ID + "."}
}

// causesInShort counts the changes of each cause.
func (d *Data) causesInShort() string {
	var parts []string
	for _, cause := range causes {
		n := 0
		for _, c := range d.Changes {
			if c.by(cause) {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, string(cause)+" : "+plural(n, "ligne", "lignes"))
		}
	}
	backed := 0
	for _, c := range d.Changes {
		if c.How == Backed {
			backed++
		}
	}
	if backed > 0 {
		parts = append(parts, "seules les preuves changent : "+plural(backed, "ligne", "lignes"))
	}
	return capitalised(strings.Join(parts, " ; ")) + "."
}
