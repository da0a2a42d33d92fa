package warc

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"vigie"
)

// The limits of a [Reader].
const (
	DefaultMaxBlock = 64 << 20
	maxLine         = 64 << 10 // of one header line
	maxFields       = 1000     // lines of one header
)

var errLength = errors.New("block of another length than the header says")

const beginning = "WARC/" // of every record

// A Reader reads a WARC file, gzip or plain. It bears what other tools have written:
// versions 0.17 to 1.1, lines that end in LF alone, folded header lines, several records
// in one gzip member. It is not safe for concurrent use.
type Reader struct {
	MaxBlock int64 // larger blocks are passed over with an error; zero: DefaultMaxBlock

	file   io.ReaderAt // whose beginning in is, for a look ahead; nil: there is none
	in     counted
	raw    *bufio.Reader
	gz     *gzip.Reader  // nil for a plain file
	plain  *bufio.Reader // over gz, kept from one member to the next
	text   *bufio.Reader // plain while a member is being read, or raw; nil between members
	member int64         // where it begins
	good   int64
}

// NewReader returns a Reader of r, which it reads ahead.
func NewReader(r io.Reader) *Reader {
	rd := &Reader{in: counted{r, 0}}
	rd.raw = bufio.NewReaderSize(&rd.in, maxLine)
	return rd
}

type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// Offset is the end of the last whole record: where to go on with a file that was cut.
func (r *Reader) Offset() int64 { return r.good }

