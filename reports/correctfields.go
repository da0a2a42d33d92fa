package reports

import (
	"cmp"
	"errors"
	"slices"

	"vigie"
	"vigie/internal/french"
)

// labelTerritory changes whom a label is of, and so whom the record is about.
func (c *correcting) labelTerritory(typed string) error {
	e, err := c.named(typed, vigie.RefTerritory)
	if err != nil {
		return err
	}
	d := labelOf(c.record)
	d.Territory, d.TerritoryID = e.Name, e.ID
	if e.Phase != "" {
		d.Phase = e.Phase
	}
	c.record.Detail, c.record.Scope = d, bearer(e)
	return nil
}

// bearer is whom a label is about: the territory, or the commune where communes bear it.
func bearer(e vigie.Entity) vigie.Ref {
	if e.Phase == "" && len(e.Members) > 0 && e.Members[0].Type == vigie.RefCommune {
		return e.Members[0]
	}
	return e.Ref
}

func (c *correcting) memberTerritory(typed string) error {
	e, err := c.named(typed, vigie.RefTerritory)
	if err != nil {
		return err
	}
	d := memberOf(c.record)
	d.Territory, d.TerritoryID = e.Name, e.ID
	c.record.Detail, c.record.Scope = d, bearer(e)
	return nil
}

func (c *correcting) member(typed string) error {
	e, err := c.named(typed, vigie.RefEPCI, vigie.RefCommune)
	if err != nil {
		return err
	}
	d := memberOf(c.record)
	d.Member, d.MemberID, d.MemberIDCurrent = e.Name, e.ID, ""
	if len(e.Next) > 0 {
		d.MemberIDCurrent = e.Next[0]
	}
	c.record.Detail = d
	return nil
}

// scope changes whom a record is about.
func (c *correcting) scope(typed string) error {
	if slices.Contains([]string{"fr", "france", "france entiere", "national"}, french.Fold(typed)) {
		c.record.Scope = vigie.France
		return nil
	}
	e, err := c.named(typed, vigie.RefTerritory, vigie.RefRegion, vigie.RefDepartement, vigie.RefEPCI, vigie.RefCommune)
	if err != nil {
		return err
	}
	c.record.Scope = e.Ref
	return nil
}

// value changes an amount, its upper end where a range is typed, its unit where euros are.
func (c *correcting) value(typed string) error {
	v, most, unit, err := number(typed)
	if err != nil {
		return err
	}
	d := figure(c.record)
	d.Value, d.ValueMax, d.Unit = v, most, cmp.Or(unit, d.Unit)
	c.record.Detail = d
	return nil
}

func (c *correcting) maximum(typed string) error {
	d := figure(c.record)
	d.ValueMax = 0
	if typed != "" {
		v, most, _, err := number(typed)
		if err == nil && most != 0 {
			err = errors.New("a range, want its upper end")
		}
		if err != nil {
			return err
		}
		d.ValueMax = v
	}
	c.record.Detail = d
	return nil
}

// begins changes the first day, and the last where a span is typed.
func (c *correcting) begins(typed string) error {
	from, to, err := c.date(typed)
	if err != nil {
		return err
	}
	if to == "" {
		to = entry(c.record).DateEnd
	}
	c.setDates(from, to)
	return nil
}

func (c *correcting) ends(typed string) error {
	until, after, err := c.date(typed)
	if err == nil && after != "" {
		err = errors.New("two dates, want one")
	}
	if err != nil {
		return err
	}
	c.setDates(entry(c.record).Date, until)
	return nil
}

func (c *correcting) setDates(from, to vigie.Date) {
	switch d := c.record.Detail.(type) {
	case vigie.Event:
		d.Date, d.DateEnd = from, to
		c.record.Detail = d
	case vigie.Period:
		d.Date, d.DateEnd = from, to
		c.record.Detail = d
	}
}

// nature changes what happened, or what lasts; one does not become the other.
func (c *correcting) nature(typed string) (err error) {
	switch d := c.record.Detail.(type) {
	case vigie.Event:
		d.Event, err = required(coder(eventWords)).read(c, typed)
		c.record.Detail = d
	case vigie.Period:
		d.Subject, err = required(coder(subjectWords)).read(c, typed)
		c.record.Detail = d
	}
	return err
}

func (c *correcting) planned(typed string) error {
	d := entry(c.record)
	switch french.Fold(typed) {
	case "prevu", "prevue", "oui":
		d.Planned = true
	case "", "non":
		d.Planned = false
	default:
		return errors.New("want « prévu », or nothing after the colon")
	}
	c.record.Detail = d
	return nil
}

func (c *correcting) place(typed string) (err error) {
	d := entry(c.record)
	d.Place, err = freeText.read(c, typed)
	c.record.Detail = d
	return err
}

func (c *correcting) theme(typed string) error {
	code, err := required(coder(themeWords)).read(c, typed)
	c.record.Detail = vigie.Theme{Theme: code}
	return err
}
