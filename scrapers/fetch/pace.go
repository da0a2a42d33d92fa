package fetch

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"time"
)

// A pace lets one request at a time through to each platform, and none before the
// delay since the end of the one before it has passed, or the while that the platform
// asked for then. Sources on one platform share its clock, and so do processes where a
// book keeps it; other platforms do not wait.
type pace struct {
	next  http.RoundTripper
	now   func() time.Time // by which the platform's dates are read
	delay time.Duration    // of requests that do not state their own
	known *platforms
	may   func(context.Context, *platform) error // whether the platform may be asked at all
	clock Clock                                  // nil: this process is alone
	lease time.Duration                          // longer than any request
}

// pollClock is how often a turn is asked for that another process has: it may give it
// back long before the lease's end.
const pollClock = time.Second

func (p *pace) RoundTrip(req *http.Request) (*http.Response, error) {
	x, ctx := exchangeOf(req), req.Context()
	t, done := p.known.usePlatform(req)
	defer done()
	if err := p.may(ctx, t); err != nil {
		return nil, err
	}
	select {
	case t.taken <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-t.taken }()
	if err := p.may(ctx, t); err != nil { // those before us may have been refused
		return nil, err
	}
	delay := max(cmp.Or(x.Delay, p.delay), x.crawlDelay)
	if err := p.wait(ctx, t, delay); err != nil {
		return nil, err
	}
	resp, err := p.next.RoundTrip(req) // the recorder below returns when the body is in
	if ended := p.end(ctx, t, max(delay, p.pause(resp))); ended != nil {
		return nil, ended
	}
	return resp, err
}

// wait returns when the turn is ours.
func (p *pace) wait(ctx context.Context, t *platform, delay time.Duration) error {
	if !t.ended.IsZero() {
		if err := sleep(ctx, time.Until(t.ended.Add(max(delay, t.delay)))); err != nil {
			return err
		}
	}
	for p.shared(delay) {
		now := time.Now()
		free, err := p.clock.Take(ctx, t.name, now, now.Add(p.lease+delay))
		if err != nil {
			return fmt.Errorf("%w: %w", errBook, err)
		}
		if !free.After(now) {
			return nil
		}
		if err := sleep(ctx, min(free.Sub(now), pollClock)); err != nil {
			return err
		}
	}
	return nil
}

// pause is what an answer asks all of us to wait for; of what is past our patience, the
// breaker makes a rest.
func (p *pace) pause(resp *http.Response) time.Duration {
	if resp == nil {
		return 0
	}
	if wait := askedToWait(resp, p.now()); wait <= maxRetryAfter {
		return wait
	}
	return 0
}

// end notes that the request is over, and how long nobody is to come after it.
func (p *pace) end(ctx context.Context, t *platform, delay time.Duration) error {
	t.ended, t.delay = time.Now(), delay
	if !p.shared(delay) {
		return nil
	}
	if err := p.clock.Free(context.WithoutCancel(ctx), t.name, t.ended.Add(delay)); err != nil {
		return fmt.Errorf("%w: %w", errBook, err)
	}
	return nil
}

// shared reports whether the turn is other processes' business: without a delay nobody
// waits for anybody.
func (p *pace) shared(delay time.Duration) bool { return p.clock != nil && delay > 0 }

// sleep waits for d, or for the context's end, which is its error.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
