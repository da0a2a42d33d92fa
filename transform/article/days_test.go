package article

import (
	"testing"

	"vigie"
)

// TestPublished puts dates where pages have them, and asks which is the publication's.
func TestPublished(t *testing.T) {
	const prose = "<p>Les trois présidents ont signé la convention du territoire, devant la presse réunie.</p>"
	const end = "<p>Elle vaut jusqu’à la fin de l’année 2024, et pourra être renouvelée une fois.</p>"
	for _, c := range []struct {
		name, head, body string
		in               Input
		published        vigie.Date
		updated          vigie.Date
	}{
		{name: "line under the title", body: "<h1>T</h1><p>Publié le 7 mars 2019</p>" + prose, published: "2019-03-07"},
		{name: "line above the title", body: "<p>7 mars 2019</p><h1>T</h1>" + prose, published: "2019-03-07"},
		{name: "two above, the nearer", body: "<p>lundi 3 juin 2024</p><p>7 mars 2019</p><h1>T</h1>" + prose, published: "2019-03-07"},
		{name: "clock in the site's header", body: "<div class=topbar>3 juin 2024</div><nav>Menu</nav><h1>T</h1>" + prose},
		{name: "clock: the day it was fetched", body: "<p>lundi 3 juin 2024</p><h1>T</h1>" + prose, in: Input{Fetched: "2024-06-03"}},
		{name: "published the day it was fetched", body: "<h1>T</h1><p>3 juin 2024</p>" + prose, in: Input{Fetched: "2024-06-03"}, published: "2024-06-03"},
		{name: "line at the end", body: "<h1>T</h1>" + prose + end + "<p>Mis en ligne le 7 mars 2019</p>", published: "2019-03-07"},
		{name: "an event is none", body: "<h1>T</h1><p>Rendez-vous le 7 mars 2019 à Hautmont.</p>" + prose},
		{name: "only the change", body: "<h1>T</h1><p>Mis à jour le 7 mars 2019</p>" + prose, published: "2019-03-07"},
		{name: "given beats the change", body: "<h1>T</h1><p>Mis à jour le 7 mars 2019</p>" + prose, in: Input{Published: "2018-11-22"}, published: "2018-11-22", updated: "2019-03-07"},
		{name: "the page beats what is given", body: "<h1>T</h1><p>7 mars 2019</p>" + prose, in: Input{Published: "2018-11-22"}, published: "2019-03-07"},
		{name: "both on one line", body: "<h1>T</h1><p>Publié le 7 mars 2019 - Modifié le 9 mars 2019</p>" + prose, published: "2019-03-07", updated: "2019-03-09"},
		{name: "meta", head: `<meta property="article:published_time" content="2019-03-07T10:00:00+01:00">`, body: "<h1>T</h1>" + prose, published: "2019-03-07"},
		{name: "Dublin Core beside the change", head: `<meta name="DC.date" content="2018-11-22">`, body: "<h1>T</h1><p>Mis à jour le 02/01/2023</p>" + prose, published: "2018-11-22", updated: "2023-01-02"},
		{name: "what is shown beats the template", head: `<meta name="date" content="2023-05-01">`, body: "<h1>T</h1><p>Publié le 7 mars 2019</p>" + prose, published: "2019-03-07"},
		{name: "late in Greenwich, tomorrow in Paris", head: `<meta name="date" content="2019-07-06T22:30:00Z">`, body: "<h1>T</h1>" + prose, published: "2019-07-07"},
		{name: "time element", body: "<h1>T</h1><div class=meta>Par N. <time datetime=2019-03-07>il y a 3 jours</time></div>" + prose, published: "2019-03-07"},
		{name: "time of a change", body: "<h1>T</h1><time itemprop=dateModified datetime=2019-03-07>7 mars</time>" + prose, published: "2019-03-07"},
		{name: "address", body: "<h1>T</h1>" + prose, in: Input{URL: "https://a.example/2019/03/07/t"}, published: "2019-03-07"},
		{name: "month in the address", body: "<h1>T</h1>" + prose, in: Input{URL: "https://a.example/2019/03/t.html"}, published: "2019-03"},
		{name: "the computer's zero", head: `<meta name="date" content="1970-01-01">`, body: "<h1>T</h1>" + prose},
		{name: "the future", head: `<meta name="date" content="2030-01-01">`, body: "<h1>T</h1>" + prose, in: Input{Fetched: "2024-06-03"}},
		{name: "a comment's", body: "<h1>T</h1>" + prose + "<div class=comments><p>Publié le 7 mars 2019</p></div>"},
		{name: "a teaser's", body: "<h1>T</h1>" + prose + "<aside><p>Publié le 7 mars 2019</p></aside>"},
		{name: "a picture's", body: "<h1>T</h1><figure><figcaption>Photo du 7 mars 2019</figcaption></figure>" + prose},
		{name: "the copyright's", body: "<h1>T</h1>" + prose + "<footer>© 7 mars 2019</footer>"},
		{name: "the selector's", body: "<h1>T</h1><p>Hautmont, <b class=d>7 mars 2019</b>, dans la salle des fêtes</p>" + prose, in: Input{Content: vigie.Selectors{Published: ".d"}}, published: "2019-03-07"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.in.Body = []byte("<html><head>" + c.head + "</head><body>" + c.body + "</body></html>")
			a, err := Read(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if a.Published != c.published || a.Updated != c.updated {
				t.Errorf("published %q, updated %q; want %q, %q; candidates:\n%+v", a.Published, a.Updated, c.published, c.updated, a.Dates)
			}
			for i, d := range a.Dates {
				if taken := i == 0 && c.published != ""; taken != (d.Reason == "") {
					t.Errorf("candidate %d has the reason %q", i, d.Reason)
				}
			}
		})
	}
}

