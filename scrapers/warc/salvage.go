package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
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

// What a file's own damage makes Salvage read in vain is at most all of it, but lengths that
// somebody has made up may overlap: more than so many bytes, and so many times what stands
// before, and the rest is left.
const (
	leastVain = DefaultMaxBlock
	mostVain  = 16
)

// Salvage reads a file to its end as [Reader.Records] does, and past what is damaged in it:
// a [*Damage] beside a zero record tells what cannot be read, and reading goes on at the
// next gzip member or line that begins a record. What it gives without an error is whole.
func Salvage(in io.ReaderAt) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		s := newScan(in)
		vain := int64(0) // bytes that led to no record, and are read again
		for at := int64(0); at >= 0; {
			next, last := int64(-1), int64(-1)
			r := s.reader(at)
			for rec, err := range r.Records() {
				if err != nil && rec.Type == "" {
					next = s.next(r.good + 1)
					damage := &Damage{Offset: r.good, Err: errors.Unwrap(err)}
					if last == r.good {
						damage.Err = fmt.Errorf("%w, behind a whole record in one gzip member: the rest of it is lost", damage.Err)
					} else {
						damage.URL = s.url(r.good)
					}
					if next >= 0 && errors.Is(damage.Err, io.ErrUnexpectedEOF) {
						damage.Err = errLength // a false one, that goes past the end
					}
					if vain += r.offset() - r.good; next >= 0 && vain > leastVain+mostVain*next {
						damage.Err = fmt.Errorf("%w, as are others that overlap: the rest of the file is not read", damage.Err)
						next = -1
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

// A scan looks in a file for records. What it reads by serves each place, since a damaged
// file may have many.
type scan struct {
	file   io.ReaderAt
	text   *bufio.Reader // where records are looked for
	at     int64         // the place of its next byte
	record *bufio.Reader // by which one is read
	look   *bufio.Reader // what a place looks like
	gz     gzip.Reader   // likewise
}

func newScan(in io.ReaderAt) *scan {
	buffer := func() *bufio.Reader { return bufio.NewReaderSize(from(in, 0), maxLine) }
	return &scan{file: in, text: buffer(), record: buffer(), look: buffer()}
}

// reader returns a Reader of what stands from a byte on. It is the scan's last.
func (s *scan) reader(at int64) *Reader {
	r := &Reader{file: s.file, in: counted{from(s.file, at), at}, raw: s.record, good: at}
	r.raw.Reset(&r.in)
	return r
}

// next finds where the next record begins, or its gzip member; -1 where none does.
func (s *scan) next(at int64) int64 {
	if ahead := at - 1 - s.at; ahead >= 0 && ahead <= int64(s.text.Buffered()) {
		s.text.Discard(int(ahead))
	} else {
		s.text.Reset(from(s.file, at-1))
	}
	for ; ; at++ {
		before, err := s.text.ReadByte()
		if err != nil {
			return -1
		}
		s.at = at
		next, _ := s.text.Peek(len(beginning))
		if before == '\n' && string(next) == beginning || bytes.HasPrefix(next, []byte{0x1f, 0x8b, 8}) && s.isMember(at) {
			return at
		}
	}
}

// isMember tells a gzip member that holds a record from three bytes that look like its
// beginning: a few more do, whatever its header says of its own length.
func (s *scan) isMember(at int64) bool {
	s.look.Reset(io.NewSectionReader(s.file, at, 1<<10))
	if s.gz.Reset(s.look) != nil {
		return false
	}
	start := make([]byte, len(beginning))
	_, err := io.ReadFull(&s.gz, start)
	return err == nil && string(start) == beginning
}

// url reads what can still be read of a damaged record's header: whose it is.
func (s *scan) url(at int64) string {
	s.look.Reset(from(s.file, at))
	header := from(s.file, at)
	if s.gz.Reset(s.look) == nil {
		header = &s.gz
	}
	fields, _ := readFields(bufio.NewReaderSize(io.LimitReader(header, maxLine), maxLine)) // as far as it goes
	return strings.Trim(field(fields, "WARC-Target-URI"), "<>")
}

// from reads a file from a byte on: a little at first, since that is often all that is asked for.
func from(in io.ReaderAt, at int64) io.Reader { return &growing{in, at, 1 << 10} }

type growing struct {
	in   io.ReaderAt
	at   int64
	most int // of a read
}

func (g *growing) Read(p []byte) (int, error) {
	n, err := g.in.ReadAt(p[:min(len(p), g.most)], g.at)
	g.at += int64(n)
	g.most = min(2*g.most, maxLine)
	if n > 0 {
		err = nil
	}
	return n, err
}
