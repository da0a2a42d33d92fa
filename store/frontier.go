package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"vigie"
)

// A Frontier is how far a backfill is with one source: the pages found and what became
// of them, and the lists read on the way there, so that a backfill that was killed asks
// for none of them again. What it says is done is on disk.
type Frontier struct {
	store            *Store
	backfill, source string
}

// Frontier returns that of a source in the backfill of that name, empty for a new one.
func (s *Store) Frontier(backfill, source string) *Frontier { return &Frontier{s, backfill, source} }

func (f *Frontier) wrap(err *error, what string) {
	f.store.wrap(err, "backfill of %s: %s", f.source, what)
}

// Found reports whether all the source's pages are found.
func (f *Frontier) Found(ctx context.Context) (found bool, err error) {
	defer f.wrap(&err, "how far it is")
	var n int
	err = f.store.read.QueryRowContext(ctx, `SELECT count(*) FROM backfills WHERE backfill = $1 AND source = $2 AND found = 1`,
		f.backfill, f.source).Scan(&n)
	return n > 0, err
}

// Note keeps the answer that a list gave.
func (f *Frontier) Note(ctx context.Context, address string, c vigie.Capture, body []byte) (err error) {
	defer f.wrap(&err, "keep the list "+address)
	capture, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = f.store.write.ExecContext(ctx, `
		INSERT INTO frontier_notes (backfill, source, address, capture, zstd) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		f.backfill, f.source, clean(address), clean(string(capture)), f.store.pack.EncodeAll(body, []byte{}))
	return err
}

// Recall returns the answer noted, or [vigie.ErrNotFound].
func (f *Frontier) Recall(ctx context.Context, address string) (c vigie.Capture, body []byte, err error) {
	defer f.wrap(&err, "read the list "+address)
	var packed []byte
	err = f.store.read.QueryRowContext(ctx, `
		SELECT capture, zstd FROM frontier_notes WHERE backfill = $1 AND source = $2 AND address = $3`,
		f.backfill, f.source, clean(address)).Scan(jsonInto{&c}, &packed)
	if err != nil {
		return c, nil, orNotFound(err)
	}
	body, err = f.store.plain.DecodeAll(packed, []byte{})
	return c, body, err
}

// Fill adds targets, each once however often it is found, and says whether these are all;
// then the lists are needed no more. Where they are not, it forgets those lists alone that
// were noted as missing ("! " before the address). All of it is on disk, or nothing is.
func (f *Frontier) Fill(ctx context.Context, targets []vigie.Target, all bool) (err error) {
	defer f.wrap(&err, "keep what was found")
	return f.store.update(ctx, func(tx *sql.Tx) error {
		add, err := tx.PrepareContext(ctx, `
			INSERT INTO frontier (backfill, source, url, position, link, place, state, error) VALUES ($1, $2, $3, $4, $5, $6, $7, '')
			ON CONFLICT DO NOTHING`)
		if err != nil {
			return err
		}
		defer add.Close()
		for i, t := range targets {
			link, err := json.Marshal(t.Link)
			if err != nil {
				return err
			}
			if _, err := add.ExecContext(ctx, f.backfill, f.source, clean(t.Canonical), i, clean(string(link)), clean(t.Place), vigie.TargetWaiting); err != nil {
				return err
			}
		}
		if !all {
			_, err := tx.ExecContext(ctx, `DELETE FROM frontier_notes WHERE backfill = $1 AND source = $2 AND address LIKE '! %'`, f.backfill, f.source)
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM frontier_notes WHERE backfill = $1 AND source = $2`, f.backfill, f.source); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO backfills (backfill, source, found) VALUES ($1, $2, 1) ON CONFLICT DO NOTHING`, f.backfill, f.source)
		return err
	})
}

// Waiting returns the targets that are not settled, in the order found.
func (f *Frontier) Waiting(ctx context.Context) (waiting []vigie.Target, err error) {
	defer f.wrap(&err, "what is left")
	return selection[vigie.Target]{
		query: `SELECT url, link, place FROM frontier WHERE backfill = $1 AND source = $2 AND state = $3 ORDER BY position, url`,
		args:  []any{f.backfill, f.source, vigie.TargetWaiting},
		scan: func(scan func(...any) error) (t vigie.Target, err error) {
			err = scan(&t.Canonical, jsonInto{&t.Link}, &t.Place)
			return t, err
		},
	}.list(ctx, f.store.read)
}

// Settle notes what became of a target, and why; [vigie.ErrNotFound] for one that is not
// there or is settled.
func (f *Frontier) Settle(ctx context.Context, canonical string, state vigie.TargetState, why string) (err error) {
	defer f.wrap(&err, "settle "+canonical)
	r, err := f.store.write.ExecContext(ctx, `
		UPDATE frontier SET state = $4, error = $5 WHERE backfill = $1 AND source = $2 AND url = $3 AND state = 'waiting'`,
		f.backfill, f.source, clean(canonical), state, clean(why))
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return vigie.ErrNotFound
}

// Finish forgets it all: the backfill is done with the source, and another of the same
// name would begin anew.
func (f *Frontier) Finish(ctx context.Context) (err error) {
	defer f.wrap(&err, "finish")
	return f.store.update(ctx, func(tx *sql.Tx) error {
		for _, table := range []string{"backfills", "frontier", "frontier_notes"} {
			query := fmt.Sprintf(`DELETE FROM %s WHERE backfill = $1 AND source = $2`, table)
			if _, err := tx.ExecContext(ctx, query, f.backfill, f.source); err != nil {
				return err
			}
		}
		return nil
	})
}
