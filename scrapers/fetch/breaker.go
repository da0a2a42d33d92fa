package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"syscall"
	"time"

	"vigie"
)

const (
	maxRefusals  = 3                  // in a row, and the platform is left alone
	firstRest    = 20 * time.Hour     // until the next night, should it begin a little earlier
	maxRest      = 7 * 24 * time.Hour // it is never given up
	standingLife = 10 * time.Second   // after which other processes are heard again
)

// ErrUnasked is a page that was not asked for: its platform rests, its site's robots.txt
// forbids it or cannot be had, we could not keep our own book. It says nothing of the page.
var ErrUnasked = errors.New("not asked for")

// ErrForbidden is an [ErrUnasked] of its own: the site's robots.txt forbids the page.
var ErrForbidden = errors.New("forbidden by robots.txt")

// An unasked error is an [ErrUnasked] in words of its own.
type unasked struct{ error }

func (u unasked) Unwrap() error { return u.error }

func (unasked) Is(target error) bool { return target == ErrUnasked }

// errBook is a book that cannot be kept: without it nobody knows what a site has borne.
var errBook error = unasked{errors.New("book of manners")}

// A RestingError is a platform that is left alone for a while: it refused us, or said
// when to come back.
type RestingError struct {
	Platform string
	Until    time.Time
	Why      string // the last refusal
	Spent    bool   // it was asked as often as it may be in one day
	refused  bool   // it refused, and it is not our network that was down
}

func (e *RestingError) Error() string {
	return fmt.Sprintf("%s is left alone until %s: %s", e.Platform, e.Until.UTC().Format("2006-01-02 15:04 MST"), e.Why)
}

// Is makes it an [ErrUnasked], and a [vigie.ErrBlocked] where the platform has refused.
func (e *RestingError) Is(target error) bool {
	return target == ErrUnasked || target == vigie.ErrBlocked && e.refused
}

// A breaker leaves a platform alone after its third refusal in a row: 403, 429, a
// challenge, a connection closed without an answer. It tries again after a rest, which
// doubles with each refusal that follows, up to a week. A page whose every try is hung up on
// counts once: it may be the page that is broken, and others of the platform are to be had.
//
// A connection that nobody answers on may be our network's doing. Refusals are
// remembered beyond this process once somebody, anybody, has answered.
type breaker struct {
	next  http.RoundTripper
	known *platforms
	book  Standings // nil: this process alone remembers
	tolls *tolls
	now   func() time.Time

	budget *budget
	heard  atomic.Bool // somebody has answered
}

// may returns a [*RestingError] for a platform that is to be left alone.
func (b *breaker) may(ctx context.Context, p *platform) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if b.book != nil && !p.unkept && time.Since(p.read) > standingLife {
		s, err := b.book.Standing(ctx, p.name)
		if err != nil {
			return fmt.Errorf("%w: %w", errBook, err)
		}
		p.standing, p.read = s, time.Now()
	}
	if s := p.standing; b.now().Before(s.Until) {
		return &RestingError{Platform: p.name, Until: s.Until, Why: s.Why, refused: s.Trips > 0 && (b.heard.Load() || !p.unkept)}
	}
	return b.budget.left(ctx, p)
}

func (b *breaker) RoundTrip(req *http.Request) (*http.Response, error) {
	x, ctx := exchangeOf(req), req.Context()
	if err := onWire(ctx); err != nil {
		return nil, err
	}
	p, done := b.known.usePlatform(req)
	defer done()
	x.received = 0
	resp, err := b.next.RoundTrip(req)
	if ctx.Err() != nil { // we went away, not they
		return resp, err
	}
	why := refused(resp, err)
	hungUp := why != "" && err != nil
	again := hungUp && x.hungUp
	x.hungUp = hungUp
	b.tolls.count(vigie.Toll{Source: x.Source, Site: siteOf(req.URL.Host), Requests: 1, Bytes: x.received, Refusals: bit(why != "")})
	wait := time.Duration(0)
	if resp != nil {
		onAnswer(ctx)
		wait = askedToWait(resp, b.now())
	}
	p.mu.Lock()
	spent := b.budget.spend(ctx, p, 1)
	before := p.standing
	if !x.aside && !again {
		p.standing = b.judge(before, resp, why, wait, x.robots)
	}
	p.unkept = p.unkept || b.book != nil && p.standing != before
	x.resting = b.now().Before(p.standing.Until)
	p.mu.Unlock()
	if kept := errors.Join(spent, b.keep(ctx, p, resp != nil)); kept != nil {
		return nil, kept
	}
	return resp, err
}

