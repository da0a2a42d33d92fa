package scrapers

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

const waybackBase = "https://web.archive.org"

// wayback is the Internet Archive's Wayback Machine: its CDX index says what there is,
// its replay gives the bytes as they were sent.
type wayback struct {
	base  string
	delay time.Duration
}

func (wayback) Name() string { return "web.archive.org" }

// firstYear is when the archive began: the nearest to it is the oldest.
const firstYear = "1996"

// cdxLimit is how many rows an answer of the index may have; the next ones come by key.
const cdxLimit = 5000

func (w wayback) Snapshots(ctx context.Context, g Getter, host string, win vigie.Window) iter.Seq2[Snapshot, error] {
	return func(yield func(Snapshot, error) bool) {
		query := w.query(host, win)
		asked := map[string]bool{}
		for key := ""; !asked[key]; {
			asked[key] = true
			address := query
			if key != "" {
				address += "&resumeKey=" + key // it comes escaped, and goes back so
			}
			rows, next, err := w.rows(ctx, g, address)
			if err != nil {
				yield(Snapshot{}, err)
				return
			}
			for _, s := range rows {
				if !yield(s, nil) {
					return
				}
			}
			if key = next; key == "" {
				return
			}
		}
		yield(Snapshot{}, fmt.Errorf("index of %s: gives the same key again", w.Name()))
	}
}

// query asks for the oldest good capture of each page of a host: rows come sorted by
// page and time, and the index folds neighbours.
func (w wayback) query(host string, win vigie.Window) string {
	q := url.Values{
		"url": {host}, "matchType": {"host"}, "output": {"json"}, "fl": {"timestamp,original,mimetype,statuscode"},
		"filter": {"statuscode:200", "mimetype:(text/html|application/(xhtml.xml|pdf))"}, "collapse": {"urlkey"},
		"limit": {strconv.Itoa(cdxLimit)}, "showResumeKey": {"true"},
	}
	from, to := taken(win)
	for name, t := range map[string]time.Time{"from": from, "to": to} {
		if !t.IsZero() {
			q.Set(name, t.Format(stamp))
		}
	}
	return w.base + "/cdx/search/cdx?" + q.Encode()
}

// rows reads one answer of the index: rows of texts, the first with the names of the
// fields; after an empty one, where there is more, the key to go on with. No captures at
// all are "[]" or nothing.
func (w wayback) rows(ctx context.Context, g Getter, address string) (found []Snapshot, key string, err error) {
	resp, err := g.Get(ctx, w.request(address))
	if errors.Is(err, fetch.ErrEmpty) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("index of %s: %w", w.Name(), notTheSite(err))
	}
	var rows [][]string
	if err := decodeJSON(resp.Body, &rows); err != nil {
		return nil, "", fmt.Errorf("index of %s: %w", w.Name(), err)
	}
	if len(rows) == 0 {
		return nil, "", nil
	}
	at, original := slices.Index(rows[0], "timestamp"), slices.Index(rows[0], "original")
	if at < 0 || original < 0 {
		return nil, "", fmt.Errorf("index of %s: fields %q: %w", w.Name(), rows[0], ErrChanged)
	}
	for i, row := range rows[1:] {
		if len(row) == 0 {
			if rest := rows[i+2:]; len(rest) == 1 && len(rest[0]) == 1 {
				key = rest[0][0]
			}
			break
		}
		if len(row) != len(rows[0]) {
			return nil, "", fmt.Errorf("index of %s: row %q: %w", w.Name(), row, ErrChanged)
		}
		t, err := time.Parse(stamp, row[at])
		if err != nil {
			return nil, "", fmt.Errorf("index of %s: %w: %w", w.Name(), err, ErrChanged)
		}
		found = append(found, Snapshot{URL: row[original], Place: row[at], Time: t})
	}
	return found, key, nil
}

func (w wayback) request(address string) fetch.Request {
	return fetch.Request{URL: address, Platform: w.Name(), Delay: w.delay, Hosts: []string{hostOf(w.base)}}
}

// Fetch asks for the bytes as archived ("id_"). What is not archived at that moment is
// answered with a redirect to the nearest one, so the moment is read off the end of the way.
func (w wayback) Fetch(ctx context.Context, g Getter, s Snapshot, win vigie.Window) (*fetch.Response, error) {
	place := s.Place
	if place == "" {
		place = firstYear
		if from, _ := taken(win); !from.IsZero() {
			place = from.Format(stamp)
		}
	}
	resp, err := g.Get(ctx, w.request(w.replay(place, s.URL)))
	if err != nil {
		return nil, err
	}
	at, original, err := w.replayed(resp.Capture.FinalURL)
	if err != nil {
		return nil, err
	}
	got := resp.Capture
	got.URL, got.FinalURL, got.Via, got.Time = s.URL, original, w.Name(), at
	got.Header = originalHeader(got.Header)
	got.MediaType = http.Header(got.Header).Get("Content-Type")
	got.ETag, got.LastModified = "", "" // the archive's: the site would not know them
	got.Chain = w.chain(resp.Capture)
	got.OptOut = fetch.OptOut(got.Header, resp.Body)
	return &fetch.Response{Capture: got, Body: resp.Body}, nil
}

func (w wayback) replay(place, address string) string {
	return w.base + "/web/" + place + "id_/" + address
}

// replayed reads the moment and the site's address off one of a replay.
func (w wayback) replayed(address string) (time.Time, string, error) {
	rest, ok := strings.CutPrefix(address, w.base+"/web/")
	at, original, ok2 := strings.Cut(rest, "id_/")
	t, err := time.Parse(stamp, at)
	if !ok || !ok2 || err != nil {
		return t, "", fmt.Errorf("%s is no archived page: %w", address, vigie.ErrNotFound)
	}
	return t, original, nil
}

// chain returns the site's own redirects: those of the archive to another moment of the
// same page are left out.
func (w wayback) chain(c vigie.Capture) (hops []vigie.Hop) {
	for i, h := range c.Chain {
		next := c.FinalURL
		if i+1 < len(c.Chain) {
			next = c.Chain[i+1].URL
		}
		_, from, err := w.replayed(h.URL)
		_, to, err2 := w.replayed(next)
		if err == nil && err2 == nil && !samePage(from, to) {
			hops = append(hops, vigie.Hop{URL: from, Status: h.Status})
		}
	}
	return hops
}

// originalHeader returns the header that the site sent: the archive gives it back under
// a prefix. The content type is its own where the site gave none.
func originalHeader(h map[string][]string) map[string][]string {
	const prefix = "X-Archive-Orig-"
	original := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		if key, ok := strings.CutPrefix(http.CanonicalHeaderKey(name), prefix); ok {
			original[key] = h[name]
		}
	}
	if _, ok := original["Content-Type"]; !ok {
		if media := http.Header(h).Get("Content-Type"); media != "" {
			original["Content-Type"] = []string{media}
		}
	}
	return original
}
