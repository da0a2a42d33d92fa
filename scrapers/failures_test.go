package scrapers

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/scrapers/fetch"
)

// A patient archive knows which pages failed, as the store does.
type patient struct {
	memory
	mu       sync.Mutex
	failures []vigie.Failure // one for each time
}

func (p *patient) Failing(_ context.Context, source string) (failing []vigie.Failure, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, f := range p.failures {
		later := func(g vigie.Failure) bool { return g.Document == f.Document }
		if f.Source == source && f.Mended.IsZero() && !slices.ContainsFunc(p.failures[i+1:], later) {
			failing = append(failing, f)
		}
	}
	return failing, nil
}

func (p *patient) Failed(ctx context.Context, f vigie.Failure) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failures = append(p.failures, f)
	return ctx.Err()
}

func (p *patient) Put(ctx context.Context, d vigie.Document, c vigie.Capture, body []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, f := range p.failures {
		if f.Document == d.ID && f.Mended.IsZero() && c.Status < http.StatusBadRequest && c.Fault == "" {
			p.failures[i].Mended = c.Time
		}
	}
	return p.memory.Put(ctx, d, c, body)
}

// kindsOf are the ways in which a page failed, in order; "mended" after those that were.
func (p *patient) kindsOf(address string) (kinds []string) {
	for _, f := range p.failures {
		if f.URL == address {
			kinds = append(kinds, f.Kind)
		}
		if f.URL == address && !f.Mended.IsZero() {
			kinds = append(kinds, "mended")
		}
	}
	return kinds
}

// failuresOf are those of pages whose address holds a text.
func (p *patient) failuresOf(text string) (some []vigie.Failure) {
	for _, f := range p.failures {
		if strings.Contains(f.URL, text) {
			some = append(some, f)
		}
	}
	return some
}

// A ward is a web of one list, whose pages may be sick.
type ward struct {
	list  []string
	sick  map[string]string // by path
	asked []string          // pages, each once a night
}

func (w *ward) RoundTrip(req *http.Request) (*http.Response, error) {
	path := req.URL.Path
	answer := func(status int, body io.Reader) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(body), Request: req}, nil
	}
	switch path {
	case "/robots.txt", "/.well-known/tdmrep.json":
		return answer(http.StatusNotFound, strings.NewReader(""))
	case "/liste":
		var links strings.Builder
		for _, l := range w.list {
			fmt.Fprintf(&links, `<li><a href="%s">%s : la page %s</a></li>`, l, industrie, l)
		}
		return answer(http.StatusOK, strings.NewReader("<main><ul>"+links.String()+"</ul></main>"))
	}
	if !slices.Contains(w.list, path) {
		return answer(http.StatusNotFound, strings.NewReader(""))
	}
	if n := len(w.asked); n == 0 || w.asked[n-1] != path {
		w.asked = append(w.asked, path)
	}
	good := func() io.Reader { return strings.NewReader("<h1>" + industrie + " : la page " + path + "</h1>") }
	switch w.sick[path] {
	case "hung up":
		return nil, io.EOF
	case "cut short":
		return answer(http.StatusOK, io.MultiReader(good(), broken{io.ErrUnexpectedEOF}))
	case "unreadable coding":
		resp, err := answer(http.StatusOK, good())
		resp.Header.Set("Content-Encoding", "br")
		return resp, err
	case "too slow":
		<-req.Context().Done()
		return nil, req.Context().Err()
	case "status 500":
		return answer(http.StatusInternalServerError, strings.NewReader("panne"))
	case "status 503":
		return answer(http.StatusServiceUnavailable, strings.NewReader("panne"))
	}
	return answer(http.StatusOK, good())
}

type broken struct{ error }

func (b broken) Read([]byte) (int, error) { return 0, b.error }

// night collects from the ward, and lets a day pass.
func (w *ward) night(t *testing.T, c *Collector) vigie.SourceRun {
	t.Helper()
	w.asked = nil
	s := source("ward", "https://ward.test", vigie.Discovery{Method: "listing", URL: "/liste", Item: "li a"})
	run := c.Collect(t.Context(), s, vigie.Window{})
	time.Sleep(24 * time.Hour)
	return run
}

func (w *ward) collector(t *testing.T, a Archive) *Collector {
	t.Helper()
	client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Delay: new(time.Duration), Transport: w})
	if err != nil {
		t.Fatal(err)
	}
	return &Collector{Client: client, Archive: a}
}

// newWard has so many sick pages at the head of its list, and three behind them that are not.
func newWard(sick int, how string) *ward {
	w := &ward{sick: map[string]string{}}
	for i := range sick + 3 {
		w.list = append(w.list, fmt.Sprintf("/page-%02d", i))
		if i < sick {
			w.sick[w.list[i]] = how
		}
	}
	return w
}

