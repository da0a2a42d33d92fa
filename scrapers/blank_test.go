package scrapers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

// topicalHome speaks of the topic, as the pages behind it would.
const topicalHome = "<!doctype html><html><title>Portail</title><main><p>" + industrie + " : les nouvelles de la vallée, de ses usines, de ses champs et de ses écoles.%s</p></main></html>"

// nightly is a town that is given a new item each night, and counts what it is asked where no
// page is.
type nightly struct {
	*town
	archive *remembering
	now     time.Time
	items   int
}

func newNightly(t *testing.T, home string) *nightly {
	return &nightly{town: newTown(t, map[string]string{"/": home}), archive: newRemembering(), now: time.Date(2024, 3, 1, 4, 0, 0, 0, time.UTC)}
}

// night passes so many days, adds an item that leads to such a page, and collects.
func (n *nightly) night(t *testing.T, days int, page string) (run vigie.SourceRun, blanks int) {
	t.Helper()
	n.now = n.now.AddDate(0, 0, days)
	if page != "" {
		n.items++
		n.pages[fmt.Sprintf("/a%d", n.items)] = page
	}
	n.pages["/rss"] = fmt.Sprintf("<rss version='2.0'><channel><title>T</title><item><title>%s : contrat %d</title><link>/a%d</link><pubDate>%s</pubDate></item></channel></rss>",
		industrie, n.items, n.items, n.now.AddDate(0, 0, -3).Format(time.RFC1123Z))
	n.asked = nil
	c := newCollector(t, n.archive)
	c.Now = func() time.Time { return n.now }
	runs, err := c.All(t.Context(), []vigie.Source{source("s", n.URL, vigie.Discovery{Method: "feed", URL: "/rss"})}, vigie.Window{})
	if err != nil {
		t.Fatal(err)
	}
	return runs[0], len(slices.DeleteFunc(n.asked, func(a string) bool { return a != "/" && a != n.nowhere() }))
}

func (n *nightly) nowhere() string { return strings.TrimPrefix(nowhere(n.URL+"/"), n.URL) }

// A site that shows one page for any address is known by a single new item a night, and is not
// asked each night what it shows.
func TestOnePageForAnyAddressNightByNight(t *testing.T) {
	home := fmt.Sprintf(topicalHome, "")
	other := fmt.Sprintf(topicalHome, " Le marché rouvre samedi.")
	for name, any := range map[string]bool{"the first page": false, "another": true} {
		s := newNightly(t, home)
		if any {
			s.pages["/"], s.pages[s.nowhere()] = "<html><title>Accueil</title><p>Bienvenue.</p></html>", home
		}
		for n, night := range []struct {
			days  int
			shows string
			asks  int
		}{{0, home, 2}, {1, home, 0}, {1, home, 0}, {1, other, 2}, {1, other, 0}, {7, other, 2}} {
			if any {
				s.pages[s.nowhere()] = night.shows
			} else {
				s.pages["/"] = night.shows
			}
			run, asked := s.night(t, night.days, night.shows)
			if run.State != vigie.StateChanged || run.New != 0 || run.Failed != 1 || asked != night.asks {
				t.Errorf("%s, night %d: asked %d times, want %d, and a door; %+v", name, n, asked, night.asks, run)
			}
		}
		for _, d := range s.archive.docs {
			if len(d.Captures) != 1 || d.Captures[0].Fault != vigie.FaultSoft404 {
				t.Errorf("%s: %s has the captures %+v", name, d.URL, d.Captures)
			}
		}
	}
}

// A sound site is asked what it shows where no page is once a week, on a night with a new page,
// and not at all where its pages bear the titles of their links.
func TestSoundSitesAreAskedOnceAWeek(t *testing.T) {
	page := func(n int) string {
		return fmt.Sprintf("<html><title>Nouvelle %d</title><main><p>%s : le contrat %d est signé.</p></main></html>", n, industrie, n)
	}
	titled := func(n int) string {
		return fmt.Sprintf("<html><title>%s&nbsp;: contrat %d - Portail</title><main><p>C'est signé.</p></main></html>", industrie, n)
	}
	for name, asks := range map[string][]int{"titles of their own": {2, 0, 0, 0, 2, 0}, "those of their links": {0, 0, 0, 0, 0, 0}} {
		s, pages := newNightly(t, fmt.Sprintf(topicalHome, "")), page
		if asks[0] == 0 {
			pages = titled
		}
		for n, night := range []struct {
			days int
			page string
		}{{0, pages(1)}, {1, ""}, {1, pages(2)}, {4, pages(3)}, {2, pages(4)}, {1, ""}} {
			run, asked := s.night(t, night.days, night.page)
			if state := map[bool]vigie.SourceState{true: vigie.StateOK, false: vigie.StateQuiet}[night.page != ""]; run.State != state || asked != asks[n] {
				t.Errorf("%s, night %d: asked %d times, want %d; %+v", name, n, asked, asks[n], run)
			}
		}
	}
}

