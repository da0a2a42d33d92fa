package scrapers

import (
	"testing"

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
