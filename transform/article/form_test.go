package article

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"vigie"
)

// checkForm checks what holds for every article: valid text in its one form, blocks in
// order, within it, on rune boundaries, with nothing but marks and blanks between.
func checkForm(t interface{ Errorf(string, ...any) }, a *vigie.Article) {
	if !utf8.ValidString(a.Text) || !norm.NFC.IsNormalString(a.Text) {
		t.Errorf("text is not UTF-8 in NFC: %q", a.Text)
	}
	for _, bad := range []string{"\r", "\u00a0", "\u200b", "\ufeff", " \n", "\n\n\n"} {
		if strings.Contains(a.Text, bad) {
			t.Errorf("text holds %q: %q", bad, a.Text)
		}
	}
	at := 0
	for i, b := range a.Blocks {
		if b.Lo < at || b.Hi <= b.Lo || b.Hi > len(a.Text) {
			t.Errorf("block %d [%d,%d) is out of order or out of the text", i, b.Lo, b.Hi)
			return
		}
		if between := strings.Trim(a.Text[at:b.Lo], " \n"); between != "" && between != "-" {
			t.Errorf("%q stands between blocks", between)
		}
		if !utf8.RuneStart(a.Text[b.Lo]) || b.Hi < len(a.Text) && !utf8.RuneStart(a.Text[b.Hi]) {
			t.Errorf("block %d cuts a character", i)
		}
		if b.Kind == vigie.Item && b.Level < 1 {
			t.Errorf("block %d is an item of level %d", i, b.Level)
		}
		at = b.Hi
	}
	if strings.TrimSpace(a.Text[at:]) != "" {
		t.Errorf("%q stands after the last block", a.Text[at:])
	}
}

// pieces of pages, well-formed or not, that meet in every order below.
var pieces = []string{
	"<p>", "</p>", "<div class=\"content\">", "</div>", "<ul>", "<li>", "</ul>", "<ol>", "<dl><dt>", "<dd>", "</dl>",
	"<table><tr><td>", "<td rowspan=3>", "<th colspan=99>", "<tr>", "</table>", "<h1>", "</h1>", "<h3>", "<br>", "<blockquote>",
	"<span>149</span><span>communes</span>", "<aside>", "</aside>", "<nav>", "<time datetime=\"2021-03-12\">", "</time>",
	"<b>", "</b>", "<pre>", "<sup>", "<form>", "<font size=1>", "<article>", "<main>", "<body>", "<a href=\"/x\">", "</a>",
	" ", "\n\n", "\t", "• ", "- ", "&nbsp;", "&#8203;", "e\u0301", "\xff", "é", "Trois communes de la vallée ont signé la convention. ",
	"Publié le 12 mars 2021", "Mis à jour le 3 avril 2021", "Partager", "À lire aussi", "1 800", "<!-- ", "-->", "<script>", "</script>",
}

func TestAnyPageHasTheForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := "<html>" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 60).Draw(t, "pieces"), "")
		a, err := Read(Input{Body: []byte(body)})
		if err == nil {
			checkForm(t, a)
		}
	})
}

func TestAnyTextHasTheForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
			"\n", "\n\n", "Un mot", "- ", "  - ", "• ", "\t", "149", "12 mars 2021", " ", "\r\n", "Une phrase, assez longue pour un paragraphe, qui finit. ",
			"Partager cet article", "e\u0301", "\u00a0", "*", "·",
		}), 1, 40).Draw(t, "pieces"), "")
		a, err := Read(Input{Body: []byte(body)})
		if err == nil {
			checkForm(t, a)
		}
	})
}

// TestTextIsItsOwnReading: an article's text, read as a file, gives the same text.
func TestTextIsItsOwnReading(t *testing.T) {
	for _, name := range []string{"clock", "lists", "sections", "updated-only"} {
		first := readFile(t, "testdata/"+name+".html")
		again, err := Read(Input{Body: []byte(first.Text)})
		if err != nil {
			t.Fatal(err)
		}
		if again.Text != first.Text {
			t.Errorf("%s: got\n%s\nwant\n%s", name, again.Text, first.Text)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, p := range pieces {
		f.Add([]byte("<p>"+p), "text/html; charset=windows-1252")
	}
	f.Add([]byte("\xff\xfeL\x00a\x00"), "")
	f.Add([]byte("Titre\n\n- un\n  - deux\n\na\tb"), "text/plain")
	f.Fuzz(func(t *testing.T, body []byte, mediaType string) {
		a, err := Read(Input{Body: body, MediaType: mediaType, URL: "https://a.example/2021/03/b", Fetched: "2024-06-04"})
		if a != nil {
			checkForm(t, a)
		}
		if a == nil && err == nil {
			t.Error("neither an article nor an error")
		}
	})
}
