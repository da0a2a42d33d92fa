package main

import (
	"strings"
	"testing"
)

// redesign dresses a page of the watch in another site: menus, classes, scripts, notices,
// other elements around the same words, other spaces between them.
func redesign(page string) string {
	before := `<body class="v2"><a href="#c">Aller au contenu</a><header><nav><ul><li><a href="/">Accueil</a></li><li><a href="/agenda">Agenda</a></li></ul></nav></header>` +
		`<div id="c" class="grid"><article class="card card--wide">`
	after := `</article><aside><h2>Lire aussi</h2><ul><li><a href="/x">Météo de la semaine</a></li></ul></aside></div>` +
		`<footer><p>Mentions légales. Suivez-nous.</p></footer><script>var day = "2031-01-01"; track("territoire d'industrie")</script></body>`
	page = strings.NewReplacer("<body><main>", before, "</main></body>", after, "<p>", "<div class=\"txt\">\n  <p class=\"p\">\n\t", "</p>", "</p></div>", "<h1>", `<h1 class="title" id="t">`).Replace(page)
	return strings.Replace(page, "</head>", `<style>.card{color:red}</style><link rel="stylesheet" href="/v2.css"></head>`, 1)
}

// A site that only changes its looks changes no fact: after a whole night nothing is told
// to have changed, and nothing is lost.
func TestARedesignChangesNoFact(t *testing.T) {
	w := newWatch(t, "Sud Manche", "Collines de Normandie", "Côte d'Albâtre")
	w.run(0, "run")
	before := w.table(figuresCSV)
	w.later(8)
	for _, name := range w.pages {
		w.write("site/"+name, redesign(w.read("site/"+name)))
	}
	out := w.run(0, "run")
	if !strings.Contains(out, "0 new, 3 changed") {
		t.Fatalf("the pages have changed:\n%s", out)
	}
	if after := w.table(figuresCSV); len(before) == 0 || len(after) != len(before) {
		t.Errorf("%d figures, and %d once it is redesigned", len(before), len(after))
	}
	for _, row := range w.table(changesCSV) {
		t.Errorf("told as changed: %v", row)
	}
}

// A page that comes back to what it said before is told to be unstable, and how often.
func TestAWaveringPage(t *testing.T) {
	w := newWatch(t, "Sud Manche", "Collines de Normandie")
	w.run(0, "run")
	for i, actions := range []int{50, 10, 50} {
		w.later(8)
		w.page("0.html", "Sud Manche", actions)
		w.run(0, "run")
		told := ""
		for _, row := range w.table(summaryCSV) {
			if strings.HasPrefix(row["Précisions"], "Page instable") {
				told = row["Précisions"]
			}
		}
		if want := map[int]string{1: "est revenue une fois", 2: "est revenue 2 fois"}[i]; want == "" != (told == "") || !strings.Contains(told, want) {
			t.Errorf("night %d: %q, want %q", i+2, told, want)
		}
	}
}
