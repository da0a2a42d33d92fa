package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"vigie"
)

const (
	robotsTTL          = 24 * time.Hour   // RFC 9309: no longer than a day
	robotsRetry        = 10 * time.Minute // after a robots.txt that could not be had
	maxRobotsRedirects = 5
	maxCrawlDelay      = 60 * time.Second
	maxRobotsSites     = 256 // remembered at a time
)

// A robotsGate asks robots.txt of each site before its first page, and lets
// through what it allows. A site whose robots.txt cannot be had is closed; one
// that has none is open.
type robotsGate struct {
	next  http.RoundTripper
	token string
	now   func() time.Time

	mu    sync.Mutex
	sites map[string]*robotsSite // by scheme and host
	most  int                    // of them are remembered at a time
}

type robotsSite struct {
	mu     sync.Mutex // held while robots.txt is asked for: one asks, the others wait
	rules  robots
	closed error // why it could not be had
	until  time.Time
}

func newRobotsGate(next http.RoundTripper, token string, now func() time.Time) *robotsGate {
	return &robotsGate{next: next, token: token, now: now, sites: map[string]*robotsSite{}, most: maxRobotsSites}
}

func (g *robotsGate) RoundTrip(req *http.Request) (*http.Response, error) {
	rules, err := g.rules(req)
	if err != nil {
		return nil, fmt.Errorf("robots.txt of %s, without which nothing is asked: %w", req.URL.Host, err)
	}
	if !rules.allows(req.URL) {
		return nil, fmt.Errorf("robots.txt of %s disallows %s: %w", req.URL.Host, req.URL.RequestURI(), vigie.ErrBlocked)
	}
	x := exchangeOf(req)
	x.crawlDelay, x.reserved = rules.delay, rules.reserved
	return g.next.RoundTrip(req)
}

// rules returns what the site's robots.txt says, or why it cannot be known.
func (g *robotsGate) rules(req *http.Request) (robots, error) {
	s := g.site(req.URL.Scheme + "://" + req.URL.Host)
	s.mu.Lock()
	defer s.mu.Unlock()
	if g.now().Before(s.until) {
		return s.rules, s.closed
	}
	rules, err := g.ask(req)
	if ctxErr := req.Context().Err(); ctxErr != nil {
		return robots{}, ctxErr
	}
	ttl := robotsTTL
	if err != nil {
		ttl = robotsRetry
	}
	s.rules, s.closed, s.until = rules, err, g.now().Add(ttl)
	return rules, err
}

// site returns the entry of a site, and forgets others, so that the map does not grow.
func (g *robotsGate) site(origin string) *robotsSite {
	g.mu.Lock()
	defer g.mu.Unlock()
	if s, ok := g.sites[origin]; ok {
		return s
	}
	g.forget()
	s := &robotsSite{}
	g.sites[origin] = s
	return s
}

// forget drops the sites whose day has passed, and where that is not enough the one whose
// day passes first. One that is being asked stays.
func (g *robotsGate) forget() {
	now, oldest, until := g.now(), "", time.Time{}
	for o, s := range g.sites {
		if !s.mu.TryLock() {
			continue
		}
		switch {
		case s.until.IsZero():
		case now.After(s.until):
			delete(g.sites, o)
		case oldest == "" || s.until.Before(until):
			oldest, until = o, s.until
		}
		s.mu.Unlock()
	}
	if len(g.sites) >= g.most {
		delete(g.sites, oldest)
	}
}

// ask fetches robots.txt, an error meaning that the site could not say.
func (g *robotsGate) ask(page *http.Request) (robots, error) {
	x := exchangeOf(page)
	u := &url.URL{Scheme: page.URL.Scheme, Host: page.URL.Host, Path: "/robots.txt"}
	asking := &exchange{
		Request: Request{URL: u.String(), Source: x.Source, Delay: x.Delay}, robots: true, prefix: maxRobots,
	}
	if x.own(page.URL) {
		asking.Platform = x.Platform
	}
	ctx := withExchange(page.Context(), asking)
	for range maxRobotsRedirects + 1 {
		resp, next, err := g.askOnce(ctx, u)
		switch {
		case err != nil:
			return robots{}, err
		case next != nil:
			u = next
		case resp.StatusCode == http.StatusOK:
			return parseRobots(recorded(resp), g.token), nil
		case resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500:
			return robots{}, &StatusError{Status: resp.StatusCode}
		default: // 4xx, and what else is no file: there is none
			return robots{}, nil
		}
	}
	return robots{}, nil // the RFC: beyond five redirects it may count as missing
}

func (g *robotsGate) askOnce(ctx context.Context, u *url.URL) (resp *http.Response, next *url.URL, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, err
	}
	resp, err = scheme{g.next}.RoundTrip(req)
	if err != nil || resp.StatusCode < 300 || resp.StatusCode >= 400 {
		return resp, nil, err
	}
	next, err = resp.Location()
	if errors.Is(err, http.ErrNoLocation) {
		return resp, nil, nil
	}
	return resp, next, err
}
