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
)

// A retry asks again, after a while, where the answer may be another: 429, most of
// 5xx, a connection that broke. Where the site names a time that is past our patience,
// its answer stands: to come back earlier would be rude.
type retry struct {
	next http.RoundTripper
	now  func() time.Time
	log  *slog.Logger
}

func (r *retry) RoundTrip(req *http.Request) (*http.Response, error) {
	backoff := firstBackoff
	for try := 1; ; try++ {
		resp, err := r.next.RoundTrip(req)
		if try == maxTries || !worthRetrying(req.Context(), resp, err) {
			return resp, err
		}
		wait := backoff
		if resp != nil {
			wait = max(wait, retryAfter(resp.Header.Get("Retry-After"), r.now()))
		}
		if wait > maxRetryAfter {
			return resp, err
		}
		r.log.Debug("asking again", "url", req.URL.Redacted(), "try", try, "wait", wait, "err", err)
		if err := sleep(req.Context(), wait); err != nil {
			return nil, err
		}
		backoff *= 2
	}
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
	for _, e := range []error{guard.ErrRefused, vigie.ErrTooLarge, errEncoding} {
		if errors.Is(err, e) {
			return true
		}
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return dns.IsNotFound
	}
	_, badCertificate := errors.AsType[*tls.CertificateVerificationError](err)
	return badCertificate
}

// retryAfter reads the header's seconds or date; what it cannot read asks for nothing.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if strings.Trim(value, "0123456789") == "" && value != "" { // more seconds than fit
		return maxRetryAfter + time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
