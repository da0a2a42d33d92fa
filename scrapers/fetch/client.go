// Package fetch asks the web politely and takes down what it answers.
//
// A [Request] goes in; out comes a [Response]: the body, and the [vigie.Capture]
// that says whence and when. What good manners and caution ask for are layers of
// the transport, so that each redirect meets them all again:
//
//	scheme     http and https only, no user names
//	robots     robots.txt of the host, asked once a day; of pages to be mined, tdmrep.json
//	validators ETag and Last-Modified of the last capture; our name
//	cookies    of redirects, to the origin that set them, until the page is there
//	retry      429, 5xx and broken connections, after a while
//	pace       one request at a time for each platform, with a delay between two
//	breaker    a platform that refuses us is left alone for a while; what it bore is counted
//	recorder   the whole body, inflated, within its limits of size and time
//	tls        the one fault of a site's that its source's file bears, until a day
//	network    resolved addresses judged by guard; no proxy
//
// What a platform bears from all processes, and remembers until the next night, is kept
// in a [Book].
package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"vigie"
)

// A Config says who asks and within which limits.
type Config struct {
	UserAgent string            // name/version; empty: vigie
	Contact   string            // an address or page where a webmaster reaches us; required
	Delay     *time.Duration    // between two requests to a platform; nil: 3 s
	Allow     []netip.Prefix    // private networks that may be reached
	Transport http.RoundTripper // replaces the network: replay, tests
	Now       func() time.Time  // nil: time.Now
	Budget    int               // requests to one platform in a day, UTC; zero: no limit
	MaxBody   int64             // bytes of a decoded body; zero: 32 MiB
	Timeout   time.Duration     // for one attempt, body included; zero: 60 s
	Jitter    func() float64    // from 0 to below 1; nil: by chance
	Log       *slog.Logger      // nil: nothing is logged
}

// A Request is one page to ask for.
type Request struct {
	URL          string
	ETag         string             // of the last capture: an unchanged page is [vigie.ErrNotModified]
	LastModified string             // likewise
	Source       string             // whom the ledger books it on; empty: nobody
	Platform     string             // hosts that bear load together; empty: the host alone
	Delay        time.Duration      // between two requests to the platform; zero: the client's
	Hosts        []string           // where redirects may lead; empty: anywhere public
	Accept       string             // media types; empty: any
	Validators   Validators         // of a walk's pages; nil: each is asked for whole
	TLS          vigie.TLSException // a fault of the site's certificate that is borne; zero: none is
	Mine         bool               // the page is to be read by machine: its site is asked whether it reserves that
	Range        string             // such as bytes=81-5445: an answer that is not this part is an error; empty: the whole
}

// A Walk's pages have validators of their own: Validators gives them by address. A page that
// is unchanged is visited with the status 304 and without its body.
type Validators func(address string) (etag, lastModified string)

// A Response is a page as the site gave it.
type Response struct {
	Capture vigie.Capture // its Digest is left to the archive
	Body    []byte        // inflated, in the page's own charset, never cut
}

// A Client fetches. It is safe for concurrent use.
type Client struct {
	Agent string        // how it presents itself with every request
	Delay time.Duration // between two requests to a platform that state no other

	stack   http.RoundTripper // all layers
	gate    *robotsGate
	pace    *pace
	breaker *breaker
	token   string // that robots know us by
	maxWalk int    // pages of one walk
	now     func() time.Time
}

const (
	defaultName    = "vigie"
	defaultDelay   = 3 * time.Second
	defaultMaxBody = 32 << 20
	defaultTimeout = 60 * time.Second
	maxRedirects   = 10
	leaseMargin    = 10 * time.Second // over the longest request
)

// New returns a Client; it refuses a Config that does not say whom to write to.
func New(cfg Config) (*Client, error) {
	agent, token, err := userAgent(cfg)
	if err != nil {
		return nil, err
	}
	delay := defaultDelay
	if cfg.Delay != nil {
		delay = *cfg.Delay
	}
	network := cfg.Transport
	if network == nil {
		network = newNetwork(cfg.Allow, nil)
	}
	now := cfg.Now
	if now == nil {
		now = time.Now
	}
	if t, ok := network.(*http.Transport); ok {
		network = newCertificates(t, now)
	}
	c := &Client{Agent: agent, Delay: delay, token: token, now: now, maxWalk: maxWalk}
	c.stack = c.layers(cfg, network, agent, delay)
	return c, nil
}

// layers puts the transport together, from the network up.
func (c *Client) layers(cfg Config, network http.RoundTripper, agent string, delay time.Duration) http.RoundTripper {
	known := &platforms{known: map[string]*platform{}, most: maxIdlePlatforms}
	rec := &recorder{next: network, max: cmp.Or(cfg.MaxBody, defaultMaxBody), timeout: cmp.Or(cfg.Timeout, defaultTimeout), patience: flowTime}
	c.breaker = &breaker{next: rec, known: known, tolls: &tolls{now: c.now, sums: map[vigie.Toll]*vigie.Toll{}}, now: c.now, budget: &budget{most: cfg.Budget, now: c.now}}
	c.pace = &pace{next: c.breaker, now: c.now, delay: delay, known: known, may: c.breaker.may, lease: rec.timeout + leaseMargin}
	again := &retry{next: c.pace, known: known, now: c.now, jitter: cfg.Jitter, log: cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))}
	if again.jitter == nil {
		again.jitter = rand.Float64
	}
	c.gate = newRobotsGate(&validators{next: cookies{again}, agent: agent}, c.token, c.now, c.breaker.tolls)
	return scheme{c.gate}
}

