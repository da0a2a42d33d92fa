package scrapers

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vigie"
)

// What lies on hosts that a source's file does not name is not read, and told where the file
// seems to lack a host: of a list that leads nowhere else, and of links on topic where half of
// them do. Links to other sources, buttons that share a page, and a few links on a site's own
// topic among many are no such thing.
func TestLinksThatLeadAway(t *testing.T) {
	const away, other = "https://ailleurs.test", "https://autre.test"
	item := func(title, link string) string {
		return "<item><title>" + title + "</title><link>" + link + "</link></item>"
	}
	many := func(n int, title, host string) (items string) {
		for i := range n {
			items += item(title, fmt.Sprintf("%s/a/%d", host, i))
		}
		return items
	}
	topic := industrie + " : un contrat"
	for _, tt := range []struct {
		name  string
		items string
		want  vigie.SourceState
		told  string
	}{
		{"all links", many(4, topic, away), vigie.StateChanged, "les 4 liens de la liste mènent à ailleurs.test, que la fiche ne nomme pas"},
		{"all links, none on topic", many(2, "La piscine", away), vigie.StateChanged, "les 2 liens de la liste mènent à ailleurs.test"},
		{"the only link", many(1, topic, away), vigie.StateChanged, "le seul lien de la liste mène à ailleurs.test"},
		{"all links, those of another source", many(4, topic, other), vigie.StateChanged, "mènent à autre.test"},
		{"all on topic", many(2, topic, away) + many(9, "La piscine", ""), vigie.StateQuiet, "les 2 liens sur le sujet mènent à ailleurs.test"},
		{"half of those on topic", many(3, topic, away) + many(3, topic, ""), vigie.StateOK, "3 des 6 liens sur le sujet mènent à ailleurs.test"},
		{"two hosts", many(1, topic, "https://b.test") + many(3, topic, away) + many(3, topic, ""), vigie.StateOK, "mènent à ailleurs.test, b.test, que"},
		{"fewer than half", many(3, topic, away) + many(4, topic, ""), vigie.StateOK, ""},
		{"a few", many(2, topic, away) + many(1, topic, ""), vigie.StateOK, ""},
		{"not on topic", many(9, "La piscine", away) + many(1, topic, ""), vigie.StateOK, ""},
		{"of other sources", many(5, topic, other) + many(1, topic, ""), vigie.StateOK, ""},
		{"buttons that share", item(topic, "/a/0") + item("X", "https://x.test/?u=HOME%2Fterritoires-d-industrie") + item("F", "https://f.test/?u=HOME/territoires-d-industrie") +
			item("L", "https://l.test/s?t=territoires-d-industrie&amp;u=HOME"), vigie.StateOK, ""},
	} {
		pages := map[string]string{}
		for i := range 9 {
			pages[fmt.Sprintf("/a/%d", i)] = fmt.Sprint("page ", i)
		}
		s := newTown(t, pages)
		pages["/rss"] = `<rss version="2.0"><channel><title>T</title>` + strings.ReplaceAll(tt.items, "HOME", s.URL) + "</channel></rss>"
		src := source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"})
		c := newCollector(t, &memory{})
		c.Owners = NewOwners([]vigie.Source{src, {ID: "autre", Home: other + "/"}})
		var noted, failed []error
		c.Progress = func(e Event) {
			switch e.Step {
			case StepNote:
				noted = append(noted, e.Err)
			case StepFailed:
				failed = append(failed, e.Err)
			}
		}
		run := c.Collect(t.Context(), src, vigie.Window{})
		if run.State != tt.want || !strings.Contains(run.Error, tt.told) || (tt.told == "") != (run.Error == "") {
			t.Errorf("%s: %s %q, want %s %q", tt.name, run.State, run.Error, tt.want, tt.told)
		}
		var lists, notes int
		if tt.told != "" {
			lists, notes = 1, 0
			if tt.want != vigie.StateChanged {
				lists, notes = 0, 1
			}
		}
		if len(failed) != lists || len(noted) != notes || !allAre(failed, ErrAway) || !allAre(noted, ErrAway) {
			t.Errorf("%s: failed %v, noted %v; want %d and %d", tt.name, failed, noted, lists, notes)
		}
	}
}

func allAre(errs []error, target error) bool {
	for _, err := range errs {
		if !errors.Is(err, target) {
			return false
		}
	}
	return true
}

func TestAwayError(t *testing.T) {
	for want, e := range map[string]AwayError{
		"https://s.test/rss: the only link leads to a.test: not named in its file, nothing was read there": {"https://s.test/rss", 1, 1, []string{"a.test"}},
		"https://s.test/rss: all 3 links lead to a.test: not named in its file, nothing was read there":    {"https://s.test/rss", 3, 3, []string{"a.test"}},
		"3 of 4 links on its topic lead to a.test, b.test: not named in its file, nothing was read there":  {"", 3, 4, []string{"a.test", "b.test"}},
		"the only link on its topic leads to a.test: not named in its file, nothing was read there":        {"", 1, 1, []string{"a.test"}},
	} {
		if got := e.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	const want = "les 3 liens de la liste mènent à a.test, b.test, que la fiche ne nomme pas : rien n'y a été lu ; si l'éditeur est le même, ajouter à hosts dans la fiche (pour l'examiner : vigie source probe https://a.test/) (https://s.test/rss)"
	if got := advice(&AwayError{"https://s.test/rss", 3, 3, []string{"a.test", "b.test"}}, "s"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
