package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"vigie"
	"vigie/store"
)

func testFrontier(t *testing.T, s *store.Store) {
	ctx := t.Context()
	f, other := s.Frontier("2018..2019 site", "pref"), s.Frontier("2018..2019 site", "region")
	a := target("a")
	b := target("b")
	b.Place = "20190301120000"
	all := vigie.Finding{How: "listing", All: true, At: noon}
	must(t, other.Fill(ctx, []vigie.Target{b}, vigie.Finding{How: "listing"}))
	if found, err := f.Found(ctx); err != nil || found != (vigie.Finding{}) {
		t.Errorf("nothing looked for: found %v, %v", found, err)
	}
	some := vigie.Finding{How: "listing", At: noon}
	must(t, f.Fill(ctx, []vigie.Target{a}, some))
	if found, err := f.Found(ctx); err != nil || found != some {
		t.Errorf("with a hole in it: found %v, %v", found, err)
	}
	again := a
	again.Title = "Autre titre"
	must(t, f.Fill(ctx, []vigie.Target{again, b, b}, all))
	if found, err := f.Found(ctx); err != nil || found != all {
		t.Errorf("all found %v, %v", found, err)
	}
	waiting(t, f, a, b)
	must(t, f.Settle(ctx, a.Canonical, vigie.TargetFailed, "status 404"))
	waiting(t, f, b)
	for _, name := range []string{a.Canonical, "https://pref.example/x"} {
		if err := f.Settle(ctx, name, vigie.TargetDone, ""); !errors.Is(err, vigie.ErrNotFound) {
			t.Errorf("settled twice, or never found: %v", err)
		}
	}
	must(t, f.Fill(ctx, []vigie.Target{a}, all))
	waiting(t, f, b) // what is settled stays so
	feed := vigie.Finding{How: "feed", All: true, At: noon.Add(time.Hour)}
	must(t, f.Fill(ctx, []vigie.Target{a, target("c"), target("d")}, feed))
	waiting(t, f, target("c"), target("d")) // what is found no longer goes
	if found, err := f.Found(ctx); err != nil || found != feed {
		t.Errorf("found anew: %v, %v", found, err)
	}
	for tries := 1; tries <= 2; tries++ {
		if n, err := f.Postpone(ctx, target("c").Canonical, "status 500"); err != nil || n != tries {
			t.Errorf("in vain: %d, %v, want %d", n, err, tries)
		}
	}
	waiting(t, f, target("d"), target("c")) // at the end
	if _, err := f.Postpone(ctx, a.Canonical, ""); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("in vain, and settled: %v", err)
	}
	must(t, f.Finish(ctx))
	waiting(t, f)
	waiting(t, other, b)
	if found, err := f.Found(ctx); err != nil || found.All {
		t.Errorf("finished: all found %v, %v", found, err)
	}
}

func testNotes(t *testing.T, s *store.Store) {
	ctx := t.Context()
	f := s.Frontier("b", "pref")
	want := capture(page("pref", "liste"), noon, "<li>A")
	must(t, f.Note(ctx, want.URL, want, []byte("<li>?")))
	must(t, f.Note(ctx, want.URL, want, []byte("<li>A"))) // the last stands
	got, body, err := f.Recall(ctx, want.URL)
	if diff := cmp.Diff(want, got); err != nil || diff != "" || string(body) != "<li>A" {
		t.Errorf("%q, %v, (-want +got):\n%s", body, err, diff)
	}
	for name, f := range map[string]*store.Frontier{"another source": s.Frontier("b", "region"), "another backfill": s.Frontier("c", "pref")} {
		if _, _, err := f.Recall(ctx, want.URL); !errors.Is(err, vigie.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
	must(t, f.Note(ctx, "! "+want.URL, want, nil))
	must(t, f.Fill(ctx, nil, vigie.Finding{}))
	if _, _, err := f.Recall(ctx, "! "+want.URL); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a list that was missing: %v, want ErrNotFound", err)
	}
	if _, _, err := f.Recall(ctx, want.URL); err != nil {
		t.Error(err)
	}
	must(t, f.Note(ctx, "? "+want.URL, vigie.Capture{URL: want.URL}, []byte("3")))
	must(t, f.Finish(ctx))
	if _, _, err := f.Recall(ctx, want.URL); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("once it has ended: %v, want ErrNotFound", err)
	}
	if _, body, err := f.Recall(ctx, "? "+want.URL); err != nil || string(body) != "3" {
		t.Errorf("a list that could not be read, once it has ended: %q, %v", body, err)
	}
	must(t, f.Note(ctx, want.URL, want, nil))
	must(t, f.Fill(ctx, nil, vigie.Finding{All: true}))
	for _, name := range []string{want.URL, "? " + want.URL} {
		if _, _, err := f.Recall(ctx, name); !errors.Is(err, vigie.ErrNotFound) {
			t.Errorf("%s, once all is found: %v, want ErrNotFound", name, err)
		}
	}
}

func target(name string) vigie.Target {
	doc := page("pref", name)
	return vigie.Target{
		Link:      vigie.Link{Source: "pref", URL: doc.URL + "?x", Title: doc.Title, Summary: "Lead", Published: "2019-01", Modified: noon},
		Canonical: doc.URL,
	}
}

func waiting(t *testing.T, f *store.Frontier, want ...vigie.Target) {
	t.Helper()
	got, err := f.Waiting(context.Background())
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("waiting: %v (-want +got):\n%s", err, diff)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// testErrors keeps the last good capture, the first failure and the final error.
func testErrors(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	fail := func(hours, status int, body string) {
		c := capture(doc, hour(hours), body)
		c.Status = status
		must(t, s.Put(t.Context(), doc, c, []byte(body)))
	}
	put(t, s, doc, hour(0), "A")
	fail(1, 404, "perdu 1")
	fail(2, 404, "perdu 2")
	fail(3, 503, "panne 1")
	fail(4, 503, "panne 2")
	got := bodies(gather(t, s.Documents(t.Context()))[0])
	if diff := cmp.Diff([]string{"A 12h", "perdu 1 13h", "panne 1 15h"}, got); diff != "" {
		t.Errorf("captures (-want +got):\n%s", diff)
	}
	if c, err := s.Latest(t.Context(), doc.ID); err != nil || c.Digest != vigie.Digest([]byte("A")) {
		t.Errorf("the latest good capture is %s, %v", c.ETag, err)
	}
	must(t, s.Checked(t.Context(), vigie.Check{Document: doc.ID, Time: hour(5)})) // the site says that it is as it was
	got = bodies(gather(t, s.Documents(t.Context()))[0])
	if diff := cmp.Diff([]string{"perdu 1 13h", "panne 1 15h", "A 12h"}, got); diff != "" {
		t.Errorf("captures, the one seen last at the end (-want +got):\n%s", diff)
	}
	fail(6, 404, "perdu 3")
	put(t, s, doc, hour(7), "A")
	if got := bodies(gather(t, s.Documents(t.Context()))[0]); len(got) != 5 {
		t.Errorf("back again: captures %q, want five", got)
	}
	lost := page("pref", "b")
	doc = lost
	fail(1, 410, "jamais vu")
	if _, err := s.Latest(t.Context(), lost.ID); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("never good: %v, want ErrNotFound", err)
	}
}