// A first page may bear the name of the topic.
func TestBearsTitle(t *testing.T) {
	for _, tt := range []struct {
		link, title string
		want        bool
	}{
		{"Le contrat signé à la mairie", "Le contrat signé à la mairie | Agglo", true},
		{"Le contrat signé à la mair…", "Agglo - Le contrat signé à la mairie", true},
		{"Territoires d'industrie", "Territoires d'industrie", false},
		{"Le budget voté", "Le budget voté", false},
		{"Le contrat signé à la mairie", "Agglo", false},
		{"", "Agglo", false},
	} {
		p := &shape{title: tt.title}
		if got := bearsTitle(p, tt.link); got != tt.want {
			t.Errorf("%q under %q: %v", tt.link, tt.title, got)
		}
		p = &shape{title: "Agglo", heading: tt.title}
		if got := bearsTitle(p, tt.link); got != tt.want {
			t.Errorf("%q headed by %q: %v", tt.link, tt.title, got)
		}
	}
}

// What gave no answer is asked again on the next night, and not for a second time in a turn.
func TestBlanksThatGaveNoAnswer(t *testing.T) {
	page := func(n int) string {
		return fmt.Sprintf("<html><p>%s : le contrat %d est signé.</p></html>", industrie, n)
	}
	s := newNightly(t, "status 500")
	s.pages[s.nowhere()] = "status 503"
	for n := range 3 {
		if run, asked := s.night(t, 1, page(n)); run.New != 1 || asked != 2 {
			t.Errorf("no answer, night %d: asked %d times, want 2; %+v", n, asked, run)
		}
	}
	s.archive.notes["s "+(&turn{source: vigie.Source{Home: s.URL + "/"}}).blanksName()] = note{text: []byte(`"of another version"`)}
	if run, asked := s.night(t, 1, page(9)); run.New != 1 || asked != 2 {
		t.Errorf("a note that says nothing: asked %d times, want 2; %+v", asked, run)
	}
}

// onePage is a web that shows its first page for any address, and says what it was asked.
func onePage() *stub {
	home := stubAnswer{200, http.Header{"Content-Type": {"text/html"}}, fmt.Sprintf(topicalHome, "")}
	s := &stub{answers: map[string]stubAnswer{"https://s.test/": home, nowhere("https://s.test/"): home}}
	for i := range 8 {
		s.answers[fmt.Sprintf("https://s.test/territoires-d-industrie/%d", i)] = home
	}
	return s
}

// faultsOf are those of an archive's captures, by the end of their address.
func faultsOf(m *memory) map[string][]vigie.PageFault {
	got := map[string][]vigie.PageFault{}
	for _, d := range m.docs {
		for _, c := range d.Captures {
			got[path.Base(d.URL)] = append(got[path.Base(d.URL)], c.Fault)
		}
	}
	return got
}

// A backfill of a site that shows one page for any address ends with the same wherever it is
// bounded or killed, and asks for nothing twice but what was on its way.
func TestBackfillOfOnePageForAnyAddress(t *testing.T) {
	want := map[string][]vigie.PageFault{}
	for i := range 8 {
		want[fmt.Sprint(i)] = []vigie.PageFault{vigie.FaultSoft404}
	}
	for kill := range 11 { // at each request; zero: at none
		for _, most := range []int{0, 1, 2, 3, 5} {
			web, archive, f := onePage(), newRemembering(), newFrontier()
			client, killed := web.client(t), 0
			start := func(ctx context.Context) error {
				b := &Backfill{Collector: Collector{Client: client, Archive: archive}, Max: most, Frontier: func(string) Frontier { return f }}
				ctx, die := context.WithCancel(ctx)
				defer die()
				b.Progress = func(e Event) {
					if e.Step == StepAsk && len(web.asked)+1 == kill && killed == 0 {
						killed++
						die()
					}
				}
				for address := range web.answers {
					b.Pages = append(b.Pages, address)
				}
				b.Pages = slices.DeleteFunc(b.Pages, func(a string) bool { return !strings.Contains(a, "industrie") })
				slices.Sort(b.Pages)
				_, err := b.All(ctx, []vigie.Source{townOfLists}, vigie.Window{})
				return err
			}
			starts := 0
			for err := ErrSpent; err != nil && starts < 30; starts++ {
				if err = start(t.Context()); err != nil && !errors.Is(err, ErrSpent) && !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(want, faultsOf(&archive.memory)); diff != "" {
				t.Errorf("at most %d, killed at %d, %d starts (-want +got):\n%s", most, kill, starts, diff)
			}
			if n := len(web.asked); n > 10+killed+starts-1 {
				t.Errorf("at most %d, killed at %d: %d starts asked %d times: %q", most, kill, starts, n, web.asked)
			}
			if start(t.Context()); cmp.Diff(want, faultsOf(&archive.memory)) != "" {
				t.Errorf("at most %d, killed at %d: a later start makes content of it: %v", most, kill, faultsOf(&archive.memory))
			}
		}
	}
}

// An archive that cannot keep what is known of a site ends the collection, as one that cannot
// keep a page does.
func TestBlanksThatCannotBeKept(t *testing.T) {
	s := newTown(t, map[string]string{"/un": "<html><h1>Un titre</h1><p>Un texte.</p></html>"})
	c := newCollector(t, forgetful{newRemembering()})
	src := source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/un"}})
	if _, err := c.All(t.Context(), []vigie.Source{src}, vigie.Window{}); !errors.Is(err, errForgetful) {
		t.Errorf("%v, want the archive's error", err)
	}
}

var errForgetful = errors.New("disk full")

type forgetful struct{ *remembering }

func (forgetful) PutListNote(context.Context, string, string, time.Time, []byte) error {
	return errForgetful
}
