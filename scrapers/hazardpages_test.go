package scrapers

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"vigie"
	"vigie/scrapers/fetch"
)

// Hazards that pages and files bring with them, a scenario each.

// A page that is sent in a few kilobytes and costs hundreds of mebibytes once taken apart
// is known before it is.
func TestHazardB6(t *testing.T) {
	for name, unit := range map[string]string{"paragraphs": "<b><p>", "links": "<a href=/x>x", "attributes": "<p a b c d e f g h i j k l m n o p q r s t u v>", "one tag": " a1"} {
		begin := "<main>"
		if name == "one tag" {
			begin = "<main"
		}
		body := []byte(begin + strings.Repeat(unit, 6<<20/len(unit)) + "></main>")
		r := &fetch.Response{Body: body, Capture: vigie.Capture{URL: "https://s.test/l", FinalURL: "https://s.test/l", MediaType: "text/html"}}
		var err error
		start := time.Now()
		cost := spent(func() { err = judge(r, "https://s.test/") })
		if door, ok := errors.AsType[*PageError](err); !ok || door.Fault != vigie.FaultBomb || !errors.Is(err, vigie.ErrTooLarge) || cost > 16<<20 || time.Since(start) > 10*time.Second {
			t.Errorf("%s: %v for %d MiB in %v, want it told at little cost", name, err, cost>>20, time.Since(start))
		}
		if cost = spent(func() { parseListing(r, vigie.Discovery{}) }); cost < 32<<20 { // twice what the layer may cost
			t.Errorf("%s: without the layer it cost %d MiB: no bomb", name, cost>>20)
		}
	}
	items := []byte("<rss version=\"2.0\"><channel>" + strings.Repeat("<item/>", 6<<20/7) + "</channel></rss>")
	if _, _, err := parseFeed(items, &url.URL{}); !errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("a feed of 900,000 items: %v", err)
	}
	var posts []wordPressPost
	if err := decodeJSON([]byte("["+strings.Repeat("{},", 2<<20)+"{}]"), &posts); !errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("two million posts: %v", err)
	}
	for name, feed := range map[string]string{
		"of 100,000 entries":       "<feed>" + strings.Repeat("<entry/>", 100_000),
		"of 200,000 objects":       `{"items":[` + strings.Repeat("{},", 200_000),
		"of nine MiB and one item": "<rss><item/>" + strings.Repeat(" ", 9<<20),
	} {
		if !heavyFeed([]byte(feed)) {
			t.Errorf("a feed %s is no bomb", name)
		}
	}
	if !heavy([]byte(strings.Repeat("<p>"+strings.Repeat("mot ", 1<<8), 9<<10))) {
		t.Error("nine MiB of words are a page")
	}
	if err := decodeJSON([]byte("["+strings.Repeat("[],", 1<<18)+"[]]"), new([]any)); !errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("a quarter of a million lists: %v", err)
	}
	table := []byte("<table>" + strings.Repeat("<tr><td class=a>Une commune<td>2<td>3<td>4<td>5<td>6</tr>", 16_000) + "</table>")
	if heavy(table) {
		t.Error("a table of 16,000 communes is a page")
	}
}

// The parser of HTML is past its quadratic days, and pages that were made for them are read.
func TestHazardB6Parser(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !soundParser(mod) {
		t.Error("golang.org/x/net is older than 0.55: its parser of HTML can be kept busy for ever")
	}
	if soundParser([]byte("require golang.org/x/net v0.54.0\n")) || soundParser([]byte("require golang.org/x/text v0.60.0\n")) {
		t.Error("an older parser, or none, passes for a sound one")
	}
	for name, body := range map[string]string{
		"nested":     strings.Repeat("<div>", 100_000),
		"unclosed":   strings.Repeat("<a href=/x><b><table><td>", 400),
		"attributes": "<a " + strings.Repeat("x=1 ", 100_000) + "href=/x>x</a>",
		"comments":   strings.Repeat("<!--", 100_000),
		"foreign":    strings.Repeat("<svg><desc><math><mtext>", 100),
	} {
		r := &fetch.Response{Body: []byte(body), Capture: vigie.Capture{FinalURL: "https://s.test/", MediaType: "text/html; charset=utf-8"}}
		if page, err := parseListing(r, vigie.Discovery{}); err == nil && len(page.links) > maxPageLinks {
			t.Errorf("%s: %d links", name, len(page.links))
		}
	}
}

// soundParser reports whether a go.mod has the parser without its known holes.
func soundParser(mod []byte) bool {
	m := regexp.MustCompile(`golang\.org/x/net v0\.(\d+)\.`).FindSubmatch(mod)
	if m == nil {
		return false
	}
	minor, err := strconv.Atoi(string(m[1]))
	return err == nil && minor >= 55
}

