package reports

import (
	"slices"
	"time"

	"vigie"
)

// coverage reports how each source is: what we looked at, and what we could not see.
type coverage struct{}

func (coverage) Name() string { return "coverage" }

func (coverage) Tables(d *Data) []Table {
	fields := []field[SourceLine]{
		{column("publisher", "Émetteur", Text, 38, "Qui publie."), func(s SourceLine) Cell { return text(s.Publisher) }},
		{column("state", "État", Text, 18, "Comment la source a répondu la dernière fois : à jour, calme, injoignable, bloquée, forme changée…"), func(s SourceLine) Cell { return Cell{Text: s.State.French(), Code: string(s.State)} }},
		{column("newest", "Plus récent", Day, 12, "Publication de son dernier document."), func(s SourceLine) Cell { return day(s.Newest) }},
		{column("age", "Âge (jours)", Count, 10, "Jours écoulés depuis, au jour du rapport."), func(s SourceLine) Cell { return d.age(s.Newest) }},
		{column("documents", "Documents", Count, 11, "Documents lus."), func(s SourceLine) Cell { return s.counted(s.Documents) }},
		{column("facts", "Faits", Count, 10, "Faits relevés dans ces documents."), func(s SourceLine) Cell { return s.counted(s.Facts) }},
		{column("failed", "Pages en échec", Count, 10, "Pages qui n'ont pu être lues."), func(s SourceLine) Cell { return s.counted(s.Failed) }},
		{column("error", "Difficulté", Text, 60, "La première difficulté, et ce qu'il faut faire."), func(s SourceLine) Cell { return text(capitalised(s.Error)) }},
		{aside("newest_stated", "Plus récent, énoncé", Text, 14, "La même date aussi loin qu'elle est connue."), func(s SourceLine) Cell { return stated(s.Newest) }},
		{aside("latest", "Dernière parution", Day, 12, "Le document le plus récent que ses listes annoncent, quel qu'en soit le sujet."), func(s SourceLine) Cell { return day(s.Latest) }},
		{aside("rhythm", "Rythme (jours)", Count, 10, "Jours entre deux parutions, d'ordinaire (médiane)."), func(s SourceLine) Cell { return some(s.Rhythm) }},
		{aside("requests", "Requêtes", Count, 10, "Requêtes à ses sites, la dernière nuit."), func(s SourceLine) Cell { return some(s.Requests) }},
		{aside("kilobytes", "Reçu (ko)", Count, 10, "Kilo-octets reçus, la dernière nuit."), func(s SourceLine) Cell { return some(int((s.Bytes + 1023) / 1024)) }},
		{aside("refusals", "Refus", Count, 10, "Requêtes refusées, la dernière nuit."), func(s SourceLine) Cell { return some(s.Refusals) }},
		{aside("forbidden", "Interdites", Count, 10, "Pages et listes que le robots.txt du site interdit, la dernière nuit : elles n'ont pas été demandées."), func(s SourceLine) Cell { return some(s.Forbidden) }},
		{aside("reserved", "Fouille réservée", Count, 10, "Documents qui réservent leurs droits de fouille de textes : la feuille Réservés, où il y en a, les nomme."), func(s SourceLine) Cell { return some(s.Reserved) }},
		{aside("source", "Identifiant", Code, 28, "Le nom de la source dans vigie."), func(s SourceLine) Cell { return text(s.ID) }},
	}
	note := "Une ligne par source. « Plus récent » est la date de son dernier document, « Âge » ce qui s'est écoulé depuis, au jour du rapport."
	if len(d.Sites) > 0 {
		note += " À la fin, les archives publiques interrogées."
	}
	tables := []Table{fill(Table{
		Name: "Sources", Title: "Sources consultées", Note: note,
	}, slices.Concat(d.Sources, d.Sites), nil, fields)}
	if len(d.Reserved) > 0 {
		tables = append(tables, d.reserved())
	}
	return tables
}

// reserved names the documents that reserve text and data mining: those that were not read
// are for people to read.
func (d *Data) reserved() Table {
	return fill(Table{
		Name: "Réservés", Title: "Documents dont la fouille est réservée",
		Note: "Leur éditeur en réserve la fouille (CPI, art. L.122-5-3). « réservé » : seuls l'adresse, le titre et la date sont gardés ; à lire à la main. « lu » : le motif est dit.",
	}, d.Reserved, nil, []field[vigie.Reservation]{
		{column("publisher", "Émetteur", Text, 30, "Qui publie."), func(r vigie.Reservation) Cell { return text(r.Publisher) }},
		{column("title", "Titre", Text, 60, "Le titre de la page."), func(r vigie.Reservation) Cell { return text(r.Title) }},
		{column("published", "Publié le", Day, 12, "Sa date de publication."), func(r vigie.Reservation) Cell { return day(r.Published) }},
		{column("treatment", "Traitement", Text, 12, "« réservé » : non lue par la machine ; « lu » : lue, pour le motif dit."), func(r vigie.Reservation) Cell { return text(treatment(r)) }},
		{column("reservation", "Réserve", Text, 44, "Les mots qui réservent la fouille, et où ils sont écrits."), func(r vigie.Reservation) Cell { return text(r.Words) }},
		{column("ground", "Motif de lecture", Text, 44, "À quel titre la page est lue malgré la réserve."), func(r vigie.Reservation) Cell { return text(r.Ground) }},
		{aside("url", "Page", Link, 50, "Son adresse."), func(r vigie.Reservation) Cell { return address(r.URL) }},
	})
}

func treatment(r vigie.Reservation) string {
	if r.Withheld {
		return "réservé"
	}
	return "lu"
}

// counted is a count of a source's; a site without one has none.
func (s SourceLine) counted(n int) Cell {
	if s.ID == "" {
		return Cell{}
	}
	return count(n)
}

// some is a count that stays empty where there is nothing to count.
func some(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return count(n)
}

// age counts the days from a date to that on which it was known; empty where the day is not
// known, none for what is dated tomorrow.
func (d *Data) age(of vigie.Date) Cell {
	if of.Precision() != vigie.DayPrecision {
		return Cell{}
	}
	return count(max(0, int(d.knownOn().Sub(of.First())/(24*time.Hour))))
}
