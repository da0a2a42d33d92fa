package scrapers

import (
	"flag"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
	_ "vigie/internal/golden" // its flag -update
)

// Every fixture gives the night that it states; each has two twins that must be heard: one
// where the site is broken or refuses us, and one where it answers in another shape than its
// file and its family declare.
func TestFixtures(t *testing.T) {
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(Fixtures, "fixtures/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	families, methods := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		id, twin, _ := strings.Cut(base(strings.TrimSuffix(name, ".txtar")), ".")
		i := slices.IndexFunc(sources, func(s vigie.Source) bool { return s.ID == id })
		if i < 0 {
			t.Errorf("%s: no source of that name", name)
			continue
		}
		run := runFixture(t, name, sources[i])
		nags := strings.Contains(run.Error, "que la fiche ne nomme pas") || strings.Contains(run.Error, "liste est vide")
		switch {
		case twin != "" && run.Error == "":
			t.Errorf("%s: no word on what is wrong", name)
		case twin == "broken" && run.State != vigie.StateChanged && run.State != vigie.StateBlocked:
			t.Errorf("%s: %s, want changed or blocked", name, run.State)
		case twin == "changed" && run.State != vigie.StateChanged:
			t.Errorf("%s: %s, want changed", name, run.State)
		case twin == "" && nags:
			t.Errorf("%s: nags: %s", name, run.Error)
		case twin == "" && run.State != vigie.StateOK:
			t.Errorf("%s: %s, %s", name, run.State, run.Error)
		}
		if twin != "" { // which proves nothing without the site as it should be
			continue
		}
		for _, twin := range []string{"broken", "changed"} {
			if !slices.Contains(names, "fixtures/"+id+"."+twin+".txtar") {
				t.Errorf("%s has no %s twin", name, twin)
			}
		}
		families[sources[i].Family] = true
		for _, d := range sources[i].Discover {
			methods[d.Method] = true
		}
	}
	lent, err := loadFamilies(embedded)
	if err != nil {
		t.Fatal(err)
	}
	for f := range lent {
		if !families[f] {
			t.Errorf("family %s has no fixture", f)
		}
	}
	for _, m := range strings.Split(methodNames(), ", ") {
		if !methods[m] {
			t.Errorf("method %s has no fixture", m)
		}
	}
}

func runFixture(t *testing.T, name string, s vigie.Source) vigie.SourceRun {
	t.Helper()
	text, err := Fixtures.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := ReadFixture(name, text)
	if err != nil {
		t.Fatal(err)
	}
	run, err := f.Run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if update := flag.Lookup("update"); update != nil && update.Value.String() == "true" {
		f.Want = run
		if err := os.WriteFile(name, []byte(f.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return run
	}
	for _, d := range f.Differences(run) {
		t.Errorf("%s: %s (%s)", name, d, run.Error)
	}
	return run
}

func TestReadFixture(t *testing.T) {
	for text, want := range map[string]string{
		"clock: 2026-11-22T04:15:00Z\n":                                         "no answer",
		"clock: demain\nstate: ok\n-- https://s.test/ --\n200\n\n":              "f:1: clock",
		"clock: 2026-11-22T04:15:00Z\nmood: ok\n-- https://s.test/ --\n200\n\n": `f:2: unknown field "mood"`,
	} {
		if _, err := ReadFixture("f", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// A fixture is of its own day, whenever it is run: what a list dates later is not believed
// then, and its silence since is none. Recorded, it is of the day on which it was.
func TestTheClockOfAFixture(t *testing.T) {
	src := source("s", "https://s.test/", vigie.Discovery{Method: "feed", URL: "rss"})
	src.Expect = 30 * 24 * time.Hour
	const items = `<item><title>` + industrie + ` : un</title><link>/un</link><pubDate>Fri, 01 Feb 2019 09:00:00 +0100</pubDate></item>
<item><title>` + industrie + ` : deux</title><link>/deux</link><pubDate>Fri, 01 Mar 2019 09:00:00 +0100</pubDate></item>`
	const feed = `<rss version="2.0"><channel><title>T</title>` + items + `</channel></rss>`
	for clock, newest := range map[string]vigie.Date{"2019-02-02T04:15:00Z": "2019-02-01", "2019-03-02T04:15:00Z": "2019-03-01"} {
		f, err := ReadFixture("f", []byte("clock: "+clock+"\nstate: ok\n-- https://s.test/rss --\n200\nContent-Type: application/rss+xml\n\n"+feed+"\n-- https://s.test/un --\n200\n\npage un\n-- https://s.test/deux --\n200\n\npage deux\n"))
		if err != nil {
			t.Fatal(err)
		}
		if run, err := f.Run(t.Context(), src); err != nil || run.Newest != newest || run.New != 2 || run.Error != "" {
			t.Errorf("on %s: newest %s, want %s; %q, %v", clock, run.Newest, newest, run.Error, err)
		}
	}

	s := newTown(t, map[string]string{"/rss": feed, "/un": "page un", "/deux": "page deux"})
	src = source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"})
	f, err := Record(t.Context(), newCollector(t, nil).Client, src, paris2019, 2)
	if err != nil || f.Want.New != 2 || f.Want.Newest != "2019-02-01" || !f.Clock.Equal(paris2019) {
		t.Errorf("recorded on %s: %+v, %v", f.Clock, f.Want, err)
	}
}

// What is recorded from a live site gives the same night offline.
func TestRecord(t *testing.T) {
	pages := townPages()
	pages["/un"] = "<html><title>Un</title><main><p>\n-- pas un fichier --\n</p></main></html>"
	s := newTown(t, pages)
	src := townSource(s)
	client := newCollector(t, nil).Client
	f, err := Record(t.Context(), client, src, paris2019, 3)
	if err != nil {
		t.Fatal(err)
	}
	if f.Want.New != 3 || f.Want.Found != 12 || f.Want.State != vigie.StateOK {
		t.Errorf("recorded %+v", f.Want)
	}
	again, err := ReadFixture("f", []byte(f.String()))
	if err != nil {
		t.Fatal(err)
	}
	run, err := again.Run(t.Context(), src)
	if err != nil || len(again.Differences(run)) > 0 {
		t.Errorf("run again: %v, %v", again.Differences(run), err)
	}
}
