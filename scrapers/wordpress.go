package scrapers

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// wordpress asks the REST API of a WordPress site for its posts, the newest first,
// those that hold the words of Search where it has any. URL is the site's home, or the
// address of the posts where the API lives elsewhere (/?rest_route=/wp/v2/posts). Where
// the API is closed the feed is asked the same.
type wordpress struct{}

const (
	maxWordPressPages    = 10 // of a hundred posts, on a night, where MaxPages does not say otherwise
	wordPressPerPage     = 100
	wordPressFields      = "link,date,modified_gmt,title,excerpt"
	wordPressPosts       = "wp/v2/posts" // below the API's root
	wordPressPostsRoute  = "wp-json/" + wordPressPosts
	wordPressWholeSecond = "2006-01-02T15:04:05"
)

type wordPressPost struct {
	Link     string            `json:"link"`
	Date     string            `json:"date"` // the site's own clock, without zone
	Modified string            `json:"modified_gmt"`
	Title    wordPressRendered `json:"title"`
	Excerpt  wordPressRendered `json:"excerpt"`
}

type wordPressRendered struct {
	Rendered string `json:"rendered"` // HTML
}

func (wordpress) Discover(ctx context.Context, g Getter, d vigie.Discovery, w vigie.Window) iter.Seq2[vigie.Link, error] {
	return func(yield func(vigie.Link, error) bool) {
		err := wordPressAsk(ctx, g, d, w, yield)
		if plain, ok := withoutPrettyAddresses(d, err); ok {
			if wordPressAsk(ctx, g, plain, w, yield) == nil {
				return
			}
		}
		if isClosed(err) {
			told := false
			fed := wordPressFeed(ctx, g, d, w, func(l vigie.Link, err error) bool { told = true; return yield(l, err) })
			if fed == nil || told { // where the feed has nothing either, it is the API that is missed
				err = fed
			}
		}
		if err != nil {
			yield(vigie.Link{}, err)
		}
	}
}

// wordPressAsk yields the posts that the API tells of, page after page: those of the
// window alone, for which it is asked.
func wordPressAsk(ctx context.Context, g Getter, d vigie.Discovery, w vigie.Window, yield func(vigie.Link, error) bool) error {
	most := reach(d, w, maxWordPressPages)
	for page, pages := 1, 1; page <= pages; page++ {
		if page > most {
			return short("wordpress "+d.URL, w, most)
		}
		links, total, err := wordPressPage(ctx, g, d, w, page)
		if err != nil {
			return err
		}
		for _, l := range links {
			if w.Holds(l.Published) && !yield(l, nil) {
				return nil
			}
		}
		pages = total
	}
	return nil
}

// isClosed reports an API that is not there for us: plug-ins close it with 401, 403 or
// 404, or put a page in its place.
func isClosed(err error) bool {
	return errors.Is(err, vigie.ErrBlocked) || errors.Is(err, vigie.ErrNotFound) || errors.Is(err, ErrChanged)
}

// withoutPrettyAddresses is the same question to a site that knows its pages by number
// only. A refusal is taken at its word.
func withoutPrettyAddresses(d vigie.Discovery, err error) (vigie.Discovery, bool) {
	u, parseErr := url.Parse(d.URL)
	if parseErr != nil || !isClosed(err) || errors.Is(err, vigie.ErrBlocked) || u.RawQuery != "" || strings.Contains(u.Path, "/wp/v2/") {
		return d, false
	}
	u.RawQuery = url.Values{"rest_route": {"/" + wordPressPosts}}.Encode()
	d.URL = u.String()
	return d, true
}

// maxWordPressFeeds of ten posts each, on a night, where MaxPages does not say otherwise.
const maxWordPressFeeds = 5

// wordPressFeed yields the posts that the feed tells of, ten a page; it answers to the
// same words as the API.
func wordPressFeed(ctx context.Context, g Getter, d vigie.Discovery, w vigie.Window, yield func(vigie.Link, error) bool) error {
	first, err := wordPressFeedAddress(d, 1)
	if err != nil {
		return err
	}
	walk := feedWalk{window: w, most: reach(d, w, maxWordPressFeeds), yield: yield}
	walk.next = func(page int, _ string) (string, error) { return wordPressFeedAddress(d, page) }
	return walk.from(ctx, g, first)
}

func wordPressFeedAddress(d vigie.Discovery, page int) (string, error) {
	u, err := url.Parse(d.URL)
	if err != nil {
		return "", fmt.Errorf("wordpress %q: %w", d.URL, err)
	}
	home, _, _ := strings.Cut(u.Path, "wp-json")
	u = &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(home, "/") + "/feed/"}
	q := url.Values{}
	if d.Search != "" {
		q.Set("s", d.Search)
	}
	if page > 1 {
		q.Set("paged", strconv.Itoa(page))
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// wordPressPage returns the posts of one page and how many pages there are.
func wordPressPage(ctx context.Context, g Getter, d vigie.Discovery, w vigie.Window, page int) (links []vigie.Link, total int, err error) {
	address, err := wordPressAddress(d, w, page)
	if err != nil {
		return nil, 0, err
	}
	resp, err := g.Get(ctx, fetch.Request{URL: address, Accept: apiTypes})
	if status, ok := errors.AsType[*fetch.StatusError](err); ok && status.Status == http.StatusBadRequest && page > 1 {
		return nil, 0, nil // a page past the end, where posts went away meanwhile
	}
	if err != nil {
		return nil, 0, err
	}
	base, err := finalURL(resp)
	if err != nil {
		return nil, 0, err
	}
	links, err = parseWordPress(resp.Body, base)
	if err != nil {
		return nil, 0, fmt.Errorf("wordpress %s: %w", base, err)
	}
	believe(links, resp.Capture)
	total, err = strconv.Atoi(http.Header(resp.Capture.Header).Get("X-Wp-Totalpages"))
	if err != nil { // a cache in between lost the header
		total = page
		if len(links) == wordPressPerPage {
			total++
		}
	}
	return links, total, nil
}

func wordPressAddress(d vigie.Discovery, w vigie.Window, page int) (string, error) {
	u, err := url.Parse(d.URL)
	if err != nil {
		return "", fmt.Errorf("wordpress %q: %w", d.URL, err)
	}
	q := u.Query()
	if !strings.Contains(u.Path, "/wp/v2/") && q.Get("rest_route") == "" {
		u = u.JoinPath(wordPressPostsRoute)
	}
	q.Set("per_page", strconv.Itoa(wordPressPerPage))
	q.Set("page", strconv.Itoa(page))
	q.Set("_fields", wordPressFields)
	if d.Search != "" {
		q.Set("search", d.Search)
		q.Set("orderby", "date") // a search orders by relevance unless told
	}
	if since := w.Since.First(); !since.IsZero() {
		q.Set("after", since.Add(-time.Second).Format(wordPressWholeSecond)) // after is exclusive
	}
	if until := w.Until.Last(); !until.IsZero() {
		q.Set("before", until.AddDate(0, 0, 1).Format(wordPressWholeSecond))
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

func parseWordPress(body []byte, base *url.URL) ([]vigie.Link, error) {
	var posts []wordPressPost
	if err := decodeJSON(body, &posts); err != nil {
		return nil, err
	}
	var links []vigie.Link
	for _, p := range posts {
		if address := resolve(base, p.Link); address != "" {
			links = append(links, vigie.Link{
				URL: address, Title: plain(p.Title.Rendered), Summary: plain(p.Excerpt.Rendered),
				Published: parseDay(p.Date), Modified: parseTime(p.Modified),
			})
		}
	}
	return links, nil
}
