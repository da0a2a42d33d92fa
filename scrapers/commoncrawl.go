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
	"strconv"
	"strings"
	"sync"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
	"vigie/scrapers/warc"
)

const (
	crawlIndex = "https://index.commoncrawl.org"
	crawlData  = "https://data.commoncrawl.org"
)

// commonCrawl is the Common Crawl: an index for each crawl of the web, and WARC files of
// which one record at a time is asked for.
type commonCrawl struct {
	index, data string
	delay       time.Duration
	lists       *sync.Map // the indexes of a window, once they are known; nil: asked for each time
}

func (commonCrawl) Name() string { return "commoncrawl.org" }

// Politeness: the newest few indexes alone are asked, and each for so many pages.
const (
	maxIndexes    = 3
	maxIndexPages = 1000
)

// errNoMore is the end of an index's pages.
var errNoMore = errors.New("no more pages")

func (c commonCrawl) Snapshots(ctx context.Context, g Getter, host string, w vigie.Window) iter.Seq2[Snapshot, error] {
	return func(yield func(Snapshot, error) bool) {
		indexes, err := c.indexes(ctx, g, w)
		if err != nil {
			yield(Snapshot{}, err)
			return
		}
		for _, api := range indexes {
			for page := range maxIndexPages {
				rows, err := c.rows(ctx, g, crawlQuery(api, host+"/*", page))
				if errors.Is(err, errNoMore) {
					break
				}
				if err != nil {
					yield(Snapshot{}, err)
					return
				}
				for _, s := range rows {
					if takenIn(w, s.Time) && !yield(s, nil) {
						return
					}
				}
			}
		}
	}
}

// indexes returns the addresses of those that may hold pages of the window: the newest
// of the years that archives had for it, or of all after it where there is none.
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

func (c commonCrawl) askIndexes(ctx context.Context, g Getter, w vigie.Window) ([]string, error) {
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
	var near, after []string
	for _, i := range list { // newest first
		week, ok := crawlWeek(i.ID)
		if from, _ := taken(w); i.API == "" || ok && week.AddDate(0, 0, 14).Before(from) {
			continue
		}
		if hostOf(i.API) != hostOf(c.index) {
			return nil, fmt.Errorf("indexes of %s: %s is on another host: %w", c.Name(), i.API, ErrChanged)
		}
		after = append(after, i.API)
		if ok && takenIn(w, week) {
			near = append(near, i.API)
		}
	}
	if len(near) == 0 {
		near = after
	}
	return near[:min(len(near), maxIndexes)], nil
}

// crawlWeek reads the week off an index's name: CC-MAIN-2026-25.
func crawlWeek(id string) (time.Time, bool) {
	var year, week int
	if _, err := fmt.Sscanf(id, "CC-MAIN-%4d-%2d", &year, &week); err != nil {
		return time.Time{}, false
	}
	return time.Date(year, 1, 1+7*(week-1), 0, 0, 0, 0, time.UTC), true
}

func crawlQuery(api, pattern string, page int) string {
	q := url.Values{"url": {pattern}, "output": {"json"}, "filter": {"=status:200", "=mime:text/html"}}
	if page > 0 {
		q.Set("page", strconv.Itoa(page))
	}
	return api + "?" + q.Encode()
}

// A crawlRow is one line of an index.
type crawlRow struct {
	Timestamp, URL, Status, Filename, Offset, Length string
}

// rows reads one page of an index: a JSON object a line. 404 means no captures, 400 a
// page past the last.
func (c commonCrawl) rows(ctx context.Context, g Getter, address string) (found []Snapshot, err error) {
	resp, err := g.Get(ctx, c.request(address))
	status, refused := errors.AsType[*fetch.StatusError](err)
	if refused && (status.Status == http.StatusNotFound || status.Status == http.StatusBadRequest) {
		return nil, errNoMore
	}
	if err != nil {
		return nil, fmt.Errorf("index of %s: %w", c.Name(), notTheSite(err))
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
	if len(found) == 0 {
		return nil, errNoMore
	}
	return found, lines.Err()
}

func (c commonCrawl) request(address string) fetch.Request {
	return fetch.Request{URL: address, Platform: c.Name(), Delay: c.delay, Hosts: []string{hostOf(c.index), hostOf(c.data)}}
}

// Fetch asks for the one record, which is a file of its own within the WARC file.
func (c commonCrawl) Fetch(ctx context.Context, g Getter, s Snapshot, w vigie.Window) (*fetch.Response, error) {
	if s.Place == "" {
		var err error
		if s, err = c.find(ctx, g, s.URL, w); err != nil {
			return nil, err
		}
	}
	file, first, last, err := cutPlace(s.Place)
	if err != nil {
		return nil, err
	}
	req := c.request(c.data + "/" + file)
	req.Range = fmt.Sprintf("bytes=%d-%d", first, last)
	resp, err := g.Get(ctx, req)
	if err != nil {
		return nil, err
	}
	for rec, err := range warc.NewReader(bytes.NewReader(resp.Body)).Records() {
		if err != nil {
			return nil, err
		}
		if rec.Type == warc.TypeResponse && samePage(rec.URL, s.URL) {
			return recorded(rec, s.URL, c.Name())
		}
	}
	return nil, fmt.Errorf("%s at %d holds no record of %s: %w", file, first, s.URL, vigie.ErrNotFound)
}

// find asks the indexes for one page.
func (c commonCrawl) find(ctx context.Context, g Getter, address string, w vigie.Window) (Snapshot, error) {
	indexes, err := c.indexes(ctx, g, w)
	if err != nil {
		return Snapshot{}, err
	}
	for _, api := range indexes {
		rows, err := c.rows(ctx, g, crawlQuery(api, address, 0))
		if err != nil && !errors.Is(err, errNoMore) {
			return Snapshot{}, err
		}
		for _, s := range rows {
			if takenIn(w, s.Time) {
				return s, nil
			}
		}
	}
	return Snapshot{}, fmt.Errorf("not in the last indexes: %w", vigie.ErrNotFound)
}

func cutPlace(place string) (file string, first, last int64, err error) {
	var offset, length int64
	if _, err := fmt.Sscanf(place, "%s %d %d", &file, &offset, &length); err != nil || length <= 0 || offset < 0 {
		return "", 0, 0, fmt.Errorf("index: %q is no place in a file: %w", place, ErrChanged)
	}
	return file, offset, offset + length - 1, nil
}
