package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/store"
)

// putEntry archives what a list said.
func putEntry(t *testing.T, s *store.Store, source string, c vigie.Capture, body string) {
	t.Helper()
	if err := s.PutEntry(context.Background(), source, c.URL, c, []byte(body)); err != nil {
		t.Fatal(err)
	}
}

// answers lists what is kept of lists: source, hour, status and body.
func answers(t *testing.T, s *store.Store) (all []string) {
	t.Helper()
	for _, a := range gather(t, s.Answers(context.Background())) {
		if a.Damage != nil {
			t.Error(a.Damage)
		}
		all = append(all, fmt.Sprintf("%s %d h: %d %s", a.Source, a.Capture.Time.Sub(noon)/time.Hour, a.Capture.Status, a.Body))
	}
	return all
}

// testEntries: what a list said is kept for as long as it says so, and when it says
// something else.
func testEntries(t *testing.T, s *store.Store) {
	ctx := context.Background()
	list := page("pref", "rss")
	if _, _, err := s.Entry(ctx, "pref", list.URL); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("an unknown entry: %v, want ErrNotFound", err)
	}
	for i, body := range []string{"<rss/>", "", "<rss>\x00</rss>", "<rss/>"} {
		want := capture(list, hour(i), body)
		putEntry(t, s, "pref", want, body)
		got, b, err := s.Entry(ctx, "pref", list.URL)
		if diff := cmp.Diff(want, got); diff != "" || string(b) != body || err != nil {
			t.Errorf("%v, body %q, capture (-want +got):\n%s", err, b, diff)
		}
	}
	if _, _, err := s.Entry(ctx, "agence", list.URL); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("another source's entry: %v, want ErrNotFound", err)
	}
	again := capture(list, hour(4), "<rss/>")
	again.ETag = "other"
	putEntry(t, s, "pref", again, "<rss/>")
	if got, _, err := s.Entry(ctx, "pref", list.URL); err != nil || got.ETag != "other" || !got.Time.Equal(hour(3)) {
		t.Errorf("seen again: %+v, %v; want the first time and the last validators", got, err)
	}
	for i, status := range []int{403, 403, 500} {
		refused := capture(list, hour(5+i), fmt.Sprint("non ", i))
		refused.Status = status
		putEntry(t, s, "pref", refused, fmt.Sprint("non ", i))
	}
	if _, body, err := s.Entry(ctx, "pref", list.URL); err != nil || string(body) != "<rss/>" {
		t.Errorf("after errors: %q, %v; want the last that was in order", body, err)
	}
	want := []string{"pref 0 h: 200 <rss/>", "pref 1 h: 200 ", "pref 2 h: 200 <rss>\x00</rss>", "pref 3 h: 200 <rss/>", "pref 5 h: 403 non 0", "pref 7 h: 500 non 2"}
	if diff := cmp.Diff(want, answers(t, s)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	wrong := capture(list, hour(9), "autre")
	if err := s.PutEntry(ctx, "pref", list.URL, wrong, []byte("pas cela")); err == nil {
		t.Error("a body that is not the capture's was kept")
	}
}

// testEntriesGo: what others have followed for three months goes, what a list said last
// stays however old it is.
func testEntriesGo(t *testing.T, s *store.Store) {
	list, other := page("pref", "liste"), page("pref", "autre")
	putEntry(t, s, "pref", capture(other, hour(0), "seule"), "seule")
	const day = 24
	for _, n := range []int{0, 10, 95, 101} {
		body := fmt.Sprint("jour ", n)
		putEntry(t, s, "pref", capture(list, hour(n*day), body), body)
	}
	refused := capture(list, hour(300*day), "non")
	refused.Status = 403
	putEntry(t, s, "pref", refused, "non")
	want := []string{"pref 0 h: 200 seule", "pref 2424 h: 200 jour 101", "pref 7200 h: 403 non"}
	if diff := cmp.Diff(want, answers(t, s)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

// testEntriesPacked: a list is packed against a page of its source, and comes back whole.
func testEntriesPacked(t *testing.T, s *store.Store) {
	around := strings.Repeat("<div class=menu>Le site autour</div>", 200)
	put(t, s, page("pref", "article"), hour(0), around+"article")
	body := around + "liste"
	putEntry(t, s, "pref", capture(page("pref", "liste"), hour(1), body), body)
	if _, got, err := s.Entry(context.Background(), "pref", page("pref", "liste").URL); err != nil || string(got) != body {
		t.Errorf("%d bytes, %v; want %d", len(got), err, len(body))
	}
}

// testListNotes: a note is the last, and its source's.
func testListNotes(t *testing.T, s *store.Store) {
	ctx := context.Background()
	if _, _, err := s.ListNote(ctx, "pref", "liens"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("before it was noted: %v", err)
	}
	for n, want := range []string{"un", "", "deux\x00"} {
		if err := s.PutListNote(ctx, "pref", "liens", hour(n), []byte(want)); err != nil {
			t.Fatal(err)
		}
		if got, when, err := s.ListNote(ctx, "pref", "liens"); err != nil || string(got) != want || !when.Equal(hour(n)) {
			t.Errorf("note %q of %v, %v; want %q", got, when, err, want)
		}
	}
	if _, _, err := s.ListNote(ctx, "agence", "liens"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("another source's: %v", err)
	}
}
