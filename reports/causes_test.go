package reports

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
)

// TestOneThingHasOneCause changes one thing about each record in turn, and nothing else:
// whatever rows that moves, in whatever sheet, only its cause is told.
func TestOneThingHasOneCause(t *testing.T) {
	whole := normandie(t)
	before := yesterday(t, whole)
	for _, tt := range []struct {
		name   string
		change func(d *Data, past *Past, i int)
		cause  Cause
	}{
		{"a new document says it too", func(d *Data, _ *Past, i int) {
			m := first(d.Records[i])
			m.Document, m.Publisher, m.Published = "new", "Une autre agence", "2025-07-14"
			d.Records[i].Mentions = append(slices.Clone(d.Records[i].Mentions), m)
			d.Readings["new"] = Reading{"source", "digest", "1"}
		}, World},
		{"a new document turns out to be what others repeat", func(d *Data, _ *Past, i int) {
			r := &d.Records[i]
			r.Origins = make([]vigie.DocumentID, len(r.Mentions))
			for k := range r.Origins {
				r.Origins[k] = "original"
			}
			d.Readings["original"] = Reading{"source", "digest", "1"}
		}, World},
		{"its pages were edited and say it no more", func(d *Data, _ *Past, i int) {
			reread(d, d.Records[i], Reading{"source", "edited", "1"})
			d.Records = slices.Delete(d.Records, i, i+1)
		}, Source},
		{"its pages were edited and say it otherwise", func(d *Data, _ *Past, i int) {
			r := &d.Records[i]
			reread(d, *r, Reading{"source", "edited", "1"})
			r.Mentions = slices.Clone(r.Mentions)
			for k := range r.Mentions {
				r.Mentions[k].Quote += ", ou presque"
			}
		}, Source},
		{"other rules do not find it", func(d *Data, _ *Past, i int) {
			reread(d, d.Records[i], Reading{"source", "digest", "2"})
			d.Rules = "2"
			d.Records = slices.Delete(d.Records, i, i+1)
		}, Vigie},
		{"it is lost and nobody knows why", func(d *Data, _ *Past, i int) { d.Records = slices.Delete(d.Records, i, i+1) }, Vigie},
		{"an analyst calls it wrong", func(d *Data, past *Past, i int) {
			r := d.Records[i]
			r.Decisions = []vigie.Decision{decided(r, vigie.VerdictWrong)}
			past.Decisions, past.Journal = r.Decisions, r.Decisions
			d.Records, d.Rejected = slices.Delete(d.Records, i, i+1), append(slices.Clone(d.Rejected), r)
		}, Analyst},
		{"an analyst calls it right", func(d *Data, past *Past, i int) {
			r := &d.Records[i]
			r.Decisions = []vigie.Decision{decided(*r, vigie.VerdictRight)}
			past.Decisions, past.Journal = r.Decisions, r.Decisions
		}, Analyst},
		{"its document was erased", func(d *Data, past *Past, i int) {
			past.Forgotten = map[vigie.DocumentID]bool{}
			for _, m := range d.Records[i].Mentions {
				past.Forgotten[m.Document] = true
			}
			d.Records = slices.Delete(d.Records, i, i+1)
		}, Analyst},
	} {
		for i, r := range whole.Records {
			d, past := *whole, *before
			d.Records, d.Readings = slices.Clone(whole.Records), maps.Clone(before.Readings)
			tt.change(&d, &past, i)
			onlyCause(t, fmt.Sprintf("%s, %s", tt.name, d.inShortWords(r)), Compare(&d, &past), tt.cause)
		}
	}
}

// TestADecisionTakenBack brings rows back: the analyst did that, and nobody else.
func TestADecisionTakenBack(t *testing.T) {
	fixture := normandie(t)
	whole := fixture.Records
	for i, r := range whole {
		d := *fixture
		made := decided(r, vigie.VerdictWrong)
		r.Decisions = []vigie.Decision{made}
		d.Records, d.Rejected = slices.Delete(slices.Clone(whole), i, i+1), append(slices.Clone(d.Rejected), r)
		past := yesterday(t, &d)
		for _, m := range r.Mentions {
			past.Readings[m.Document], d.Readings[m.Document] = Reading{"source", "digest", "1"}, Reading{"source", "digest", "1"}
		}
		d.Records, d.Rejected = whole, fixture.Rejected
		undo := vigie.Decision{ID: "undo", Key: made.Key, Undoes: made.ID, By: "B. Petit", At: made.At.Add(time.Hour)}
		past.Decisions, past.Journal = []vigie.Decision{undo}, []vigie.Decision{made, undo}
		onlyCause(t, "taken back, "+d.inShortWords(whole[i]), Compare(&d, past), Analyst)
	}
}

