package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// TestUsualSize learns from nights that are given from the oldest to the last.
func TestUsualSize(t *testing.T) {
	good := func(found ...int) (nights []vigie.SourceRun) {
		for _, n := range found {
			nights = append(nights, vigie.SourceRun{State: vigie.StateQuiet, Found: n})
		}
		return nights
	}
	ended := func(state vigie.SourceState, found ...int) []vigie.SourceRun {
		nights := good(found...)
		for i := range nights {
			nights[i].State = state
		}
		return nights
	}
	declared := func(how string, nights []vigie.SourceRun) []vigie.SourceRun {
		for i := range nights {
			nights[i].Declared = how
		}
		return nights
	}
	thirty := func() []vigie.SourceRun { return good(30, 31, 30, 29, 30, 30) }
	for _, tt := range []struct {
		name   string
		nights []vigie.SourceRun
		want   int // -1: held to nothing
	}{
		{"none", nil, -1},
		{"too few", good(30, 30, 30, 30), -1},
		{"as ever", thirty(), 30},
		{"it varies", good(40, 3, 40, 8, 20, 60), 40},
		{"small, and it stays", good(0, 1, 0, 0, 1), 0},
		{"one night otherwise", slices.Concat(thirty(), ended(vigie.StateChanged, 8)), 30},
		{"four", slices.Concat(thirty(), ended(vigie.StateChanged, 8, 8, 9, 8)), 30},
		{"five", slices.Concat(thirty(), ended(vigie.StateChanged, 8, 8, 9, 8, 8)), 8},
		{"five, unsteady", slices.Concat(thirty(), ended(vigie.StateChanged, 9, 6, 9, 5, 9)), 30},
		{"five swollen", slices.Concat(thirty(), ended(vigie.StateChanged, 200, 210, 205, 200, 190)), 200},
		{"five with nights that were not heard", slices.Concat(thirty(), ended(vigie.StateChanged, 8, 8), ended(vigie.StateBlocked, 0), ended(vigie.StateChanged, 8, 8), ended(vigie.StateUnreachable, 0), ended(vigie.StateChanged, 8)), 8},
		{"nothing for weeks", slices.Concat(thirty(), ended(vigie.StateChanged, make([]int, 20)...)), 30},
		{"a link of the menu for a week", slices.Concat(thirty(), ended(vigie.StateChanged, 4, 4, 4, 4, 4, 4, 4)), 30},
		{"as now declared", declared("now", thirty()), 30},
		{"before that was noted", slices.Concat(thirty(), declared("now", good(30))), 30},
		{"as declared before", declared("then", thirty()), -1},
		{"declared anew", slices.Concat(declared("then", thirty()), declared("now", good(8, 8, 8, 8))), -1},
		{"and learnt", slices.Concat(declared("then", thirty()), declared("now", good(8, 8, 8, 8, 8))), 8},
		{"and back", slices.Concat(declared("now", thirty()), declared("then", good(8)), declared("now", good(30))), -1},
	} {
		l := sizes{declared: "now"}
		for i, r := range slices.Backward(tt.nights) {
			l.add(vigie.Date(fmt.Sprintf("2026-03-%02d", i+1)), r)
		}
		got, ok := l.usual()
		if !ok {
			got = -1
		}
		if got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
	l := sizes{}
	for range 2 * fewNights {
		l.add("2026-03-02", vigie.SourceRun{State: vigie.StateOK, Found: 30})
	}
	if size, ok := l.usual(); ok {
		t.Errorf("ten runs of one night make a size: %d", size)
	}
}

// TestASourceFarBelowItsSize is told so by the command, until its file is edited or it has
// stayed so for a working week.
func TestASourceFarBelowItsSize(t *testing.T) {
	w := newWatch(t)
	night := func(links int, told string) {
		t.Helper()
		feed := `<rss version="2.0"><channel><title>Actualités</title>`
		for i := range links {
			feed += fmt.Sprintf("<item><title>Territoires d'industrie, lettre %d</title><link>{{site}}/%[1]d.html</link><pubDate>Mon, 02 Feb 2026 09:00:00 +0100</pubDate></item>", i)
		}
		w.write("site/rss.xml", feed+"</channel></rss>")
		w.later(1)
		code := exitDone
		if told != "" {
			code = exitPartly
		}
		w.run(code, "collect")
		if line := w.journal(); told == "" && line.State == vigie.StateChanged || !strings.Contains(line.Error, told) {
			t.Fatalf("%d links: %s %q, want %q", links, line.State, line.Error, told)
		}
	}
	for i := range 16 {
		w.page(fmt.Sprintf("%d.html", i), "", 0)
	}
	for range fewNights {
		night(16, "")
	}
	const shrunk = "liste de 5 liens au lieu de 16"
	night(5, shrunk)
	w.write("vigie.yaml", w.read("vigie.yaml")+"    keywords: [\"territoires d'industrie\"]\n")
	night(5, "") // as its file says now
	for range fewNights {
		night(16, "")
	}
	for range fewNights + 1 { // a link of the menu is no news list
		night(1, "liste de 1 liens au lieu de 16")
	}
	for range fewNights {
		night(5, shrunk)
	}
	night(5, "") // so it is now
	night(0, "liste de 0 liens au lieu de 5")
}

// journal is how the one source of the watch ended the last run.
func (w *watch) journal() vigie.SourceRun {
	w.t.Helper()
	st := w.store()
	defer st.Close()
	runs, err := st.Runs(w.t.Context(), 1)
	if err != nil || len(runs) != 1 || len(runs[0].Sources) != 1 {
		w.t.Fatalf("the last run: %+v, %v", runs, err)
	}
	return runs[0].Sources[0]
}
