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
		about []string
		n     int
		want  string
	}{
		{[]string{"Cotentin"}, 200, s},
		{[]string{"Sud Manche"}, 30, "Le Sud Manche et le Nord […]"},
		{[]string{"Cotentin"}, 30, "[…] et le Nord Cotentin sont […]"},
		{[]string{"novembre"}, 30, "[…] Gouvernement depuis novembre."},
		{[]string{"Cotentin", "Sud Manche"}, 30, "[…] Sud Manche et le Nord Cotentin […]"},
		{[]string{"Cotentin", "novembre"}, 30, "[…] et le Nord Cotentin sont […]"},
		{[]string{"Huisne"}, 30, "Le Sud Manche et le Nord […]"},
		{nil, 30, "Le Sud Manche et le Nord […]"},
	} {
		var things [][]stretch
		for _, about := range c.about {
			things = append(things, searchIn(s).name(about))
		}
		if got := excerpt(s, found(things...), c.n); got != c.want {
			t.Errorf("excerpt around %q to %d: got %q, want %q", c.about, c.n, got, c.want)
		}
	}
}

// What an excerpt shows is in the source, word for word, and not too long.
func TestExcerptIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("abé𝄞  \n")), 0, 120, -1).Draw(t, "s")
		about := rapid.StringOfN(rapid.RuneFrom([]rune("abé")), 0, 4, -1).Draw(t, "about")
		got := excerpt(s, found(searchIn(s).name(about)), 30)
		words := strings.TrimSuffix(strings.TrimPrefix(got, Cut+" "), " "+Cut)
		if n := utf8.RuneCountInString(words); n > 30 {
			t.Fatalf("%d characters: %q", n, got)
		}
		if !strings.Contains(s, words) {
			t.Fatalf("%q is not in %q", words, s)
		}
	})
}

// Of a newspaper's long sentence each row shows the words that are its own, wherever
// they stand: its value, its date, its holder, its name in a series.
func TestPressQuotesShowTheirRow(t *testing.T) {
	filler := strings.Repeat("et encore bien des mots qui ne disent rien de tout cela, ", 6)
	quote := "Les territoires retenus sont le Sud Manche, " + filler + "la Bresle et l’Huisne, " + filler +
		"pour 1,36 milliard d’euros, " + filler + "avec une installation le 1er février 2019 à Rouen, " + filler +
		"sous la présidence de Mme Jeanne Morin, " + filler + "pour innover et pour former, " + filler + "en sept binômes."
	d := normandie(t)
	d.Press = func(vigie.Mention) bool { return true }
	for _, c := range []struct {
		detail vigie.Detail
		want   string
	}{
		{vigie.Label{Territory: "Sud Manche", Status: vigie.Labelled}, "Sud Manche"},
		{vigie.Label{Territory: "Vallée de la Bresle", Status: vigie.Labelled}, "la Bresle"},
		{vigie.Member{Territory: "Axe Seine", Member: "Vallée de l'Huisne"}, "l’Huisne"},
		{vigie.Figure{Measure: "funding", Value: 1.36e9, Unit: vigie.UnitEuro}, "1,36 milliard d’euros"},
		{vigie.Figure{Measure: "pairs", Value: 7, Unit: vigie.UnitCount}, "sept binômes"},
		{vigie.Event{Event: "installation-meeting", Date: "2019-02-01", Place: "Rouen"}, "le 1er février 2019 à Rouen"},
		{vigie.Role{Body: "comite-de-pilotage", Role: "preside", Holder: "Jeanne Morin", HolderKind: vigie.HolderPerson}, "Mme Jeanne Morin"},
		{vigie.Theme{Theme: "innovation"}, "innover"},
	} {
		r := vigie.Record{Scope: vigie.France, Detail: c.detail}
		m := vigie.Mention{Citation: vigie.Citation{Published: "2019-02-14"}, Quote: quote}
		got := d.quote(m, r)
		if !strings.Contains(got, c.want) || !strings.Contains(got, Cut) || utf8.RuneCountInString(got) > pressQuote+2*len(Cut) {
			t.Errorf("%+v shows %q, want %q in it", c.detail, got, c.want)
		}
	}
}

func TestPressIsCutAndOthersAreNot(t *testing.T) {
	d := normandie(t)
	long := strings.Repeat("mot ", 100)
	for publisher, want := range map[string]int{"L'Écho du littoral": 210, "Région Normandie": len(long)} {
		m := vigie.Mention{Citation: vigie.Citation{Publisher: publisher}, Quote: long}
		if got := d.quote(m, vigie.Record{Detail: vigie.Theme{}}); len(got) > want || len(got) < want-15 {
			t.Errorf("%s: %d characters, want about %d", publisher, len(got), want)
		}
	}
	d.Press = nil
	if got := d.quote(vigie.Mention{Quote: long}, vigie.Record{Detail: vigie.Theme{}}); got != long {
		t.Errorf("without a hook: %q", got)
	}
}
