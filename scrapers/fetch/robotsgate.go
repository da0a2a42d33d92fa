package fetch

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"vigie"
)

const (
	maxRobotsRedirects = 5
	maxCrawlDelay      = 60 * time.Second
	maxRobotsSites     = 256 // remembered at a time
)

const robotsFile = "/robots.txt"

// A robotsGate asks robots.txt of each site before its first page, and lets
// through what it allows. A site whose robots.txt cannot be had is closed; one
// that has none is open. Of pages that are to be mined it also asks whether their site
// reserves that.
type robotsGate struct {
	next  http.RoundTripper
	token string
	now   func() time.Time
	kept  SiteFiles // nil: this process alone remembers
	tolls *tolls

	mu    sync.Mutex
	sites map[string]*robotsSite // by scheme and host
	most  int                    // of them are remembered at a time
}

type robotsSite struct {
	mu     sync.Mutex // held while one of its files is asked for: one asks, the others wait
	rules  robots
	had    time.Time // when the site said so
	closed error     // why it could not be had
	until  time.Time

	terms      []tdmRule
	termsUntil time.Time
}

// A ClosedError is a site whose robots.txt cannot be had: none of its pages is asked for.
type ClosedError struct {
	Host string
	Err  error // why
}

func (e *ClosedError) Error() string {
	return fmt.Sprintf("robots.txt of %s, without which nothing is asked: %v", e.Host, e.Err)
}

// Unwrap returns why.
func (e *ClosedError) Unwrap() error { return e.Err }

// Is makes it an [ErrUnasked].
func (e *ClosedError) Is(target error) bool { return target == ErrUnasked }

func newRobotsGate(next http.RoundTripper, token string, now func() time.Time, tolls *tolls) *robotsGate {
	return &robotsGate{next: next, token: token, now: now, tolls: tolls, sites: map[string]*robotsSite{}, most: maxRobotsSites}
}

func (g *robotsGate) RoundTrip(req *http.Request) (*http.Response, error) {
	rules, err := g.rules(req)
	if err != nil {
		return nil, &ClosedError{req.URL.Host, err}
	}
	if !rules.allows(req.URL) {
		g.tolls.count(vigie.Toll{Source: exchangeOf(req).Source, Site: siteOf(req.URL.Host), Forbidden: 1})
		return nil, &forbiddenError{req.URL}
	}
	x := exchangeOf(req)
	x.crawlDelay, x.reserved, x.terms = rules.delay, rules.reserved, reservation{}
	if x.Mine {
		if x.terms, err = g.termsFor(req, rules); err != nil {
			return nil, err
		}
	}
	return g.next.RoundTrip(req)
}

// A forbiddenError is a page that the robots.txt of its site forbids.
type forbiddenError struct{ page *url.URL }

func (e *forbiddenError) Error() string {
	return fmt.Sprintf("robots.txt of %s disallows %s: %v", e.page.Host, e.page.RequestURI(), vigie.ErrBlocked)
}

// Is makes it an [ErrForbidden], and so an [ErrUnasked] and a [vigie.ErrBlocked].
func (*forbiddenError) Is(target error) bool {
	return target == ErrForbidden || target == ErrUnasked || target == vigie.ErrBlocked
}

func siteName(u *url.URL) string { return u.Scheme + "://" + u.Host }

// rules returns what the site's robots.txt says, or why it cannot be known.
func (g *robotsGate) rules(req *http.Request) (robots, error) {
	name := siteName(req.URL)
	s := g.site(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if g.now().Before(s.until) {
		return s.rules, s.closed
	}
	f, err := g.siteFile(req, name, robotsFile)
	if ctxErr := req.Context().Err(); ctxErr != nil {
		return robots{}, ctxErr
	}
	switch {
	case err == nil:
		s.rules, s.had, s.closed = parseRobots(f.Body, g.token), f.Time, nil
	case errors.Is(err, errBook):
		return robots{}, err
	case s.had.IsZero() || g.now().Sub(s.had) > siteFileGrace:
		s.rules, s.closed = robots{}, err
	}
	s.until = g.askAgain(f)
	return s.rules, s.closed
}

// termsFor returns what the site says of mining the page. A site that cannot say says
// nothing, and is asked again a while later. The error is the book's or the context's.
func (g *robotsGate) termsFor(req *http.Request, rules robots) (reservation, error) {
	if !rules.allows(&url.URL{Path: tdmFile}) {
		return reservation{}, nil
	}
	name := siteName(req.URL)
	s := g.site(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !g.now().Before(s.termsUntil) {
		f, err := g.siteFile(req, name, tdmFile)
		if ctxErr := req.Context().Err(); ctxErr != nil || errors.Is(err, errBook) {
			return reservation{}, cmp.Or(ctxErr, err)
		}
		s.terms, s.termsUntil = parseTDM(f.Body), g.askAgain(f)
	}
	return termsOf(s.terms, req.URL), nil
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
