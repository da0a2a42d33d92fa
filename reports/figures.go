package reports

import (
	"cmp"
	"slices"

	"vigie"
)

// figures reports counts and amounts as stated: what several documents say of one
// thing stands side by side, and nothing is added up.
type figures struct{}

func (figures) Name() string { return "figures" }

func (figures) Tables(d *Data) []Table {
	fields := d.withEvidence([]field[vigie.Record]{
		{column("measure", "Mesure", Text, 20, "Ce qui est compté ou mesuré.").of(measureWords), func(r vigie.Record) Cell { return coded(measureWords, figure(r).Measure) }},
		{column("value", "Valeur", Count, 15, "Le nombre énoncé, ou le bas d'une fourchette."), func(r vigie.Record) Cell { return amount(figure(r), figure(r).Value) }},
		{column("value_max", "Maximum", Count, 12, "Le haut d'une fourchette ; vide où il n'y en a pas."), func(r vigie.Record) Cell { return upper(figure(r)) }},
		{column("unit", "Unité", Text, 9, "Nombre ou euros.").of(unitWords), func(r vigie.Record) Cell { return coded(unitWords, figure(r).Unit) }},
		d.scopeField(),
		{column("payer", "Financeur", Text, 17, "Qui paie, où la phrase le dit."), func(r vigie.Record) Cell { return text(figure(r).Payer) }},
		d.programmeField(),
	})
	rows := d.ofKind(vigie.KindFigure)
	slices.SortStableFunc(rows, byValue)
	sortBy(rows, func(r vigie.Record) []string {
		return append([]string{d.programmeKey(r.Programme), word(measureWords, figure(r).Measure)}, d.placeKeys(r.Scope)...)
	})
	return []Table{fill(Table{
		Name: "Chiffres", Title: "Chiffres énoncés",
		Note: "Une ligne par valeur énoncée : deux sources qui divergent donnent deux lignes voisines. « De 10 à 30 » a pour valeur 10 et pour maximum 30.",
	}, rows, shows, fields)}
}

func figure(r vigie.Record) vigie.Figure { return r.Detail.(vigie.Figure) }

func amount(f vigie.Figure, value float64) Cell {
	if f.Unit == vigie.UnitEuro {
		return Cell{Type: Euro, Number: value}
	}
	return Cell{Type: Count, Number: value}
}

// upper is a range's upper end, empty where there is none.
func upper(f vigie.Figure) Cell {
	if f.ValueMax == 0 {
		return Cell{}
	}
	return amount(f, f.ValueMax)
}

func byValue(a, b vigie.Record) int {
	f, g := figure(a), figure(b)
	return cmp.Or(cmp.Compare(f.Value, g.Value), cmp.Compare(f.ValueMax, g.ValueMax), cmp.Compare(f.Payer, g.Payer))
}
