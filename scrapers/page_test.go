package scrapers

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vigie"
	"vigie/scrapers/fetch"
)

// HAZARDS C2: testdata/pages holds pages named for their fault, or for content that
// looks like one.
func TestHazardC2(t *testing.T) {
	names, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(names) < 20 {
		t.Fatalf("%d pages, %v", len(names), err)
	}
	told := map[vigie.PageFault]bool{}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want := faultNamed(filepath.Base(name))
		told[want] = true
		r := &fetch.Response{Body: body, Capture: vigie.Capture{URL: "https://s.test/un", FinalURL: "https://s.test/un", MediaType: "text/html"}}
		got := judge(r, "https://s.test/")
		door, _ := errors.AsType[*PageError](got)
		if want == "" && got != nil || want != "" && (door == nil || door.Fault != want) {
			t.Errorf("%s: %v, want %q", name, got, want)
		}
	}
	for _, f := range signFaults {
		if !told[f] {
			t.Errorf("no page of fault %s", f)
		}
	}
	login, err := os.ReadFile("testdata/pages/login-form.html")
	if err != nil {
		t.Fatal(err)
	}
	s := newTown(t, map[string]string{"/un": string(login)})
	c := newCollector(t, &memory{})
	if resp, err := c.Client.Get(t.Context(), fetch.Request{URL: s.URL + "/un"}); err != nil || len(resp.Body) != len(login) {
		t.Errorf("without the judge the log-in is no page like any other: %v", err)
	}
}

func faultNamed(name string) vigie.PageFault {
	for _, f := range signFaults {
		if strings.HasPrefix(name, string(f)+"-") {
			return f
		}
	}
	return ""
}

func TestJudgeKnowsTheHomePage(t *testing.T) {
	article := "<html><main><h1>Un titre</h1><p>" + strings.Repeat("Un texte assez long. ", 40) + "</p></main></html>"
	tests := []struct {
		asked, final string
		want         error
	}{
		{"https://s.test/un", "https://s.test/", vigie.ErrNotFound},
		{"https://s.test/un", "https://www.s.test/un", nil},
		{"https://s.test/", "https://s.test/", nil},
		{"https://s.test/?p=12", "https://s.test/", nil},
	}
	for _, tt := range tests {
		r := &fetch.Response{Body: []byte(article), Capture: vigie.Capture{URL: tt.asked, FinalURL: tt.final, MediaType: "text/html"}}
		if got := judge(r, "https://s.test/"); !errors.Is(got, tt.want) {
			t.Errorf("%s led to %s: %v, want %v", tt.asked, tt.final, got, tt.want)
		}
	}
	moved := &fetch.Response{Body: []byte(article), Capture: vigie.Capture{URL: "http://s.test/fr/", FinalURL: "https://s.test/fr/", MediaType: "text/html"}}
	if got := judge(moved, "https://s.test/fr/"); got != nil {
		t.Errorf("the first page, below a folder, that was asked for: %v", got)
	}
	feed := &fetch.Response{Body: []byte("<rss>Page introuvable</rss>"), Capture: vigie.Capture{MediaType: "application/rss+xml"}}
	if err := judge(feed, "https://s.test/"); err != nil {
		t.Errorf("a feed: %v", err)
	}
}

