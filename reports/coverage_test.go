package reports

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

// A document's age is told in days; a paper that is dated tomorrow is not less than none old.
func TestAge(t *testing.T) {
	d := &Data{Known: time.Date(2026, 3, 2, 5, 0, 0, 0, time.UTC)}
	for day, want := range map[vigie.Date]Cell{"2026-02-20": count(10), "2026-03-02": count(0), "2026-03-03": count(0), "2026-03": {}, "": {}} {
		if diff := cmp.Diff(want, d.age(day)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", day, diff)
		}
	}
}
