package scrapers

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// FEATURES 18: in no minute is the Wayback Machine asked more than 24 times, and between two
// questions Common Crawl has 3 s, over all sources of a backfill and whatever is asked for.
// The figures are the archives' own.
func TestArchivesAreAskedSlowly(t *testing.T) {
	const minute, most, apart = time.Minute, 24, 3 * time.Second
	for _, name := range PastNames {
		synctest.Test(t, func(t *testing.T) {
			asked := askArchive(t, name)
			if len(asked) < 3*most {
				t.Fatalf("%s: asked %d times: a test of nothing", name, len(asked))
			}
			for i, at := range asked {
				if i+most < len(asked) && asked[i+most]-at < minute {
					t.Fatalf("%s: %d times asked between %v and %v", name, most+1, at, asked[i+most])
				}
				if i > 0 && name == "commoncrawl" && at-asked[i-1] < apart {
					t.Fatalf("%s: asked at %v and at %v", name, asked[i-1], at)
				}
			}
		})
	}
}

// askArchive fills in three sources from an archive that knows 25 pages of each, and returns
// when it was asked.
func askArchive(t *testing.T, name string) (asked []time.Duration) {
	var mu sync.Mutex
	start := time.Now()
	archive := httpFunc(func(r *http.Request) (int, string) {
		switch {
		case strings.HasSuffix(r.URL.Host, ".test"):
			return 404, ""
		case r.URL.Path == "/collinfo.json":
			return 200, `[{"id":"CC-MAIN-2019-09","cdx-api":"https://index.commoncrawl.org/CC-MAIN-2019-09-index"}]`
		case r.URL.Path == "/cdx/search/cdx":
			return 200, waybackRows(r.URL.Query().Get("url"))
		case strings.HasSuffix(r.URL.Path, "-index") && r.URL.Query().Has("showNumPages"):
			return 200, `{"pages": 1, "pageSize": 5, "blocks": 1}`
		case strings.HasSuffix(r.URL.Path, "-index"):
			return 200, crawlRows(strings.TrimSuffix(r.URL.Query().Get("url"), "/*"))
		}
		return 404, ""
	})
	network := roundTripper(func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Host, ".test") {
			mu.Lock()
			asked = append(asked, time.Since(start))
			mu.Unlock()
		}
		return archive(r)
	})
	client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Transport: network, Delay: new(time.Duration)})
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"web.archive.org", "index.commoncrawl.org", "data.commoncrawl.org"} {
		client.Get(t.Context(), fetch.Request{URL: "https://" + host + "/"}) // its robots.txt is known then: who waits for it holds a lock, which no clock of a test goes on over
	}
	asked = nil
	past, _ := NewPast(name)
	var sources []vigie.Source
	frontiers := map[string]Frontier{}
	for i := range 3 {
		id := fmt.Sprintf("s%d", i)
		sources = append(sources, vigie.Source{ID: id, Home: "https://" + id + ".test/"})
		frontiers[id] = newFrontier()
	}
	b := &Backfill{Collector: Collector{Client: client, Archive: &memory{}}, Past: past, Frontier: func(source string) Frontier { return frontiers[source] }}
	if _, err := b.All(t.Context(), sources, year2019); err != nil {
		t.Fatal(err)
	}
	slices.Sort(asked)
	return asked
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// httpFunc answers with a status and a body.
func httpFunc(answer func(*http.Request) (int, string)) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		status, body := answer(r)
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

const pagesKnown = 25

func waybackRows(host string) string {
	rows := [][]string{{"timestamp", "original", "mimetype", "statuscode"}}
	for i := range pagesKnown {
		rows = append(rows, []string{"20190301120000", fmt.Sprintf("http://%s/%d", host, i), "text/html", "200"})
	}
	text, err := json.Marshal(rows)
	if err != nil {
		panic(err) // texts
	}
	return string(text)
}

func crawlRows(host string) (lines string) {
	for i := range pagesKnown {
		lines += fmt.Sprintf(`{"urlkey":"k","timestamp":"20190301120000","url":"https://%s/%d","mime":"text/html","status":"200","digest":"D","length":"300","offset":"%d","filename":"crawl-data/x.warc.gz"}`+"\n", host, i, 400*i)
	}
	return lines
}
