package scrapers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"

	"vigie"
	"vigie/scrapers/fetch"
	"vigie/scrapers/warc"
)

// A warcFile is a public archive that somebody has copied to this machine. It asks nobody.
type warcFile struct {
	path  string
	index func() warcIndex // read once
}

type warcIndex struct {
	pages []Snapshot // good responses, in the file's order
	err   error      // what is damaged in it; what is whole is in pages
}

// OpenWARC returns the pages of a WARC file as a public archive.
func OpenWARC(path string) (Past, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder, not a WARC file", path)
	}
	return warcFile{path, sync.OnceValue(func() warcIndex { return readIndex(path) })}, nil
}

func (f warcFile) Name() string { return "warc:" + filepath.Base(f.path) }

func readIndex(path string) (x warcIndex) {
	in, err := os.Open(path)
	if err != nil {
		return warcIndex{err: err}
	}
	defer in.Close()
	orphans, places := 0, map[string]string{}
	var answer warc.Record
	for rec, err := range warc.Salvage(in) {
		if err != nil {
			x.err = errors.Join(x.err, fmt.Errorf("%s: %w", path, err))
			continue
		}
		if known, ok, err := warc.CaptureOf(answer, rec); ok && err == nil && known.IsList() {
			x.drop(answer) // vigie says so: no page, but where pages are named
		}
		answer = rec
		if rec.Type == warc.TypeRevisit && !refersTo(places, rec) {
			orphans++
		}
		if rec.Type != warc.TypeResponse {
			continue
		}
		for _, name := range rec.Referable() {
			places[name] = rec.URL
		}
		if r, err := rec.Response(); err == nil && r.Status == http.StatusOK {
			x.pages = append(x.pages, Snapshot{URL: rec.URL, Place: placeOf(rec), Time: rec.Date})
		}
	}
	if orphans > 0 && x.err == nil {
		x.err = fmt.Errorf("%s: %d revisits of pages that it does not hold itself: they are in the file that it was made after", path, orphans)
	}
	slices.SortStableFunc(x.pages, func(a, b Snapshot) int { return a.Time.Compare(b.Time) })
	return x
}

func placeOf(rec warc.Record) string { return strconv.FormatInt(rec.Offset, 10) }

// drop takes out the page of a record, if it is the last one and has one.
func (x *warcIndex) drop(rec warc.Record) {
	if last := len(x.pages) - 1; last >= 0 && x.pages[last].Place == placeOf(rec) {
		x.pages = x.pages[:last]
	}
}

// refersTo reports whether a revisit repeats an answer of the same page that stands in the
// file: that one is the page as it was, then and later.
func refersTo(places map[string]string, revisit warc.Record) bool {
	for _, name := range revisit.Refers() {
		if at, ok := places[name]; ok {
			return samePage(at, revisit.URL)
		}
	}
	return false
}

func (f warcFile) Snapshots(ctx context.Context, _ Getter, host string, w vigie.Window) iter.Seq2[Snapshot, error] {
	return func(yield func(Snapshot, error) bool) {
		x := f.index()
		for _, s := range x.pages {
			if ctx.Err() != nil {
				return
			}
			if fetch.SameHost(hostOf(s.URL), host) && takenIn(w, s.Time) && !yield(s, nil) {
				return
			}
		}
		if x.err != nil {
			yield(Snapshot{}, x.err)
		}
	}
}

func (f warcFile) Fetch(_ context.Context, _ Getter, s Snapshot, w vigie.Window) (*fetch.Response, error) {
	if s.Place == "" {
		i := slices.IndexFunc(f.index().pages, func(p Snapshot) bool { return samePage(p.URL, s.URL) && takenIn(w, p.Time) })
		if i < 0 {
			return nil, fmt.Errorf("%s: %w", s.URL, vigie.ErrNotFound)
		}
		s.Place = f.index().pages[i].Place
	}
	in, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	offset, err := strconv.ParseInt(s.Place, 10, 64)
	if err != nil {
		return nil, err
	}
	if _, err := in.Seek(offset, io.SeekStart); err != nil {
		return nil, err
	}
	for rec, err := range warc.NewReader(in).Records() {
		if err != nil {
			return nil, err
		}
		if rec.Type == warc.TypeResponse && samePage(rec.URL, s.URL) {
			return recorded(rec, s.URL, f.Name())
		}
	}
	return nil, fmt.Errorf("%s at byte %d: %w", s.URL, offset, vigie.ErrNotFound)
}

// maxRecorded is the limit of a body unpacked from a record, as of one from the network.
const maxRecorded = 32 << 20

// Recorded makes the page in a WARC record an answer that came by via, with the record's
// date for its time. An answer that is no page is a [*fetch.StatusError], and one of which
// the record has the beginning alone a [*PageError].
func Recorded(rec warc.Record, via string) (*fetch.Response, error) {
	return recorded(rec, rec.URL, via)
}

// recorded makes a WARC record the answer to a request for address.
func recorded(rec warc.Record, address, via string) (*fetch.Response, error) {
	r, err := rec.Response()
	if err != nil {
		return nil, err
	}
	if r.Status != http.StatusOK {
		return nil, &fetch.StatusError{Status: r.Status}
	}
	if rec.Date.IsZero() {
		return nil, fmt.Errorf("record of %s: without a date", rec.URL)
	}
	cut := rec.Field(warc.Truncated)
	body, err := unpacked(r)
	if err != nil && !(cut != "" && errors.Is(err, io.ErrUnexpectedEOF)) {
		return nil, fmt.Errorf("record of %s: %w", rec.URL, err)
	}
	if len(body) == 0 {
		return nil, fmt.Errorf("record of %s: %w", rec.URL, fetch.ErrEmpty)
	}
	resp := &fetch.Response{Body: body, Capture: vigie.Capture{
		URL: address, FinalURL: rec.URL, Via: via, Time: rec.Date, Status: r.Status, Size: len(body),
		MediaType: r.Header.Get("Content-Type"), Header: r.Header,
		OptOut: fetch.OptOut(r.Header, body),
	}}
	if cut != "" {
		resp.Capture.Size++ // at least
		resp.Capture.Fault = vigie.FaultCut
		return nil, &PageError{vigie.FaultCut, "the archive cut it: " + cut, resp}
	}
	return resp, nil
}

// unpacked returns a body without its content encoding. Some archives unpack what they
// keep and leave the header as it was, so the bytes decide.
func unpacked(r warc.Response) ([]byte, error) {
	coding := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding")))
	packed := bytes.HasPrefix(r.Body, []byte{0x1f, 0x8b})
	switch {
	case coding == "" || coding == "identity", strings.HasSuffix(coding, "gzip") && !packed:
		return r.Body, nil
	case !strings.HasSuffix(coding, "gzip"):
		return nil, fmt.Errorf("content-encoding %q: %w", coding, vigie.ErrNoArticle)
	}
	z, err := gzip.NewReader(bytes.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(z, maxRecorded+1))
	if len(body) > maxRecorded {
		return nil, fmt.Errorf("body: %w of %d bytes", vigie.ErrTooLarge, maxRecorded)
	}
	return body, err
}
