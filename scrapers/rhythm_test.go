package scrapers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vigie"
)

func TestRhythm(t *testing.T) {
	days := func(texts ...vigie.Date) map[vigie.Date]bool {
		set := map[vigie.Date]bool{}
		for _, d := range texts {
			set[d] = true
		}
		return set
	}
	weekly := days("2024-08-01", "2024-08-08", "2024-08-15", "2024-08-22", "2024-08-29", "2024-07-01")
	for _, tt := range []struct {
		name   string
		days   map[vigie.Date]bool
		latest vigie.Date
		every  int
	}{
		{"nothing", nil, "", 0},
		{"too few", days("2024-08-01", "2024-08-08"), "2024-08-08", 0},
		{"once a week, and a pause", weekly, "2024-08-29", 7},
		{"an event to come", days("2024-08-01", "2025-01-01"), "2024-08-01", 0},
	} {
		if latest, every := rhythm(tt.days, "2024-09-01"); latest != tt.latest || every != tt.every {
			t.Errorf("%s: %s, every %d days; want %s, %d", tt.name, latest, every, tt.latest, tt.every)
		}
	}
}

// A silence is told where it is long for this source, and only there: also of what is not
// about a programme, since most nights nothing is.
func TestUnusualSilence(t *testing.T) {
	var items strings.Builder
	for i := range 8 {
		day := time.Date(2024, 8, 30-3*i, 8, 0, 0, 0, time.UTC)
		fmt.Fprintf(&items, `<item><title>Météo</title><link>/m/%d</link><pubDate>%s</pubDate></item>`, i, day.Format(time.RFC1123Z))
	}
	s := newTown(t, map[string]string{"/rss": `<rss version="2.0"><channel><title>T</title>` + items.String() + "</channel></rss>"})
	src := source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"})
	for _, tt := range []struct {
		day    string
		window vigie.Window
		word   string
		rhythm int
	}{
		{"2024-09-01", vigie.Window{}, "", 3},
		{"2024-09-13", vigie.Window{}, "", 3},
		{"2024-09-16", vigie.Window{}, "silence inhabituel : rien n'est paru depuis le 30/08/2024, alors qu'un document paraît tous les 3 jours d'ordinaire", 3},
		{"2024-09-16", vigie.Window{Since: "2024"}, "", 0},
	} {
		c := newCollector(t, &memory{})
		c.Now = func() time.Time { return vigie.Date(tt.day).First().Add(4 * time.Hour) }
		run := c.Collect(t.Context(), src, tt.window)
		if run.State != vigie.StateQuiet || run.Error != tt.word || run.Rhythm != tt.rhythm {
			t.Errorf("%s: %+v, want %q and a rhythm of %d", tt.day, run, tt.word, tt.rhythm)
		}
	}
}
