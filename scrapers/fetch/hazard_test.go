package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"vigie/internal/guard"
)

// What has broken tools like this one, a scenario each, on a hostile server: first with
// the layer that stands against it, then without, to see that it is this layer that does.

// A trap is a server that counts who falls into it.
type trap struct {
	*httptest.Server
	hits atomic.Int64
}

func newTrap(t *testing.T, h http.HandlerFunc) *trap {
	tr := &trap{}
	tr.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		tr.hits.Add(1)
		h(w, r)
	}))
	t.Cleanup(tr.Close)
	return tr
}

// trapAt is a trap on another address of the loopback than 127.0.0.1.
func trapAt(t *testing.T, host string) *trap {
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Skipf("no listener on %s: %v", host, err)
	}
	tr := &trap{}
	tr.Server = &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			tr.hits.Add(1)
		}
		io.WriteString(w, "User-agent: *")
	})}}
	tr.Start()
	t.Cleanup(tr.Close)
	return tr
}

// naked is a network without a guard.
func naked() *http.Transport { return &http.Transport{DisableCompression: true} }

// get asks once, of a client changed by change.
func get(t *testing.T, address string, change func(*Config)) (*Response, error) {
	t.Helper()
	c := newClient(t, change)
	c.withoutRetry()
	return c.Get(t.Context(), Request{URL: address})
}

func nothingAllowed(cfg *Config) { cfg.Allow = nil }

func TestHazardA1(t *testing.T) {
	tr := newTrap(t, text("secret"))
	addresses := []string{tr.URL, "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[::1]:9/", "http://192.168.1.1/", "http://[fe80::1]/"}
	for _, address := range addresses {
		if _, err := get(t, address, nothingAllowed); !errors.Is(err, guard.ErrRefused) {
			t.Errorf("Get(%s) = %v, want it refused", address, err)
		}
	}
	if tr.hits.Load() > 0 {
		t.Error("the private server was reached")
	}
	if _, err := get(t, tr.URL, func(cfg *Config) { cfg.Transport = naked() }); err != nil || tr.hits.Load() == 0 {
		t.Errorf("without the guard it was not reached: %v", err)
	}
}

func TestHazardA2(t *testing.T) {
	private := trapAt(t, "127.0.0.2")
	var base string
	public := newTrap(t, func(w http.ResponseWriter, r *http.Request) {
		to := map[string]string{"/direct": private.URL, "/twice": base + "/direct", "/between": private.URL + "/back"}[r.URL.Path]
		http.Redirect(w, r, to, http.StatusFound)
	})
	base = public.URL
	for _, path := range []string{"/direct", "/twice", "/between"} {
		if _, err := get(t, base+path, nil); !errors.Is(err, guard.ErrRefused) {
			t.Errorf("%s: %v, want it refused at its private hop", path, err)
		}
	}
	if private.hits.Load() > 0 {
		t.Error("the private server was reached")
	}
	if _, err := get(t, base+"/twice", func(cfg *Config) { cfg.Transport = naked() }); err != nil || private.hits.Load() == 0 {
		t.Errorf("without the guard it was not reached: %v", err)
	}
}

// resolver asks a name server of ours, which gives each name the addresses of answers, one
// after the other, the last for good.
func resolver(t *testing.T, answers ...string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for n := 0; ; {
			size, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:size]) != nil || len(m.Questions) != 1 {
				continue
			}
			m.Response, m.Additionals = true, nil
			if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
				ip := netip.MustParseAddr(answers[min(n, len(answers)-1)])
				n++
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}, Body: &dnsmessage.AResource{A: ip.As4()},
				}}
			}
			if packed, err := m.Pack(); err == nil {
				conn.WriteTo(packed, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp4", conn.LocalAddr().String())
	}}
}

// A name is public when it is looked at, and private when it is dialled.
func TestHazardA3(t *testing.T) {
	tr := newTrap(t, text("secret"))
	_, port, _ := net.SplitHostPort(tr.Listener.Addr().String())
	names := resolver(t, "8.8.8.8", "127.0.0.1")
	ips, err := names.LookupNetIP(t.Context(), "ip4", "rebind.test.")
	if err != nil || (guard.Guard{}).Check(ips[0].Unmap()) != nil {
		t.Fatalf("the name was to look public first: %v, %v", ips, err)
	}
	address := "http://rebind.test.:" + port + "/"
	_, err = get(t, address, func(cfg *Config) { cfg.Transport = newNetwork(nil, names) })
	if !errors.Is(err, guard.ErrRefused) || tr.hits.Load() > 0 {
		t.Errorf("error %v, %d hits; want it refused where it is dialled", err, tr.hits.Load())
	}
	open := naked()
	open.DialContext = (&net.Dialer{Resolver: names}).DialContext
	if _, err := get(t, address, func(cfg *Config) { cfg.Transport = open }); err != nil || tr.hits.Load() == 0 {
		t.Errorf("with a check before the dial only, it was not reached: %v", err)
	}
}

