package scrapers

import (
	"fmt"
	"strings"
	"testing"

	"vigie"
)

// Guards whose scenarios are told elsewhere, seen to fail without their layer.

// HAZARDS C2: pages that are all the home page are taken for articles by who does not compare
// them with it.
func TestHazardC2WithoutComparison(t *testing.T) {
	home := "<html><title>Accueil</title><main><p>" + strings.Repeat("Bienvenue dans notre belle vallée pleine d'usines et de champs. ", 9) + "</p></main></html>"
	pages, rss := map[string]string{"/": home}, `<rss version="2.0"><channel><title>T</title>`
	for i := range 3 {
		rss += fmt.Sprintf("<item><title>%s : article %d</title><link>/a%d</link></item>", industrie, i, i)
		pages[fmt.Sprintf("/a%d", i)] = home
	}
	pages["/rss"] = rss + "</channel></rss>"
	for _, compares := range []bool{true, false} {
		s := newTown(t, pages)
		src := source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"})
		c := newCollector(t, &memory{})
		turn := turn{c: c, source: src, site: newSite(c.Client, src), run: vigie.SourceRun{Source: src.ID}}
		turn.doubter.never = !compares
		if err := turn.visitAll(t.Context(), turn.discover(t.Context(), vigie.Window{})); err != nil {
			t.Fatal(err)
		}
		want := map[bool]int{false: 3}[compares]
		if turn.run.New != want || turn.run.Failed != 3-want {
			t.Errorf("compares %v: %+v, want %d new pages of three", compares, turn.run, want)
		}
	}
}

// HAZARDS B5: what is found would be all that the lists name, were it not for the set that
// takes so many and no more.
func TestHazardB5LinksWithoutSet(t *testing.T) {
	pages := map[string]string{"/index.xml": "<sitemapindex><sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/2.xml</loc></sitemap></sitemapindex>"}
	for _, name := range []string{"/1.xml", "/2.xml"} {
		var b strings.Builder
		for i := range maxLinks/2 + 5 {
			fmt.Fprintf(&b, "<url><loc>%s/%d</loc></url>", name, i)
		}
		pages[name] = "<urlset>" + b.String() + "</urlset>"
	}
	s := newTown(t, pages)
	links, errs := everyLink(t, newCollector(t, nil), vigie.Discovery{Method: "sitemap", URL: s.URL + "/index.xml"})
	if len(links) != maxLinks+10 || errs != nil {
		t.Errorf("without the set %d links came, %v; want %d", len(links), errs, maxLinks+10)
	}
	set, refused := linkSet{index: map[string]*found{}}, 0
	for _, l := range links {
		if set.add(l, true) != nil {
			refused++
		}
	}
	if len(set.links) != maxLinks || refused != 10 {
		t.Errorf("the set took %d and refused %d, want %d and 10", len(set.links), refused, maxLinks)
	}
}
