package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

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
	if newNetwork(nil, nil).Proxy != nil { // net/http reads the environment once: who asks first has its word for all
		t.Error("the network asks for a proxy")
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
	for _, address := range []string{"file://" + secret, "file://127.0.0.1" + secret, "ftp://127.0.0.1/", "data:text/html,x", "gopher://127.0.0.1/", "javascript:alert(1)"} {
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
