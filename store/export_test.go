package store

import (
	"context"
	"database/sql"
)

// Handles lets tests look behind the API.
func Handles(s *Store) (read, write *sql.DB) { return s.read, s.write }

// WaitLock is what migrations do.
func WaitLock(ctx context.Context, s *Store, name string) (func() error, error) {
	return s.locks.wait(ctx, name)
}
