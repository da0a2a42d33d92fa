package scrapers

import (
	"strings"
	"testing"

	"vigie"
)

// A list that is empty is told until it names something; from then on an empty night is one,
// which its usual size is held to.
func TestAListThatWasAlwaysEmpty(t *testing.T) {
	const empty = `<rss version="2.0"><channel><title>S</title></channel></rss>`
	s := newTown(t, map[string]string{"/rss": empty, "/a/0": "a", "/a/1": "b", "/a/2": "c"})
	src, archive := source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"}), newRemembering()
	for night, tt := range []struct {
		feed string
		want vigie.SourceState
		told bool
	}{
		{empty, vigie.StateChanged, true}, {empty, vigie.StateChanged, true}, {feedOf(), vigie.StateQuiet, false}, {empty, vigie.StateQuiet, false},
	} {
		s.pages["/rss"] = tt.feed
		run := newCollector(t, archive).Collect(t.Context(), src, vigie.Window{})
		if run.State != tt.want || strings.Contains(run.Error, "la liste est vide") != tt.told {
			t.Errorf("night %d: %s %q, want %s", night, run.State, run.Error, tt.want)
		}
	}
	run := newCollector(t, newRemembering()).Collect(t.Context(), src, vigie.Window{Since: "2019"})
	if run.State != vigie.StateQuiet || run.Error != "" {
		t.Errorf("a window in which nothing is: %s %q, want quiet", run.State, run.Error)
	}
}

// A list that gave pages of its own before, and on a quiet day has but a partner's, is in order,
// and that is told; one that has many, all of others, is no longer what its file says.
func TestAListOfOthersOnAQuietDay(t *testing.T) {
	rss := func(links ...string) string {
		text := `<rss version="2.0"><channel><title>S</title>`
		for _, l := range links {
			text += "<item><title>Un</title><link>" + l + "</link></item>"
		}
		return text + "</channel></rss>"
	}
	others := []string{"https://ailleurs.test/1", "https://ailleurs.test/2", "https://ailleurs.test/3"}
	s := newTown(t, map[string]string{"/a/0": "a", "/a/1": "b", "/a/2": "c"})
	src, archive := source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"}), newRemembering()
	src.Keywords = nil
	for night, tt := range []struct {
		feed  string
		want  vigie.SourceState
		notes int
	}{
		{rss(others[0]), vigie.StateChanged, 0}, {feedOf(), vigie.StateOK, 0}, {rss(others[0]), vigie.StateQuiet, 1}, {rss(others...), vigie.StateChanged, 0},
	} {
		s.pages["/rss"] = tt.feed
		c, notes := newCollector(t, archive), 0
		c.Progress = func(e Event) {
			if e.Step == StepNote {
				notes++
			}
		}
		if run := c.Collect(t.Context(), src, vigie.Window{}); run.State != tt.want || notes != tt.notes {
			t.Errorf("night %d: %s %q, %d notes; want %s, %d", night, run.State, run.Error, notes, tt.want, tt.notes)
		}
	}
}

// Lists that give nothing to read were answers all the same.
func TestListsThatAnswerBearUs(t *testing.T) {
	turn := turn{site: &site{}}
	for _, err := range []error{ErrVoid, &AwayError{List: "https://s.test/rss", Links: 1, Of: 1, Hosts: []string{"a.test"}}} {
		if turn.weigh("https://s.test/rss", err); turn.deaf || turn.bears.of("https://s.test/rss").refused > 0 {
			t.Errorf("%v: a refusal", err)
		}
	}
}