func TestParseStamp(t *testing.T) {
	for stamp, want := range map[string]vigie.Date{
		"2019-02-14T10:12:44+01:00":       "2019-02-14",
		"2019-02-14T23:30:00Z":            "2019-02-15",
		"2019-07-14T22:00:00Z":            "2019-07-15",
		"2019-10-27T22:30:00Z":            "2019-10-27", // winter time began that morning
		"2019-02-14 10:12:44":             "2019-02-14",
		"2019-02-14":                      "2019-02-14",
		"20190214":                        "2019-02-14",
		"Thu, 14 Feb 2019 23:30:00 +0000": "2019-02-15",
		"14/02/2019":                      "2019-02-14",
		"jeudi 14 février 2019":           "2019-02-14",
		"2019-02-31":                      "",
		"hier":                            "",
		"":                                "",
	} {
		if got := parseStamp(stamp); got != want {
			t.Errorf("parseStamp(%q) = %q, want %q", stamp, got, want)
		}
	}
}

func TestSpots(t *testing.T) {
	for _, c := range []struct {
		line  string
		dates int
		pure  bool
		cued  bool
	}{
		{"Publié le 7 mars 2019", 1, true, true},
		{"Mis à jour le 02/01/2023", 1, true, true},
		{"jeudi 8 avril 2021", 1, true, false},
		{"Jeudi 24 Mai 2018 à 14:08", 1, true, false},
		{"Page mise à jour le 30 janvier 2024", 1, true, true},
		{"publié le 16 février 2024 | Dernière mise à jour le 22 février 2024", 2, true, true},
		{"Annonce n° 19-118842 - mise en ligne le 6 mai 2019", 1, false, true},
		{"Rendez-vous le 7 mars 2019", 1, false, false},
		{"Photo : 3 mai 2001", 1, false, false},
		{"En mars 2019", 0, false, false},
		{"Le comité se réunit", 0, false, false},
	} {
		got := newSpots(c.line)
		if len(got.dates) != c.dates || got.pure != c.pure || got.cued() != c.cued {
			t.Errorf("newSpots(%q) = %+v (cued %v), want %d dates, pure %v, cued %v", c.line, got, got.cued(), c.dates, c.pure, c.cued)
		}
	}
}
