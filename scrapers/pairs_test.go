package scrapers

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
)

// pairs are each region's préfecture and the State's directorate for the economy there. The
// survey has seen some of their slugs and gives the form of the others; overseas one
// préfecture serves region and département, by an address of its own.
var pairs = map[string]struct{ prefecture, directorate, seen string }{
	"01": {"https://www.guadeloupe.gouv.fr/", "https://guadeloupe.deets.gouv.fr/", ""},
	"02": {"https://www.martinique.gouv.fr/", "https://martinique.deets.gouv.fr/", ""},
	"03": {"https://www.guyane.gouv.fr/", "https://guyane.deets.gouv.fr/", ""},
	"04": {"https://www.reunion.gouv.fr/", "https://reunion.deets.gouv.fr/", ""},
	"06": {"https://www.mayotte.gouv.fr/", "https://mayotte.deets.gouv.fr/", ""},
	"11": {"https://www.prefectures-regions.gouv.fr/ile-de-france/", "https://idf.drieets.gouv.fr/", ""},
	"24": {"https://www.prefectures-regions.gouv.fr/centre-val-de-loire/", "https://centre-val-de-loire.dreets.gouv.fr/", "centre-val-de-loire"},
	"27": {"https://www.prefectures-regions.gouv.fr/bourgogne-franche-comte/", "https://bourgogne-franche-comte.dreets.gouv.fr/", ""},
	"28": {"https://www.prefectures-regions.gouv.fr/normandie/", "https://normandie.dreets.gouv.fr/", "normandie"},
	"32": {"https://www.prefectures-regions.gouv.fr/hauts-de-france/", "https://hauts-de-france.dreets.gouv.fr/", ""},
	"44": {"https://www.prefectures-regions.gouv.fr/grand-est/", "https://grand-est.dreets.gouv.fr/", ""},
	"52": {"https://www.prefectures-regions.gouv.fr/pays-de-la-loire/", "https://pays-de-la-loire.dreets.gouv.fr/", "pays-de-la-loire"},
	"53": {"https://www.prefectures-regions.gouv.fr/bretagne/", "https://bretagne.dreets.gouv.fr/", "bretagne"},
	"75": {"https://www.prefectures-regions.gouv.fr/nouvelle-aquitaine/", "https://nouvelle-aquitaine.dreets.gouv.fr/", "nouvelle-aquitaine"},
	"76": {"https://www.prefectures-regions.gouv.fr/occitanie/", "https://occitanie.dreets.gouv.fr/", ""},
	"84": {"https://www.prefectures-regions.gouv.fr/auvergne-rhone-alpes/", "https://auvergne-rhone-alpes.dreets.gouv.fr/", ""},
	"93": {"https://www.prefectures-regions.gouv.fr/provence-alpes-cote-dazur/", "https://paca.dreets.gouv.fr/", ""},
	"94": {"https://www.prefectures-regions.gouv.fr/corse/", "https://corse.dreets.gouv.fr/", "corse"},
}

// Each French region has its default pair, at the addresses that are attested, and asks
// them for their news.
func TestDefaultPairs(t *testing.T) {
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(pairs) != 18 {
		t.Errorf("%d regions, want 18", len(pairs))
	}
	for region, want := range pairs {
		news := want.prefecture + "Actualites"
		for home, entry := range map[string]string{want.prefecture: news, want.directorate: want.directorate + "spip.php?page=backend"} {
			i := slices.IndexFunc(sources, func(s vigie.Source) bool {
				return s.Home == home && s.Scope == (vigie.Ref{Type: vigie.RefRegion, ID: region}) && s.Publisher.Kind == "etat"
			})
			switch {
			case i < 0:
				t.Errorf("region %s: no source at %s", region, home)
			case sources[i].Disabled != "" || sources[i].Verified:
				t.Errorf("%s: want it asked, and not marked as verified", sources[i].ID)
			case !slices.Contains(entries(sources[i]), entry):
				t.Errorf("%s does not ask %s, only %q", sources[i].ID, entry, entries(sources[i]))
			case home == want.directorate && (sources[i].Family != "spip" || sources[i].Delay < 5*time.Second):
				t.Errorf("%s: family %q, delay %v", sources[i].ID, sources[i].Family, sources[i].Delay)
			}
		}
	}
	survey, err := os.ReadFile("../../shared/sources.md")
	if err != nil {
		t.Skipf("the survey itself is not here: %v", err)
	}
	_, seen, _ := strings.Cut(string(survey), "slugs seen:")
	seen, _, _ = strings.Cut(seen, "\n\n")
	for region, want := range pairs {
		if want.seen != "" && (!strings.Contains(seen, "`"+want.seen+"`") || !strings.HasSuffix(want.prefecture, "/"+want.seen+"/")) {
			t.Errorf("region %s: the survey has not seen %q", region, want.seen)
		}
	}
}

