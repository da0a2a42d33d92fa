package reports

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// yesterday is the report as an edition, of which the data have every document as it was.
func yesterday(t *testing.T, d *Data) *Past {
	t.Helper()
	content := Delivers(followedTables(d))
	text, err := content.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if content, err = ReadContent(bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	p := &Past{Edition: vigie.Edition{ID: "28-before", Day: "2025-07-14", Version: d.Version, Rules: d.Rules, Lists: d.Lists}, Content: content, Readings: map[vigie.DocumentID]Reading{}}
	d.Readings = map[vigie.DocumentID]Reading{}
	for _, r := range d.Records {
		for _, m := range r.Mentions {
			p.Readings[m.Document] = Reading{"source", "digest", "1"}
			d.Readings[m.Document] = Reading{"source", "digest", "1"}
		}
	}
	return p
}

// told are the changes, one a line.
func told(all []Change) []string {
	var lines []string
	for _, c := range all {
		lines = append(lines, strings.Join([]string{c.Sheet, c.Label, c.How, c.causes()}, " | "))
	}
	return lines
}

func TestNothingIsNoChange(t *testing.T) {
	d := normandie(t)
	if got := Compare(d, yesterday(t, d)); len(got) > 0 {
		t.Errorf("nothing changed: %q", told(got))
	}
	if got := Compare(d, nil); got != nil {
		t.Errorf("with nothing to compare with: %q", told(got))
	}
}

// TestANewOfficialTable changes the list and nothing else.
func TestANewOfficialTable(t *testing.T) {
	d := normandie(t)
	past := yesterday(t, d)
	d.Lists = "of today"
	d.Official = slices.Clone(d.Official)
	d.Official[4].Name = "Axe Seine et estuaire" // ti-2802@2023, of which no document speaks
	changes := Compare(d, past)
	if len(changes) == 0 {
		t.Fatal("a new list changed nothing")
	}
	for _, c := range changes {
		if len(c.Causes) != 1 || c.Causes[0] != Vigie {
			t.Errorf("%s: want %q alone", told([]Change{c}), Vigie)
		}
	}
	if i := slices.IndexFunc(changes, func(c Change) bool { return c.Why == "nouvelle table officielle" }); i < 0 {
		t.Errorf("no change says so: %q", told(changes))
	}
}

// TestAPressQuoteIsCut also where a change tells the words of before and after.
func TestAPressQuoteIsCut(t *testing.T) {
	d := normandie(t)
	past := yesterday(t, d)
	long := strings.Repeat("Un long article de presse, que nul rapport ne reprend en entier. ", 12)
	for i, r := range d.Records {
		for k, m := range r.Mentions {
			if d.Press(m) {
				d.Records[i].Mentions[k].Quote = long
				d.Readings[m.Document] = Reading{"source", "edited", "1"}
			}
		}
	}
	changes := Compare(d, past)
	if len(changes) == 0 {
		t.Fatal("an edited article changed nothing")
	}
	for _, c := range changes {
		if !c.by(Source) || strings.Contains(c.Why, long[:300]) || !strings.Contains(c.Why, "[…]") {
			t.Errorf("%q: %s", told([]Change{c}), c.Why)
		}
	}
}

func TestGateHoldsTheListsFirst(t *testing.T) {
	d := normandie(t)
	content := Delivers(Tables(d))
	if got := Gate(d, content, nil, nil); got != nil {
		t.Errorf("a whole report is refused: %q", got)
	}
	for i, s := range content.Sheets {
		if s.Name == "Territoires" {
			content.Sheets[i].Rows = slices.DeleteFunc(s.Rows, func(r ContentRow) bool { return s.cell(r, "Territoire") == "Sud Manche" })
		}
	}
	got := Gate(d, content, nil, nil)
	if len(got) != 1 || !strings.Contains(got[0].Words, "a 3 entrées pour Normandie, la feuille Territoires en a 2 ; il manque Sud Manche.") {
		t.Errorf("without Sud Manche: %q", got)
	}
}
