package scrapers

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/scrapers/fetch"
)

// A memoryFrontier keeps to what [store.Frontier] promises.
type memoryFrontier struct {
	found   vigie.Finding
	targets []vigie.Target
	hows    map[string]string
	states  map[string]vigie.TargetState
	tries   map[string]int
	notes   map[string]fetch.Response
}

func newFrontier() *memoryFrontier {
	return &memoryFrontier{
		hows: map[string]string{}, states: map[string]vigie.TargetState{}, tries: map[string]int{}, notes: map[string]fetch.Response{},
	}
}

func (m *memoryFrontier) Found(context.Context) (vigie.Finding, error) { return m.found, nil }

func (m *memoryFrontier) Note(_ context.Context, address string, c vigie.Capture, body []byte) error {
	m.notes[address] = fetch.Response{Capture: c, Body: body}
	return nil
}

func (m *memoryFrontier) Recall(_ context.Context, address string) (vigie.Capture, []byte, error) {
	n, ok := m.notes[address]
	if !ok {
		return vigie.Capture{}, nil, vigie.ErrNotFound
	}
	return n.Capture, n.Body, nil
}

func (m *memoryFrontier) Fill(_ context.Context, targets []vigie.Target, found vigie.Finding) error {
	m.targets = slices.DeleteFunc(m.targets, func(t vigie.Target) bool {
		gone := m.states[t.Canonical] == vigie.TargetWaiting && m.hows[t.Canonical] != found.How
		if gone {
			delete(m.states, t.Canonical)
		}
		return gone
	})
	for _, t := range targets {
		if _, ok := m.states[t.Canonical]; !ok {
			m.targets = append(m.targets, t)
			m.states[t.Canonical], m.hows[t.Canonical] = vigie.TargetWaiting, found.How
		}
	}
	m.found = found
	maps.DeleteFunc(m.notes, func(address string, _ fetch.Response) bool { return found.All || strings.HasPrefix(address, "! ") })
	return nil
}

func (m *memoryFrontier) Waiting(context.Context) (waiting []vigie.Target, err error) {
	for _, t := range m.targets {
		if m.states[t.Canonical] == vigie.TargetWaiting {
			waiting = append(waiting, t)
		}
	}
	slices.SortStableFunc(waiting, func(a, b vigie.Target) int { return m.tries[a.Canonical] - m.tries[b.Canonical] })
	return waiting, nil
}

func (m *memoryFrontier) Postpone(_ context.Context, canonical, _ string) (int, error) {
	m.tries[canonical]++
	return m.tries[canonical], nil
}

func (m *memoryFrontier) Settle(_ context.Context, canonical string, state vigie.TargetState, _ string) error {
	if m.states[canonical] != vigie.TargetWaiting {
		return vigie.ErrNotFound
	}
	m.states[canonical] = state
	return nil
}

func (m *memoryFrontier) Finish(context.Context) error {
	notes := m.notes
	maps.DeleteFunc(notes, func(address string, _ fetch.Response) bool { return !strings.HasPrefix(address, "? ") })
	*m = *newFrontier()
	m.notes = notes
	return nil
}

const industriePage = "<html><title>Territoires d'industrie %s</title><h1>Territoires d'industrie %s</h1><p>Dix territoires ont été retenus à %s, et leur liste suit.</p></html>"

// townWeb is a site with two lists, one of which leads on, five pages, and one that is gone.
func townWeb() *stub {
	list := func(next string, names ...string) stubAnswer {
		var b strings.Builder
		b.WriteString("<html><title>Actualités</title><main>")
		for _, n := range names {
			fmt.Fprintf(&b, "<a href='/%s'>Territoires d'industrie %s</a> ", n, n)
		}
		return stubAnswer{200, map[string][]string{"Content-Type": {"text/html"}}, b.String() + "</main>" + next + "</html>"}
	}
	s := &stub{answers: map[string]stubAnswer{
		"https://s.test/liste":  list("<a rel=next href='/liste2'>suite</a>", "un", "deux", "trois"),
		"https://s.test/liste2": list("", "deux", "quatre", "parti"),
		"https://s.test/autres": list("", "cinq", "un"),
		"https://s.test/parti":  {404, nil, "parti"},
	}}
	for _, n := range []string{"un", "deux", "trois", "quatre", "cinq"} {
		s.answers["https://s.test/"+n] = stubAnswer{200, map[string][]string{"Content-Type": {"text/html"}}, fmt.Sprintf(industriePage, n, n, n)}
	}
	return s
}

