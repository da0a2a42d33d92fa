package scrapers

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// A place in a file is one only where it has a length.
func TestCutPlace(t *testing.T) {
	for place, ok := range map[string]bool{
		"crawl-data/a.warc.gz 10 20": true, "a 0 1": true, "a 10 0": false, "a 10 -5": false, "a -1 5": false, "a 10": false, "": false,
	} {
		if file, first, last, err := cutPlace(place); ok != (err == nil) || !ok && !errors.Is(err, ErrChanged) || ok && (file == "" || last < first) {
			t.Errorf("%q: %s, %d to %d, %v", place, file, first, last, err)
		}
	}
}

// What is asked of a public archive keeps to its hosts, in its turn, and slowly.
func TestRequestsOfArchives(t *testing.T) {
	for _, name := range PastNames {
		past, _ := NewPast(name)
		var r fetch.Request
		var hosts []string
		switch p := past.(type) {
		case wayback:
			r, hosts = p.request(waybackBase+"/x"), []string{"web.archive.org"}
		case commonCrawl:
			r, hosts = p.request(crawlIndex+"/x"), []string{"index.commoncrawl.org", "data.commoncrawl.org"}
		}
		if !slices.Equal(r.Hosts, hosts) || r.Platform != past.Name() || r.Delay != pastDelay {
			t.Errorf("%s: %+v, want hosts %q", name, r, hosts)
		}
	}
}

// A list that was missing is not asked for again while its note holds.
func TestMissingListsAreNoted(t *testing.T) {
	client := &scripted{answers: []error{&fetch.StatusError{Status: 404}}}
	now, noted := time.Date(2024, 3, 1, 4, 0, 0, 0, time.UTC), 0
	n := notebook{next: client, frontier: newFrontier(), now: func() time.Time { return now }, trail: &trail{}, noted: func() { noted++ }}
	for i, after := range []time.Duration{0, time.Hour, noteLife + time.Hour} {
		now = now.Add(after)
		_, err := n.Get(t.Context(), fetch.Request{URL: "https://s.test/liste?page=9"})
		if asked := []int{1, 1, 2}[i]; !errors.Is(err, vigie.ErrNotFound) || len(client.asked) != asked || noted != asked {
			t.Errorf("%v later: %v, asked %d times, noted %d, want %d", after, err, len(client.asked), noted, asked)
		}
	}
}

// What a public archive bears is booked on nobody: no site of the source does.
func TestArchivesBearWhatTheyAreAsked(t *testing.T) {
	const address = "https://s.test/un"
	s := &stub{answers: map[string]stubAnswer{"https://web.archive.org/web/1996id_/" + address: {200, http.Header{"Content-Type": {"text/html"}}, "<html><p>un</p></html>"}}}
	for host, past := range map[string]Past{"web.archive.org": wayback{base: waybackBase}, "s.test": nil} {
		asked := map[string]string{}
		_, err := fill(t, s, &memory{}, newFrontier(), func(b *Backfill) {
			b.Past, b.Pages = past, []string{address}
			b.Client = getterFunc(func(r fetch.Request) (*fetch.Response, error) {
				asked[hostOf(r.URL)] = r.Source
				return s.client(t).Get(t.Context(), r)
			})
		})
		source, ok := asked[host]
		if !ok || past == nil == (source == "") {
			t.Errorf("%s: booked %v, %v", host, asked, err)
		}
	}
}
