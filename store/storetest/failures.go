package storetest

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"vigie"
	"vigie/store"
)

// failure is what a source notes of a page that was asked for in vain.
func failure(source, name, kind string, hours int) vigie.Failure {
	doc := page(source, name)
	return vigie.Failure{Document: doc.ID, Source: source, URL: doc.URL, Kind: kind, Error: "get " + doc.URL + ": " + kind, Last: hour(hours)}
}

// own is what a page's own site gives.
func own(doc vigie.Document, hours int) vigie.Capture {
	c := capture(doc, hour(hours), "A")
	c.Via = ""
	return c
}

// lasted is how a failure comes back.
func lasted(f vigie.Failure, first, last, times, mended int) vigie.Failure {
	f.First, f.Last, f.Times = hour(first), hour(last), times
	if mended > 0 {
		f.Mended = hour(mended)
	}
	return f
}

// testFailures: a row of equal failures is one, another begins with another way to fail or
// once the page has come, and none is lost.
func testFailures(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := failure("pref", "a", "hung up", 1)
	for h := 1; h <= 3; h++ {
		must(t, s.Failed(ctx, failure("pref", "a", "hung up", h)))
	}
	again := failure("pref", "a", "hung up", 4)
	again.Error = "get " + a.URL + ": EOF\x00\n\x1b[2J"
	must(t, s.Failed(ctx, again))
	must(t, s.Failed(ctx, failure("pref", "b", "status 503", 2)))
	must(t, s.Failed(ctx, failure("region", "c", "empty", 2)))
	must(t, s.Failed(ctx, failure("pref", "a", "cut short", 5)))
	a.Error = "get " + a.URL + ": EOF\uFFFD  [2J"
	cut, b := failure("pref", "a", "cut short", 5), failure("pref", "b", "status 503", 2)
	failing(t, s, "pref", lasted(b, 2, 2, 1, 0), lasted(cut, 5, 5, 1, 0)) // the one that waits longest first
	failing(t, s, "cci")

	all, err := s.Unmended(ctx)
	want := []vigie.Failure{lasted(a, 1, 4, 4, 0), lasted(cut, 5, 5, 1, 0), lasted(b, 2, 2, 1, 0), lasted(failure("region", "c", "empty", 2), 2, 2, 1, 0)}
	if diff := cmp.Diff(want, all); diff != "" || err != nil {
		t.Errorf("%v, all that fail (-want +got):\n%s", err, diff)
	}
	doc := page("pref", "a")
	must(t, s.Put(ctx, doc, own(doc, 6), []byte("A")))
	must(t, s.Put(ctx, doc, own(doc, 7), []byte("A"))) // it was mended
	failing(t, s, "pref", lasted(b, 2, 2, 1, 0))
	must(t, s.Failed(ctx, failure("pref", "a", "cut short", 8)))
	got, err := s.Failures(ctx, a.Document)
	want = []vigie.Failure{lasted(a, 1, 4, 4, 6), lasted(cut, 5, 5, 1, 6), lasted(cut, 8, 8, 1, 0)}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v, failures (-want +got):\n%s", err, diff)
	}
	allSet(t, want[0])
}

// testFailureOfTwo: a page that two sources name fails for each, and is mended for both.
func testFailureOfTwo(t *testing.T, s *store.Store) {
	ctx := t.Context()
	one, other := failure("pref", "a", "empty", 1), failure("region", "a", "empty", 2)
	other.Document, other.URL = one.Document, one.URL
	must(t, s.Failed(ctx, one))
	must(t, s.Failed(ctx, other))
	failing(t, s, "pref", lasted(one, 1, 1, 1, 0))
	failing(t, s, "region", lasted(other, 2, 2, 1, 0))
	doc := page("cci", "a")
	doc.ID = one.Document
	must(t, s.Put(ctx, doc, own(doc, 3), []byte("A")))
	failing(t, s, "pref")
	failing(t, s, "region")
}

