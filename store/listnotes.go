package store

import (
	"context"
	"time"
)

// ListNote returns what was noted last under a name of a source's, and when, or
// [vigie.ErrNotFound]. A note is vigie's own, and can be done without: one that is damaged
// counts as not there.
func (s *Store) ListNote(ctx context.Context, source, name string) (text []byte, when time.Time, err error) {
	defer s.wrap(&err, "note %q", name)
	var packed []byte
	err = s.read.QueryRowContext(ctx, `SELECT noted, zstd FROM list_notes WHERE source = $1 AND name = $2`, clean(source), clean(name)).
		Scan(into{&when}, &packed)
	if err == nil {
		text, err = s.decode(packed)
	}
	return text, when, s.orNotFound(err, "note %q of %s", name, source)
}

// PutListNote notes it in place of what was noted before.
func (s *Store) PutListNote(ctx context.Context, source, name string, when time.Time, text []byte) (err error) {
	defer s.wrap(&err, "keep note %q", name)
	_, err = s.write.ExecContext(ctx, `
		INSERT INTO list_notes (source, name, noted, zstd) VALUES ($1, $2, $3, $4)
		ON CONFLICT (source, name) DO UPDATE SET noted = excluded.noted, zstd = excluded.zstd`,
		clean(source), clean(name), at(when), s.pack.EncodeAll(text, []byte{}))
	return err
}