// Keep has the client share what it learns of platforms by a book. It is called before
// the first request; without it the client goes by what it has met itself.
func (c *Client) Keep(b Book) {
	c.breaker.book, c.breaker.tolls.ledger, c.breaker.budget.book, c.pace.clock, c.gate.kept = b, b, b, b, b
}

// Close writes what was counted into the book. The client may be used on.
func (c *Client) Close(ctx context.Context) error { return c.breaker.close(ctx) }

// userAgent returns the name we give and the product token that robots.txt files know us by.
func userAgent(cfg Config) (agent, token string, err error) {
	contact := strings.TrimSpace(cfg.Contact)
	if contact == "" {
		return "", "", errors.New("contact: missing: sites must be able to reach whoever runs this")
	}
	name := cmp.Or(cfg.UserAgent, defaultName)
	if strings.ContainsAny(contact, "\r\n()") || strings.ContainsAny(name, "\r\n()") {
		return "", "", fmt.Errorf("contact %q: want one line without parentheses", contact)
	}
	return fmt.Sprintf("%s (+%s)", name, contact), productToken(name), nil
}

// Get asks for one page. Its error wraps [vigie.ErrNotModified] where the page is that of
// the validators, [vigie.ErrBlocked] where the site or its robots.txt refuses us,
// [vigie.ErrNotFound] where there is no such page, [vigie.ErrTooLarge] past the limit,
// [guard.ErrRefused] for an address that is not public; a [*StatusError] is among its
// causes wherever the site answered at all.
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	req, err := http.NewRequestWithContext(withExchange(ctx, &exchange{Request: r}), http.MethodGet, r.URL, nil)
	if err != nil {
		return nil, fmt.Errorf("get %q: %w", r.URL, err)
	}
	hc := http.Client{Transport: c.stack, CheckRedirect: keepTo(r.Hosts)}
	resp, err := hc.Do(req)
	if err != nil {
		return nil, tidy(err)
	}
	return c.answer(r, resp)
}

// answer turns the last response of a chain into a Response, or into the error it means.
func (c *Client) answer(r Request, resp *http.Response) (*Response, error) {
	final, data := resp.Request.URL.String(), recorded(resp)
	page := &Response{Body: data, Capture: vigie.Capture{
		URL: r.URL, FinalURL: final, Chain: chain(resp), Time: c.now().UTC(), Status: resp.StatusCode, Size: recordedSize(resp),
		MediaType: resp.Header.Get("Content-Type"), ETag: resp.Header.Get("Etag"),
		LastModified: resp.Header.Get("Last-Modified"), Header: resp.Header,
		OptOut: optOut(exchangeOf(resp.Request), resp.Header, data, c.token),
	}}
	err := refusal(r, resp)
	if status, ok := errors.AsType[*StatusError](err); ok {
		status.Response = page
	}
	if err == nil && len(data) == 0 {
		err = ErrEmpty
	}
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", final, err)
	}
	return page, nil
}

// ErrEmpty is an answer without a byte, where a page was due.
var ErrEmpty = errors.New("an empty page")

// chain returns the redirects that led to a response.
func chain(resp *http.Response) (hops []vigie.Hop) {
	for req := resp.Request; req.Response != nil && req.Response.Request != nil; {
		before := req.Response
		req = before.Request
		hops = append(hops, vigie.Hop{URL: req.URL.String(), Status: before.StatusCode})
	}
	slices.Reverse(hops)
	return hops
}

// tidy drops the method and address that net/http puts before an error which has them too.
func tidy(err error) error {
	u, ok := errors.AsType[*url.Error](err)
	if !ok {
		return err
	}
	if hop, ok := u.Err.(*url.Error); ok { // of keepTo; around it stands what the site wrote, which may have no host
		u = hop
	}
	return fmt.Errorf("get %s: %w", u.URL, u.Err)
}

// keepTo is the rule for redirects: how many, and where to. Its error names the page that
// sends us on.
func keepTo(hosts []string) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		from := func(err error) error {
			return &url.Error{Op: "Get", URL: via[len(via)-1].URL.Redacted(), Err: err}
		}
		if len(via) > maxRedirects {
			return from(fmt.Errorf("more than %d redirects", maxRedirects))
		}
		if len(hosts) > 0 && !slices.ContainsFunc(hosts, func(h string) bool { return SameHost(h, req.URL.Host) }) {
			return from(fmt.Errorf("moved to %s: %w", req.URL.Redacted(), ErrElsewhere))
		}
		return nil
	}
}

// ErrElsewhere is a redirect that leaves the hosts of the request.
var ErrElsewhere = errors.New("not one of the source's hosts")

// SameHost reports whether two hosts, with their ports, are one site: "www." makes no
// difference, nor do case, a final dot and the default ports.
func SameHost(a, b string) bool { return siteOf(a) == siteOf(b) }

func siteOf(host string) string {
	h := strings.ToLower(host)
	for _, port := range []string{":80", ":443"} {
		h = strings.TrimSuffix(h, port)
	}
	return strings.TrimPrefix(strings.TrimSuffix(h, "."), "www.")
}
