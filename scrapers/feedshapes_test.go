package scrapers

import (
	"slices"
	"strings"
	"testing"

	"vigie"
)

// Feeds as real sites send them: what XML forbids and browsers bear is read all the same.
func TestFeedShapes(t *testing.T) {
	const bom = "\ufeff"
	rss := func(prolog, items string) string {
		return prolog + `<rss version="2.0"><channel><title>S</title><link>https://s.test/</link>` + items + `</channel></rss>`
	}
	item := func(title, link string) string {
		return "<item><title>" + title + "</title><link>" + link + "</link><pubDate>Thu, 14 Feb 2019 09:00:00 +0100</pubDate></item>"
	}
	atom := func(prolog, title string) string {
		return prolog + `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>a</id><updated>2023-01-01T00:00:00Z</updated>` +
			`<entry><title>` + title + `</title><id>1</id><link href="/a"/><published>2019-02-14T09:00:00+01:00</published></entry></feed>`
	}
	const prolog = `<?xml version="1.0" encoding="utf-8"?>` + "\n"
	tests := []struct {
		name, body string
		want       []string
	}{
		{"a BOM", rss(bom+prolog, item("Dieppe", "/a")), []string{"/a|Dieppe|2019-02-14"}},
		{"a BOM, Atom", atom(bom+prolog, "Dieppe"), []string{"/a|Dieppe|2019-02-14"}},
		{"an empty line before the prolog", rss("\n"+prolog, item("Dieppe", "/a")), []string{"/a|Dieppe|2019-02-14"}},
		{"a bare & between words", rss(prolog, item("Recherche & développement", "/a")), []string{"/a|Recherche & développement|2019-02-14"}},
		{"a bare & within a word", rss(prolog, item("R&D, M&A", "/a")), []string{"/a|R&D, M&A|2019-02-14"}},
		{"a bare & in an address", rss(prolog, item("Dieppe", "https://s.test/a?b=1&c=2")), []string{"/a?b=1&c=2|Dieppe|2019-02-14"}},
		{"a bare &, Atom", atom(prolog, "Recherche & développement"), []string{"/a|Recherche & développement|2019-02-14"}},
		{"HTML's entities", rss(prolog, item("L&rsquo;&eacute;t&eacute; &agrave;&nbsp;Dieppe&hellip;", "/a")), []string{"/a|L’été à Dieppe…|2019-02-14"}},
		{"HTML's entities, Atom", atom(prolog, "L&rsquo;&eacute;t&eacute; &agrave;&nbsp;Dieppe"), []string{"/a|L’été à Dieppe|2019-02-14"}},
		{"escaped twice", rss(prolog, item("L&amp;rsquo;&amp;eacute;t&amp;eacute;", "/a")), []string{"/a|L’été|2019-02-14"}},
		{"ISO-8859-1", rss(`<?xml version="1.0" encoding="ISO-8859-1"?>`+"\n", item("L'\xe9t\xe9", "/a")), []string{"/a|L'été|2019-02-14"}},
		{"an empty title, closed at once", rss(prolog, "<item><title/><link>/a</link></item>"), []string{"/a||"}},
		{"an empty title, Atom", atom(prolog, ""), []string{"/a||2019-02-14"}},
		{"no date", rss(prolog, "<item><title>Dieppe</title><link>a</link></item>"), []string{"/a|Dieppe|"}},
	}
	for _, tt := range tests {
		g, _ := newGetter(t, "-- https://s.test/rss --\n200\nContent-Type: application/xml\n\n"+tt.body+"\n")
		got, errs := discovered(t, g, vigie.Discovery{Method: "feed", URL: "https://s.test/rss"}, vigie.Window{})
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], "\u00a0", " ")
		}
		if len(errs) > 0 || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, errs, tt.want)
		}
	}
}

// The feeds of préfectures of départements, RSS or Atom, often leave an item's title empty:
// then its address tells what it is about, or its summary.
func TestFeedsOfPrefectures(t *testing.T) {
	const article = `200
Content-Type: text/html; charset=utf-8

<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Actualité</title></head>
<body><main><h1>Une réunion NUMBER</h1><p>Mis à jour le 02/01/2023</p><p>Le comité NUMBER s'est réuni à la sous-préfecture. Les élus et les chefs d'entreprise ont fait le point sur les actions engagées pour la formation et pour le foncier de la vallée.</p></main></body></html>
`
	feeds := map[string]string{
		"/syndication/flux/actualites": `<rss version="2.0"><channel><title>Actualités</title>
<item><title/><link>/Actualites/Un-territoire-d-industrie-signe</link><pubDate>Thu, 14 Feb 2019 09:00:00 +0100</pubDate><description/></item>
<item><title></title><link>/Actualites/Une-reunion</link><pubDate>Wed, 13 Feb 2019 09:00:00 +0100</pubDate><description>&lt;p&gt;Les Territoires d'industrie du département.&lt;/p&gt;</description></item>
<item><title/><link>/Actualites/Chasse</link><pubDate>Tue, 12 Feb 2019 09:00:00 +0100</pubDate><description/></item>
</channel></rss>`,
		"/layout/set/rss/Actualites": `<feed xmlns="http://www.w3.org/2005/Atom"><title>Actualités</title><id>a</id><updated>2023-01-01T00:00:00Z</updated>
<entry><title/><id>1</id><link href="/Actualites/Un-territoire-d-industrie-signe"/><published>2019-02-14T09:00:00+01:00</published></entry>
<entry><title></title><id>2</id><link href="/Actualites/Une-reunion"/><summary>Les Territoires d'industrie du département.</summary><published>2019-02-13T09:00:00+01:00</published></entry>
<entry><title/><id>3</id><link href="/Actualites/Chasse"/><published>2019-02-12T09:00:00+01:00</published></entry></feed>`,
	}
	families, err := loadFamilies(embedded)
	if err != nil {
		t.Fatal(err)
	}
	for path, feed := range feeds {
		root, err := parseYAMLText("s.yaml", []byte("id: s\npublisher: {name: P, kind: etat}\nscope: departement:38\nhome: https://s.test/\nfamily: prefecture\ndiscover: [{method: feed, url: "+path+"}]\n"))
		if err != nil {
			t.Fatal(err)
		}
		source, err := readSource(root, "s", families)
		if err != nil {
			t.Fatal(err)
		}
		f, err := ReadFixture(path, []byte("clock: 2019-02-15T04:15:00Z\nstate: ok\nfound: 3\nnew: 2\nskipped: 1\nnewest: 2019-02-14\n-- https://s.test"+path+" --\n200\nContent-Type: application/xml\n\n"+feed+
			"\n-- https://s.test/Actualites/Un-territoire-d-industrie-signe --\n"+strings.ReplaceAll(article, "NUMBER", "une")+
			"-- https://s.test/Actualites/Une-reunion --\n"+strings.ReplaceAll(article, "NUMBER", "deux")))
		if err != nil {
			t.Fatal(err)
		}
		run, err := f.Run(t.Context(), source)
		if d := f.Differences(run); err != nil || len(d) > 0 || run.Error != "" {
			t.Errorf("%s: %v %v %s", path, err, d, run.Error)
		}
	}
}
