package scrapers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// HAZARDS C2: what a source is once its page, or its list, is a door, by the door.
func TestStateOfEachDoor(t *testing.T) {
	states := map[vigie.PageFault]vigie.SourceState{
		vigie.FaultChallenge: vigie.StateBlocked, vigie.FaultConsent: vigie.StateBlocked, vigie.FaultLogin: vigie.StateBlocked,
		vigie.FaultParked: vigie.StateChanged, vigie.FaultSoft404: vigie.StateChanged, vigie.FaultShell: vigie.StateBrowser,
		vigie.FaultMaintenance: vigie.StateUnreachable,
	}
	for fault, want := range states {
		names, err := filepath.Glob("testdata/pages/" + string(fault) + "-*.html")
		if err != nil || len(names) == 0 {
			t.Fatalf("no page of fault %s: %v", fault, err)
		}
		for _, name := range names {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range []vigie.Discovery{{Method: "pages", URLs: []string{"/un"}}, {Method: "listing", URL: "/un"}, {Method: "feed", URL: "/un"}} {
				s := newTown(t, map[string]string{"/un": string(body)})
				run := newCollector(t, &memory{}).Collect(t.Context(), source("s", s.URL, d), vigie.Window{})
				if run.State != want || run.New > 0 || run.Error == "" {
					t.Errorf("%s in the place of %s: %+v, want %s", name, d.Method, run, want)
				}
			}
		}
	}
}

// A page is a door by how it is built, and not where one of these is missing.
func TestJudgeBySmallThings(t *testing.T) {
	const short = "Le portail de la ville."
	for _, tt := range []struct {
		name, kind, body string
		want             vigie.PageFault
	}{
		{"a shell", "text/html", `<html><div id=root></div><script src=a.js></script><p>` + short, vigie.FaultShell},
		{"no script fills it", "text/html", `<html><div id=root></div><p>` + short, ""},
		{"no place to fill", "text/html", `<html><div id=texte></div><script src=a.js></script><p>` + short, ""},
		{"asks for scripts", "text/html", `<html><script src=a.js></script><noscript>Activez JavaScript</noscript><p>` + short, vigie.FaultShell},
		{"a form alone, without its html", "text/html; charset=utf-8", `<form><input type=password></form>` + short, vigie.FaultLogin},
		{"the same that is no page", "text/plain", `<form><input type=password></form>` + short, ""},
		{"XHTML", "application/xml", `<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><form><input type="password"/></form></body></html>`, vigie.FaultLogin},
		{"behind a mark of order", "", "\ufeff<!doctype html><form><input type=password></form>", vigie.FaultLogin},
	} {
		r := &fetch.Response{Body: []byte(tt.body), Capture: vigie.Capture{URL: "https://s.test/un", FinalURL: "https://s.test/un", MediaType: tt.kind}}
		door, _ := errors.AsType[*PageError](judge(r, "https://s.test/"))
		if got := door != nil; got != (tt.want != "") || got && door.Fault != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, door, tt.want)
		}
	}
}

// One page for any address is known where pages have no title to tell them apart, where it is
// not the first page, and where one was believed; the first page itself is one.
func TestOnePageForAnyAddress(t *testing.T) {
	prose := func(words int) string {
		text := ""
		for i := range words {
			text += fmt.Sprintf("mot%d ", i)
		}
		return "<html><main><p>" + text + "</p></main></html>"
	}
	sitemap := "<urlset>"
	for i := range 3 {
		sitemap += fmt.Sprintf("<url><loc>/territoires-dindustrie-%d</loc></url>", i)
	}
	showing := func(home, any string) *town {
		s := newTown(t, map[string]string{"/": home, "/map.xml": sitemap + "</urlset>"})
		for i := range 3 {
			s.pages[fmt.Sprintf("/territoires-dindustrie-%d", i)] = any
		}
		return s
	}
	titled := strings.Replace(prose(200), "<html>", "<html><title>Agglo</title>", 1)
	for name, s := range map[string]*town{
		"the first page":                showing(titled, titled),
		"the first page, with a clock":  showing(titled, strings.Replace(titled, "</p>", "Il est midi.</p>", 1)),
		"the first page, untitled":      showing(prose(200), prose(200)),
		"another than the first page":   showing(prose(50), titled),
		"another, and no first page":    showing("status 404", titled),
		"the first page of other words": showing(strings.Replace(titled, "mot100", "autre", 1), titled),
	} {
		if strings.HasPrefix(name, "another") {
			s.pages[strings.TrimPrefix(nowhere(s.URL+"/"), s.URL)] = titled
		}
		archive := &memory{}
		run := newCollector(t, archive).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "sitemap", URL: "/map.xml"}), vigie.Window{})
		other := name == "the first page of other words"
		if doors := run.New == 0 && run.Failed == 3; doors == other {
			t.Errorf("%s: %+v, want doors: %v", name, run, !other)
		}
		for _, d := range archive.docs {
			if last := d.Captures[len(d.Captures)-1]; (last.Fault == vigie.FaultSoft404) == other {
				t.Errorf("%s: %s has fault %q", name, d.URL, last.Fault)
			}
		}
	}
	s := newTown(t, map[string]string{"/": prose(200)})
	run := newCollector(t, &memory{}).Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/"}}), vigie.Window{})
	if run.New != 1 {
		t.Errorf("the first page, which the file names: %+v", run)
	}
}

