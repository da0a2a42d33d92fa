package reports

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

// A key leads back to the row, whatever becomes of its cells, and to the words decided on.
func TestKeys(t *testing.T) {
	said := label("ti-2801@2018", vigie.Labelled, "2018-11-22")
	again := label("ti-2801@2018", vigie.Labelled, "2020-01-01")
	again.Mentions[0].Quote = "d'autres mots"
	key, other := shows(said).Key(), shows(again).Key()
	if want := said.Row() + "-6cc8d297"; key != want {
		t.Errorf("got %s, want %s", key, want)
	}
	if key == other || key[:17] != other[:17] {
		t.Errorf("%s and %s: want one row and two quotes", key, other)
	}
	if got := (Row{ID: said.Row()}).Key(); got != said.Row()+"-liste" {
		t.Errorf("a row that only a list gives: %s", got)
	}
}

func TestDecisionsAreTold(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	d := &Data{Day: time.Date(2026, 11, 24, 4, 0, 0, 0, paris)}
	r := vigie.Record{Decisions: []vigie.Decision{
		{Verdict: vigie.VerdictRight, By: "A. Martin", At: time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)},
		{Verdict: vigie.VerdictCorrect, Correction: "12", By: "B. Petit", At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)},
	}}
	want := "exact, A. Martin, 23/11/2026\nà corriger («\u00a012\u00a0»), B. Petit, 23/11/2026"
	if got := d.decided(Row{Record: &r}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Every grid of records offers the verdicts, delivers the answers empty and hides the key.
func TestGridsAskForDecisions(t *testing.T) {
	d := normandie(t)
	for _, report := range []Report{labels{}, governance{}, figures{}, timeline{}, themes{}} {
		for _, table := range report.Tables(d) {
			f := openWritten(t, table)
			column := func(name string) int {
				return slices.IndexFunc(table.Columns, func(c Column) bool { return c.Name == name })
			}
			for row := range table.Rows {
				answers := []string{row.Cells[column(VerdictColumn)].Text, row.Cells[column(CorrectionColumn)].Text, row.Cells[column(WhyColumn)].Text}
				if strings.Join(answers, "") != "" || row.Cells[column(KeyColumn)].Text != row.Key() {
					t.Errorf("%s: row %s is delivered with %q under key %q", table.Name, row.ID, answers, row.Cells[column(KeyColumn)].Text)
				}
			}
			if visible, err := f.GetColVisible(table.Name, columnName(column(KeyColumn))); visible || err != nil {
				t.Errorf("%s: the key is in sight (%v)", table.Name, err)
			}
			offered, err := f.GetDataValidations(table.Name)
			if err != nil || len(offered) != 1 {
				t.Fatalf("%s: %d lists, %v", table.Name, len(offered), err)
			}
			if diff := cmp.Diff(`"exact,faux,à corriger,pas sûr"`, offered[0].Formula1); diff != "" {
				t.Errorf("%s: %s", table.Name, diff)
			}
		}
	}
}

func TestEditionIsInTheWorkbook(t *testing.T) {
	d := normandie(t)
	d.Edition = "20250715T023000-normandie"
	f := openAs(t, d, labels{}.Tables(d)...)
	props, err := f.GetCustomProps()
	if err != nil || len(props) != 1 || props[0].Name != EditionProperty || props[0].Value != d.Edition {
		t.Errorf("got %v, %v", props, err)
	}
}
