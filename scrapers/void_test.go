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

// Lists that give nothing to read were answers all the same.
func TestListsThatAnswerBearUs(t *testing.T) {
	turn := turn{site: &site{}}
	for _, err := range []error{ErrVoid, &AwayError{List: "https://s.test/rss", Links: 1, Of: 1, Hosts: []string{"a.test"}}} {
		if turn.weigh(err); turn.deaf || turn.leftAlone() || turn.refused > 0 {
			t.Errorf("%v: a refusal", err)
		}
	}
}
