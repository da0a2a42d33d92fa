package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/store"
)

// A watch is a site of a few pages, watched night after night by a clock of its own.
type watch struct {
	t      *testing.T
	dir    string
	config string
	now    time.Time
	pages  []string
}

// newWatch begins with a page on each of the territories. Its test runs beside others: a
// night waits for the disk most of its time.
func newWatch(t *testing.T, territories ...string) *watch {
	t.Parallel()
	w := &watch{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 2, 4, 15, 0, 0, time.UTC)}
	s := newSite(filepath.Join(w.dir, "site"))
	t.Cleanup(s.Close)
	w.config = filepath.Join(w.dir, "vigie.yaml")
	w.write("site/rss.xml", "")
	write(t, w.config, `
contact: essais@vigie.example
db: `+filepath.Join(w.dir, "vigie.db")+`
out: `+filepath.Join(w.dir, "rapports")+`
network: {allow: [127.0.0.1/32], delay: 0s}
sources:
  - id: lettres
    publisher: {name: Les lettres, kind: etat}
    scope: region:28
    home: `+s.URL+`/
    discover: [{method: feed, url: rss.xml}]
`)
	for i, name := range territories {
		w.page(fmt.Sprintf("%d.html", i), name, 10+i)
	}
	return w
}

func (w *watch) write(name, text string) {
	w.t.Helper()
	file := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		w.t.Fatal(err)
	}
	write(w.t, file, text)
}

// page publishes or edits a page on a territory and the actions of its contract.
func (w *watch) page(name, territory string, actions int) {
	text := ""
	if territory != "" {
		text = fmt.Sprintf("<p>Le territoire %s est labellisé Territoires d'industrie.</p><p>Le contrat de Territoire d'industrie de %s compte %d actions.</p>", territory, territory, actions)
	}
	w.write("site/"+name, fmt.Sprintf(`<html lang="fr"><head><meta charset="utf-8"><title>Lettre %s</title><meta property="article:published_time" content="2026-02-01"></head>
<body><main><h1>Territoires d'industrie, lettre %s</h1>%s<p>La lettre paraît chaque mois et se lit en quelques minutes, au bureau ou ailleurs.</p></main></body></html>`, name, name, text))
	if !slices.Contains(w.pages, name) {
		w.pages = append(w.pages, name)
	}
	feed := `<rss version="2.0"><channel><title>Actualités</title>`
	for _, p := range w.pages {
		feed += `<item><title>Territoires d'industrie, lettre ` + p + `</title><link>{{site}}/` + p + `</link></item>`
	}
	w.write("site/rss.xml", feed+"</channel></rss>")
}

// run runs a command that must end with a code, and returns what it printed.
func (w *watch) run(code int, args ...string) string {
	w.t.Helper()
	var out bytes.Buffer
	w.now = w.now.Add(time.Minute)
	args = append(args, "--config", w.config)
	if got := run(context.Background(), world{stdout: &out, stderr: &out, now: func() time.Time { return w.now }}, args); got != code {
		w.t.Fatalf("vigie %s: exit %d, want %d\n%s", strings.Join(args, " "), got, code, &out)
	}
	return out.String()
}

// later lets days pass: after eight, every page is looked at again.
func (w *watch) later(days int) { w.now = w.now.AddDate(0, 0, days) }

