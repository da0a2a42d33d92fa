package fetch

import (
	"fmt"
	"io"
	"net/http"
	"slices"

	"vigie"
)

const (
	firstChunk, largestChunk = 16 << 10, 1 << 20

	lightBody = 2 << 20  // few pages are larger
	mostLent  = 32 << 20 // to one that is
)

// announced is how large a body is said to be, and a byte more, for its end to be met; of
// a large one what may be lent on its word.
func announced(resp *http.Response) int {
	if resp.ContentLength <= 0 || resp.Header.Get("Content-Encoding") != "" {
		return firstChunk
	}
	return int(min(resp.ContentLength+1, largestChunk))
}

// ReadAll reads a body of at most limit bytes; more is [vigie.ErrTooLarge]. A bomb costs the
// limit, and not what it would have become.
func ReadAll(body io.Reader, limit int64) ([]byte, error) { return readAll(body, limit, firstChunk) }

// readAll holds what has come in so far, twice at the end of a light body, once of one that
// has shown that it is large.
func readAll(body io.Reader, limit int64, first int) ([]byte, error) {
	var begun [][]byte // the chunks before the one that is being filled
	chunk, total := make([]byte, 0, first), int64(0)
	for {
		n, err := body.Read(chunk[len(chunk):cap(chunk)])
		chunk = chunk[:len(chunk)+n]
		total += int64(n)
		switch {
		case total > limit:
			return nil, tooLarge(limit)
		case err == io.EOF:
			return whole(begun, chunk), nil
		case err != nil:
			return nil, err
		case len(chunk) < cap(chunk):
		case total > lightBody:
			begun, chunk = nil, roomy(append(begun, chunk), total, limit)
		default:
			begun, chunk = append(begun, chunk), make([]byte, 0, min(2*cap(chunk), largestChunk))
		}
	}
}

func tooLarge(limit int64) error {
	return fmt.Errorf("body: %w of %d bytes", vigie.ErrTooLarge, limit)
}

// whole puts a body together, in no more memory than it needs.
func whole(begun [][]byte, last []byte) []byte {
	if begun == nil && (len(last)+1 == cap(last) || len(last) > lightBody && len(last) >= cap(last)/2) {
		return last // as large as it was said to be, or large enough for its place
	}
	return slices.Concat(append(begun, last)...)
}

// roomy moves a large body into one place that may hold all of it: memory that nothing is
// written to costs nothing, and a body that grows by moving costs itself again each time.
func roomy(begun [][]byte, total, limit int64) []byte {
	place := make([]byte, 0, max(min(limit, mostLent)+1, 2*total))
	for _, chunk := range begun {
		place = append(place, chunk...)
	}
	return place
}
