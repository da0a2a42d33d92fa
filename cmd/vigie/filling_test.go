package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/scrapers"
)

func TestRoughly(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 3200 * time.Millisecond: "3 s", 90 * time.Second: "2 min", 59 * time.Minute: "59 min",
		61 * time.Minute: "1 h 01 min", 50 * time.Hour: "50 h 00 min",
	} {
		if got := roughly(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

// TestEstimate: platforms are asked side by side, sources of one platform one after the other.
func TestEstimate(t *testing.T) {
	var out bytes.Buffer
	w := world{stdout: &out, stderr: &out, now: time.Now}
	f := &filling{backfillCmd: &backfillCmd{Via: "site"}, s: &session{world: w, output: newOutputAt(w, false, slog.LevelError)}}
	f.estimate([]scrapers.Share{
		{SourceRun: vigie.SourceRun{Source: "orne"}, Left: 600, Platform: "gouv", Delay: 5 * time.Second},
		{SourceRun: vigie.SourceRun{Source: "eure"}, Left: 120, Platform: "gouv", Delay: 5 * time.Second},
		{SourceRun: vigie.SourceRun{Source: "cci"}, Left: 400, Platform: "cci.example"},
		{SourceRun: vigie.SourceRun{Source: "ville"}, Platform: "ville.example"},
	}, 7)
	if got, want := out.String(), "dry run: at least 1120 requests to make, in 1 h 00 min or more; 7 pages archived already"; !strings.Contains(got, want) || strings.Contains(got, "ville") {
		t.Errorf("got\n%s\nwant %q, and nothing of a source that has nothing to ask for", got, want)
	}
}

// TestDepth: a feed that does not reach the window's start is told; what is found by lists is all there is.
func TestDepth(t *testing.T) {
	by := func(methods ...string) (s vigie.Source) {
		s.ID = "orne"
		for _, m := range methods {
			s.Discover = append(s.Discover, vigie.Discovery{Method: m})
		}
		return s
	}
	for _, tt := range []struct {
		source vigie.Source
		since  vigie.Date
		oldest vigie.Date
		told   bool
	}{
		{by("feed"), "2018", "2025-11-03", true},
		{by("feed"), "2025-11", "2025-11-01", false},
		{by("feed"), "2018", "", false},
		{by("feed"), "", "2025-11-03", true}, // up to a day, from the beginning
		{by("feed", "listing"), "2018", "2025-11-03", false},
	} {
		var out bytes.Buffer
		w := world{stdout: &out, stderr: &out, now: time.Now}
		f := &filling{s: &session{world: w, output: newOutputAt(w, false, slog.LevelError)}, chosen: []vigie.Source{tt.source}, window: vigie.Window{Since: tt.since}}
		f.depth(scrapers.Share{SourceRun: vigie.SourceRun{Source: "orne"}, Oldest: tt.oldest})
		if told := strings.Contains(out.String(), "orne: its feed goes back to 2025-11-03 and no further"); told != tt.told {
			t.Errorf("since %q, oldest %q, %d ways: %q", tt.since, tt.oldest, len(tt.source.Discover), out.String())
		}
	}
}

// TestProgress: a line a minute where no terminal shows how far it is.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	w := world{stdout: &out, stderr: &out, now: func() time.Time { return now }}
	f := &filling{backfillCmd: &backfillCmd{}, s: &session{world: w, output: newOutputAt(w, false, slog.LevelError)}, began: now, told: now, pacing: pacing{began: now}, failures: map[string]error{}}
	f.progress(scrapers.Event{Step: scrapers.StepNew})
	now = now.Add(61 * time.Second)
	f.progress(scrapers.Event{Step: scrapers.StepNew})
	f.progress(scrapers.Event{Step: scrapers.StepNew})
	if got, want := out.String(), "backfill: looking for pages, 0 requests in 1 min\n"; got != want {
		t.Errorf("got %q, want one line a minute: %q", got, want)
	}
}

// TestPacing: the pages alone say how long the rest will take, and those of the last minutes;
// what was asked to find them, how long that takes.
func TestPacing(t *testing.T) {
	noon := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name   string
		finds  time.Duration
		speeds []time.Duration // a page, of a hundred each
		found  int
		want   string
	}{
		{"looking for pages", time.Minute, nil, 0, "backfill: looking for pages, 9 requests in 1 min, 0.1 a second"},
		{"no time for it", 0, []time.Duration{4 * time.Second}, 5000, "backfill: 100 of 5000 pages, 0.2 a second, 5 h 26 min left"},
		{"hours for it", 3 * time.Hour, []time.Duration{4 * time.Second}, 5000, "backfill: 100 of 5000 pages, 0.2 a second, 5 h 26 min left"},
		{"slower now", time.Hour, []time.Duration{time.Second, 10 * time.Second}, 1000, "backfill: 200 of 1000 pages, 0.1 a second, 2 h 13 min left"},
		{"the last", time.Hour, []time.Duration{time.Second}, 100, "backfill: 100 of 100 pages, 1.0 a second, 0 s left"},
	} {
		now, settled := noon, 0
		p := pacing{began: noon}
		tell := func(after time.Duration, pages int) string {
			now, settled = now.Add(after), settled+pages
			p.note(now, settled)
			return p.text(now, 9, settled, tt.found)
		}
		tell(0, 0)
		got := tell(tt.finds, 0)
		for _, speed := range tt.speeds {
			for range 100 {
				got = tell(speed, 1)
			}
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestGaps: lists that a backfill ends without are told each time, as what they are, and once.
func TestGaps(t *testing.T) {
	down := errors.New("get https://a.example/liste?page=7: status 500")
	short := fmt.Errorf("listing https://a.example/liste: %w: the window's start is not reached in 1000 pages", scrapers.ErrShort)
	f := &filling{failures: map[string]error{"orne": down}}
	f.judge(scrapers.Share{SourceRun: vigie.SourceRun{Source: "orne"}, All: true, Left: 2, Gaps: []scrapers.Gap{{Err: down, Starts: 4}, {Err: short}}})
	f.judge(scrapers.Share{SourceRun: vigie.SourceRun{Source: "orne"}})
	want := []string{
		"orne: a list is given up, it failed in 4 starts: https://a.example/liste?page=7: status 500; the backfill ends without it, and pages that it alone leads to may be missing",
		"orne: listing https://a.example/liste: not read to its end: the window's start is not reached in 1000 pages: a bound, which the same command meets again; what is behind it may come by a later --since, a higher max_pages in the source's file, or --via wayback",
		"orne: a list could not be read, the same command asks for it again: https://a.example/liste?page=7: status 500: the next run asks again",
	}
	if diff := cmp.Diff(want, f.troubles); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
