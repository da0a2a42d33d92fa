package scrapers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vigie"
)

// A feed without news for longer than expected: frozen where the site goes on elsewhere,
// else silent, and told as such.
func TestSilence(t *testing.T) {
	now := time.Date(2024, 9, 1, 4, 0, 0, 0, time.UTC)
	rss := func(day string) string {
		return `<rss version="2.0"><channel><title>T</title><item><title>` + industrie + `</title><link>/un</link><pubDate>` + day + `</pubDate></item></channel></rss>`
	}
	sitemapOf := func(changed int) string {
		b := "<urlset><url><loc>/vieux</loc><lastmod>2019-01-01</lastmod></url>"
		for i := range changed {
			b += fmt.Sprintf("<url><loc>/%d</loc><lastmod>2024-08-2%d</lastmod></url>", i, i)
		}
		return b + "</urlset>"
	}
	const old, fresh = "Mon, 01 Apr 2024 08:00:00 +0200", "Fri, 30 Aug 2024 08:00:00 +0200"
	list := func(day string) string {
		return `<main><div><a href="/deux">Une autre nouvelle</a><time datetime="` + day + `">x</time></div></main>`
	}
	for _, tt := range []struct {
		name   string
		pages  map[string]string
		list   bool
		expect time.Duration
		want   vigie.SourceState
		word   string // in the run's error
	}{
		{"news", map[string]string{"/rss": rss(fresh)}, false, 10 * 24 * time.Hour, vigie.StateOK, ""},
		{"nothing is expected", map[string]string{"/rss": rss(old), "/sitemap.xml": sitemapOf(5)}, false, 0, vigie.StateOK, ""},
		{"the sitemap has changed", map[string]string{"/rss": rss(old), "/sitemap.xml": sitemapOf(5)}, false, 10 * 24 * time.Hour, vigie.StateChanged, "5 pages of the site have changed since"},
		{"its clock is wrong", map[string]string{"/rss": rss(old), "/sitemap.xml": strings.ReplaceAll(sitemapOf(5), "2024-08", "2062-08")}, false, 10 * 24 * time.Hour, vigie.StateOK, "silence inhabituel"},
		{"one page has", map[string]string{"/rss": rss(old), "/sitemap.xml": sitemapOf(1)}, false, 10 * 24 * time.Hour, vigie.StateOK, "silence inhabituel"},
		{"no sitemap", map[string]string{"/rss": rss(old)}, false, 10 * 24 * time.Hour, vigie.StateOK, "depuis le 01/04/2024"},
		{"the list goes on", map[string]string{"/rss": rss(old), "/l": list("2024-08-28")}, true, 10 * 24 * time.Hour, vigie.StateChanged, "it is frozen"},
		{"the list is silent too", map[string]string{"/rss": rss(old), "/l": list("2024-04-01")}, true, 10 * 24 * time.Hour, vigie.StateOK, "silence inhabituel"},
	} {
		tt.pages["/un"] = "<html><main><h1>Un titre</h1><p>Le contrat est signé.</p></main></html>"
		s := newTown(t, tt.pages)
		src := source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"}, vigie.Discovery{Method: "listing", URL: "/l", Item: "div a"})
		if !tt.list {
			src.Discover = src.Discover[:1]
		}
		src.Expect = tt.expect
		c := newCollector(t, &memory{})
		c.Now = func() time.Time { return now }
		run := c.Collect(t.Context(), src, vigie.Window{})
		if run.State != tt.want || !strings.Contains(run.Error, tt.word) || (tt.word == "") != (run.Error == "") {
			t.Errorf("%s: %s %q, want %s %q", tt.name, run.State, run.Error, tt.want, tt.word)
		}
	}
}

// A window looks for what was published then: that nothing has come of late is not its business.
func TestSilenceOfAWindow(t *testing.T) {
	s := newTown(t, map[string]string{
		"/rss": `<rss version="2.0"><channel><title>T</title><item><title>` + industrie + `</title><link>/un</link><pubDate>Mon, 01 Apr 2024 08:00:00 +0200</pubDate></item></channel></rss>`,
		"/un":  "<html><main><h1>Un titre</h1><p>Le contrat est signé.</p></main></html>",
	})
	src := source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"})
	src.Expect = 10 * 24 * time.Hour
	for w, silent := range map[vigie.Window]bool{{}: true, {Since: "2024-03"}: false} {
		c := newCollector(t, &memory{})
		c.Now = func() time.Time { return time.Date(2024, 9, 1, 4, 0, 0, 0, time.UTC) }
		if run := c.Collect(t.Context(), src, w); strings.Contains(run.Error, "silence") != silent || run.New != 1 {
			t.Errorf("%+v: %+v, want silence told: %v", w, run, silent)
		}
	}
}

// WordPress has the pages of its feed by number, which it does not say.
func TestFeedPages(t *testing.T) {
	page := func(n int, generator string) string {
		b := `<rss version="2.0"><channel><title>T</title><generator>` + generator + `</generator>`
		for i := range 2 {
			b += fmt.Sprintf(`<item><title>n</title><link>/%d-%d</link><pubDate>%s</pubDate></item>`, n, i, time.Date(2024, 6-time.Month(n), 2-i, 8, 0, 0, 0, time.UTC).Format(time.RFC1123Z))
		}
		return b + "</channel></rss>"
	}
	const wp = "https://wordpress.org/?v=6.5"
	for _, tt := range []struct {
		name      string
		generator string
		d         vigie.Discovery
		w         vigie.Window
		asked     string
	}{
		{"a night", wp, vigie.Discovery{}, vigie.Window{}, "/feed/"},
		{"as the file says", wp, vigie.Discovery{MaxPages: 2}, vigie.Window{}, "/feed/ /feed/?paged=2"},
		{"to the end", wp, vigie.Discovery{MaxPages: 9}, vigie.Window{}, "/feed/ /feed/?paged=2 /feed/?paged=3 /feed/?paged=4"},
		{"as far as the window begins", wp, vigie.Discovery{}, vigie.Window{Since: "2024-04-15"}, "/feed/ /feed/?paged=2"},
		{"the same under any number", wp, vigie.Discovery{MaxPages: 9}, vigie.Window{}, "/feed/ /feed/?paged=2"},
		{"of another kind", "Drupal", vigie.Discovery{MaxPages: 9}, vigie.Window{}, "/feed/"},
	} {
		s := newTown(t, map[string]string{
			"/feed/": page(1, tt.generator), "/feed/?paged=2": page(2, tt.generator), "/feed/?paged=3": page(3, tt.generator),
		})
		if strings.HasPrefix(tt.name, "the same") {
			s.pages["/feed/?paged=2"], s.pages["/feed/?paged=3"] = s.pages["/feed/"], s.pages["/feed/"]
		}
		tt.d.URL = s.URL + "/feed/"
		for _, err := range (feed{}).Discover(t.Context(), newCollector(t, &memory{}).Client, tt.d, tt.w) {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		asked := strings.Join(s.asked, " ")
		if got := strings.TrimPrefix(asked, "/robots.txt "); got != tt.asked {
			t.Errorf("%s: asked %s, want %s", tt.name, got, tt.asked)
		}
	}
}
