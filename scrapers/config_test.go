package scrapers

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vigie"
)

func writeConfig(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "vigie.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestLoadConfig(t *testing.T) {
	got, err := LoadConfig(writeConfig(t, `contact: veille@example.org
db: vigie.db
out: rapports
region: "28"
network:
  allow: [127.0.0.1/32]
  delay: 0s
sources:
  - prefecture-orne
  - id: agence
    publisher: {name: Agence, kind: agence}
    scope: region:28
    home: http://127.0.0.1:8080/
    discover:
      - {method: feed, url: feed/}
    keywords: [industrie]
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Sources) != 2 || got.Sources[0].ID != "prefecture-orne" || got.Sources[0].Platform != "prefectures" {
		t.Fatalf("sources %+v, want prefecture-orne and agence", got.Sources)
	}
	want := Config{
		Contact: "veille@example.org", DB: "vigie.db", Out: "rapports", Region: "28", KeepFree: 500 << 20,
		Network: Network{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Delay: new(time.Duration)},
		Sources: []vigie.Source{got.Sources[0], {
			ID: "agence", Publisher: vigie.Publisher{Name: "Agence", Kind: "agence"}, Scope: vigie.Ref{Type: "region", ID: "28"},
			Home: "http://127.0.0.1:8080/", Discover: []vigie.Discovery{{Method: "feed", URL: "http://127.0.0.1:8080/feed/"}}, Keywords: []string{"industrie"},
		}},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{})); d != "" {
		t.Errorf("configuration (-want +got):\n%s", d)
	}
}

func TestLoadConfigLeavesDefaults(t *testing.T) {
	got, err := LoadConfig(writeConfig(t, "contact: veille@example.org\n"))
	if err != nil {
		t.Fatal(err)
	}
	known, _ := Default()
	if got.Network.Delay != nil || len(got.Sources) != len(known) {
		t.Errorf("delay %v and %d sources, want none and all %d", got.Network.Delay, len(got.Sources), len(known))
	}
}

func TestLoadConfigNamesLineAndField(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown field", "contact: a\nmail: b\n", `vigie.yaml:2: unknown field "mail"`},
		{"unknown field within", "network:\n  alow: []\n", `vigie.yaml:2: unknown field "alow"`},
		{"not a network", "network:\n  allow:\n    - 127.0.0.1/32\n    - localhost\n", "vigie.yaml:4: network.allow[1]: "},
		{"not a time", "network:\n  delay: fast\n", "vigie.yaml:2: network.delay: "},
		{"a budget below zero", "network:\n  budget: -1\n", "vigie.yaml:2: network.budget: "},
		{"less than nothing to keep free", "keep_free: -1\n", "vigie.yaml:1: keep_free: -1"},
		{"unknown source", "sources:\n  - prefecture-orne\n  - nobody\n", `vigie.yaml:3: sources[1]: no source is called "nobody"`},
		{"the same twice", "sources:\n  - prefecture-orne\n  - prefecture-orne\n", `vigie.yaml:3: sources[1]: "prefecture-orne" is there already, on line 2`},
		{"own source, unknown field", "sources:\n  - id: a\n    hme: https://a.test/\n", `vigie.yaml:3: unknown field "hme"`},
		{"own source, wrong field", "sources:\n  - id: a\n    publisher: {name: A, kind: etat}\n    home: ftp://a.test/\n    discover: [{method: feed}]\n", "vigie.yaml:4: home: "},
		{"own source without id", "sources:\n  - publisher: {name: A, kind: etat}\n    home: https://a.test/\n    discover: [{method: feed}]\n", "vigie.yaml:2: id: "},
		{"a number", "sources: [3]\n", "vigie.yaml:1: "},
		{"a null", "sources:\n  -\n", "vigie.yaml:2: "},
		{"empty", "", "vigie.yaml:1: "},
		{"a list", "- a\n", "vigie.yaml:1: "},
	}
	for _, tt := range tests {
		_, err := LoadConfig(writeConfig(t, tt.text))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error\n%v\nwant one with\n%s", tt.name, err, tt.want)
		}
	}
	if _, err := LoadConfig(filepath.Join(t.TempDir(), "none.yaml")); !os.IsNotExist(err) {
		t.Errorf("a file that is not there: %v", err)
	}
}
