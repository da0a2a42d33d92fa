package scrapers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/scrapers/fetch"
)

// A scripted client gives its answers one after the other, the last for good, and notes what
// it was asked. nil is a page.
type scripted struct {
	answers []error
	asked   []fetch.Request
}

func (s *scripted) Get(_ context.Context, r fetch.Request) (*fetch.Response, error) {
	s.asked = append(s.asked, r)
	err := s.answers[min(len(s.asked), len(s.answers))-1]
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", r.URL, err)
	}
	return &fetch.Response{Body: []byte("page " + r.URL), Capture: vigie.Capture{URL: r.URL, FinalURL: r.URL, Status: 200, MediaType: "text/plain"}}, nil
}

func (s *scripted) Walk(ctx context.Context, first fetch.Request, visit func(*fetch.Response) ([]string, error)) error {
	resp, err := s.Get(ctx, first)
	if err == nil {
		_, err = visit(resp)
	}
	return err
}

// What of twenty pages is asked for before a site is left alone.
func TestLeftAlone(t *testing.T) {
	status := func(n int) error { return &fetch.StatusError{Status: n} }
	maintenance := &PageError{Fault: vigie.FaultMaintenance, Response: &fetch.Response{}}
	hungUp := errors.New("EOF")
	for _, tt := range []struct {
		name    string
		answers []error
		asked   int
		state   vigie.SourceState
	}{
		{"forbidden", []error{status(403)}, 3, vigie.StateBlocked},
		{"too often", []error{status(429)}, 3, vigie.StateUnreachable},
		{"out of service", []error{status(503)}, 3, vigie.StateUnreachable},
		{"in maintenance", []error{maintenance}, 3, vigie.StateUnreachable},
		{"no answer", []error{hungUp}, 3, vigie.StateUnreachable},
		{"at rest", []error{&fetch.RestingError{Platform: "s.test"}}, 1, vigie.StateUnreachable},
		{"broken", []error{status(500)}, 6, vigie.StateUnreachable},
		{"unreadable", []error{fetch.ErrEncoding}, 6, vigie.StateUnreachable},
		{"empty", []error{fetch.ErrEmpty}, 6, vigie.StateUnreachable},
		{"gone", []error{status(404)}, 20, vigie.StateUnreachable},
		{"elsewhere", []error{fetch.ErrElsewhere}, 20, vigie.StateUnreachable},
		{"too large", []error{vigie.ErrTooLarge}, 20, vigie.StateUnreachable},
		{"now and then", []error{hungUp, hungUp, nil, hungUp, hungUp, status(404), hungUp, hungUp, fetch.ErrElsewhere, hungUp, nil}, 20, vigie.StateOK},
	} {
		s := source("s", "https://s.test", vigie.Discovery{Method: "pages"})
		for i := range 20 {
			s.Discover[0].URLs = append(s.Discover[0].URLs, fmt.Sprintf("https://s.test/%d", i))
		}
		client := &scripted{answers: tt.answers}
		c := &Collector{Client: client, Archive: &memory{}}
		turn, err := c.collect(t.Context(), s, vigie.Window{}, nil)
		pages := slices.DeleteFunc(client.asked, func(r fetch.Request) bool { return !r.Mine }) // what was looked for once they were gone
		if run := turn.run; err != nil || len(pages) != tt.asked || run.State != tt.state || run.Failed+run.New != 20 {
			t.Errorf("%s: %d pages asked, %v, %+v; want %d, %s, and all twenty told of", tt.name, len(pages), err, run, tt.asked, tt.state)
		}
	}
}

// Lists that gave no answer say nothing of pages.
func TestListsThatFailSayNothingOfPages(t *testing.T) {
	feed := func(path string) vigie.Discovery { return vigie.Discovery{Method: "feed", URL: path} }
	client := &scripted{answers: []error{errors.New("EOF"), errors.New("EOF"), errors.New("EOF"), nil}}
	c := &Collector{Client: client, Archive: &memory{}}
	s := source("s", "https://s.test", vigie.Discovery{Method: "pages", URLs: []string{"/un"}}, feed("/a"), feed("/b"), feed("/c"))
	if run := c.Collect(t.Context(), s, vigie.Window{}); run.New != 1 {
		t.Errorf("%+v, want the page", run)
	}
}

// Each request tells whose it is, and where it may lead; of pages it is asked whether they are
// reserved. A place to discover from may have moved.
func TestRequestsOfASource(t *testing.T) {
	client := &scripted{answers: []error{nil}}
	s := source("s", "https://s.test", vigie.Discovery{Method: "listing", URL: "/liste"}, vigie.Discovery{Method: "pages", URLs: []string{"/un"}})
	s.Hosts, s.Platform, s.Delay = []string{"medias.s.test"}, "cms", 7*time.Second
	s.TLS = vigie.TLSException{Accept: vigie.TLSExpired, Until: "2026-12-31", Reason: "signalé"}
	(&Collector{Client: client, Archive: &memory{}}).Collect(t.Context(), s, vigie.Window{})
	own := fetch.Request{Source: "s", Platform: "cms", Delay: 7 * time.Second, TLS: s.TLS}
	list, page := own, own
	list.URL, list.Accept = "https://s.test/liste", "text/html"
	page.URL, page.Accept, page.Mine, page.Hosts = "https://s.test/un", pageTypes, true, []string{"medias.s.test", "s.test"}
	if d := cmp.Diff([]fetch.Request{list, page}, client.asked); d != "" {
		t.Errorf("asked (-want +got):\n%s", d)
	}
}

