package storetest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vigie"
	"vigie/store"
)

func testTake(t *testing.T, s *store.Store) {
	ctx := context.Background()
	take := func(platform string, now, until time.Time) time.Time {
		t.Helper()
		free, err := s.Take(ctx, platform, now, until)
		if err != nil {
			t.Fatal(err)
		}
		return free
	}
	second := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Second) }
	for _, tt := range []struct {
		name       string
		platform   string
		now, until time.Time
		free       time.Time
		got        bool
	}{
		{"nobody's", "cms", second(0), second(60), second(0), true},
		{"another's", "cms", second(1), second(61), second(60), false},
		{"another platform", "blog", second(1), second(61), second(1), true},
		{"left by one who died", "cms", second(60), second(120), second(60), true},
		{"an odd name", "a\x00b", second(0), second(1), second(0), true},
	} {
		if free := take(tt.platform, tt.now, tt.until); !free.Equal(tt.free) || tt.got != !free.After(tt.now) {
			t.Errorf("%s: free at %v, want %v", tt.name, free, tt.free)
		}
	}
	if err := s.Free(ctx, "cms", second(70)); err != nil {
		t.Fatal(err)
	}
	if free := take("cms", second(69), second(200)); !free.Equal(second(70)) {
		t.Errorf("before its delay has passed: free at %v, want %v", free, second(70))
	}
	if free := take("cms", second(70), second(200)); free.After(second(70)) {
		t.Errorf("after its delay: free at %v", free)
	}
	if err := s.Free(ctx, "cms", hour(500)); err != nil { // by a clock that was wrong
		t.Fatal(err)
	}
	if free := take("cms", second(71), second(200)); free.After(second(71)) {
		t.Errorf("a moment three weeks ahead was believed: %v", free)
	}
}

// testTakeOnce has many ask for one platform at one moment: one gets it.
func testTakeOnce(t *testing.T, s *store.Store) {
	var got atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			free, err := s.Take(context.Background(), "cms", noon, hour(1))
			if err != nil {
				t.Error(err)
			}
			if !free.After(noon) {
				got.Add(1)
			}
		})
	}
	wg.Wait()
	if got.Load() != 1 {
		t.Errorf("%d of 16 got the one turn", got.Load())
	}
}

func testStanding(t *testing.T, s *store.Store) {
	ctx := context.Background()
	if v, err := s.Standing(ctx, "cms"); err != nil || v != (vigie.Standing{}) {
		t.Errorf("of an unknown platform: %+v, %v", v, err)
	}
	want := vigie.Standing{Refused: 3, Trips: 2, Until: hour(20), Why: "status 403"}
	allSet(t, want)
	for _, v := range []vigie.Standing{want, {}, want} {
		if err := s.PutStanding(ctx, "cms", v); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Standing(ctx, "cms"); err != nil || got != v {
			t.Errorf("standing %+v, %v; want %+v", got, err, v)
		}
	}
	if _, err := s.Take(ctx, "cms", noon, hour(1)); err != nil {
		t.Fatal(err)
	}
	if free, err := s.Take(ctx, "cms", noon, hour(1)); err != nil || !free.Equal(hour(1)) {
		t.Errorf("the turn of one that had a standing and none before was not kept: free at %v, %v", free, err)
	}
	if got, err := s.Standing(ctx, "cms"); err != nil || got != want {
		t.Errorf("after a turn was taken: %+v, %v; want %+v", got, err, want)
	}
}

