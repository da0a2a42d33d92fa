package reports

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"vigie"
)

func TestExcerpt(t *testing.T) {
	const s = "Le Sud Manche et le Nord Cotentin sont retenus par le Gouvernement depuis novembre."
	for _, c := range []struct {
		about string
		n     int
		want  string
	}{
		{"Cotentin", 200, s},
		{"Sud Manche", 30, "Le Sud Manche et le Nord […]"},
		{"Cotentin", 30, "[…] et le Nord Cotentin sont […]"},
		{"novembre", 30, "[…] Gouvernement depuis novembre."},
		{"Huisne", 30, "Le Sud Manche et le Nord […]"},
		{"", 30, "Le Sud Manche et le Nord […]"},
	} {
		if got := excerpt(s, c.about, c.n); got != c.want {
			t.Errorf("excerpt around %q to %d: got %q, want %q", c.about, c.n, got, c.want)
		}
	}
}

// What an excerpt shows is in the source, word for word, and not too long.
func TestExcerptIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("abé𝄞  \n")), 0, 120, -1).Draw(t, "s")
		about := rapid.StringOfN(rapid.RuneFrom([]rune("abé")), 0, 4, -1).Draw(t, "about")
		got := excerpt(s, about, 30)
		words := strings.TrimSuffix(strings.TrimPrefix(got, cut+" "), " "+cut)
		if n := utf8.RuneCountInString(words); n > 30 {
			t.Fatalf("%d characters: %q", n, got)
		}
		if !strings.Contains(s, words) {
			t.Fatalf("%q is not in %q", words, s)
		}
	})
}

func TestPressIsCutAndOthersAreNot(t *testing.T) {
	d := normandie(t)
	long := strings.Repeat("mot ", 100)
	for publisher, want := range map[string]int{"L'Écho du littoral": 210, "Région Normandie": len(long)} {
		m := vigie.Mention{Citation: vigie.Citation{Publisher: publisher}, Quote: long}
		if got := d.quote(m, vigie.Theme{}); len(got) > want || len(got) < want-15 {
			t.Errorf("%s: %d characters, want about %d", publisher, len(got), want)
		}
	}
	d.Press = nil
	if got := d.quote(vigie.Mention{Quote: long}, vigie.Theme{}); got != long {
		t.Errorf("without a hook: %q", got)
	}
}

func TestDocumentsCountOnce(t *testing.T) {
	ms := []vigie.Mention{{Citation: vigie.Citation{Document: "a"}}, {Citation: vigie.Citation{Document: "a"}}, {Citation: vigie.Citation{Document: "b"}}}
	if got := documents(ms); got != 2 {
		t.Errorf("got %d documents, want 2", got)
	}
}

// TestReprisesCountOnce: who republishes a text is named, and no source of its own.
func TestReprisesCountOnce(t *testing.T) {
	said := func(document, publisher string) vigie.Mention {
		return vigie.Mention{Citation: vigie.Citation{Document: vigie.DocumentID(document), Publisher: publisher}}
	}
	ms := []vigie.Mention{said("a", "Préfecture"), said("b", "Ouest"), said("c", "Manche"), said("d", "Ouest"), said("e", "Agence"), said("f", "CCI")}
	for _, tt := range []struct {
		origins  []vigie.DocumentID
		sources  float64
		repeated string
	}{
		{nil, 5, ""},
		{[]vigie.DocumentID{"", "a", "a", "a", "", ""}, 3, "Ouest Manche"},
		{[]vigie.DocumentID{"", "", "", "a", "x", "x"}, 4, "Ouest Agence CCI"}, // x does not state it itself
	} {
		r := vigie.Record{Mentions: ms, Origins: tt.origins}
		if got := speakers(&r).Number; got != tt.sources {
			t.Errorf("%v: %v sources, want %v", tt.origins, got, tt.sources)
		}
		if got := strings.Join(reprises(r), " "); got != tt.repeated {
			t.Errorf("%v: repeated by %q, want %q", tt.origins, got, tt.repeated)
		}
	}
}
