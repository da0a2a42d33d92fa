package transform_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"vigie"
	"vigie/transform"
	"vigie/transform/article"
)

// Hazards of parsing (C) and of meaning (D): what has misled tools like this one, each
// with what is expected here.

var hazardPipeline = sync.OnceValues(transform.New)

func readHazard(t *testing.T, body string) transform.Reading {
	t.Helper()
	p, err := hazardPipeline()
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Document(article.Input{Body: []byte(body), Published: "2019-02-14"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Facts {
		if got := string([]rune(r.Article.Text)[f.Start:f.End]); got != f.Quote {
			t.Errorf("text[%d:%d] = %q, want the quote %q", f.Start, f.End, got, f.Quote)
		}
	}
	return r
}

// labelsOf are the identifiers of the labels that a reading gives.
func labelsOf(r transform.Reading) []string {
	var ids []string
	for _, f := range r.Facts {
		if l, ok := f.Detail.(vigie.Label); ok && l.Status == vigie.Labelled {
			ids = append(ids, l.TerritoryID)
		}
	}
	slices.Sort(ids)
	return ids
}

const hazardPage = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Territoires d’industrie</title></head><body><main><article>
<h1>Territoires d’industrie</h1>%s</article></main></body></html>`

// Lists and tables are kept whole, nested ones too.
func TestHazardC4(t *testing.T) {
	var b, want strings.Builder
	b.WriteString("<p>Voici ce que la rencontre a permis de dire à toutes les personnes présentes dans la salle.</p><ul>")
	for i := range 12 {
		fmt.Fprintf(&b, "<li>entrée %d<ul><li>sous-entrée %d</li></ul></li>", i, i)
		fmt.Fprintf(&want, "- entrée %d\n  - sous-entrée %d\n", i, i)
	}
	b.WriteString("</ul><table><tr><th>Nom</th><th>Rang</th></tr>")
	for i := range 9 {
		fmt.Fprintf(&b, "<tr><td>cellule %d</td><td>rang %d</td></tr>", i, i)
		fmt.Fprintf(&want, "cellule %d\trang %d\n", i, i)
	}
	b.WriteString("</table>")
	r := readHazard(t, fmt.Sprintf(hazardPage, b.String()))
	for line := range strings.Lines(want.String()) {
		if !strings.Contains(r.Article.Text+"\n", line) {
			t.Errorf("%q is lost:\n%s", line, r.Article.Text)
		}
	}
}

// Offsets count code points after emoji, combining marks, hard blanks and CRLF.
func TestHazardC5(t *testing.T) {
	r := readHazard(t, "Territoires d’industrie 🏭👩‍🏭\r\n\r\nE\u0301te\u0301 2018 : «\u00a0oui\u00a0» 🇫🇷\r\n\r\nLe territoire d’industrie Sud Manche a e\u0301te\u0301 labellise\u0301 🎉.\r\n")
	if got := labelsOf(r); !slices.Equal(got, []string{"ti-2808@2018"}) {
		t.Errorf("labels %v in %q", got, r.Article.Text)
	}
}

// Only what a reader sees states anything.
func TestHazardC6(t *testing.T) {
	const fact = "Le territoire d’industrie %s a été labellisé."
	hidden := func(pattern string) string { return fmt.Sprintf(pattern, fmt.Sprintf(fact, "Caen Industrie")) }
	for _, hide := range []string{
		"<p style=\"display:none\">%s</p>", "<p hidden>%s</p>", "<!-- %s -->", "<img src=a.png alt=\"%s\">", "<script>var a = \"%s\"</script>", "<template><p>%s</p></template>",
	} {
		r := readHazard(t, fmt.Sprintf(hazardPage, "<p>"+fmt.Sprintf(fact, "Sud Manche")+"</p>"+hidden(hide)))
		if got := labelsOf(r); !slices.Equal(got, []string{"ti-2808@2018"}) {
			t.Errorf("%s: labels %v, want Sud Manche's alone", hide, got)
		}
	}
}

// What has no width is no part of a name, and stays in the quote; a letter of another
// alphabet makes another name. That is told.
func TestHazardC7(t *testing.T) {
	for name, want := range map[string]string{"Sud\u200b Man\u00adche": "ti-2808@2018", "\u202aSud Manche\u202c": "ti-2808@2018", "Sud M\u0430nche": "", "Sud Man\u00adche": "ti-2808@2018"} {
		r := readHazard(t, "Territoires d’industrie\n\nLe territoire d’industrie "+name+" a été labellisé.\n")
		got := strings.Join(labelsOf(r), " ")
		if got != want {
			t.Errorf("%q: labels %q, want %q", name, got, want)
		}
		if told := len(r.Questions) > 0; told != strings.Contains(name, "\u0430") {
			t.Errorf("%q: questions %q", name, r.Questions)
		}
		if want != "" && !strings.Contains(r.Facts[0].Quote, "Manche") && !strings.Contains(r.Facts[0].Quote, "Man\u00adche") {
			t.Errorf("%q is quoted %q", name, r.Facts[0].Quote)
		}
	}
}

// The page's clock, the day of an update and 1970 are no day of publication, and none is an event.
func TestHazardD1D2(t *testing.T) {
	page := strings.Replace(fmt.Sprintf(hazardPage, "<p>Publié le 14 février 2019 - Mis à jour le 3 mars 2021</p><p>Le territoire d’industrie Sud Manche a été labellisé.</p>"),
		"<main>", "<div class=clock>mardi 24 novembre 2026 10:04</div><time datetime=\"1970-01-01\"></time><main>", 1)
	p, err := hazardPipeline()
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Document(article.Input{Body: []byte(page)})
	if err != nil || r.Article.Published != "2019-02-14" {
		t.Fatalf("published %v, %v, want 2019-02-14", r.Article, err)
	}
	for _, f := range r.Facts {
		if e, ok := f.Detail.(vigie.Event); ok {
			t.Errorf("event %+v of %q", e, f.Quote)
		}
	}
}

// What was not selected has no label, and is kept with the reason.
func TestHazardD3(t *testing.T) {
	r := readHazard(t, "Territoires d’industrie\n\nLe territoire d’industrie Sud Manche n’a pas été retenu.\n")
	if got := labelsOf(r); len(got) > 0 || len(r.Refusals) == 0 {
		t.Errorf("labels %v, refusals %v", got, r.Refusals)
	}
}

// Another region's territory keeps its own region and scope.
func TestHazardD4(t *testing.T) {
	r := readHazard(t, "Territoires d’industrie en Normandie\n\nEn Normandie, le territoire d’industrie Sud Manche a été labellisé. En Bretagne, le territoire d’industrie Bretagne Romantique a été labellisé.\n")
	regions := map[string]string{}
	for _, f := range r.Facts {
		if l, ok := f.Detail.(vigie.Label); ok {
			regions[f.Scope.ID] = l.Region
		}
	}
	if regions["ti-2808@2018"] != "28" || regions["ti-5312@2018"] != "53" {
		t.Errorf("regions %v", regions)
	}
}

// The longest official name counts, and no part of one.
func TestHazardD5(t *testing.T) {
	r := readHazard(t, "Territoires d’industrie\n\nEn Seine-Maritime, au bord de la Seine, le territoire d’industrie Vallée de la Seine a été labellisé.\n")
	if got := labelsOf(r); !slices.Equal(got, []string{"ti-2801@2018"}) {
		t.Errorf("labels %v", got)
	}
}

// A text published again has the print of the first.
func TestHazardD6(t *testing.T) {
	text := "<p>" + strings.Repeat("Le territoire d’industrie Sud Manche a été labellisé par le comité réuni à Granville hier. ", 3) + "</p>"
	first := readHazard(t, fmt.Sprintf(hazardPage, text))
	again := readHazard(t, strings.Replace(fmt.Sprintf(hazardPage, text), "<main>", "<nav><a href=/>Accueil</a></nav><main>", 1))
	if first.Print == "" || first.Print != again.Print {
		t.Errorf("prints %q and %q", first.Print, again.Print)
	}
}

// A member bears the SIREN of its day, and today's beside it.
func TestHazardD8(t *testing.T) {
	r := readHazard(t, "Territoires d’industrie\n\nLe territoire d’industrie Axe Seine, en Normandie, est composé de la CODAH et de la CC Caux Estuaire.\n")
	for _, f := range r.Facts {
		if m, ok := f.Detail.(vigie.Member); ok && m.MemberID == "247600596" && m.MemberIDCurrent == "200084952" {
			return
		}
	}
	t.Errorf("no member is the CODAH of 2019, today Le Havre Seine Métropole: %v", r.Facts)
}
