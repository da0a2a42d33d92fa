package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"vigie"
)

// PutSources notes who speaks on the sources' pages, where that has changed: reports tell
// it as it was known, whatever a configuration says later.
func (s *Store) PutSources(ctx context.Context, when time.Time, all []vigie.Source) (err error) {
	defer s.wrap(&err, "note the sources")
	last, err := s.Sources(ctx, time.Time{})
	if err != nil {
		return err
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		for _, src := range all {
			now := told(src)
			if last[src.ID].ID != "" && told(last[src.ID]) == now {
				continue
			}
			_, err := tx.ExecContext(ctx, `
				INSERT INTO sources (source, known_from, publisher, kind, list, scope) VALUES ($1, $2, $3, $4, $5, $6)
				ON CONFLICT (source, known_from) DO UPDATE SET
					publisher = excluded.publisher, kind = excluded.kind, list = excluded.list, scope = excluded.scope`,
				clean(src.ID), at(when), now.publisher, now.kind, now.list, now.scope)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// sourceTold is what reports tell of a source.
type sourceTold struct{ publisher, kind, list, scope string }

func told(s vigie.Source) sourceTold {
	return sourceTold{clean(s.Publisher.Name), clean(s.Publisher.Kind), clean(s.List), clean(s.Scope.String())}
}

// Sources returns the sources as they were known at a moment, or are now if known is zero:
// their ID, Publisher, Scope and List. Of one that was noted later only, the first note counts.
func (s *Store) Sources(ctx context.Context, known time.Time) (all map[string]vigie.Source, err error) {
	defer s.wrap(&err, "sources")
	known = asOf(known)
	all = map[string]vigie.Source{}
	type row struct {
		vigie.Source
		from time.Time
	}
	rows := selection[row]{
		query: `SELECT source, known_from, publisher, kind, list, scope FROM sources ORDER BY source, known_from`,
		scan: func(scan func(...any) error) (r row, err error) {
			var scope string
			if err := scan(&r.ID, into{&r.from}, &r.Publisher.Name, &r.Publisher.Kind, &r.List, &scope); err != nil {
				return r, err
			}
			if r.Scope, err = vigie.ParseRef(scope); err != nil {
				err = fmt.Errorf("%s: %w: %w", r.ID, errDamaged, err)
			}
			return r, err
		},
	}
	for r, err := range rows.from(ctx, s, s.read) {
		if err != nil {
			return nil, err
		}
		if _, noted := all[r.ID]; !noted || !r.from.After(known) {
			all[r.ID] = r.Source
		}
	}
	return all, nil
}