func (w *watch) store() *store.Store {
	w.t.Helper()
	st, err := store.Open(w.t.Context(), filepath.Join(w.dir, "vigie.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	return st
}

// sql changes the database behind vigie's back.
func (w *watch) sql(statement string, args ...any) {
	w.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.dir, "vigie.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	if r, err := db.Exec(statement, args...); err != nil {
		w.t.Fatal(err)
	} else if n, _ := r.RowsAffected(); n == 0 && !strings.HasPrefix(statement, "CREATE") {
		w.t.Fatalf("%s: changes nothing", statement)
	}
}

// table reads a CSV file of the reports: its rows by column.
func (w *watch) table(name string) []map[string]string {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.dir, "rapports", name))
	if err != nil {
		w.t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF"))))
	r.Comma = ';'
	lines, err := r.ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

const (
	changesCSV = "csv/normandie/depuis-la-derniere-fois.csv"
	summaryCSV = "csv/normandie/sommaire.csv"
	figuresCSV = "csv/normandie/chiffres.csv"
)

// summary is a line of the summary, its cells joined; empty where there is none.
func (w *watch) summary(item string) string {
	w.t.Helper()
	for _, row := range w.table(summaryCSV) {
		if row["Élément"] == item {
			return row["Valeur"] + " | " + row["Précisions"]
		}
	}
	return ""
}

// rowOf is the ID of the row of a sheet whose content holds some words.
func (w *watch) rowOf(sheet, words string) (row, quote string) {
	w.t.Helper()
	st := w.store()
	defer st.Close()
	for f, err := range st.Facts(w.t.Context(), time.Time{}) {
		if err != nil {
			w.t.Fatal(err)
		}
		if strings.Contains(f.Quote, words) && (f.Detail.Kind() == vigie.KindFigure) == (sheet == "Chiffres") {
			return vigie.Record{Programme: f.Programme, Scope: f.Scope, Detail: f.Detail}.Row(), f.Quote
		}
	}
	w.t.Fatalf("no fact of %s says %q", sheet, words)
	return "", ""
}

func (w *watch) decide(d vigie.Decision) {
	w.t.Helper()
	st := w.store()
	defer st.Close()
	d.At = w.now
	if err := st.PutDecisions(w.t.Context(), d); err != nil {
		w.t.Fatal(err)
	}
}

// TestChangesOneByOne changes one thing between any two nights: only its label appears.
func TestChangesOneByOne(t *testing.T) {
	w := newWatch(t, "Sud Manche", "Collines de Normandie")
	w.run(0, "collect")
	w.run(0, "transform")
	w.sql(`UPDATE readings SET version = '0'`)
	w.sql(`DELETE FROM facts WHERE kind = 'figure' AND quote LIKE '%Sud Manche%'`)
	w.run(0, "report")
	if first := w.summary("Comparée à"); !strings.Contains(first, "C'est la première édition") {
		t.Errorf("the first edition says %q", first)
	}
	for _, tt := range []struct {
		name   string
		change func()
		cause  string
		rows   []string // sheet, label, change and what is told of it, as a prefix of each
	}{
		{"a new reading", func() {}, "vigie a changé", []string{"Chiffres|10, actions, Sud Manche|ajoutée|nouvelle lecture : règles 0, puis "}},
		{"a new document", func() { w.page("new.html", "Axe Seine", 77) }, "le monde a changé", []string{
			"Territoires|Axe Seine, Territoires d'industrie|modifiée|nouveau document",
			"Chiffres|77, actions, Axe Seine|ajoutée|nouveau document",
		}},
		{"an edited page", func() { w.page("0.html", "Sud Manche", 99) }, "la source a changé", []string{
			"Chiffres|99, actions, Sud Manche|modifiée|avant : « Le contrat de Territoire d'industrie de Sud Manche compte 10 actions",
		}},
		{"a decision", func() {
			row, quote := w.rowOf("Chiffres", "Sud Manche")
			w.decide(vigie.Decision{ID: "d1", Key: vigie.RowKey(row, quote), Quote: quote, Verdict: vigie.VerdictWrong, Why: "c'est un projet", By: "A. Morel"})
		}, "un analyste a tranché", []string{"Chiffres|99, actions, Sud Manche|retirée|faux, A. Morel : c'est un projet"}},
		{"a decision taken back", func() {
			row, quote := w.rowOf("Chiffres", "Sud Manche")
			w.decide(vigie.Decision{ID: "d2", Key: vigie.RowKey(row, quote), Quote: quote, Undoes: "d1", Why: "c'en est un", By: "B. Roux"})
		}, "un analyste a tranché", []string{"Chiffres|99, actions, Sud Manche|ajoutée|décision retirée, B. Roux : c'en est un"}},
		{"nothing", func() {}, "", nil},
		{"words and a title that state nothing", func() {
			w.write("site/0.html", strings.NewReplacer("quelques minutes", "un quart d'heure", "<title>Lettre", "<title>La lettre").Replace(w.read("site/0.html")))
		}, "", nil},
		{"a source's publisher by another name", func() {
			w.write("vigie.yaml", strings.Replace(w.read("vigie.yaml"), "Les lettres", "La lettre", 1))
		}, "", nil},
		{"a new document that says the same", func() { w.page("same.html", "Axe Seine", 77) }, "le monde a changé", []string{
			"Chiffres|77, actions, Axe Seine|autres preuves|nouveau document",
		}},
	} {
		before := w.editions()[0].Day
		w.later(8)
		tt.change()
		w.run(0, "run")
		var got []string
		for _, row := range w.table(changesCSV) {
			if row["Cause"] != tt.cause {
				t.Errorf("%s: cause %q, want %q only: %v", tt.name, row["Cause"], tt.cause, row)
			}
			got = append(got, strings.Join([]string{row["Feuille"], row["Ligne"], row["Changement"], row["Précisions"]}, "|"))
		}
		for _, want := range tt.rows {
			if !slices.ContainsFunc(got, func(s string) bool { return covers(s, want) }) {
				t.Errorf("%s: no line %q among\n%s", tt.name, want, strings.Join(got, "\n"))
			}
		}
		since := w.summary("Comparée à")
		if nothing := strings.Contains(since, "Rien n'a changé depuis l'édition du"); nothing != (len(got) == 0) || nothing != (len(tt.rows) == 0) {
			t.Errorf("%s: %d lines, and the summary says %q", tt.name, len(got), since)
		}
		if base := w.editions()[0].Baseline; !strings.Contains(since, base) || !strings.Contains(base, strings.ReplaceAll(string(before), "-", "")) {
			t.Errorf("%s: compared with %s, and the summary says %q", tt.name, base, since)
		}
	}
}

// covers reports whether each part of a line begins as that of the pattern does.
func covers(line, pattern string) bool {
	a, b := strings.Split(line, "|"), strings.Split(pattern, "|")
	for i := range b {
		if !strings.HasPrefix(a[i], b[i]) {
			return false
		}
	}
	return true
}
