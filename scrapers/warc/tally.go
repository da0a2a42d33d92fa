package warc

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"iter"
	"strconv"
	"time"
)

// A file that is cut between two records looks whole. So what vigie writes says in its
// first record that the last one is a tally, and that one how many records stand before it,
// and the SHA-256 of their identifiers, a line each. It is a metadata record about the
// first, which other tools pass over.
const (
	fieldLast    = "vigie-last-record"
	lastTally    = "tally"
	fieldRecords = "vigie-records"
	fieldIDs     = "vigie-record-ids-sha256"
)

// ErrShortened is a file of vigie's that has lost records.
var ErrShortened = errors.New("the file is not whole")

// A tally is of the records since the last warcinfo.
type tally struct {
	info    Record
	records int
	ids     hash.Hash
}

func (t *tally) add(r Record) {
	if r.Type == TypeInfo || t.ids == nil {
		*t = tally{info: r, ids: sha256.New()}
	}
	t.records++
	t.ids.Write([]byte(r.ID + "\n"))
}

func (t *tally) sum() string { return hex.EncodeToString(t.ids.Sum(nil)) }

// Begin opens a file of vigie's, which [Writer.End] closes.
func (w *Writer) Begin(date time.Time, fields ...Field) error {
	_, err := w.Write(Info(date, append(fields, Field{fieldLast, lastTally})...))
	return err
}

// End writes the tally of a file that was begun.
func (w *Writer) End() error {
	t := w.tally
	last := Metadata("", t.info.Date, Field{fieldRecords, strconv.Itoa(t.records)}, Field{fieldIDs, t.sum()})
	last.Fields = []Field{{RefersTo, "<" + t.info.ID + ">"}}
	_, err := w.Write(last)
	return err
}

// Whole passes records on, and where a file of vigie's has lost some, an [ErrShortened]
// beside a zero record. Of other tools' files nobody knows how many there were.
func Whole(records iter.Seq2[Record, error]) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		c := counting{}
		for rec, err := range records {
			if err == nil && rec.Type == TypeInfo && c.due && !yield(Record{}, c.cut()) {
				return
			}
			if !yield(rec, err) {
				return
			}
			if short := c.add(rec, err); short != nil && !yield(Record{}, short) {
				return
			}
		}
		if c.due {
			yield(Record{}, c.cut())
		}
	}
}

// A counting is on its way through a file.
type counting struct {
	tally
	damaged int
	due     bool // the file says that its last record is a tally, which has not come
}

func (c *counting) cut() error {
	c.due = false
	return fmt.Errorf("%w: its end is missing, which tells how many records there were; %d are there", ErrShortened, c.records)
}

// add counts a record, or compares what was counted with the tally.
func (c *counting) add(rec Record, err error) error {
	stated := blockField(rec.Block, fieldRecords)
	switch {
	case err != nil:
		c.damaged++
	case rec.Type == TypeInfo:
		c.tally.add(rec)
		c.damaged, c.due = 0, rec.OwnFile() && blockField(rec.Block, fieldLast) == lastTally
	case rec.Type == TypeMetadata && stated != "":
		return c.compare(stated, blockField(rec.Block, fieldIDs))
	default:
		c.tally.add(rec)
	}
	return nil
}

func (c *counting) compare(stated, sum string) error {
	c.due = false
	n, err := strconv.Atoi(stated)
	switch {
	case err != nil:
		return fmt.Errorf("%w: its end says that %q records were written", ErrShortened, stated)
	case c.records+c.damaged < n:
		return fmt.Errorf("%w: of %d records, %d are missing", ErrShortened, n, n-c.records-c.damaged)
	case c.damaged == 0 && (c.records != n || c.sum() != sum):
		return fmt.Errorf("%w: its %d records are not the %d that were written", ErrShortened, c.records, n)
	}
	return nil
}
