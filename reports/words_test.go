package reports

import (
	"strings"
	"testing"

	"vigie"
)

// Every code that a fact may hold has its French: a fact with a code that none has is
// refused with the list of those that are, which is where the test takes them from.
func TestEveryCodeHasItsWord(t *testing.T) {
	for name, c := range map[string]struct {
		wrong vigie.Detail
		words map[string]string
	}{
		"status":      {vigie.Label{Territory: "x", Status: "?"}, statusWords},
		"body":        {vigie.Role{Holder: "x", Body: "?", Role: "pilote", HolderKind: "person"}, bodyWords},
		"role":        {vigie.Role{Holder: "x", Body: "conseil", Role: "?", HolderKind: "person"}, roleWords},
		"holder_kind": {vigie.Role{Holder: "x", Body: "conseil", Role: "pilote", HolderKind: "?"}, holderWords},
		"measure":     {vigie.Figure{Measure: "?", Unit: "1"}, measureWords},
		"unit":        {vigie.Figure{Measure: "epci", Unit: "?"}, unitWords},
		"event":       {vigie.Event{Event: "?"}, eventWords},
		"subject":     {vigie.Period{Subject: "?", Date: "2019"}, subjectWords},
		"theme":       {vigie.Theme{Theme: "?"}, themeWords},
	} {
		err := vigie.Fact{Programme: "p", Scope: vigie.France, Detail: c.wrong, Mention: vigie.Mention{Quote: "x", Span: vigie.Span{End: 1}}}.Validate("x")
		if err == nil {
			t.Fatalf("%s: a wrong code passes", name)
		}
		_, list, found := strings.Cut(err.Error(), name+` "?" is none of `)
		if !found {
			t.Fatalf("%s: %q does not list the codes", name, err)
		}
		codes := strings.Split(list, ", ")
		if len(codes) < 2 || len(codes) != len(c.words) {
			t.Errorf("%s: %d codes, %d words", name, len(codes), len(c.words))
		}
		for _, code := range codes {
			if c.words[code] == "" {
				t.Errorf("%s: %q has no French", name, code)
			}
		}
	}
}

func TestWord(t *testing.T) {
	if got := word(roleWords, "arbitre"); got != "arbitre" {
		t.Errorf("an unknown code is shown as %q, want itself", got)
	}
}

func TestDateWords(t *testing.T) {
	for d, want := range map[vigie.Date]string{
		"2019-02-01": "1er février 2019", "2019-12-25": "25 décembre 2019", "2019-08": "août 2019", "2019": "2019",
		"--02-01": "1er février (année non précisée)", "--05": "mai (année non précisée)", "--02-29": "29 février (année non précisée)", "": "",
	} {
		if got := dateWords(d); got != want {
			t.Errorf("dateWords(%q) = %q, want %q", d, got, want)
		}
	}
}
