package demo

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
	"vigie/scrapers/warc"
)

func web(t *testing.T) *warc.Replay {
	t.Helper()
	var archives []io.Reader
	for _, a := range Archives() {
		archives = append(archives, bytes.NewReader(a))
	}
	p, err := warc.NewReplay(archives...)
	if err != nil {
		t.Fatal(err)
	}
	p.At = FirstNight
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
	if len(archive)+len(second) > 600<<10 {
		t.Errorf("the archive has %d bytes: it is part of the program", len(archive)+len(second))
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

func load(t *testing.T) scrapers.Config {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vigie.yaml")
	if err := os.WriteFile(path, Config(), 0o644); err != nil {
		t.Fatal(err)
	}
	cfg, err := scrapers.LoadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// troubled are the sources that the demo shows in trouble.
var troubled = map[string]vigie.SourceState{
	"etablissement-foncier": vigie.StateUnreachable,
	"metropole":             vigie.StateBlocked,
}

func TestEverySourceHasItsEntrance(t *testing.T) {
	p := web(t)
	for _, s := range load(t).Sources {
		for _, d := range s.Discover {
			entrances := d.URLs
			if d.Method != "wordpress" && d.Method != "pages" { // the API's address is the method's to know
				entrances = append(entrances, d.URL)
			}
			for _, address := range entrances {
				got := status(t, p, address)
				if ok := got == 200 || got == 301; ok == (troubled[s.ID] != "") || got == 0 {
					t.Errorf("source %s: %s answers %d", s.ID, address, got)
				}
			}
		}
	}
}

// memory is an archive for one test.
type memory struct {
	mu       sync.Mutex
	captures map[vigie.DocumentID]vigie.Capture
	puts     int
}

func (m *memory) Latest(_ context.Context, id vigie.DocumentID) (vigie.Capture, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.captures[id]
	if !ok {
		return c, vigie.ErrNotFound
	}
	return c, nil
}

func (m *memory) Put(_ context.Context, d vigie.Document, c vigie.Capture, _ []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.Status >= 400 {
		return nil // evidence that a page is gone, and no page
	}
	m.captures[d.ID] = c
	m.puts++
	return nil
}

const pages = 42

func TestACollectionFindsEveryPage(t *testing.T) {
	cfg := load(t)
	client, err := fetch.New(fetch.Config{
		Contact: cfg.Contact, Delay: cfg.Network.Delay, Transport: web(t), Now: func() time.Time { return Day },
	})
	if err != nil {
		t.Fatal(err)
	}
	archive := &memory{captures: map[vigie.DocumentID]vigie.Capture{}}
	c := scrapers.Collector{Client: client, Archive: archive}
	for night := range 2 {
		runs, err := c.All(t.Context(), cfg.Sources, vigie.Window{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range runs {
			want := cmp.Or(troubled[r.Source], vigie.StateOK)
			if night > 0 {
				want = cmp.Or(troubled[r.Source], vigie.StateQuiet)
			}
			if r.State != want {
				t.Errorf("night %d: source %s is %s, want %s: %s", night+1, r.Source, r.State, want, r.Error)
			}
			if gone := r.Source == "courrier-du-cotentin"; r.Failed > 0 && !gone || gone && r.Failed != 1 {
				t.Errorf("night %d: source %s failed on %d pages: %s", night+1, r.Source, r.Failed, r.Error)
			}
		}
		if len(archive.captures) != pages || archive.puts != pages {
			t.Errorf("night %d: %d pages by %d captures, want %d of each", night+1, len(archive.captures), archive.puts, pages)
		}
	}
	list, err := os.ReadFile("../../../../shared/corpus/docs.jsonl")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the list of the pages is not here: only counted")
	}
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(list) {
		var doc struct{ URL string }
		if err := json.Unmarshal(line, &doc); err != nil {
			t.Fatal(err)
		}
		canonical, err := vigie.CanonicalURL(doc.URL)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := archive.captures[vigie.NewDocumentID(canonical, nil)]; !ok {
			t.Errorf("%s was not found", doc.URL)
		}
	}
}
