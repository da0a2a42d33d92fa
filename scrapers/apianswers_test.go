package scrapers

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// What APIs answer beside what is asked for, as their documentation writes it.

// A portal whose daily quota is used up is asked once, left alone until it is renewed, and
// named for it; what was collected of it before stays.
func TestExploreQuota(t *testing.T) {
	now := time.Date(2024, 3, 1, 4, 0, 0, 0, time.UTC)
	renewed := now.Add(20 * time.Hour)
	asked, left := 0, 1
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, exploreAPI) {
			http.NotFound(w, r)
			return
		}
		asked++
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("X-RateLimit-Limit", "1")
		w.Header().Set("X-RateLimit-Remaining", fmt.Sprint(left))
		w.Header().Set("X-RateLimit-Reset", fmt.Sprint(renewed.Unix()))
		if left == 0 {
			w.WriteHeader(http.StatusTooManyRequests)
			io.WriteString(w, `{"error_code":"ResourceLimitExceeded","message":"You have exceeded the requests limit for anonymous users."}`)
			return
		}
		left--
		io.WriteString(w, `{"total_count":250,"results":[{"lib":"A","site":"https://a.test/"},{"lib":null,"site":null}]}`)
	}))
	defer portal.Close()
	c := newCollector(t, nil)
	c.Client = loopback(t, func() time.Time { return now })
	links, errs := everyLink(t, c, vigie.Discovery{Method: "opendatasoft", URL: portal.URL + "/explore/dataset/liste/", Item: "site"})
	if len(links) != 1 || len(errs) != 1 || asked != 2 {
		t.Fatalf("%d links, %v, asked %d times; want the first page's link and one error", len(links), errs, asked)
	}
	if status, ok := errors.AsType[*fetch.StatusError](errs[0]); !ok || status.Status != 429 {
		t.Errorf("%v, want the status", errs[0])
	}
	_, errs = everyLink(t, c, vigie.Discovery{Method: "opendatasoft", URL: portal.URL + "/explore/dataset/autre/"})
	if len(errs) != 1 || asked != 2 {
		t.Fatalf("%v, asked %d times; want it left alone", errs, asked)
	}
	if resting, ok := errors.AsType[*fetch.RestingError](errs[0]); !ok || !resting.Until.Equal(renewed) {
		t.Errorf("%v, want it left alone until %v", errs[0], renewed)
	}
}

// The answers of Explore and udata that no other test has: a limit that is refused, fields
// that are null, a list of datasets where one was asked for.
func TestAPIShapes(t *testing.T) {
	const records, set = exploreAPI + "liste/records?limit=100&offset=0", udataAPI + "liste/"
	explore := vigie.Discovery{Method: "opendatasoft", URL: "/explore/dataset/liste/", Item: "lib"}
	udata := vigie.Discovery{Method: "datagouv", URL: "/fr/datasets/liste/"}
	for _, tt := range []struct {
		name, path, body string
		d                vigie.Discovery
		links            int
		changed          bool
	}{
		{"records of which no field is an address", records, `{"total_count":2,"results":[{"lib":"A"},{"lib":null}]}`, explore, 0, true},
		{"one record with an address, one with null", records, `{"total_count":2,"results":[{"lib":"https://a.test/"},{"lib":null}]}`, explore, 1, false},
		{"no records", records, `{"total_count":0,"results":[]}`, explore, 0, false},
		{"the dataset", set, `{"id":"5f","slug":"liste","resources":[{"id":"u","url":"https://static.test/f.csv","last_modified":"2024-07-04T09:18:48"}]}`, udata, 1, false},
		{"a list of datasets", set, `{"data":[{"id":"5f","slug":"liste","resources":[{"id":"u","url":"https://static.test/f.csv","last_modified":"2024-07-04T09:18:48"}]}],"page":1,"page_size":20,"total":1,"next_page":null,"previous_page":null}`, udata, 0, true},
		{"a list of no datasets", set, `{"data":[],"page":1,"page_size":20,"total":0,"next_page":null,"previous_page":null}`, udata, 0, true},
	} {
		s := newTown(t, map[string]string{tt.path: tt.body})
		d := tt.d
		d.URL = s.URL + d.URL
		links, errs := everyLink(t, newCollector(t, nil), d)
		if len(links) != tt.links || (len(errs) > 0) != tt.changed || tt.changed && !errors.Is(errs[0], ErrChanged) {
			t.Errorf("%s: %v, %v; want %d links, changed %v", tt.name, links, errs, tt.links, tt.changed)
		}
	}
}
