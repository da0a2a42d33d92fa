package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestCutRefusals: of a refusal's body the beginning is kept, and that there was more.
func TestCutRefusals(t *testing.T) {
	long := strings.Repeat("perdu ", 40_000)
	refused := func(length, coding string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if coding != "" {
				w.Header().Set("Content-Encoding", coding)
			}
			if length != "" {
				w.Header().Set("Content-Length", length)
			}
			w.WriteHeader(http.StatusNotFound)
			w.Write(body)
		}
	}
	url := site(t, map[string]http.HandlerFunc{
		"/dit":        refused(fmt.Sprint(len(long)), "", []byte(long)),
		"/sans":       refused("", "", []byte(long)),
		"/serre":      refused("", "gzip", zipped(long)),
		"/dense":      refused(fmt.Sprint(len(stored(long))), "gzip", stored(long)),
		"/court":      refused("", "", []byte("perdu")),
		"/tout-juste": refused("", "", []byte(long[:maxRefusal])),
	})
	for path, want := range map[string][2]int{ // kept, in all
		"/dit": {maxRefusal, len(long)}, "/sans": {maxRefusal, maxRefusal + 1}, "/serre": {maxRefusal, maxRefusal + 1},
		"/dense": {maxRefusal, maxRefusal + 1}, // what its length tells is the coded one
		"/court": {5, 5}, "/tout-juste": {maxRefusal, maxRefusal},
	} {
		_, err := newClient(t, nil).Get(context.Background(), Request{URL: url + path})
		status, ok := errors.AsType[*StatusError](err)
		if !ok {
			t.Fatalf("%s: %v", path, err)
		}
		if got := [2]int{len(status.Response.Body), status.Response.Capture.Size}; got != want {
			t.Errorf("%s: %d bytes of %d kept, want %d of %d", path, got[0], got[1], want[0], want[1])
		}
	}
}

// stored is a body in gzip that is no smaller for it.
func stored(body string) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.NoCompression)
	io.WriteString(z, body)
	z.Close()
	return b.Bytes()
}

func TestGetRange(t *testing.T) {
	base := site(t, map[string]http.HandlerFunc{
		"/file": func(w http.ResponseWriter, r *http.Request) {
			http.ServeContent(w, r, "x.gz", time.Time{}, strings.NewReader("0123456789"))
		},
		"/whole": text("0123456789"),
		"/part": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusPartialContent)
			io.WriteString(w, "01234")
		},
	})
	c := newClient(t, nil)
	r, err := c.Get(t.Context(), Request{URL: base + "/file", Range: "bytes=2-4"})
	if err != nil || string(r.Body) != "234" || r.Capture.Status != 206 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := c.Get(t.Context(), Request{URL: base + "/whole", Range: "bytes=2-4"}); err == nil {
		t.Error("the whole file passed for a part of it")
	}
	if _, err := c.Get(t.Context(), Request{URL: base + "/part"}); err == nil {
		t.Error("a part passed for the whole file")
	}
}

// TestUnreadableRefusals: a refusal is one whatever its body is. It is heard as such, and of
// its body what came is kept, as the beginning of more.
func TestUnreadableRefusals(t *testing.T) {
	var status, asked atomic.Int64
	refused := func(coding, length, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.Header().Set("Retry-After", "3600")
			w.Header().Set("Location", "/page")
			if coding != "" {
				w.Header().Set("Content-Encoding", coding)
			}
			if length != "" {
				w.Header().Set("Content-Length", length)
			}
			w.WriteHeader(int(status.Load()))
			io.WriteString(w, body)
		}
	}
	packed := string(zipped(strings.Repeat("perdu ", 1000)))
	url := site(t, map[string]http.HandlerFunc{
		"/page": text("une page"),
		"/br":   refused("br", "", "\x0b\x02\x80hello\x03"), "/faux": refused("gzip", "", "no gzip"), "/court": refused("", "5000", "<html>trop"),
		"/serre": refused("gzip", "", packed[:len(packed)-9]), "/rien": refused("gzip", fmt.Sprint(len(packed)), ""),
	})
	for _, code := range []int{301, 403, 404, 429, 503} {
		status.Store(int64(code))
		for path, sound := range map[string]string{"/br": "", "/faux": "", "/court": "<html>trop", "/serre": "perdu ", "/rien": ""} {
			asked.Store(0)
			c := newClient(t, nil)
			r, err := c.Get(t.Context(), Request{URL: url + path})
			if n := asked.Load(); n != 1 {
				t.Errorf("%d %s: asked for %d times, want once", code, path, n)
			}
			if code == 301 {
				if err != nil || string(r.Body) != "une page" {
					t.Errorf("%d %s: %v, want where it leads", code, path, err)
				}
				continue
			}
			answer, ok := errors.AsType[*StatusError](err)
			if !ok || answer.Status != code {
				t.Errorf("%d %s: %v, want the status", code, path, err)
				continue
			}
			if r := answer.Response; !strings.HasPrefix(string(r.Body), sound) || r.Capture.Size <= len(r.Body) || r.Capture.Header["Retry-After"][0] != "3600" {
				t.Errorf("%d %s: kept %q of %d bytes, %v; want the beginning of more, %q", code, path, r.Body, r.Capture.Size, r.Capture.Header, sound)
			}
			for range maxRefusals {
				c.Get(t.Context(), Request{URL: url + path})
			}
			var resting *RestingError
			if _, err := c.Get(t.Context(), Request{URL: url + "/page"}); errors.As(err, &resting) != (code != 404) {
				t.Errorf("%d %s: then %v", code, path, err)
			}
		}
	}
}

// TestSlowRefusal: nor is a refusal less of one for never coming to its end; who goes away
// hears none.
func TestSlowRefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := roundTrip(func(req *http.Request) (*http.Response, error) {
			resp := page(req, 403, "")
			if req.URL.Path != robotsFile {
				resp.Body = io.NopCloser(io.MultiReader(strings.NewReader("<html>trop"), stuck{req.Context()}))
			}
			return resp, nil
		})
		c := newClient(t, func(cfg *Config) { cfg.Transport = network })
		_, err := c.Get(t.Context(), Request{URL: "https://a.test/"})
		if answer, ok := errors.AsType[*StatusError](err); !ok || string(answer.Response.Body) != "<html>trop" {
			t.Errorf("%v, want status 403 and what came with it", err)
		}
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		if _, err := c.Get(ctx, Request{URL: "https://a.test/"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v, want that we went away", err)
		}
	})
}

// A stuck body brings nothing until the request's end.
type stuck struct{ ctx context.Context }

func (s stuck) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, s.ctx.Err()
}
