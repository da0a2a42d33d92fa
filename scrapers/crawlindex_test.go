package scrapers

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/scrapers/fetch"
)

const collinfo = `[{"id":"CC-MAIN-2026-25","cdx-api":"https://index.commoncrawl.org/CC-MAIN-2026-25-index"},
	{"id":"CC-MAIN-2020-05","cdx-api":"https://index.commoncrawl.org/CC-MAIN-2020-05-index"},
	{"id":"CC-MAIN-2019-09","cdx-api":"https://index.commoncrawl.org/CC-MAIN-2019-09-index"},
	{"id":"CC-MAIN-2018-05","cdx-api":"https://index.commoncrawl.org/CC-MAIN-2018-05-index"}]`

// crawlAsk is what an index is asked of a host: for a page, or by "" how many there are.
func crawlAsk(index, page string) string {
	which := "&page=" + page
	if page == "" {
		which = "&showNumPages=true"
	}
	return "https://index.commoncrawl.org/" + index + "-index?filter=%3Dstatus%3A200&filter=%3Dmime%3Atext%2Fhtml&output=json" + which + "&url=s.test%2F%2A"
}

func crawlLine(when, page, offset string) string {
	return `{"urlkey":"test,s)/a","timestamp":"` + when + `","url":"https://s.test/` + page + `","mime":"text/html","status":"200","digest":"D","length":"300","offset":"` + offset + `","filename":"crawl-data/x.warc.gz","more":"later"}` + "\n"
}

func crawlPages(n int) stubAnswer {
	return stubAnswer{200, nil, fmt.Sprintf(`{"pages": %d, "pageSize": 5, "blocks": 9}`, n)}
}

const (
	crawlList = "https://index.commoncrawl.org/collinfo.json"
	crawlNone = `{"message":"No Captures found for: s.test/*"}`
)

func TestCommonCrawlSnapshots(t *testing.T) {
	s := &stub{answers: map[string]stubAnswer{
		crawlList:                        {200, nil, collinfo},
		crawlAsk("CC-MAIN-2020-05", ""):  crawlPages(0),
		crawlAsk("CC-MAIN-2019-09", ""):  crawlPages(3),
		crawlAsk("CC-MAIN-2019-09", "0"): {200, nil, crawlLine("20190301120000", "a", "81") + "\n" + crawlLine("20180101120000", "trop-tot", "9")},
		crawlAsk("CC-MAIN-2019-09", "1"): {404, nil, crawlNone}, // all of it filtered out
		crawlAsk("CC-MAIN-2019-09", "2"): {200, nil, crawlLine("20190302120000", "b", "500")},
	}}
	got, errs := snapshots(t, commonCrawl{index: crawlIndex, data: crawlData}, s.client(t), "s.test", year2019)
	want := []Snapshot{
		{"https://s.test/a", "crawl-data/x.warc.gz 81 300", at("20190301120000")},
		{"https://s.test/b", "crawl-data/x.warc.gz 500 300", at("20190302120000")},
	}
	if diff := cmp.Diff(want, got); diff != "" || errs != nil {
		t.Errorf("errors %v (-want +got):\n%s", errs, diff)
	}
	asks := []string{crawlList, crawlAsk("CC-MAIN-2019-09", ""), crawlAsk("CC-MAIN-2019-09", "0"), crawlAsk("CC-MAIN-2019-09", "1"), crawlAsk("CC-MAIN-2019-09", "2"), crawlAsk("CC-MAIN-2020-05", "")}
	if !slices.Equal(asks, s.asked) {
		t.Errorf("asked %q", s.asked)
	}
}

// A window of years is looked for in the indexes of them all, the oldest first; one that
// fails is told, and the others are asked all the same, unless nobody is asked any more.
func TestCommonCrawlAsksForAllTheYears(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer int // of the index of 2020
		pages  string
		errs   int
		asked  int // times, the list included
	}{
		{"all there", 200, "2018 2019 2020 2021 2022 2023 2024", 0, 15},
		{"one gone", 404, "2018 2019 2021 2022 2023 2024", 0, 14},
		{"one out of order", 400, "2018 2019 2021 2022 2023 2024", 1, 14},
		{"asked to stay away", 429, "2018 2019", 2, 6},
	} {
		s, list := &stub{answers: map[string]stubAnswer{}}, ""
		for year := 2026; year > 2016; year-- {
			id := fmt.Sprintf("CC-MAIN-%d-20", year)
			list += fmt.Sprintf(`,{"id":%q,"cdx-api":"https://index.commoncrawl.org/%[1]s-index"}`, id)
			s.answers[crawlAsk(id, "")] = crawlPages(1)
			s.answers[crawlAsk(id, "0")] = stubAnswer{200, nil, crawlLine(fmt.Sprintf("%d0515120000", year), fmt.Sprint(year), "81")}
		}
		s.answers[crawlList] = stubAnswer{200, nil, "[" + list[1:] + "]"}
		if tt.answer != 200 {
			s.answers[crawlAsk("CC-MAIN-2020-20", "")] = stubAnswer{tt.answer, http.Header{"Retry-After": {"3600"}}, crawlNone}
		}
		got, errs := snapshots(t, commonCrawl{index: crawlIndex, data: crawlData}, s.client(t), "s.test", vigie.Window{Since: "2018", Until: "2023"})
		var pages []string
		for _, page := range got {
			pages = append(pages, strings.TrimPrefix(page.URL, "https://s.test/"))
		}
		if strings.Join(pages, " ") != tt.pages || len(errs) != tt.errs || len(s.asked) != tt.asked {
			t.Errorf("%s: pages %q, errors %v, asked %d times; want %s, %d and %d", tt.name, pages, errs, len(s.asked), tt.pages, tt.errs, tt.asked)
		}
	}
}

