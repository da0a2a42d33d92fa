package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
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

// Found returns how the source's pages were found last, and whether all were; nothing where
// none were looked for.
func (f *Frontier) Found(ctx context.Context) (found vigie.Finding, err error) {
	defer f.wrap(&err, "how far it is")
	err = f.store.read.QueryRowContext(ctx, `SELECT how, found_at, found = 1 FROM backfills WHERE backfill = $1 AND source = $2`,
		f.backfill, f.source).Scan(&found.How, into{&found.At}, &found.All)
	if err = f.store.orNotFound(err, "when the pages of %s were found", f.source); errors.Is(err, vigie.ErrNotFound) {
		return vigie.Finding{}, nil
	}
	return found, err
}

// Note keeps the answer that a list gave, in place of an earlier one.
func (f *Frontier) Note(ctx context.Context, address string, c vigie.Capture, body []byte) (err error) {
	defer f.wrap(&err, "keep the list "+address)
	capture, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = f.store.write.ExecContext(ctx, `
		INSERT INTO frontier_notes (backfill, source, address, capture, zstd) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (backfill, source, address) DO UPDATE SET capture = excluded.capture, zstd = excluded.zstd`,
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
	if err == nil {
		body, err = f.store.decode(packed)
	}
	return c, body, f.store.orNotFound(err, "list %s", address)
}

// Fill adds targets, each once however often it is found; what another way to find them
// left waiting goes. Where these are all, the lists are needed no more; where they are not, it forgets
// those lists alone that were noted as missing ("! " before the address). All of it is on
// disk, or nothing is.
func (f *Frontier) Fill(ctx context.Context, targets []vigie.Target, found vigie.Finding) (err error) {
	defer f.wrap(&err, "keep what was found")
	return f.store.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM frontier WHERE backfill = $1 AND source = $2 AND state = $3 AND how <> $4`,
			f.backfill, f.source, vigie.TargetWaiting, clean(found.How))
		if err != nil {
			return err
		}
		if err := f.add(ctx, tx, targets, found.How); err != nil {
			return err
		}
		all, needless := 1, "%"
		if !found.All {
			all, needless = 0, "! %"
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM frontier_notes WHERE backfill = $1 AND source = $2 AND address LIKE $3`, f.backfill, f.source, needless)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO backfills (backfill, source, found, how, found_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (backfill, source) DO UPDATE SET found = excluded.found, how = excluded.how, found_at = excluded.found_at`,
			f.backfill, f.source, all, clean(found.How), at(found.At))
		return err
	})
}

func (f *Frontier) add(ctx context.Context, tx *sql.Tx, targets []vigie.Target, how string) error {
	add, err := tx.PrepareContext(ctx, `
		INSERT INTO frontier (backfill, source, url, position, link, place, state, error, how) VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)
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
		if _, err := add.ExecContext(ctx, f.backfill, f.source, clean(t.Canonical), i, clean(string(link)), clean(t.Place), vigie.TargetWaiting, clean(how)); err != nil {
			return err
		}
	}
	return nil
}

// Waiting returns the targets that are not settled, in the order found; those that were
// asked for in vain come last.
func (f *Frontier) Waiting(ctx context.Context) (waiting []vigie.Target, err error) {
	defer f.wrap(&err, "what is left")
	return selection[vigie.Target]{
		query: `SELECT url, link, place FROM frontier WHERE backfill = $1 AND source = $2 AND state = $3 ORDER BY tries, position, url`,
		args:  []any{f.backfill, f.source, vigie.TargetWaiting},
		scan: func(scan func(...any) error) (t vigie.Target, err error) {
			err = scan(&t.Canonical, &detail{v: &t.Link}, &t.Place)
			t.URL = cmp.Or(t.URL, t.Canonical)
			return t, err
		},
	}.list(ctx, f.store, f.store.read)
}

// Postpone notes that a target was asked for in vain, and why, and returns how often that
// is now; [vigie.ErrNotFound] for one that is not waiting.
func (f *Frontier) Postpone(ctx context.Context, canonical, why string) (tries int, err error) {
	defer f.wrap(&err, "postpone "+canonical)
	err = f.store.write.QueryRowContext(ctx, `
		UPDATE frontier SET tries = tries + 1, error = $4 WHERE backfill = $1 AND source = $2 AND url = $3 AND state = 'waiting' RETURNING tries`,
		f.backfill, f.source, clean(canonical), clean(why)).Scan(&tries)
	return tries, orNotFound(err)
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
// name would begin anew. It keeps the notes of lists that could not be read ("? " before the
// address), so that this one knows how often they were asked for in vain.
func (f *Frontier) Finish(ctx context.Context) (err error) {
	defer f.wrap(&err, "finish")
	return f.store.update(ctx, func(tx *sql.Tx) error {
		for _, rows := range []string{"backfills WHERE true", "frontier WHERE true", "frontier_notes WHERE address NOT LIKE '? %'"} {
			query := fmt.Sprintf(`DELETE FROM %s AND backfill = $1 AND source = $2`, rows)
			if _, err := tx.ExecContext(ctx, query, f.backfill, f.source); err != nil {
				return err
			}
		}
		return nil
	})
}