func TestHazardA4(t *testing.T) {
	everything := guard.Guard{Allow: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}}
	for _, ip := range []string{"100.64.0.1", "2002:7f00:1::", "224.0.0.1", "3fff::1", "::ffff:127.0.0.2", "2001:0:1::1", "64:ff9b::7f00:1"} {
		host := ip
		if strings.Contains(ip, ":") {
			host = "[" + ip + "]"
		}
		to := newTrap(t, http.RedirectHandler("http://"+host+":9/", http.StatusFound).ServeHTTP)
		if _, err := get(t, to.URL, nil); !errors.Is(err, guard.ErrRefused) {
			t.Errorf("redirect to %s: %v, want it refused", ip, err)
		}
		if err := everything.Check(netip.MustParseAddr(ip)); err != nil {
			t.Errorf("without the guard's list %s is refused too: %v", ip, err)
		}
	}
}

// Whatever an address is spelled like, and whatever names resolve to, the loopback is not
// reached.
func TestHazardA5(t *testing.T) {
	tr := newTrap(t, text("secret"))
	_, port, _ := net.SplitHostPort(tr.Listener.Addr().String())
	loop := resolver(t, "127.0.0.1")
	guarded := func(cfg *Config) { cfg.Transport = newNetwork(nil, loop) }
	spellings := []string{
		"2130706433", "0x7f.1", "0x7f000001", "0", "0177.0.0.1", "127.1", "localhost.", "LOCALHOST", "127.0.0.1.", "[::ffff:127.0.0.1]",
		"example.org@127.0.0.1", `example.org\@127.0.0.1`, `127.0.0.1\@example.org`, "127.0.0.1%2f@example.org", "①②⑦.⓪.⓪.①",
	}
	for _, host := range spellings {
		if _, err := get(t, "http://"+host+":"+port+"/", guarded); err == nil || tr.hits.Load() > 0 {
			t.Fatalf("%s: error %v, %d hits", host, err, tr.hits.Load())
		}
	}
	open := naked()
	open.DialContext = (&net.Dialer{Resolver: loop}).DialContext
	if _, err := get(t, "http://any.test.:"+port+"/", func(cfg *Config) { cfg.Transport = open }); err != nil || tr.hits.Load() == 0 {
		t.Errorf("without the guard it was not reached: %v", err)
	}
}

// A proxy in the environment would dial for us, unguarded: none is used.
func TestHazardA6(t *testing.T) {
	proxy := newTrap(t, text("what the proxy fetched"))
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	const metadata = "http://169.254.169.254/latest/"
	if _, err := get(t, metadata, nil); !errors.Is(err, guard.ErrRefused) || proxy.hits.Load() > 0 {
		t.Errorf("error %v, proxy asked %d times", err, proxy.hits.Load())
	}
	through, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	leaky := newNetwork(loopback, nil)
	leaky.Proxy = http.ProxyURL(through)
	if _, err := get(t, metadata, func(cfg *Config) { cfg.Transport = leaky }); err != nil || proxy.hits.Load() == 0 {
		t.Errorf("with the proxy the guard was not gone round: %v", err)
	}
}

func TestHazardA7(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "passwd")
	if err := os.WriteFile(secret, []byte("root:x"), 0o600); err != nil {
		t.Fatal(err)
	}
	leaky := func(cfg *Config) { // a network that could read files, and waits to be asked
		n := newNetwork(loopback, nil)
		n.RegisterProtocol("file", http.NewFileTransport(http.Dir("/")))
		cfg.Transport = n
	}
	for _, address := range []string{"file://" + secret, "ftp://127.0.0.1/", "data:text/html,x", "gopher://127.0.0.1/", "javascript:alert(1)"} {
		to := newTrap(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", address)
			w.WriteHeader(http.StatusFound)
		})
		for _, from := range []string{address, to.URL} {
			if r, err := get(t, from, leaky); err == nil {
				t.Errorf("%s by %s gave %q", address, from, r.Body)
			}
		}
	}
	c := newClient(t, leaky)
	c.stack = c.stack.(scheme).next.(*robotsGate).next
	if r, err := c.Get(t.Context(), Request{URL: "file://" + secret}); err != nil || string(r.Body) != "root:x" {
		t.Errorf("without the layer the file was not read: %v", err)
	}
}

