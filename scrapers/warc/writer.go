package warc

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A Writer appends records to a file, each as one gzip member. The same records give
// the same bytes. It is not safe for concurrent use.
type Writer struct {
	out io.Writer
	gz  *gzip.Writer // one for all records: making one costs more than most records (measured, 2.4 times)
	n   int64

	tally tally
}

// NewWriter returns a Writer to w, which may already hold records.
func NewWriter(w io.Writer) *Writer {
	gz, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	return &Writer{out: w, gz: gz}
}

// Offset is the number of bytes written: where the next record will begin.
func (w *Writer) Offset() int64 { return w.n }

// Write appends r and returns it with its ID, its digests and its offset filled in, as a
// Reader will give it. It refuses a record without type or date, and a header value with
// a line break. After any other error the file ends in part of a record.
func (w *Writer) Write(r Record) (Record, error) {
	r, head, err := complete(r)
	if err != nil {
		return r, fmt.Errorf("write record of %s: %w", r.URL, err)
	}
	r.Offset = w.n
	w.gz.Reset(counter{w})
	for _, part := range [][]byte{head, r.Block, []byte("\r\n\r\n")} {
		if _, err := w.gz.Write(part); err != nil {
			return r, fmt.Errorf("write record of %s: %w", r.URL, err)
		}
	}
	if err := w.gz.Close(); err != nil {
		return r, fmt.Errorf("write record of %s: %w", r.URL, err)
	}
	w.tally.add(r)
	return r, nil
}

type counter struct{ *Writer }

func (c counter) Write(p []byte) (int, error) {
	n, err := c.out.Write(p)
	c.n += int64(n)
	return n, err
}

// complete adds what the content settles, and lays out the header.
func complete(r Record) (Record, []byte, error) {
	if r.Type == "" || r.Date.IsZero() {
		return r, nil, errors.New("it has no type or no date")
	}
	r.Date = r.Date.UTC()
	var added []Field
	for _, d := range []Field{{BlockDigest, digest(r.Block)}, {PayloadDigest, r.BodyDigest()}} {
		if d.Value != "" && r.Field(d.Name) == "" {
			added = append(added, d)
		}
	}
	r.Fields = append(r.Fields[:len(r.Fields):len(r.Fields)], added...)
	if r.ID == "" {
		r.ID = contentID(r)
	}
	head, err := header(r)
	return r, head, err
}

// Named reports whether a record's identifier is the one that its content gives, header and
// all, as [Writer] makes them: where it is, nothing has changed since.
func (r Record) Named() bool {
	id := r.ID
	r.ID, r.Date = "", r.Date.UTC()
	return contentID(r) == id
}

// contentID derives a UUID of version 8, the one left to applications, from all the
// record says: equal records have equal names, and different ones different.
func contentID(r Record) string {
	head, _ := header(r) // what it refuses, complete will refuse too
	h := sha256.New()
	h.Write(head)
	h.Write(r.Block)
	sum := h.Sum(nil)[:16]
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:])
}

func header(r Record) ([]byte, error) {
	fields := []Field{
		{"WARC-Type", r.Type},
		{"WARC-Record-ID", "<" + r.ID + ">"},
		{"WARC-Date", r.Date.Format(time.RFC3339Nano)},
		{"WARC-Target-URI", r.URL},
		{"Content-Type", r.Media},
	}
	fields = append(fields, r.Fields...)
	fields = append(fields, Field{"Content-Length", fmt.Sprint(len(r.Block))})
	var b bytes.Buffer
	b.WriteString("WARC/1.1\r\n")
	for _, f := range fields {
		if strings.ContainsAny(f.Name+f.Value, "\r\n") || strings.ContainsAny(f.Name, ": ") {
			return nil, fmt.Errorf("field %q: %q cannot stand in a header", f.Name, f.Value)
		}
		if f.Value != "" {
			b.WriteString(f.Name + ": " + f.Value + "\r\n")
		}
	}
	b.WriteString("\r\n")
	return b.Bytes(), nil
}
