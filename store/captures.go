package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"vigie"
)

// maxBody bounds what a damaged body may claim to unpack to; fetch's own limit is far below.
const maxBody = 1 << 30

// captureColumns of a table called c are what captureInto reads.
const captureColumns = `c.url, c.final_url, c.via, c.first_seen, c.status, c.size,
	c.media_type, c.encoding, c.etag, c.last_modified, c.digest, c.header, c.fault, c.opt_out, c.chain`

func captureInto(c *vigie.Capture) []any {
	return []any{
		&c.URL, &c.FinalURL, &c.Via, into{&c.Time}, &c.Status, &c.Size,
		&c.MediaType, &c.Encoding, &c.ETag, &c.LastModified, &c.Digest, &detail{v: (*vigie.SentHeader)(&c.Header)}, &c.Fault, &c.OptOut, &detail{v: &c.Chain},
	}
}

// Latest returns the document's good capture (no error's) that was seen last, or
// [vigie.ErrNotFound]. Its Time is when that body was first seen. One that is damaged is told
// and counts as not there: the page is asked for whole.
func (s *Store) Latest(ctx context.Context, id vigie.DocumentID) (c vigie.Capture, err error) {
	defer s.wrap(&err, "latest capture of %s", id)
	q, err := s.prepared(ctx, `
		SELECT `+captureColumns+` FROM captures c WHERE c.document = $1 AND c.status < 400
		ORDER BY c.last_seen DESC, c.first_seen DESC LIMIT 1`)
	if err != nil {
		return c, err
	}
	err = s.sound(q.QueryRowContext(ctx, id).Scan)(captureInto(&c)...)
	return c, s.orNotFound(err, "latest capture of %s", id)
}

// Put archives a fetch of doc: the document, the capture and its body, all or nothing.
// A document keeps the address and source it came with first, and takes a title and
// date that are not empty. Where the document's body is what it was at the last
// fetch before c.Time, with its status and media type, that capture's last-seen time moves and
// none is added; so too where the fetch before ended in the same error, whatever words it came with. Where c
// has a Digest, it must be the body's.
func (s *Store) Put(ctx context.Context, doc vigie.Document, c vigie.Capture, body []byte) (err error) {
	defer s.wrap(&err, "archive %s", doc.URL)
	f, err := newFetched(doc, c, body)
	if err != nil {
		return err
	}
	return s.putAll(ctx, f)
}

// A fetched is a page on its way into the archive.
type fetched struct {
	doc     vigie.Document
	capture vigie.Capture
	body    []byte // until it is packed
	packed  packed
}

func newFetched(doc vigie.Document, c vigie.Capture, body []byte) (*fetched, error) {
	if doc.ID == "" || doc.Source == "" {
		return nil, errors.New("a document needs an id and a source")
	}
	c, err := sealed(c, body)
	return &fetched{doc: doc, capture: c, body: body}, err
}

// sealed is a capture with the digest of its body.
func sealed(c vigie.Capture, body []byte) (vigie.Capture, error) {
	if c.Time.IsZero() {
		return c, errors.New("a capture needs its time")
	}
	digest := vigie.Digest(body)
	if c.Digest != "" && c.Digest != digest {
		return c, fmt.Errorf("the body's digest is %s, the capture says %q", digest, c.Digest)
	}
	c.Digest = digest
	return c, nil
}

func (f *fetched) write(ctx context.Context, w *writer) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s: %w", f.doc.URL, err)
		}
	}()
	known, err := putDocument(ctx, w, f.doc, f.capture)
	if err != nil {
		return err
	}
	if err := f.writeBody(ctx, w); err != nil {
		return err
	}
	if inOrder(f.capture) {
		if err := w.came(ctx, f.doc.ID, f.capture.Time); err != nil {
			return err
		}
	}
	if known {
		if same, err := seeAgain(ctx, w, f.doc.ID, f.capture); same || err != nil {
			return err
		}
	}
	return putCapture(ctx, w, f.doc.ID, f.capture, f.capture.Time)
}