func TestHazardA8(t *testing.T) {
	other := trapAt(t, "127.0.0.1")
	to := newTrap(t, http.RedirectHandler(other.URL+"/", http.StatusFound).ServeHTTP)
	c := newClient(t, nil)
	_, err := c.Get(t.Context(), Request{URL: to.URL, Hosts: []string{to.Listener.Addr().String()}})
	if !errors.Is(err, ErrElsewhere) || other.hits.Load() > 0 {
		t.Errorf("error %v, the other host asked %d times", err, other.hits.Load())
	}
	if _, err := c.Get(t.Context(), Request{URL: to.URL}); err != nil || other.hits.Load() == 0 {
		t.Errorf("without declared hosts it was not followed: %v", err)
	}
}

// Nothing that a site gave us is shown to another, nor even to itself, but for the
// validators of a page.
func TestHazardA9(t *testing.T) {
	var seen http.Header
	other := newTrap(t, func(w http.ResponseWriter, r *http.Request) { seen = r.Header; io.WriteString(w, "page") })
	from := newTrap(t, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "secret", Path: "/"})
		http.Redirect(w, r, other.URL+"/", http.StatusFound)
	})
	c := newClient(t, nil)
	for range 2 {
		if _, err := c.Get(t.Context(), Request{URL: from.URL, ETag: `"ours"`, LastModified: "Mon, 01 Jan 2024 00:00:00 GMT"}); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"Cookie", "Authorization", "Referer", "If-None-Match", "If-Modified-Since"} {
			if got := seen.Get(key); got != "" {
				t.Errorf("another origin was told %s: %s", key, got)
			}
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	usual := http.Client{Jar: jar}
	resp, err := usual.Get(from.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if seen.Get("Cookie") == "" || seen.Get("Referer") == "" {
		t.Errorf("the usual client tells another port nothing either: %v", seen)
	}
}

func TestHazardA10(t *testing.T) {
	var base string
	loop := newTrap(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/refresh":
			io.WriteString(w, `<noscript><meta http-equiv="refresh" content="0;url=/self"></noscript>`)
		case "/self":
			http.SetCookie(w, &http.Cookie{Name: "n", Value: "1"})
			http.Redirect(w, r, "/self", http.StatusFound)
		default:
			http.Redirect(w, r, base+r.URL.Path+"x", http.StatusFound)
		}
	})
	base = loop.URL
	for _, path := range []string{"/self", "/longer"} {
		loop.hits.Store(0)
		if _, err := get(t, base+path, nil); err == nil || !strings.Contains(err.Error(), "more than 10 redirects") || loop.hits.Load() > maxRedirects+1 {
			t.Errorf("%s: %v after %d hops", path, err, loop.hits.Load())
		}
	}
	loop.hits.Store(0)
	if _, err := get(t, base+"/refresh", nil); err != nil || loop.hits.Load() != 1 {
		t.Errorf("a refresh within a page: %v, %d requests; want the page as it is", err, loop.hits.Load())
	}
	loop.hits.Store(0)
	endless := http.Client{CheckRedirect: func(_ *http.Request, via []*http.Request) error {
		if len(via) > 100 {
			return errors.New("seen enough")
		}
		return nil
	}}
	if _, err := endless.Get(base + "/self"); err == nil || loop.hits.Load() <= 100 {
		t.Errorf("without the rule the loop ended: %v after %d", err, loop.hits.Load())
	}
}

func TestHazardA11(t *testing.T) {
	var hits atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	_, err := newClient(t, nil).Get(t.Context(), Request{URL: server.URL})
	if _, bad := errors.AsType[*tls.CertificateVerificationError](err); !bad || hits.Load() > 0 {
		t.Errorf("error %v, %d requests let through; want a word on the certificate", err, hits.Load())
	}
	trusting := naked()
	trusting.TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
	get(t, server.URL, func(cfg *Config) { cfg.Transport = trusting })
	if hits.Load() == 0 {
		t.Error("without verification nothing was asked either")
	}
}