// A zip that unfolds to gigabytes is archived as the data it is, and opened by nobody.
func TestHazardB8(t *testing.T) {
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	sheet, err := z.Create("../../xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	for range 256 {
		sheet.Write(make([]byte, 1<<20))
	}
	z.Close()
	s := newTown(t, map[string]string{"/liste.xlsx": file.String(), "/un": "<html><main><h1>Un titre</h1><p>Le contrat est signé.</p></main></html>"})
	s.kinds = map[string]string{"/liste.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
	archive := &memory{}
	var run vigie.SourceRun
	cost := spent(func() {
		run = newCollector(t, archive).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/liste.xlsx", "/un"}}), vigie.Window{})
	})
	if run.New != 2 || run.State != vigie.StateOK || cost > 64<<20 {
		t.Errorf("%+v for %d MiB, want both archived", run, cost>>20)
	}
	for _, d := range archive.docs {
		if last := d.Captures[0]; (last.Fault == vigie.FaultData) != strings.HasSuffix(d.URL, ".xlsx") {
			t.Errorf("%s: fault %q", d.URL, last.Fault)
		}
	}
	unfolded, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if in, err := unfolded.File[0].Open(); err == nil {
		if n, _ := io.Copy(io.Discard, in); n != 256<<20 {
			t.Errorf("opened, it gives %d bytes: no bomb", n)
		}
	}
}

// Patterns of sources are matched in linear time: one that takes other engines longer than
// there are nights takes this one a moment, and so do all that the sources declare.
func TestHazardB9(t *testing.T) {
	if steps := backtrack(strings.Repeat("a", 24)+"!", 1<<22); steps < 1<<22 {
		t.Errorf("an engine that tries all ways took %d steps only for 24 letters", steps)
	}
	line := strings.Repeat("a", 5<<20) + "!"
	start := time.Now()
	if regexp.MustCompile(`^(a+)+$`).MatchString(line) {
		t.Error("matched what it does not say")
	}
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		for _, d := range s.Discover {
			if d.Match != "" {
				regexp.MustCompile(d.Match).MatchString(line)
			}
		}
	}
	if time.Since(start) > time.Minute {
		t.Errorf("5 MiB of one line took %v", time.Since(start))
	}
}

// backtrack counts how often an engine that goes back looks at a letter to find out that
// ^(a+)+$ does not match, up to a limit.
func backtrack(s string, limit int) (steps int) {
	var group func(at int) bool
	group = func(at int) bool { // one a+, as long as it gets, then the next or the end
		end := at
		for ; end < len(s) && s[end] == 'a' && steps < limit; end++ {
			steps++
		}
		for ; end > at && steps < limit; end-- {
			if steps++; end == len(s) || group(end) {
				return true
			}
		}
		return false
	}
	group(0)
	return steps
}

// A list in windows-1252 whose header, or whose meta element, says otherwise: its titles
// are read, and its bytes archived as they came.
func TestHazardC1(t *testing.T) {
	const title = "Territoires d\u2019industrie \u00e0 B\u0153uf"
	latin := "Territoires d\x92industrie \xe0 B\x9cuf"
	for name, page := range map[string]struct{ kind, head, title string }{
		"the header":              {"text/html; charset=windows-1252", `<meta charset="utf-8">`, latin},
		"the meta element":        {"text/html", `<meta charset="iso-8859-1">`, latin},
		"nobody":                  {"text/html", "", latin},
		"a mark of order":         {"text/html; charset=iso-8859-1", "\ufeff", title},
		"the meta far below":      {"text/html; charset=utf-8", "<!--" + strings.Repeat("x", 2000) + `--><meta charset="iso-8859-1">`, title},
		"UTF-8 that nobody names": {"text/html", "", title},
		"UTF-8 named too late":    {"text/html", "<!--" + strings.Repeat("x", 2000) + `--><meta charset="utf-8">`, title},
		"a header over UTF-8":     {"text/html; charset=iso-8859-1", `<meta charset="utf-8">`, title},
	} {
		list := page.head + "<html><main><a href=/un>" + page.title + "</a></main></html>"
		r := &fetch.Response{Body: []byte(list), Capture: vigie.Capture{FinalURL: "https://s.test/", MediaType: page.kind}}
		got, err := parseListing(r, vigie.Discovery{})
		if err != nil || len(got.links) != 1 || got.links[0].Title != title {
			t.Errorf("told by %s: %q, %v; want %q", name, got.links, err, title)
		}
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader("<main><a href=/un>" + latin + "</a></main>"))
	if err != nil || doc.Find("a").Text() == title {
		t.Errorf("read as UTF-8 without a look the title is right: %v", err)
	}
	s := newTown(t, map[string]string{"/un": "<html><main><h1>" + latin + "</h1><p>" + latin + "</p></main></html>"})
	archive := &memory{}
	newCollector(t, archive).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/un"}}), vigie.Window{})
	for _, d := range archive.docs {
		if d.Captures[0].Digest != vigie.Digest([]byte(s.pages["/un"])) {
			t.Error("the archived bytes are not those that were sent")
		}
	}
}

