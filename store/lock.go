package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"time"

	"vigie"
)

var lockName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// Lock takes the lock called name (letters, digits and hyphens) for this process,
// and returns what gives it back. While another holds it the error is
// [vigie.ErrLocked], with who and since when; a holder that dies, however it dies,
// holds it no more. On SQLite it is a locked file beside the database, on
// PostgreSQL a connection's advisory lock.
func (s *Store) Lock(ctx context.Context, name string) (release func() error, err error) {
	defer s.wrap(&err, "lock %q", name)
	if !lockName.MatchString(name) || name == schemaLock {
		return nil, errors.New("not a name for a lock")
	}
	release, err = s.locks.try(ctx, name)
	if errors.Is(err, vigie.ErrLocked) {
		return nil, fmt.Errorf("%s: %w", s.holder(ctx, name), err)
	}
	if err != nil {
		return nil, err
	}
	if err := s.noteHolder(ctx, name); err != nil {
		return nil, errors.Join(err, release())
	}
	return release, nil
}

// noteHolder writes down who has the lock, for those who will ask.
func (s *Store) noteHolder(ctx context.Context, name string) error {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	_, err = s.write.ExecContext(ctx, `
		INSERT INTO locks (name, holder, since) VALUES ($1, $2, CURRENT_TIMESTAMP)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, since = excluded.since`,
		name, fmt.Sprintf("process %d on %s", os.Getpid(), host))
	return err
}

func (s *Store) holder(ctx context.Context, name string) string {
	var who string
	var since time.Time
	err := s.read.QueryRowContext(ctx, `SELECT holder, since FROM locks WHERE name = $1`, name).Scan(&who, into{&since})
	if err != nil {
		return "held by a process that has not said who it is"
	}
	return fmt.Sprintf("held by %s since %s", who, since.Format(time.RFC3339))
}
