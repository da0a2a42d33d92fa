package store

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"strings"
	"time"

	"vigie"
)

// answersLife is how long what a list said is kept once it says something else: long
// enough to see when a page was named, and by whom. What it said last is kept for good.
const answersLife = 90 * 24 * time.Hour

// Entry returns the page that a source's pages were found by, as it was last in order, or
// [vigie.ErrNotFound]. It is checked against its digest, as [Store.Body] is; one that is
// damaged is told and counts as not there, so that it is asked for whole.
func (s *Store) Entry(ctx context.Context, source, url string) (c vigie.Capture, body []byte, err error) {
	defer s.wrap(&err, "entry %s", url)
	a, err := answerRows(`WHERE source = $1 AND url = $2 AND good = 1 ORDER BY last_seen DESC, first_seen DESC LIMIT 1`, clean(source), clean(url)).list(ctx, s, preparing{s})
	if err == nil && len(a) == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return c, nil, err
	}
	if body, err = s.unpackAnswer(ctx, a[0]); err != nil {
		return c, nil, s.orNotFound(err, "list %s of %s", url, source)
	}
	return a[0].capture, body, nil
}

// PutEntry archives such an answer. One that says what the answer before it said is only
// noted as seen again, with its validators; errors are kept as evidence, of a row of equal
// ones the first. What others have followed for three months goes. One that says what a
// damaged answer said mends it.
func (s *Store) PutEntry(ctx context.Context, source, url string, c vigie.Capture, body []byte) (err error) {
	defer s.wrap(&err, "keep entry %s", url)
	a, err := s.answered(ctx, source, url, c, body)
	if err != nil {
		return err
	}
	return s.putAll(ctx, a)
}

// An answered is an answer on its way into the archive.
type answered struct {
	answer
	body   []byte  // until it is packed
	before *answer // nil: there is none
	mends  bool    // the one before says the same, and is damaged
}

func (s *Store) answered(ctx context.Context, source, url string, c vigie.Capture, body []byte) (*answered, error) {
	c, err := sealed(c, body)
	if err != nil {
		return nil, err
	}
	a := answered{answer: answer{source: clean(source), url: clean(url), capture: c}, body: body}
	last, err := answerRows(`WHERE source = $1 AND url = $2 AND first_seen <= $3 ORDER BY last_seen DESC, first_seen DESC LIMIT 1`,
		a.source, a.url, at(c.Time)).list(ctx, s, preparing{s})
	if err != nil || len(last) == 0 {
		return &a, err
	}
	if a.before = &last[0]; a.same() {
		_, err = s.unpackAnswer(ctx, *a.before)
		a.mends = errors.Is(err, errDamaged)
	}
	if a.mends {
		err = nil
	}
	return &a, err
}

func (a *answered) pack(ctx context.Context, p *packing) (err error) {
	if !a.again() || a.mends {
		a.packed, err = p.list(ctx, a.source, a.capture, a.body)
	}
	if err == nil {
		a.body = nil
	}
	return err
}

func (a *answered) write(ctx context.Context, w *writer) error {
	switch {
	case a.again():
		return a.seeAgain(ctx, w)
	case a.before == nil:
		return a.insert(ctx, w)
	}
	return errors.Join(a.insert(ctx, w), a.forget(ctx, w))
}

// An answer is a row of them, its body still packed.
type answer struct {
	source, url string
	capture     vigie.Capture
	seen        time.Time // last, of one that was archived
	packed      packed
}

// good reports what is what was asked for, and can be gone by next time.
func (a answer) good() int {
	if a.capture.Status < http.StatusBadRequest && a.capture.Fault == "" {
		return 1
	}
	return 0
}

// same reports an answer that says what the one before it said.
func (a *answered) same() bool {
	return a.before != nil && a.before.capture.Digest == a.capture.Digest && a.alike()
}

// alike reports an answer that came as the one before it did, whatever it says.
func (a *answered) alike() bool {
	c := a.before.capture
	return c.Status == a.capture.Status && c.Fault == a.capture.Fault && c.MediaType == a.capture.MediaType
}

// again reports one that is the answer before it once more: the same, or the same error.
func (a *answered) again() bool {
	return a.same() || a.before != nil && a.good() == 0 && a.alike()
}