// Records reads to the end. An error beside a record is about that record alone, a
// [DigestError] or [vigie.ErrTooLarge] (then without its block), and reading goes on. An
// error beside a zero record is the last: the file is damaged there, or, if it is an
// [io.ErrUnexpectedEOF], cut; every whole record before has been given. [Salvage] goes on
// behind it.
func (r *Reader) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for {
			rec, err := r.next()
			if err == io.EOF {
				return
			}
			if err != nil && rec.Type == "" {
				yield(Record{}, fmt.Errorf("WARC after byte %d: %w", r.good, err))
				return
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// next returns the next record, whose place in the file is known to be whole.
func (r *Reader) next() (Record, error) {
	if err := r.begin(); err != nil {
		return Record{}, err
	}
	rec, size, err := r.header()
	if err != nil {
		return Record{}, unexpected(err)
	}
	if err := r.ends(rec, size); err != nil {
		return Record{}, err
	}
	rec.Block, err = r.block(size)
	tooLarge := errors.Is(err, vigie.ErrTooLarge)
	if err != nil && !tooLarge {
		return Record{}, unexpected(err)
	}
	if err := skipBlank(r.text); err != nil && err != io.EOF { // at a gzip member's end, its checksum is compared
		return Record{}, unexpected(err)
	}
	if tooLarge {
		err = fmt.Errorf("record of %s at byte %d: %w", rec.URL, rec.Offset, err)
	} else {
		err = rec.verify()
	}
	if (err != nil || !rec.sealed()) && !r.between() {
		return Record{}, errLength
	}
	return rec, r.end(err)
}

// between reports whether the file ends here or another record begins.
func (r *Reader) between() bool {
	next, err := r.text.Peek(len(beginning))
	return err == io.EOF && len(next) == 0 || string(next) == beginning
}

// ends looks in a plain file for the end of a block: a length that leads past the file's
// end is false, and so is one that leads to no record, where no digest can prove it. To read
// the block first would be to read a file of such headers as often as it has some.
func (r *Reader) ends(rec Record, size int64) error {
	if !r.seekable() {
		return nil
	}
	if size > math.MaxInt64-r.offset() {
		return io.ErrUnexpectedEOF
	}
	around := make([]byte, 64)
	n, err := r.file.ReadAt(around, r.offset()+size-1)
	if err != nil && err != io.EOF {
		return nil // to read the block will tell
	}
	if n == 0 {
		return io.ErrUnexpectedEOF
	}
	next := bytes.TrimLeft(around[1:n], "\r\n")
	if len(next) < len(beginning) && err == nil || err == io.EOF && len(next) == 0 || bytes.HasPrefix(next, []byte(beginning)) {
		return nil
	}
	if rec.sealed() && size <= r.maxBlock() {
		return nil
	}
	return errLength
}

// begin finds the next record, in this gzip member or the next. Only here is the end of
// the file no surprise.
func (r *Reader) begin() error {
	for {
		if r.text == nil {
			if err := r.open(); err != nil {
				return err
			}
		}
		err := skipBlank(r.text)
		if err == io.EOF && r.gz != nil {
			r.text = nil
			continue
		}
		return err
	}
}

// open starts on the gzip member that begins here, or on the file if it is plain.
func (r *Reader) open() error {
	r.member = r.offset()
	magic, err := r.raw.Peek(2)
	if len(magic) == 0 {
		return err
	}
	if len(magic) == 1 && magic[0] == 0x1f {
		return io.ErrUnexpectedEOF
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		if r.gz != nil {
			return errors.New("bytes that are no gzip member")
		}
		r.text = r.raw
		return nil
	}
	if r.gz == nil {
		r.gz = new(gzip.Reader)
		r.plain = bufio.NewReaderSize(nil, maxLine)
	}
	if err := r.gz.Reset(r.raw); err != nil {
		return unexpected(err)
	}
	r.gz.Multistream(false)
	r.plain.Reset(r.gz)
	r.text = r.plain
	return nil
}

// end notes that the file is whole up to here, behind a record or its gzip member, and
// returns what there is to say of the record.
func (r *Reader) end(said error) error {
	if r.gz != nil {
		if _, err := r.text.Peek(1); err == io.EOF {
			r.text = nil
		}
	}
	if r.gz == nil || r.text == nil {
		r.good = r.offset()
	}
	return said
}

func (r *Reader) offset() int64 { return r.in.n - int64(r.raw.Buffered()) }

func (r *Reader) header() (Record, int64, error) {
	at := r.member
	if r.gz == nil {
		at = r.offset()
	}
	version, err := readLine(r.text)
	if err != nil {
		return Record{}, 0, err
	}
	if _, err := r.text.Peek(1); err == io.EOF && strings.HasPrefix(beginning, version) {
		return Record{}, 0, err
	}
	if !strings.HasPrefix(version, beginning) {
		return Record{}, 0, fmt.Errorf("%.40q where a record should begin", version)
	}
	fields, err := readFields(r.text)
	if err != nil {
		return Record{}, 0, err
	}
	rec := Record{Offset: at}
	size := int64(-1)
	for _, f := range fields {
		rec.set(f, &size)
	}
	if size < 0 || rec.Type == "" {
		return Record{}, 0, errors.New("record without its type or a Content-Length")
	}
	return rec, size, nil
}

// set gives a field its place in the record.
func (r *Record) set(f Field, size *int64) {
	switch strings.ToLower(f.Name) {
	case "warc-type":
		r.Type = f.Value
	case "warc-record-id":
		r.ID = strings.Trim(f.Value, "<>")
	case "warc-target-uri":
		r.URL = strings.Trim(f.Value, "<>") // wget puts brackets around it
	case "warc-date":
		r.Date = parseDate(f.Value)
	case "content-type":
		r.Media = f.Value
	case "content-length":
		if n, err := strconv.ParseInt(f.Value, 10, 64); err == nil {
			*size = n
		}
	default:
		r.Fields = append(r.Fields, f)
	}
}

// parseDate reads the date to the precision that WARC/1.1 leaves to the writer.
func parseDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// seekable reports whether the end of a block can be looked at before the block.
func (r *Reader) seekable() bool { return r.file != nil && r.gz == nil }

func (r *Reader) maxBlock() int64 { return cmp.Or(r.MaxBlock, DefaultMaxBlock) }

// block reads size bytes. It grows as they come, unless they are known to: a false length
// costs no memory.
func (r *Reader) block(size int64) ([]byte, error) {
	limit := r.maxBlock()
	if size > limit {
		if _, err := io.CopyN(io.Discard, r.text, size); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%d bytes, the limit is %d: %w", size, limit, vigie.ErrTooLarge)
	}
	var b bytes.Buffer
	room := size
	if !r.seekable() {
		room = min(size, maxLine)
	}
	b.Grow(int(room) + bytes.MinRead)
	if _, err := io.CopyN(&b, r.text, size); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
