package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3/database"
	_ "modernc.org/sqlite" // the driver "sqlite"
	"vigie"
)

// openSQLite opens two handles on one file: a single writer, so that writers queue
// here rather than collide in SQLite, and readers that cannot write. The file must
// lie on a local disk: neither WAL nor file locks work over a network.
func openSQLite(ctx context.Context, path string) (s *Store, err error) {
	if path == "" {
		return nil, errors.New("store: no path given")
	}
	path, err = filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	s = &Store{name: path, locks: fileLocks{path}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	defer s.wrap(&err, "open")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return s, err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return s, errors.New("is a folder")
	}
	if s.read, err = sql.Open("sqlite", sqliteURI(path, readPragmas)); err != nil {
		return s, err
	}
	if s.write, err = sql.Open("sqlite", sqliteURI(path, writePragmas)); err != nil {
		return s, err
	}
	s.read.SetMaxIdleConns(4) // open ones are not limited: an iteration holds one, and may ask for another
	s.write.SetMaxOpenConns(1)
	return s, s.migrate(ctx, database.DialectSQLite3, func() error {
		err := checkSQLite(ctx, path)
		if err != nil { // no lock file beside what is not ours
			os.Remove(lockPath(path, schemaLock))
		}
		return err
	})
}

// Times are written as "2019-02-01 09:00:00.123+00:00", which SQLite's own functions
// read and which sorts as text; the driver's default does neither.
const timePragmas = "_time_format=sqlite&_timezone=UTC&_pragma=busy_timeout(10000)"

const (
	readPragmas = "mode=ro&" + timePragmas
	// FULL: WAL's default may lose the last commits when the power goes.
	// immediate: a transaction that reads and then writes waits at its start, where it
	// can, not at its first write, where SQLite would refuse it.
	writePragmas = timePragmas + "&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_txlock=immediate"
)

func sqliteURI(path, query string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/data
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query}).String()
}

// applicationID marks our files, see the first migration.
const applicationID = 1986619241

// checkSQLite refuses a file that is not ours, before anything is written to it: the
// writer's first act would be to change its journal mode for good. SQLite alone may
// open the file: to close another handle would drop the locks that this process has on it.
func checkSQLite(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	// Able to write, for SQLite to undo what a killed process left half done; writing nothing.
	db, err := sql.Open("sqlite", sqliteURI(path, "mode=rw&"+timePragmas))
	if err != nil {
		return err
	}
	defer db.Close()
	// A store whose first migration was killed has goose's table and no mark yet.
	var id, tables int
	err = db.QueryRowContext(ctx, `
		SELECT application_id, (SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT IN ($1, 'sqlite_sequence'))
		FROM pragma_application_id`, versionTable).Scan(&id, &tables)
	if err == nil && id != applicationID && tables > 0 {
		err = errors.New("a database of another program")
	}
	return err
}

// fileLocks are locked files beside the database.
type fileLocks struct{ path string }

func lockPath(path, name string) string { return path + "." + name + ".lock" }

// file is opened for writing although nothing is written: where that is forbidden the
// system says so in clearer words than SQLite, and before anything is begun.
func (l fileLocks) file(name string) *flock.Flock {
	return flock.New(lockPath(l.path, name), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o644))
}

func (l fileLocks) try(_ context.Context, name string) (func() error, error) {
	f := l.file(name)
	ok, err := f.TryLock()
	if err == nil && !ok {
		err = vigie.ErrLocked
	}
	return f.Unlock, err
}

func (l fileLocks) wait(ctx context.Context, name string) (func() error, error) {
	f := l.file(name)
	_, err := f.TryLockContext(ctx, 20*time.Millisecond)
	return f.Unlock, err
}
