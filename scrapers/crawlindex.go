package scrapers

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// maxIndexPages is more pages than an index has of any host.
const maxIndexPages = 1000

// indexes returns the addresses of those that may hold pages of the window, the oldest first:
// a window of years wants them all, about ten a year.
func (c commonCrawl) indexes(ctx context.Context, g Getter, w vigie.Window) ([]string, error) {
	if c.lists == nil {
		return c.askIndexes(ctx, g, w)
	}
	if known, ok := c.lists.Load(w); ok {
		return known.([]string), nil
	}
	indexes, err := c.askIndexes(ctx, g, w)
	if err == nil {
		c.lists.Store(w, indexes)
	}
	return indexes, err
}

func (c commonCrawl) askIndexes(ctx context.Context, g Getter, w vigie.Window) (indexes []string, err error) {
	resp, err := g.Get(ctx, c.request(c.index+"/collinfo.json"))
	if err != nil {
		return nil, fmt.Errorf("indexes of %s: %w", c.Name(), notTheSite(err))
	}
	var list []struct {
		ID  string `json:"id"`
		API string `json:"cdx-api"`
	}
	if err := decodeJSON(resp.Body, &list); err != nil {
		return nil, fmt.Errorf("indexes of %s: %w", c.Name(), err)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("indexes of %s: none: %w", c.Name(), ErrChanged)
	}
	for _, i := range slices.Backward(list) { // which has the newest first
		if i.API == "" || !crawledIn(w, i.ID) {
			continue
		}
		if hostOf(i.API) != hostOf(c.index) {
			return nil, fmt.Errorf("indexes of %s: %s is on another host: %w", c.Name(), i.API, ErrChanged)
		}
		indexes = append(indexes, i.API)
	}
	return indexes, nil
}

// crawledIn reports whether an index may hold what was taken in a window, by the week in its
// name, CC-MAIN-2026-25, in which its crawl began; one of another name may.
func crawledIn(w vigie.Window, id string) bool {
	const crawl = 14 * 24 * time.Hour
	var year, week int
	if _, err := fmt.Sscanf(id, "CC-MAIN-%4d-%2d", &year, &week); err != nil {
		return true
	}
	begun := time.Date(year, 1, 1+7*(week-1), 0, 0, 0, 0, time.UTC)
	from, to := taken(w)
	return !begun.Add(crawl).Before(from) && (to.IsZero() || !begun.After(to))
}

func crawlQuery(api, pattern, key, value string) string {
	q := url.Values{"url": {pattern}, "output": {"json"}, "filter": {"=status:200", "=mime:text/html"}, key: {value}}
	return api + "?" + q.Encode()
}

// captures yields what an index has of a host, page by page. Pages are cut before they are
// filtered: one without captures is not the last.
func (c commonCrawl) captures(ctx context.Context, g Getter, api, host string) iter.Seq2[Snapshot, error] {
	return func(yield func(Snapshot, error) bool) {
		pages, err := c.pages(ctx, g, api, host)
		for page := 0; page < pages && err == nil; page++ {
			var rows []Snapshot
			rows, err = c.rows(ctx, g, crawlQuery(api, host+"/*", "page", strconv.Itoa(page)))
			for _, s := range rows {
				if !yield(s, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(Snapshot{}, err)
		}
	}
}

// pages asks an index how many pages it has of a host.
func (c commonCrawl) pages(ctx context.Context, g Getter, api, host string) (int, error) {
	resp, err := c.ask(ctx, g, crawlQuery(api, host+"/*", "showNumPages", "true"))
	if resp == nil {
		return 0, err
	}
	var said struct{ Pages *int }
	if err := decodeJSON(resp.Body, &said); err != nil {
		return 0, fmt.Errorf("index of %s: %w", c.Name(), err)
	}
	if said.Pages == nil || *said.Pages > maxIndexPages {
		return 0, fmt.Errorf("index of %s: %.80q is no number of pages: %w", c.Name(), resp.Body, ErrChanged)
	}
	return *said.Pages, nil
}

// ask asks an index; no response and no error where it has no captures.
func (c commonCrawl) ask(ctx context.Context, g Getter, address string) (*fetch.Response, error) {
	resp, err := g.Get(ctx, c.request(address))
	if status, ok := errors.AsType[*fetch.StatusError](err); ok && status.Status == http.StatusNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("index of %s: %w", c.Name(), notTheSite(err))
	}
	return resp, nil
}

// A crawlRow is one line of an index.
type crawlRow struct {
	Timestamp, URL, Status, Filename, Offset, Length string
}

// rows reads one page of an index: a JSON object a line.
func (c commonCrawl) rows(ctx context.Context, g Getter, address string) (found []Snapshot, err error) {
	resp, err := c.ask(ctx, g, address)
	if resp == nil {
		return nil, err
	}
	lines := bufio.NewScanner(bytes.NewReader(resp.Body))
	lines.Buffer(nil, len(resp.Body)+1)
	for lines.Scan() {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var r crawlRow
		err := json.Unmarshal(lines.Bytes(), &r)
		t, err2 := time.Parse(stamp, r.Timestamp)
		if err := errors.Join(err, err2); err != nil {
			return nil, fmt.Errorf("index of %s: %.80q: %w: %w", c.Name(), lines.Text(), err, ErrChanged)
		}
		found = append(found, Snapshot{URL: r.URL, Place: strings.Join([]string{r.Filename, r.Offset, r.Length}, " "), Time: t})
	}
	return found, lines.Err()
}
