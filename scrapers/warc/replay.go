package warc

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"vigie"
)

// ErrNotArchived is a replay's answer to an address that it does not hold. It is a
// [vigie.ErrNotFound] too, to those who need not tell a replay from the web.
var ErrNotArchived error = notArchived{}

type notArchived struct{}

func (notArchived) Error() string {
	return "not in the archive that is replayed, and there is no network"
}

func (notArchived) Is(target error) bool { return target == vigie.ErrNotFound }

// A Replay is an [http.RoundTripper] that answers as the archived web did, and reaches no
// network. Redirects, refusals and failures are answered as recorded; a body keeps its
// Content-Encoding. It holds the archive in memory, and is safe for concurrent use.
type Replay struct {
	// At is the day on which the web is seen: each address answers as it last did at or
	// before At. Zero: as it did last of all.
	At time.Time

	answers map[string][]answer // by address, oldest first
}

type answer struct {
	date time.Time
	Response
}

// NewReplay reads archives, the older before the newer. A damaged one is an error: what
// it would leave out would pass for pages that are gone.
func NewReplay(archives ...io.Reader) (*Replay, error) {
	p := &Replay{answers: map[string][]answer{}}
	bodies := map[string]Response{} // by payload digest, for revisits
	for _, archive := range archives {
		for rec, err := range NewReader(archive).Records() {
			if err != nil {
				return nil, fmt.Errorf("replay: %w", err)
			}
			if err := p.add(rec, bodies); err != nil {
				return nil, fmt.Errorf("replay: %w", err)
			}
		}
	}
	for _, as := range p.answers {
		slices.SortStableFunc(as, func(a, b answer) int { return a.date.Compare(b.date) })
	}
	return p, nil
}

func (p *Replay) add(rec Record, bodies map[string]Response) error {
	if rec.Type != TypeResponse && rec.Type != TypeRevisit {
		return nil
	}
	r, err := rec.Response()
	if err != nil {
		return err
	}
	payload := rec.BodyDigest()
	if rec.Type == TypeResponse {
		bodies[payload] = r
	} else {
		earlier, ok := bodies[payload]
		if !ok {
			return fmt.Errorf("revisit of %s: its body %s comes in no record before it", rec.URL, payload)
		}
		r = earlier // with the header it had: a 304 repeats only part of one
	}
	u, err := url.Parse(rec.URL)
	if err != nil {
		return fmt.Errorf("address of record %s: %w", rec.ID, err)
	}
	// Under both names, since what is asked for may be either. The exact one wins.
	for _, key := range names(u) {
		p.answers[key] = append(p.answers[key], answer{rec.Date, r})
	}
	return nil
}

// names returns the keys of an address: as it is on the wire, and in canonical form.
func names(u *url.URL) []string {
	wire := strings.ToLower(u.Scheme+"://"+u.Host) + u.RequestURI()
	canonical, err := vigie.CanonicalURL(u.String())
	if err != nil {
		return []string{wire}
	}
	return []string{wire, "canonical " + canonical}
}

// URLs returns every address that is answered, sorted.
func (p *Replay) URLs() []string {
	var urls []string
	for u := range p.answers {
		if !strings.HasPrefix(u, "canonical ") {
			urls = append(urls, u)
		}
	}
	slices.Sort(urls)
	return urls
}

// RoundTrip answers a GET; any other method is an error, and so is an address that
// neither stands in the archive nor means the same page as one that does:
// [ErrNotArchived]. A condition that holds is answered with 304.
func (p *Replay) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		req.Body.Close()
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	if req.Method != http.MethodGet && req.Method != "" {
		return nil, fmt.Errorf("replay %s %s: an archive answers GET only", req.Method, req.URL)
	}
	for _, name := range names(req.URL) {
		if r, ok := p.lookup(name); ok {
			return reply(req, r), nil
		}
	}
	return nil, fmt.Errorf("replay %s: %w", req.URL, ErrNotArchived)
}

func (p *Replay) lookup(name string) (Response, bool) {
	for _, a := range slices.Backward(p.answers[name]) {
		if p.At.IsZero() || !a.date.After(p.At) {
			return a.Response, true
		}
	}
	return Response{}, false
}

func reply(req *http.Request, r Response) *http.Response {
	h := r.Header.Clone()
	if r.Status == http.StatusOK && unchanged(req.Header, h) {
		r = Response{Status: http.StatusNotModified}
		h.Del("Content-Length")
		h.Del("Content-Encoding")
	}
	return &http.Response{
		Status:     fmt.Sprintf("%d %s", r.Status, http.StatusText(r.Status)),
		StatusCode: r.Status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        h,
		Body:          io.NopCloser(bytes.NewReader(r.Body)),
		ContentLength: int64(len(r.Body)),
		Request:       req,
	}
}

// unchanged decides a conditional request: by ETag where the request names one, else by
// date (RFC 9110, 13.1.2 and 13.1.3).
func unchanged(asked, have http.Header) bool {
	if tags := asked.Get("If-None-Match"); tags != "" {
		etag := strings.TrimPrefix(have.Get("ETag"), "W/")
		for tag := range strings.SplitSeq(tags, ",") {
			tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
			if tag == "*" || etag != "" && tag == etag {
				return true
			}
		}
		return false
	}
	since, err1 := http.ParseTime(asked.Get("If-Modified-Since"))
	modified, err2 := http.ParseTime(have.Get("Last-Modified"))
	return err1 == nil && err2 == nil && !modified.After(since)
}
