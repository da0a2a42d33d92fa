package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
	"vigie/store"
)

// An ailing site has one page, which comes as it is told to.
type ailing struct{ how string }

func (a *ailing) RoundTrip(req *http.Request) (*http.Response, error) {
	answer := func(status int, body io.Reader) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(body), Request: req}, nil
	}
	text := func(version string) io.Reader {
		return strings.NewReader("<title>Territoires d'industrie</title><p>" + version)
	}
	switch {
	case req.URL.Path == "/flux":
		return answer(200, strings.NewReader(`<rss version="2.0"><channel><title>T</title><item><title>Territoires d'industrie</title><link>/page</link></item></channel></rss>`))
	case req.URL.Path != "/page":
		return answer(404, strings.NewReader("non"))
	case a.how == "hung up":
		return nil, io.EOF
	case a.how == "cut short":
		return answer(200, io.MultiReader(text("Prem"), cut{}))
	case a.how == "gone":
		return answer(404, strings.NewReader("perdu"))
	}
	return answer(200, text(a.how))
}

type cut struct{}

func (cut) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// TestPageHistory: a page that was good, hung up, came cut short, was good again and is gone
// tells all of it.
func TestPageHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, begun := filepath.Join(t.TempDir(), "vigie.db"), time.Now()
		nights(t, db, "Une", "Une", "hung up", "hung up", "cut short", "Deux")
		const was = `https://s.test/page
document 5238947c8c165005 of s, "Territoires d'industrie"

FROM (Paris)         UNTIL                WHAT
2000-01-01 01:00:00  2000-01-02 01:00:00  version 1: status 200, text/html, 44 bytes, 916bbb402c2f
2000-01-03 01:00:00  2000-01-04 01:00:00  failed 2 times, hung up: EOF
2000-01-05 01:00:00                       failed once, cut short: unexpected EOF
2000-01-06 01:00:00                       version 2: status 200, text/html, 45 bytes, 5676792f6d12
`
		const mended = `
last good:      2000-01-06 01:00:00, version 2 of 2
first failure:  2000-01-03 01:00:00
final error:    2000-01-05 01:00:00, cut short: unexpected EOF, mended 2000-01-06 01:00:00
`
		if d := cmp.Diff(was+mended, history(t, db, "http://s.test/page?utm_source=x")); d != "" {
			t.Errorf("mended (-want +got):\n%s", d)
		}
		time.Sleep(6*24*time.Hour - time.Since(begun))
		nights(t, db, "gone", "gone")
		const gone = `2000-01-07 01:00:00  2000-01-08 01:00:00  kept as evidence: status 404, text/html, 5 bytes, 3eb2127cc708
2000-01-07 01:00:00  2000-01-08 01:00:00  failed 2 times, status 404 Not Found

last good:      2000-01-06 01:00:00, version 2 of 2
first failure:  2000-01-07 01:00:00
final error:    2000-01-08 01:00:00, status 404 Not Found, not mended
`
		if d := cmp.Diff(was+gone, history(t, db, "5238947c8c165005")); d != "" {
			t.Errorf("gone (-want +got):\n%s", d)
		}
	})
}

// TestPageHistorySum: what is told first of a page is not misled by what came in between.
func TestPageHistorySum(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2019, 2, day, 4, 0, 0, 0, time.UTC) }
	seen := func(first, last, status int, fault vigie.PageFault) store.Kept {
		return store.Kept{Capture: vigie.Capture{Time: at(first), Status: status, Fault: fault, Digest: fmt.Sprint(first)}, Seen: at(last)}
	}
	fails := func(first, last, mended int) vigie.Failure {
		f := vigie.Failure{Kind: "hung up", Error: "EOF", First: at(first), Last: at(last), Times: 1}
		if mended > 0 {
			f.Mended = at(mended)
		}
		return f
	}
	for _, tt := range []struct {
		name     string
		kept     []store.Kept
		failures []vigie.Failure
		want     string // last good, first failure, last failure, mended: days
	}{
		{"always good", []store.Kept{seen(1, 9, 200, "")}, nil, "9 - - -"},
		{"never good", nil, []vigie.Failure{fails(1, 3, 0), fails(4, 4, 0)}, "- 1 4 -"},
		{"good, then not", []store.Kept{seen(1, 2, 200, "")}, []vigie.Failure{fails(3, 3, 0), fails(4, 6, 0)}, "2 3 6 -"},
		{"the same page on both sides", []store.Kept{seen(1, 9, 200, "")}, []vigie.Failure{fails(3, 4, 5), fails(6, 7, 8)}, "9 6 7 8"},
		{"evidence of an older version of vigie", []store.Kept{seen(1, 2, 200, ""), seen(3, 5, 404, "")}, nil, "2 3 5 -"},
		{"a door", []store.Kept{seen(1, 2, 200, ""), seen(3, 5, 200, vigie.FaultLogin), seen(6, 6, 200, "")}, nil, "6 3 5 6"},
		{"reserved, and a table", []store.Kept{seen(1, 2, 200, vigie.FaultReserved), seen(3, 5, 200, vigie.FaultData)}, nil, "5 - - -"},
	} {
		h := newPageHistory(tt.kept, tt.failures)
		var got []string
		for _, day := range []*time.Time{h.LastGood, h.FirstFailure, h.LastFailure, h.Mended} {
			if day == nil {
				got = append(got, "-")
			} else {
				got = append(got, fmt.Sprint(day.Day()))
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
}

// nights collects from the site once a day.
func nights(t *testing.T, db string, hows ...string) {
	t.Helper()
	st, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	site, tonight := &ailing{}, time.Now()
	now := func() time.Time { return tonight } // however long is waited before asking again
	client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Delay: new(time.Duration), Transport: site, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	s := vigie.Source{ID: "s", Home: "https://s.test/", Discover: []vigie.Discovery{{Method: "feed", URL: "https://s.test/flux"}}}
	for _, how := range hows {
		site.how = how
		batch := st.Batch()
		c := scrapers.Collector{Client: client, Archive: batch, Now: now}
		c.Collect(t.Context(), s, vigie.Window{})
		if err := batch.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		tonight = tonight.Add(24 * time.Hour)
	}
}

func history(t *testing.T, db string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), world{strings.NewReader(""), &out, &errs, time.Now}, append([]string{"archive", "history", "--db", db}, args...))
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	return out.String()
}
