package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3/database"
	"vigie"
)

func openPostgres(ctx context.Context, dsn string) (s *Store, err error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err) // pgx leaves the password out
	}
	db := stdlib.OpenDB(*config)
	s = &Store{
		name: fmt.Sprintf("postgres://%s:%d/%s", config.Host, config.Port, config.Database),
		read: db, write: db, locks: advisoryLocks{db},
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	defer s.wrap(&err, "open")
	return s, s.migrate(ctx, database.DialectPostgres, func() error { return nil })
}

// lockKey spreads names over the 64 bits that the server knows locks by, and that
// other programs, and other stores in the same database, may use too.
const lockKey = `hashtextextended('vigie lock ' || current_schema() || '.' || $1, 0)`

// advisoryLocks are the server's, held by a connection kept aside.
type advisoryLocks struct{ db *sql.DB }

func (l advisoryLocks) try(ctx context.Context, name string) (func() error, error) {
	var ok bool
	return l.lock(ctx, &ok, `SELECT pg_try_advisory_lock(`+lockKey+`)`, name)
}

func (l advisoryLocks) wait(ctx context.Context, name string) (func() error, error) {
	var ok bool
	return l.lock(ctx, &ok, `SELECT true FROM (SELECT pg_advisory_lock(`+lockKey+`)) AS locked`, name)
}

func (l advisoryLocks) lock(ctx context.Context, ok *bool, query, name string) (func() error, error) {
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	err = conn.QueryRowContext(ctx, query, name).Scan(ok)
	if err == nil && !*ok {
		err = vigie.ErrLocked
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(`+lockKey+`)`, name)
		return errors.Join(err, conn.Close())
	}, nil
}
