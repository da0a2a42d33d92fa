package transform

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/transform/article"
)

// what one announcement says, each fact in a line: the user's own article, as pasted from
// the web and as a page.
var announcement = []string{
	"event council 2019-03-05 FR planned",
	"event installation-meeting 2019-02-01 territory:ti-2801@2018",
	"event milestone 2019-06 FR planned",
	"figure epci 7 territory:ti-2801@2018",
	"figure funding 1360000000 EUR FR État",
	"figure measures 17 FR",
	"figure pairs 7 territory:ti-2801@2018",
	"figure pilot-contracts 10-30 FR",
	"figure territories 10 region:28",
	"figure territories 124 FR",
	"label ti-2801@2018 Axe Seine 28",
	"label ti-2802@2018 Caen Industrie 28",
	"label ti-2803@2018 Collines de Normandie 28",
	"label ti-2804@2018 Côte d'Albâtre 28",
	"label ti-2805@2018 Lisieux Industrie 28",
	"label ti-2806@2018 Nord Cotentin 28",
	"label ti-2807@2018 Pays de l'Aigle 28",
	"label ti-2808@2018 Sud Manche 28",
	"label ti-3213@2018 Vallée de la Bresle - Vimeu 28",
	"label ti-5213@2018 Vallée de l'Huisne 28",
	"period contract 2019 2022 FR",
	"role comite-de-pilotage preside Président du Conseil Régional function region:28",
	"role comite-de-projet anime binôme constitué d’un élu du territoire et d’un acteur industriel function FR",
	"role comite-de-projet preside binôme constitué d’un élu du territoire et d’un acteur industriel function FR",
	"theme attractivite FR",
	"theme formation FR",
	"theme infrastructures FR",
	"theme innovation FR",
	"theme services-publics FR",
	"theme simplification FR",
}

func TestTheUsersOwnArticleAndNothingElse(t *testing.T) {
	files, _ := filepath.Glob("../../shared/seeds/*.txt")
	pages, _ := filepath.Glob("../../shared/corpus/pages/01-*.html")
	if len(files) == 0 || len(pages) == 0 {
		t.Skip("the user's article lies in ../shared, which is absent")
	}
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range slices.Concat(files, pages) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r, err := p.Document(article.Input{Body: body})
			if err != nil {
				t.Fatal(err)
			}
			if r.Article.Published != "2019-02-14" {
				t.Errorf("published %q, want 2019-02-14: the day above it is the site's clock", r.Article.Published)
			}
			var got []string
			for _, f := range r.Facts {
				got = append(got, line(f))
			}
			slices.Sort(got)
			if diff := cmp.Diff(announcement, got); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
		})
	}
}

// line says in one line what a fact states, its scope last.
func line(f vigie.Fact) string {
	scope := f.Scope.String()
	switch d := f.Detail.(type) {
	case vigie.Label:
		return fmt.Sprint("label ", d.TerritoryID, " ", d.Territory, " ", d.Region)
	case vigie.Figure:
		value := strconv.FormatFloat(d.Value, 'f', -1, 64)
		if d.ValueMax > 0 {
			value += "-" + strconv.FormatFloat(d.ValueMax, 'f', -1, 64)
		}
		unit := strings.TrimPrefix(" "+d.Unit, " 1")
		return strings.TrimSpace(fmt.Sprint("figure ", d.Measure, " ", value, unit, " ", scope, " ", d.Payer))
	case vigie.Event:
		planned := ""
		if d.Planned {
			planned = " planned"
		}
		return fmt.Sprint("event ", d.Event, " ", d.Date, " ", scope, planned)
	case vigie.Period:
		return fmt.Sprint("period ", d.Subject, " ", d.Date, " ", d.DateEnd, " ", scope)
	case vigie.Role:
		return fmt.Sprint("role ", d.Body, " ", d.Role, " ", d.Holder, " ", d.HolderKind, " ", scope)
	case vigie.Theme:
		return fmt.Sprint("theme ", d.Theme, " ", scope)
	case vigie.Member:
		return fmt.Sprint("member ", d.TerritoryID, " ", d.MemberID)
	}
	return fmt.Sprintf("%T", f.Detail)
}

// TestSameBytesSameFacts: reading is a pure function.
func TestSameBytesSameFacts(t *testing.T) {
	pages, _ := filepath.Glob("../testdata/articles/*.html")
	if len(pages) == 0 {
		t.Fatal("testdata/articles holds no page")
	}
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		body, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		first, err := p.Document(article.Input{Body: body})
		if err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		second, _ := p.Document(article.Input{Body: body})
		if diff := cmp.Diff(first.Facts, second.Facts); diff != "" {
			t.Errorf("%s read twice (-first +second):\n%s", page, diff)
		}
	}
}

// TestTextsThatEndAnywhere: every cut of a text is read, whatever stands at its end.
func TestTextsThatEndAnywhere(t *testing.T) {
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	text := "Territoires d’industrie : Muret et Vernon\n\n22 novembre 2018\n\nLe territoire d’industrie « Nord Cotentin » réunit la CA du Cotentin, Caen…\n\n- Lisieux ;\n- Louviers (27).\n\nVille\tEPCI\nCaen\tCaen la mer\n"
	for cut := range text {
		if _, err := p.Document(article.Input{Body: []byte(text[:cut])}); err != nil && !errors.Is(err, vigie.ErrNoArticle) {
			t.Fatalf("text cut to %q: %v", text[:cut], err)
		}
	}
}
