package reports

import (
	"strings"
	"testing"

	"vigie"
)

func TestDocumentsCountOnce(t *testing.T) {
	ms := []vigie.Mention{{Citation: vigie.Citation{Document: "a"}}, {Citation: vigie.Citation{Document: "a"}}, {Citation: vigie.Citation{Document: "b"}}}
	if got := documents(ms); got != 2 {
		t.Errorf("got %d documents, want 2", got)
	}
}

// TestReprisesCountOnce: who republishes a text is named, and no source of its own.
func TestReprisesCountOnce(t *testing.T) {
	said := func(document, publisher string) vigie.Mention {
		return vigie.Mention{Citation: vigie.Citation{Document: vigie.DocumentID(document), Publisher: publisher}}
	}
	ms := []vigie.Mention{said("a", "Préfecture"), said("b", "Ouest"), said("c", "Manche"), said("d", "Ouest"), said("e", "Agence"), said("f", "CCI")}
	for _, tt := range []struct {
		origins  []vigie.DocumentID
		sources  float64
		repeated string
	}{
		{nil, 5, ""},
		{[]vigie.DocumentID{"", "a", "a", "a", "", ""}, 3, "Ouest Manche"},
		{[]vigie.DocumentID{"", "", "", "a", "x", "x"}, 4, "Ouest Agence CCI"}, // x does not state it itself
	} {
		r := vigie.Record{Mentions: ms, Origins: tt.origins}
		if got := speakers(&r).Number; got != tt.sources {
			t.Errorf("%v: %v sources, want %v", tt.origins, got, tt.sources)
		}
		if got := strings.Join(reprises(r), " "); got != tt.repeated {
			t.Errorf("%v: repeated by %q, want %q", tt.origins, got, tt.repeated)
		}
	}
}
