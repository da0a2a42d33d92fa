package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/store"
)

// TestDamageStopsNothing damages one thing after the other, of whatever column has a form: a
// time, JSON, what is packed. All that a night, a report and a backfill ask for works, and
// what is passed over is told.
func TestDamageStopsNothing(t *testing.T) {
	ctx := context.Background()
	untold := []string{ // that are compared and not read, or of which there is another copy
		"bases.made", "bases.zstd", "bodies.zstd", "captures.noted", "edition_files.digest", "facts.known_from", "facts.known_until",
		"imports.imported_at", "platforms.next", "readings.known_until", "refusals.known_from", "refusals.known_until",
		"vigie_schema.tstamp", "answers.first_seen", "editions.content",
	}
	filled := filepath.Join(t.TempDir(), "vigie.db")
	s, err := store.Open(ctx, filled)
	if err != nil {
		t.Fatal(err)
	}
	fillAll(t, s)
	_, db := store.Handles(s)
	columns := append(damageable(t, db), "bases.digest")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filled)
	if err != nil {
		t.Fatal(err)
	}
	for _, column := range columns {
		t.Run(column, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "vigie.db")
			if err := os.WriteFile(path, whole, 0o644); err != nil {
				t.Fatal(err)
			}
			s := open(t, path)
			_, db := store.Handles(s)
			damage(t, db, column)
			var heard []string
			s.OnDamage(func(err error) { heard = append(heard, err.Error()) })
			for name, err := range everything(ctx, s) {
				if err != nil && !errors.Is(err, vigie.ErrNotFound) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if told := len(heard) > 0; told == slices.Contains(untold, column) {
				t.Errorf("%q is told", heard)
			}
			if i := slices.IndexFunc(heard, func(text string) bool { return !strings.Contains(text, "damaged in the archive") }); i >= 0 {
				t.Errorf("%q does not say what it is", heard[i])
			}
		})
	}
}

