package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"time"

	"vigie"
)

// A Kept is a capture as the archive keeps it: the time over which a page had one body.
type Kept struct {
	Document vigie.Document // without its captures; of a list, without an ID
	Capture  vigie.Capture
	Seen     time.Time // when it was last so; zero: at Capture.Time
}

// Kept yields every capture of documents, in the order of [Store.Documents].
func (s *Store) Kept(ctx context.Context) iter.Seq2[Kept, error] {
	return named(s, "captures", keptRows(`ORDER BY d.source, d.id, c.last_seen, c.first_seen, c.digest`).from(ctx, s, s.read))
}

// KeptOf returns the captures of one document, in order of time.
func (s *Store) KeptOf(ctx context.Context, id vigie.DocumentID) (kept []Kept, err error) {
	defer s.wrap(&err, "captures of %s", id)
	return keptRows(`WHERE d.id = $1 ORDER BY c.first_seen, c.last_seen, c.digest`, id).list(ctx, s, s.read)
}

// LeadTo returns the documents that were asked for at an address, or led there.
func (s *Store) LeadTo(ctx context.Context, address string) (ids []vigie.DocumentID, err error) {
	defer s.wrap(&err, "documents at %s", address)
	return selection[vigie.DocumentID]{
		query: `SELECT DISTINCT document FROM captures WHERE url = $1 OR final_url = $1 ORDER BY document`,
		args:  []any{clean(address)},
		scan: func(scan func(...any) error) (id vigie.DocumentID, err error) {
			err = scan(&id)
			return id, err
		},
	}.list(ctx, s, s.read)
}

func keptRows(where string, args ...any) selection[Kept] {
	return selection[Kept]{
		query: `SELECT d.id, d.url, d.source, d.title, d.published, d.modified, c.last_seen, ` + captureColumns + `
			FROM documents d JOIN captures c ON c.document = d.id ` + where,
		args: args,
		scan: func(scan func(...any) error) (k Kept, err error) {
			d := &k.Document
			err = scan(append([]any{&d.ID, &d.URL, &d.Source, &d.Title, &d.Published, into{&d.Modified}, into{&k.Seen}}, captureInto(&k.Capture)...)...)
			return k, err
		},
	}
}

// Restore archives what an archive kept, this one or another, so that it comes back as it
// was. What the archive has stays, but that a later sighting counts.
func (s *Store) Restore(ctx context.Context, k Kept, body []byte) (err error) {
	defer s.wrap(&err, "restore %s", k.Document.URL)
	if k.Seen.Before(k.Capture.Time) {
		k.Seen = k.Capture.Time
	}
	if k.Document.ID == "" {
		c, err := sealed(k.Capture, body)
		if err != nil {
			return err
		}
		list := answer{source: clean(k.Document.Source), url: clean(k.Document.URL), capture: c, seen: k.Seen}
		return s.putAll(ctx, &restoredList{answered{answer: list, body: body}})
	}
	f, err := newFetched(k.Document, k.Capture, body)
	if err != nil {
		return err
	}
	return s.putAll(ctx, &restored{fetched: f, seen: k.Seen})
}

// Mend replaces a body that is damaged in the archive by what it was. It is packed alone
// then, since others may hang on it.
func (s *Store) Mend(ctx context.Context, body []byte) (err error) {
	digest := vigie.Digest(body)
	defer s.wrap(&err, "mend body %s", digest)
	if _, err := s.Body(ctx, digest); err == nil || errors.Is(err, vigie.ErrNotFound) || ctx.Err() != nil {
		return ctx.Err()
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE bodies SET size = $2, zstd = $3, basis = NULL WHERE digest = $1`,
			digest, len(body), s.pack.EncodeAll(body, []byte{}))
		return err
	})
}

// A restored is a page's capture on its way back.
type restored struct {
	*fetched
	seen time.Time
}

func (r *restored) write(ctx context.Context, w *writer) error {
	if err := r.writeDocument(ctx, w); err != nil {
		return err
	}
	if err := r.writeBody(ctx, w); err != nil {
		return err
	}
	if inOrder(r.capture) {
		if err := w.came(ctx, r.doc.ID, r.seen); err != nil {
			return err
		}
	}
	if known, err := r.writeSeen(ctx, w); known || err != nil {
		return err
	}
	return putCapture(ctx, w, r.doc.ID, r.capture, r.seen)
}

// writeDocument adds to what is known of the document what is not.
func (r *restored) writeDocument(ctx context.Context, w *writer) error {
	last := r.capture
	last.Time = r.seen
	checked, modified := checkOf(r.doc, last)
	_, err := w.exec(ctx, `
		INSERT INTO documents (id, url, source, title, published, checked, modified) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET
			title = CASE WHEN documents.title = '' THEN excluded.title ELSE documents.title END,
			published = CASE WHEN documents.published = '' THEN excluded.published ELSE documents.published END,
			modified = CASE WHEN documents.checked IS NULL OR documents.checked < excluded.checked THEN excluded.modified ELSE documents.modified END,
			checked = CASE WHEN documents.checked IS NULL OR documents.checked < excluded.checked THEN excluded.checked ELSE documents.checked END`,
		r.doc.ID, clean(r.doc.URL), clean(r.doc.Source), clean(r.doc.Title), clean(string(r.doc.Published)), at(checked), at(modified))
	return err
}

// writeSeen notes a later sighting of a capture that the archive has, begun then or before.
func (r *restored) writeSeen(ctx context.Context, w *writer) (known bool, err error) {
	c := r.capture
	res, err := w.exec(ctx, `
		UPDATE captures SET
			etag = CASE WHEN last_seen < $5 THEN $6 ELSE etag END,
			last_modified = CASE WHEN last_seen < $5 THEN $7 ELSE last_modified END,
			fault = CASE WHEN last_seen < $5 THEN $8 ELSE fault END,
			opt_out = CASE WHEN last_seen < $5 THEN $9 ELSE opt_out END,
			last_seen = CASE WHEN last_seen < $5 THEN $5 ELSE last_seen END
		WHERE document = $1 AND digest = $2 AND status = $3 AND media_type = $10 AND first_seen = (
			SELECT max(first_seen) FROM captures WHERE document = $1 AND digest = $2 AND status = $3 AND media_type = $10
				AND (first_seen = $4 OR first_seen < $4 AND last_seen >= $4))`,
		r.doc.ID, c.Digest, c.Status, at(c.Time), at(r.seen), clean(c.ETag), clean(c.LastModified), clean(string(c.Fault)), clean(c.OptOut), clean(c.MediaType))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// A restoredList is what a list said, on its way back.
type restoredList struct{ answered }

func (r *restoredList) write(ctx context.Context, w *writer) error {
	capture, err := json.Marshal(r.capture)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, `
		INSERT INTO answers (source, url, first_seen, last_seen, digest, good, capture, zstd, basis)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (source, url, first_seen, digest) DO UPDATE SET
			capture = CASE WHEN answers.last_seen < excluded.last_seen THEN excluded.capture ELSE answers.capture END,
			last_seen = CASE WHEN answers.last_seen < excluded.last_seen THEN excluded.last_seen ELSE answers.last_seen END,
			zstd = excluded.zstd, basis = excluded.basis`, // which mends a damaged one
		r.source, r.url, at(r.capture.Time), at(r.seen), r.capture.Digest, r.good(), clean(string(capture)), r.packed.zstd, r.packed.basis)
	return err
}
