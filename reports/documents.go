package reports

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vigie"
)

// library reports the documents that the facts come from, and how the archive has them.
type library struct{}

func (library) Name() string { return "documents" }

func (library) Tables(d *Data) []Table {
	titles, cited := map[vigie.DocumentID]string{}, d.cited()
	var rows []DocumentLine
	for _, p := range d.Pages {
		titles[p.ID] = p.Publisher + ", « " + cmp.Or(p.Title, p.URL) + " »"
		if p.Local || cited[p.ID] {
			rows = append(rows, p)
		}
	}
	slices.SortStableFunc(rows, func(a, b DocumentLine) int {
		return cmp.Or(b.Published.First().Compare(a.Published.First()), cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.URL, b.URL))
	})
	return []Table{fill(Table{
		Name: "Documents", Title: "Documents",
		Note: "Une ligne par document lu que cite ce classeur, ou que publie une source qui écrit sur la région, le plus récent d'abord. L'empreinte nomme la copie archivée, octet pour octet.",
	}, rows, func(p DocumentLine) Row { return Row{ID: string(p.ID)} }, []field[DocumentLine]{
		{column("title", "Titre", Text, 60, "Le titre du document."), func(p DocumentLine) Cell { return text(cmp.Or(p.Title, "(sans titre)")) }},
		{column("publisher", "Émetteur", Text, 24, "Qui le publie."), func(p DocumentLine) Cell { return text(p.Publisher) }},
		{column("published", "Publié le", Day, 11, "Jour de publication."), func(p DocumentLine) Cell { return day(p.Published) }},
		{column("facts", "Faits", Count, 8, "Faits qu'il énonce."), func(p DocumentLine) Cell { return count(p.Facts) }},
		{column("state", "État", Text, 26, "Lu, illisible, ou ce que le site a répondu la dernière fois."), func(p DocumentLine) Cell { return text(p.state()) }},
		{column("reprint_of", "Reprise de", Text, 30, "Le document dont il reprend le texte."), func(p DocumentLine) Cell {
			return Cell{Text: unbroken.Replace(titles[p.ReprintOf]), Code: string(p.ReprintOf)}
		}},
		{column("versions", "Versions", Count, 9, "Contenus différents que la page a eus depuis qu'elle est suivie."), func(p DocumentLine) Cell { return some(p.Versions) }},
		{aside("url", "Page", Link, 50, "Son adresse."), func(p DocumentLine) Cell { return address(p.URL) }},
		{aside("published_stated", "Publication énoncée", Text, 14, "La date de publication aussi loin qu'elle est connue."), func(p DocumentLine) Cell { return stated(p.Published) }},
		{aside("first_seen", "Archivé le", Moment, 16, "Quand il a été archivé la première fois, heure de Paris."), func(p DocumentLine) Cell { return d.moment(p.First) }},
		{aside("version_since", "Version depuis le", Moment, 16, "Quand son contenu actuel a été archivé, heure de Paris."), func(p DocumentLine) Cell { return d.moment(p.Last) }},
		{aside("digest", "Empreinte", Code, 20, "SHA-256 de la copie archivée qui a été lue."), func(p DocumentLine) Cell { return text(p.Digest) }},
		{aside("source", "Source", Code, 24, "Le nom de la source dans vigie."), func(p DocumentLine) Cell { return text(p.Source) }},
		{aside("document", "Identifiant", Code, 19, "Le nom du document dans vigie."), func(p DocumentLine) Cell { return text(string(p.ID)) }},
	})}
}

// cited are the documents that state what the report shows.
func (d *Data) cited() map[vigie.DocumentID]bool {
	all := map[vigie.DocumentID]bool{}
	for _, r := range d.ofKind(vigie.Kinds...) {
		for _, m := range r.Mentions {
			all[m.Document] = true
		}
	}
	return all
}

// state says how the document is: read, or why not.
func (p DocumentLine) state() string {
	words := "lu"
	if p.Error != "" {
		words = "sans texte lisible"
	}
	switch {
	case p.Status >= 400:
		words += " ; le site répond " + count(p.Status).String()
	case p.Fault != "":
		words += " ; " + word(faultWords, string(p.Fault))
	}
	if p.Reserved {
		words += " ; fouille réservée"
	}
	return unbroken.Replace(strings.TrimSpace(words))
}

// moment shows a time in the report's time zone, machines the same with its offset.
func (d *Data) moment(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	t = t.In(d.Day.Location()).Truncate(time.Minute)
	return Cell{Type: Moment, Day: t, Code: t.Format(time.RFC3339)}
}