// A refusal of a page says nothing of the questions that are put at its address.
func TestARefusedPageIsNoRefusedQuestion(t *testing.T) {
	client := &scripted{answers: []error{&fetch.StatusError{Status: 403}, nil}}
	st := newSite(client, vigie.Source{ID: "s", Home: "https://s.test/"})
	for _, address := range []string{"https://s.test/", "https://s.test/?rest_route=/wp/v2/posts"} {
		st.Get(t.Context(), fetch.Request{URL: address})
	}
	if len(client.asked) != 2 {
		t.Errorf("%d requests, want the question put after the page was refused", len(client.asked))
	}
}

// Pages that one script gives, a number of each in its query, are refused each for itself: what
// was not asked for has no answer of another.
func TestARefusedPageIsNoOtherPage(t *testing.T) {
	pages := map[string]string{}
	named := vigie.Discovery{Method: "pages"}
	for i := range 6 {
		path := fmt.Sprintf("/spip.php?article%d", i)
		pages[path], named.URLs = "page", append(named.URLs, path)
	}
	pages["/spip.php?article1"], pages["/spip.php?page=backend&id=1"], pages["/spip.php?page=backend&id=2"] = "status 403", "status 403", feedOf()
	s, archive := newTown(t, pages), &patient{}
	src := source("s", s.URL, named, vigie.Discovery{Method: "feed", URL: "/spip.php?page=backend&id=1"}, vigie.Discovery{Method: "feed", URL: "/spip.php?page=backend&id=2"})
	src.Keywords = nil
	run := newCollector(t, archive).Collect(t.Context(), src, vigie.Window{})
	if run.New != 5 || run.Found != 9 || len(archive.failuresOf("/spip.php")) != 1 {
		t.Errorf("%+v, failures %+v; want all pages but one, and the second list", run, archive.failures)
	}
	for _, d := range archive.docs {
		if last := d.Captures[len(d.Captures)-1]; last.Status == 403 && !strings.Contains(last.URL, "article1") {
			t.Errorf("%s has what %s answered", d.URL, last.URL)
		}
	}
}

// A question that is not put, since the API refused another, has no answer.
func TestAQuestionThatIsNotPut(t *testing.T) {
	client := &scripted{answers: []error{&fetch.StatusError{Status: 403, Response: &fetch.Response{}}}}
	st := newSite(client, vigie.Source{ID: "s", Home: "https://s.test/"})
	ask := func(q string) error {
		_, err := st.Get(t.Context(), fetch.Request{URL: "https://s.test/api?q=" + q, Accept: apiTypes})
		return err
	}
	ask("un")
	err := ask("deux")
	if len(client.asked) != 1 || !errors.Is(err, fetch.ErrUnasked) || !errors.Is(err, vigie.ErrBlocked) || evidence(err) != nil {
		t.Errorf("%v, asked %+v; want it not asked for, and no evidence", err, client.asked)
	}
}

// A page that has not changed by its site's word was looked at: a list that gives its day need
// not have it asked for again.
func TestUnchangedPagesWereLookedAt(t *testing.T) {
	s := newTown(t, map[string]string{"/un": "page un"})
	archive, now := newRemembering(), time.Date(2024, 3, 1, 4, 0, 0, 0, time.UTC)
	c := newCollector(t, archive)
	c.Now = func() time.Time { return now }
	src := source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/un"}})
	c.Collect(t.Context(), src, vigie.Window{})
	now = now.AddDate(0, 0, 1)
	if run := c.Collect(t.Context(), src, vigie.Window{}); run.Same != 1 {
		t.Fatalf("the second night: %+v", run)
	}
	for _, check := range archive.checks {
		if !check.Time.Equal(now) {
			t.Errorf("looked at on %v, want the second night, %v", check.Time, now)
		}
	}
}

// What two ways to discover say of a page is put together, the later change of it first.
func TestLinksAreJoined(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2024, 3, n, 0, 0, 0, 0, time.UTC) }
	set := linkSet{index: map[string]*found{}}
	for _, l := range []vigie.Link{
		{URL: "https://s.test/un", Modified: day(1), Summary: "a"}, {URL: "https://s.test/un?utm_source=rss", Title: "Un", Modified: day(3), Summary: "b"},
		{URL: "http://s.test/un#haut", Title: "Autre", Modified: day(2), Published: "2024-03-01", Summary: "c"},
	} {
		if err := set.add(l, l.Title == "Un"); err != nil {
			t.Fatal(err)
		}
	}
	want := vigie.Link{URL: "https://s.test/un", Title: "Un", Modified: day(3), Published: "2024-03-01", Summary: "a\nb\nc"}
	if len(set.links) != 1 || !set.links[0].onTopic || cmp.Diff(want, set.links[0].Link) != "" {
		t.Errorf("%d links, the first %+v, want %+v", len(set.links), set.links[0], want)
	}
}
