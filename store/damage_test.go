package store_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigie/store"
)

// TestE11FlippedBit flips each of some bits of a body on disk: each is found, and the
// error says which body.
func TestE11FlippedBit(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "vigie.db"))
	doc, c, body := aPage("a")
	if err := s.Put(ctx, doc, c, body); err != nil {
		t.Fatal(err)
	}
	_, db := store.Handles(s)
	var good []byte
	if err := db.QueryRow(`SELECT zstd FROM bodies`).Scan(&good); err != nil {
		t.Fatal(err)
	}
	for i := range good {
		bad := append([]byte(nil), good...)
		bad[i] ^= 1 << (i % 8)
		if _, err := db.Exec(`UPDATE bodies SET zstd = $1`, bad); err != nil {
			t.Fatal(err)
		}
		got, err := s.Body(ctx, c.Digest)
		if err == nil && string(got) == string(body) {
			continue // a bit of the frame's header that says nothing of the content
		}
		if err == nil || !strings.Contains(err.Error(), c.Digest) {
			t.Fatalf("bit flipped in byte %d of %d: error %v, %d bytes", i, len(good), err, len(got))
		}
	}
}

// TestE11SwappedBodies gives a digest the sound body of another.
func TestE11SwappedBodies(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "vigie.db"))
	var digests []string
	for _, name := range []string{"a", "b"} {
		doc, c, body := aPage(name)
		if err := s.Put(ctx, doc, c, body); err != nil {
			t.Fatal(err)
		}
		digests = append(digests, c.Digest)
	}
	_, db := store.Handles(s)
	if _, err := db.Exec(`UPDATE bodies SET zstd = (SELECT zstd FROM bodies WHERE digest = $1)`, digests[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Body(ctx, digests[1]); err == nil || !strings.Contains(err.Error(), digests[1]) {
		t.Errorf("another's body: error %v", err)
	}
}

// TestE2Full fills the store's disk: the error names file and cause, and what was
// there before stays readable.
func TestE2Full(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "vigie.db")
	s := open(t, path)
	doc, c, body := aPage("a")
	if err := s.Put(ctx, doc, c, body); err != nil {
		t.Fatal(err)
	}
	_, db := store.Handles(s)
	if _, err := db.Exec(`PRAGMA max_page_count = 1`); err != nil { // SQLite takes the present size
		t.Fatal(err)
	}
	var err error
	for i := 0; i < 1000 && err == nil; i++ {
		d, c, b := aPage(strings.Repeat("x", i+1))
		err = s.Put(ctx, d, c, b)
	}
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "full") {
		t.Errorf("error %v, want one naming %s and saying full", err, path)
	}
	if _, err := s.Body(ctx, c.Digest); err != nil {
		t.Errorf("after the disk filled: %v", err)
	}
}

// TestE2ReadOnly opens stores where nothing may be written.
func TestE2ReadOnly(t *testing.T) {
	dir, err := os.MkdirTemp("", "vigie") // not t.TempDir: another user must get there
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "vigie.db")
	s, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o755) })
	for _, dsn := range []string{path, filepath.Join(dir, "new.db"), filepath.Join(dir, "sub", "new.db")} {
		out := openAsNobody(t, dsn)
		if !strings.Contains(out, "error: store "+dsn) || !strings.Contains(out, "permission denied") {
			t.Errorf("opening %s says %q, want the file and the cause", dsn, out)
		}
	}
}

// openAsNobody opens a store in a process that file modes bind. Go keeps test
// programs where nobody else may go, so it is a copy that runs.
func openAsNobody(t *testing.T, dsn string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "vigie")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, filepath.Base(self))
	if err := errors.Join(os.WriteFile(copied, program, 0o755), os.Chmod(dir, 0o755)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(copied)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), partVar+"=open", dsnVar+"="+dsn)
	asNobody(cmd)
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Errorf("opening %s where nothing may be written: no error", dsn)
	}
	return string(out)
}

// TestCancelStopsQuery cancels a query that would run for minutes.
func TestCancelStopsQuery(t *testing.T) {
	testCancelStopsQuery(t, open(t, filepath.Join(t.TempDir(), "vigie.db")))
}

func testCancelStopsQuery(t *testing.T, s *store.Store) {
	read, _ := store.Handles(s)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	begun := time.Now()
	var n int
	err := read.QueryRowContext(ctx, `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 10000000000)
		SELECT count(*) FROM c`).Scan(&n)
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 10*time.Second {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}
