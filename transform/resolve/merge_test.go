package resolve

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

func said(doc, published string, scope vigie.Ref, d vigie.Detail) vigie.Fact {
	return vigie.Fact{
		Programme: "territoires-industrie", Scope: scope, Detail: d,
		Mention: vigie.Mention{Citation: vigie.Citation{Document: vigie.DocumentID(doc), Published: vigie.Date(published)}, Quote: doc},
	}
}

func TestRecordsMergeWhatIsEqual(t *testing.T) {
	axe := vigie.Ref{Type: vigie.RefTerritory, ID: "ti-2801@2018"}
	label := vigie.Label{Territory: "Axe Seine", TerritoryID: "ti-2801@2018", Region: "28", Phase: "2018", Status: vigie.Labelled}
	dated := label
	dated.Date = "2018-11-22"
	facts := []vigie.Fact{
		said("late", "2019-02-14", axe, label),
		said("early", "2018-11-23", axe, dated),
		said("undated", "", axe, label),
		said("count124", "2018-11-22", vigie.France, vigie.Figure{Measure: "territories", Value: 124, Unit: "1"}),
		said("count136", "2019-03-07", vigie.France, vigie.Figure{Measure: "territories", Value: 136, Unit: "1"}),
	}
	got := Records(facts)
	if len(got) != 3 {
		t.Fatalf("Records: %d records, want 3: a label and two figures that differ", len(got))
	}
	var docs []vigie.DocumentID
	for _, m := range got[0].Mentions {
		docs = append(docs, m.Document)
	}
	if want := []vigie.DocumentID{"early", "late", "undated"}; !slices.Equal(docs, want) {
		t.Errorf("mentions come as %v, want oldest first, undated last: %v", docs, want)
	}
	if diff := cmp.Diff(vigie.Detail(dated), got[0].Detail); diff != "" {
		t.Errorf("the record's label is not the fullest (-want +got):\n%s", diff)
	}
}

func TestRecordsDoNotHangOnTheOrderOfFacts(t *testing.T) {
	facts := []vigie.Fact{
		said("a", "2019-01-01", vigie.France, vigie.Theme{Theme: "formation"}),
		said("b", "2018-01-01", vigie.France, vigie.Theme{Theme: "innovation"}),
		said("c", "2017-01-01", vigie.France, vigie.Theme{Theme: "formation"}),
	}
	want := Records(facts)
	slices.Reverse(facts)
	if diff := cmp.Diff(want, Records(facts)); diff != "" {
		t.Errorf("records differ with the order of facts (-want +got):\n%s", diff)
	}
}
