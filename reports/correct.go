package reports

import (
	"errors"
	"fmt"
	"strings"

	"vigie"
	"vigie/internal/french"
)

// A Correction is what an analyst's words make of a record.
type Correction struct {
	Fact    vigie.Fact // as the record is to be, with the evidence that it was decided on
	Changes []CellChange
}

// ErrSame is a correction that corrects nothing.
var ErrSame = errors.New("it says what the row says already: nothing to correct, or « exact »")

// A CellChange is one column before and after a correction, as the workbook shows it.
type CellChange struct{ Column, Before, After string }

// Names settles a name as analysts write it, or an official id, among entities of some
// types. What cannot be settled has the likeliest candidates.
type Names func(name string, in NameContext) (e vigie.Entity, candidates []vigie.Entity)

// A NameContext is what is known of whom a name may stand for.
type NameContext struct {
	Types            []string // of vigie.Ref
	Programme, Phase string   // of territories
	Day              vigie.Date
	Near             vigie.Ref // whom the row is about
}

// Correct reads a correction of the row that shows r, on the evidence of m: a value for
// the sheet's main column, or "Colonne : valeur", several parted by ";" or a line break.
// An error says what cannot be read and what would be.
func Correct(r vigie.Record, m vigie.Mention, text string, names Names) (Correction, error) {
	c := correcting{record: r, day: m.Published, names: names, columns: correctable(r.Detail)}
	before := c.values()
	done := map[string]bool{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' || r == '\r' }) {
		column, value, err := c.take(part)
		if err != nil {
			return Correction{}, err
		}
		if column.set == nil {
			continue
		}
		if done[column.name] {
			return Correction{}, fmt.Errorf("%s is corrected twice", column.name)
		}
		done[column.name] = true
		if err := column.set(&c, value); err != nil {
			return Correction{}, fmt.Errorf("%s: %w", column.name, err)
		}
	}
	out := Correction{Fact: vigie.Fact{Programme: c.record.Programme, Scope: c.record.Scope, Detail: c.record.Detail, Mention: m}}
	for i, after := range c.values() {
		if after != before[i] {
			out.Changes = append(out.Changes, CellChange{c.columns[i].name, before[i], after})
		}
	}
	if len(out.Changes) == 0 {
		return Correction{}, ErrSame
	}
	return out, valid(out.Fact)
}

// valid holds a corrected fact to what every fact is held to; its place in the text is
// that of what was read.
func valid(f vigie.Fact) error {
	var from, to vigie.Date
	switch d := f.Detail.(type) {
	case vigie.Label:
		if phase := phaseOf(d.TerritoryID); phase != "" && d.Phase != "" && phase != d.Phase {
			return fmt.Errorf("%s is not of that phase: correct Territoire too, by its official identifier", d.TerritoryID)
		}
	case vigie.Event:
		from, to = d.Date, d.DateEnd
	case vigie.Period:
		from, to = d.Date, d.DateEnd
	}
	if !from.First().IsZero() && !to.First().IsZero() && to.Last().Before(from.First()) {
		return errors.New("it ends before it begins")
	}
	f.Span = vigie.Span{End: len([]rune(f.Quote))}
	return f.Validate(f.Quote)
}

// correcting is a correction under way.
type correcting struct {
	record  vigie.Record
	day     vigie.Date // of publication: what relative dates count from
	names   Names
	columns []correctableColumn
}

func (c *correcting) values() []string {
	all := make([]string, len(c.columns))
	for i, column := range c.columns {
		all[i] = column.get(c.record)
	}
	return all
}

// take finds the column that a part of a correction is about, and its value.
func (c *correcting) take(part string) (correctableColumn, string, error) {
	part = unblanked(part)
	if part == "" {
		return correctableColumn{}, "", nil
	}
	name, value, named := strings.Cut(part, ":")
	if !named {
		return c.columns[0], part, nil
	}
	for _, column := range c.columns {
		for _, n := range append(column.also, column.name) {
			if french.Fold(unblanked(name)) == french.Fold(n) {
				return column, unblanked(value), nil
			}
		}
	}
	var known []string
	for _, column := range c.columns {
		known = append(known, column.name)
	}
	return correctableColumn{}, "", fmt.Errorf("« %s » is no column that can be corrected; those are %s", unblanked(name), strings.Join(known, ", "))
}

// unblanked takes away blanks of any kind at both ends, and quotation marks around.
func unblanked(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return r == '\u00a0' || r == '\u202f' || r == '\ufeff' || r == '\u200b' || french.Fold(string(r)) == " " || r == '\t'
	})
	if inner, ok := strings.CutPrefix(s, "«"); ok && strings.HasSuffix(inner, "»") {
		return unblanked(strings.TrimSuffix(inner, "»"))
	}
	return s
}
