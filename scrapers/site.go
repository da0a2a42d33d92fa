package scrapers

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"vigie"
	"vigie/scrapers/fetch"
)

// A site is the [Getter] of one source: requests carry its platform and delay, and
// stay on its hosts. A place to discover from may have moved to another host of the same
// domain; that one then counts as the source's too, until the run's end. Of one that leads
// to another domain nothing is read: whoever has a domain that was let go would speak in
// the source's name.
type site struct {
	next   Getter
	source vigie.Source
	hosts  []string
	home   string // canonical

	answered bool                          // at least once, whatever was asked for
	doors    map[string]*fetch.StatusError // of APIs that refused a question, by address without its query
	moves    []vigie.Move                  // to other hosts
	shape    *shape                        // of the page that was read last
}

func newSite(g Getter, s vigie.Source) *site {
	st := &site{next: g, source: s, hosts: slices.Clone(s.Hosts), home: canonicalOr(s.Home), doors: map[string]*fetch.StatusError{}}
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

// listen returns a context under which the site hears of whatever answers.
func (s *site) listen(ctx context.Context) context.Context {
	return fetch.OnAnswer(ctx, func() { s.answered = true })
}

// Get asks for a page of the source. A page without content is a [*PageError], which
// holds it. An API that has refused one question is not asked another.
func (s *site) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	r, err := s.prepare(r)
	if err != nil {
		return nil, err
	}
	door, asks := question(r)
	if refused := s.doors[door]; asks && refused != nil {
		return nil, fmt.Errorf("get %s: %w: another question to this API was refused: %w", r.URL, fetch.ErrUnasked, refused)
	}
	resp, err := s.next.Get(ctx, r)
	if status, ok := errors.AsType[*fetch.StatusError](err); ok && asks && errors.Is(err, vigie.ErrBlocked) {
		s.doors[door] = &fetch.StatusError{Status: status.Status, Note: status.Note} // what it showed is that question's
	}
	if err != nil {
		return nil, err
	}
	return resp, s.take(resp)
}

// apiTypes are what the questions to an API accept.
const apiTypes = "application/json"

// question reports a request that puts a question to an API, and where. An address of a page
// or a list may have a query too (spip.php?article12), and is refused for itself.
func question(r fetch.Request) (door string, asks bool) {
	door, _, asks = strings.Cut(r.URL, "?")
	return door, asks && r.Accept == apiTypes
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
	if err := judgeShape(resp, s.source.Home, func() *shape { return s.shapeOf(resp) }); err != nil {
		return err
	}
	return s.follow(resp)
}

// shapeOf reads a page's shape, once for all who look at it.
func (s *site) shapeOf(r *fetch.Response) *shape {
	if body := r.Body; s.shape == nil || len(body) == 0 || len(s.shape.body) != len(body) || &s.shape.body[0] != &body[0] {
		s.shape = readShape(r)
	}
	return s.shape
}

// ErrMoved is a place to discover from that leads to another domain.
var ErrMoved = errors.New("it leads to another domain")

func (s *site) follow(resp *fetch.Response) error {
	c := resp.Capture
	to, err := url.Parse(c.FinalURL)
	if err != nil || s.hasHost(to.Host) {
		return nil
	}
	s.moves = append(s.moves, vigie.Move{From: c.URL, To: c.FinalURL, Why: redirected(c)})
	if !slices.ContainsFunc(s.hosts, func(h string) bool { return sameDomain(h, to.Host) }) {
		return fmt.Errorf("get %s: moved to %s: %w", c.URL, c.FinalURL, ErrMoved)
	}
	s.hosts = append(s.hosts, to.Host)
	return nil
}

// redirected says by what answers an address led elsewhere.
func redirected(c vigie.Capture) string {
	var statuses []string
	for _, h := range c.Chain {
		statuses = append(statuses, fmt.Sprint(h.Status))
	}
	return "le site y renvoie lui-même (" + strings.Join(statuses, ", ") + ")"
}

// sameDomain reports whether two hosts are of one registered domain: one that nobody else
// can have. Of numbers and names without a domain none is.
func sameDomain(a, b string) bool {
	domain := func(host string) string {
		u, err := url.Parse("//" + host)
		if err != nil {
			return ""
		}
		d, _ := publicsuffix.EffectiveTLDPlusOne(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."))
		return d
	}
	d := domain(a)
	return d != "" && d == domain(b)
}

// fillsIn reports whether it is a backfill that asks.
func (s *site) fillsIn() bool {
	_, ok := s.next.(notebook)
	return ok
}
