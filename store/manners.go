package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"vigie"
)

// maxReserved is how far ahead a platform's next moment is believed: one further off
// was written by a clock that was wrong.
const maxReserved = time.Hour

// Take reserves the platform for the caller until the moment given, where it is nobody's
// at now; its turn then is the caller's and free is now or before. Else free is when to
// ask again. Of several processes that ask at once, one gets it; one that dies with it
// holds it no longer than it said.
func (s *Store) Take(ctx context.Context, platform string, now, until time.Time) (free time.Time, err error) {
	defer s.wrap(&err, "take the turn of platform %s", platform)
	r, err := s.write.ExecContext(ctx, `
		INSERT INTO platforms (name, next) VALUES ($1, $3)
		ON CONFLICT (name) DO UPDATE SET next = excluded.next
		WHERE platforms.next IS NULL OR platforms.next <= $2 OR platforms.next > $4`,
		clean(platform), at(now), at(until), at(now.Add(maxReserved)))
	if err != nil {
		return free, err
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		return now, err
	}
	err = s.read.QueryRowContext(ctx, `SELECT next FROM platforms WHERE name = $1`, clean(platform)).Scan(into{&free})
	if errors.Is(err, errDamaged) { // time passes it, whatever it says
		s.damaged(fmt.Errorf("turn of platform %s: %w", platform, err))
		return until, nil
	}
	return free, err
}

// Free gives a platform's turn back: nobody gets it before next.
func (s *Store) Free(ctx context.Context, platform string, next time.Time) (err error) {
	defer s.wrap(&err, "free platform %s", platform)
	_, err = s.write.ExecContext(ctx, `UPDATE platforms SET next = $2 WHERE name = $1`, clean(platform), at(next))
	return err
}

// Standing returns how a platform bears us; zero for one that nothing is known of.
func (s *Store) Standing(ctx context.Context, platform string) (v vigie.Standing, err error) {
	defer s.wrap(&err, "standing of platform %s", platform)
	err = s.read.QueryRowContext(ctx, `SELECT refused, trips, until, why FROM platforms WHERE name = $1`, clean(platform)).
		Scan(&v.Refused, &v.Trips, into{&v.Until}, &v.Why)
	if err = s.orNotFound(err, "standing of platform %s", platform); errors.Is(err, vigie.ErrNotFound) {
		return vigie.Standing{}, nil
	}
	return v, err
}

// PutStanding notes how a platform bears us.
func (s *Store) PutStanding(ctx context.Context, platform string, v vigie.Standing) (err error) {
	defer s.wrap(&err, "standing of platform %s", platform)
	_, err = s.write.ExecContext(ctx, `
		INSERT INTO platforms (name, refused, trips, until, why) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (name) DO UPDATE SET
			refused = excluded.refused, trips = excluded.trips, until = excluded.until, why = excluded.why`,
		clean(platform), v.Refused, v.Trips, at(v.Until), clean(v.Why))
	return err
}

// Spend adds to how often a platform was asked on a day, and returns how often that is now.
func (s *Store) Spend(ctx context.Context, platform string, day vigie.Date, requests int) (asked int, err error) {
	defer s.wrap(&err, "count requests to platform %s", platform)
	err = s.write.QueryRowContext(ctx, `
		INSERT INTO platforms (name, day, asked) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET day = excluded.day,
			asked = CASE WHEN platforms.day = excluded.day THEN platforms.asked + excluded.asked ELSE excluded.asked END
		RETURNING asked`, clean(platform), day, requests).Scan(&asked)
	return asked, err
}

// AddTolls adds to what is noted of each site and night, as of the store's clock.
func (s *Store) AddTolls(ctx context.Context, tolls []vigie.Toll) (err error) {
	defer s.wrap(&err, "add to the ledger")
	noted := at(s.now())
	return s.update(ctx, func(tx *sql.Tx) error {
		for _, t := range tolls {
			_, err := tx.ExecContext(ctx, `
				INSERT INTO tolls (noted, night, source, site, requests, bytes, refusals, forbidden) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
				noted, t.Night, clean(t.Source), clean(t.Site), t.Requests, t.Bytes, t.Refusals, t.Forbidden)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Tolls returns the ledger from a night on, by night, source and site.
func (s *Store) Tolls(ctx context.Context, since vigie.Date) (tolls []vigie.Toll, err error) {
	defer s.wrap(&err, "ledger")
	return tollRows(`WHERE night >= $1`, since).list(ctx, s, s.read)
}

// LastTolls returns, of each source, what its sites bore in the last night that asked them,
// and of each site that no source's pages were asked of, in its own last night: as it was
// known at a moment, or is now if known is zero.
func (s *Store) LastTolls(ctx context.Context, known time.Time) (tolls []vigie.Toll, err error) {
	defer s.wrap(&err, "ledger")
	return tollRows(`WHERE noted <= $1 AND night = (SELECT max(l.night) FROM tolls l WHERE l.source = t.source AND (l.source <> '' OR l.site = t.site) AND l.noted <= $1)`, at(asOf(known))).list(ctx, s, s.read)
}

// Reserved returns the documents whose publisher keeps machines from mining them, by
// source, each with the one capture that says so: the last good one, or the one that tells
// that the body was not kept. They are as the archive had them at a moment, or has them now
// if known is zero; a reservation that came or went with its body unchanged is told as it is
// now.
func (s *Store) Reserved(ctx context.Context, known time.Time) (documents []vigie.Document, err error) {
	defer s.wrap(&err, "reserved documents")
	return documentRows(`WHERE c.opt_out <> '' AND (c.first_seen, c.digest) = (
		SELECT l.first_seen, l.digest FROM captures l
		WHERE l.document = d.id AND l.status < 400 AND l.fault IN ('', $1) AND l.noted <= $2
		ORDER BY l.last_seen DESC, l.first_seen DESC LIMIT 1)`, string(vigie.FaultReserved), at(asOf(known))).list(ctx, s, s.read)
}

func tollRows(where string, args ...any) selection[vigie.Toll] {
	return selection[vigie.Toll]{
		query: `SELECT night, source, site, sum(requests), sum(bytes), sum(refusals), sum(forbidden) FROM tolls t ` + where + `
			GROUP BY night, source, site ORDER BY night, source, site`,
		args: args,
		scan: func(scan func(...any) error) (t vigie.Toll, err error) {
			err = scan(&t.Night, &t.Source, &t.Site, &t.Requests, &t.Bytes, &t.Refusals, &t.Forbidden)
			return t, err
		},
	}
}
