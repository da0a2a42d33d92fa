package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"
	"github.com/klauspost/compress/zstd"

	"vigie"
)

// A bomb is a body of that many zeros, as small as it gets.
func bomb(t *testing.T, coding string, size int64) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch coding {
	case "gzip":
		w, err = gzip.NewWriterLevel(&b, gzip.BestSpeed)
	case "deflate":
		w, err = zlib.NewWriterLevel(&b, zlib.BestSpeed)
	case "raw deflate":
		w, err = flate.NewWriter(&b, flate.BestSpeed)
	case "zstd":
		w, err = zstd.NewWriter(&b, zstd.WithEncoderLevel(zstd.SpeedFastest))
	}
	if err != nil {
		t.Fatal(err)
	}
	io.CopyN(w, zeros{}, size)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// allocated is how much f asks of the heap in all; what it holds at a time is no more.
func allocated(f func()) int64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

func TestHazardB1(t *testing.T) {
	const size, most, longest = 128 << 20, 64 << 20, 10 * time.Second
	pages := map[string]http.HandlerFunc{"/page": text("the night goes on")}
	codings := []string{"gzip", "deflate", "raw deflate", "zstd"}
	for _, coding := range codings {
		pages["/"+strings.ReplaceAll(coding, " ", "-")] = encoded(strings.TrimPrefix(coding, "raw "), bomb(t, coding, size))
	}
	base := site(t, pages)
	c := newClient(t, nil)
	for _, coding := range codings {
		var err error
		start := time.Now()
		cost := allocated(func() {
			_, err = c.Get(t.Context(), Request{URL: base + "/" + strings.ReplaceAll(coding, " ", "-")})
		})
		if spent := time.Since(start); !errors.Is(err, vigie.ErrTooLarge) || cost > most || spent > longest {
			t.Errorf("%s: %v for %d MiB in %v, want ErrTooLarge for %d MiB at most", coding, err, cost>>20, spent, int64(most)>>20)
		}
	}
	if r, err := c.Get(t.Context(), Request{URL: base + "/page"}); err != nil || string(r.Body) != "the night goes on" {
		t.Errorf("after the bombs: %v", err)
	}
	unlimited := newClient(t, func(cfg *Config) { cfg.MaxBody = 1 << 40 })
	cost := allocated(func() {
		if r, err := unlimited.Get(t.Context(), Request{URL: base + "/gzip"}); err != nil || len(r.Body) != size {
			t.Errorf("without the limit it did not go off: %v", err)
		}
	})
	if cost < size {
		t.Errorf("without the limit it cost %d MiB: the measure is wrong", cost>>20)
	}
}

// A page that stays within the limit is had for its own size, and not twice that.
func TestHazardB1Large(t *testing.T) {
	const size = 31 << 20
	base := site(t, map[string]http.HandlerFunc{"/": encoded("gzip", bomb(t, "gzip", size)), "/3": encoded("gzip", bomb(t, "gzip", 3<<20))})
	c := newClient(t, nil)
	for path, want := range map[string]int{"": size, "/3": 3 << 20} {
		var r *Response
		var err error
		cost := allocated(func() { r, err = c.Get(t.Context(), Request{URL: base + path}) })
		if err != nil || len(r.Body) != want || cost > 48<<20 || cap(r.Body) > 2*want {
			t.Errorf("%d bytes: %v, for %d MiB, want 48 at most", want, err, cost>>20)
		}
	}
	grown, err := ReadAll(bytes.NewReader(make([]byte, 3*mostLent)), 4*mostLent)
	if err != nil || len(grown) != 3*mostLent {
		t.Errorf("past what is lent: %d bytes, %v", len(grown), err)
	}
}

// Of a robots.txt without end no more is inflated than is read of it.
func TestHazardB1Robots(t *testing.T) {
	const size = 31 << 20 // a page so large would be had
	base := site(t, map[string]http.HandlerFunc{robotsFile: encoded("gzip", bomb(t, "gzip", size)), "/": text("page")})
	c := newClient(t, nil)
	var err error
	if cost := allocated(func() { _, err = c.Get(t.Context(), Request{URL: base + "/"}) }); err != nil || cost > 8<<20 {
		t.Errorf("%v for %d MiB, want the page for 8 at most", err, cost>>20)
	}
	if cost := allocated(func() { _, err = c.Get(t.Context(), Request{URL: base + robotsFile}) }); err != nil || cost < size {
		t.Errorf("asked for as a page: %v for %d MiB, want its own size", err, cost>>20)
	}
}