// Feeds and sitemaps in a charset that only the header tells, that the prolog belies, or
// with one broken byte, say what they have to say.
func TestHazardC1FeedsFetched(t *testing.T) {
	const title = "Territoires d\u2019industrie \u00e0 B\u0153uf"
	latin := "Territoires d\x92industrie \xe0 B\x9cuf"
	for name, feed := range map[string]struct{ kind, prolog, title, want string }{
		"the header alone":       {"application/rss+xml; charset=ISO-8859-1", "", latin, title},
		"a prolog that lies":     {"application/rss+xml; charset=windows-1252", `<?xml version="1.0" encoding="UTF-8"?>`, latin, title},
		"the prolog":             {"text/xml", `<?xml version="1.0" encoding="ISO-8859-1"?>`, latin, title},
		"a prolog over UTF-8":    {"text/xml", `<?xml version="1.0" encoding="ISO-8859-1"?>`, title, title},
		"nobody":                 {"text/xml", "", latin, title},
		"UTF-8 with a stray one": {"text/xml; charset=utf-8", `<?xml version="1.0"?>`, title + " caf\xe9", title + " caf\ufffd"},
		"one stray byte alone":   {"text/xml", `<?xml version="1.0"?>`, "caf\xe9", "caf\u00e9"},
	} {
		s := newTown(t, map[string]string{
			"/rss": feed.prolog + "<rss version=\"2.0\"><channel><title>T</title><item><title>" + feed.title + "</title><link>/un</link></item></channel></rss>",
			"/map": feed.prolog + `<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/un</loc><n:news><n:title>` + feed.title + "</n:title></n:news></url></urlset>",
		})
		s.kinds = map[string]string{"/rss": feed.kind, "/map": feed.kind}
		c := newCollector(t, &memory{})
		for method, address := range map[string]string{"feed": "/rss", "sitemap": "/map"} {
			way, _ := discoverer(method)
			n := 0
			for l, err := range way.Discover(t.Context(), c.Client, vigie.Discovery{Method: method, URL: s.URL + address}, vigie.Window{}) {
				if n++; err != nil || l.Title != feed.want {
					t.Errorf("%s, told by %s: %q, %v; want %q", method, name, l.Title, err, feed.want)
				}
			}
			if n != 1 {
				t.Errorf("%s, told by %s: %d links, want one", method, name, n)
			}
		}
	}
}

// What a page says is read in its own charset by all who judge it.
func TestHazardC1Pages(t *testing.T) {
	page := func(kind, title string) *fetch.Response {
		body := "<html><head><title>" + title + "</title></head><body><main><h1>" + title + "</h1></main></body></html>"
		return &fetch.Response{Body: []byte(body), Capture: vigie.Capture{URL: "https://s.test/un", FinalURL: "https://s.test/un", MediaType: kind}}
	}
	for title, want := range map[string]vigie.PageFault{
		"Page non trouv\u00e9e": vigie.FaultSoft404, "Page non trouv\xe9e": vigie.FaultSoft404,
		"Acc\xe8s refus\xe9": vigie.FaultChallenge, "Site momentan\xe9ment indisponible": vigie.FaultMaintenance,
	} {
		for _, kind := range []string{"text/html; charset=iso-8859-1", "text/html"} {
			r := page(kind, title)
			door, _ := errors.AsType[*PageError](judge(r, "https://s.test/"))
			if door == nil || door.Fault != want {
				t.Errorf("%q as %s: %v, want %s", title, kind, door, want)
			}
			if doc, err := takeApart(r); err != nil || strings.ContainsRune(doc.Text(), '\ufffd') {
				t.Errorf("%q as %s: the tree says %q, %v", title, kind, doc.Text(), err)
			}
			if got, _ := headOf(r); strings.ContainsRune(got, '\ufffd') {
				t.Errorf("%q as %s: the head says %q", title, kind, got)
			}
		}
	}
	long := strings.Repeat("<p>L'\xe9t\xe9 \xe0 l'usine de la vall\xe9e.</p>", 4000)
	r := page("text/html; charset=iso-8859-1", "Un \xe9t\xe9</h1>"+long+"<h1>")
	if p := readShape(r); p.prose < enoughProse || p.prose > enoughProse+100 || !strings.HasPrefix(p.plain(), "un ete l'ete a l'usine de la vallee.") {
		t.Errorf("of a long page %d letters are read: %.60q", p.prose, p.plain())
	}
	if share(shingles(r), shingles(page("", "Un \u00e9t\u00e9</h1>"+strings.ReplaceAll(strings.ReplaceAll(long, "\xe9", "\u00e9"), "\xe0", "\u00e0")))) != 1 {
		t.Error("one page in two charsets is two")
	}
}
