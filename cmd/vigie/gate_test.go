package main

import (
	"strings"
	"testing"

	"vigie"
)

var manyTerritories = []string{"Sud Manche", "Collines de Normandie", "Axe Seine", "Lisieux Industrie"}

// TestGate makes reports emptier: with a good reason they are published, without one the
// last good one stays.
func TestGate(t *testing.T) {
	w := newWatch(t, manyTerritories...)
	w.run(0, "run")
	for _, tt := range []struct {
		name    string
		change  func()
		reasons []string // why it is refused; nil: it is published
	}{
		{"a decision", func() {
			row, quote := w.rowOf("Chiffres", "Axe Seine")
			w.decide(vigie.Decision{ID: "d1", Key: vigie.RowKey(row, quote), Quote: quote, Verdict: vigie.VerdictWrong, By: "A. Morel"})
		}, nil},
		{"one page edited", func() { w.page("0.html", "", 0) }, nil},
		{"pages of a source at once", func() {
			w.page("1.html", "", 0)
			w.page("2.html", "", 0)
			w.page("3.html", "", 0)
		}, []string{"Feuille Chiffres : 2 lignes, puis 0 lignes ; 2 lignes perdues que les changements n'expliquent pas.", "    · 11, actions, Collines de Normandie — la source a changé : avant : « Le contrat", "Feuille Territoires, colonne Citation : remplie à", "Source lettres : ses pages modifiées ont fait disparaître 5 lignes sur 5 d'un coup (3 pages)."}},
		{"facts lost from the database", func() {
			w.page("1.html", manyTerritories[1], 11)
			w.page("2.html", manyTerritories[2], 12)
			w.page("3.html", manyTerritories[3], 13)
			w.sql(`CREATE TRIGGER lose AFTER INSERT ON facts WHEN new.kind = 'figure' AND new.quote LIKE '%Lisieux%' BEGIN DELETE FROM facts WHERE id = new.id; END`)
		}, []string{"Feuille Chiffres : 2 lignes, puis 1 ligne ; 1 ligne perdue que les changements n'expliquent pas.", "    · 13, actions, Lisieux Industrie — vigie a changé : vigie ne sait pas l'expliquer"}},
	} {
		w.later(8)
		good := w.files("rapports")
		tt.change()
		if tt.reasons == nil {
			w.run(0, "run")
			continue
		}
		said := w.run(exitPartly, "run")
		if !strings.Contains(said, "emptier than the last good one") || !strings.Contains(said, "raisons-normandie.txt") {
			t.Errorf("%s: the summary does not tell:\n%s", tt.name, said)
		}
		for name, got := range w.files("rapports") {
			if got != good[name] {
				t.Errorf("%s: %s was replaced", tt.name, name)
			}
		}
		folder := "rapports/" + string(dayOf(w.now)) + "-refusé/"
		text := w.read(folder + "raisons-normandie.txt")
		for _, want := range append(tt.reasons, "--accept-because") {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the reasons do not say %q:\n%s", tt.name, want, text)
			}
		}
		w.read(folder + "territoires-normandie.xlsx")
	}
}

// TestAVersionThatLosesRows is refused, told by status, and let pass once by somebody
// whose name and reason the report bears.
func TestAVersionThatLosesRows(t *testing.T) {
	w := newWatch(t, manyTerritories...)
	w.run(0, "collect")
	w.run(0, "transform")
	w.sql(`INSERT INTO facts (key, document, kind, programme, scope, json, quote, quote_start, quote_end, confidence, true_from, true_until, known_from, version)
		SELECT key || 'x', document, kind, programme, scope, replace(json, '"value":10', '"value":1000'), quote, quote_start, quote_end, confidence, true_from, true_until, known_from, '0'
		FROM facts WHERE kind = 'figure' AND json LIKE '%"value":10,%'`)
	w.sql(`UPDATE readings SET version = '0'`)
	w.run(0, "report")
	w.later(1)
	w.run(exitPartly, "run")
	text := w.read("rapports/2026-03-03-refusé/raisons-normandie.txt")
	if !strings.Contains(text, "Feuille Chiffres : 5 lignes, puis 4 lignes ; 1 ligne perdue que les changements n'expliquent pas.\n    · 1000, actions, Sud Manche — vigie a changé : nouvelle lecture : règles 0, puis ") {
		t.Errorf("the reasons:\n%s", text)
	}
	if said := w.run(0, "status"); !strings.Contains(said, "2026-03-03") || !strings.Contains(said, "not published") {
		t.Errorf("status does not tell of the refused report:\n%s", said)
	}
	if rows := w.table(figuresCSV); len(rows) != 5 {
		t.Errorf("%d figures in place, want the 5 of the last good report", len(rows))
	}

	w.run(exitMisused, "report", "--accept-because", "une faute de lecture corrigée")
	w.run(0, "report", "--accept-because", "une faute de lecture corrigée", "--by", "C. Petit")
	if said := strings.ReplaceAll(w.summary("Publiée malgré les contrôles"), "\u00a0", " "); !strings.Contains(said, "C. Petit | une faute de lecture corrigée. Ce qui s'y opposait : Feuille Chiffres : 5 lignes") {
		t.Errorf("the report says of its acceptance: %q", said)
	}
	if manifest := w.read("rapports/2026-03-03/manifeste-normandie.json"); !strings.Contains(manifest, `"par": "C. Petit"`) {
		t.Errorf("the manifest:\n%s", manifest)
	}
	if rows := w.table(figuresCSV); len(rows) != 4 {
		t.Errorf("%d figures in place, want 4", len(rows))
	}
	if said := w.run(0, "status"); strings.Contains(said, "not published") {
		t.Errorf("status still tells of it:\n%s", said)
	}

	w.later(1)
	w.page("0.html", "", 0) // explained, so that no acceptance is needed
	w.run(0, "run", "--accept-because", "au cas où", "--by", "C. Petit")
	if said := w.summary("Publiée malgré les contrôles"); said != "" {
		t.Errorf("it counted a second time: %q", said)
	}
}
