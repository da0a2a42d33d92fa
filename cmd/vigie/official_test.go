package main

import (
	"slices"
	"testing"

	"vigie/transform"
)

// TestOfficial counts the official territories of regions: those that a region leads, and
// those that were announced in it.
func TestOfficial(t *testing.T) {
	p, err := transform.New()
	if err != nil {
		t.Fatal(err)
	}
	counts, names := map[string]int{}, map[string][]string{}
	for _, e := range official(p, "28") {
		if e.Programme == "territoires-industrie" {
			counts[e.Phase]++
			names[e.Phase] = append(names[e.Phase], e.ID)
		}
	}
	if counts["2018"] != 10 || counts["2023"] != 10 {
		t.Errorf("Normandie has %v territories of the lists, want 10 a phase", counts)
	}
	for id, want := range map[string]bool{"ti-3213@2018": true, "ti-5213@2018": true, "ti-2405@2018": false} {
		if slices.Contains(names["2018"], id) != want {
			t.Errorf("phase 1 of Normandie has %s: %v, want %v", id, !want, want)
		}
	}
	all := map[string]int{}
	for _, r := range []string{"01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"} {
		for _, e := range official(p, r) {
			if e.Programme == "territoires-industrie" {
				all[e.Phase]++
			}
		}
	}
	if want := len(p.Gazetteer.Territories("territoires-industrie", "2023")); all["2023"] != want {
		t.Errorf("the regions have %d territories of phase 2 between them, want each once: %d", all["2023"], want)
	}
	if want := len(p.Gazetteer.Territories("territoires-industrie", "2018")) + 2; all["2018"] != want {
		t.Errorf("the regions have %d territories of phase 1 between them, want each once, and two twice: %d", all["2018"], want)
	}
}
