package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"vigie"
	"vigie/internal/guard"
)

const (
	maxTries      = 4
	firstBackoff  = time.Second // doubled each time
	maxRetryAfter = 60 * time.Second

	maxRetries = 10  // of one platform, at first
	retryShare = 0.1 // and then of its requests
)

// A retry asks again, after a while, where the answer may be another: 429, most of
// 5xx, a connection that broke. Where the site names a time that is past our patience,
// its answer stands: to come back earlier would be rude. A platform on which everything
// fails is soon asked no more than once for each page.
type retry struct {
	next   http.RoundTripper
	known  *platforms
	now    func() time.Time
	jitter func() float64 // from 0 to below 1: clients that failed together come back apart
	log    *slog.Logger
}

func (r *retry) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req)
	p, done := r.known.usePlatform(req)
	defer done()
	p.earnRetry()
	backoff := firstBackoff
	for try := 1; ; try++ {
		resp, err := r.next.RoundTrip(req)
		if try == maxTries || x.aside || x.resting || !worthRetrying(req.Context(), resp, err) {
			return resp, err
		}
		wait := backoff
		if resp != nil {
			wait = max(wait, named(resp, r.now()))
		}
		if wait > maxRetryAfter || !p.takeRetry() {
			return resp, err
		}
		wait += time.Duration(r.jitter() * float64(backoff) / 2)
		r.log.Debug("asking again", "url", req.URL.Redacted(), "try", try, "wait", wait, "err", err)
		if err := sleep(req.Context(), wait); err != nil {
			return nil, err
		}
		backoff *= 2
	}
}

// earnRetry adds what one more request allows to be asked again.
func (p *platform) earnRetry() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.retries = min(p.retries+retryShare, maxRetries)
}

func (p *platform) takeRetry() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.retries < 1 {
		return false
	}
	p.retries--
	return true
}

func worthRetrying(ctx context.Context, resp *http.Response, err error) bool {
	if ctx.Err() != nil {
		return false
	}
	if err != nil {
		return !permanent(err)
	}
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return challenge(resp) == ""
	}
	return false
}

// permanent reports whether an error would be the same a moment later.
func permanent(err error) bool {
	for _, e := range []error{vigie.ErrNotFound, guard.ErrRefused, vigie.ErrTooLarge, ErrEncoding, errSlow, errBook} {
		if errors.Is(err, e) {
			return true
		}
	}
	if _, resting := errors.AsType[*RestingError](err); resting {
		return true
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return dns.IsNotFound
	}
	_, badCertificate := errors.AsType[*tls.CertificateVerificationError](err)
	return badCertificate
}

// named is how long to wait as an answer names it: in so many words, or as the moment at which
// a quota that is used up is renewed.
func named(resp *http.Response, now time.Time) time.Duration {
	value := resp.Header.Get("Retry-After")
	if value != "" || resp.StatusCode != http.StatusTooManyRequests {
		return retryAfter(value, now)
	}
	renewed, err := strconv.ParseInt(resp.Header.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil {
		return 0
	}
	return max(0, time.Unix(renewed, 0).Sub(now))
}

// retryAfter reads the header's seconds or date; what it cannot read asks for nothing.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if strings.Trim(value, "0123456789") == "" && value != "" { // more seconds than fit
		return maxRest
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
