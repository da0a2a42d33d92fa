package demo

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"vigie/scrapers/warc"
)

func web(t *testing.T) *warc.Replay {
	t.Helper()
	p, err := warc.NewReplay(bytes.NewReader(Archive()))
	if err != nil {
		t.Fatal(err)
	}
	p.At = Day
	return p
}

func status(t *testing.T, p *warc.Replay, address string) int {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := p.RoundTrip(req)
	if errors.Is(err, warc.ErrNotArchived) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode
}

func hosts(p *warc.Replay) []string {
	var hosts []string
	for _, address := range p.URLs() {
		u, err := url.Parse(address)
		if err == nil {
			hosts = append(hosts, u.Host)
		}
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

func TestTheWebIsSmallAndInvented(t *testing.T) {
	p := web(t)
	if len(Archive()) > 600<<10 {
		t.Errorf("the archive has %d bytes: it is part of the program", len(Archive()))
	}
	if n := len(hosts(p)); n < 8 {
		t.Errorf("%d hosts, want eight at least", n)
	}
	for _, h := range hosts(p) {
		if !strings.HasSuffix(h, ".example") {
			t.Errorf("%s may exist: the demo's hosts end in .example", h)
		}
		if s := status(t, p, "https://"+h+"/robots.txt"); s != 200 && s != 404 {
			t.Errorf("robots.txt of %s: status %d", h, s)
		}
		if s := status(t, p, "https://"+h+"/nulle-part"); s != 0 {
			t.Errorf("%s answers %d where it has nothing", h, s)
		}
	}
}

func TestEverySourceHasItsEntrance(t *testing.T) {
	var config struct {
		Sources []struct {
			ID       string
			Discover []struct {
				Method, URL string
				URLs        []string
			}
		}
	}
	if err := yaml.Unmarshal(Config(), &config); err != nil {
		t.Fatal(err)
	}
	p := web(t)
	trouble := map[string]int{"etablissement-foncier": 503, "metropole": 403}
	for _, s := range config.Sources {
		for _, d := range s.Discover {
			if d.Method == "wordpress" {
				d.URL = apiURL(p, d.URL)
			}
			for _, address := range append(d.URLs, d.URL) {
				want := 200
				if trouble[s.ID] != 0 {
					want = trouble[s.ID]
				}
				got := status(t, p, address)
				if address != "" && got != want && got != 301 {
					t.Errorf("source %s: %s answers %d, want %d", s.ID, address, got, want)
				}
			}
		}
	}
	if len(config.Sources) < 12 {
		t.Errorf("%d sources, want a dozen at least", len(config.Sources))
	}
}

// apiURL is the address of a WordPress site's posts, as the archive has it.
func apiURL(p *warc.Replay, home string) string {
	for _, address := range p.URLs() {
		if strings.HasPrefix(address, home+"wp-json/") {
			return address
		}
	}
	return home + "wp-json/"
}
