package scrapers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
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

// commonCrawl is the Common Crawl: an index for each crawl of the web (crawlindex.go), and
// WARC files of which one record at a time is asked for.
type commonCrawl struct {
	index, data string
	delay       time.Duration
	lists       *sync.Map // the indexes of a window, once they are known; nil: asked for each time
}

func (commonCrawl) Name() string { return "commoncrawl.org" }

func (c commonCrawl) Snapshots(ctx context.Context, g Getter, host string, w vigie.Window) iter.Seq2[Snapshot, error] {
	return func(yield func(Snapshot, error) bool) {
		indexes, err := c.indexes(ctx, g, w)
		if err != nil {
			yield(Snapshot{}, err)
			return
		}
		for _, api := range indexes {
			for s, err := range c.captures(ctx, g, api, host) {
				if err == nil && !takenIn(w, s.Time) {
					continue
				}
				if !yield(s, err) || errors.Is(err, fetch.ErrUnasked) { // nor would the others be asked
					return
				}
			}
		}
	}
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

// maxUnnamed bounds how many indexes a page is looked for in whose years nobody names.
const maxUnnamed = 3

// find asks the indexes for one page.
func (c commonCrawl) find(ctx context.Context, g Getter, address string, w vigie.Window) (Snapshot, error) {
	indexes, err := c.indexes(ctx, g, w)
	if err != nil {
		return Snapshot{}, err
	}
	asked := indexes
	if w == (vigie.Window{}) {
		asked = indexes[max(0, len(indexes)-maxUnnamed):]
	}
	for _, api := range asked {
		rows, err := c.rows(ctx, g, crawlQuery(api, address, "page", "0"))
		if err != nil {
			return Snapshot{}, err
		}
		for _, s := range rows {
			if takenIn(w, s.Time) {
				return s, nil
			}
		}
	}
	if left := len(indexes) - len(asked); left > 0 {
		return Snapshot{}, fmt.Errorf("not in the last %d indexes, and the %d before them are asked of a window alone: %w", len(asked), left, vigie.ErrNotFound)
	}
	return Snapshot{}, fmt.Errorf("in none of %d indexes: %w", len(asked), vigie.ErrNotFound)
}

func cutPlace(place string) (file string, first, last int64, err error) {
	var offset, length int64
	if _, err := fmt.Sscanf(place, "%s %d %d", &file, &offset, &length); err != nil || length <= 0 || offset < 0 {
		return "", 0, 0, fmt.Errorf("index: %q is no place in a file: %w", place, ErrChanged)
	}
	return file, offset, offset + length - 1, nil
}
