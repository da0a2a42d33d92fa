package store_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"vigie"
	"vigie/store"
)

var update = flag.Bool("update", false, "write the golden store of the present schema")

func TestOpenErrors(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "folder")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	text := write("notes.txt", "Territoires d'industrie\n")
	for _, tt := range []struct{ name, dsn, want string }{
		{"nothing", "", "no path"},
		{"another file", text, "not a database"},
		{"a longer file", write("long.txt", strings.Repeat("Territoires d'industrie\n", 1000)), "not a database"},
		{"a folder", dir, "is a folder"},
		{"below a file", filepath.Join(text, "vigie.db"), "not a directory"},
		{"another program's database", foreign(t, filepath.Join(dir, "other.db")), "another program"},
		{"a cut database", write("cut.db", "SQLite for"), "not a database"},
		{"a damaged database", write("damaged.db", "SQLite format 3\x00"+strings.Repeat("x", 5000)), "not a database"},
		{"a bad address", "postgres://vigie:hunter2@host:port/", "cannot parse"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := store.Open(context.Background(), tt.dsn)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("Open(%q): %v, want %q", tt.dsn, err, tt.want)
			}
			if tt.dsn != "" && filepath.IsAbs(tt.dsn) && err != nil && !strings.Contains(err.Error(), tt.dsn) {
				t.Errorf("%v: does not name the file", err)
			}
		})
	}
	for _, place := range []string{dir + "*.lock", dir + "/*.lock"} {
		if locks, _ := filepath.Glob(place); len(locks) > 0 {
			t.Errorf("refused files got company: %q", locks)
		}
	}
	if got, _ := os.ReadFile(text); string(got) != "Territoires d'industrie\n" {
		t.Errorf("a refused file was changed: %q", got)
	}
}

