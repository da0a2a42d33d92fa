package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/zstd"

	"vigie"
)

// PutEdition keeps an edition with what it delivered, a JSON text, before its files take
// their places: [Store.SettleEdition] says what became of them. From here on its files
// are known as delivered, see [Store.Delivered].
func (s *Store) PutEdition(ctx context.Context, e vigie.Edition, content []byte) (err error) {
	defer s.wrap(&err, "edition %s", e.ID)
	if e.ID == "" || e.Region == "" || e.Known.IsZero() || e.State == "" {
		return errors.New("an edition needs an id, a region, a time and a state")
	}
	e.Known = micros(e.Known)
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	packed := s.pack.EncodeAll(content, []byte{})
	return s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO editions (id, region, known, state, edition, content) VALUES ($1, $2, $3, $4, $5, $6)`,
			clean(e.ID), clean(e.Region), at(e.Known), e.State, clean(string(text)), packed)
		if err != nil {
			return err
		}
		for _, f := range e.Files {
			_, err := tx.ExecContext(ctx, `INSERT INTO edition_files (edition, name, digest) VALUES ($1, $2, $3)`,
				clean(e.ID), clean(f.Name), clean(f.Digest))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// SettleEdition says what became of a prepared edition; [vigie.ErrNotFound] where there
// is none of that id.
func (s *Store) SettleEdition(ctx context.Context, id string, state vigie.EditionState) (err error) {
	defer s.wrap(&err, "settle edition %s", id)
	r, err := s.write.ExecContext(ctx, `UPDATE editions SET state = $2 WHERE id = $1 AND state = $3`, clean(id), state, vigie.EditionPrepared)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, vigie.ErrNotFound)
	}
	return nil
}

// Editions returns the editions of a region, or of all where it is empty, that were made
// by a moment, now if known is zero: the newest first.
func (s *Store) Editions(ctx context.Context, region string, known time.Time) (all []vigie.Edition, err error) {
	defer s.wrap(&err, "editions")
	return editionRows(`WHERE ($1 = '' OR region = $1) AND known <= $2 ORDER BY position DESC`, clean(region), at(asOf(known))).list(ctx, s, s.read)
}

// Edition returns the edition of an id, or [vigie.ErrNotFound].
func (s *Store) Edition(ctx context.Context, id string) (e vigie.Edition, err error) {
	defer s.wrap(&err, "edition %s", id)
	all, err := editionRows(`WHERE id = $1`, clean(id)).list(ctx, s, s.read)
	if err == nil && len(all) == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return e, err
	}
	return all[0], nil
}

func editionRows(where string, args ...any) selection[vigie.Edition] {
	return selection[vigie.Edition]{
		query: `SELECT id, edition, state FROM editions ` + where, args: args,
		scan: func(scan func(...any) error) (e vigie.Edition, err error) {
			var state vigie.EditionState
			var id string
			err = scan(&id, jsonInto{&e}, &state)
			e.State = state
			return e, err
		},
	}
}

// EditionContent reads what an edition delivered, as it was put, or gives
// [vigie.ErrNotFound], also where it is damaged. It is unpacked while it is read.
func (s *Store) EditionContent(ctx context.Context, id string) (content io.ReadCloser, err error) {
	defer s.wrap(&err, "content of edition %s", id)
	var packed []byte
	err = s.read.QueryRowContext(ctx, `SELECT content FROM editions WHERE id = $1`, clean(id)).Scan(&packed)
	if err != nil {
		return nil, orNotFound(err)
	}
	d, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<32))
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(io.Discard, d); err != nil && ctx.Err() == nil { // there is one a report: to unpack it twice is little
		d.Close()
		return nil, s.orNotFound(fmt.Errorf("%w: %w", errDamaged, err), "content of edition %s", id)
	}
	return d.IOReadCloser(), d.Reset(bytes.NewReader(packed))
}

// Delivered reports whether a file of that digest belongs to any edition, be it one that
// was refused or dropped: it is as vigie wrote it.
func (s *Store) Delivered(ctx context.Context, digest string) (bool, error) {
	return s.holds(ctx, "delivered files", `SELECT count(*) FROM edition_files WHERE digest = $1`, digest)
}

// RememberImport notes that the decisions of a workbook, known by its digest, are in the
// journal. The first import counts.
func (s *Store) RememberImport(ctx context.Context, digest, by string, when time.Time) (err error) {
	defer s.wrap(&err, "import of %s", digest)
	_, err = s.write.ExecContext(ctx, `INSERT INTO imports (digest, imported_by, imported_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		clean(digest), clean(by), at(when))
	return err
}

// Imported reports whether a workbook has been imported.
func (s *Store) Imported(ctx context.Context, digest string) (bool, error) {
	return s.holds(ctx, "imports", `SELECT count(*) FROM imports WHERE digest = $1`, digest)
}

func (s *Store) holds(ctx context.Context, what, query, digest string) (_ bool, err error) {
	defer s.wrap(&err, "%s", what)
	var n int
	err = s.read.QueryRowContext(ctx, query, clean(digest)).Scan(&n)
	return n > 0, err
}
