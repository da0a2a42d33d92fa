package warc

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"vigie"
)

// A Captured is a document with one capture and its body.
type Captured struct {
	Document vigie.Document // without its captures
	Capture  vigie.Capture
	Seen     time.Time // when it was last so; zero: at Capture.Time
	Body     []byte
}

// IsList reports what is no document: a list, a feed, robots.txt. Its document has a source
// and no ID.
func (c Captured) IsList() bool { return c.Document.ID == "" }

// Unanswered reports what is known of a page that nobody answered for.
func (c Captured) Unanswered() bool { return c.Capture.Status == 0 }

// What vigie knows of a capture beside the exchange, in a metadata record after it, as
// JSON on one line: the fields of [vigie.Document] and [vigie.Capture]; and a time.
const (
	fieldDocument = "vigie-document"
	fieldCapture  = "vigie-capture"
	fieldSeen     = "vigie-last-seen"
)

// WriteCapture appends a capture: a record for each redirect, one for the answer, one for
// what vigie knows. The metadata has the header as it was. Where there was no answer, it is
// alone.
func (w *Writer) WriteCapture(c Captured) error {
	for i, h := range c.Capture.Chain {
		next := c.Capture.FinalURL
		if i+1 < len(c.Capture.Chain) {
			next = c.Capture.Chain[i+1].URL
		}
		moved := Response{Status: h.Status, Header: http.Header{"Location": {next}}}
		if _, err := w.Write(moved.Record(oneLine(h.URL), c.Capture.Time)); err != nil {
			return err
		}
	}
	answer := Record{URL: oneLine(address(c))}
	if !c.Unanswered() {
		var err error
		if answer, err = w.Write(answerOf(c)); err != nil {
			return err
		}
	}
	c.Document.Captures = nil
	document, err := json.Marshal(c.Document)
	if err != nil {
		return err
	}
	capture, err := json.Marshal(c.Capture)
	if err != nil {
		return err
	}
	fields := []Field{{fieldDocument, string(document)}, {fieldCapture, string(capture)}}
	if c.Seen.After(c.Capture.Time) {
		fields = append(fields, Field{fieldSeen, c.Seen.UTC().Format(time.RFC3339Nano)})
	}
	known := Metadata(answer.URL, c.Capture.Time, fields...)
	if answer.ID != "" {
		known.Fields = []Field{{ConcurrentTo, "<" + answer.ID + ">"}}
	}
	_, err = w.Write(known)
	return err
}

// fieldOriginal comes before the name of a header field that is not true of the body as it
// is archived, as in the replays of web archives. No tool could read a body by it.
const fieldOriginal = "X-Archive-Orig-"

// answerOf is the record of a capture's answer. A body is archived without its content
// coding; of an error's page perhaps its beginning alone, of a reserved page nothing.
func answerOf(c Captured) Record {
	header := http.Header(c.Capture.Header).Clone()
	aside := func(name string) {
		if values := header[name]; len(values) > 0 {
			header[fieldOriginal+name] = values
			delete(header, name)
		}
	}
	if c.Capture.Encoding == "" {
		aside("Content-Encoding")
	}
	if size := header.Get("Content-Length"); size != strconv.Itoa(len(c.Body)) {
		aside("Content-Length")
	}
	rec := Response{Status: c.Capture.Status, Header: header, Body: c.Body}.Record(oneLine(address(c)), c.Capture.Time)
	switch {
	case c.Capture.Size > len(c.Body):
		rec.Fields = append(rec.Fields, Field{Truncated, "length"})
	case c.Capture.Fault == vigie.FaultReserved:
		rec.Fields = append(rec.Fields, Field{Truncated, "unspecified"})
	}
	return rec
}

// address is where the answer came from in the end.
func address(c Captured) string {
	for _, a := range []string{c.Capture.FinalURL, c.Capture.URL} {
		if a != "" {
			return a
		}
	}
	return c.Document.URL
}

// CaptureOf joins an answer with the metadata record that follows it; ok is false where
// that is none of vigie's. An error says that the two do not agree, or are no pair.
func CaptureOf(answer, known Record) (c Captured, ok bool, err error) {
	c, ok, err = knownOf(known)
	if !ok || err != nil {
		return c, ok, err
	}
	if !c.Unanswered() {
		if answer.ID == "" || strings.Trim(known.Field(ConcurrentTo), "<>") != answer.ID {
			return c, true, fmt.Errorf("record of %s at byte %d: %w", known.URL, known.Offset, errAlone)
		}
		r, err := answer.Response()
		if err != nil {
			return c, true, err
		}
		c.Body = r.Body
	}
	if got := vigie.Digest(c.Body); got != c.Capture.Digest {
		return c, true, fmt.Errorf("document %s, %s: the body's digest is %s, the record says %s", c.Document.ID, c.Document.URL, got, c.Capture.Digest)
	}
	return c, true, nil
}

// knownOf reads what vigie knows of a capture, all but the body.
func knownOf(rec Record) (c Captured, ok bool, err error) {
	document, capture := blockField(rec.Block, fieldDocument), blockField(rec.Block, fieldCapture)
	if rec.Type != TypeMetadata || document == "" || capture == "" {
		return c, false, nil
	}
	err = errors.Join(json.Unmarshal([]byte(document), &c.Document), json.Unmarshal([]byte(capture), &c.Capture))
	if err == nil && (c.Capture.Time.IsZero() || c.Document.URL == "" || !c.IsList() && c.Document.Source == "") {
		err = errors.New("without a time, an address or a source")
	}
	if err != nil {
		return c, true, fmt.Errorf("record %s of %s: %w", rec.ID, rec.URL, err)
	}
	c.Seen = parseDate(blockField(rec.Block, fieldSeen))
	return c, true, nil
}

// blockField returns a field of a block of fields.
func blockField(block []byte, name string) string {
	for line := range strings.Lines(string(block)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(key, name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
