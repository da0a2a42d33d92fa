package main

import (
	"strings"
	"testing"

	"vigie"
	"vigie/scrapers"
)

// TestStrays: each address that nobody will be asked for is told with its reason, the first
// of many by name.
func TestStrays(t *testing.T) {
	all := []vigie.Source{
		{ID: "a", Home: "https://s.example/a/"}, {ID: "b", Home: "https://s.example/b/", Disabled: "sans adresse"}, {ID: "c", Home: "https://c.example/"},
	}
	addresses := []string{"https://s.example/a/1", "https://s.example/b/1", "https://s.example/x", "https://c.example/1"}
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		addresses = append(addresses, "https://inconnu.example/"+n)
	}
	left := strayed(addresses, scrapers.NewOwners(all), all[:1])
	got := strings.Join(left.lines(), "\n")
	want := `--urls: not asked for 1 address that b has, which is disabled (sans adresse): https://s.example/b/1
--urls: not asked for 1 address that several sources may claim alike: https://s.example/x
--urls: not asked for 1 address that c has, which --source leaves out: https://c.example/1
--urls: not asked for 6 addresses that no configured source has on its site: https://inconnu.example/1, https://inconnu.example/2, https://inconnu.example/3, https://inconnu.example/4, https://inconnu.example/5, …`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
