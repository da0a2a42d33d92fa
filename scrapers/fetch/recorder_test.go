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
	"testing"
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
