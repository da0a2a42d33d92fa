package scrapers

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"vigie"
	"vigie/internal/webtest"
	"vigie/scrapers/fetch"
)

// Fixtures are the recorded sites that vigie carries: ID.txtar as a source's site should
// be, ID.broken.txtar as it is once it is broken or refuses us, ID.changed.txtar as it is
// once it answers in another shape.
//
//go:embed fixtures/*.txtar
var Fixtures embed.FS

// A Fixture is a source's site as it answered once, and what a night on it gives. In its
// file the expected night stands first, as YAML, and the answers follow as txtar:
//
//	clock: 2026-11-22T04:15:00Z
//	state: ok
//	found: 2
//	new: 1
//	skipped: 1
//	newest: 2019-02-14
//	-- https://www.orne.gouv.fr/Actualites --
//	200
//	Content-Type: text/html
//
//	<!DOCTYPE html>…
//
// An address that the file does not have is answered 404.
type Fixture struct {
	Clock time.Time
	Want  vigie.SourceRun
	Web   string
}

type fixtureYAML struct {
	Clock   string `yaml:"clock"`
	State   string `yaml:"state"`
	Found   int    `yaml:"found"`
	New     int    `yaml:"new"`
	Failed  int    `yaml:"failed"`
	Skipped int    `yaml:"skipped"`
	Newest  string `yaml:"newest"`
}

// ReadFixture reads the text of a fixture's file; name stands for it in errors.
func ReadFixture(name string, text []byte) (Fixture, error) {
	head, _, ok := bytes.Cut(text, []byte("\n-- "))
	if !ok {
		return Fixture{}, fmt.Errorf("%s: no answer: want -- ADDRESS -- after the expected night", name)
	}
	root, err := parseYAMLText(name, head)
	if err != nil {
		return Fixture{}, err
	}
	var y fixtureYAML
	if err := root.decode(&y); err != nil {
		return Fixture{}, err
	}
	clock, err := time.Parse(time.RFC3339, y.Clock)
	if err != nil {
		return Fixture{}, root.fault("clock", err.Error())
	}
	return Fixture{Clock: clock, Web: string(text[len(head)+1:]), Want: vigie.SourceRun{
		State: vigie.SourceState(y.State), Found: y.Found, New: y.New, Failed: y.Failed, Skipped: y.Skipped, Newest: vigie.Date(y.Newest),
	}}, nil
}

// String is the text of a fixture's file.
func (f Fixture) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "clock: %s\nstate: %s\n", f.Clock.UTC().Format(time.RFC3339), f.Want.State)
	for _, n := range []struct {
		name string
		n    int
	}{{"found", f.Want.Found}, {"new", f.Want.New}, {"failed", f.Want.Failed}, {"skipped", f.Want.Skipped}} {
		if n.n > 0 {
			fmt.Fprintf(&b, "%s: %d\n", n.name, n.n)
		}
	}
	if f.Want.Newest != "" {
		fmt.Fprintf(&b, "newest: %s\n", f.Want.Newest)
	}
	return b.String() + f.Web
}

// Run gives the source a first night on the fixture: offline, by its clock, without a
// delay, into an archive of its own.
func (f Fixture) Run(ctx context.Context, s vigie.Source) (vigie.SourceRun, error) {
	web, err := webtest.Parse(f.Web)
	if err != nil {
		return vigie.SourceRun{}, err
	}
	client, err := fetch.New(fetch.Config{
		Contact: "fixture@example.invalid", Transport: missing{web}, Delay: new(time.Duration), Now: func() time.Time { return f.Clock },
	})
	if err != nil {
		return vigie.SourceRun{}, err
	}
	s.Delay = 0
	c := Collector{Client: client, Archive: new(scratch), Now: func() time.Time { return f.Clock }}
	return c.Collect(ctx, s, vigie.Window{}), nil
}

// missing answers 404 in the place of what a fixture does not have.
type missing struct{ web *webtest.Web }

func (m missing) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := m.web.RoundTrip(req)
	if err == nil || req.Context().Err() != nil {
		return resp, err
	}
	return &http.Response{
		StatusCode: http.StatusNotFound, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: io.NopCloser(strings.NewReader("")), Request: req,
	}, nil
}

// scratch is an archive that is thrown away.
type scratch struct {
	mu   sync.Mutex
	last map[vigie.DocumentID]vigie.Capture
}

func (a *scratch) Latest(_ context.Context, id vigie.DocumentID) (vigie.Capture, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if c, ok := a.last[id]; ok {
		return c, nil
	}
	return vigie.Capture{}, vigie.ErrNotFound
}

func (a *scratch) Put(_ context.Context, d vigie.Document, c vigie.Capture, _ []byte) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.last == nil {
		a.last = map[vigie.DocumentID]vigie.Capture{}
	}
	a.last[d.ID] = c
	return nil
}

// Differences tells in words where a night went otherwise than expected.
func (f Fixture) Differences(got vigie.SourceRun) []string {
	var out []string
	differ := func(what string, want, got any) {
		if want != got {
			out = append(out, fmt.Sprintf("%s: want %v, got %v", what, want, got))
		}
	}
	differ("state", f.Want.State, got.State)
	differ("found", f.Want.Found, got.Found)
	differ("new", f.Want.New, got.New)
	differ("failed", f.Want.Failed, got.Failed)
	differ("skipped", f.Want.Skipped, got.Skipped)
	differ("newest", f.Want.Newest, got.Newest)
	return out
}