func (f *fetched) writeBody(ctx context.Context, w *writer) error {
	if f.packed.zstd == nil {
		return nil
	}
	_, err := w.exec(ctx, `INSERT INTO bodies (digest, size, zstd, basis) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		f.capture.Digest, f.packed.size, f.packed.zstd, f.packed.basis)
	return err
}

// putDocument writes the document, and reports whether the archive had it.
func putDocument(ctx context.Context, w *writer, doc vigie.Document, c vigie.Capture) (known bool, err error) {
	checked, modified := checkOf(doc, c)
	r, err := w.exec(ctx, `
		INSERT INTO documents (id, url, source, title, published, checked, modified) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO NOTHING`,
		doc.ID, clean(doc.URL), clean(doc.Source), clean(doc.Title), clean(string(doc.Published)), at(checked), at(modified))
	if err != nil {
		return false, err
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		return false, err
	}
	_, err = w.exec(ctx, `
		UPDATE documents SET
			title = CASE WHEN $2 = '' THEN title ELSE $2 END,
			published = CASE WHEN $3 = '' THEN published ELSE $3 END,
			checked = coalesce($4, checked),
			modified = CASE WHEN $4 IS NULL THEN modified ELSE $5 END
		WHERE id = $1`,
		doc.ID, clean(doc.Title), clean(string(doc.Published)), at(checked), at(modified))
	return true, err
}

// putCapture adds a capture, the first of its document or one that brings something new, and
// when it was last so. One that the archive has stays as it is.
func putCapture(ctx context.Context, w *writer, id vigie.DocumentID, c vigie.Capture, last time.Time) error {
	header, err := json.Marshal(vigie.SentHeader(c.Header))
	if err != nil {
		return err
	}
	chain, err := json.Marshal(c.Chain)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, `
		INSERT INTO captures (document, first_seen, last_seen, digest, url, final_url, via, status, size,
			media_type, encoding, etag, last_modified, header, fault, opt_out, chain, noted)
		VALUES ($1, $2, $18, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) ON CONFLICT DO NOTHING`,
		id, at(c.Time), c.Digest, clean(c.URL), clean(c.FinalURL), clean(c.Via), c.Status, c.Size,
		clean(c.MediaType), clean(c.Encoding), clean(c.ETag), clean(c.LastModified), string(header), clean(string(c.Fault)), clean(c.OptOut), string(chain), w.now, at(last))
	return err
}

// seeAgain moves the last-seen time of the capture before, if that says the same: an
// answer of that status and media type with that body. A page that goes from A to B and
// back to A gets three captures: that it wavers is worth knowing. Error pages carry the hour
// and numbers of their own, so of a row of one error the first is kept, and when the last of
// them came. Why the body is no content is our judgement of it: of equal ones the last holds.
func seeAgain(ctx context.Context, w *writer, id vigie.DocumentID, c vigie.Capture) (same bool, err error) {
	r, err := w.exec(ctx, `
		UPDATE captures SET
			etag = CASE WHEN digest = $3 AND last_seen <= $2 THEN $4 ELSE etag END,
			last_modified = CASE WHEN digest = $3 AND last_seen <= $2 THEN $5 ELSE last_modified END,
			fault = CASE WHEN digest = $3 AND last_seen <= $2 THEN $7 ELSE fault END,
			opt_out = CASE WHEN digest = $3 AND last_seen <= $2 THEN $8 ELSE opt_out END,
			last_seen = CASE WHEN last_seen < $2 THEN $2 ELSE last_seen END
		WHERE document = $1 AND status = $6 AND media_type = $9 AND (digest = $3 AND $6 < 400 OR fault = $7 AND $6 >= 400) AND first_seen = (
			SELECT first_seen FROM captures WHERE document = $1 AND first_seen <= $2
			ORDER BY last_seen DESC, first_seen DESC LIMIT 1)`,
		id, at(c.Time), c.Digest, clean(c.ETag), clean(c.LastModified), c.Status, clean(string(c.Fault)), clean(c.OptOut), clean(c.MediaType))
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// Body returns what was archived under digest, or [vigie.ErrNotFound]. The bytes are
// checked against the digest: a disk that flipped a bit makes an error, never a page.
func (s *Store) Body(ctx context.Context, digest string) (body []byte, err error) {
	defer s.wrap(&err, "body %s", digest)
	q, err := s.prepared(ctx, `SELECT zstd, coalesce(basis, '') FROM bodies WHERE digest = $1`)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx) // over in no time; to watch the context meanwhile costs as much again
	var zstd []byte
	var against string
	if err := q.QueryRowContext(ctx, digest).Scan(&zstd, &against); err != nil {
		return nil, orNotFound(err)
	}
	if against == "" {
		return unpack(s.plain, zstd, digest)
	}
	b, err := s.basis(ctx, against)
	if err != nil {
		return nil, err
	}
	return unpack(b.plain, zstd, digest)
}
