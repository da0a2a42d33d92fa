package scrapers

import (
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
		if got := believed(vigie.Link{Published: day}, now); got.Published != want {
			t.Errorf("%s: %s, want %q", day, got.Published, want)
		}
	}
	for _, days := range []int{-100, 0, 400} {
		at := now.AddDate(0, 0, days)
		if got := believed(vigie.Link{Modified: at}, now); got.Modified.IsZero() != (days > 1) {
			t.Errorf("changed in %d days: %v", days, got.Modified)
		}
	}
}
