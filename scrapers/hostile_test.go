package scrapers

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"vigie"
	"vigie/scrapers/fetch"
)

// Hazards that other tests hand to the parsers, sent by a server on the loopback to the
// client and the collector as they are.

// A page and a list that would cost hundreds of mebibytes once taken apart: each is told, and
// what comes after it is collected.
func TestHazardB6Loopback(t *testing.T) {
	s := newTown(t, map[string]string{
		"/bombe": "<main>" + strings.Repeat("<b><p>", 1<<20) + "</main>", "/un": "<html><main><h1>Un titre</h1><p>Le contrat est signé.</p></main></html>",
	})
	for _, d := range []vigie.Discovery{{Method: "pages", URLs: []string{"/bombe"}}, {Method: "listing", URL: "/bombe"}} {
		src := source("s", s.URL, d, vigie.Discovery{Method: "pages", URLs: []string{"/un"}})
		archive, start := &memory{}, time.Now()
		var run vigie.SourceRun
		cost := spent(func() { run = newCollector(t, archive).Collect(t.Context(), src, vigie.Window{}) })
		if run.New != 1 || !strings.Contains(run.Error, "démesurée") || cost > 64<<20 || time.Since(start) > 10*time.Second {
			t.Errorf("%s: %+v for %d MiB in %v, want one new page and a word on the other, for 64 MiB in 10 s at most", d.Method, run, cost>>20, time.Since(start))
		}
		for _, doc := range archive.docs {
			if last := doc.Captures[0]; (last.Fault == vigie.FaultBomb) != strings.HasSuffix(doc.URL, "/bombe") {
				t.Errorf("%s: fault %q", doc.URL, last.Fault)
			}
		}
	}
	r, err := newCollector(t, nil).Client.Get(t.Context(), fetch.Request{URL: s.URL + "/bombe"})
	if err != nil {
		t.Fatal(err)
	}
	r.Body = r.Body[:len(r.Body)/4]
	if cost := spent(func() { takeApart(r) }); cost < 64<<20 {
		t.Errorf("without the layer a quarter of it cost %d MiB: no bomb", cost>>20)
	}
}

// An address of a mebibyte that a pattern of the source's tries, in a sitemap that is sent.
func TestHazardB9Loopback(t *testing.T) {
	long := strings.Repeat("a", 1<<20) + "!"
	d := vigie.Discovery{Method: "sitemap", URL: "/map.xml", Match: `/(a+)+$`}
	start := time.Now()
	run, asked := hostile(t, d, func(string) string {
		return "<urlset><url><loc>/" + long + "</loc></url><url><loc>/aaa</loc></url></urlset>"
	})
	if run.Found != 1 || run.Error != "" || asked != 1 || time.Since(start) > time.Minute {
		t.Errorf("%+v after %v, want the one address that matches found", run, time.Since(start))
	}
	if steps := backtrack(long[len(long)-25:], 1<<22); steps < 1<<22 {
		t.Errorf("an engine that tries all ways took %d steps only for the last 25 letters", steps)
	}
}

