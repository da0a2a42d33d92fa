package resolve_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/transform/resolve"
)

// TestHear: what analysts say of refusals is told, asked about where they differ, asked
// again where the page has other words, and makes no fact.
func TestHear(t *testing.T) {
	refused := func(document, what, quote string) vigie.Refusal {
		return vigie.Refusal{Kind: vigie.KindLabel, What: what, Reason: "negated", Mention: vigie.Mention{Citation: vigie.Citation{Document: vigie.DocumentID(document)}, Quote: quote}}
	}
	a, b, c := refused("1", "Saint-Lô", "Saint-Lô n'est pas retenu."), refused("1", "Saint-Lô", "Quant à Saint-Lô, non."), refused("2", "Saint-Lô", "Saint-Lô n'est pas retenu.")
	n := 0
	on := func(r vigie.Refusal, by string, v vigie.Verdict) vigie.Decision {
		n++
		return vigie.Decision{ID: fmt.Sprint("d", n), Key: r.Row(), Quote: r.Quote, By: by, Verdict: v, At: time.Date(2026, 3, 2, 4, n, 0, 0, time.UTC)}
	}
	elsewhere := vigie.Decision{ID: "other", Key: "0123456789abcdef-01234567", By: "A", Verdict: vigie.VerdictWrong}
	for _, tt := range []struct {
		name     string
		refusals []vigie.Refusal
		journal  []vigie.Decision
		on       map[string]string // by refusal
		doubts   string
		waiting  int
	}{
		{"nobody", []vigie.Refusal{a, b, c}, nil, nil, "", 0},
		{"one of three", []vigie.Refusal{a, b, c}, []vigie.Decision{on(a, "A", "right"), elsewhere}, map[string]string{"1 " + a.Quote: "A right"}, "", 1},
		{"the last word counts", []vigie.Refusal{a}, []vigie.Decision{on(a, "A", "wrong"), on(a, "A", "right")}, map[string]string{"1 " + a.Quote: "A right"}, "", 0},
		{"two who agree", []vigie.Refusal{c}, []vigie.Decision{on(c, "A", "right"), on(c, "B", "right")}, map[string]string{"2 " + c.Quote: "A right, B right"}, "", 0},
		{"two who do not", []vigie.Refusal{c}, []vigie.Decision{on(c, "A", "right"), on(c, "B", "wrong")}, map[string]string{"2 " + c.Quote: "A right, B wrong"}, "disputed", 0},
		{"not sure", []vigie.Refusal{c}, []vigie.Decision{on(c, "A", "unsure")}, map[string]string{"2 " + c.Quote: "A unsure"}, "unsure", 0},
		{"other words now", []vigie.Refusal{b}, []vigie.Decision{on(a, "A", "right")}, nil, "restated", 0},
		{"other words, and decided anew", []vigie.Refusal{b}, []vigie.Decision{on(a, "A", "right"), on(b, "A", "wrong")}, map[string]string{"1 " + b.Quote: "A wrong"}, "", 0},
		{"no refusal any more", nil, []vigie.Decision{on(a, "A", "right")}, nil, "", 1},
	} {
		got := resolve.Hear(tt.refusals, tt.journal)
		for _, r := range []vigie.Refusal{a, b, c} {
			var said []string
			for _, d := range got.On[vigie.RowKey(r.Row(), r.Quote)] {
				said = append(said, d.By+" "+string(d.Verdict))
			}
			if want := tt.on[string(r.Document)+" "+r.Quote]; strings.Join(said, ", ") != want {
				t.Errorf("%s: on %q of %s %q, want %q", tt.name, r.Quote, r.Document, said, want)
			}
		}
		var doubts []string
		for _, d := range got.Doubts {
			doubts = append(doubts, d.Why)
		}
		if strings.Join(doubts, ", ") != tt.doubts || len(got.Waiting) != tt.waiting {
			t.Errorf("%s: doubts %q, %d waiting; want %q, %d", tt.name, doubts, len(got.Waiting), tt.doubts, tt.waiting)
		}
	}
	if !resolve.Wrongly([]vigie.Decision{on(a, "A", "right")}) || resolve.Wrongly(nil) || resolve.Wrongly([]vigie.Decision{on(a, "A", "right"), on(a, "B", "wrong")}) {
		t.Error("refused wrongly is what all who decided say")
	}
}
