package reports

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vigie"
)

func TestLiveLink(t *testing.T) {
	long := "https://a.example/" + strings.Repeat("a", 1_900)
	for _, c := range []struct {
		name, url, words string
		page             int
		want             string
	}{
		{"short", "https://a.example/p", "Le Sud Manche est retenu.", 0, "https://a.example/p#:~:text=Le%20Sud%20Manche%20est%20retenu."},
		{"long: first and last words", "https://a.example/p", "un deux trois quatre cinq six sept huit neuf dix onze", 0,
			"https://a.example/p#:~:text=un%20deux%20trois%20quatre%20cinq,sept%20huit%20neuf%20dix%20onze"},
		{"what means something in a directive", "https://a.example/p", "Saint-Lô, 10 & 20", 0, "https://a.example/p#:~:text=Saint%2DL%C3%B4%2C%2010%20%26%2020"},
		{"blocks: never across", "https://a.example/p", "Sont retenus :\n- Axe Seine\n- Sud Manche", 0, "https://a.example/p#:~:text=Sont%20retenus%20%3A,Sud%20Manche"},
		{"cells", "https://a.example/p", "Axe Seine\t7 EPCI\t2018", 0, "https://a.example/p#:~:text=Axe%20Seine,2018"},
		{"cut", "https://a.example/p", "[…] le Sud Manche […]", 0, "https://a.example/p#:~:text=le%20Sud%20Manche"},
		{"a fragment of its own", "https://a.example/p#bas", "oui", 0, "https://a.example/p#bas:~:text=oui"},
		{"page of a PDF", "https://a.example/p.pdf", "oui", 12, "https://a.example/p.pdf#page=12"},
		{"no words", "https://a.example/p", "", 0, "https://a.example/p"},
		{"no address", "", "oui", 0, ""},
		{"little room", long, strings.Repeat(strings.Repeat("é", 10)+" ", 11), 0,
			long + "#:~:text=" + strings.Repeat("%C3%A9", 10) + "," + strings.Repeat("%C3%A9", 10)},
		{"no room", long, strings.Repeat("é", 200), 0, long},
	} {
		m := vigie.Mention{Citation: vigie.Citation{URL: c.url}, Page: c.page}
		if got := liveLink(m, c.words); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// Whatever is quoted, the link is one that Excel bears, and its words are the quote's.
func TestFragmentsAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOfN(rapid.RuneFrom([]rune("ab é-,&#%\"<>\\^`{|}\n\t’«»:~\u00a0𝄞")), 0, 300, -1).Draw(t, "words")
		link := liveLink(vigie.Mention{Citation: vigie.Citation{URL: "https://a.example/é?x=1"}}, words)
		plain, ok := linkable(link)
		if !ok {
			t.Fatalf("%q is no link", link)
		}
		_, value, found := strings.Cut(plain, "#:~:text=")
		if !found {
			return
		}
		for _, edge := range strings.Split(value, ",") {
			said, err := url.PathUnescape(edge)
			if err != nil || strings.ContainsAny(edge, "-&") || !strings.Contains(strings.Join(strings.Fields(words), " "), said) {
				t.Fatalf("%q names %q (%v)", words, said, err)
			}
		}
	})
}
