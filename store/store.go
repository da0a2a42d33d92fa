// Package store keeps what vigie must not lose: the archive of bodies as they were
// fetched, the facts read in them, the journal of runs and of analysts' decisions.
//
// Two databases do: a SQLite file, which is the default and needs nothing else, and
// PostgreSQL. Both run the same hand-written SQL; what differs is how they are
// opened and locked (sqlite.go, postgres.go) and the types in their migrations.
//
// Nothing is overwritten. A body stays under its digest; a fact that no longer
// holds ends, with the reason, so that what was known on any day can be asked for.
// A call that returned without an error is on disk: SQLite runs with
// synchronous=FULL, and PostgreSQL as its administrator set it. The one exception is a
// [Batch], by which the night archives: a crash loses its last quarter of a second at
// most, and what was lost is fetched again.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"
	"vigie"
)

// A Store is safe for concurrent use, by many goroutines and by many processes.
// Times come back in UTC, to the microsecond.
type Store struct {
	name  string  // for messages: the file, or the server's address without a password
	read  *sql.DB // the same as write on PostgreSQL
	write *sql.DB
	locks locker
	pack  *zstd.Encoder
	plain *zstd.Decoder

	mu    sync.Mutex
	ready map[string]*sql.Stmt // of read
	bases bases
	now   func() time.Time
	hear  func(error) // of damage; nil: nobody does
}

// A locker takes a named lock that no other process can hold, and that the operating
// system or the server frees when this one dies.
type locker interface {
	try(ctx context.Context, name string) (release func() error, err error) // vigie.ErrLocked
	wait(ctx context.Context, name string) (release func() error, err error)
}

// Open opens the store at dsn, a postgres:// address or the path of a SQLite file,
// and brings its schema up to date. A file that is not there is made, its folder
// too. It refuses a file of another program and a schema newer than it knows.
func Open(ctx context.Context, dsn string) (*Store, error) {
	open := openSQLite
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		open = openPostgres
	}
	s, err := open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	s.now = time.Now
	if s.pack, err = newEncoder(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.plain, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxBody))
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close releases the store. Iterations still under way end with an error.
func (s *Store) Close() error {
	var err error
	if s.read != nil && s.read != s.write { // first, so that SQLite's writer leaves last and can fold the WAL in
		err = s.read.Close()
	}
	if s.write != nil {
		err = errors.Join(err, s.write.Close())
	}
	if s.plain != nil {
		s.plain.Close()
	}
	return err
}

// prepared returns a query that is asked for each page, and so prepared once. The handle
// closes it.
func (s *Store) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if q, ok := s.ready[query]; ok {
		return q, nil
	}
	q, err := s.read.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if s.ready == nil {
		s.ready = map[string]*sql.Stmt{}
	}
	s.ready[query] = q
	return q, nil
}

// update runs f in one transaction that other writers wait for.
func (s *Store) update(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// wrap names the store and the operation in an error about to be returned.
func (s *Store) wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("store %s: %s: %w", s.name, fmt.Sprintf(format, args...), *err)
	}
}

// orNotFound makes the drivers' word for an empty answer vigie's.
func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return vigie.ErrNotFound
	}
	return err
}
