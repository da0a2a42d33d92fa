package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"vigie"
)

// Why facts end, see [Reading.Reason].
const (
	NewCapture = "new-capture" // the page has changed
	NewVersion = "new-version" // the page has not: vigie reads it otherwise
	Forgotten  = "forgotten"   // someone asked for it to be erased
)

// A Reading is what one version of vigie made of one body of a document. One with an
// Error (no readable text, say) made nothing of it: it is noted, and what was known
// before stays known, since a page that cannot be read withdraws nothing.
type Reading struct {
	Document        vigie.DocumentID
	Digest, Version string // of the body; of what read it
	At              time.Time
	Citation        vigie.Citation // its Document is taken from above
	Facts           []vigie.Fact   // their citations are not kept: they get the reading's
	Refusals        []vigie.Refusal
	Questions       []string // in which the page fits neither itself nor the official lists
	Print           string   // what tells its text from others
	Error           string
	Reason          string // why facts that end do; empty: found by comparing Digest with the last reading's
}

// PutReading puts r in the place of the document's last reading, all or nothing. Facts
// that state the same as before in the same words live on, wherever in the text the
// words have moved to; others end, and new ones begin, at r.At. Refusals likewise.
// The document must be in the archive, else [vigie.ErrNotFound].
func (s *Store) PutReading(ctx context.Context, r Reading) (err error) {
	defer s.wrap(&err, "reading of %s", r.Document)
	if err := r.check(); err != nil {
		return err
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		if err := r.succeed(ctx, s, tx); err != nil {
			return err
		}
		if err := r.insert(ctx, tx); err != nil || r.Error != "" {
			return err
		}
		if err := r.putFacts(ctx, s, tx); err != nil {
			return err
		}
		return r.putRefusals(ctx, s, tx)
	})
}

func (r *Reading) check() error {
	switch {
	case r.Version == "":
		return errors.New("no version")
	case r.At.IsZero():
		return errors.New("no time")
	case r.Error != "" && len(r.Facts)+len(r.Refusals) > 0:
		return errors.New("facts beside an error")
	}
	switch r.Reason {
	case "", NewCapture, NewVersion, Forgotten:
	default:
		return fmt.Errorf("unknown reason %q", r.Reason)
	}
	for _, f := range r.Facts {
		if f.Detail == nil {
			return errors.New("a fact without detail")
		}
	}
	return nil
}

// succeed ends the reading before r and takes from it what r leaves open.
func (r *Reading) succeed(ctx context.Context, s *Store, tx *sql.Tx) error {
	// Changes nothing, and makes another process that reads the same document wait.
	n, err := tx.ExecContext(ctx, `UPDATE documents SET id = id WHERE id = $1`, r.Document)
	if err != nil {
		return err
	}
	if found, err := n.RowsAffected(); err != nil || found == 0 {
		return errors.Join(err, vigie.ErrNotFound)
	}
	var last Reading
	c := &last.Citation
	err = s.sound(tx.QueryRowContext(ctx, `
		SELECT digest, url, publisher, title, published, updated, questions, text_print, known_from
		FROM readings WHERE document = $1 AND known_until IS NULL`, r.Document).Scan)(
		&last.Digest, &c.URL, &c.Publisher, &c.Title, &c.Published, &c.Updated, &detail{v: &last.Questions}, &last.Print, into{&last.At})
	r.At = micros(r.At)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if errors.Is(err, errDamaged) { // it ends, whenever it began
		s.damaged(fmt.Errorf("reading of %s: %w", r.Document, err))
	} else if err != nil {
		return err
	}
	if !r.At.After(last.At) { // the clock was set back; ours only goes on
		r.At = last.At.Add(time.Microsecond)
	}
	if r.Reason == "" {
		r.Reason = NewVersion
		if r.Digest != last.Digest {
			r.Reason = NewCapture
		}
	}
	if r.Error != "" { // the facts that live on keep their citation
		r.Citation, r.Questions, r.Print = last.Citation, last.Questions, last.Print
	}
	_, err = tx.ExecContext(ctx, `UPDATE readings SET known_until = $2 WHERE document = $1 AND known_until IS NULL`, r.Document, r.At)
	return err
}

func (r *Reading) insert(ctx context.Context, tx *sql.Tx) error {
	c := r.Citation
	questions, err := json.Marshal(r.Questions)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO readings (document, known_from, digest, version, url, publisher, title, published, updated, error, questions, text_print)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		r.Document, r.At, r.Digest, r.Version,
		clean(c.URL), clean(c.Publisher), clean(c.Title), clean(string(c.Published)), clean(string(c.Updated)), clean(r.Error), clean(string(questions)), clean(r.Print))
	return err
}

// end ends rows of a table at r.At.
func (r *Reading) end(ctx context.Context, tx *sql.Tx, table string, ids []int64) error {
	for _, id := range ids {
		_, err := tx.ExecContext(ctx, `UPDATE `+table+` SET known_until = $2, end_reason = $3 WHERE id = $1`, id, r.At, r.Reason)
		if err != nil {
			return err
		}
	}
	return nil
}

// A ReadingInfo says what was read when, and how it went.
type ReadingInfo struct {
	Document         vigie.DocumentID
	URL, Source      string // of the document
	Title, Publisher string // of the citation
	Published        vigie.Date
	Digest, Version  string
	At               time.Time
	Error            string
	Facts            int      // that the document states now
	Questions        []string `json:",omitempty"`
	Print            string   `json:",omitempty"`
}

// Readings yields the last reading that each document had at a moment, or has now if known
// is zero, by source and then by document.
func (s *Store) Readings(ctx context.Context, known time.Time) iter.Seq2[ReadingInfo, error] {
	q := selection[ReadingInfo]{
		query: `
			SELECT r.document, d.url, d.source, r.title, r.publisher, r.published, r.digest, r.version, r.known_from, r.error, r.questions, r.text_print,
				(SELECT count(*) FROM facts f WHERE f.document = r.document
					AND f.known_from <= $1 AND (f.known_until IS NULL OR $1 < f.known_until))
			FROM readings r JOIN documents d ON d.id = r.document
			WHERE r.known_from <= $1 AND (r.known_until IS NULL OR $1 < r.known_until) ORDER BY d.source, d.id`,
		args: []any{at(asOf(known))},
		scan: func(scan func(...any) error) (r ReadingInfo, err error) {
			err = scan(&r.Document, &r.URL, &r.Source, &r.Title, &r.Publisher, &r.Published,
				&r.Digest, &r.Version, into{&r.At}, &r.Error, &detail{v: &r.Questions}, &r.Print, &r.Facts)
			return r, err
		},
	}
	return named(s, "readings", q.from(ctx, s, s.read))
}