// Pages at the head of a list that fail, in whatever way, do not keep those behind them from
// being asked for on the second night.
func TestFailingPagesComeLast(t *testing.T) {
	for _, tt := range []struct {
		how  string
		sick int
	}{
		{"status 500", maxUnsound}, {"cut short", maxUnsound}, {"unreadable coding", maxUnsound},
		{"status 503", maxRefused}, {"too slow", maxRefused}, {"hung up", maxRefused},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, archive := newWard(tt.sick, tt.how), &patient{}
			c := w.collector(t, archive)
			if run := w.night(t, c); run.New != 0 {
				t.Errorf("%s: %+v; this test wants them all in front", tt.how, run)
			}
			if run := w.night(t, c); run.New != 3 || !slices.Equal(w.asked[:3], w.list[tt.sick:]) {
				t.Errorf("%s, the second night: %+v, asked %v; want the three others first", tt.how, run, w.asked)
			}
			if kinds := archive.kindsOf("https://ward.test/page-00"); len(kinds) == 0 || kinds[0] != tt.how {
				t.Errorf("%s: kept %q", tt.how, kinds)
			}

			w, forgetful := newWard(tt.sick, tt.how), &memory{}
			c = w.collector(t, forgetful)
			for range 5 {
				if run := w.night(t, c); run.New != 0 {
					t.Errorf("%s: an archive that forgets what failed finds %+v all the same", tt.how, run)
				}
			}
		})
	}
}

// Each page that fails gets its chance, the one that has waited longest first.
func TestFailingPagesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWard(14, "status 500")
		c := w.collector(t, &patient{})
		well, all := w.list[14:], w.list
		for n, want := range [][]string{
			all[:6], all[6:12], slices.Concat(all[12:14], well, all[:6]), slices.Concat(well, all[6:12]), slices.Concat(well, all[12:14], all[:4]),
		} {
			if w.night(t, c); !slices.Equal(w.asked, want) {
				t.Errorf("night %d: asked %q, want %q", n+1, w.asked, want)
			}
		}
	})
}

// A page that was good, hung up, came cut short, and is good again has left all of it.
func TestFailuresAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, archive := newWard(0, ""), &patient{}
		c := w.collector(t, archive)
		for _, how := range []string{"", "hung up", "cut short", "", "unreadable coding"} {
			w.sick["/page-02"] = how
			w.night(t, c)
		}
		want := []string{"hung up", "mended", "cut short", "mended", "unreadable coding"}
		if d := cmp.Diff(want, archive.kindsOf("https://ward.test/page-02")); d != "" {
			t.Errorf("failures (-want +got):\n%s", d)
		}
		if len(archive.failures) != 3 {
			t.Errorf("%d failures, want none of another page: %+v", len(archive.failures), archive.failures)
		}
	})
}

// A page that was not asked for has not failed, unless it is that page that robots.txt forbids.
func TestUnaskedPagesDoNotFail(t *testing.T) {
	s := newTown(t, townPages())
	archive := &patient{}
	c := newCollector(t, archive)
	c.Collect(t.Context(), townSource(s), vigie.Window{}) // two of its pages are closed to robots
	for _, page := range []string{"/prive/quatre", "/porte"} {
		if got := archive.kindsOf(s.URL + page); !slices.Equal(got, []string{"forbidden by robots.txt"}) {
			t.Errorf("%s is closed to robots: %q", page, got)
		}
	}
	if len(archive.failures) != 2 {
		t.Errorf("closed to robots: %+v", archive.failures)
	}
	archive.failures = nil
	pages := func() vigie.Discovery { return vigie.Discovery{Method: "pages", URLs: []string{"/1", "/2"}} }
	rests := source("rests", "https://a.test", pages())
	(&Collector{Client: resting{}, Archive: archive}).Collect(t.Context(), rests, vigie.Window{})
	if len(archive.failures) > 0 {
		t.Errorf("at rest: %+v", archive.failures)
	}
	ctx, cancel := context.WithCancel(t.Context())
	c.Client = cancelling{cancel}
	c.All(ctx, []vigie.Source{source("b", "https://b.test", pages())}, vigie.Window{})
	if len(archive.failures) > 0 {
		t.Errorf("interrupted: %+v", archive.failures)
	}
}

// A cancelling client is interrupted when it has asked.
type cancelling struct{ stop context.CancelFunc }

func (c cancelling) Get(context.Context, fetch.Request) (*fetch.Response, error) {
	c.stop()
	return nil, io.EOF
}

func (c cancelling) Walk(context.Context, fetch.Request, func(*fetch.Response) ([]string, error)) error {
	return io.EOF
}

