package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"vigie"
	"vigie/store"
)

// testAsKnown looks back from hour 10 at what was so at hour 1: later readings, runs,
// decisions, tolls and captures, also old ones that came late, change nothing of it.
func testAsKnown(t *testing.T, s *store.Store) {
	ctx := context.Background()
	now := hour(0)
	s.SetClock(func() time.Time { return now })
	doc := page("pref", "a")
	then := put(t, s, doc, hour(0), "A")
	putReading(t, s, reading(doc, hour(0), "A", "1", theme("formation", 1), theme("foncier", 30)))
	toll := vigie.Toll{Night: "2019-02-01", Source: "pref", Site: "pref.example", Requests: 2, Bytes: 10}
	do := func(errs ...error) {
		t.Helper()
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	decision := vigie.Decision{ID: "d1", Key: "k", Verdict: vigie.VerdictRight, At: hour(1)}
	run := vigie.Run{ID: "r1", Job: "run", Started: hour(0), Ended: hour(1)}
	do(s.AddTolls(ctx, []vigie.Toll{toll}), s.PutDecisions(ctx, decision), s.BeginRun(ctx, run), s.EndRun(ctx, run))

	now = hour(5)
	put(t, s, doc, hour(5), "B")
	put(t, s, page("pref", "old"), hour(-9), "an old page, brought late")
	putReading(t, s, reading(doc, hour(5), "B", "1", theme("formation", 1)))
	later, open := run, run
	later.ID, later.Started, later.Ended = "r2", hour(2), hour(6)
	open.ID, open.Started, open.Ended = "r3", hour(0), time.Time{}
	undo := vigie.Decision{ID: "d2", Key: "k", At: hour(5), Undoes: "d1"}
	do(s.AddTolls(ctx, []vigie.Toll{toll}), s.PutDecisions(ctx, undo), s.BeginRun(ctx, later), s.EndRun(ctx, later), s.BeginRun(ctx, open))

	readings := gather(t, s.Readings(ctx, hour(1)))
	if len(readings) != 1 || readings[0].Digest != then.Digest || readings[0].Facts != 2 {
		t.Errorf("readings %+v, want that of the first body, with two facts", readings)
	}
	if diff := cmp.Diff([]vigie.Decision{decision}, gather(t, s.Decisions(ctx, hour(1)))); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
	tolls, err := s.LastTolls(ctx, hour(1))
	if diff := cmp.Diff([]vigie.Toll{toll}, tolls); diff != "" || err != nil {
		t.Errorf("%v, ledger (-want +got):\n%s", err, diff)
	}
	if runs, err := s.EndedRuns(ctx, hour(1), 10); err != nil || len(runs) != 1 || runs[0].ID != "r1" {
		t.Errorf("runs %v, %v; want the first", runs, err)
	}
	documents := gather(t, s.DocumentsKnown(ctx, "pref", hour(1)))
	if len(documents) != 1 || len(documents[0].Captures) != 1 || documents[0].Captures[0].Digest != then.Digest {
		t.Errorf("documents %+v, want one with its first capture", documents)
	}
	if reserved, err := s.Reserved(ctx, hour(1)); err != nil || len(reserved) != 1 || reserved[0].Source != "pref" {
		t.Errorf("reserved %v, %v; want the one document there was", reserved, err)
	}
	if all := gather(t, s.DocumentsKnown(ctx, "", time.Time{})); len(all) != 2 || len(all[0].Captures)+len(all[1].Captures) != 3 {
		t.Errorf("now: %+v, want two documents with three captures", all)
	}
}