var townOfLists = vigie.Source{
	ID: "town", Home: "https://s.test/", Hosts: []string{"www.s.test"}, Discover: []vigie.Discovery{
		{Method: "listing", URL: "https://s.test/liste", Next: "a[rel=next]"}, {Method: "listing", URL: "https://s.test/autres"},
	},
}

func fill(t *testing.T, web *stub, archive Archive, f Frontier, change func(*Backfill)) (Share, error) {
	t.Helper()
	b := &Backfill{Collector: Collector{Client: web.client(t), Archive: archive}, Frontier: func(string) Frontier { return f }}
	if change != nil {
		change(b)
	}
	shares, err := b.All(t.Context(), []vigie.Source{townOfLists}, vigie.Window{})
	if len(shares) != 1 {
		t.Fatalf("%d shares, %v", len(shares), err)
	}
	return shares[0], err
}

// bodiesOf are the bodies of an archive by address.
func bodiesOf(m *memory) map[string][]string {
	got := map[string][]string{}
	for _, d := range m.docs {
		for _, c := range d.Captures {
			got[d.URL] = append(got[d.URL], fmt.Sprint(c.Status, c.Digest))
		}
	}
	return got
}

func TestBackfill(t *testing.T) {
	web, archive, f := townWeb(), &memory{}, newFrontier()
	got, err := fill(t, web, archive, f, nil)
	if err != nil || got.New != 5 || got.Failed != 1 || got.Left != 0 || !got.All {
		t.Fatalf("%+v, %v", got, err)
	}
	if n := len(web.asked); n != 9 {
		t.Errorf("%d requests %q, want 9", n, web.asked)
	}
	web.asked = nil // once more: the lists, and what is still not there
	got, err = fill(t, web, archive, f, nil)
	if want := []string{"https://s.test/liste", "https://s.test/liste2", "https://s.test/autres", "https://s.test/parti"}; err != nil || !slices.Equal(want, web.asked) || got.Known != 5 {
		t.Errorf("again: %+v, %v, asked %q, want %q", got, err, web.asked, want)
	}
}

