package scrapers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

// A page is asked for under the address found, since not every site knows its pages by
// another, and two addresses that differ are two pages.
func TestLinksAreAskedAsFound(t *testing.T) {
	s := linkSet{index: map[string]*found{}}
	for _, address := range []string{
		"http://s.test/spip.php?article12", "http://s.test/p?id=1;x=2", "http://s.test/p?id=2;x=2", "http://s.test/q?t=50%_de", "http://s.test/q?t=60%_de",
		"http://s.test/r?b=2&xtor=RSS&a=1#haut", "http://s.test/r?a=1&b=2",
	} {
		if err := s.add(vigie.Link{URL: address}, false); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"http://s.test/spip.php?article12", "http://s.test/p?id=1;x=2", "http://s.test/p?id=2;x=2", "http://s.test/q?t=50%_de", "http://s.test/q?t=60%_de",
		"http://s.test/r?b=2&a=1",
	}
	var got []string
	for _, f := range s.links {
		got = append(got, f.URL)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A page that its list dates as none can be is taken in, without the day.
func TestDaysThatCannotBe(t *testing.T) {
	now := time.Date(2025, 3, 4, 5, 0, 0, 0, time.UTC)
	for day, want := range map[vigie.Date]vigie.Date{"2099-02-20": "", "1970-01-01": "", "2025-03-05": "2025-03-05", "": ""} {
		if got := believed(vigie.Link{Published: day}, dayOf(now)); got.Published != want {
			t.Errorf("%s: %s, want %q", day, got.Published, want)
		}
	}
	for _, days := range []int{-100, 0, 1, 2, 400} {
		at := now.AddDate(0, 0, days)
		if got := believed(vigie.Link{Modified: at}, dayOf(now)); got.Modified.IsZero() != (days > 1) {
			t.Errorf("changed in %d days: %v", days, got.Modified)
		}
	}
	const rss = `<rss version="2.0"><channel><title>T</title><item><title>` + industrie + `</title><link>/un</link><pubDate>Fri, 20 Feb 2099 08:00:00 +0100</pubDate></item></channel></rss>`
	s := newTown(t, map[string]string{"/rss": rss, "/un": "page un"})
	c := newCollector(t, &memory{})
	c.Now = func() time.Time { return now }
	if run := c.Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"}), vigie.Window{}); run.New != 1 || run.Newest != "" {
		t.Errorf("%+v, want a page without a day", run)
	}
}

// A window holds such a page, and a list of them does not end what is read of it.
func TestDaysThatCannotBeInAWindow(t *testing.T) {
	const items = `<item><title>a</title><link>/a</link><pubDate>Tue, 14 Feb 2062 09:00:00 +0100</pubDate></item>` +
		`<item><title>b</title><link>/b</link><pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate></item>` +
		`<item><title>c</title><link>/c</link><pubDate>Thu, 14 Feb 2013 09:00:00 +0100</pubDate></item>`
	const entry = `<url><loc>https://s.test%s</loc><news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><news:publication_date>%s</news:publication_date></news:news></url>`
	const card = `<p><a href="%s">Un titre</a><time datetime="%s">x</time></p>`
	lists := map[string]string{
		"feed":      "Content-Type: application/rss+xml\n\n" + `<rss version="2.0"><channel><title>S</title>` + items + "</channel></rss>",
		"sitemap":   "Content-Type: application/xml\n\n<urlset>" + fmt.Sprintf(entry+entry+entry, "/a", "2062-02-14", "/b", "1970-01-01", "/c", "2013-02-14") + "</urlset>",
		"listing":   "Content-Type: text/html\n\n<main>" + fmt.Sprintf(card+card+card, "/a", "2062-02-14", "/b", "1970-01-01", "/c", "2013-02-14") + "</main>",
		"wordpress": "Content-Type: application/json\n\n" + `[{"link":"/a","date":"2062-02-14T00:00:00"},{"link":"/b","date":"1970-01-01T00:00:00"},{"link":"/c","date":"2013-02-14T00:00:00"}]`,
	}
	for method, list := range lists {
		address := "https://s.test/list"
		if method == "wordpress" {
			address = "https://s.test/wp-json/wp/v2/posts?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&after=2012-12-31T23%3A59%3A59&before=2014-01-01T00%3A00%3A00&page=1&per_page=100"
		}
		g, _ := newGetter(t, "-- "+address+" --\n200\n"+list+"\n")
		d := vigie.Discovery{Method: method, URL: "https://s.test/list"}
		if method == "wordpress" {
			d.URL = "https://s.test/"
		}
		lines, errs := discovered(t, g, d, vigie.Window{Since: "2013", Until: "2013"})
		var days []string
		for _, l := range lines {
			path, _, _ := strings.Cut(l, "|")
			days = append(days, path+l[strings.LastIndex(l, "|"):])
		}
		if diff := cmp.Diff([]string{"/a|", "/b|", "/c|2013-02-14"}, days); diff != "" || len(errs) > 0 {
			t.Errorf("%s: %v, links (-want +got):\n%s", method, errs, diff)
		}
	}
}
