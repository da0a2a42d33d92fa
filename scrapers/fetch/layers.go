package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// An exchange is what the layers know of a request beside its HTTP form; redirects keep it.
type exchange struct {
	Request
	crawlDelay time.Duration // what robots.txt asks for
	reserved   string        // the words by which robots.txt keeps machines from mining the site
	terms      reservation   // what the site's tdmrep.json says of the page
	robots     bool          // it is for robots.txt itself
	aside      bool          // it is for a file that we can do without: asked for once, its answer says nothing of the platform
	prefix     int64         // so much of the body is enough; zero: all of it
	cookies    *chainJar     // that its redirects set
	received   int64         // bytes of the last body, as sent
	resting    bool          // the last answer was one too many
	hungUp     bool          // there was none the last time: the connection was closed
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

// validators asks for what is new only, and says who asks. Nothing else goes into a
// request, but for the [cookies] of its redirects: no password, no address that we come from. What a page's site once
// gave us to know its page by is not shown to another site.
type validators struct {
	next  http.RoundTripper
	agent string
}

func (v *validators) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req)
	req = req.Clone(req.Context())
	req.Header = http.Header{"User-Agent": {v.agent}, "Accept-Encoding": {acceptEncoding}, "Accept-Language": {"fr"}}
	set := func(key, value string) {
		if value != "" {
			req.Header.Set(key, value)
		}
	}
	set("Accept", x.Accept)
	set("Range", x.Range)
	if first, err := url.Parse(x.URL); err == nil && SameHost(first.Host, req.URL.Host) {
		set("If-None-Match", x.ETag)
		set("If-Modified-Since", x.LastModified)
	}
	return v.next.RoundTrip(req)
}
