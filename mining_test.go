package vigie

import "testing"

func TestWithheld(t *testing.T) {
	reserved := Capture{OptOut: "meta tdm-reservation: 1"}
	of := func(kind string, m Mining) Source { return Source{Publisher: Publisher{Kind: kind}, Mining: m} }
	for _, tt := range []struct {
		name    string
		source  Source
		capture Capture
		want    string
	}{
		{"a newspaper that reserves nothing", of("presse", Mining{}), Capture{}, ""},
		{"a newspaper's reservation binds", of("presse", Mining{}), reserved, "meta tdm-reservation: 1"},
		{"words against learning machines do not", of("presse", Mining{}), Capture{OptOut: "robots.txt: content-signal: search=yes, ai-train=no; x-robots-tag: noai"}, ""},
		{"beside a reservation they are left out", of("presse", Mining{}), Capture{OptOut: "x-robots-tag: noai; tdmrep.json: 1"}, "tdmrep.json: 1"},
		{"so does an association's", of("association", Mining{}), reserved, "meta tdm-reservation: 1"},
		{"and one whose kind nobody knows", Source{}, reserved, "meta tdm-reservation: 1"},
		{"the State's documents may be reused", of("etat", Mining{}), reserved, ""},
		{"an agreement", of("presse", Mining{MiningPermitted, "accord du 3 mars 2026"}), reserved, ""},
		{"a letter", of("presse", Mining{MiningReserved, "courrier du 3 mars 2026"}), Capture{}, "fiche de la source : courrier du 3 mars 2026"},
		{"a letter of a public body", of("etat", Mining{MiningReserved, "photographies de tiers"}), Capture{}, "fiche de la source : photographies de tiers"},
	} {
		if got := tt.source.Withheld(tt.capture); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
