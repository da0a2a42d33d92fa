package scrapers

import (
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

const listings = `
-- https://s.test/news --
200
Content-Type: text/html

<html><head><meta charset="iso-8859-1"></head><body><nav><a href="/menu">Menu</a></nav><main>
<div class="card"><h3><a href="/un">Un caf` + "\xe9" + `</a></h3><p>Territoires d'industrie</p><p class="fr-card__detail">Publi` + "\xe9" + ` le 14/02/2019</p></div>
<div class="card"><a href="/deux#contenu"><img alt="Deux"></a><a href="/deux#contenu">Lire</a><time datetime="2019-02-13T23:00:00+01:00">hier</time></div>
<div class="card"><h3><a href="/trois">Trois</a></h3><span class="date">le 5 mai</span></div>
<a class="suite" href="/news/(offset)/10">Suite</a><ul><li><a aria-current="page" href="?page=1">1</a><a href="?page=2">2</a><a href="?page=3">3</a></ul></main>
<footer><a href="/legal">L</a></footer></body></html>
-- https://s.test/news?page=2 --
200
Content-Type: text/html

<main><div class="card"><h3><a href="/quatre">Quatre</a></h3><time datetime="2018-01-01"></time></div><a href="?page=1">1</a><a href="?page=3">3</a></main>
-- https://s.test/news?page=3 --
200
Content-Type: text/html

<main><div class="card"><h3><a href="/un">Un</a></h3></div><a href="?page=4">4</a></main>
-- https://s.test/news?page=4 --
200
Content-Type: text/html

<main><div class="card"><h3><a href="/un">Un</a></h3></div><a href="?page=5">5</a></main>
-- https://s.test/news/(offset)/10 --
200
Content-Type: text/html

<main><div class="card"><h3><a href="/cinq">Cinq</a></h3></div><a rel="next" class="suite" href="https://elsewhere.test/">Suite</a></main>
-- https://s.test/rel --
200
Content-Type: text/html

<head><base href="https://s.test/fr/"><link rel="next" href="https://s.test/news/(offset)/10"></head><main><a href="six">Six</a><a href="#haut">Haut</a><a href="javascript:void(0)">J</a></main>
-- https://s.test/menus --
200
Content-Type: text/html

<main><nav><a href="/menu">Menu</a></nav><header><a href="/haut">Haut</a></header><div><a href="/sept">Sept</a></div><form><a href="/trier">Trier</a></form>
<aside><a href="/cote">À côté</a></aside><div role="navigation"><a href="?page=2">2</a></div><footer><a href="/legal">L</a></footer></main>
-- https://s.test/menus?page=2 --
200
Content-Type: text/html

<main><div><a href="/huit">Huit</a></div></main>
-- https://s.test/bare --
200
Content-Type: text/html

<main><p>Aucun article.</p></main>
`

func TestListing(t *testing.T) {
	un, deux, trois := "/un|Un café|2019-02-14", "/deux|Deux|2019-02-13", "/trois|Trois|"
	tests := []struct {
		name   string
		d      vigie.Discovery
		window vigie.Window
		want   []string
		err    error
	}{
		{"by number, until nothing is new", vigie.Discovery{URL: "/news", Item: ".card"}, vigie.Window{}, []string{un, deux, trois, "/quatre|Quatre|2018-01-01"}, nil},
		{"as many pages as allowed", vigie.Discovery{URL: "/news", Item: ".card", MaxPages: 1}, vigie.Window{}, []string{un, deux, trois}, nil},
		{"item is the link", vigie.Discovery{URL: "/news", Item: ".card h3 a", MaxPages: 1}, vigie.Window{}, []string{un, trois}, nil},
		{"next by selector; other hosts are left out", vigie.Discovery{URL: "/news", Item: ".card h3 a", Next: "a.suite"}, vigie.Window{}, []string{un, trois, "/cinq|Cinq|"}, nil},
		{"stops at the window's start", vigie.Discovery{URL: "/news", Item: ".card"}, vigie.Window{Since: "2019"}, []string{un, deux, trois}, nil},
		{"rel=next, base, main part", vigie.Discovery{URL: "/rel"}, vigie.Window{}, []string{"/fr/six|Six|", "/cinq|Cinq|", "https://elsewhere.test/|Suite|"}, nil},
		{"menus are no news, but number the pages", vigie.Discovery{URL: "/menus"}, vigie.Window{}, []string{"/sept|Sept|", "/huit|Huit|"}, nil},
		{"selector finds nothing", vigie.Discovery{URL: "/news", Item: ".gone a"}, vigie.Window{}, nil, ErrChanged},
		{"no link at all", vigie.Discovery{URL: "/bare"}, vigie.Window{}, nil, ErrChanged},
		{"missing", vigie.Discovery{URL: "/robots.txt"}, vigie.Window{}, nil, vigie.ErrNotFound},
	}
	for _, tt := range tests {
		g, _ := newGetter(t, listings)
		tt.d.Method, tt.d.URL = "listing", "https://s.test"+tt.d.URL
		got, errs := discovered(t, g, tt.d, tt.window)
		check(t, tt.name, tt.want, got, tt.err, errs)
	}
}

// B6: the time that a page takes does not grow with the square of its links.
func TestListingOfManyLinks(t *testing.T) {
	body := "<main><div><section>" + strings.Repeat(`<p>mot <a href="/x">x</a></p>`, 20) + strings.Repeat("<p>mot</p>", 20_000) +
		strings.Repeat(`<a href="/y">y</a>`, 20_000) + "</section></div></main>"
	resp := &fetch.Response{Body: []byte(body), Capture: vigie.Capture{FinalURL: "https://s.test/news", MediaType: "text/html"}}
	start := time.Now()
	page, err := parseListing(resp, vigie.Discovery{})
	if took := time.Since(start); err != nil || len(page.links) != maxPageLinks || took > 10*time.Second {
		t.Errorf("%d links in %v, %v; want %d", len(page.links), took, err, maxPageLinks)
	}
}

// What stands round a link is its summary where it is a card; a page's whole text, or a list that
// holds more than a card does, says nothing of one link.
func TestCards(t *testing.T) {
	words := strings.Repeat("Le conseil a voté. ", 200)
	for body, want := range map[string]string{
		"<main><div><a href=/un>Un</a> <p>Le contrat est signé.</p></div><div><a href=/x>X</a></div></main>":        "Un Le contrat est signé.",
		"<main><div><a href=/un>Un</a> " + words + "</div><div><a href=/x>X</a></div></main>":                       "",
		"<main><section><p><a href=/un>Un</a></p>" + strings.Repeat("<i>a</i>", maxCardNodes) + "</section></main>": "Un", // more than a card
	} {
		resp := &fetch.Response{Body: []byte(body), Capture: vigie.Capture{FinalURL: "https://s.test/news", MediaType: "text/html; charset=utf-8"}}
		if page, err := parseListing(resp, vigie.Discovery{}); err != nil || len(page.links) == 0 || page.links[0].Summary != want {
			t.Errorf("%.80s: %+v, %v; want the summary %q", body, page.links, err, want)
		}
	}
}