// testFailureMended: whatever shows a page in order mends it, from when it shows it; nothing
// else does.
func testFailureMended(t *testing.T, s *store.Store) {
	ctx := t.Context()
	put := func(change func(*vigie.Capture)) func(vigie.Document) error {
		return func(doc vigie.Document) error {
			c := own(doc, 5)
			change(&c)
			return s.Put(ctx, doc, c, []byte("A"))
		}
	}
	restore := func(seen int) func(vigie.Document) error {
		return func(doc vigie.Document) error {
			return s.Restore(ctx, store.Kept{Document: doc, Capture: own(doc, 1), Seen: hour(seen)}, []byte("A"))
		}
	}
	for _, tt := range []struct {
		name string
		do   func(vigie.Document) error
		want int // hour; 0: it fails on
	}{
		{"put", put(func(*vigie.Capture) {}), 5},
		{"reserved", put(func(c *vigie.Capture) { c.Fault = vigie.FaultReserved }), 5},
		{"data", put(func(c *vigie.Capture) { c.Fault = vigie.FaultData }), 5},
		{"error", put(func(c *vigie.Capture) { c.Status = 503 }), 0},
		{"challenge", put(func(c *vigie.Capture) { c.Fault = vigie.FaultChallenge }), 0},
		{"public archive", put(func(c *vigie.Capture) { c.Via = "wayback" }), 0},
		{"before", put(func(c *vigie.Capture) { c.Time = hour(3) }), 0},
		{"restored", restore(6), 6},
		{"restored from before", restore(2), 0},
		{"checked", func(doc vigie.Document) error { return s.Checked(ctx, vigie.Check{Document: doc.ID, Time: hour(7)}) }, 7},
	} {
		f := failure(tt.name, tt.name, "empty", 4)
		must(t, s.Failed(ctx, f))
		must(t, tt.do(page(tt.name, tt.name)))
		got, err := s.Failures(ctx, f.Document)
		if diff := cmp.Diff([]vigie.Failure{lasted(f, 4, 4, 1, tt.want)}, got); diff != "" || err != nil {
			t.Errorf("%s: %v, failures (-want +got):\n%s", tt.name, err, diff)
		}
	}
}

// testFailureBounds: what a site sends is kept in part, and what is not sound not at all.
func testFailureBounds(t *testing.T, s *store.Store) {
	ctx := t.Context()
	long := failure("pref", "a", "moved to é"+strings.Repeat("é", 1000), 1)
	must(t, s.Failed(ctx, long))
	must(t, s.Failed(ctx, long))
	got, err := s.Failing(ctx, "pref")
	if err != nil || len(got) != 1 || got[0].Times != 2 || len(got[0].Kind) > 510 || len(got[0].Error) > 510 {
		t.Errorf("%+v, %v; want one that was bounded", got, err)
	}
	for _, f := range []vigie.Failure{{}, {Document: "a", Source: "pref", Kind: "empty"}, {Document: "a", Source: "pref", Last: noon}} {
		if err := s.Failed(ctx, f); err == nil {
			t.Errorf("%+v was taken", f)
		}
		if err := s.Batch().Failed(ctx, f); err == nil {
			t.Errorf("a batch took %+v", f)
		}
	}
}

// testBatchFailures notes failures among pages: they are there once they are asked for, in
// the order in which they came.
func testBatchFailures(t *testing.T, s *store.Store) {
	ctx := context.Background()
	b, doc := s.Batch(), page("pref", "a")
	must(t, b.Failed(ctx, failure("pref", "a", "empty", 1)))
	must(t, b.Put(ctx, doc, own(doc, 2), []byte("A")))
	must(t, b.Failed(ctx, failure("pref", "a", "empty", 3)))
	got, err := b.Failing(ctx, "pref")
	if diff := cmp.Diff([]vigie.Failure{lasted(failure("pref", "a", "empty", 3), 3, 3, 1, 0)}, got); diff != "" || err != nil {
		t.Errorf("%v, failing (-want +got):\n%s", err, diff)
	}
	must(t, b.Checked(ctx, vigie.Check{Document: doc.ID, Time: hour(4)}))
	must(t, b.Close(ctx))
	failing(t, s, "pref")
	if all, err := s.Failures(ctx, doc.ID); err != nil || len(all) != 2 {
		t.Errorf("%v, %v; want two", all, err)
	}
}

func failing(t *testing.T, s *store.Store, source string, want ...vigie.Failure) {
	t.Helper()
	got, err := s.Failing(t.Context(), source)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s: %v, failing (-want +got):\n%s", source, err, diff)
	}
}
