package scrapers

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

func TestDefault(t *testing.T) {
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) < 100 {
		t.Errorf("%d sources, want the hundred and more of Normandie, of each region and of France", len(sources))
	}
	for _, s := range sources {
		if s.Scope.IsZero() {
			t.Errorf("%s has no scope", s.ID)
		}
		if s.Disabled == "" && len(s.Keywords) == 0 {
			t.Errorf("%s has no keywords: it would fetch a whole site", s.ID)
		}
		if s.Disabled == "" && strings.HasSuffix(s.Home, ".gouv.fr/") && s.Delay < 5*time.Second {
			t.Errorf("%s waits %v between requests, want 5s", s.ID, s.Delay)
		}
		for _, d := range s.Discover {
			if s.Verified && d.Method != "pages" {
				t.Errorf("%s is marked verified, and nobody has seen its %s", s.ID, d.Method)
			}
		}
	}
}

// surveyed are what the survey of sources found worth following, row by row: none is lost by the
// way, and those whose address nobody knows are there, with the reason, and not guessed.
var surveyed = struct{ followed, disabled, nameless []string }{
	followed: strings.Fields(`prefecture-seine-maritime prefecture-calvados prefecture-manche prefecture-orne prefecture-eure prefecture-normandie
		dreets-normandie dreal-normandie region-normandie deliberations-region-normandie ad-normandie choisir-la-normandie normandie-industrie
		cci-normandie regions-de-france aurbse aurh agences-vallee-de-la-seine pole-estuaire-de-la-seine agglo-seine-eure metropole-rouen
		le-havre-seine-metropole caen-la-mer flers-agglo le-cotentin caux-seine-agglo petr-bresle-yeres glass-vallee france3-normandie
		ici-normandie ici paris-normandie ouest-france actu-normandie la-manche-libre la-gazette-france
		anct-territoires-industrie cdc-territoires-industrie localtis anct senat cour-des-comptes vie-publique maire-info gazette-des-communes
		ministere-economie fabrique-de-l-industrie anct-action-coeur-de-ville anct-petites-villes-de-demain`),
	disabled: strings.Fields(`tendance-ouest journal-des-entreprises la-tribune-normandie dge intercommunalites-de-france usine-nouvelle les-echos
		le-moniteur annuaire-service-public anct-crte`),
	nameless: strings.Fields(`lisieux-normandie vire-au-noireau pays-de-l-aigle dieppe-maritime terroir-de-caux cote-d-albatre falaises-du-talou
		mont-saint-michel-normandie villedieu-intercom baie-du-cotentin seine-normandie-agglomeration evreux-portes-de-normandie lyons-andelle
		villes-soeurs aumale-blangy-sur-bresle`),
}

func TestNoRowIsLost(t *testing.T) {
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]vigie.Source{}
	for _, s := range sources {
		known[s.ID] = s
	}
	for _, id := range surveyed.followed {
		if s, ok := known[id]; !ok || s.Disabled != "" || len(s.Discover) == 0 {
			t.Errorf("%s is not followed: %+v", id, s)
		}
	}
	for _, id := range surveyed.disabled {
		if s, ok := known[id]; !ok || s.Disabled == "" || s.Verified {
			t.Errorf("%s: want it disabled, with the reason: %+v", id, s)
		}
	}
	for _, id := range surveyed.nameless {
		if s, ok := known[id]; !ok || s.Home != "" || !strings.Contains(s.Disabled, "annuaire") || s.Scope.Type != vigie.RefEPCI {
			t.Errorf("%s: want no address, and where to look for one: %+v", id, s)
		}
	}
}

