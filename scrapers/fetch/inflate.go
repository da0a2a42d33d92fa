package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// acceptEncoding is what we ask for; some servers send other codings all the same.
const acceptEncoding = "gzip"

// ErrEncoding is a body in a form that cannot be read, or that is not what it says.
var ErrEncoding = errors.New("unreadable encoding")

// maxZstdWindow is what RFC 9659 lets a server ask of us.
const maxZstdWindow = 8 << 20

// inflate undoes the coding of a body, and returns what to call once it is read. The
// headers stay as sent: they are evidence too. Brotli, which we never ask for, and
// codings one upon the other are errors.
func inflate(resp *http.Response, body io.Reader) (inflated io.Reader, closed func(), err error) {
	nothing := func() {}
	coding := strings.ToLower(strings.TrimSpace(strings.Join(resp.Header.Values("Content-Encoding"), ",")))
	if coding == "" || coding == "identity" {
		return body, nothing, nil
	}
	buffered := bufio.NewReader(body)
	if _, err := buffered.Peek(1); err == io.EOF { // answers without a body, 304 first, carry the header too
		return buffered, nothing, nil
	}
	switch coding {
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, nil, fmt.Errorf("gzip: %w: %w", err, ErrEncoding)
		}
		return z, nothing, nil
	case "deflate":
		return deflated(buffered), nothing, nil
	case "zstd":
		z, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow))
		if err != nil {
			return nil, nil, fmt.Errorf("zstd: %w: %w", err, ErrEncoding)
		}
		return z, z.Close, nil
	}
	return nil, nil, fmt.Errorf("content-encoding %q: %w", coding, ErrEncoding)
}

// deflated reads what the RFC means by deflate, a zlib stream, and what some servers send
// under that name, the bare stream.
func deflated(body *bufio.Reader) io.Reader {
	if head, err := body.Peek(2); err == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		if z, err := zlib.NewReader(body); err == nil {
			return z
		}
	}
	return flate.NewReader(body)
}
