package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"vigie"
)

// A recorder takes down each answer whole, before anything above can re-encode or cut
// it. Bodies come out inflated; one that passes the limit is an error, and so is one
// that is not in within the time.
type recorder struct {
	next    http.RoundTripper
	max     int64 // bytes, as sent and inflated alike
	timeout time.Duration
}

// maxRefusal is how much is read of the body of a refusal: enough to know a challenge.
const maxRefusal = 64 << 10

// errEncoding is a body in a form that we did not ask for, or that is not what it says.
var errEncoding = errors.New("unreadable encoding")

// A recording is a body that is wholly here.
type recording struct {
	*bytes.Reader
	data []byte
}

func (recording) Close() error { return nil }

// recorded returns the body of a response that came through the recorder.
func recorded(resp *http.Response) []byte { return resp.Body.(recording).data }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeoutCause(req.Context(), r.timeout, fmt.Errorf("no full answer within %v: %w", r.timeout, os.ErrDeadlineExceeded))
	defer cancel()
	resp, err := r.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		return nil, because(ctx, err)
	}
	defer resp.Body.Close()
	data, err := r.read(resp, exchangeOf(req).prefix)
	if err != nil {
		return nil, because(ctx, err)
	}
	resp.Body = recording{bytes.NewReader(data), data}
	resp.Request = req // whose context goes on living
	resp.Uncompressed = true
	return resp, nil
}

// because gives the reason of a context's end in place of what it broke.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

func (r *recorder) read(resp *http.Response, prefix int64) ([]byte, error) {
	if resp.StatusCode >= 400 && prefix == 0 {
		prefix = maxRefusal
	}
	body, err := inflate(resp, io.LimitReader(resp.Body, r.max+1))
	if err != nil {
		return nil, err
	}
	if prefix > 0 {
		return io.ReadAll(io.LimitReader(body, prefix))
	}
	data, err := io.ReadAll(io.LimitReader(body, r.max+1))
	if int64(len(data)) > r.max {
		return nil, fmt.Errorf("body: %w of %d bytes", vigie.ErrTooLarge, r.max)
	}
	return data, err
}

// inflate reads what we asked for, gzip, and a server's silence on the matter. The
// headers stay as sent: they are evidence too.
func inflate(resp *http.Response, body io.Reader) (io.Reader, error) {
	switch coding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); coding {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(body)
		if errors.Is(err, io.EOF) { // answers without a body, 304 first, carry the header too
			return body, nil
		}
		if err != nil {
			return nil, fmt.Errorf("gzip: %w: %w", err, errEncoding)
		}
		return z, nil
	default:
		return nil, fmt.Errorf("content-encoding %q: %w", coding, errEncoding)
	}
}
