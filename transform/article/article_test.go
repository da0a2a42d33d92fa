package article

import (
	"errors"
	"os"
	"strings"
	"testing"

	"vigie"
)

func readFile(t testing.TB, name string) *vigie.Article {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Read(Input{Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ name, body, why string }{
		{"empty", " \n", "empty"},
		{"image", "\x89PNG\r\n\x1a\n", "image"},
		{"compressed", "\x1f\x8b\x08\x00", "compressed"},
		{"binary", "abc\x00def", "binary"},
		{"JSON", `{"a": "<p>b</p>"}`, "feed or API"},
		{"frames", `<html><frameset cols="1,2"><frame src="a.htm"></frameset></html>`, "frame"},
		{"shell of a script", `<html><body><div id="app"></div><script>start()</script></body></html>`, "browser"},
		{"unreadable", strings.Repeat("Le comité \ufffd\ufffd\ufffd. ", 40), "unreadable"},
		{"dates alone", "12 mars 2021\n\n13 mars 2021", "dates"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read(Input{Body: []byte(c.body)})
			if a != nil || !errors.Is(err, vigie.ErrNoArticle) || !strings.Contains(err.Error(), c.why) {
				t.Errorf("Read(%q) = %v, %v; want an error about %q", c.body, a, err, c.why)
			}
		})
	}
}

func TestReadTooLarge(t *testing.T) {
	_, err := Read(Input{Body: []byte("<p>" + strings.Repeat("a ", maxBody/2) + "</p>")})
	if !errors.Is(err, vigie.ErrTooLarge) || !errors.Is(err, vigie.ErrNoArticle) {
		t.Errorf("got %v, want ErrTooLarge and ErrNoArticle", err)
	}
}

// TestReadDeep: the parser gives up past 512 open elements; the text must not vanish.
func TestReadDeep(t *testing.T) {
	body := "<html><body>" + strings.Repeat("<div>", 600) + "<p>Douze communes sont retenues.</p><p>La liste est close.</p>"
	a, err := Read(Input{Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	if want := "Douze communes sont retenues.\n\nLa liste est close."; a.Text != want {
		t.Errorf("got %q, want %q", a.Text, want)
	}
}

// TestReadIsLinear reads pages as large as the largest real ones; work that
// grew with the square would not end.
func TestReadIsLinear(t *testing.T) {
	const n = 20_000
	for name, body := range map[string]string{
		"one line":         "<h1>T</h1><p>" + strings.Repeat("Une phrase de plus. ", n) + "</p>",
		"plain line":       "Titre\n\n" + strings.Repeat("Une phrase de plus. ", n),
		"plain lines":      "Titre\n\n" + strings.Repeat("Une ligne assez longue pour que la suivante la continue peut-être\nou non, selon\n", n/2),
		"paragraphs":       "<h1>T</h1>" + strings.Repeat("<p>Une phrase du texte.</p>", n),
		"empty blocks":     "<h1>T</h1><p>Une phrase.</p>" + strings.Repeat("<div></div>", n) + "<ul><li><a href=a>Lire aussi</a></ul>",
		"headings of site": "<h1>T</h1>" + strings.Repeat("<div></div><h3>Lire aussi</h3><p>Une phrase du texte, qui dit quelque chose.</p>", n/4),
		"breaks":           "<h1>T</h1><p>" + strings.Repeat("Une commune<br>", n) + "</p>",
		"items":            "<h1>T</h1><ul>" + strings.Repeat("<li>Une commune", n) + "</ul>",
		"rows":             "<h1>T</h1><table>" + strings.Repeat("<tr><td>a<td rowspan=40>b", n/2) + "</table>",
		"dates":            "<h1>T</h1>" + strings.Repeat("<div>12 mars 2021</div>", n/4),
		"link boxes":       "<h1>T</h1><p>Une phrase du texte.</p>" + strings.Repeat("<div><a href=a>b</a> <a href=c>d</a></div>", n/2),
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Read(Input{Body: []byte(body)})
			if err != nil {
				t.Fatal(err)
			}
			checkForm(t, a)
		})
	}
}