// foreign makes a database of another program, and checks at the end that opening it
// has left it as it was.
func foreign(t *testing.T, path string) string {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TABLE contacts (name TEXT); INSERT INTO contacts VALUES ('Morel')`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Error("opening another program's database changed it")
		}
	})
	return path
}

// TestOddPaths opens files whose names mean something in the address of a database.
func TestOddPaths(t *testing.T) {
	for _, name := range []string{"été 2019.db", "a?mode=ro.db", "100%.db", "a#b&c=d.db", "%41.db", ":memory:"} {
		path := filepath.Join(t.TempDir(), name)
		open(t, path)
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenedAgain(t *testing.T) { testOpenedAgain(t, filepath.Join(t.TempDir(), "vigie.db")) }

func testOpenedAgain(t *testing.T, dsn string) {
	s := open(t, dsn)
	fill(t, s)
	want := dump(t, s)
	for range 2 {
		if diff := cmp.Diff(want, dump(t, open(t, dsn))); diff != "" {
			t.Errorf("opened again (-want +got):\n%s", diff)
		}
	}
}

func TestE9NewerSchema(t *testing.T) { testNewerSchema(t, filepath.Join(t.TempDir(), "vigie.db")) }

func testNewerSchema(t *testing.T, dsn string) {
	_, db := store.Handles(open(t, dsn))
	if _, err := db.Exec(`UPDATE vigie_schema SET version_id = 999 WHERE version_id = (SELECT max(version_id) FROM vigie_schema)`); err != nil {
		t.Fatal(err)
	}
	_, err := store.Open(context.Background(), dsn)
	if err == nil || !strings.Contains(err.Error(), "version 999") || !strings.Contains(err.Error(), "newer vigie") {
		t.Errorf("a store of a newer vigie: %v", err)
	}
}

// TestE9GoldenStores opens a store of each schema there has been. Its content, as
// the API tells it, is beside it and never changes.
func TestE9GoldenStores(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	for v := 1; v <= schemaVersion(t); v++ {
		t.Run(fmt.Sprint("schema ", v), func(t *testing.T) {
			golden := fmt.Sprintf("testdata/v%d", v)
			want, err := os.ReadFile(golden + ".json")
			if err != nil {
				t.Fatalf("%v: each schema keeps a store, go test -update makes the present one's", err)
			}
			path := filepath.Join(t.TempDir(), "vigie.db")
			gunzip(t, golden+".db.gz", path)
			if diff := cmp.Diff(string(want), dump(t, open(t, path))); diff != "" {
				t.Errorf("%s.db.gz (-want +got):\n%s", golden, diff)
			}
		})
	}
}

func schemaVersion(t *testing.T) (version int) {
	_, db := store.Handles(open(t, filepath.Join(t.TempDir(), "vigie.db")))
	if err := db.QueryRow(`SELECT max(version_id) FROM vigie_schema`).Scan(&version); err != nil || version < 1 {
		t.Fatal(version, err)
	}
	return version
}

func writeGolden(t *testing.T) {
	golden := fmt.Sprintf("testdata/v%d", schemaVersion(t))
	path := filepath.Join(t.TempDir(), "vigie.db")
	s, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s)
	content := dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(file)
	w.Close()
	if err := os.WriteFile(golden+".db.gz", packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(golden+".json", []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func gunzip(t *testing.T, from, to string) {
	t.Helper()
	f, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestWriterWaitsForTheDisk(t *testing.T) {
	_, db := store.Handles(open(t, filepath.Join(t.TempDir(), "vigie.db")))
	var sync int
	var journal string
	if err := db.QueryRow(`SELECT synchronous, journal_mode FROM pragma_synchronous, pragma_journal_mode`).Scan(&sync, &journal); err != nil {
		t.Fatal(err)
	}
	if sync != 2 || journal != "wal" {
		t.Errorf("synchronous %d, journal %s, want 2 (FULL) and wal", sync, journal)
	}
}

func TestColumns(t *testing.T) { testColumns(t, open(t, filepath.Join(t.TempDir(), "vigie.db"))) }

// testColumns reads what the API does not tell, and reports over the database will:
// both clocks of a fact, why it ended, and who stated it.
func testColumns(t *testing.T, s *store.Store) {
	ctx := context.Background()
	doc, c, body := aPage("a")
	if err := s.Put(ctx, doc, c, body); err != nil {
		t.Fatal(err)
	}
	r := nineFacts(doc, c.Digest, start)
	r.Citation.Published = "2019-01-31"
	r.Facts = r.Facts[:4]
	r.Facts[0].Detail = vigie.Period{Subject: "contract", Date: "2019", DateEnd: "2022"}
	r.Facts[1].Detail = vigie.Event{Event: "council", Date: "2019-03-05"}
	r.Facts[2].Detail = vigie.Label{Territory: "Sud Manche", Status: "labelled", Date: "2018-11-22"}
	r.Facts[3].Detail = vigie.Theme{Theme: "formation"}
	for i := range 3 {
		if err := s.PutReading(ctx, r); err != nil {
			t.Fatal(err)
		}
		r.At = r.At.Add(time.Hour)
		switch i {
		case 0: // the page is corrected, and was published later than it said
			r.Digest, r.Citation.Published = "another", "2019-02-01"
		case 1: // a new version finds less
			r.Version, r.Facts = "2", r.Facts[1:]
		}
	}
	_, db := store.Handles(s)
	rows, err := db.Query(`SELECT kind, true_from, true_until, known_from, known_until, end_reason, version FROM facts ORDER BY kind, known_from`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var kind, from, until, reason, version string
		var since time.Time
		var ended sql.NullTime
		if err := rows.Scan(&kind, &from, &until, &since, &ended, &reason, &version); err != nil {
			t.Fatal(err)
		}
		end := "now"
		if ended.Valid {
			end = ended.Time.UTC().Format("15h") + " " + reason
		}
		got = append(got, fmt.Sprintf("%s %s/%s v%s %s..%s", kind, from, until, version, since.UTC().Format("15h"), end))
	}
	want := []string{
		"event 2019-03-05/ v1 12h..now",
		"label 2018-11-22/ v1 12h..now",
		"period 2019/2022 v1 12h..14h new-version",
		"theme 2019-01-31/ v1 12h..13h new-capture",
		"theme 2019-02-01/ v1 13h..now",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}

// fill puts something of everything into a store.
func fill(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range 2 {
		doc, c, body := aPage(fmt.Sprint("page-", i))
		doc.Title, doc.Published = "Dix territoires", "2019-01-31"
		c.Header = map[string][]string{"Content-Type": {"text/html"}}
		c.Chain = []vigie.Hop{{URL: doc.URL, Status: 301}}
		must(s.Put(ctx, doc, c, body))
		r := nineFacts(doc, c.Digest, start)
		r.Refusals = []vigie.Refusal{{Kind: vigie.KindLabel, What: "Alpha", Reason: "negated", Mention: vigie.Mention{Quote: "Alpha n'est pas retenu"}}}
		must(s.PutReading(ctx, r))
		r.Facts, r.Refusals, r.Version, r.At = r.Facts[3:], nil, "2", start.Add(time.Hour)
		must(s.PutReading(ctx, r))
	}
	run := vigie.Run{ID: "2019-02-01", Job: "run", Started: start, Window: vigie.Window{Since: "2019"}}
	must(s.BeginRun(ctx, run))
	run.Ended, run.Sources = start.Add(time.Minute), []vigie.SourceRun{{Source: "pref", State: vigie.StateOK, Found: 2, New: 2}}
	must(s.EndRun(ctx, run))
	must(s.PutDecisions(ctx, vigie.Decision{ID: "d1", Key: "k", Verdict: "accept", By: "A. Morel", At: start}))
	must(s.PutEdition(ctx, vigie.Edition{
		ID: "28-20190201", Region: "28", Day: "2019-02-01", Known: start, State: vigie.EditionPrepared,
		Files: []vigie.FileDigest{{Name: "territoires-normandie.xlsx", Digest: "abc"}},
	}, []byte("{}")))
	must(s.SettleEdition(ctx, "28-20190201", vigie.EditionPublished))
	must(s.PutSources(ctx, start, []vigie.Source{{ID: "pref", Publisher: vigie.Publisher{Name: "Préfecture", Kind: "etat"}, Scope: vigie.France}}))
	must(s.AddTolls(ctx, []vigie.Toll{{Night: "2019-02-01", Source: "pref", Site: "pref.example", Requests: 3}}))
	list, c, body := aPage("liste")
	must(s.PutEntry(ctx, "pref", list.URL, c, body))
	must(s.Failed(ctx, vigie.Failure{Document: list.ID, Source: "pref", URL: list.URL, Kind: "hung up", Error: "get " + list.URL + ": EOF", Last: start}))
}

// TestEntriesBecomeAnswers: lists that an older schema kept as they were last are the first
// of those that are kept since.
func TestEntriesBecomeAnswers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	gunzip(t, "testdata/v10.db.gz", path)
	_, c, body := aPage("liste")
	c.Time = start.Add(500 * time.Millisecond)
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ url, capture string }{{c.URL, string(text)}, {"links of " + c.URL, `{"URL":"","Time":"2019-02-01T09:00:00Z"}`}} {
		if _, err := db.Exec(`INSERT INTO entries VALUES ('pref', ?, ?, ?)`, row.url, row.capture, pack.EncodeAll(body, nil)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	got, b, err := s.Entry(t.Context(), "pref", c.URL)
	if diff := cmp.Diff(c, got); diff != "" || !bytes.Equal(b, body) || err != nil {
		t.Errorf("%v, %d bytes, capture (-want +got):\n%s", err, len(b), diff)
	}
	c.Time = start.Add(time.Hour) // the same again, told by the moment that the schema's step wrote
	if err := s.PutEntry(t.Context(), "pref", c.URL, c, body); err != nil {
		t.Fatal(err)
	}
	n := 0
	for a, err := range s.Answers(t.Context()) {
		if n++; err != nil || !a.Capture.Time.Equal(got.Time) {
			t.Errorf("%s of %v, %v; want the one of %v", a.URL, a.Capture.Time, err, got.Time)
		}
	}
	if n != 1 {
		t.Errorf("%d answers, want one", n)
	}
}

// dump tells all that the API yields, as indented JSON.
func dump(t *testing.T, s *store.Store) string {
	t.Helper()
	ctx := context.Background()
	var all []any
	add := func(v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	for d, err := range s.Documents(ctx) {
		add(d, err)
		body, err := s.Body(ctx, d.Captures[0].Digest)
		add(len(body), err)
	}
	for _, known := range []time.Time{start, {}} {
		for f, err := range s.Facts(ctx, known) {
			add(f, err)
		}
		for f, err := range s.Refusals(ctx, known) {
			add(f, err)
		}
	}
	for r, err := range s.Readings(ctx, time.Time{}) {
		add(r, err)
	}
	add(s.Runs(ctx, 10))
	for d, err := range s.Decisions(ctx, time.Time{}) {
		add(d, err)
	}
	editions, err := s.Editions(ctx, "", time.Time{})
	if err != nil || len(editions) > 0 { // stores of old schemas have none
		add(editions, err)
		add(s.Sources(ctx, time.Time{}))
		add(s.Tolls(ctx, ""))
	}
	for a, err := range s.Answers(ctx) {
		add(a, err)
	}
	failing, err := s.Failing(ctx, "pref")
	if err != nil || len(failing) > 0 { // likewise
		add(failing, err)
	}
	out, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out) + "\n"
}

// TestStaleFailures: failures that an older schema left open though their pages had come since
// are ended by that; others are not.
func TestStaleFailures(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	gunzip(t, "testdata/v14.db.gz", path)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for i, seen := range []string{"2019-02-02 00:00:00+00:00", "2019-01-31 00:00:00+00:00"} {
		doc, _, _ := aPage(fmt.Sprint("page-", i))
		for _, change := range []string{
			`UPDATE documents SET checked = ? WHERE id = ?`,
			`INSERT INTO failures VALUES (?2, 'pref', '/' || ?2, 'empty', '', '2019-02-01 00:00:00+00:00', '2019-02-01 00:00:00+00:00', 1, NULL)`,
		} {
			if _, err := db.Exec(change, seen, doc.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	for i, want := range []time.Time{time.Date(2019, 2, 2, 0, 0, 0, 0, time.UTC), {}} {
		doc, _, _ := aPage(fmt.Sprint("page-", i))
		got, err := s.Failures(t.Context(), doc.ID)
		if err != nil || len(got) != 1 || !got[0].Mended.Equal(want) {
			t.Errorf("page %d: %+v, %v; want it mended at %v", i, got, err, want)
		}
	}
}
