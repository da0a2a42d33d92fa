package store

import (
	"errors"
	"fmt"

	"vigie"
)

// errDamaged is what is not as it was written: a disk has flipped a bit. One thing that is
// damaged must not keep all others from being read, night after night: a row is passed over, a
// list is asked for anew, a detail is left empty, and it is told. What the database itself
// cannot read is another matter, and an error.
var errDamaged = errors.New("damaged in the archive")

// OnDamage gives what hears of damage that the store works around, from any goroutine; else
// nobody does. It is to be called before anything else.
func (s *Store) OnDamage(hear func(error)) { s.hear = hear }

func (s *Store) damaged(err error) {
	if s.hear != nil {
		s.hear(fmt.Errorf("store %s: %w", s.name, err))
	}
}

// orNotFound is the function of that name for what can be done without: what is damaged counts
// as not there.
func (s *Store) orNotFound(err error, what string, args ...any) error {
	if errors.Is(err, errDamaged) {
		s.damaged(fmt.Errorf("%s: %w", fmt.Sprintf(what, args...), err))
		return vigie.ErrNotFound
	}
	return orNotFound(err)
}

// decode unpacks what has no digest.
func (s *Store) decode(packed []byte) ([]byte, error) {
	text, err := s.plain.DecodeAll(packed, []byte{})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return text, nil
}

// A detail reads JSON without which its row is worth something: damaged, it is left empty.
type detail struct {
	v   any
	err error
}

// Scan implements [sql.Scanner].
func (d *detail) Scan(src any) error {
	d.err = jsonInto{d.v}.Scan(src)
	return nil
}

// sound is how a row is scanned: what is damaged in it is named, and its details are told.
func (s *Store) sound(scan func(...any) error) func(...any) error {
	return func(row ...any) error {
		if err := scan(row...); err != nil {
			if errors.Is(err, errDamaged) {
				err = fmt.Errorf("%s%w", rowOf(row), err)
			}
			return err
		}
		for _, column := range row {
			if d, ok := column.(*detail); ok && d.err != nil {
				s.damaged(fmt.Errorf("%sa detail: %w", rowOf(row), d.err))
			}
		}
		return nil
	}
}

// rowOf names a row by what it begins with, where that is a name.
func rowOf(row []any) string {
	switch id := row[0].(type) {
	case *string:
		return "row of " + *id + ": "
	case *vigie.DocumentID:
		return "row of " + string(*id) + ": "
	}
	return ""
}
