package fetch

import (
	"cmp"
	"context"
	"net/http"
	"sync"
	"time"
)

// A pace lets one request at a time through to each platform, and none before the
// delay since the end of the one before it has passed. Sources on one platform share
// its clock; other platforms do not wait.
type pace struct {
	next  http.RoundTripper
	delay time.Duration // of requests that do not state their own

	mu    sync.Mutex
	turns map[string]*turn // by platform; as many as there are platforms
}

type turn struct {
	taken chan struct{} // holds one while a request is under way
	ended time.Time     // of the request before; guarded by taken
}

func newPace(next http.RoundTripper, delay time.Duration) *pace {
	return &pace{next: next, delay: delay, turns: map[string]*turn{}}
}

func (p *pace) RoundTrip(req *http.Request) (*http.Response, error) {
	x, ctx := exchangeOf(req), req.Context()
	t := p.turn(cmp.Or(x.Platform, siteOf(req.URL.Host)))
	select {
	case t.taken <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-t.taken }()
	delay := max(cmp.Or(x.Delay, p.delay), x.crawlDelay)
	if !t.ended.IsZero() {
		if err := sleep(ctx, time.Until(t.ended.Add(delay))); err != nil {
			return nil, err
		}
	}
	defer func() { t.ended = time.Now() }()
	return p.next.RoundTrip(req) // the recorder below returns when the body is in
}

func (p *pace) turn(platform string) *turn {
	p.mu.Lock()
	defer p.mu.Unlock()
	t, ok := p.turns[platform]
	if !ok {
		t = &turn{taken: make(chan struct{}, 1)}
		p.turns[platform] = t
	}
	return t
}

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
