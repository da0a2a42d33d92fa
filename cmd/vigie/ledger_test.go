package main

import (
	"testing"

	"vigie"
)

// TestSitesOfNoSource: what was asked of a public archive, for no source's sake, is told in a
// line of its site's own, as of the night that asked it last.
func TestSitesOfNoSource(t *testing.T) {
	w := newWatch(t, "Sud Manche")
	st := w.store()
	if err := st.AddTolls(t.Context(), []vigie.Toll{
		{Night: "2026-02-01", Site: "web.archive.org", Requests: 90},
		{Night: "2026-02-02", Site: "web.archive.org", Requests: 12, Bytes: 2048},
		{Night: "2026-02-02", Site: "web.archive.org", Requests: 1, Refusals: 1},
		{Night: "2026-02-03", Site: "data.commoncrawl.org", Requests: 3, Bytes: 1, Forbidden: 2},
	}); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	w.run(0, "run")
	told := map[string][6]string{}
	for _, row := range w.table("csv/normandie/sources.csv") {
		told[row["Émetteur"]] = [6]string{row["Requêtes"], row["Reçu (ko)"], row["Refus"], row["Interdites"], row["Documents"], row["État"]}
	}
	for site, want := range map[string][6]string{
		"web.archive.org":      {"13", "2", "1"},
		"data.commoncrawl.org": {"3", "1", "", "2"},
		"Les lettres":          {"4", "1", "", "", "1", "à jour"},
	} {
		if told[site] != want {
			t.Errorf("%s: %q, want %q", site, told[site], want)
		}
	}
	if len(told) != 3 {
		t.Errorf("%d lines, want 3: %q", len(told), told)
	}
}