// TestEachTellsItsOwnDecision: one sentence states many rows, and what was decided on one of
// them is told of no other.
func TestEachTellsItsOwnDecision(t *testing.T) {
	d := normandie(t)
	past := yesterday(t, d)
	for i := range d.Records {
		r := &d.Records[i]
		v := decided(*r, vigie.VerdictRight)
		v.ID, v.By = r.Row(), "analyste "+r.Row()
		if i%2 == 0 {
			v.Verdict = vigie.VerdictWrong
			d.Rejected = append(d.Rejected, *r)
		}
		r.Decisions = []vigie.Decision{v}
		past.Decisions = append(past.Decisions, v)
	}
	past.Journal = past.Decisions
	kept := d.Records[:0:0]
	for i, r := range d.Records {
		if i%2 == 1 {
			kept = append(kept, r)
		}
	}
	d.Records = kept
	changes := Compare(d, past)
	onlyCause(t, "many decisions", changes, Analyst)
	for _, c := range changes {
		if c.How != Removed && c.touches("decided") && strings.Count(c.Why, "analyste ") != 1 {
			t.Errorf("%q: %s", told([]Change{c}), c.Why)
		}
	}
}

func onlyCause(t *testing.T, name string, changes []Change, cause Cause) {
	t.Helper()
	for _, c := range changes {
		if !slices.Equal(c.Causes, []Cause{cause}) {
			t.Errorf("%s: %q, %q; want %q alone", name, told([]Change{c}), c.Why, cause)
		}
	}
}

// reread gives all documents of a record another reading.
func reread(d *Data, r vigie.Record, now Reading) {
	for _, m := range r.Mentions {
		d.Readings[m.Document] = now
	}
}

func decided(r vigie.Record, v vigie.Verdict) vigie.Decision {
	return vigie.Decision{
		ID: "made", Key: r.Row(), Quote: first(r).Quote, Verdict: v, By: "A. Martin", At: time.Date(2025, 7, 14, 9, 0, 0, 0, time.UTC),
	}
}

// TestTheDayComes: a label that was announced for a later day is told on that day, and a
// member that ceases to exist on its last; the world did that, with no new document.
func TestTheDayComes(t *testing.T) {
	d := normandie(t)
	i := slices.IndexFunc(d.Records, func(r vigie.Record) bool { _, ok := r.Detail.(vigie.Label); return ok && r.Scope.ID == "ti-2808@2018" })
	l := d.Records[i].Detail.(vigie.Label)
	l.Date = "2025-07-15"
	d.Records[i].Detail = l
	whole := d.Records
	d.Records = slices.Delete(slices.Clone(whole), i, i+1)
	past := yesterday(t, d)
	for _, m := range whole[i].Mentions {
		past.Readings[m.Document], d.Readings[m.Document] = Reading{"source", "digest", "1"}, Reading{"source", "digest", "1"}
	}
	d.Records = whole
	changes := Compare(d, past)
	onlyCause(t, "a label's day", changes, World)
	if len(changes) == 0 || changes[0].Why != "la situation est celle du 15 juillet 2025, et non plus du 14 juillet 2025" {
		t.Errorf("%d changes: %+v", len(changes), changes)
	}

	d = normandie(t)
	past = yesterday(t, d)
	known := d.Entity
	d.Entity = func(r vigie.Ref) (vigie.Entity, bool) {
		e, ok := known(r)
		if r.Type == vigie.RefEPCI {
			e.Until = "2025-07-14"
		}
		return e, ok
	}
	if changes = Compare(d, past); len(changes) == 0 {
		t.Error("members cease to exist, and nothing is told")
	}
	onlyCause(t, "a member's last day", changes, World)
}

// restate lets a new document say what the first record says.
func restate(d *Data) {
	m := first(d.Records[0])
	m.Document, m.Publisher = "new", "Une autre agence"
	d.Records[0].Mentions = append(slices.Clone(d.Records[0].Mentions), m)
	d.Readings["new"] = Reading{"source", "digest", "1"}
}

// TestOfTwoThingsEachHasItsCause: a new official table and a new document in one night do
// not lend each other their rows.
func TestOfTwoThingsEachHasItsCause(t *testing.T) {
	d := normandie(t)
	past := yesterday(t, d)
	restate(d)
	d.Lists = "of today"
	d.Official = slices.Clone(d.Official)
	for i := range d.Official {
		d.Official[i].Members = append(slices.Clone(d.Official[i].Members), vigie.Ref{Type: vigie.RefEPCI, ID: "200000008"})
	}
	var world, vigies int
	for _, c := range Compare(d, past) {
		switch {
		case slices.Equal(c.Causes, []Cause{World}) && c.Row == d.Records[0].Row():
			world++
		case slices.Equal(c.Causes, []Cause{Vigie}) && c.Why == "nouvelle table officielle":
			vigies++
		case !slices.Equal(c.Causes, []Cause{World, Vigie}) || c.Row != d.Records[0].Row():
			t.Errorf("%q: %s", told([]Change{c}), c.Why)
		}
	}
	if world+vigies < 2 || vigies == 0 {
		t.Errorf("%d of the document, %d of the table", world, vigies)
	}
}

