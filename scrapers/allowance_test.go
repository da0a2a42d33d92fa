package scrapers

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// TestBackfillBringsSomething: a backfill that may make few requests comes to its end however
// much one page costs, and lists that fail for ever; each start makes no more requests than
// are allowed, or what one page costs.
func TestBackfillBringsSomething(t *testing.T) {
	const hops = 5
	for most := 1; most <= 8; most++ {
		web := &countedWeb{stub: townWeb()}
		redirect := func(path string) {
			at, page := "https://s.test"+path, web.answers["https://s.test"+path]
			for i := range hops {
				next := fmt.Sprintf("https://s.test/%d%s", i, path)
				web.answers[at] = stubAnswer{302, http.Header{"Location": {next}}, ""}
				at = next
			}
			web.answers[at] = page
		}
		redirect("/liste")
		redirect("/deux")
		redirect("/quatre")
		broken := townOfLists
		broken.Discover = append([]vigie.Discovery{{Method: "listing", URL: "https://s.test/jamais"}, {Method: "sitemap", URL: "https://s.test/jamais.xml"}}, broken.Discover...)
		for _, n := range []string{"jamais", "jamais.xml", "un"} {
			web.answers["https://s.test/"+n] = stubAnswer{501, nil, "en panne"}
		}
		client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Transport: web, Delay: new(time.Duration)})
		if err != nil {
			t.Fatal(err)
		}
		archive, f, starts := &memory{}, newFrontier(), 0
		for spent := true; spent && starts < 60; starts++ {
			web.out, web.asked = 0, nil
			b := &Backfill{Collector: Collector{Client: client, Archive: archive}, Max: most, Frontier: func(string) Frontier { return f }}
			_, err := b.All(t.Context(), []vigie.Source{broken}, vigie.Window{})
			if spent = errors.Is(err, ErrSpent); err != nil && !spent {
				t.Fatal(err)
			}
			if web.out > max(most, hops+3) {
				t.Errorf("at most %d: %d requests in start %d", most, web.out, starts+1)
			}
		}
		for _, n := range []string{"deux", "trois", "quatre", "cinq"} {
			if _, ok := archive.docs[vigie.NewDocumentID("https://s.test/"+n, nil)]; !ok {
				t.Errorf("at most %d: %s was never had in %d starts", most, n, starts)
			}
		}
		if starts == 60 {
			t.Errorf("at most %d: no end", most)
		}
	}
}