// On a night without network no page is blamed; where another site answers, it is the site.
func TestOurNetworkBlamesNoPage(t *testing.T) {
	pages := func() vigie.Discovery { return vigie.Discovery{Method: "pages", URLs: []string{"/1", "/2"}} }
	sources := []vigie.Source{source("b", "https://b.test", pages()), source("c", "https://c.test", pages())}
	archive := &patient{}
	c := Collector{Client: resting{}, Archive: archive}
	runs, err := c.All(t.Context(), sources, vigie.Window{})
	if err != nil || runs[0].State != vigie.StateNetwork || len(archive.failures) > 0 {
		t.Errorf("%+v, %v; kept %+v, want nothing", runs, err, archive.failures)
	}
	s := newTown(t, map[string]string{"/1": "page un"})
	c.Client = besides{newCollector(t, archive).Client, resting{}}
	if _, err := c.All(t.Context(), append(sources, source("town", s.URL, pages())), vigie.Window{}); err != nil {
		t.Error(err)
	}
	var kept []string
	for _, f := range archive.failures {
		kept = append(kept, strings.TrimPrefix(f.URL, s.URL)+" "+f.Kind)
	}
	slices.Sort(kept)
	want := []string{"/2 status 404", "https://b.test/1 dial tcp: network is unreachable", "https://b.test/2 dial tcp: network is unreachable",
		"https://c.test/1 dial tcp: network is unreachable", "https://c.test/2 dial tcp: network is unreachable"}
	if d := cmp.Diff(want, kept); d != "" {
		t.Errorf("failures (-want +got):\n%s", d)
	}
}

// A site that says that something has not changed has answered: what hangs up then is its own.
func TestUnchangedIsAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		archive, later := &patient{}, false
		site := answers(func(req *http.Request) (status int, err error) {
			switch {
			case strings.HasSuffix(req.URL.Path, ".txt") || strings.HasSuffix(req.URL.Path, ".json"):
				return http.StatusNotFound, nil
			case later && req.URL.Path == "/2":
				return 0, io.EOF
			case req.Header.Get("If-None-Match") != "":
				return http.StatusNotModified, nil
			}
			return http.StatusOK, nil
		})
		client, err := fetch.New(fetch.Config{Contact: "veille@example.org", Delay: new(time.Duration), Transport: site})
		if err != nil {
			t.Fatal(err)
		}
		c := &Collector{Client: client, Archive: archive}
		pages := func() vigie.Discovery { return vigie.Discovery{Method: "pages", URLs: []string{"/1", "/2"}} }
		var runs []vigie.SourceRun
		for range 2 {
			runs, err = c.All(t.Context(), []vigie.Source{source("b", "https://b.test", pages()), source("c", "https://c.test", pages())}, vigie.Window{})
			if err != nil {
				t.Fatal(err)
			}
			later = true
		}
		if runs[0].State == vigie.StateNetwork || runs[1].Same != 1 || len(archive.failures) != 2 {
			t.Errorf("%+v, failures %+v; want both sites' second pages, and no word of our network", runs, archive.failures)
		}
	})
}

// answers are a web that says of each request which status it gives.
type answers func(*http.Request) (status int, err error)

func (a answers) RoundTrip(req *http.Request) (*http.Response, error) {
	status, err := a(req)
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: status, Header: http.Header{"Etag": {`"1"`}}, Body: io.NopCloser(strings.NewReader("page")), Request: req}, nil
}

// besides asks the town's source of one, and the others of another.
type besides struct{ town, others Getter }

func (b besides) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	if r.Source == "town" {
		return b.town.Get(ctx, r)
	}
	return b.others.Get(ctx, r)
}

func (b besides) Walk(ctx context.Context, r fetch.Request, visit func(*fetch.Response) ([]string, error)) error {
	return walk(ctx, b, r, visit)
}

// What two nights are compared by holds no address, port, time or count.
func TestFailureKind(t *testing.T) {
	reset := &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	for _, tt := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("get https://a.test/1: %w", io.EOF), "hung up"},
		{fmt.Errorf("get https://a.test/1: %w", reset), "hung up"},
		{fmt.Errorf("body: %w of 33554432 bytes", vigie.ErrTooLarge), "too large"},
		{fmt.Errorf("moved to https://b.test/?jeton=1f2e: %w", fetch.ErrElsewhere), "leads elsewhere"},
		{&fetch.StatusError{Status: 502}, "status 502"},
		{&fetch.StatusError{Status: 200, Note: "Cloudflare challenge"}, "Cloudflare challenge"},
		{&PageError{vigie.FaultLogin, "a form", &fetch.Response{}}, "a log-in"},
		{&net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}, "not reached"},
		{&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "a.test", IsNotFound: true}}, "name not found"},
		{&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "server misbehaving", Name: "a.test", IsTemporary: true}}, "not reached"},
		{&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "timeout", Name: "a.test", IsTimeout: true}}, "too slow"},
		{&tls.CertificateVerificationError{Err: errors.New("expired")}, "certificate not valid"},
		{&url.Error{Op: "Get", URL: "https://a.test", Err: context.DeadlineExceeded}, "too slow"},
		{errors.New("get https://a.test/page 3: malformed answer after 127.0.0.1:4312 and 12 bytes"), "malformed answer after and bytes"},
		{errors.New("12"), "otherwise"},
	} {
		if got := failureKind(tt.err); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.err, got, tt.want)
		}
	}
}