// TestColumnsOfAnotherVersion: a column that the edition did not have, one that is gone and
// one that has another name are a line each of their sheet, and no row's news.
func TestColumnsOfAnotherVersion(t *testing.T) {
	for _, keyed := range []bool{true, false} { // editions kept before columns had keys in them
		d := normandie(t)
		past := yesterday(t, d)
		for i, s := range past.Content.Sheets {
			if s.Name != "Chiffres" {
				continue
			}
			payer := slices.Index(s.Columns, "Financeur")
			s.Columns = slices.Clone(s.Columns)
			s.Columns[slices.Index(s.Columns, "Unité")] = "Unités"
			s.Columns = append(slices.Delete(s.Columns, payer, payer+1), "Remarque")
			s.Keys = append(slices.Delete(slices.Clone(s.Keys), payer, payer+1), "remark")
			for n, row := range s.Rows {
				s.Rows[n].Cells = append(slices.Delete(slices.Clone(row.Cells), payer, payer+1), "vu")
			}
			if !keyed {
				s.Keys = nil
			}
			past.Content.Sheets[i] = s
		}
		changes := Compare(d, past)
		if len(changes) != 1 || changes[0].How != Recast || !slices.Equal(changes[0].Causes, []Cause{Vigie}) {
			t.Fatalf("%q", told(changes))
		}
		want := "Colonnes comparées pour la première fois : Financeur\nColonnes qui n'existent plus : Remarque\nColonnes qui ont changé de nom : Unité (avant : Unités)"
		if !keyed {
			want = "Colonnes comparées pour la première fois : Unité, Financeur\nColonnes qui n'existent plus : Unités, Remarque"
		}
		if changes[0].Why != want {
			t.Errorf("got %q, want %q", changes[0].Why, want)
		}
		if got := Gate(d, Delivers(Tables(d)), past, changes); got != nil {
			t.Errorf("refused: %+v", got)
		}
	}
}

// TestEvidenceIsToldQuietly: who says it too is one line, after all that is news.
func TestEvidenceIsToldQuietly(t *testing.T) {
	d := normandie(t)
	past := yesterday(t, d)
	restate(d)
	gone := d.Records[len(d.Records)-1]
	reread(d, gone, Reading{"source", "edited", "1"})
	d.Records = d.Records[:len(d.Records)-1]
	changes := Compare(d, past)
	if len(changes) < 2 {
		t.Fatalf("%q", told(changes))
	}
	last := changes[len(changes)-1]
	if last.How != Backed || last.Row != d.Records[0].Row() || changes[0].How == Backed {
		t.Errorf("%q", told(changes))
	}
	if got := last.columns(); strings.Contains(got, "\n") || !strings.HasPrefix(got, "Preuves : ") || !strings.Contains(got, "Documents 2 → 3") && !strings.Contains(got, "Documents 1 → 2") {
		t.Errorf("got %q", got)
	}
	d.Changes = changes
	if got := d.causesInShort(); !strings.Contains(got, "seules les preuves changent : 1 ligne") {
		t.Errorf("in short: %q", got)
	}
}

// TestComparedColumnsExist: the comparison knows columns by name or key, and each is there.
func TestComparedColumnsExist(t *testing.T) {
	d := normandie(t)
	var keys []string
	for _, r := range followed() {
		for _, table := range r.Tables(d) {
			s := Delivers([]Table{table}).Sheets[0]
			keys = append(keys, s.Keys...)
			if labelColumns[s.Name] == nil {
				t.Errorf("nothing says what a row of %s is about", s.Name)
			}
			for _, name := range labelColumns[s.Name] {
				if !slices.Contains(s.Columns, name) {
					t.Errorf("%s has no column %s", s.Name, name)
				}
			}
		}
	}
	for _, name := range heirColumns {
		if i := slices.IndexFunc(labels{}.Tables(d)[1].Columns, func(c Column) bool { return c.Name == name }); i < 0 {
			t.Errorf("Composition has no column %s", name)
		}
	}
	for _, key := range slices.Concat(unfollowed, proofs, besides, listed, daily, []string{"decided"}) {
		if !slices.Contains(keys, key) {
			t.Errorf("no sheet has a column %s", key)
		}
	}
}