// testSpend: each day is counted anew, each platform alone, and its turn is no matter.
func testSpend(t *testing.T, s *store.Store) {
	ctx := context.Background()
	if _, err := s.Take(ctx, "cms", noon, hour(1)); err != nil {
		t.Fatal(err)
	}
	for i, tt := range []struct {
		platform string
		day      vigie.Date
		n, want  int
	}{
		{"cms", "2019-02-01", 0, 0}, {"cms", "2019-02-01", 1, 1}, {"cms", "2019-02-01", 2, 3}, {"blog", "2019-02-01", 1, 1},
		{"cms", "2019-02-02", 1, 1}, {"cms", "2019-02-02", 1, 2},
	} {
		if got, err := s.Spend(ctx, tt.platform, tt.day, tt.n); err != nil || got != tt.want {
			t.Errorf("%d: %d requests, %v; want %d", i, got, err, tt.want)
		}
	}
	if v, err := s.Standing(ctx, "cms"); err != nil || v != (vigie.Standing{}) {
		t.Errorf("its standing: %+v, %v", v, err)
	}
}

func testTolls(t *testing.T, s *store.Store) {
	ctx := context.Background()
	old := vigie.Toll{Night: "2019-01-31", Source: "pref", Site: "pref.example", Requests: 1, Bytes: 5 << 32, Refusals: 1}
	toll := vigie.Toll{Night: "2019-02-01", Source: "pref", Site: "pref.example", Requests: 2, Bytes: 10, Refusals: 1, Forbidden: 3}
	other := vigie.Toll{Night: "2019-01-30", Source: "agence", Site: "agence.example", Requests: 1}
	nobodys := []vigie.Toll{{Night: "2019-01-29", Site: "archive.example", Requests: 1}, {Night: "2019-01-30", Site: "index.example", Requests: 1}}
	allSet(t, toll)
	for _, add := range [][]vigie.Toll{{old, toll}, {other}, nobodys, nil, {toll}} {
		if err := s.AddTolls(ctx, add); err != nil {
			t.Fatal(err)
		}
	}
	toll.Requests, toll.Bytes, toll.Refusals, toll.Forbidden = 4, 20, 2, 6
	got, err := s.Tolls(ctx, "2019-01-31")
	if diff := cmp.Diff([]vigie.Toll{old, toll}, got); diff != "" || err != nil {
		t.Errorf("%v, ledger (-want +got):\n%s", err, diff)
	}
	got, err = s.LastTolls(ctx, time.Time{})
	if diff := cmp.Diff([]vigie.Toll{nobodys[0], nobodys[1], other, toll}, got); diff != "" || err != nil {
		t.Errorf("%v, the last night of each source, and of each site of none (-want +got):\n%s", err, diff)
	}
}

