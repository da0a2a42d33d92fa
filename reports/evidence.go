package reports

import (
	"slices"
	"strings"

	"vigie"
)

// evidence are the columns that let a reader check a row and say what is wrong with it:
// who says it, when, in which words, on which page; what analysts made of it. Of several
// documents the first to say it is shown.
func evidence[R any](d *Data, frame func(R) Row) []field[R] {
	shown := func(show func(vigie.Mention, vigie.Record) Cell) func(R) Cell {
		return func(row R) Cell {
			r := frame(row).Record
			if r == nil || len(r.Mentions) == 0 {
				return Cell{}
			}
			return show(r.Mentions[0], *r)
		}
	}
	digests := d.digests()
	return slices.Concat([]field[R]{
		{column("quote", "Citation", Quote, 41, "Les mots exacts de la source ; ceux d'un organe de presse sont coupés."), shown(func(m vigie.Mention, r vigie.Record) Cell { return text(spacedCells.Replace(d.quote(m, r))) })},
		{column("publisher", "Émetteur", Text, 19, "Qui le dit ; de plusieurs documents, le premier."), shown(func(m vigie.Mention, _ vigie.Record) Cell { return text(m.Publisher) })},
		{column("published", "Publié le", Day, 11, "Jour de publication du document."), shown(func(m vigie.Mention, _ vigie.Record) Cell { return day(m.Published) })},
		{aside("url", "Page", Link, 26, "L'adresse du document ; un clic mène aux mots cités."), shown(func(m vigie.Mention, r vigie.Record) Cell {
			return Cell{Text: m.URL, Link: liveLink(m, d.quote(m, r))}
		})},
	}, decisions(d, frame), []field[R]{
		{aside("digest", "Empreinte", Code, 20, "SHA-256 de la copie archivée du document : « vigie verify » y retrouve la citation."), shown(func(m vigie.Mention, _ vigie.Record) Cell { return text(digests[m.Document]) })},
		{aside("documents", "Documents", Count, 11, "Documents qui le disent."), shown(func(_ vigie.Mention, r vigie.Record) Cell { return count(documents(r.Mentions)) })},
		{aside("repeated_by", "Repris par", Text, 26, "Ceux qui ne font que reprendre le texte d'un autre."), shown(func(_ vigie.Mention, r vigie.Record) Cell { return text(strings.Join(reprises(r), ", ")) })},
		{aside("confidence", "Confiance", Share, 10, "Sûreté de la lecture automatique, non celle de la source."), shown(func(m vigie.Mention, _ vigie.Record) Cell {
			if m.Quote == "" {
				return Cell{}
			}
			return Cell{Type: Share, Number: m.Confidence}
		})},
		{aside("published_stated", "Publication énoncée", Text, 14, "La date de publication aussi loin qu'elle est connue."), shown(func(m vigie.Mention, _ vigie.Record) Cell { return stated(m.Published) })},
	})
}

// spacedCells shows the tabs between a table's cells, which spreadsheets do not: by a space
// that one sees.
var spacedCells = strings.NewReplacer("\t", "\u2003")

// withEvidence are the fields of rows that are records: what they say, their evidence,
// whom they are about as a code, and what else stands aside.
func (d *Data) withEvidence(fields []field[vigie.Record], others ...field[vigie.Record]) []field[vigie.Record] {
	return slices.Concat(fields, evidence(d, shows), others, []field[vigie.Record]{
		{aside("level", "Niveau", Text, 15, "Ce qu'est ce lieu : national, région, territoire…").of(scopeWords), func(r vigie.Record) Cell { return coded(scopeWords, r.Scope.Type) }},
		{aside("scope", "Identifiant du lieu", Code, 24, "Le code officiel du lieu ; à défaut, son nom."), func(r vigie.Record) Cell { return Cell{Text: r.Scope.ID, Code: r.Scope.String()} }},
	})
}

// digests are those of the archived copies, by document.
func (d *Data) digests() map[vigie.DocumentID]string {
	digests := map[vigie.DocumentID]string{}
	for _, p := range d.Pages {
		digests[p.ID] = p.Digest
	}
	return digests
}

// first is the mention that is shown; zero in a record without any.
func first(r vigie.Record) vigie.Mention {
	if len(r.Mentions) == 0 {
		return vigie.Mention{}
	}
	return r.Mentions[0]
}

func oldestFirst(a, b vigie.Mention) int { return a.Published.Compare(b.Published) }

// documents counts the documents among mentions, one of which may speak twice.
func documents(ms []vigie.Mention) int {
	seen := map[vigie.DocumentID]bool{}
	for _, m := range ms {
		seen[m.Document] = true
	}
	return len(seen)
}

// speakers counts who states a record in words of their own; empty where nobody does. A
// text that many republish counts once, also where the first to publish it is not
// among those that state the record.
func speakers(r *vigie.Record) Cell {
	if r == nil {
		return Cell{}
	}
	stating := map[vigie.DocumentID]bool{}
	for i, m := range r.Mentions {
		stating[m.Document] = origin(*r, i) == ""
	}
	seen := map[string]bool{}
	for i, m := range r.Mentions {
		switch first := origin(*r, i); {
		case first == "":
			seen["publisher "+m.Publisher] = true
		case !stating[first]:
			seen["text "+string(first)] = true
		}
	}
	return count(len(seen))
}

// origin is the document whose text a mention only repeats; empty where it speaks for itself.
func origin(r vigie.Record, mention int) vigie.DocumentID {
	if mention >= len(r.Origins) {
		return ""
	}
	return r.Origins[mention]
}

// reprises are those who only repeat what others say of a record, once each.
func reprises(r vigie.Record) []string {
	var all []string
	for i, m := range r.Mentions {
		if origin(r, i) != "" && !slices.Contains(all, m.Publisher) {
			all = append(all, m.Publisher)
		}
	}
	return all
}
