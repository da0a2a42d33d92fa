package scrapers

import (
	"testing"

	"vigie"
)

// Feeds of several sources name the same pages: each is asked for once in a night, and told as
// one that is new. A page that the site refuses is not asked for again by the next of them.
func TestAllAsksForEachPageOnce(t *testing.T) {
	pages := townPages()
	pages["/nommee"] = "status 404"
	site := newTown(t, pages)
	var sources []vigie.Source
	for _, id := range []string{"a", "b", "c", "d"} {
		s := townSource(site)
		s.ID = id
		sources = append(sources, s)
	}
	runs, err := newCollector(t, &memory{}).All(t.Context(), sources, vigie.Window{})
	if err != nil {
		t.Fatal(err)
	}
	fresh, failed := 0, 0
	for _, r := range runs {
		fresh, failed = fresh+r.New, failed+r.Failed
	}
	if fresh != 6 || failed != 3 {
		t.Errorf("%d new, %d failed; want 6 and the 3 that are forbidden, behind a forbidden door, gone: %+v", fresh, failed, runs)
	}
	asked := map[string]int{}
	for _, address := range site.asked {
		asked[address]++
	}
	for _, page := range []string{"/un", "/deux", "/territoires-dindustrie-cinq", "/six", "/sept", "/huit", "/porte", "/nommee"} {
		if n := asked[page]; n != 1 {
			t.Errorf("%s was asked for %d times, want once", page, n)
		}
	}
}
