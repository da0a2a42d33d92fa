package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"vigie"
	"vigie/store"
)

func testRuns(t *testing.T, s *store.Store) {
	ctx := context.Background()
	crashed := vigie.Run{ID: "r1", Job: "collect", Started: hour(0)}
	done := vigie.Run{ID: "r2", Job: "run", Started: hour(1), Window: vigie.Window{Since: "2019", Until: "2019-03"}}
	for _, r := range []vigie.Run{crashed, done} {
		if err := s.BeginRun(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.BeginRun(ctx, done); err == nil {
		t.Error("a run began twice")
	}
	if err := s.EndRun(ctx, done); err == nil {
		t.Error("a run ended at no time")
	}
	done.Ended, done.Error = hour(2), "2 sources en échec"
	done.Sources = []vigie.SourceRun{
		{Source: "pref", State: vigie.StateOK, Found: 9, New: 1, Changed: 2, Same: 3, Failed: 4, Skipped: 5, Newest: "2019-02", Error: "page \x00 coupée",
			Latest: "2019-02-03", Rhythm: 6, Declared: "feed", Hints: map[vigie.Hint]int{vigie.HintETag: 3}, Moves: []vigie.Move{{From: "https://pref.example/a", To: "https://pref.example/b", Method: "feed", Why: "dix liens datés"}}},
		{Source: "agence", State: vigie.StateBlocked},
	}
	allSet(t, done)
	allSet(t, done.Sources[0])
	for range 2 { // ended again, it takes the newer account
		if err := s.EndRun(ctx, done); err != nil {
			t.Fatal(err)
		}
	}
	done.Sources[0].Error = "page \uFFFD coupée"
	got, err := s.Runs(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]vigie.Run{done, crashed}, got); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
	if got, err := s.Runs(ctx, 1); err != nil || len(got) != 1 || got[0].ID != "r2" {
		t.Errorf("the last run: %v, %v", got, err)
	}
	if err := s.EndRun(ctx, vigie.Run{ID: "r9", Ended: hour(1)}); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("end of a run that never began: %v, want ErrNotFound", err)
	}
}

func testLock(t *testing.T, s *store.Store) {
	ctx := context.Background()
	release, err := s.Lock(ctx, "night")
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Lock(ctx, "night")
	if !errors.Is(err, vigie.ErrLocked) || !strings.Contains(fmt.Sprint(err), fmt.Sprintf("process %d on ", os.Getpid())) {
		t.Errorf("taken twice: %v, want ErrLocked with the holder", err)
	}
	other, err := s.Lock(ctx, "report")
	if err != nil {
		t.Errorf("another lock: %v", err)
	} else if err := other(); err != nil {
		t.Error(err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	if release, err = s.Lock(ctx, "night"); err != nil {
		t.Errorf("taken again once given back: %v", err)
	} else if err := release(); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"", "../x", "a b", "schema"} {
		if _, err := s.Lock(ctx, name); err == nil {
			t.Errorf("lock %q was given", name)
		}
	}
}

func testDecisions(t *testing.T, s *store.Store) {
	ctx := context.Background()
	first := vigie.Decision{ID: "d2", Key: "clé\x1f1", Verdict: "reject", Correction: "Sud Manche", Corrected: "{}", Why: "homonyme", By: "A. Morel", At: hour(3), Quote: "« le Sud »", Sheet: "Territoires"}
	undo := vigie.Decision{ID: "d1", Key: first.Key, Verdict: "right", Correction: "Sud Manche", Corrected: "{}", Why: "relu", By: "B. Roux", At: hour(1), Quote: "« le Sud »", Sheet: "Territoires", Undoes: "d2"}
	allSet(t, undo)
	for _, d := range []vigie.Decision{first, undo} {
		if err := s.PutDecisions(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	for name, d := range map[string]vigie.Decision{
		"again":               first,
		"undoes an unknown":   {ID: "d3", Key: "k", At: hour(4), Undoes: "d9"},
		"without key or time": {ID: "d4"},
	} {
		if err := s.PutDecisions(ctx, d); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	fine := vigie.Decision{ID: "d5", Key: "k", At: hour(4)}
	if err := s.PutDecisions(ctx, fine, vigie.Decision{ID: "d6"}); err == nil {
		t.Error("one of two without key or time: no error")
	}
	if diff := cmp.Diff([]vigie.Decision{first, undo}, gather(t, s.Decisions(ctx, time.Time{}))); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
}

func testConcurrent(t *testing.T, s *store.Store) {
	ctx := context.Background()
	doc := page("pref", "shared")
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 5 {
				own := page("pref", fmt.Sprint(w, i))
				err := errors.Join(
					s.Put(ctx, own, capture(own, noon, "same for all"), []byte("same for all")),
					s.Put(ctx, doc, capture(doc, hour(1), "A"), []byte("A")),
					s.PutReading(ctx, reading(doc, hour(i), "A", "1", theme("formation", 1), theme("foncier", w+i))))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := themes(t, s, time.Time{}); len(got) != 2 {
		t.Errorf("20 readings of one page left %q", got)
	}
	if got := gather(t, s.Documents(ctx)); len(got) != 21 {
		t.Errorf("%d documents, want 21", len(got))
	}
}

// testWriteWhileReading is what transform does.
func testWriteWhileReading(t *testing.T, s *store.Store) {
	ctx := context.Background()
	for i := range 20 {
		put(t, s, page("pref", fmt.Sprint(i)), noon, fmt.Sprint("body ", i))
	}
	n := 0
	for d, err := range s.Pending(ctx, "1") {
		if err != nil {
			t.Fatal(err)
		}
		body, err := s.Body(ctx, d.Captures[0].Digest)
		if err != nil {
			t.Fatal(err)
		}
		putReading(t, s, reading(d, hour(1), string(body), "1", theme("formation", 1)))
		n++
	}
	if left := gather(t, s.Pending(ctx, "1")); n != 20 || len(left) != 0 {
		t.Errorf("%d documents read, %d left", n, len(left))
	}
}

func testCancel(t *testing.T, s *store.Store) {
	for i := range 3 {
		put(t, s, page("pref", fmt.Sprint(i)), noon, "A")
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	for _, last = range s.Documents(ctx) {
		cancel()
	}
	// All may have been read ahead of the cancellation; the next call must see it.
	if last != nil && !errors.Is(last, context.Canceled) {
		t.Errorf("iteration cut short: %v, want context.Canceled", last)
	}
	doc := page("pref", "late")
	for name, err := range map[string]error{
		"Put":        s.Put(ctx, doc, capture(doc, noon, "A"), []byte("A")),
		"PutReading": s.PutReading(ctx, reading(doc, noon, "A", "1")),
		"BeginRun":   s.BeginRun(ctx, vigie.Run{ID: "r", Started: noon}),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a context that has ended: %v", name, err)
		}
	}
	if _, err := s.Latest(context.Background(), doc.ID); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a cancelled Put left something: %v", err)
	}
}
