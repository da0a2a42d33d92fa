package schedules

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

func paris(t *testing.T) *time.Location {
	t.Helper()
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return place
}

func schedule(t *testing.T, line string) Schedule {
	t.Helper()
	s, err := New("night", line, "run", paris(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, paris(t))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Spring skips 02:00 to 03:00 on 28 March 2027; autumn repeats it on 25 October 2026.
func TestEveryNightOnceThroughBothClockChanges(t *testing.T) {
	for _, c := range []struct{ name, from, until, first string }{
		{"spring", "2027-03-26 12:00", "2027-03-30 12:00", "2027-03-27 02:30"},
		{"autumn", "2026-10-23 12:00", "2026-10-27 12:00", "2026-10-24 02:30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := schedule(t, "30 2 * * *")
			var days []int
			for next := s.Next(at(t, c.from)); next.Before(at(t, c.until)); next = s.Next(next) {
				if len(days) == 0 && !next.Equal(at(t, c.first)) {
					t.Errorf("first night at %v, want %s", next, c.first)
				}
				days = append(days, next.YearDay())
			}
			if len(days) != 4 || !slices.IsSorted(days) || len(slices.Compact(days)) != 4 {
				t.Errorf("nights on days %v of the year, want four days in a row", days)
			}
		})
	}
}

func TestLeapDayAndImpossibleDay(t *testing.T) {
	if got, want := schedule(t, "15 4 29 2 *").Next(at(t, "2026-11-22 00:00")), at(t, "2028-02-29 04:15"); !got.Equal(want) {
		t.Errorf("29 February: next is %v, want %v", got, want)
	}
	for _, line := range []string{"15 4 31 2 *", "", "TZ=", "TZ=0", "0 0 3 * * *", "61 4 * * *", "whenever"} {
		if _, err := New("night", line, "run", paris(t)); err == nil || !strings.Contains(err.Error(), "night") {
			t.Errorf("cron line %q: error %v, want one that names the schedule", line, err)
		}
	}
}

func TestMissed(t *testing.T) {
	s := schedule(t, "15 4 * * *")
	now := at(t, "2026-11-22 08:00")
	for _, c := range []struct {
		name string
		last time.Time
		want bool
	}{
		{"ran this night", at(t, "2026-11-22 04:15"), false},
		{"ran last night", at(t, "2026-11-21 04:15"), true},
		{"ran a week ago", at(t, "2026-11-15 04:15"), true},
		{"never ran", time.Time{}, false},
	} {
		if got := s.Missed(c.last, now); got != c.want {
			t.Errorf("%s: Missed = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestLoadNamesFileAndEntry(t *testing.T) {
	file := filepath.Join(t.TempDir(), "nightly.yaml")
	write := func(s string) {
		if err := os.WriteFile(file, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("- {name: nightly, cron: \"15 4 * * *\", job: run}\n- {name: weekly, cron: \"0 6 * * 1\", job: report}\n")
	if got, err := Load(file, paris(t)); err != nil || len(got) != 2 {
		t.Fatalf("Load: %d schedules, error %v; want 2", len(got), err)
	}
	for _, bad := range []string{"- {name: n, cron: \"15 4 * * *\", job: dance}", "- {name: n, corn: \"15 4 * * *\"}", "[]"} {
		write(bad)
		if _, err := Load(file, paris(t)); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("Load of %q: error %v, want one that names the file", bad, err)
		}
	}
}

// A fake clock moves only when the engine waits.
func TestEngineCatchesUpOnceAndGoesOnAfterAFailure(t *testing.T) {
	now := at(t, "2026-11-22 08:00")
	ctx, stop := context.WithCancel(context.Background())
	var ran []string
	e := Engine{
		Schedules: []Schedule{schedule(t, "15 4 * * *")},
		Run: func(_ context.Context, job string) error {
			ran = append(ran, now.In(paris(t)).Format("02 15:04"))
			if len(ran) == 3 {
				stop()
			}
			return errors.New("a bad night")
		},
		Last: func(context.Context, string) (time.Time, error) { return at(t, "2026-11-18 04:15"), nil },
		Now:  func() time.Time { return now },
		Wait: func(ctx context.Context, d time.Duration) error { now = now.Add(d); return ctx.Err() },
		Log:  slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	if err := e.Serve(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Serve returned %v, want the context's end", err)
	}
	if want := []string{"22 08:00", "23 04:15", "24 04:15"}; !slices.Equal(ran, want) {
		t.Errorf("nights ran at %v, want one catch-up and then each on its time: %v", ran, want)
	}
}
