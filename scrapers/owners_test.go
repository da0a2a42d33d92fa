package scrapers

import (
	"errors"
	"testing"

	"vigie"
)

// TestOwners: a host that several share is divided by what lies nearest; what tells nothing
// is nobody's.
func TestOwners(t *testing.T) {
	listing := func(address string) []vigie.Discovery { return []vigie.Discovery{{Method: "listing", URL: address}} }
	owners := NewOwners([]vigie.Source{
		{ID: "alpes", Home: "https://www.prefs.test/alpes/", Discover: listing("https://www.prefs.test/alpes/Actualites")},
		{ID: "normandie", Home: "http://prefs.test/normandie", Discover: []vigie.Discovery{{Method: "feed", URL: "https://prefs.test/normandie.rss"}}},
		{ID: "bretagne", Home: "https://www.prefs.test/bretagne/", Disabled: "sans adresse"},
		{ID: "agence", Home: "https://agence.test/", Discover: listing("https://agence.test/actualites")},
		{ID: "programme", Home: "https://agence.test/programmes/industrie/", Discover: listing("https://agence.test/presse/industrie")},
		{ID: "un", Home: "https://donnees.test/", Hosts: []string{"fichiers.test:8080"}, Discover: listing("https://donnees.test/jeux/un")},
		{ID: "deux", Home: "https://donnees.test/", Hosts: []string{"fichiers.test:8080"}, Discover: listing("https://donnees.test/jeux/deux")},
		{ID: "ville", Home: "https://ville.test/fr/", Hosts: []string{"agence.test"}},
	})
	for _, tt := range []struct {
		address, want string
		err           error
	}{
		{"https://www.prefs.test/normandie/Actualites/un", "normandie", nil},
		{"http://prefs.test:80/index.php/alpes/deux.html?utm_source=x", "alpes", nil},
		{"https://www.prefs.test/bretagne/trois", "bretagne", nil},
		{"https://www.prefs.test/normandie", "normandie", nil},
		{"https://www.prefs.test/normandie-sud/quatre", "", ErrShared},
		{"https://www.prefs.test/", "", ErrShared},
		{"https://agence.test/contact", "agence", nil},
		{"https://agence.test/programmes/ville", "agence", nil}, // in the one, only beside the other
		{"https://agence.test/programmes/industrie/rouen", "programme", nil},
		{"https://agence.test/presse/industrie/rouen", "programme", nil},
		{"https://donnees.test/jeux/deux/2024", "deux", nil},
		{"https://donnees.test/jeux/trois", "", ErrShared},
		{"https://fichiers.test:8080/liste.csv", "", ErrShared},
		{"https://fichiers.test/liste.csv", "", ErrNobodys},
		{"https://ville.test/actualites/sept", "ville", nil}, // alone there
		{"mailto:a@ville.test", "", ErrNobodys},
	} {
		got, err := owners.Of(tt.address)
		if got.ID != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("%s: %q, %v; want %q, %v", tt.address, got.ID, err, tt.want, tt.err)
		}
	}
}

// TestOwnersOfAll: of the sources that are shipped each owns its own home, but for those
// that share one.
func TestOwnersOfAll(t *testing.T) {
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	owners, homes := NewOwners(sources), map[string]int{}
	for _, s := range sources {
		homes[canonicalOr(s.Home)]++
	}
	for _, s := range sources {
		got, err := owners.Of(s.Home)
		if s.Home == "" || homes[canonicalOr(s.Home)] > 1 {
			continue
		}
		if err != nil || got.ID != s.ID {
			t.Errorf("%s, the home of %s: %q, %v", s.Home, s.ID, got.ID, err)
		}
	}
}
