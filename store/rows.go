package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// A selection is a query and how each of its rows is read.
type selection[T any] struct {
	query string
	args  []any
	scan  func(scan func(...any) error) (T, error)
}

// A querier is a handle or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// from yields what the query finds, as it finds it; an error is the last thing yielded. A row
// that is damaged is passed over, and told.
func (q selection[T]) from(ctx context.Context, s *Store, db querier) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		rows, err := db.QueryContext(ctx, q.query, q.args...)
		if err != nil {
			yield(zero, err)
			return
		}
		defer rows.Close()
		scan := s.sound(rows.Scan)
		for rows.Next() {
			v, err := q.scan(scan)
			if errors.Is(err, errDamaged) {
				s.damaged(err)
				continue
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(zero, err)
		}
	}
}

// list is from, gathered.
func (q selection[T]) list(ctx context.Context, s *Store, db querier) ([]T, error) {
	var all []T
	for v, err := range q.from(ctx, s, db) {
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// named names the store and what was being read in an iteration's error.
func named[T any](s *Store, what string, seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range seq {
			s.wrap(&err, "%s", what)
			if !yield(v, err) {
				return
			}
		}
	}
}

// at is a time as both databases keep it: UTC, to the microsecond, NULL for zero.
func at(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return micros(t)
}

func micros(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// into reads such a time back.
type into struct{ t *time.Time }

// Scan implements [sql.Scanner].
func (i into) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*i.t = time.Time{}
	case time.Time:
		*i.t = v.UTC()
	default:
		return fmt.Errorf("%w: a %T where a time is due: %v", errDamaged, src, src)
	}
	return nil
}

// jsonInto reads JSON kept as text.
type jsonInto struct{ v any }

// Scan implements [sql.Scanner].
func (j jsonInto) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("%w: a %T where JSON is due", errDamaged, src)
	}
	if err := json.Unmarshal([]byte(text), j.v); err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	return nil
}

// clean makes text from outside fit for a column: PostgreSQL takes neither NUL nor
// bytes that are not UTF-8, and one odd header must not stop a night.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// which runs a query that ends in the name of a column: of its rows, those that are named.
func which[T ~string](ctx context.Context, s *Store, query string, names []T) ([]T, error) {
	if len(names) == 0 {
		return nil, nil
	}
	args := make([]any, 1<<bits.Len(uint(len(names)-1))) // few lengths, so that few queries are to be prepared
	places := make([]string, len(args))
	for i := range args {
		args[i], places[i] = names[min(i, len(names)-1)], "$"+strconv.Itoa(i+1)
	}
	return selection[T]{
		query: query + ` IN (` + strings.Join(places, ", ") + `)`, args: args,
		scan: func(scan func(...any) error) (v T, err error) {
			err = scan(&v)
			return v, err
		},
	}.list(ctx, s, preparing{s})
}

// preparing reads from a store by queries that are prepared once.
type preparing struct{ *Store }

func (p preparing) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	q, err := p.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return q.QueryContext(ctx, args...)
}