func testChecks(t *testing.T, s *store.Store) {
	ctx := context.Background()
	doc, other := page("pref", "a"), page("agence", "a")
	checks := func() []vigie.Check {
		t.Helper()
		got, err := s.Checks(ctx, "pref")
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	expect := func(what string, want ...vigie.Check) {
		t.Helper()
		if diff := cmp.Diff(want, checks()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	archive := func(at, modified time.Time, change func(*vigie.Capture)) {
		t.Helper()
		doc.Modified = modified
		c := capture(doc, at, "A")
		c.Via = ""
		if change != nil {
			change(&c)
		}
		if err := s.Put(ctx, doc, c, []byte("A")); err != nil {
			t.Fatal(err)
		}
	}
	put(t, s, other, hour(0), "A")
	archive(hour(0), time.Time{}, func(c *vigie.Capture) { c.Via = "archive.example" })
	expect("a public archive's copy")
	archive(hour(1), time.Time{}, nil)
	expect("archived", vigie.Check{Document: doc.ID, Time: hour(1)})
	archive(hour(2), hour(1), nil)
	expect("archived again", vigie.Check{Document: doc.ID, Time: hour(2), Modified: hour(1)})
	archive(hour(3), hour(2), func(c *vigie.Capture) { c.Status = 500 })
	expect("an error", vigie.Check{Document: doc.ID, Time: hour(2), Modified: hour(1)})
	archive(hour(3), hour(2), func(c *vigie.Capture) { c.Fault = vigie.FaultLogin })
	expect("a log-in", vigie.Check{Document: doc.ID, Time: hour(2), Modified: hour(1)})
	if err := s.Checked(ctx, vigie.Check{Document: doc.ID, Time: hour(4), Modified: hour(3)}); err != nil {
		t.Fatal(err)
	}
	expect("unchanged", vigie.Check{Document: doc.ID, Time: hour(4), Modified: hour(3)})
	known, err := s.Known(context.Background(), []vigie.DocumentID{doc.ID, "0123456789abcdef"})
	if want := map[vigie.DocumentID]bool{doc.ID: true}; err != nil || !maps.Equal(known, want) {
		t.Errorf("known: %v, %v", known, err)
	}
}

func testReserved(t *testing.T, s *store.Store) {
	ctx := context.Background()
	archive := func(doc vigie.Document, at time.Time, optOut string, status int) {
		t.Helper()
		c := capture(doc, at, "A")
		c.OptOut, c.Status = optOut, status
		if err := s.Put(ctx, doc, c, []byte("A")); err != nil {
			t.Fatal(err)
		}
	}
	archive(page("pref", "a"), hour(0), "meta robots: noai", 200)
	archive(page("pref", "b"), hour(0), "meta robots: noai", 200)
	archive(page("pref", "b"), hour(1), "", 200) // no more
	archive(page("pref", "c"), hour(0), "", 200)
	archive(page("pref", "c"), hour(1), "x-robots-tag: noai", 200) // the body is the same
	archive(page("agence", "d"), hour(0), "x-robots-tag: noai", 404)
	withheld := capture(page("presse", "e"), hour(1), "")
	withheld.OptOut, withheld.Fault, withheld.Via = "tdmrep.json: 1", vigie.FaultReserved, ""
	for at, body := range []string{"A", ""} { // read once, and reserved since
		c := capture(page("presse", "e"), hour(at), body)
		if body == "" {
			c = withheld
		}
		if err := s.Put(ctx, page("presse", "e"), c, []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.Reserved(ctx, time.Time{})
	var got []string
	for _, d := range all {
		got = append(got, d.Source+" "+d.Title+" "+d.Captures[0].OptOut)
	}
	want := []string{"pref Titre a meta robots: noai", "pref Titre c x-robots-tag: noai", "presse Titre e tdmrep.json: 1"}
	if diff := cmp.Diff(want, slices.Sorted(slices.Values(got))); diff != "" || err != nil {
		t.Errorf("%v, documents (-want +got):\n%s", err, diff)
	}
	checks, err := s.Checks(ctx, "presse")
	if err != nil || len(checks) != 1 {
		t.Errorf("a page that may not be read was looked at: %v, %v", checks, err)
	}
}

func testSiteFiles(t *testing.T, s *store.Store) {
	ctx := context.Background()
	const site = "https://s.example"
	if _, err := s.SiteFile(ctx, site, "/robots.txt"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("before it was kept: %v", err)
	}
	for n, body := range []string{"User-agent: *\nDisallow: /", ""} { // the site has none any more
		want := vigie.SiteFile{Site: site, Name: "/robots.txt", Body: []byte(body), Time: hour(n).UTC().Truncate(time.Microsecond)}
		if err := s.PutSiteFile(ctx, want); err != nil {
			t.Fatal(err)
		}
		got, err := s.SiteFile(ctx, site, "/robots.txt")
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Errorf("%v, file (-want +got):\n%s", err, diff)
		}
	}
	body := []byte("User-agent: *")
	given := capture(page("s", "robots.txt"), hour(3), string(body))
	if err := s.PutSiteFile(ctx, vigie.SiteFile{Site: site, Name: "/robots.txt", Body: body, Time: hour(3), Answer: given}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{" 3 h: 200 User-agent: *"}, answers(t, s)); diff != "" {
		t.Errorf("archived (-want +got):\n%s", diff)
	}
	if _, err := s.SiteFile(ctx, site, "/.well-known/tdmrep.json"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("another file of the site: %v", err)
	}
}
