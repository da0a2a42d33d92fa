package scrapers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// A notebook is a [Getter] that asks for each list once in a backfill, however often that
// is killed: what was answered is noted before it is used.
type notebook struct {
	next     Getter
	frontier Frontier
	now      func() time.Time
	trail    *trail
	noted    func() // a list has been asked for, and will not be again
}

// A trail is how far the reading of lists has come in this start.
type trail struct {
	list  string // asked for last
	heard bool   // one was answered now, and not from memory
}

// noteLife is how long a list is taken for what it was, and so for all that was found by lists.
const noteLife = 7 * 24 * time.Hour

// lost marks the notes of lists that are not there: [Frontier] drops these when a
// backfill could not find all, so that it asks again.
const lost = "! "

func (n notebook) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	n.trail.list = r.URL
	c, body, err := n.frontier.Recall(ctx, r.URL)
	if err == nil && n.holds(c) {
		return &fetch.Response{Capture: c, Body: body}, nil
	}
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return nil, err
	}
	if c, _, err := n.frontier.Recall(ctx, lost+r.URL); err == nil && n.holds(c) {
		return nil, fmt.Errorf("get %s: %w", r.URL, &fetch.StatusError{Status: c.Status})
	}
	if err := n.givenUp(ctx, r.URL); err != nil {
		return nil, err
	}
	resp, err := n.next.Get(ctx, r)
	status, answered := errors.AsType[*fetch.StatusError](err)
	n.trail.heard = n.trail.heard || err == nil || answered
	switch {
	case err == nil:
		if err := n.frontier.Note(ctx, r.URL, resp.Capture, resp.Body); err != nil {
			return nil, err
		}
		n.noted()
	case answered && slices.Contains([]int{http.StatusBadRequest, http.StatusNotFound, http.StatusGone}, status.Status):
		if err := n.frontier.Note(ctx, lost+r.URL, vigie.Capture{URL: r.URL, Status: status.Status, Time: n.now()}, nil); err != nil {
			return nil, err
		}
		n.noted()
	}
	return resp, err
}

func (n notebook) holds(c vigie.Capture) bool { return n.now().Sub(c.Time) < noteLife }

func (n notebook) Walk(ctx context.Context, first fetch.Request, visit func(*fetch.Response) ([]string, error)) error {
	return walk(ctx, n, first, visit)
}

// walk is [fetch.Client.Walk] by single requests, each of which g may answer from memory. How
// far it goes is the visitor's to say.
func walk(ctx context.Context, g Getter, r fetch.Request, visit func(*fetch.Response) ([]string, error)) error {
	queue, seen := []string{r.URL}, map[string]bool{}
	for len(queue) > 0 {
		r.URL, queue = queue[0], queue[1:]
		name, err := vigie.CanonicalURL(r.URL)
		if err != nil || seen[name] {
			continue
		}
		seen[name] = true
		resp, err := g.Get(ctx, r)
		if err != nil {
			return err
		}
		base, err := finalURL(resp)
		if err != nil {
			return err
		}
		if len(r.Hosts) == 0 { // the first page may have moved; the others stay with it
			r.Hosts = []string{base.Host}
		}
		next, err := visit(resp)
		if err != nil {
			return err
		}
		queue = append(queue, onHosts(base, next, r.Hosts)...)
	}
	return nil
}

// onHosts resolves addresses found at base, and leaves out those on other hosts.
func onHosts(base *url.URL, addresses, hosts []string) (kept []string) {
	for _, a := range addresses {
		u, err := base.Parse(a)
		if err == nil && slices.ContainsFunc(hosts, func(h string) bool { return fetch.SameHost(h, u.Host) }) {
			kept = append(kept, u.String())
		}
	}
	return kept
}

// A meter books requests on their source.
type meter struct {
	Getter
	source string
}

func (m meter) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	r.Source = m.source
	return m.Getter.Get(ctx, r)
}

// Reserves passes the question on.
func (m meter) Reserves(ctx context.Context, r fetch.Request) (string, error) {
	site, ok := m.Getter.(reserver)
	if !ok {
		return "", nil
	}
	r.Source = m.source
	return site.Reserves(ctx, r)
}