// TestBackfillGoesOn stops a backfill after each single request: what comes out is that
// of an unbroken one, and nothing was asked for twice.
func TestBackfillGoesOn(t *testing.T) {
	whole := &memory{}
	if _, err := fill(t, townWeb(), whole, newFrontier(), nil); err != nil {
		t.Fatal(err)
	}
	pastWeb := func() *stub {
		s := &stub{answers: map[string]stubAnswer{}}
		rows := `["timestamp","original","mimetype","statuscode"]`
		for i, n := range []string{"un", "deux", "trois"} {
			when := fmt.Sprintf("2019030%d000000", i+1)
			rows += fmt.Sprintf(`,[%q,"https://s.test/territoires-d-industrie/%s","text/html","200"]`, when, n)
			s.answers["https://web.archive.org/web/"+when+"id_/https://s.test/territoires-d-industrie/"+n] = stubAnswer{200, nil, fmt.Sprintf(industriePage, n, n, n)}
		}
		s.answers[strings.Replace(strings.Replace(cdxQuery, "&from=20190101000000", "", 1), "&to=20201230000000", "", 1)] = stubAnswer{200, nil, "[" + rows + "]"}
		return s
	}
	viaPast := func(b *Backfill) { b.Past = wayback{base: waybackBase} }
	past := &memory{}
	if got, err := fill(t, pastWeb(), past, newFrontier(), viaPast); err != nil || got.New != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, tt := range []struct {
		name   string
		web    *stub
		want   *memory
		change func(*Backfill)
	}{{"the site", townWeb(), whole, func(*Backfill) {}}, {"a public archive", pastWeb(), past, viaPast}} {
		archive, f, client := &memory{}, newFrontier(), tt.web.client(t) // which knows what sites say of themselves, as a book would
		starts := 0
		for err := ErrSpent; errors.Is(err, ErrSpent) && starts < 50; starts++ {
			_, err = fill(t, tt.web, archive, f, func(b *Backfill) { tt.change(b); b.Client, b.Max = client, 1 })
			if err != nil && !errors.Is(err, ErrSpent) {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(bodiesOf(tt.want), bodiesOf(archive)); diff != "" {
			t.Errorf("%s, from %d starts (-unbroken +broken):\n%s", tt.name, starts, diff)
		}
		slices.Sort(tt.web.asked)
		if once := slices.Compact(slices.Clone(tt.web.asked)); len(once) != len(tt.web.asked) || starts < len(once) {
			t.Errorf("%s: %d starts asked %q", tt.name, starts, tt.web.asked)
		}
	}
}

func TestBackfillDry(t *testing.T) {
	web, archive, f := townWeb(), &memory{}, newFrontier()
	got, err := fill(t, web, archive, f, func(b *Backfill) { b.Dry = true })
	if err != nil || got.Left != 6 || len(archive.docs) != 0 || len(web.asked) != 3 || got.Platform != "s.test" {
		t.Errorf("%+v, %v, %d documents, asked %q", got, err, len(archive.docs), web.asked)
	}
	web.asked = nil
	if got, err := fill(t, web, archive, f, nil); err != nil || got.New != 5 || len(web.asked) != 6 {
		t.Errorf("after the dry run: %+v, %v, asked %q", got, err, web.asked)
	}
}

func TestBackfillNamedPages(t *testing.T) {
	web, archive := townWeb(), &memory{}
	got, err := fill(t, web, archive, newFrontier(), func(b *Backfill) {
		b.Pages = []string{"https://s.test/un", "http://s.test/un#haut", "https://autre.test/deux", "nothing"}
	})
	if err != nil || got.Found != 1 || got.New != 1 || len(web.asked) != 1 {
		t.Errorf("%+v, %v, asked %q", got, err, web.asked)
	}
}

// TestBackfillOwners: what lies nearer to a source that is not filled in is that one's.
func TestBackfillOwners(t *testing.T) {
	web, archive := townWeb(), &memory{}
	got, err := fill(t, web, archive, newFrontier(), func(b *Backfill) {
		b.Pages = []string{"https://s.test/un", "https://s.test/deux"}
		b.Owners = NewOwners([]vigie.Source{townOfLists, {ID: "two", Home: "https://s.test/deux", Disabled: "one page"}})
	})
	if err != nil || got.Found != 1 || len(archive.docs) != 1 || archive.docs[vigie.NewDocumentID("https://s.test/un", nil)].URL == "" {
		t.Errorf("%+v, %v, %d documents, want un alone", got, err, len(archive.docs))
	}
}

// TestBackfillLeavesWhatRefuses: a site that refuses is left alone, and what it refused
// waits for another day; a list that failed is asked for again.
func TestBackfillLeavesWhatRefuses(t *testing.T) {
	web, archive, f := townWeb(), &memory{}, newFrontier()
	good := maps.Clone(web.answers)
	for _, n := range []string{"un", "deux", "trois", "quatre", "cinq"} {
		web.answers["https://s.test/"+n] = stubAnswer{403, nil, "non"}
	}
	web.answers["https://s.test/autres"] = stubAnswer{404, nil, "en panne"}
	got, err := fill(t, web, archive, f, nil)
	if err != nil || got.All || got.Left != 5 || got.New != 0 || len(web.asked) != 6 {
		t.Fatalf("refused: %+v, %v, asked %q", got, err, web.asked)
	}
	web.answers, web.asked = good, nil
	got, err = fill(t, web, archive, f, nil)
	if err != nil || !got.All || got.Left != 0 || got.New != 5 || len(web.asked) != 7 { // one list, five pages and the one that is gone
		t.Errorf("another day: %+v, %v, asked %q", got, err, web.asked)
	}
	if c := archive.docs[vigie.NewDocumentID("https://s.test/un", nil)].Captures; len(c) != 2 || c[0].Status != 403 || c[1].Status != 200 {
		t.Errorf("captures %+v, want the refusal and the page", c)
	}
}