func TestReadCharsets(t *testing.T) {
	const want = "L’été à Bœuf-en-Thar"
	for _, c := range []struct{ name, mediaType, head, text string }{
		{"UTF-8 declared", "text/html; charset=utf-8", "", "L’été à Bœuf-en-Thar"},
		{"UTF-8 called Latin-1 by the server", "text/html; charset=iso-8859-1", "", "L’été à Bœuf-en-Thar"},
		{"windows-1252 in the header", "text/html; charset=windows-1252", "", "L\x92\xe9t\xe9 \xe0 B\x9cuf-en-Thar"},
		{"windows-1252 called Latin-1 in meta", "text/html", `<meta charset="iso-8859-1">`, "L\x92\xe9t\xe9 \xe0 B\x9cuf-en-Thar"},
		{"windows-1252 called UTF-8", "text/html; charset=utf-8", `<meta charset="utf-8">`, "L\x92\xe9t\xe9 \xe0 B\x9cuf-en-Thar"},
		{"windows-1252 undeclared", "", "", "L\x92\xe9t\xe9 \xe0 B\x9cuf-en-Thar"},
		{"decomposed", "", "", "L’e\u0301te\u0301 a\u0300 Bœuf-en-Thar"},
		{"entities", "", "", "L&rsquo;&eacute;t&eacute; &agrave; B&#339;uf-en-Thar"},
		{"invisible marks", "", "", "L’\u200bété\u00ad à \u202aBœuf-en-Thar\u202c"},
		{"no-break space", "", "", "L’été\u00a0à Bœuf-en-Thar"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read(Input{Body: []byte("<html><head>" + c.head + "</head><body><p>" + c.text + "</p></body></html>"), MediaType: c.mediaType})
			if err != nil {
				t.Fatal(err)
			}
			if a.Text != want {
				t.Errorf("got %q, want %q", a.Text, want)
			}
		})
	}
}

func TestReadSelectors(t *testing.T) {
	const page = `<html><body><h1>Site</h1><h2 class=t>Le titre</h2><i class=d>12/03/2021</i>
<div class=x><p>Le texte déclaré tient ici, en une phrase.</p></div><div class=y><p>Un autre texte, bien plus long, qui n’est pas celui que la source déclare et qu’il faut laisser.</p></div></body></html>`
	for _, c := range []struct {
		name  string
		s     vigie.Selectors
		want  string
		wrong bool
	}{
		{"all fit", vigie.Selectors{Article: ".x", Title: ".t", Published: ".d"}, "Le titre\n\nLe texte déclaré tient ici, en une phrase.", false},
		{"title matches nothing", vigie.Selectors{Article: ".x", Title: ".gone"}, "Site\n\nLe texte déclaré tient ici, en une phrase.", true},
		{"several places", vigie.Selectors{Article: "div", Title: ".t"}, "Le titre\n\nLe texte déclaré tient ici, en une phrase.", true},
		{"title in several places", vigie.Selectors{Article: ".x", Title: ".t, .d"}, "Site\n\nLe texte déclaré tient ici, en une phrase.", true},
		{"no CSS", vigie.Selectors{Article: ".x", Title: ".t", Published: "]["}, "Le titre\n\nLe texte déclaré tient ici, en une phrase.", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read(Input{Body: []byte(page), Content: c.s})
			if a == nil || errors.Is(err, ErrSelector) != c.wrong {
				t.Fatalf("got %v, %v; want an article, and ErrSelector: %v", a, err, c.wrong)
			}
			if a.Text != c.want {
				t.Errorf("got %q, want %q", a.Text, c.want)
			}
		})
	}
}

func TestReadTakesWhatIsGiven(t *testing.T) {
	in := Input{
		Body: []byte(`<html><head><link rel=canonical href="https://b.example/p"></head><body><h1>T</h1><p>Une phrase du texte.</p></body></html>`),
		URL:  "http://a.example/p?utm_source=x", Publisher: "Préfecture", Scope: vigie.Ref{Type: vigie.RefRegion, ID: "28"}, Published: "2019-02-14",
	}
	a, err := Read(in)
	if err != nil {
		t.Fatal(err)
	}
	if a.URL != "https://a.example/p" || a.Document != vigie.NewDocumentID(a.URL, nil) || a.Publisher != "Préfecture" || a.Scope != in.Scope || a.Published != "2019-02-14" {
		t.Errorf("got %+v", a.Citation)
	}
	in.URL = ""
	if a, _ = Read(in); a.URL != "https://b.example/p" {
		t.Errorf("without an address got %q, want the page's own", a.URL)
	}
}
