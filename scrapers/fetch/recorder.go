package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// A recorder takes down each answer whole, before anything above can re-encode or cut
// it. Bodies come out inflated; one that passes the limit is an error, and so is one
// that is not in within the time, or comes in drops. An answer that is no page says so by
// its status and header, whatever becomes of its body: of that what came is kept.
type recorder struct {
	next    http.RoundTripper
	max     int64 // bytes, as sent and inflated alike
	timeout time.Duration

	patience time.Duration // with a body that comes in drops
}

// A body that brings less than minFlow in a flowTime is not waited for.
const (
	flowTime = 15 * time.Second
	minFlow  = 1 << 10
)

// errSlow is a body that took too long: asked for again, it would take as long.
var errSlow = errors.New("too slow")

// maxRefusal is how much is read of the body of a refusal: enough to know a challenge.
const maxRefusal = 64 << 10

// A recording is a body that is wholly here.
type recording struct {
	*bytes.Reader
	data      []byte
	size      int    // of the whole body, or at least that: more than the data where it was not read to its end
	challenge string // that it is
}

func (recording) Close() error { return nil }

// recorded returns the body of a response that came through the recorder.
func recorded(resp *http.Response) []byte { return resp.Body.(recording).data }

// recordedSize returns how large the body of such a response is in all, at least.
func recordedSize(resp *http.Response) int { return resp.Body.(recording).size }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	defer cancel(nil)
	full := time.AfterFunc(r.timeout, func() { cancel(slow("no full answer within %v", r.timeout)) })
	defer full.Stop()
	resp, err := r.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		return nil, because(ctx, err)
	}
	defer resp.Body.Close()
	x := exchangeOf(req)
	wire := &flow{body: resp.Body, ctx: ctx}
	defer wire.watch(r.patience, cancel)()
	data, size, err := r.read(resp, wire, x.prefix)
	x.received = wire.count.Load()
	if err != nil && (resp.StatusCode < 300 || req.Context().Err() != nil) {
		return nil, because(ctx, err)
	}
	resp.Body = recording{bytes.NewReader(data), data, size, challengeIn(resp.Header, data)}
	resp.Request = req // whose context goes on living
	resp.Uncompressed = true
	return resp, nil
}

func slow(format string, args ...any) error {
	return fmt.Errorf("%s: %w: %w", fmt.Sprintf(format, args...), errSlow, os.ErrDeadlineExceeded)
}

// A flow counts what comes in.
type flow struct {
	body  io.Reader
	ctx   context.Context // of the one request
	count atomic.Int64
}

func (f *flow) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.body.Read(p)
	f.count.Add(int64(n))
	return n, err
}

// watch cancels the request once the flow is down to drops for as long as patience; what it
// returns ends the watch.
func (f *flow) watch(patience time.Duration, cancel context.CancelCauseFunc) (stop func() bool) {
	before := int64(0)
	var again *time.Timer
	again = time.AfterFunc(noTime, func() { // a timer: a goroutine for each request would cost more than the request's layers
		n := f.count.Load()
		if n-before < minFlow {
			cancel(slow("%d bytes in %v", n-before, patience))
			return
		}
		before = n
		again.Reset(patience)
	})
	again.Reset(patience)
	return again.Stop
}

// noTime is when a timer goes off that is yet to be set.
const noTime = time.Duration(math.MaxInt64)

// because gives the reason of a context's end in place of what it broke.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// read returns the inflated body of an answer: the beginning of one that is no page, or of
// which a prefix is enough, the whole of a page's; and how large it is in all, at least. Of a
// beginning an error tells why there is no more.
func (r *recorder) read(resp *http.Response, wire io.Reader, prefix int64) (data []byte, size int, err error) {
	if resp.StatusCode >= 300 && prefix == 0 {
		prefix = maxRefusal
	}
	sent := &io.LimitedReader{R: wire, N: r.max + 1}
	body, closed, err := inflate(resp, sent)
	if err != nil {
		return nil, 1, err
	}
	defer closed()
	if prefix == 0 {
		if data, err = readAll(body, r.max, announced(resp)); sent.N <= 0 { // also what would have become little
			return nil, 0, tooLarge(r.max)
		}
		return data, len(data), err
	}
	data, err = io.ReadAll(io.LimitReader(body, prefix+1))
	if size = len(data); err != nil {
		size++
	}
	data = data[:min(int64(len(data)), prefix)]
	if size > len(data) && resp.Header.Get("Content-Encoding") == "" {
		size = max(size, int(resp.ContentLength))
	}
	return data, size, err
}