// fillAll puts something of everything into a store, also what backfills and manners keep.
func fillAll(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	fill(t, s)
	list, c, body := aPage("liste")
	f := s.Frontier("fill", "pref")
	checked := vigie.Check{Document: list.ID, Time: start, Modified: start}
	doc, page, text := aPage("page-0")
	doc.Modified = start
	large, largeCapture, _ := aPage("large")
	article := []byte("<html>" + strings.Repeat("<p>Le contrat est signé par tous.</p>", 100))
	largeCapture.MediaType, largeCapture.Digest, largeCapture.Size = "text/html", "", len(article)
	largeCapture.Fault, largeCapture.Status = "", 200
	for _, err := range []error{
		s.Put(ctx, doc, page, text),
		s.Put(ctx, large, largeCapture, article),
		s.Checked(ctx, checked),
		s.PutListNote(ctx, "pref", "links", start, []byte("[]")),
		s.PutSiteFile(ctx, vigie.SiteFile{Site: "https://pref.example", Name: "/robots.txt", Time: start, Body: []byte("User-agent: *")}),
		f.Note(ctx, list.URL, c, body),
		f.Fill(ctx, []vigie.Target{{Link: vigie.Link{URL: list.URL}, Canonical: list.URL}}, vigie.Finding{How: "feed", At: start}),
		s.PutStanding(ctx, "pref.example", vigie.Standing{Refused: 1, Until: start.Add(time.Hour), Why: "403"}),
		s.RememberImport(ctx, "abc", "A. Morel", start),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Take(ctx, "pref.example", start, start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
}

// damageable are the columns whose values have a form that a flipped bit may spoil. A store in
// a file is locked by another file: its table of locks stays empty.
func damageable(t *testing.T, db *sql.DB) (columns []string) {
	t.Helper()
	rows, err := db.Query(`SELECT m.name, c.name, c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'locks' AND c.type IN ('TEXT', 'BLOB', 'TIMESTAMP')`)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for rows.Next() {
		var table, column, kind string
		if err := rows.Scan(&table, &column, &kind); err != nil {
			t.Fatal(err)
		}
		if kind == "TEXT" {
			texts = append(texts, table+"."+column)
		} else {
			columns = append(columns, table+"."+column)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	for _, column := range texts {
		table, name, _ := strings.Cut(column, ".")
		n := 0
		query := fmt.Sprintf(`SELECT count(*) FROM %s WHERE json_valid(%s) AND json_type(%[2]s) IN ('object', 'array', 'null') OR %[2]s LIKE 'country:%%'`, table, name)
		if err := db.QueryRow(query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			columns = append(columns, column)
		}
	}
	return columns
}

// damage flips bits of a column's last value.
func damage(t *testing.T, db *sql.DB, column string) {
	t.Helper()
	table, name, _ := strings.Cut(column, ".")
	var row int64
	var value []byte
	err := db.QueryRow(fmt.Sprintf(`SELECT rowid, CAST(%s AS BLOB) FROM %s WHERE length(%[1]s) > 0 ORDER BY rowid DESC LIMIT 1`, name, table)).Scan(&row, &value)
	if err != nil {
		t.Fatal(err) // sql.ErrNoRows: fillAll leaves it empty
	}
	for _, i := range []int{0, len(value) / 2, len(value) - 1} {
		value[i] ^= 1 << 4
	}
	set := `UPDATE %s SET %s = CAST(? AS TEXT) WHERE rowid = ?`
	var kind string
	if err := db.QueryRow(fmt.Sprintf(`SELECT typeof(%s) FROM %s WHERE rowid = ?`, name, table), row).Scan(&kind); err != nil {
		t.Fatal(err)
	}
	if kind == "blob" {
		set = `UPDATE %s SET %s = ? WHERE rowid = ?`
	}
	if _, err := db.Exec(fmt.Sprintf(set, table, name), value, row); err != nil {
		t.Fatal(err)
	}
}

// everything does all that vigie does with a store, by name, with the error of each.
func everything(ctx context.Context, s *store.Store) map[string]error {
	all := map[string]error{}
	note := func(name string, err error) { all[name] = errors.Join(all[name], err) }
	doc, c, body := aPage("page-1")
	list, entry, answer := aPage("liste")
	large, _, _ := aPage("large")
	other, otherCapture, _ := aPage("other")
	article := []byte("<html>" + strings.Repeat("<p>Le contrat sera signé par tous.</p>", 100))
	otherCapture.MediaType, otherCapture.Digest, otherCapture.Size = "text/html", "", len(article)
	for _, id := range []vigie.DocumentID{doc.ID, large.ID} {
		_, err := s.Latest(ctx, id)
		note("latest", err)
		_, err = s.KeptOf(ctx, id)
		note("captures of one", err)
	}
	_, err := s.Checks(ctx, "pref")
	note("checks", err)
	_, _, err = s.Entry(ctx, "pref", list.URL)
	note("entry", err)
	_, _, err = s.ListNote(ctx, "pref", "links")
	note("list note", err)
	_, err = s.SiteFile(ctx, "https://pref.example", "/robots.txt")
	note("site file", err)
	_, err = s.Standing(ctx, "pref.example")
	note("standing", err)
	_, err = s.Take(ctx, "pref.example", start, start.Add(time.Minute))
	note("take", err)
	_, err = s.Failing(ctx, "pref")
	note("failing", err)
	_, err = s.Unmended(ctx)
	note("unmended", err)
	_, err = s.Failures(ctx, list.ID)
	note("failures", err)
	f := s.Frontier("fill", "pref")
	_, err = f.Found(ctx)
	note("found", err)
	_, _, err = f.Recall(ctx, list.URL)
	note("recall", err)
	waiting, err := f.Waiting(ctx)
	note("waiting", err)
	if len(waiting) != 1 || waiting[0].URL != list.URL {
		note("waiting", fmt.Errorf("%+v; want the list", waiting))
	}
	for _, known := range []time.Time{start, {}} {
		note("documents", drain(s.Documents(ctx)))
		note("pending", drain(s.Pending(ctx, "3")))
		note("facts", drain(s.Facts(ctx, known)))
		note("refusals", drain(s.Refusals(ctx, known)))
		note("readings", drain(s.Readings(ctx, known)))
		note("decisions", drain(s.Decisions(ctx, known)))
		note("answers", drain(s.Answers(ctx)))
		note("captures", drain(s.Kept(ctx)))
		_, err = s.EndedRuns(ctx, known, 9)
		note("runs", err)
		_, err = s.Editions(ctx, "28", known)
		note("editions", err)
		_, err = s.Sources(ctx, known)
		note("sources", err)
		_, err = s.LastTolls(ctx, known)
		note("tolls", err)
		_, err = s.Reserved(ctx, known)
		note("reserved", err)
	}
	_, err = s.Horizon(ctx)
	note("horizon", err)
	entry.Time, c.Time = start.Add(time.Hour), start.Add(time.Hour)
	note("put entry", s.PutEntry(ctx, "pref", list.URL, entry, answer))
	_, got, err := s.Entry(ctx, "pref", list.URL)
	if err != nil || string(got) != string(answer) {
		note("entry mended", fmt.Errorf("%d bytes, %v", len(got), err))
	}
	note("put", s.Put(ctx, doc, c, body))
	note("put against a basis", s.Put(ctx, other, otherCapture, article))
	note("checked", s.Checked(ctx, vigie.Check{Document: doc.ID, Time: start.Add(2 * time.Hour)}))
	note("failed", s.Failed(ctx, vigie.Failure{Document: list.ID, Source: "pref", URL: list.URL, Kind: "hung up", Last: start.Add(time.Hour)}))
	note("put sources", s.PutSources(ctx, start.Add(time.Hour), []vigie.Source{{ID: "pref", Scope: vigie.France}}))
	r := nineFacts(doc, c.Digest, start.Add(time.Hour))
	r.Version = "3"
	note("reading", s.PutReading(ctx, r))
	return all
}

func drain[T any](seq func(func(T, error) bool)) error {
	for _, err := range seq {
		if err != nil {
			return err
		}
	}
	return nil
}