// All préfectures are on one platform, which bans an address for all of them at once: each
// counts as a part of it, and waits.
func TestPrefecturesShareAPlatform(t *testing.T) {
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	homes := map[string]string{"prefecture": `.gouv.fr/`, "prefecture-region": `prefectures-regions.gouv.fr/`}
	counts := map[string]int{}
	for _, s := range sources {
		if !strings.HasPrefix(s.ID, "prefecture-") && homes[s.Family] == "" {
			continue
		}
		counts[s.Family]++
		if !strings.Contains(s.Home, homes[s.Family]) || homes[s.Family] == "" {
			t.Errorf("%s: family %q of %s", s.ID, s.Family, s.Home)
		}
		if s.Platform != "prefectures" || s.Delay != 5*time.Second {
			t.Errorf("%s: platform %q, delay %v: want prefectures, 5s", s.ID, s.Platform, s.Delay)
		}
	}
	if counts["prefecture"] != 10 || counts["prefecture-region"] != 13 {
		t.Errorf("%v, want 10 préfectures of départements and 13 of regions", counts)
	}
	families, err := loadFamilies(embedded)
	if err != nil {
		t.Fatal(err)
	}
	for name := range homes { // a source that an operator writes borrows both
		if f := families[name]; f.Platform != "prefectures" || f.Delay != "5s" {
			t.Errorf("family %s: platform %q, delay %q", name, f.Platform, f.Delay)
		}
	}
}

// A list of a préfecture's that is rebuilt is heard on its first night: what is left of links,
// a menu, is not taken for news.
func TestPrefecturesHearARebuiltList(t *testing.T) {
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	page := func(address, list string) string {
		return "-- " + address + " --\n200\nContent-Type: text/html; charset=utf-8\n\n<!DOCTYPE html><html><head><title>Actualités</title></head><body><main><h1>Actualités</h1><p>" +
			strings.Repeat("Toute l'actualité des services de l'État. ", 8) + "</p>" + list + "</main></body></html>\n"
	}
	tested := 0
	for _, s := range sources {
		if s.Platform != "prefectures" {
			continue
		}
		i := slices.IndexFunc(s.Discover, func(d vigie.Discovery) bool { return d.Method == "listing" && d.URL == s.Home+"Actualites" })
		if i < 0 {
			t.Errorf("%s has no list of news", s.ID)
			continue
		}
		tested++
		s.Discover = s.Discover[i : i+1]
		list := s.Discover[0].URL
		for state, links := range map[vigie.SourceState]string{
			vigie.StateChanged: `<ul><li><a href="/">Accueil</a></li><li><a href="/plan">Plan du site</a></li><li><a href="/contact">Nous écrire</a></li></ul>`,
			vigie.StateQuiet:   `<div class="fr-card"><h2 class="fr-card__title"><a href="` + list + `/Chasse">Chasse</a></h2><p class="fr-card__detail">Publié le 14/02/2019</p></div>`,
		} {
			run, err := (Fixture{Clock: paris2019, Web: page(list, links)}).Run(t.Context(), s)
			if err != nil || run.State != state {
				t.Errorf("%s: %s, want %s: %v %s", s.ID, run.State, state, err, run.Error)
			}
		}
	}
	if tested != 23 {
		t.Errorf("%d préfectures, want 23", tested)
	}
}