func TestSigns(t *testing.T) {
	if n := len(signs()); n < 50 {
		t.Errorf("%d signs", n)
	}
	for text, want := range map[string]string{
		"signs:\n  - {fault: ennui, in: title, max: 9, any: [a]}":        `s.yaml:2: signs[0].fault: "ennui"`,
		"signs:\n  - {fault: login, in: coin, max: 9, any: [a]}":         `s.yaml:2: signs[0].in: "coin"`,
		"signs:\n  - {fault: login, in: text, max: 90000, any: [a]}":     `s.yaml:2: signs[0].max: 90000`,
		"signs:\n  - {fault: login, in: text, max: 9, any: [a], but: 1}": `s.yaml:2: unknown field "but"`,
	} {
		if _, err := loadSigns("s.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// signed is a page that bears a sign, with so many letters of prose beside it.
func signed(s sign, beside int) *fetch.Response {
	parts := map[string]string{s.in: s.has}
	prose := strings.Repeat("Le conseil a voté le budget. ", beside/22)
	body := fmt.Sprintf("<!doctype html><html><head><title>%s - Agglo %s</title><script>%s</script></head><body><main><p>%s</p><p>%s</p></main></body></html>",
		parts["name"], parts["title"], parts["html"], prose, parts["text"])
	return &fetch.Response{Body: []byte(body), Capture: vigie.Capture{FinalURL: "https://s.test/un" + parts["address"], MediaType: "text/html"}}
}

// Each sign is found on a page of a line, and not on an article that bears the same words.
func TestEachSignKnowsItsPageFromAnArticle(t *testing.T) {
	for _, s := range signs() {
		door, _ := errors.AsType[*PageError](judge(signed(s, 0), "https://s.test/"))
		if door == nil || door.Fault != s.fault {
			t.Errorf("%s %q: %v, want %s", s.in, s.has, door, s.fault)
		}
		article := signed(s, s.max+22*2)
		if fault, by := readShape(article).fault(article.Capture.FinalURL); fault != "" && by == fmt.Sprintf("%s: %q", s.in, s.has) {
			t.Errorf("an article of %d letters with %s %q is %s", s.max+44, s.in, s.has, fault)
		}
		if err := judge(signed(s, enoughProse), "https://s.test/"); err != nil {
			t.Errorf("an article of %d letters: %v", enoughProse, err)
		}
	}
}

// No article of the collections that the reading is tested on is taken for a door.
func TestSignsKeepArticles(t *testing.T) {
	var names []string
	for _, pattern := range []string{"../testdata/articles/*.html", "../testdata/dispatches/pages/*.html", "../testdata/cites-educatives/*.html", "../../shared/corpus/pages/*.html"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	if len(names) < 30 {
		t.Fatalf("%d articles", len(names))
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r := &fetch.Response{Body: body, Capture: vigie.Capture{URL: "https://s.test/un", FinalURL: "https://s.test/un", MediaType: "text/html"}}
		if err := judge(r, "https://s.test/"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A page without content is archived as evidence, and counts as one that failed.
func TestFaultyPagesAreKept(t *testing.T) {
	login, err := os.ReadFile("testdata/pages/login-form.html")
	if err != nil {
		t.Fatal(err)
	}
	s := newTown(t, map[string]string{"/un": string(login)})
	archive := &memory{}
	c := newCollector(t, archive)
	src := source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/un"}})
	for night := range 2 {
		run := c.Collect(t.Context(), src, vigie.Window{})
		if run.State != vigie.StateBlocked || run.Failed != 1 || run.New != 0 || !strings.Contains(run.Error, "porte") {
			t.Errorf("night %d: %+v", night, run)
		}
	}
	for _, d := range archive.docs {
		if len(d.Captures) != 1 || d.Captures[0].Fault != vigie.FaultLogin {
			t.Errorf("captures %+v, want one, marked", d.Captures)
		}
	}
	s.pages["/un"] = "<html><main><h1>Ouvert</h1><p>Le contrat est signé.</p></main></html>"
	if run := c.Collect(t.Context(), src, vigie.Window{}); run.State != vigie.StateOK {
		t.Errorf("once the door is open: %+v", run)
	}
}

// HAZARDS C2: the home page for every address.
func TestHazardC2HomeForEveryAddress(t *testing.T) {
	home := "<html><title>Accueil</title><main><p>" + strings.Repeat("Bienvenue dans notre belle vallée pleine d'usines et de champs. ", 9) + "</p></main></html>"
	rss := "<rss version=\"2.0\"><channel><title>T</title>"
	pages := map[string]string{"/": home}
	for i := range 3 {
		rss += fmt.Sprintf("<item><title>%s : article %d</title><link>/a%d</link></item>", industrie, i, i)
		pages[fmt.Sprintf("/a%d", i)] = home
	}
	pages["/rss"] = rss + "</channel></rss>"
	s := newTown(t, pages)
	archive := &memory{}
	run := newCollector(t, archive).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"}), vigie.Window{})
	if run.State != vigie.StateChanged || run.Failed != 3 || run.New != 0 {
		t.Errorf("%+v, want changed, three pages failed", run)
	}
	for _, d := range archive.docs {
		if last := d.Captures[len(d.Captures)-1]; last.Fault != vigie.FaultSoft404 {
			t.Errorf("%s: fault %q", d.URL, last.Fault)
		}
	}

	// A short article under the one title of a site, on a page full of everything else, stays.
	full := "<html><title>Agglo</title><main><p>" + strings.Repeat("Le portail de la vallée et de ses communes, usine après usine. ", 60) + "</p><h1>%s</h1></main></html>"
	s = newTown(t, map[string]string{
		"/rss": pages["/rss"], "/": fmt.Sprintf(full, ""),
		"/a0": fmt.Sprintf(full, industrie+" : article 0, et la signature du contrat à la sous-préfecture"),
		"/a1": fmt.Sprintf(full, industrie+" : article 1, et l'installation du comité de pilotage à la mairie"),
		"/a2": fmt.Sprintf(full, industrie+" : article 2, et le lancement de l'appel à projets par la région"),
	})
	run = newCollector(t, &memory{}).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"}), vigie.Window{})
	if run.New != 3 {
		t.Errorf("%+v, want three new pages", run)
	}

	// Articles under one title that are headed by those of their links stay, and nothing is asked.
	same := "<html><title>Agglo</title><main><h1>%s</h1><p>%s</p></main></html>"
	s = newTown(t, map[string]string{
		"/rss": pages["/rss"], "/": home,
		"/a0": fmt.Sprintf(same, industrie+" : article 0", strings.Repeat("Le premier texte parle d'une usine. ", 9)),
		"/a1": fmt.Sprintf(same, industrie+" : article 1", strings.Repeat("Le second dit un tout autre chantier. ", 9)),
		"/a2": fmt.Sprintf(same, industrie+" : article 2", strings.Repeat("Le dernier compte les emplois. ", 9)),
	})
	run = newCollector(t, &memory{}).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"}), vigie.Window{})
	if run.State != vigie.StateOK || run.New != 3 {
		t.Errorf("%+v, want three new pages", run)
	}
	if n := len(slices.DeleteFunc(s.asked, func(a string) bool { return a != "/" })); n != 0 {
		t.Errorf("the home page was asked for %d times, want never", n)
	}
}

// HAZARDS C3, E8: a listing far from its usual size.
func TestHazardC3UsualSize(t *testing.T) {
	listing := func(n int) string {
		text := "<main>"
		for i := range n {
			text += fmt.Sprintf("<p class=card><a href='/a%d'>Un titre %d</a></p>", i, i)
		}
		return text + "</main>"
	}
	tests := []struct {
		found, usual int
		want         vigie.SourceState
	}{
		{30, 30, vigie.StateQuiet}, {10, 30, vigie.StateQuiet}, {9, 30, vigie.StateChanged}, {2, 9, vigie.StateQuiet},
		{150, 30, vigie.StateQuiet}, {151, 30, vigie.StateChanged}, {1, 0, vigie.StateQuiet},
	}
	for _, tt := range tests {
		s := newTown(t, map[string]string{"/l": listing(tt.found)})
		c := newCollector(t, &memory{})
		c.Usual = map[string]int{"s": tt.usual}
		run := c.Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "listing", URL: "/l", Item: ".card a"}), vigie.Window{})
		if run.State != tt.want || (run.Error != "") != (tt.want == vigie.StateChanged) {
			t.Errorf("%d links, usually %d: %s %q, want %s", tt.found, tt.usual, run.State, run.Error, tt.want)
		}
	}
	for usual, want := range map[int]vigie.SourceState{30: vigie.StateChanged, 5: vigie.StateChanged, 4: vigie.StateQuiet, 0: vigie.StateQuiet} {
		s := newTown(t, map[string]string{"/rss": feedOf(), "/a/0": "a", "/a/1": "b", "/a/2": "c"})
		c := newCollector(t, newRemembering())
		src := source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"})
		c.Collect(t.Context(), src, vigie.Window{})
		s.pages["/rss"] = `<rss version="2.0"><channel><title>S</title></channel></rss>`
		c.Usual = map[string]int{"s": usual}
		run := c.Collect(t.Context(), src, vigie.Window{})
		if run.State != want || strings.Contains(run.Error, "liste de 0 liens au lieu de") != (want == vigie.StateChanged) {
			t.Errorf("a feed that is empty now, usually %d: %s %q, want %s", usual, run.State, run.Error, want)
		}
	}
}

// HAZARDS C3: a declared selector that finds nothing, or two. The page is kept.
func TestHazardC3(t *testing.T) {
	page := "<html><main><h1>Un titre</h1><div class=texte>Le contrat est signé.</div><div class=deux>a</div><div class=deux>b</div></main></html>"
	for css, want := range map[string]vigie.SourceState{
		".texte": vigie.StateOK, ".corps": vigie.StateChanged, ".deux": vigie.StateChanged, "": vigie.StateOK, // undeclared, it is not heard
	} {
		s := newTown(t, map[string]string{"/un": page})
		src := source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/un"}})
		src.Content.Article = css
		run := newCollector(t, &memory{}).Collect(t.Context(), src, vigie.Window{})
		if run.State != want || run.New != 1 || css != "" && (want == vigie.StateChanged) != strings.Contains(run.Error, css) {
			t.Errorf("%s: %+v, want %s", css, run, want)
		}
	}
	for field, want := range map[string]vigie.Selectors{"content.title": {Title: ".titre"}, "content.published": {Published: ".jour"}} {
		for _, parts := range []int{0, 1, 2} {
			s := newTown(t, map[string]string{"/un": "<html><main><h1>Un titre</h1>" + strings.Repeat("<p class='titre jour'>a</p>", parts) + "</main></html>"})
			src := source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/un"}})
			src.Content = want
			run := newCollector(t, &memory{}).Collect(t.Context(), src, vigie.Window{})
			if fits := run.State == vigie.StateOK; fits != (parts == 1) || fits == strings.Contains(run.Error, field) || run.New != 1 {
				t.Errorf("%s finds %d: %+v", field, parts, run)
			}
		}
	}
	many := "<main>" + strings.Repeat("<p class=card><a href='/a'>A</a></p>", maxItems+1) + "</main>"
	s := newTown(t, map[string]string{"/l": many})
	run := newCollector(t, &memory{}).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "listing", URL: "/l", Item: ".card a"}), vigie.Window{})
	if run.State != vigie.StateChanged {
		t.Errorf("a selector of %d links: %+v, want changed", maxItems+1, run)
	}
}

func TestDataIsNotRead(t *testing.T) {
	src := vigie.Source{}
	for kind, want := range map[string]bool{
		"text/csv; charset=utf-8": true, "application/zip": true, "text/html": false, "application/pdf": false, "text/plain": false, "": false,
	} {
		if got := isData(src, vigie.Capture{MediaType: kind}); got != want {
			t.Errorf("isData(%q) = %v", kind, got)
		}
	}
	if !isData(vigie.Source{List: "territoires-industrie@2023"}, vigie.Capture{MediaType: "text/plain"}) {
		t.Error("an official list is data whatever its type")
	}
}

func FuzzJudge(f *testing.F) {
	names, _ := filepath.Glob("testdata/pages/*.html")
	for _, name := range names {
		if body, err := os.ReadFile(name); err == nil {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		judge(&fetch.Response{Body: body, Capture: vigie.Capture{MediaType: "text/html"}}, "https://s.test/")
	})
}
