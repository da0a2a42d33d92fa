package scrapers

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"vigie"
	"vigie/scrapers/fetch"
)

// Record gives the source a night on the live web and takes down a fixture of it: what
// discovery asked for, and the first pages that it led to. The pages past maxPages are
// not asked for, and count as failed in the fixture as they will when it is run.
func Record(ctx context.Context, g Getter, s vigie.Source, now time.Time, maxPages int) (Fixture, error) {
	r := &recording{next: g, left: maxPages}
	c := Collector{Client: r, Archive: new(scratch)}
	c.Collect(ctx, s, vigie.Window{})
	if err := ctx.Err(); err != nil {
		return Fixture{}, err
	}
	f := Fixture{Clock: now.UTC().Truncate(time.Second), Web: r.web.String()}
	if f.Web == "" {
		return Fixture{}, fmt.Errorf("record %s: nothing answered: %w", s.ID, cmp.Or(r.failed, errNotAsked))
	}
	run, err := f.Run(ctx, s)
	f.Want = run
	return f, err
}

// A recording is a [Getter] that writes down what it hands on.
type recording struct {
	next Getter
	left int // pages

	mu     sync.Mutex
	web    strings.Builder
	failed error // the first failure
}

var (
	errRecorded = errors.New("enough pages are recorded")
	errNotAsked = errors.New("its file names nothing to ask for")
)

func (r *recording) Get(ctx context.Context, q fetch.Request) (*fetch.Response, error) {
	if q.Accept == pageTypes {
		if r.left--; r.left < 0 {
			return nil, fmt.Errorf("get %s: %w: %w", q.URL, errRecorded, vigie.ErrNotFound)
		}
	}
	resp, err := r.next.Get(ctx, q)
	r.note(q.URL, resp, err)
	return resp, err
}

func (r *recording) Walk(ctx context.Context, first fetch.Request, visit func(*fetch.Response) ([]string, error)) error {
	answered := false
	err := r.next.Walk(ctx, first, func(resp *fetch.Response) ([]string, error) {
		answered = true
		r.note(resp.Capture.URL, resp, nil)
		return visit(resp)
	})
	if !answered {
		r.note(first.URL, nil, err)
	}
	return err
}

// note writes down one answer; a redirect is told as one.
func (r *recording) note(asked string, resp *fetch.Response, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failed = cmp.Or(r.failed, err)
	if status, ok := errors.AsType[*fetch.StatusError](err); ok {
		fmt.Fprintf(&r.web, "-- %s --\n%d\n\n", asked, status.Status)
	}
	if err != nil || resp == nil {
		return
	}
	c := resp.Capture
	if c.FinalURL != asked {
		fmt.Fprintf(&r.web, "-- %s --\n302\nLocation: %s\n\n", asked, c.FinalURL)
	}
	fmt.Fprintf(&r.web, "-- %s --\n%d\n", c.FinalURL, c.Status)
	for _, key := range []string{"Content-Type", "Etag", "Last-Modified", "X-Wp-Totalpages"} {
		if v := http.Header(c.Header).Get(key); v != "" {
			fmt.Fprintf(&r.web, "%s: %s\n", key, v)
		}
	}
	r.web.WriteString(recordedBody(resp.Body))
}

// recordedBody is a body as txtar can hold it.
func recordedBody(body []byte) string {
	text := string(body)
	if utf8.Valid(body) && !strings.Contains("\n"+text, "\n-- ") {
		return "\n" + strings.TrimSuffix(text, "\n") + "\n"
	}
	return "Fixture-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(body) + "\n"
}
