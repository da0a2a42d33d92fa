package vigie

import "testing"

// A day that no page of today can have is none: it would be the newest for ever.
func TestBelieved(t *testing.T) {
	for _, tt := range []struct{ day, seen, want Date }{
		{"2025-03-04", "2025-03-04", "2025-03-04"},
		{"2025-03-05", "2025-03-04", "2025-03-05"}, // a zone ahead of ours
		{"2025-03-06", "2025-03-04", ""},
		{"2062-02-20", "2025-03-04", ""},
		{"1970-01-01", "2025-03-04", ""},
		{"1994", "2025-03-04", ""},
		{"1995", "2025-03-04", "1995"},
		{"2025", "2025-03-04", "2025"},
		{"2025-04", "2025-03-04", ""},
		{"2025-03", "2025", "2025-03"},
		{"--03-04", "2025-03-04", ""},
		{"", "2025-03-04", ""},
		{"2062-02-20", "", "2062-02-20"}, // seen nobody knows when
		{"1970-01-01", "", ""},
	} {
		if got := tt.day.Believed(tt.seen); got != tt.want {
			t.Errorf("%s seen on %s: %q, want %q", tt.day, tt.seen, got, tt.want)
		}
	}
}
