package scrapers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"vigie"
	"vigie/scrapers/fetch"
)

// Broken pages do not keep a turn from those behind them, nor do lists that failed; a site on
// which all is broken is left alone all the same.
func TestBrokenPages(t *testing.T) {
	pages := vigie.Discovery{Method: "pages", URLs: []string{"/1", "/2", "/3", "/4"}}
	broken := map[string]string{"/1": "status 500", "/2": "status 500", "/3": "status 500", "/4": "page quatre"}
	s := newTown(t, broken)
	run := newCollector(t, &memory{}).Collect(t.Context(), source("s", s.URL, pages), vigie.Window{})
	if run.New != 1 || run.Failed != 3 {
		t.Errorf("three broken pages: %+v, want the fourth archived", run)
	}
	s = newTown(t, map[string]string{"/a": "status 500", "/b": "status 500", "/c": "status 500", "/4": "page quatre"})
	feed := func(u string) vigie.Discovery { return vigie.Discovery{Method: "feed", URL: u} }
	four := vigie.Discovery{Method: "pages", URLs: []string{"/4"}}
	run = newCollector(t, &memory{}).Collect(t.Context(), source("s", s.URL, four, feed("/a"), feed("/b"), feed("/c")), vigie.Window{})
	if run.New != 1 || run.State != vigie.StateOK {
		t.Errorf("three lists that are down: %+v, want the page archived", run)
	}
	var many []string
	down := map[string]string{}
	for i := range 20 {
		many = append(many, fmt.Sprintf("/%d", i))
		down[many[i]] = "status 500"
	}
	s = newTown(t, down)
	newCollector(t, &memory{}).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "pages", URLs: many}), vigie.Window{})
	asked := slices.Compact(slices.Sorted(slices.Values(s.asked)))
	if n := len(slices.DeleteFunc(asked, func(a string) bool { return down[a] == "" })); n != maxUnsound {
		t.Errorf("a site that is down was asked for %d pages, want %d", n, maxUnsound)
	}
}

// A platform at rest is asked nothing, and says nothing of our network.
func TestOurNetworkAndOneAtRest(t *testing.T) {
	rss := vigie.Discovery{Method: "feed", URL: "/rss"}
	sources := []vigie.Source{source("rests", "https://a.test", rss), source("b", "https://b.test", rss), source("c", "https://c.test", rss)}
	runs, err := (&Collector{Client: resting{}, Archive: &memory{}}).All(t.Context(), sources, vigie.Window{})
	if err != nil || len(runs) != 3 || runs[0].State == vigie.StateNetwork || runs[1].State != vigie.StateNetwork || runs[2].State != vigie.StateNetwork {
		t.Errorf("runs %+v, %v; want our network for the two that were asked", runs, err)
	}
}

// A resting client has no network, and leaves one site alone.
type resting struct{ refusing }

func (resting) Get(_ context.Context, r fetch.Request) (*fetch.Response, error) {
	if r.Source == "rests" {
		return nil, &fetch.RestingError{Platform: "a.test"}
	}
	return nil, errors.New("dial tcp: network is unreachable")
}

// A parked page is told as the table of states says, whatever the way to it.
func TestParkedPage(t *testing.T) {
	turn := turn{worked: true, first: &PageError{vigie.FaultParked, "for sale", &fetch.Response{}}, c: &Collector{}, run: vigie.SourceRun{Failed: 1}}
	if got := turn.state(); got != vigie.StateChanged {
		t.Errorf("a parked page: %s", got)
	}
}
