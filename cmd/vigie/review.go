package main

import (
	"cmp"
	"fmt"
	"os/user"
	"strings"
	"time"
	"unicode"

	"vigie"
	"vigie/store"
)

type reviewCmd struct {
	Import reviewImportCmd `cmd:"" help:"Take in the decisions of a workbook that comes back."`
	List   reviewListCmd   `cmd:"" help:"The decisions in force, or all there ever were."`
	Undo   reviewUndoCmd   `cmd:"" help:"Take decisions back."`
	Export reviewExportCmd `cmd:"" help:"Write the decisions as regression cases for the reading."`
}

type byFlag struct {
	By string `help:"Who decides (default: the name of this machine's user)." placeholder:"NAME"`
}

// reviewer is who decides: the name as given, else the user's.
func (f byFlag) reviewer() (string, error) {
	name := f.By
	if name == "" {
		u, err := user.Current()
		if err != nil {
			return "", misusef("--by: this machine does not tell its user's name (%w): give yours", err)
		}
		name, _, _ = strings.Cut(cmp.Or(u.Name, u.Username), ",") // a room and a telephone may follow
	}
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || len([]rune(name)) > 100 || strings.ContainsFunc(name, unicode.IsControl) {
		return "", misusef("--by %q: want a name", f.By)
	}
	return name, nil
}

// A review is a look at the journal of decisions, or work on it.
type review struct {
	*session
	store   *store.Store
	journal []vigie.Decision
}

// review opens the database of the configuration and reads its journal.
func (s *session) review(f configFlags) (*review, error) {
	st, _, err := s.openArchive(f)
	if err != nil {
		return nil, err
	}
	r := &review{session: s, store: st}
	if r.journal, err = decisions(s.ctx, st, time.Time{}); err != nil {
		st.Close()
		return nil, err
	}
	return r, nil
}

// alone does something to the journal while no night is at work.
func (r *review) alone(do func() error) (err error) {
	release, err := r.store.Lock(r.ctx, nightLock)
	if err != nil {
		return fmt.Errorf("review: %w", err)
	}
	defer func() {
		if failed := release(); err == nil && failed != nil {
			err = fmt.Errorf("review: %w", failed)
		}
	}()
	if r.journal, err = decisions(r.ctx, r.store, time.Time{}); err != nil { // it may have grown
		return err
	}
	return do()
}

// moment is now, and later than all that the journal holds: a clock may have been set back.
func (r *review) moment() time.Time {
	now := r.now().UTC().Truncate(time.Microsecond)
	for _, d := range r.journal {
		if !now.After(d.At) {
			now = d.At.Add(time.Microsecond)
		}
	}
	return now
}