// seeAgain moves the time that the answer before was last seen.
func (a *answered) seeAgain(ctx context.Context, w *writer) error {
	first, c := a.before.capture.Time, a.before.capture
	if a.same() {
		c = a.capture
		c.Time = first
	}
	capture, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, `
		UPDATE answers SET capture = $5, last_seen = CASE WHEN last_seen < $4 THEN $4 ELSE last_seen END
		WHERE source = $1 AND url = $2 AND first_seen = $3 AND digest = $6`,
		a.source, a.url, at(first), at(a.capture.Time), clean(string(capture)), c.Digest)
	if err == nil && a.mends {
		_, err = w.exec(ctx, `UPDATE answers SET zstd = $5, basis = $6 WHERE source = $1 AND url = $2 AND first_seen = $3 AND digest = $4`,
			a.source, a.url, at(first), c.Digest, a.packed.zstd, a.packed.basis)
	}
	return err
}

func (a *answered) insert(ctx context.Context, w *writer) error {
	capture, err := json.Marshal(a.capture)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, `
		INSERT INTO answers (source, url, first_seen, last_seen, digest, good, capture, zstd, basis)
		VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
		a.source, a.url, at(a.capture.Time), a.capture.Digest, a.good(), clean(string(capture)), a.packed.zstd, a.packed.basis)
	return err
}

// forget lets go what others have followed for long.
func (a *answered) forget(ctx context.Context, w *writer) error {
	_, err := w.exec(ctx, `
		DELETE FROM answers WHERE source = $1 AND url = $2 AND last_seen < $3 AND (first_seen, digest) <> (
			SELECT first_seen, digest FROM answers WHERE source = $1 AND url = $2 AND good = 1
			ORDER BY last_seen DESC, first_seen DESC LIMIT 1)`,
		a.source, a.url, at(a.capture.Time.Add(-answersLife)))
	return err
}

// Answers yields what sites said of where their pages are, by source, address and time:
// a document without an ID, with one capture, whose body [Store.AnswerBody] has.
func (s *Store) Answers(ctx context.Context) iter.Seq2[Answer, error] {
	return func(yield func(Answer, error) bool) {
		for a, err := range answerRows(`ORDER BY source, url, first_seen, digest`).from(ctx, s, s.read) {
			out := Answer{Source: a.source, URL: a.url, Capture: a.capture, Seen: a.seen}
			if err == nil {
				out.Body, out.Damage = s.unpackAnswer(ctx, a)
			}
			s.wrap(&err, "answers")
			if !yield(out, err) {
				return
			}
		}
	}
}

// An Answer is what a site said once of where its pages are.
type Answer struct {
	Source, URL string // Source is empty where it is said to all, as robots.txt is
	Capture     vigie.Capture
	Seen        time.Time // last
	Body        []byte
	Damage      error // the body is not what it was
}

// list packs a list against the basis that the source's pages have, where there is
// one: none is made of a list.
func (p *packing) list(ctx context.Context, source string, c vigie.Capture, body []byte) (packed, error) {
	if len(body) >= leastPacked && strings.Contains(c.MediaType, "html") {
		b, err := p.basisOf(ctx, source)
		if err != nil {
			return packed{}, err
		}
		if b != nil {
			return packed{len(body), p.encode(b.pack, body), b.digest}, nil
		}
	}
	return packed{size: len(body), zstd: p.encode(p.store.pack, body)}, nil
}

func answerRows(where string, args ...any) selection[answer] {
	return selection[answer]{
		query: `SELECT source, url, capture, last_seen, zstd, coalesce(basis, '') FROM answers ` + where, args: args,
		scan: func(scan func(...any) error) (a answer, err error) {
			var basis string
			err = scan(&a.source, &a.url, jsonInto{&a.capture}, into{&a.seen}, &a.packed.zstd, &basis)
			if basis != "" {
				a.packed.basis = basis
			}
			return a, err
		},
	}
}

func (s *Store) unpackAnswer(ctx context.Context, a answer) ([]byte, error) {
	against, ok := a.packed.basis.(string)
	if !ok {
		return unpack(s.plain, a.packed.zstd, a.capture.Digest)
	}
	b, err := s.basis(ctx, against)
	if err != nil {
		return nil, err
	}
	return unpack(b.plain, a.packed.zstd, a.capture.Digest)
}