// judge returns how a platform stands after an answer.
func (b *breaker) judge(s vigie.Standing, resp *http.Response, why string, wait time.Duration, robots bool) vigie.Standing {
	switch {
	case why != "":
		s.Refused, s.Why = s.Refused+1, why
		if s.Refused >= maxRefusals || s.Trips > 0 && !robots { // after a rest it is a page that tells
			s.Refused, s.Trips = 0, s.Trips+1
			s.Until = b.now().Add(rest(s.Trips))
		}
	case resp != nil && resp.StatusCode < 500 && !robots: // a robots.txt is shown to those too who are refused all else
		return vigie.Standing{}
	}
	if wait > maxRetryAfter { // to come back earlier would be rude
		if until := b.now().Add(min(wait, maxRest)); until.After(s.Until) {
			s.Until, s.Why = until, (&StatusError{Status: resp.StatusCode, Note: challenge(resp)}).Error()
		}
	}
	return s
}

// keep writes a changed standing into the book; the first answer of anybody brings out
// those that were held back.
func (b *breaker) keep(ctx context.Context, p *platform, answered bool) error {
	first := answered && b.heard.CompareAndSwap(false, true)
	if b.book == nil || !b.heard.Load() {
		return nil
	}
	changed := []*platform{p}
	if first {
		changed = append(changed, b.known.unkept()...)
	}
	for _, p := range changed {
		if err := b.keepOne(ctx, p); err != nil {
			return fmt.Errorf("%w: %w", errBook, err)
		}
	}
	if b.tolls.due() {
		return b.tolls.write(ctx)
	}
	return nil
}

func (b *breaker) keepOne(ctx context.Context, p *platform) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.unkept {
		return nil
	}
	if err := b.book.PutStanding(context.WithoutCancel(ctx), p.name, p.standing); err != nil {
		return err
	}
	p.unkept, p.read = false, time.Now()
	return nil
}

// close writes down what was counted. Where nobody has answered, what was asked says nothing
// of the sites.
func (b *breaker) close(ctx context.Context) error {
	if b.tolls.ledger == nil {
		return nil
	}
	if !b.heard.Load() {
		b.tolls.drop()
	}
	return b.tolls.write(ctx)
}

// rest is how long a platform is left alone the nth time in a row.
func rest(n int) time.Duration {
	d := firstRest
	for ; n > 1 && d < maxRest; n-- {
		d *= 2
	}
	return min(d, maxRest)
}

// refused says how an answer refuses us; empty where it does not. A 503 does not: of a hundred
// sites on a platform one is always under maintenance, and must not close the others. What it
// asks to wait for is kept, and a source that meets three of them leaves its site alone.
func refused(resp *http.Response, err error) string {
	if err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) {
			return "connection closed without an answer"
		}
		return ""
	}
	if note := challenge(resp); note != "" {
		return note
	}
	if s := resp.StatusCode; s == http.StatusForbidden || s == http.StatusTooManyRequests {
		return (&StatusError{Status: s}).Error()
	}
	return ""
}

// askedToWait is what the site asks for where we come too often (429), or where it cannot
// serve anybody for a while (503).
func askedToWait(resp *http.Response, now time.Time) time.Duration {
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return named(resp, now)
	}
	return 0
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
