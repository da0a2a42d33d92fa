package reports

import (
	"cmp"
	"slices"
	"strings"

	"vigie"
)

// refused reports what was read and is no fact, so that an analyst sees that it was read;
// and what analysts have set aside.
type refused struct{}

const refusedSheet = "Lu mais refusé"

func (refused) Name() string { return "refused" }

// A refusal is a row: what was read and not asserted, or a record set aside.
type refusal struct {
	vigie.Refusal
	record *vigie.Record    // that analysts call wrong
	said   []vigie.Decision // on a refusal
}

func (refused) Tables(d *Data) []Table {
	rows := d.setAside()
	local, shown := map[vigie.DocumentID]bool{}, map[string]bool{}
	for _, p := range d.Pages {
		local[p.ID] = p.Local
	}
	for _, r := range d.Refused {
		key := vigie.RowKey(r.Row(), r.Quote)
		if (local[r.Document] || len(d.Pages) == 0) && !shown[key] {
			shown[key] = true
			rows = append(rows, refusal{Refusal: r, said: d.Heard[key]})
		}
	}
	frame := func(r refusal) Row { return Row{ID: r.id(), Record: r.record} }
	return []Table{fill(Table{
		Name: refusedSheet, Title: refusedSheet,
		Note: "Une ligne par énoncé que la phrase n'affirme pas, ou qu'un analyste a écarté. « exact » : la source l'affirme bien ; « faux » : le refus est juste (voir Sommaire).",
	}, rows, frame, slices.Concat([]field[refusal]{
		{column("kind", "Nature", Text, 13, "Ce que cela aurait été : label, composition, gouvernance…").of(kindWords), func(r refusal) Cell { return coded(kindWords, string(r.Kind)) }},
		{column("what", "Ce qui est nommé", Text, 32, "Le nom, le nombre ou la date qui aurait été énoncé."), func(r refusal) Cell { return text(r.named()) }},
		{column("reason", "Raison", Text, 44, "Pourquoi ce n'est pas un fait.").of(reasonWords), func(r refusal) Cell { return r.reason(d) }},
	}, evidence(d, func(r refusal) Row { return r.shown() })))}
}

// setAside are the records about the region that analysts call wrong.
func (d *Data) setAside() []refusal {
	inRegion := d.inRegion()
	var rows []refusal
	for _, r := range d.Rejected {
		if inRegion(r) {
			_, words := inWords(r.Detail)
			rows = append(rows, refusal{vigie.Refusal{Kind: r.Detail.Kind(), What: words, Mention: first(r)}, &r, nil})
		}
	}
	return rows
}

func (r refusal) id() string {
	if r.record != nil {
		return r.record.Row()
	}
	return r.Refusal.Row()
}

// named is what would have been stated; the code of a measure, an event, a theme in words.
func (r refusal) named() string {
	switch r.Kind {
	case vigie.KindFigure:
		return word(measureWords, r.What)
	case vigie.KindEvent:
		return word(eventWords, r.What)
	case vigie.KindPeriod:
		return word(subjectWords, r.What)
	case vigie.KindTheme:
		return word(themeWords, r.What)
	}
	return r.What
}

func (r refusal) reason(d *Data) Cell {
	if r.record == nil {
		return coded(reasonWords, r.Reason)
	}
	var by []string
	for _, v := range r.record.Decisions {
		by = append(by, strings.TrimSuffix("écarté par "+cmp.Or(v.By, "un analyste")+" : "+v.Why, " : "))
	}
	return Cell{Text: unbroken.Replace(strings.Join(by, "\n")), Code: "rejected"}
}

// shown is what the evidence is taken from: of a refusal a record of its words alone.
func (r refusal) shown() Row {
	if r.record != nil {
		return Row{ID: r.id(), Record: r.record}
	}
	return Row{ID: r.id(), Record: &vigie.Record{Detail: vigie.Label{Territory: r.What}, Mentions: []vigie.Mention{r.Mention}, Decisions: r.said}, refused: true}
}
