package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// A Damage is a place in a file where a record should be that can be read, and is none.
type Damage struct {
	URL    string // of the record that stood there, where that much can be read
	Offset int64
	Err    error // an [io.ErrUnexpectedEOF] where the file ends within it
}

func (d *Damage) Error() string {
	what := "a record"
	if d.URL != "" {
		what = "record of " + d.URL
	}
	if errors.Is(d.Err, io.ErrUnexpectedEOF) {
		return fmt.Sprintf("%s at byte %d: cut, or damaged to its end: %v", what, d.Offset, d.Err)
	}
	return fmt.Sprintf("%s at byte %d: %v", what, d.Offset, d.Err)
}

func (d *Damage) Unwrap() error { return d.Err }

// Salvage reads a file to its end as [Reader.Records] does, and past what is damaged in it:
// a [*Damage] beside a zero record tells what cannot be read, and reading goes on at the
// next gzip member or line that begins a record. What it gives without an error is whole.
func Salvage(in io.ReaderAt) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for at := int64(0); at >= 0; {
			next, last := int64(-1), int64(-1)
			r := newReader(from(in, at), at)
			for rec, err := range r.Records() {
				if err != nil && rec.Type == "" {
					next = nextRecord(in, r.good+1)
					damage := &Damage{Offset: r.good, Err: errors.Unwrap(err)}
					if last == r.good {
						damage.Err = fmt.Errorf("%w, behind a whole record in one gzip member: the rest of it is lost", damage.Err)
					} else {
						damage.URL = damagedURL(in, r.good)
					}
					if next >= 0 && errors.Is(damage.Err, io.ErrUnexpectedEOF) {
						damage.Err = errLength // a false one, that goes past the end
					}
					err = damage
				}
				last = rec.Offset
				if !yield(rec, err) {
					return
				}
			}
			at = next
		}
	}
}

func from(in io.ReaderAt, at int64) io.Reader { return io.NewSectionReader(in, at, math.MaxInt64-at) }

// nextRecord finds where the next record begins, or its gzip member; -1 where none does.
func nextRecord(in io.ReaderAt, at int64) int64 {
	b := bufio.NewReaderSize(from(in, at-1), maxLine)
	for ; ; at++ {
		before, err := b.ReadByte()
		if err != nil {
			return -1
		}
		next, _ := b.Peek(len(beginning))
		if before == '\n' && string(next) == beginning || bytes.HasPrefix(next, []byte{0x1f, 0x8b, 8}) && isMember(from(in, at)) {
			return at
		}
	}
}

// isMember tells a gzip member that holds a record from three bytes that look like its beginning.
func isMember(r io.Reader) bool {
	z, err := gzip.NewReader(r)
	if err != nil {
		return false
	}
	start := make([]byte, len(beginning))
	_, err = io.ReadFull(z, start)
	return err == nil && string(start) == beginning
}

// damagedURL reads what can still be read of a damaged record's header: whose it is.
func damagedURL(in io.ReaderAt, at int64) string {
	text := from(in, at)
	if z, err := gzip.NewReader(text); err == nil {
		text = z
	} else {
		text = from(in, at)
	}
	head, _ := io.ReadAll(io.LimitReader(text, maxLine)) // as far as it goes
	head, _ = cutHead(head)
	fields, _ := readFields(bufio.NewReaderSize(bytes.NewReader(head), maxLine+1))
	return strings.Trim(field(fields, "WARC-Target-URI"), "<>")
}