func TestCommonCrawlIndexesOfAnOpenWindow(t *testing.T) {
	s := &stub{answers: map[string]stubAnswer{crawlList: {200, nil, collinfo}}}
	c := commonCrawl{index: crawlIndex, data: crawlData}
	for since, want := range map[vigie.Date]int{"": 4, "2019-06": 2, "2020-02-10": 2, "2026-01": 1, "2030": 0} {
		got, err := c.indexes(t.Context(), s.client(t), vigie.Window{Since: since})
		if err != nil || len(got) != want || want > 0 && !strings.Contains(got[want-1], "2026-25") {
			t.Errorf("since %q: %q, %v, want %d, the newest last", since, got, err, want)
		}
	}
}

// A page by name is looked for in the indexes of its years, or else in the last few.
func TestCommonCrawlFindsByName(t *testing.T) {
	row := crawlLine("20180201120000", "a", "81")
	s := &stub{answers: map[string]stubAnswer{crawlList: {200, nil, collinfo}}}
	for _, id := range []string{"2018-05", "2019-09", "2020-05", "2026-25"} {
		ask := strings.Replace(crawlAsk("CC-MAIN-"+id, "0"), "s.test%2F%2A", "https%3A%2F%2Fs.test%2Fa", 1)
		s.answers[ask] = stubAnswer{404, nil, crawlNone}
		if id == "2018-05" {
			s.answers[ask] = stubAnswer{200, nil, row}
		}
	}
	c := commonCrawl{index: crawlIndex, data: crawlData}
	got, err := c.find(t.Context(), s.client(t), "https://s.test/a", vigie.Window{Since: "2018"})
	if err != nil || got.Place != "crawl-data/x.warc.gz 81 300" {
		t.Errorf("of 2018: %+v, %v", got, err)
	}
	for window, text := range map[vigie.Window]string{{}: "the 1 before them", {Since: "2019"}: "in none of 3 indexes"} {
		if _, err := c.find(t.Context(), s.client(t), "https://s.test/a", window); !errors.Is(err, vigie.ErrNotFound) || !strings.Contains(err.Error(), text) {
			t.Errorf("%+v: %v, want that it is %s", window, err, text)
		}
	}
}

func TestCommonCrawlTroubles(t *testing.T) {
	one := stubAnswer{200, nil, `[{"id":"CC-MAIN-2019-09","cdx-api":"https://index.commoncrawl.org/CC-MAIN-2019-09-index"}]`}
	for name, tt := range map[string]struct {
		list, pages, rows stubAnswer
		want              error
	}{
		"no list":                 {stubAnswer{200, nil, "[]"}, stubAnswer{}, stubAnswer{}, ErrChanged},
		"a list of another shape": {stubAnswer{200, nil, "<html>"}, stubAnswer{}, stubAnswer{}, ErrChanged},
		"an index elsewhere":      {stubAnswer{200, nil, `[{"id":"x","cdx-api":"https://evil.test/"}]`}, stubAnswer{}, stubAnswer{}, ErrChanged},
		"banned":                  {one, stubAnswer{403, nil, "<Error><Code>AccessDenied</Code></Error>"}, stubAnswer{}, vigie.ErrBlocked},
		"no number of pages":      {one, stubAnswer{200, nil, "{}"}, stubAnswer{}, ErrChanged},
		"pages without end":       {one, crawlPages(maxIndexPages + 1), stubAnswer{}, ErrChanged},
		"an empty reply":          {one, crawlPages(1), stubAnswer{200, nil, ""}, fetch.ErrEmpty},
		"no JSON":                 {one, crawlPages(1), stubAnswer{200, nil, "nothing"}, ErrChanged},
	} {
		s := &stub{answers: map[string]stubAnswer{crawlList: tt.list, crawlAsk("CC-MAIN-2019-09", ""): tt.pages, crawlAsk("CC-MAIN-2019-09", "0"): tt.rows}}
		got, errs := snapshots(t, commonCrawl{index: crawlIndex, data: crawlData}, s.client(t), "s.test", year2019)
		if len(got) > 0 || len(errs) != 1 || !errors.Is(errs[0], tt.want) {
			t.Errorf("%s: %v, errors %v, want %v", name, got, errs, tt.want)
		}
	}
}

func TestCommonCrawlAsksForItsIndexesOnce(t *testing.T) {
	s := &stub{answers: map[string]stubAnswer{crawlList: {200, nil, collinfo}}}
	past, _ := NewPast("commoncrawl")
	c := past.(commonCrawl)
	c.delay = 0
	for range 3 {
		if _, err := c.indexes(t.Context(), s.client(t), year2019); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.asked) != 1 {
		t.Errorf("asked %q", s.asked)
	}
}
