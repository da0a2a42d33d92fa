package scrapers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/internal/webtest"
	"vigie/scrapers/fetch"
)

// A site under WordPress says where its API lies, in a header or in the head of its pages;
// that is asked before the usual places, where it is the site's own.
func TestProbeAsksTheAPIThatASiteNames(t *testing.T) {
	const (
		query  = "?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&page=1&per_page=100"
		posts  = `[{"link":"/a","date":"2019-02-14T00:00:00","title":{"rendered":"A"},"excerpt":{"rendered":""}}]`
		answer = "200\nContent-Type: application/json\n\n" + posts + "\n"
	)
	front := func(header, head string) string {
		return "-- https://s.test/ --\n200\nContent-Type: text/html; charset=utf-8\n" + header + "\n<!DOCTYPE html><html><head><title>Notre agglo</title>" + head +
			"</head><body><main><p>" + strings.Repeat("Bienvenue chez nous. ", 20) + "</p></main></body></html>\n"
	}
	link := func(address string) string { return `<link rel="https://api.w.org/" href="` + address + `">` }
	tests := []struct{ name, web, want, first string }{
		{
			"in a header, among others",
			front("Link: <https://s.test/>; rel=shortlink, <https://s.test/site/wp-json/>; rel=\"https://api.w.org/\", <https://s.test/site/wp-json/wp/v2/pages/2>; rel=\"alternate\"; title=\"JSON\"\n", "") +
				"-- https://s.test/site/wp-json/wp/v2/posts" + query + " --\n" + answer,
			"https://s.test/site/wp-json/wp/v2/posts", "https://s.test/site/wp-json/wp/v2/posts",
		},
		{
			"in the head", front("", link("/site/wp-json/")) + "-- https://s.test/site/wp-json/wp/v2/posts" + query + " --\n" + answer,
			"https://s.test/site/wp-json/wp/v2/posts", "https://s.test/site/wp-json/wp/v2/posts",
		},
		{
			"in both: the header first",
			front("Link: <https://s.test/un/wp-json/>; rel=\"https://api.w.org/\"\n", link("https://s.test/deux/wp-json/")) +
				"-- https://s.test/deux/wp-json/wp/v2/posts" + query + " --\n" + answer,
			"https://s.test/deux/wp-json/wp/v2/posts", "https://s.test/un/wp-json/wp/v2/posts",
		},
		{
			"without pretty addresses", front("", link("https://s.test/index.php?rest_route=/")) +
				"-- https://s.test/index.php" + query + "&rest_route=%2Fwp%2Fv2%2Fposts --\n" + answer,
			"https://s.test/index.php?rest_route=%2Fwp%2Fv2%2Fposts", "https://s.test/index.php?rest_route=%2Fwp%2Fv2%2Fposts",
		},
		{
			"where it usually is", front("Link: <https://s.test/wp-json/>; rel=\"https://api.w.org/\"\n", link("https://s.test/wp-json/")) +
				"-- https://s.test/wp-json/wp/v2/posts" + query + " --\n" + answer,
			"https://s.test/", "https://s.test/",
		},
		{
			"on another host: not asked", front("Link: <https://autre.test/wp-json/>; rel=\"https://api.w.org/\"\n", link("https://autre.test/wp-json/")) +
				"-- https://autre.test/wp-json/wp/v2/posts" + query + " --\n" + answer,
			"", "https://s.test/",
		},
		{
			"called otherwise: no API", front("Link: <https://s.test/site/wp-json/>; rel=\"alternate\"\n", `<link rel="alternate" href="/site/wp-json/">`) +
				"-- https://s.test/site/wp-json/wp/v2/posts" + query + " --\n" + answer,
			"", "https://s.test/",
		},
	}
	for _, tt := range tests {
		asked, err := webtest.Parse(tt.web)
		if err != nil {
			t.Fatal(err)
		}
		g, err := fetch.New(fetch.Config{Contact: "test@example.org", Transport: missing{asked}, Delay: new(time.Duration)})
		if err != nil {
			t.Fatal(err)
		}
		p, err := Probe(t.Context(), g, "https://s.test/")
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		got := ""
		if len(p.Source.Discover) > 0 {
			got = p.Source.Discover[0].URL
		}
		i := slices.IndexFunc(p.Trials, func(t Trial) bool { return t.Discovery.Method == "wordpress" })
		if got != tt.want || i < 0 || p.Trials[i].Discovery.URL != tt.first {
			t.Errorf("%s: proposes %q, want %q, and first %q:\n%s", tt.name, got, tt.want, tt.first, p)
		}
		if strings.Contains(strings.Join(asked.Asked(), " "), "autre.test") {
			t.Errorf("%s: another host was asked: %q", tt.name, asked.Asked())
		}
		if tt.want == "" {
			continue
		}
		// What is proposed finds the posts by itself.
		lines, errs := discovered(t, g, vigie.Discovery{Method: "wordpress", URL: got, MaxPages: 1}, vigie.Window{})
		if len(errs) > 0 || !slices.Equal(lines, []string{"/a|A|2019-02-14"}) {
			t.Errorf("%s: as proposed: %q, %v", tt.name, lines, errs)
		}
	}
}