// What we did not ask for is read where it can be, and refused by its name where not.
func TestHazardB1Codings(t *testing.T) {
	const words = "Territoires d'industrie"
	pack := func(w io.WriteCloser, b *bytes.Buffer) []byte {
		io.WriteString(w, words)
		w.Close()
		return b.Bytes()
	}
	var z, f, s bytes.Buffer
	raw, _ := flate.NewWriter(&f, 1)
	modern, _ := zstd.NewWriter(&s)
	base := site(t, map[string]http.HandlerFunc{
		"/identity": encoded("identity", []byte(words)),
		"/x-gzip":   encoded("X-GZip", zipped(words)),
		"/zlib":     encoded("deflate", pack(zlib.NewWriter(&z), &z)),
		"/raw":      encoded("deflate", pack(raw, &f)),
		"/zstd":     encoded("zstd", pack(modern, &s)),
		"/br":       encoded("br", []byte(words)),
		"/twice":    encoded("gzip, gzip", zipped(words)),
		"/not-zstd": encoded("zstd", []byte(words)),
		"/window":   encoded("zstd", framed(words, 13)),
		"/wide":     encoded("zstd", framed(words, 14)),
	})
	for path, ok := range map[string]bool{
		"/identity": true, "/x-gzip": true, "/zlib": true, "/raw": true, "/zstd": true, "/br": false, "/twice": false, "/not-zstd": false,
		"/window": true, "/wide": false, // more memory than a server may ask of us (RFC 9659)
	} {
		r, err := get(t, base+path, nil)
		if ok != (err == nil) || ok && string(r.Body) != words {
			t.Errorf("%s: %v, want ok %v", path, err, ok)
		}
	}
	if _, err := get(t, base+"/br", nil); !errors.Is(err, ErrEncoding) || !strings.Contains(err.Error(), `"br"`) {
		t.Errorf("brotli: %v, want it named", err)
	}
}

// framed is a zstd frame of one raw block, that asks for a window of 1<<(10+exponent) bytes.
func framed(words string, exponent byte) []byte {
	size := len(words)<<3 | 1 // the last block
	return append([]byte{0x28, 0xb5, 0x2f, 0xfd, 0, exponent << 3, byte(size), byte(size >> 8), byte(size >> 16)}, words...)
}

// Memory is not lent on the word of a length, nor is a body without end waited for because
// nothing comes of it.
func TestHazardB2Length(t *testing.T) {
	seen, leave := context.WithCancel(t.Context())
	defer leave()
	base := site(t, map[string]http.HandlerFunc{
		"/liar": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(1<<36))
			io.WriteString(w, "page")
		},
		"/nothing": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			empty, sent := zipped(""), 0
			for r.Context().Err() == nil {
				w.Write(empty)
				if sent += len(empty); sent > 4<<20 && r.URL.RawQuery == "long" {
					leave()
				}
			}
		},
	})
	var err error
	if cost := allocated(func() { _, err = get(t, base+"/liar", nil) }); !errors.Is(err, io.ErrUnexpectedEOF) || cost > 8<<20 {
		t.Errorf("a length of 64 GiB: %v for %d MiB", err, cost>>20)
	}
	const word = 256 << 20
	if cost := allocated(func() { readAll(strings.NewReader("page"), 1<<40, word) }); cost < word {
		t.Errorf("lent on the word of a length, it cost %d MiB: the measure is wrong", cost>>20)
	}
	if _, err = get(t, base+"/nothing", func(cfg *Config) { cfg.MaxBody = 1 << 20 }); !errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("gzip members without end or content: %v, want ErrTooLarge", err)
	}
	endless := newClient(t, func(cfg *Config) { cfg.MaxBody = 1 << 40 })
	if _, err = endless.Get(seen, Request{URL: base + "/nothing?long"}); !errors.Is(err, context.Canceled) {
		t.Errorf("without the limit the members ended: %v", err)
	}
}

// A page that passes the limit is no page, not its beginning.
func TestHazardB3(t *testing.T) {
	long := strings.Repeat("x", 5000)
	base := site(t, map[string]http.HandlerFunc{"/": text(long)})
	if r, err := get(t, base+"/", func(cfg *Config) { cfg.MaxBody = 4999 }); !errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("%v, %v; want ErrTooLarge", r, err)
	}
	bare := colly.NewCollector(colly.MaxBodySize(4999))
	cut := 0
	bare.OnResponse(func(r *colly.Response) { cut = len(r.Body) })
	if err := bare.Visit(base); err != nil || cut != 4999 {
		t.Errorf("colly alone did not cut without a word: %d, %v", cut, err)
	}
}

