package fetch

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"vigie"
)

// A Book keeps what all processes that ask the web in our name share, and what the next
// night must know of this one; *store.Store is one.
type Book interface {
	Clock
	Standings
	Ledger
	Spending
	SiteFiles
}

// A Clock gives each platform's turns, one at a time, over all processes.
type Clock interface {
	// Take reserves the platform until a moment, where it is nobody's at now: free then is
	// not after now. Else free is when to ask again.
	Take(ctx context.Context, platform string, now, until time.Time) (free time.Time, err error)
	// Free gives the turn back: nobody gets it before next.
	Free(ctx context.Context, platform string, next time.Time) error
}

// Standings remember how platforms bear us. An unknown one has the zero value.
type Standings interface {
	Standing(ctx context.Context, platform string) (vigie.Standing, error)
	PutStanding(ctx context.Context, platform string, s vigie.Standing) error
}

// A Ledger adds up what sites were made to bear.
type Ledger interface {
	AddTolls(context.Context, []vigie.Toll) error
}

// platforms are those that were asked of late. What is known of one is forgotten once
// nobody uses it and nothing hangs on it: ten thousand hosts in a row cost no memory.
type platforms struct {
	mu    sync.Mutex
	known map[string]*platform
	most  int // that nobody uses are kept
}

// A platform is what the layers know of one.
type platform struct {
	name  string
	users int           // requests under way; guarded by platforms.mu
	taken chan struct{} // holds one while a request is under way
	ended time.Time     // the last request; guarded by taken, like delay
	delay time.Duration // that is due after it, or that it asked for

	mu       sync.Mutex
	retries  float64 // it may still be asked for
	day      vigie.Date
	asked    int // times on that day, of those that the budget allows
	standing vigie.Standing
	read     time.Time // the standing, from the book
	unkept   bool      // the book has not got the standing yet
}

const maxIdlePlatforms = 256

// use returns the platform of that name, and what to call once done with it.
func (ps *platforms) use(name string) (*platform, func()) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p, ok := ps.known[name]
	if !ok {
		if len(ps.known) >= ps.most {
			ps.forget(time.Now())
		}
		p = &platform{name: name, taken: make(chan struct{}, 1), retries: maxRetries}
		ps.known[name] = p
	}
	p.users++
	return p, func() {
		ps.mu.Lock()
		defer ps.mu.Unlock()
		p.users--
	}
}

// forget drops the platforms that may be met again as if for the first time.
func (ps *platforms) forget(now time.Time) {
	for name, p := range ps.known {
		if p.users == 0 && !now.Before(p.ended.Add(p.delay)) && p.forgettable() {
			delete(ps.known, name)
		}
	}
}

// forgettable reports whether nothing is known of a platform that the book does not know.
func (p *platform) forgettable() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	inBook := !p.read.IsZero() && !p.unkept
	return inBook || p.standing == vigie.Standing{}
}

// unkept returns the platforms whose standing the book has not got.
func (ps *platforms) unkept() []*platform {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	var all []*platform
	for _, p := range ps.known {
		p.mu.Lock()
		if p.unkept {
			all = append(all, p)
		}
		p.mu.Unlock()
	}
	return all
}

// platform names who bears the load of a hop: the request's platform on its own hosts,
// elsewhere the host.
func (x *exchange) platform(u *url.URL) string {
	if x.Platform != "" && x.own(u) {
		return x.Platform
	}
	return siteOf(u.Host)
}

// own reports whether a hop stays on the request's hosts.
func (x *exchange) own(u *url.URL) bool {
	first, err := url.Parse(x.URL)
	return err == nil && SameHost(first.Host, u.Host) ||
		slices.ContainsFunc(x.Hosts, func(h string) bool { return SameHost(h, u.Host) })
}

// usePlatform returns the platform that a request bears on.
func (ps *platforms) usePlatform(req *http.Request) (*platform, func()) {
	return ps.use(exchangeOf(req).platform(req.URL))
}
