package article

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for token, want := range map[string][]string{
		"entry-content":    {"entry", "content"},
		"entryContent":     {"entry", "content"},
		"entry__content2":  {"entry", "content"},
		"field--name-body": {"field", "name", "body"},
		"UPPER":            {"upper"},
		"été_à-part":       {"été", "à", "part"},
		"-12-":             nil,
	} {
		if diff := cmp.Diff(want, words(nil, token)); diff != "" {
			t.Errorf("words(%q) (-want +got):\n%s", token, diff)
		}
	}
}

func TestUnwrap(t *testing.T) {
	for in, want := range map[string]string{
		"a  b":           "a  b",
		"a \n\t  b":      "a b",
		"\n  a\n":        " a ",
		"a\u00a0\u00a0b": "a\u00a0\u00a0b",
	} {
		if got := unwrap(in); got != want {
			t.Errorf("unwrap(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		text string
		want [][]line
	}{
		{"un\n\ndeux\ntrois", [][]line{{{text: "un"}}, {{text: "deux"}, {text: "trois"}}}},
		{"•   un\n● deux", [][]line{{{"un", true}, {"deux", true}}}},
		{"Il a promis\n- un\n- deux", [][]line{{{text: "Il a promis"}, {"un", true}, {"deux", true}}}},
		{"- Une remarque isolée", [][]line{{{text: "- Une remarque isolée"}}}},
		{"*un renvoi\n* un point", [][]line{{{text: "*un renvoi"}, {"un point", true}}}},
	} {
		if diff := cmp.Diff(c.want, paragraphs(c.text), cmp.AllowUnexported(line{})); diff != "" {
			t.Errorf("paragraphs(%q) (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestSiteLines(t *testing.T) {
	for line, want := range map[string]bool{
		"Publicité":                                 true,
		"Haut de page - Imprimer":                   true,
		"Partager sur Facebook":                     true,
		"À lire aussi : un autre article":           true,
		">> Lire aussi : un autre":                  true,
		"Temps de lecture : 3 min":                  true,
		"© Préfecture du Thar":                      true,
		"{{ page.total }} communes":                 true,
		"En savoir plus sur le Thar":                false,
		"Les communes vont se partager l’enveloppe": false,
		"Publicité des débats":                      false,
		"Lire et écrire":                            false,
		"- 12 -":                                    false,
	} {
		if got := isSiteLine(line); got != want {
			t.Errorf("isSiteLine(%q) = %v, want %v", line, got, want)
		}
	}
}

func TestKeyFigureNumbers(t *testing.T) {
	for s, want := range map[string]bool{
		"149": true, "1 800": true, "100 m€": true, "9/10": true, "+ 12 %": true, "1,36 milliard": true, "2 150": true,
		"phase 2": false, "12 communes": false, "": false, "1er": false,
	} {
		if got := figureNumber.MatchString(s); got != want {
			t.Errorf("figureNumber on %q: %v, want %v", s, got, want)
		}
	}
}
