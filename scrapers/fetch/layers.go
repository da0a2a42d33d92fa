package fetch

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// An exchange is what the layers know of a request beside its HTTP form; redirects keep it.
type exchange struct {
	Request
	crawlDelay time.Duration // what robots.txt asks for
	prefix     int64         // so much of the body is enough; zero: all of it
}

type exchangeKey struct{}

func withExchange(ctx context.Context, x *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

// exchangeOf returns the exchange of a request of ours; every request that enters the
// stack has one.
func exchangeOf(req *http.Request) *exchange { return req.Context().Value(exchangeKey{}).(*exchange) }

// scheme lets through http and https, and no address with a user name in it: those
// are written to deceive.
type scheme struct{ next http.RoundTripper }

func (s scheme) RoundTrip(req *http.Request) (*http.Response, error) {
	u := req.URL
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, fmt.Errorf("address %q: want http(s)://host/path without a user name", u.Redacted())
	}
	return s.next.RoundTrip(req)
}

// validators asks for what is new only, and says who asks.
type validators struct {
	next  http.RoundTripper
	agent string
}

func (v *validators) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req)
	req = req.Clone(req.Context())
	req.Header = http.Header{"User-Agent": {v.agent}, "Accept-Encoding": {"gzip"}, "Accept-Language": {"fr"}}
	for key, value := range map[string]string{
		"Accept": x.Accept, "If-None-Match": x.ETag, "If-Modified-Since": x.LastModified, "Range": x.Range,
	} {
		if value != "" {
			req.Header.Set(key, value)
		}
	}
	return v.next.RoundTrip(req)
}
