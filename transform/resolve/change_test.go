package resolve

import (
	"slices"
	"testing"

	"vigie"
)

func TestChanges(t *testing.T) {
	theme := func(code, quote string, start int) vigie.Fact {
		f := said("doc", "2019-01-01", vigie.France, vigie.Theme{Theme: code})
		f.Quote, f.Span = quote, vigie.Span{Start: start, End: start + len(quote)}
		return f
	}
	event := func(place string) vigie.Fact {
		return said("doc", "2019-01-01", vigie.France, vigie.Event{Event: "launch", Date: "2018", Place: place})
	}
	before := []vigie.Fact{theme("formation", "former", 10), theme("foncier", "foncier", 20), theme("innovation", "innover", 30), event("")}
	after := []vigie.Fact{theme("formation", "former", 10), theme("innovation", "innover", 33), theme("numerique", "numérique", 50), event("Lyon")}
	var got []string
	for _, c := range Changes(before, after) {
		f := c.After
		if c.How == Lost {
			f = c.Before
		}
		got = append(got, c.How+" "+f.Quote)
	}
	want := []string{"gained numérique", "lost foncier", "reworded doc", "moved innover"}
	if !slices.Equal(got, want) {
		t.Errorf("Changes: %q, want %q", got, want)
	}
	if same := Changes(before, before); len(same) > 0 {
		t.Errorf("a reading differs from itself: %v", same)
	}
}