// A listing of no size that is usual is no changed one where it is the site that refuses.
func TestUsualSizeOfARefusal(t *testing.T) {
	s := newTown(t, map[string]string{"/l": "status 403"})
	c := newCollector(t, &memory{})
	c.Usual = map[string]int{"s": 30}
	run := c.Collect(t.Context(), source("s", s.URL, vigie.Discovery{Method: "listing", URL: "/l", Item: ".card a"}), vigie.Window{})
	if run.State != vigie.StateBlocked || strings.Contains(run.Error, "au lieu de") {
		t.Errorf("%+v, want blocked, and no word on its size", run)
	}
}

// Pages that a list says are as they were say nothing of a site that refuses all that is asked
// for. One page alone may be closed for ever, and a page that is gone is its own affair; what
// another host refuses is no word on the pages of the first.
func TestStateOfPagesThatWereNotAskedFor(t *testing.T) {
	hint, status := map[vigie.Hint]int{vigie.HintPublished: 8}, func(n int) error { return &fetch.StatusError{Status: n} }
	const a, b = "https://a.test/", "https://b.test/"
	for _, tt := range []struct {
		name    string
		trusted string
		at      string
		errs    []error
		got     int // pages that were asked for and came
		want    vigie.SourceState
	}{
		{"all refused", a, a, []error{status(403), status(403)}, 0, vigie.StateBlocked},
		{"all silent", a, a, []error{io.EOF, io.EOF}, 0, vigie.StateUnreachable},
		{"at rest", a, a, []error{&fetch.RestingError{Platform: "a.test"}}, 0, vigie.StateUnreachable},
		{"all broken", a, a, []error{status(500), status(500), status(500), status(500), status(500), status(500)}, 0, vigie.StateUnreachable},
		{"one broken", a, a, []error{status(500)}, 0, vigie.StateQuiet},
		{"one refused", a, a, []error{status(403)}, 0, vigie.StateQuiet},
		{"some refused", a, a, []error{status(403), status(403)}, 1, vigie.StateQuiet},
		{"gone", a, a, []error{status(404), status(404), status(404)}, 0, vigie.StateQuiet},
		{"another host's", a, b, []error{status(403), status(403), status(403)}, 0, vigie.StateQuiet},
	} {
		turn := turn{c: &Collector{}, site: &site{}, worked: true, run: vigie.SourceRun{Same: 8 + tt.got, Hints: hint}}
		turn.bears.of(tt.trusted).trusted = true
		for _, err := range tt.errs {
			turn.run.Failed++
			turn.fail(tt.at+"x", err)
		}
		if got := turn.state(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// Sites that answer and give nothing all the same, as those do that hang up on programs or send
// them in circles, are not our network, and their failures are kept.
func TestSitesThatAnswerAreNotOurNetwork(t *testing.T) {
	for name, page := range map[string]func() (int, error){
		"hung up": func() (int, error) { return 0, io.EOF },
		"circles": func() (int, error) { return http.StatusFound, nil },
	} {
		synctest.Test(t, func(t *testing.T) { // time for the tries
			client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Delay: new(time.Duration), Transport: circling{func(req *http.Request) (int, error) {
				if req.URL.Path == "/robots.txt" || strings.HasSuffix(req.URL.Path, ".json") {
					return http.StatusNotFound, nil
				}
				return page()
			}}})
			if err != nil {
				t.Fatal(err)
			}
			archive := &patient{}
			c := &Collector{Client: client, Archive: archive}
			pages := func() vigie.Discovery { return vigie.Discovery{Method: "pages", URLs: []string{"/1"}} }
			runs, err := c.All(t.Context(), []vigie.Source{source("a", "https://a.test", pages()), source("b", "https://b.test", pages())}, vigie.Window{})
			if err != nil || runs[0].State != vigie.StateUnreachable || len(archive.failures) != 2 || !strings.Contains(runs[0].Error, "https://a.test/1") {
				t.Errorf("%s: %+v, %v, failures %+v", name, runs, err, archive.failures)
			}
		})
	}
}

// circling is a web whose redirects all lead to where they come from, without a host.
type circling struct{ answers }

func (c circling) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := c.answers.RoundTrip(req)
	if err == nil {
		resp.Header.Set("Location", req.URL.Path)
	}
	return resp, err
}

// Sources that give no answer while another does are down themselves.
func TestNetworkOfOneThatAnswers(t *testing.T) {
	rss := vigie.Discovery{Method: "feed", URL: "/rss"}
	up := newTown(t, map[string]string{"/rss": "status 403"})
	c := newCollector(t, &memory{})
	c.Client = onlyTo{Getter: c.Client, home: up.URL}
	runs, err := c.All(t.Context(), []vigie.Source{source("a", "https://a.test", rss), source("b", "https://b.test", rss), source("c", up.URL, rss)}, vigie.Window{})
	if err != nil || len(runs) != 3 || runs[0].State != vigie.StateUnreachable || runs[1].State != vigie.StateUnreachable || runs[2].State != vigie.StateBlocked {
		t.Errorf("%+v, %v; want two that are down, and one that refuses", runs, err)
	}
}

// onlyTo is a client to whom one site alone answers.
type onlyTo struct {
	Getter
	home string
}

func (c onlyTo) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	if !strings.HasPrefix(r.URL, c.home) {
		return refusing{}.Get(ctx, r)
	}
	return c.Getter.Get(ctx, r)
}
