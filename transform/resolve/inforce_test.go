package resolve_test

import (
	"slices"
	"strings"
	"testing"

	"vigie"
	"vigie/transform/resolve"
)

// TestInForce looks at one territory's history from several days.
func TestInForce(t *testing.T) {
	fact := func(published vigie.Date, d vigie.Detail) vigie.Fact {
		return vigie.Fact{
			Programme: "territoires-industrie", Scope: vigie.Ref{Type: vigie.RefTerritory, ID: "ti-2808@2018"}, Detail: d,
			Mention: vigie.Mention{Citation: vigie.Citation{Published: published}},
		}
	}
	label := func(published vigie.Date, status string, stated vigie.Date) vigie.Fact {
		return fact(published, vigie.Label{Territory: "Sud Manche", TerritoryID: "ti-2808@2018", Phase: "2018", Status: status, Date: stated})
	}
	facts := map[string]vigie.Fact{
		"candidate":     label("2018-09-01", vigie.Candidate, ""),
		"labelled":      label("2018-12-05", vigie.Labelled, "2018-11-22"),
		"withdrawn":     label("2020-03-01", vigie.Withdrawn, ""),
		"labelled anew": label("2021-06-01", vigie.Labelled, ""),
		"member":        fact("2019-01-15", vigie.Member{Territory: "Sud Manche", Member: "CC de Villedieu"}),
		"plan":          fact("2019-02-01", vigie.Event{Event: "signature", Date: "2019-06-01", Planned: true}),
		"told later":    fact("2024-01-01", vigie.Event{Event: "launch", Date: "2018-11-22"}),
		"to come":       fact("2024-01-01", vigie.Label{Territory: "Val de Morelle", Status: vigie.Labelled, Date: "2027"}),
		"undated":       fact("", vigie.Figure{Measure: "actions", Value: 3, Unit: vigie.UnitCount}),
	}
	var names []string
	for name := range facts {
		names = append(names, name)
	}
	slices.Sort(names)
	var all []vigie.Fact
	for _, name := range names {
		all = append(all, facts[name])
	}
	called := func(some []vigie.Fact) string {
		var told []string
		for _, f := range some {
			for _, name := range names {
				if facts[name] == f {
					told = append(told, name)
				}
			}
		}
		return strings.Join(told, ", ")
	}
	for _, tt := range []struct {
		name        string
		day         vigie.Date
		now, others string
	}{
		{"before all", "2018-08-31", "", ""},
		{"a candidate", "2018-10-01", "candidate", ""},
		{"labelled before anybody wrote it", "2018-11-25", "labelled, told later", "candidate"},
		{"labelled", "2018-12-05", "labelled, told later", "candidate"},
		{"a member and a plan", "2019-02-01", "labelled, member, plan, told later", "candidate"},
		{"withdrawn, on the day", "2020-03-01", "member, plan, told later, withdrawn", "candidate, labelled"},
		{"labelled anew", "2021-06-01", "labelled anew, member, plan, told later", "candidate, labelled, withdrawn"},
		{"today", "2026-11-23", "labelled anew, member, plan, told later, undated", "candidate, labelled, to come, withdrawn"},
	} {
		now, others := resolve.InForce(all, tt.day, "2026-11-23")
		if called(now) != tt.now || called(others) != tt.others {
			t.Errorf("%s, %s: in force %s; others %s; want %s; %s", tt.name, tt.day, called(now), called(others), tt.now, tt.others)
		}
	}
}