func TestLoad(t *testing.T) {
	got, err := Load(fstest.MapFS{
		"families/p.yaml": {Data: []byte("platform: shared\ndelay: 5s\nhosts: [cdn.test]\ndiscover:\n  - {method: listing, url: /news, item: .card a}\n")},
		"sources/b.yaml":  {Data: []byte("publisher: {name: B, kind: epci}\nscope: epci:200065597\nhome: https://b.test\nfamily: p\nkeywords: []\ncontent: {article: main}\n")},
		"sources/a.yaml": {Data: []byte("publisher: {name: A, kind: etat}\nhome: https://a.test/fr/\nfamily: p\nplatform: own\ndiscover:\n" +
			"  - {method: feed, url: rss.xml}\n  - {method: pages, urls: [/une, deux]}\n  - {method: wordpress, search: mots, max_pages: 3}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []vigie.Source{
		{
			ID: "a", Family: "p", Publisher: vigie.Publisher{Name: "A", Kind: "etat"}, Home: "https://a.test/fr/", Hosts: []string{"cdn.test"},
			Discover: []vigie.Discovery{
				{Method: "feed", URL: "https://a.test/fr/rss.xml"},
				{Method: "pages", URLs: []string{"https://a.test/une", "https://a.test/fr/deux"}},
				{Method: "wordpress", URL: "https://a.test/fr/", Search: "mots", MaxPages: 3},
			},
			Keywords: programmes, Platform: "own", Delay: 5 * time.Second,
		},
		{
			ID: "b", Family: "p", Publisher: vigie.Publisher{Name: "B", Kind: "epci"}, Scope: vigie.Ref{Type: "epci", ID: "200065597"},
			Home: "https://b.test/", Hosts: []string{"cdn.test"}, Discover: []vigie.Discovery{{Method: "listing", URL: "https://b.test/news", Item: ".card a"}},
			Content: vigie.Selectors{Article: "main"}, Keywords: []string{}, Platform: "shared", Delay: 5 * time.Second,
		},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("sources (-want +got):\n%s", d)
	}
}

// valid is a source's file, of which each test below spoils one line.
const valid = `publisher:
  name: Préfecture
  kind: etat
scope: departement:61
home: https://a.test/
discover:
  - method: listing
    url: /news
    item: .card a
delay: 5s
`

func TestLoadNamesFileLineAndField(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"unknown field", "delay: 5s", "dealy: 5s", "sources/s.yaml:10: unknown field \"dealy\""},
		{"unknown field within", "    item:", "    items:", "sources/s.yaml:9: unknown field \"items\""},
		{"wrong type", "  kind: etat", "  kind: [etat]", "sources/s.yaml:3: "},
		{"not YAML", "scope: departement:61", "scope: [", "sources/s.yaml:"},
		{"twice", "delay: 5s", "delay: 5s\ndelay: 6s", "sources/s.yaml:11: "},
		{"no name", "  name: Préfecture\n", "", "sources/s.yaml:2: publisher.name: missing"},
		{"unknown kind", "kind: etat", "kind: État", `sources/s.yaml:3: publisher.kind: "État": want one of`},
		{"unknown scope", "departement:61", "planet:3", "sources/s.yaml:4: scope: "},
		{"home without scheme", "https://a.test/", "a.test", "sources/s.yaml:5: home: "},
		{"no home", "home: https://a.test/\n", "", "sources/s.yaml:1: home: missing"},
		{"no way to discover", "discover:\n  - method: listing\n    url: /news\n    item: .card a\n", "", "sources/s.yaml:1: discover: missing"},
		{"unknown method", "listing", "telepathy", `sources/s.yaml:7: discover[0].method: "telepathy"`},
		{"unusable address", "/news", "mailto:a@a.test", "sources/s.yaml:8: discover[0].url: "},
		{"not a selector", ".card a", "..card", "sources/s.yaml:9: discover[0].item: "},
		{"not a pattern", ".card a", ".card a\n    match: '('", "sources/s.yaml:10: discover[0].match: "},
		{"not a time", "5s", "5", "sources/s.yaml:10: delay: "},
		{"negative time", "5s", "-5s", "sources/s.yaml:10: delay: "},
		{"too many pages", ".card a", ".card a\n    max_pages: 5000", "sources/s.yaml:10: discover[0].max_pages: "},
		{"search of a listing", ".card a", ".card a\n    search: mots", "sources/s.yaml:10: discover[0].search: "},
		{"item of a feed", "listing", "feed", "sources/s.yaml:9: discover[0].item: "},
		{"pages without addresses", "listing\n    url: /news\n    item: .card a", "pages", "sources/s.yaml:7: discover[0].urls: "},
		{"unknown family", "delay: 5s", "family: nobody", `sources/s.yaml:10: family: unknown family "nobody"`},
		{"another id", "delay: 5s", "id: other", `sources/s.yaml:10: id: `},
		{"not a host", "delay: 5s", "hosts: [https://b.test/]", `sources/s.yaml:10: hosts[0]: `},
		{"not a list", "delay: 5s", "list: Territoires d'industrie", "sources/s.yaml:10: list: "},
		{"an exception without its end", "delay: 5s", "tls: {accept: expired, reason: signalé}", `sources/s.yaml:10: tls.until: "": want the last day`},
		{"an exception for anything", "delay: 5s", "tls: {accept: all, until: 2026-12-31, reason: signalé}", `sources/s.yaml:10: tls.accept: "all": want one of expired, incomplete-chain`},
		{"an exception without a reason", "delay: 5s", "tls: {accept: expired, until: 2026-12-31}", "sources/s.yaml:10: tls.reason: missing"},
		{"a cadence that is none", "delay: 5s", "expect_days: -3", "sources/s.yaml:10: expect_days: -3"},
		{"a rule of mining that is none", "delay: 5s", "mining: {rule: maybe, reason: mood}", `sources/s.yaml:10: mining.rule: "maybe": want one of permitted, reserved`},
		{"mining without a ground", "delay: 5s", "mining:\n  rule: permitted", "sources/s.yaml:11: mining.reason: missing"},
		{"no publisher", "publisher:\n  name: Préfecture\n  kind: etat\n", "", "sources/s.yaml:1: publisher.name: missing"},
		{"next that is no selector", ".card a", ".card a\n    next: 'a['", "sources/s.yaml:10: discover[0].next: "},
		{"next of a feed", "listing\n    url: /news\n    item: .card a", "feed\n    next: a.next", "sources/s.yaml:8: discover[0].next: of method listing only"},
		{"a page that has no address", "listing\n    url: /news\n    item: .card a", "pages\n    urls: ['javascript:void(0)']", "sources/s.yaml:8: discover[0].urls[0]: "},
		{"url of pages", "listing\n    url: /news\n    item: .card a", "pages\n    url: /news\n    urls: [/a]", "sources/s.yaml:8: discover[0].url: method pages takes urls"},
		{"keywords that are none", "delay: 5s", "keywords: 3", "sources/s.yaml:10: "},
		{"verified perhaps", "delay: 5s", "verified: perhaps", "sources/s.yaml:10: "},
		{"days that are no number", "delay: 5s", "expect_days: ten", "sources/s.yaml:10: "},
		{"a delay of hours", "5s", "2h", "sources/s.yaml:10: delay: "},
		{"an address with a name in it", "https://a.test/", "https://user:secret@a.test/", "sources/s.yaml:5: home: "},
		{"two documents", "delay: 5s", "delay: 5s\n---\nscope: FR", "sources/s.yaml:1: want one YAML document"},
		{"an id that is none", "delay: 5s", "id: Préfecture", "sources/s.yaml:10: id: "},
		{"not a selector of content", "delay: 5s", "content: {title: '['}", "sources/s.yaml:10: content.title: "},
		{"not a selector of articles", "delay: 5s", "content: {article: '['}", "sources/s.yaml:10: content.article: "},
		{"not a selector of days", "delay: 5s", "content: {published: '['}", "sources/s.yaml:10: content.published: "},
		{"a host without a name", "delay: 5s", "hosts: ['']", `sources/s.yaml:10: hosts[0]: `},
		{"fewer pages than none", ".card a", ".card a\n    max_pages: -1", "sources/s.yaml:10: discover[0].max_pages: -1"},
		{"pages of a listing", "    url: /news", "    urls: [/news]", "sources/s.yaml:8: discover[0].urls: "},
		{"a cadence of centuries", "delay: 5s", "expect_days: 40000", "sources/s.yaml:10: expect_days: 40000"},
	}
	for _, tt := range tests {
		text := strings.Replace(valid, tt.old, tt.new, 1)
		if text == valid {
			t.Fatalf("%s: nothing was spoilt", tt.name)
		}
		_, err := Load(fstest.MapFS{"sources/s.yaml": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error\n%v\nwant one with\n%s", tt.name, err, tt.want)
		}
	}
	if _, err := Load(fstest.MapFS{"sources/s.yaml": {Data: []byte(valid)}}); err != nil {
		t.Errorf("the file before it was spoilt: %v", err)
	}
	for _, tt := range []struct{ family, want string }{
		{"home: https://a.test/\n", "families/f.yaml:1: "},
		{"delay: 5s\nplatfrom: p\n", `families/f.yaml:2: unknown field "platfrom"`},
		{"delay: 5s\ndiscover:\n  - {method: listing, item: '..card'}\n", "families/f.yaml:3: discover[0].item: "},
		{"delay: 5s\ndiscover:\n  - method: telepathy\n", "families/f.yaml:3: discover[0].method: "},
		{"delay: soon\n", "families/f.yaml:1: delay: "},
		{"hosts: ['a/b']\n", "families/f.yaml:1: hosts[0]: "},
		{"content:\n  title: '['\n", "families/f.yaml:2: content.title: "},
	} {
		_, err := Load(fstest.MapFS{"families/f.yaml": {Data: []byte(tt.family)}, "sources/s.yaml": {Data: []byte(strings.Replace(valid, "delay: 5s", "family: f", 1))}})
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "sources/s.yaml") {
			t.Errorf("family %q: %v, want %s alone", tt.family, err, tt.want)
		}
	}
}