func TestHazardA12(t *testing.T) {
	tests := []struct {
		name string
		file http.HandlerFunc
		ok   bool
	}{
		{"missing", http.NotFound, true},
		{"broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, false},
		{"a web page", text("<!doctype html><p>Disallow: /</p>"), true},
		{"Latin-1", text("User-agent: *\nDisallow: /caf\xe9\n"), true},
		{"disallowed after 400 KB", text(strings.Repeat("# x\n", 100_000) + "User-agent: *\nDisallow: /"), false},
		{"endless", text(strings.Repeat("# x\n", 10_000_000)), true},
		{"moved", http.RedirectHandler("/other.txt", http.StatusFound).ServeHTTP, false},
	}
	for _, tt := range tests {
		base := site(t, map[string]http.HandlerFunc{
			"/robots.txt": tt.file, "/page": text("page"), "/other.txt": text("User-agent: *\nDisallow: /"),
		})
		_, err := get(t, base+"/page", nil)
		if tt.ok != (err == nil) {
			t.Errorf("robots.txt %s: error %v, want ok %v", tt.name, err, tt.ok)
		}
		c := newClient(t, nil)
		c.stack = c.stack.(scheme).next.(*robotsGate).next
		if _, err := c.Get(t.Context(), Request{URL: base + "/page"}); err != nil {
			t.Errorf("robots.txt %s: without the gate: %v", tt.name, err)
		}
	}
}

func TestHazardA13(t *testing.T) {
	for value, wait := range map[string]string{
		"20": "/@0 /@20", "Sat, 01 Jan 2000 00:00:30 GMT": "/@0 /@30", "-5": "/@0 /@1", "99999999999999999999": "/@0", "3600": "/@0",
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScript("429 "+value, 200)
			c := newClient(t, func(cfg *Config) { cfg.Transport = s })
			c.Get(t.Context(), Request{URL: "https://a.test/"})
			if s.pages() != wait {
				t.Errorf("Retry-After %q: asked %s, want %s", value, s.pages(), wait)
			}
			if _, err := c.Get(t.Context(), Request{URL: "https://b.test/"}); err != nil {
				t.Errorf("Retry-After %q: another site had to wait: %v", value, err)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		s := newScript("429 20", 200)
		c := newClient(t, func(cfg *Config) { cfg.Transport = s })
		c.withoutRetry()
		if _, err := c.Get(t.Context(), Request{URL: "https://a.test/"}); err == nil {
			t.Error("without the layer the page came")
		}
	})
}

// One guard stands before all that leaves the machine: nothing else dials.
func TestHazardA14(t *testing.T) {
	forbidden := []string{"http.Get(", "http.Post(", "http.Head(", "http.DefaultClient", "http.DefaultTransport", "net.Dial(", "net.Dialer{", "tls.Dial("}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2) {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "scrapers/fetch/network.go") ||
			strings.Contains(path, "/gazetteer/gen/") { // run by hand, for a release
			return nil
		}
		source, err := os.ReadFile(path)
		for _, f := range forbidden {
			if strings.Contains(string(source), f) && err == nil {
				t.Errorf("%s: %s goes round the guard", path, f)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if source, err := os.ReadFile("network.go"); err != nil || !strings.Contains(string(source), "net.Dialer{") {
		t.Errorf("the words looked for are not those of network.go: %v", err)
	}
}

// slowBody gives one byte a second, for ever.
type slowBody struct{ read int }

func (b *slowBody) Read(p []byte) (int, error) {
	time.Sleep(time.Second)
	b.read++
	p[0] = 'x'
	return 1, nil
}

func (*slowBody) Close() error { return nil }

func TestHazardB2(t *testing.T) {
	drip := func(body io.ReadCloser) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) {
			if req.URL.Path == "/robots.txt" {
				return page(req, 404, ""), nil
			}
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body, Request: req}, nil
		})
	}
	synctest.Test(t, func(t *testing.T) {
		body, start := &slowBody{}, time.Now()
		_, err := newClient(t, func(cfg *Config) { cfg.Transport = drip(body) }).Get(t.Context(), Request{URL: "https://a.test/"})
		if !errors.Is(err, errSlow) || time.Since(start) > 20*time.Second {
			t.Errorf("a body in drops: %v after %v, want it given up, once for all", err, time.Since(start))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		body := &slowBody{}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		data := io.LimitReader(body, 4000)
		if n, _ := io.Copy(io.Discard, data); n != 4000 || body.read != 4000 || ctx.Err() == nil {
			t.Errorf("without the layer it ended after %d bytes", n)
		}
	})
}

// Headers without end, and a body that is shorter than it said.
func TestHazardB2Headers(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var sent atomic.Int64
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				conn.Read(make([]byte, 4096))
				fmt.Fprint(conn, "HTTP/1.1 200 OK\r\n")
				for line := "X-Junk: " + strings.Repeat("x", 1000) + "\r\n"; ; {
					n, err := io.WriteString(conn, line)
					if sent.Add(int64(n)) > 64<<20 || err != nil {
						return
					}
				}
			}()
		}
	}()
	address := "http://" + l.Addr().String() + "/"
	if _, err := get(t, address, nil); err == nil || sent.Load() > 16<<20 {
		t.Errorf("endless headers: %v after %d bytes", err, sent.Load())
	}
	open := newNetwork(loopback, nil)
	open.MaxResponseHeaderBytes = 1 << 30
	sent.Store(0)
	if get(t, address, func(cfg *Config) { cfg.Transport = open }); sent.Load() < 32<<20 {
		t.Errorf("without the limit only %d bytes were taken", sent.Load())
	}
	short := newTrap(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "500")
		io.WriteString(w, "half")
	})
	if r, err := get(t, short.URL, nil); err == nil {
		t.Errorf("a body shorter than announced was taken: %q", r.Body)
	}
}
