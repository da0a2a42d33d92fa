package reports

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"vigie"
)

// ofKind returns the records of some kinds that are about the region, in the order given.
func (d *Data) ofKind(kinds ...vigie.Kind) []vigie.Record {
	inRegion := d.inRegion()
	var found []vigie.Record
	for _, r := range d.Records {
		if slices.Contains(kinds, r.Detail.Kind()) && inRegion(r) {
			found = append(found, r)
		}
	}
	return found
}

// inRegion tells the records that the report shows: those about France, about the
// region, and about what lies in it, even in part. A territory that no official list
// knows lies where its label was announced. All others stay in the store.
func (d *Data) inRegion() func(vigie.Record) bool {
	announced := map[vigie.Ref]bool{vigie.France: true, d.Region.Ref: true}
	for _, r := range d.Records {
		if labelledIn(r, d.Region.ID) && r.Scope.Type != vigie.RefRegion {
			announced[r.Scope] = true
		}
	}
	return func(r vigie.Record) bool {
		if announced[r.Scope] || labelledIn(r, d.Region.ID) {
			return true
		}
		e, ok := d.entity(r.Scope)
		return ok && slices.Contains(e.Regions(), d.Region.ID)
	}
}

func labelledIn(r vigie.Record, region string) bool {
	l, ok := r.Detail.(vigie.Label)
	return ok && l.Region == region
}

func (d *Data) entity(r vigie.Ref) (vigie.Entity, bool) {
	if d.Entity == nil {
		return vigie.Entity{}, false
	}
	return d.Entity(r)
}

// place names whom a fact is about; what no list knows is named by its own words.
func (d *Data) place(r vigie.Ref) string {
	if r == vigie.France {
		return "France entière"
	}
	if e, ok := d.entity(r); ok {
		return e.Name
	}
	return r.ID
}

// places names several entities of one type, in the order given.
func (d *Data) places(kind string, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = d.place(vigie.Ref{Type: kind, ID: id})
	}
	return strings.Join(names, ", ")
}

// levels are the types of places from the widest to the narrowest.
var levels = []string{vigie.RefCountry, vigie.RefRegion, vigie.RefDepartement, vigie.RefTerritory, vigie.RefEPCI, vigie.RefCommune}

// placeKeys sort by place: the country first, then regions, and so on by name.
func (d *Data) placeKeys(r vigie.Ref) []string {
	return []string{strconv.Itoa(slices.Index(levels, r.Type)), d.place(r), r.ID}
}

// date is the report's day as dates are kept: midnight, UTC.
func (d *Data) date() time.Time {
	y, m, day := d.Day.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

// placesCell names them, and gives machines their codes.
func (d *Data) placesCell(kind string, ids []string) Cell {
	return Cell{Text: d.places(kind, ids), Code: strings.Join(ids, " ")}
}

// scopeField shows whom a record is about.
func (d *Data) scopeField() field[vigie.Record] {
	return field[vigie.Record]{
		column("scope_name", "Territoire ou portée", Text, 21, "De qui l'on parle : un territoire, une région, la France entière…"),
		func(r vigie.Record) Cell { return text(d.place(r.Scope)) },
	}
}

func (d *Data) programmeField() field[vigie.Record] {
	return field[vigie.Record]{
		column("programme", "Dispositif", Text, 17, "Le dispositif national de labellisation.").of(d.Programmes),
		func(r vigie.Record) Cell { return d.programmeCell(r.Programme) },
	}
}

func (d *Data) programmeCell(code string) Cell { return coded(d.Programmes, code) }

// knownOn is the day that the store was read as of: ages are counted to it.
func (d *Data) knownOn() time.Time {
	if d.Known.IsZero() {
		return d.date()
	}
	y, m, day := d.Known.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

func (d *Data) programme(code string) string { return word(d.Programmes, code) }

// leadProgramme is the one that workbooks are named for, and that comes first in them.
const leadProgramme = "territoires-industrie"

// programmeKey sorts by programme.
func (d *Data) programmeKey(code string) string {
	if code == leadProgramme {
		return ""
	}
	return d.programme(code)
}

// sortBy orders rows by the texts of their keys, as a French dictionary does, the first
// key first. Rows with equal keys keep their order.
func sortBy[R any](rows []R, keys func(R) []string) []R {
	type keyed struct {
		row  R
		keys [][]byte
	}
	c := newCollation()
	sorted := make([]keyed, len(rows))
	for i, r := range rows {
		texts := keys(r)
		sorted[i] = keyed{r, make([][]byte, len(texts))}
		for k, text := range texts {
			sorted[i].keys[k] = c.key(text)
		}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { return slices.CompareFunc(a.keys, b.keys, bytes.Compare) })
	for i, k := range sorted {
		rows[i] = k.row
	}
	return rows
}

// A collation makes of a text what sorts bytewise as the text does in a dictionary, once
// for texts that come again: comparing texts themselves took ten times as long.
type collation struct {
	*collate.Collator
	buffer collate.Buffer
	keys   map[string][]byte
}

func newCollation() *collation {
	return &collation{Collator: collate.New(language.French, collate.IgnoreCase, collate.Numeric), keys: map[string][]byte{}}
}

func (c *collation) key(text string) []byte {
	key, known := c.keys[text]
	if !known {
		key = bytes.Clone(c.KeyFromString(&c.buffer, text))
		c.buffer.Reset()
		c.keys[text] = key
	}
	return key
}
