package scrapers

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"vigie"
	"vigie/scrapers/fetch"
)

// A site is the [Getter] of one source: requests carry its platform and delay, and
// stay on its hosts. A page that the source's file names may have moved to another
// host; that one then counts as the source's too, until the run's end.
type site struct {
	next   Getter
	source vigie.Source
	hosts  []string

	answered bool             // at least once
	doors    map[string]error // places that refused a question, by address without its query
	moved    string           // where a page that the file names has gone
	shape    *shape           // of the page that was read last
}

func newSite(g Getter, s vigie.Source) *site {
	st := &site{next: g, source: s, hosts: slices.Clone(s.Hosts), doors: map[string]error{}}
	addresses := []string{s.Home}
	for _, d := range s.Discover {
		addresses = append(append(addresses, d.URL), d.URLs...)
	}
	for _, a := range addresses {
		if u, err := url.Parse(a); err == nil && u.Host != "" && !st.hasHost(u.Host) {
			st.hosts = append(st.hosts, u.Host)
		}
	}
	return st
}

func (s *site) hasHost(host string) bool {
	return slices.ContainsFunc(s.hosts, func(h string) bool { return fetch.SameHost(h, host) })
}

// has reports whether an address is on the source's hosts.
func (s *site) has(address string) bool {
	u, err := url.Parse(address)
	return err == nil && s.hasHost(u.Host)
}

// entry reports whether the source's file names the address as a place to discover from.
func (s *site) entry(address string) bool {
	return slices.ContainsFunc(s.source.Discover, func(d vigie.Discovery) bool { return d.URL == address })
}

// Get asks for a page of the source. A page without content is a [*PageError], which
// holds it. An API that has refused one question is not asked another.
func (s *site) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	r, err := s.prepare(r)
	if err != nil {
		return nil, err
	}
	door, _, question := strings.Cut(r.URL, "?")
	if refused := s.doors[door]; question && refused != nil {
		return nil, refused
	}
	resp, err := s.next.Get(ctx, r)
	if _, answered := errors.AsType[*fetch.StatusError](err); question && answered && errors.Is(err, vigie.ErrBlocked) {
		s.doors[door] = err
	}
	if err != nil {
		return nil, err
	}
	return resp, s.take(resp)
}

// Walk walks through pages of the source.
func (s *site) Walk(ctx context.Context, first fetch.Request, visit func(*fetch.Response) ([]string, error)) error {
	first, err := s.prepare(first)
	if err != nil {
		return err
	}
	return s.next.Walk(ctx, first, func(resp *fetch.Response) ([]string, error) {
		if err := s.take(resp); err != nil {
			return nil, err
		}
		return visit(resp)
	})
}

func (s *site) prepare(r fetch.Request) (fetch.Request, error) {
	if !s.has(r.URL) {
		return r, fmt.Errorf("%s: %w", r.URL, fetch.ErrElsewhere)
	}
	r.Source, r.Platform, r.Delay, r.TLS = s.source.ID, s.source.Platform, s.source.Delay, s.source.TLS
	if !s.entry(r.URL) {
		r.Hosts = s.hosts
	}
	return r, nil
}

// take judges an answer, and follows the source where it has moved.
func (s *site) take(resp *fetch.Response) error {
	s.answered = true
	if err := judgeShape(resp, s.source.Home, func() *shape { return s.shapeOf(resp.Body) }); err != nil {
		return err
	}
	s.follow(resp)
	return nil
}

// shapeOf reads a page's shape, once for all who look at it.
func (s *site) shapeOf(body []byte) *shape {
	if s.shape == nil || len(body) == 0 || len(s.shape.body) != len(body) || &s.shape.body[0] != &body[0] {
		s.shape = readShape(body)
	}
	return s.shape
}

func (s *site) follow(resp *fetch.Response) {
	if u, err := url.Parse(resp.Capture.FinalURL); err == nil && !s.hasHost(u.Host) {
		s.moved = u.Host
		s.hosts = append(s.hosts, u.Host)
	}
}
