package warc

import (
	"errors"
	"fmt"
	"iter"
	"net/http"
)

// An Entry is what a file holds of one answer.
type Entry struct {
	Record Record    // a response, or a revisit; what vigie knew where nobody answered
	Known  *Captured // what vigie knew of it; nil in other tools' files
}

// Entries joins records to answers, with what vigie wrote of them. An error tells of one
// record, and more follow: those of the records, and that a pair of vigie's is no pair. Half
// a pair is no answer, since the page alone does not say whose it was.
func Entries(records iter.Seq2[Record, error]) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		j := joining{yield: yield}
		for rec, err := range records {
			if err != nil {
				if !j.stop(rec) || !yield(Entry{}, err) {
					return
				}
			} else if !j.add(rec) {
				return
			}
		}
		j.settle()
	}
}

// A joining is on its way through a file.
type joining struct {
	yield  func(Entry, error) bool
	own    bool   // vigie wrote the file
	answer Record // not settled: what follows may tell more of it
	broken bool   // what stood between the answer and here cannot be read
}

// stop is for a record that cannot be read: what it was the other half of, is no news.
func (j *joining) stop(rec Record) bool {
	if j.own && rec.Type != TypeResponse {
		j.answer = Record{}
	}
	more := j.settle()
	j.broken = true
	return more
}

func (j *joining) add(rec Record) bool {
	switch rec.Type {
	case TypeInfo:
		more := j.settle()
		j.own = rec.OwnFile()
		return more
	case TypeResponse:
		more := j.settle()
		j.answer, j.broken = rec, false
		return more
	case TypeRevisit:
		return j.settle() && j.yield(Entry{Record: rec}, nil)
	case TypeMetadata:
		return j.know(rec)
	}
	return true
}

// know joins the answer with what vigie knew of it.
func (j *joining) know(rec Record) bool {
	known, ok, err := CaptureOf(j.answer, rec)
	if !ok {
		return true
	}
	if errors.Is(err, errAlone) {
		told := j.broken
		return j.settle() && (told || j.yield(Entry{}, err))
	}
	if err == nil && known.Unanswered() {
		j.own = true
		return j.settle() && j.yield(Entry{rec, &known}, nil)
	}
	answer := j.answer
	j.own, j.answer = true, Record{}
	if err != nil {
		return j.yield(Entry{}, err)
	}
	return j.yield(Entry{answer, &known}, nil)
}

// settle gives the answer before, of which nothing more is told.
func (j *joining) settle() bool {
	answer := j.answer
	j.answer = Record{}
	if answer.Type == "" {
		return true
	}
	if !j.own {
		return j.yield(Entry{Record: answer}, nil)
	}
	if r, err := answer.Response(); err == nil && r.Status >= http.StatusMultipleChoices && r.Status < http.StatusBadRequest {
		return true // vigie knows no more of a redirect
	}
	return j.yield(Entry{}, fmt.Errorf("record of %s at byte %d: %w", answer.URL, answer.Offset, errHalf))
}

// Half a pair.
var (
	errHalf  = errors.New("what vigie knew of it is missing")
	errAlone = errors.New("the answer that it is about is missing")
)
