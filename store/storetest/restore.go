package storetest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/store"
)

// testRestore: what an archive kept comes back as it was, whatever order it comes in and
// however often; what is known since stays.
func testRestore(t *testing.T, s *store.Store) {
	ctx := context.Background()
	list := page("pref", "rss")
	list.ID, list.Title, list.Published = "", "", ""
	a, b := page("pref", "a"), page("pref", "b")
	a.Modified = hour(0)
	capture := func(doc vigie.Document, at time.Time, body string) vigie.Capture {
		c := capture(doc, at, body)
		c.Via = "" // which says when a page was last looked at
		return c
	}
	gone := func(c vigie.Capture) vigie.Capture { c.Status = 503; return c }
	kept := []struct {
		store.Kept
		body string
	}{
		{store.Kept{Document: a, Capture: gone(capture(a, hour(3), "en panne")), Seen: hour(4)}, "en panne"},
		{store.Kept{Document: a, Capture: capture(a, hour(1), "A"), Seen: hour(6)}, "A"}, // and again after the failure
		{store.Kept{Document: a, Capture: capture(a, hour(7), "B"), Seen: hour(7)}, "B"},
		{store.Kept{Document: a, Capture: capture(a, hour(9), "A"), Seen: hour(9)}, "A"},
		{store.Kept{Document: b, Capture: capture(b, hour(2), "A"), Seen: hour(3000)}, "A"},
		{store.Kept{Document: list, Capture: capture(list, hour(0), "<rss/>"), Seen: hour(3000)}, "<rss/>"},
		{store.Kept{Document: list, Capture: capture(list, hour(3001), "<rss>1</rss>"), Seen: hour(3002)}, "<rss>1</rss>"},
	}
	for range 2 {
		for _, k := range slices.Backward(kept) {
			if err := s.Restore(ctx, k.Kept, []byte(k.body)); err != nil {
				t.Fatal(err)
			}
		}
	}
	early := kept[1]
	early.Seen, early.Capture.ETag, early.Document.Title = hour(2), "older", "Autre"
	if err := s.Restore(ctx, early.Kept, []byte(early.body)); err != nil {
		t.Fatal(err)
	}
	got := gather(t, s.Kept(ctx))
	for _, a := range gather(t, s.Answers(ctx)) {
		got = append(got, store.Kept{Document: vigie.Document{Source: a.Source, URL: a.URL}, Capture: a.Capture, Seen: a.Seen})
	}
	var want []store.Kept
	for _, k := range kept {
		want = append(want, k.Kept)
	}
	for _, all := range [][]store.Kept{want, got} {
		slices.SortFunc(all, func(x, y store.Kept) int {
			return cmp.Or(strings.Compare(x.Document.URL, y.Document.URL), x.Seen.Compare(y.Seen))
		})
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("kept (-restored +got):\n%s", diff)
	}
	one, err := s.KeptOf(ctx, a.ID)
	of := slices.DeleteFunc(want, func(k store.Kept) bool { return k.Document.ID != a.ID })
	slices.SortFunc(of, func(x, y store.Kept) int { return x.Capture.Time.Compare(y.Capture.Time) })
	if diff := gocmp.Diff(of, one); diff != "" || err != nil {
		t.Errorf("%v, kept of one (-restored +got):\n%s", err, diff)
	}
	for address, want := range map[string][]vigie.DocumentID{a.URL: {a.ID}, b.URL + "?vu": {b.ID}, list.URL: nil} {
		if got, err := s.LeadTo(ctx, address); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v; want %v", address, got, err, want)
		}
	}
	if c, err := s.Latest(ctx, a.ID); err != nil || !c.Time.Equal(hour(9)) {
		t.Errorf("the latest is that of %v, %v", c.Time, err)
	}
	checks, err := s.Checks(ctx, "pref")
	if err != nil || len(checks) != 2 || !checks[slices.IndexFunc(checks, func(c vigie.Check) bool { return c.Document == a.ID })].Time.Equal(hour(9)) {
		t.Errorf("checks %v, %v; want the last sighting", checks, err)
	}
}

// testMend: a body that is as it was stays, and one that is not there is not made.
func testMend(t *testing.T, s *store.Store) {
	ctx := context.Background()
	put(t, s, page("pref", "a"), noon, "A")
	for _, body := range []string{"A", "B"} {
		if err := s.Mend(ctx, []byte(body)); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Body(ctx, vigie.Digest([]byte("A"))); err != nil {
		t.Error(err)
	}
	if _, err := s.Body(ctx, vigie.Digest([]byte("B"))); err == nil {
		t.Error("a body came into the archive without a page")
	}
}