// Trap: each page leads to another, for ever.
func TestHazardB5(t *testing.T) {
	c := newClient(t, func(cfg *Config) {
		cfg.Transport = roundTrip(func(req *http.Request) (*http.Response, error) { return page(req, 200, "page"), nil })
	})
	walk := func() (n int, err error) {
		err = c.Walk(t.Context(), Request{URL: "https://a.test/agenda"}, func(*Response) ([]string, error) {
			if n++; n == 3*maxWalk {
				return nil, errors.New("seen enough")
			}
			return []string{fmt.Sprintf("/agenda/%d/a/b/a/b?sid=%d", n, n), "/agenda"}, nil
		})
		return n, err
	}
	if n, err := walk(); err == nil || n != maxWalk {
		t.Errorf("%d pages of a calendar without end, error %v", n, err)
	}
	c.maxWalk = 1 << 30
	if n, _ := walk(); n != 3*maxWalk {
		t.Errorf("without the bound it ended after %d pages", n)
	}
}

// What is remembered of hosts does not grow with their number, nor where a book remembers
// them: it keeps what the client forgets. Without one, and on connections, is
// TestHazardB11Loopback.
func TestHazardB11(t *testing.T) {
	network := roundTrip(func(req *http.Request) (*http.Response, error) {
		if req.URL.Path == "/robots.txt" {
			return page(req, 200, manyRules), nil
		}
		return page(req, 200, "page"), nil
	})
	c := newClient(t, func(cfg *Config) { cfg.Transport = network })
	c.Keep(forgetful{})
	flat(t, c, 10_000)
	elephantine(t, newClient(t, func(cfg *Config) { cfg.Transport = network }))
}

var manyRules = "User-agent: *\nDisallow: /" + strings.Repeat("p", 4000)

// flat fails where so many hosts cost more memory than a thousand.
func flat(t *testing.T, c *Client, hosts int) {
	t.Helper()
	grown, gate := growth(t, c, hosts), c.stack.(scheme).next.(*robotsGate)
	if grown > 2<<20 || len(gate.sites) > maxRobotsSites || len(c.breaker.known.known) > maxIdlePlatforms {
		t.Errorf("%d hosts hold %d KiB more than a thousand, %d robots.txt, %d platforms", hosts, grown>>10, len(gate.sites), len(c.breaker.known.known))
	}
}

// elephantine fails where a client that never forgets does not grow either.
func elephantine(t *testing.T, c *Client) {
	t.Helper()
	c.stack.(scheme).next.(*robotsGate).most, c.breaker.known.most = 1<<30, 1<<30
	if grown := growth(t, c, 2000); grown < 4<<20 {
		t.Errorf("what never forgets grew by %d KiB only with 1,000 hosts: the measure is wrong", grown>>10)
	}
}

// growth is how many bytes a client holds more after so many hosts than after a thousand.
func growth(t *testing.T, c *Client, hosts int) int64 {
	t.Helper()
	visit := func(from, to int) {
		for i := from; i < to; i++ {
			if _, err := c.Get(t.Context(), Request{URL: fmt.Sprintf("http://h%d.test/", i), Source: fmt.Sprint("s", i)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	held := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	visit(0, 1000)
	before := held()
	visit(1000, hosts)
	grown := held() - before
	runtime.KeepAlive(c)
	return grown
}

// forgetful is a book that throws away what it is told.
type forgetful struct{}

func (forgetful) Take(_ context.Context, _ string, now, _ time.Time) (time.Time, error) {
	return now, nil
}
func (forgetful) Free(context.Context, string, time.Time) error                  { return nil }
func (forgetful) Standing(context.Context, string) (s vigie.Standing, err error) { return s, nil }
func (forgetful) PutStanding(context.Context, string, vigie.Standing) error      { return nil }
func (forgetful) Spend(context.Context, string, vigie.Date, int) (int, error)    { return 0, nil }
func (forgetful) PutSiteFile(context.Context, vigie.SiteFile) error              { return nil }
func (forgetful) SiteFile(context.Context, string, string) (f vigie.SiteFile, err error) {
	return f, vigie.ErrNotFound
}
func (forgetful) AddTolls(context.Context, []vigie.Toll) error { return nil }
