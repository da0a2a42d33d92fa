package fetch

import (
	"net/http"
	"net/http/cookiejar"

	"golang.org/x/net/publicsuffix"
)

// cookies gives back to a site what it sets while it sends us on: some send a page to itself
// until they see their cookie. They last as long as the chain of redirects and go to the very
// origin that set them, scheme, host and port; a chain that leads elsewhere forgets them.
type cookies struct{ next http.RoundTripper }

// A chainJar holds the cookies of one chain; nil, as most stay: none were set.
type chainJar struct {
	origin string
	jar    *cookiejar.Jar
}

func (c cookies) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req)
	if x.cookies != nil && x.cookies.origin != siteName(req.URL) {
		x.cookies = nil
	}
	if x.cookies != nil {
		for _, one := range x.cookies.jar.Cookies(req.URL) {
			req.AddCookie(one) // to the clone that [validators] made
		}
	}
	resp, err := c.next.RoundTrip(req)
	if err == nil && resp.Header["Set-Cookie"] != nil && resp.Header["Location"] != nil {
		err = x.keepCookies(resp, req)
	}
	return resp, err
}

// keepCookies takes those that the origin may set: none for all of gouv.fr.
func (x *exchange) keepCookies(resp *http.Response, req *http.Request) (err error) {
	if x.cookies == nil {
		x.cookies = &chainJar{origin: siteName(req.URL)}
		if x.cookies.jar, err = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}); err != nil {
			return err
		}
	}
	x.cookies.jar.SetCookies(req.URL, resp.Cookies())
	return nil
}