// What feeds, sitemaps and APIs send to break their readers: entities that grow or fetch,
// null for a list, nests without end. Each is an error or an empty list, and the next answer
// of the same site is read.
func TestHazardB10Loopback(t *testing.T) {
	var fetched atomic.Int64
	secret := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fetched.Add(1) }))
	defer secret.Close()
	entities := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "` +
		secret.URL + `/passwd"><!ENTITY % p SYSTEM "` + secret.URL + `/dtd"> %p;]>`
	deep := strings.Repeat("[", 200_000)
	const posts, records, set = "/wp-json/wp/v2/posts?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&page=1&per_page=100", exploreAPI + "liste/records?limit=100&offset=0", udataAPI + "liste/"
	feed, sitemap := vigie.Discovery{Method: "feed", URL: "/rss"}, vigie.Discovery{Method: "sitemap", URL: "/map"}
	wordpress, explore, udata := vigie.Discovery{Method: "wordpress", URL: "/"}, vigie.Discovery{Method: "opendatasoft", URL: "/explore/dataset/liste/", Item: "site"}, vigie.Discovery{Method: "datagouv", URL: "/liste"}
	for _, tt := range []struct {
		name, path, body string
		d                vigie.Discovery
		errs             bool
	}{
		{"entities in a feed", "/rss", entities + `<rss version="2.0"><channel><title>T</title><item><title>&c;&f;</title><link>/un</link></item></channel></rss>`, feed, false},
		{"entities in a sitemap", "/map", entities + `<urlset><url><loc>/un-&c;&f;</loc></url></urlset>`, sitemap, false},
		{"a feed that is null", "/rss", "null", feed, true},
		{"a feed whose items are null", "/rss", `{"version":"https://jsonfeed.org/version/1.1","items":[null]}`, feed, true},
		{"a feed of nests", "/rss", `{"items":` + strings.Repeat(`{"a":`, 200_000), feed, true},
		{"a feed of XML nests", "/rss", "<rss>" + strings.Repeat("<channel>", 200_000), feed, true},
		{"posts that are null", posts, "null", wordpress, false},
		{"posts of nests", posts, deep, wordpress, true},
		{"records that are null", records, "null", explore, true},
		{"records of nests", records, `{"total_count":1,"results":` + deep, explore, true},
		{"a dataset that is null", set, "null", udata, true},
		{"a dataset of nests", set, `{"resources":` + deep, udata, true},
	} {
		s := newTown(t, map[string]string{tt.path: tt.body, "/sain": feedOf()})
		c, d, start := newCollector(t, nil), tt.d, time.Now()
		d.URL = s.URL + d.URL
		links, errs := everyLink(t, c, d)
		if len(links) > 1 || (len(errs) > 0) != tt.errs || time.Since(start) > time.Minute {
			t.Errorf("%s: %d links, errors %.200v, want some: %v", tt.name, len(links), errs, tt.errs)
		}
		for _, l := range links {
			if strings.Contains(l.Title+l.URL, "aaaaaaaaaaa") {
				t.Errorf("%s: entities were expanded: %.100q", tt.name, l)
			}
		}
		if after, errs := everyLink(t, c, vigie.Discovery{Method: "feed", URL: s.URL + "/sain"}); len(after) == 0 || errs != nil {
			t.Errorf("%s: after it: %v, %v", tt.name, after, errs)
		}
	}
	if fetched.Load() > 0 {
		t.Errorf("entities had %d files fetched", fetched.Load())
	}
}

func everyLink(t *testing.T, c *Collector, d vigie.Discovery) (links []vigie.Link, errs []error) {
	t.Helper()
	way, _ := discoverer(d.Method)
	for l, err := range way.Discover(t.Context(), c.Client, d, vigie.Window{}) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		links = append(links, l)
	}
	return links, errs
}

// HAZARDS B10, the layers against JSON: a bound on nests and one on objects, and for feeds a
// reader between them and the library's.
func TestHazardB10JSON(t *testing.T) {
	deep, many := strings.Repeat("[", 200_000), "["+strings.Repeat("{},", 1<<19)+"{}]"
	if err := decodeJSON([]byte(deep), new(any)); !errors.Is(err, ErrChanged) {
		t.Errorf("200,000 nests: %v", err)
	}
	var err error
	if cost := spent(func() { err = decodeJSON([]byte(many), new([]wordPressPost)) }); !errors.Is(err, vigie.ErrTooLarge) || cost > 16<<20 {
		t.Errorf("half a million objects: %v for %d MiB", err, cost>>20)
	}

	d, depth := json.NewDecoder(strings.NewReader(deep)), 0
	for ; ; depth++ {
		if _, err := d.Token(); err != nil {
			break
		}
	}
	if depth != len(deep) {
		t.Errorf("a reader without the bound went down %d nests only", depth)
	}
	if cost := spent(func() { json.Unmarshal([]byte(many), new([]wordPressPost)) }); cost < 64<<20 {
		t.Errorf("without the bound half a million objects cost %d MiB: no bomb", cost>>20)
	}
	if !panics(func() { gofeed.NewParser().ParseString(`{"version":"https://jsonfeed.org/version/1","items":[null]}`) }) {
		t.Error("the library alone does not stumble over null items any more")
	}
}
