package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// The schema's steps, one folder a database, numbered alike. A released step never
// changes, and testdata keeps a store of each schema there has been.
//
//go:embed migrations
var migrations embed.FS

// versionTable is where goose notes which steps a store has seen.
const versionTable = "vigie_schema"

// schemaLock keeps two processes from migrating at once.
const schemaLock = "schema"

// migrate brings the schema up to date, one process at a time, once check agrees
// that the store is ours. Each step is a transaction: a crash leaves it undone.
func (s *Store) migrate(ctx context.Context, dialect goose.Dialect, check func() error) (err error) {
	release, err := s.locks.wait(ctx, schemaLock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := check(); err != nil {
		return err
	}
	folder := map[goose.Dialect]string{goose.DialectSQLite3: "sqlite", goose.DialectPostgres: "postgres"}[dialect]
	steps, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, s.write, steps,
		goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	has, knows, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has > knows {
		return fmt.Errorf("its schema is version %d, this vigie knows up to %d: use a newer vigie", has, knows)
	}
	_, err = p.Up(ctx)
	return err
}
