package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"vigie"
	"vigie/store"
)

// Tests that need another process start this program again, with the part it is to
// play and the store's DSN in these variables.
const (
	partVar = "VIGIE_STORE_TEST_PART"
	dsnVar  = "VIGIE_STORE_TEST_DSN"
)

func TestMain(m *testing.M) {
	if part := os.Getenv(partVar); part != "" {
		if err := play(part, os.Getenv(dsnVar)); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// play is what the other process does. It says on standard output what is done, and
// only then.
func play(part, dsn string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer s.Close()
	switch part {
	case "open":
		fmt.Println("opened")
	case "lock":
		if _, err := s.Lock(ctx, "night"); err != nil {
			return err
		}
		fmt.Println("locked")
		io.Copy(io.Discard, os.Stdin)
	case "write":
		return writeOn(ctx, s)
	}
	return nil
}

// writeOn archives and reads page after page until it is killed, or nobody listens.
func writeOn(ctx context.Context, s *store.Store) error {
	for i := 0; ; i++ {
		doc, c, body := aPage(fmt.Sprintf("%d-%d", os.Getpid(), i))
		if err := s.Put(ctx, doc, c, body); err != nil {
			return err
		}
		if _, err := fmt.Println(doc.ID, c.Digest); err != nil {
			return nil
		}
		if err := s.PutReading(ctx, nineFacts(doc, c.Digest, start)); err != nil {
			return err
		}
	}
}

var start = time.Date(2019, 2, 1, 12, 0, 0, 0, time.UTC)

// aPage is a page of some 20 KB that compresses as pages do.
func aPage(name string) (vigie.Document, vigie.Capture, []byte) {
	u := "https://pref.example/" + name
	body := []byte("<p>" + name + strings.Repeat("<li>Territoire d'industrie "+name, 500))
	doc := vigie.Document{ID: vigie.NewDocumentID(u, nil), URL: u, Source: "pref"}
	return doc, vigie.Capture{URL: u, Time: start, Status: 200, Digest: vigie.Digest(body)}, body
}

func nineFacts(doc vigie.Document, digest string, at time.Time) store.Reading {
	r := store.Reading{Document: doc.ID, Digest: digest, Version: "1", At: at, Citation: vigie.Citation{URL: doc.URL}}
	for i := range 9 {
		r.Facts = append(r.Facts, vigie.Fact{
			Programme: "territoires-industrie", Scope: vigie.Ref{Type: vigie.RefRegion, ID: "28"},
			Detail:  vigie.Label{Territory: fmt.Sprint("Territoire ", i), Region: "28", Phase: "2018", Status: vigie.Labelled},
			Mention: vigie.Mention{Span: vigie.Span{Start: 30 * i, End: 30*i + 12}, Quote: fmt.Sprint("Territoire ", i), Confidence: 0.9},
		})
	}
	return r
}

// again starts this program in another process, for it to play a part.
func again(t *testing.T, part, dsn string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), partVar+"="+part, dsnVar+"="+dsn)
	cmd.Stderr = os.Stderr
	in, out := pipes(t, cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // where the test has not
		in.Close()
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd, bufio.NewScanner(out)
}

// TestE1Kill kills writers at random moments: what they said was done must be there,
// whole. VIGIE_LONG=1 runs many more rounds.
func TestE1Kill(t *testing.T) {
	rounds := 3
	if os.Getenv("VIGIE_LONG") != "" {
		rounds = 60
	}
	path := filepath.Join(t.TempDir(), "vigie.db")
	done := map[vigie.DocumentID]string{}
	for round := range rounds {
		writers := make([]*exec.Cmd, 2)
		lines := make([]*bufio.Scanner, 2)
		for i := range writers {
			writers[i], lines[i] = again(t, "write", path)
		}
		for i, w := range writers {
			for range 1 + rand.IntN(30) { // then on through what it says before the blow falls
				acknowledged(t, lines[i], done)
			}
			w.Process.Kill()
			for acknowledged(t, lines[i], done) {
			}
			w.Wait()
		}
		checkWhole(t, path, done)
		if t.Failed() {
			t.Fatalf("after round %d", round)
		}
	}
	t.Logf("%d rounds, %d captures acknowledged, all there", rounds, len(done))
}

// TestE1KillAtBirth kills processes while they make a store: the next one finishes it.
func TestE1KillAtBirth(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	for range 8 {
		w, _ := again(t, "write", path)
		<-time.After(time.Duration(rand.IntN(30)) * time.Millisecond) // a store is made in some 20
		w.Process.Kill()
		w.Wait()
		checkWhole(t, path, nil)
		for _, end := range []string{"", "-wal", "-shm"} {
			os.Remove(path + end)
		}
	}
}

func acknowledged(t *testing.T, lines *bufio.Scanner, done map[vigie.DocumentID]string) bool {
	if !lines.Scan() {
		return false
	}
	id, digest, ok := strings.Cut(lines.Text(), " ")
	if !ok || len(digest) != 64 { // the last line may be cut
		return false
	}
	if id == "error:" {
		t.Error(lines.Text())
	}
	done[vigie.DocumentID(id)] = digest
	return true
}

func checkWhole(t *testing.T, path string, done map[vigie.DocumentID]string) {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, db := store.Handles(s)
	var verdict string
	var orphans, torn int
	err = errors.Join(
		db.QueryRow(`PRAGMA integrity_check`).Scan(&verdict),
		db.QueryRow(`SELECT count(*) FROM pragma_foreign_key_check`).Scan(&orphans),
		db.QueryRow(`SELECT count(*) FROM readings r WHERE 9 <> (SELECT count(*) FROM facts f WHERE f.document = r.document)`).Scan(&torn))
	if err != nil || verdict != "ok" || orphans != 0 || torn != 0 {
		t.Errorf("integrity %q, %d broken references, %d readings without their 9 facts, %v", verdict, orphans, torn, err)
	}
	for id, digest := range done {
		c, err := s.Latest(ctx, id)
		if err != nil || c.Digest != digest {
			t.Errorf("acknowledged and gone: %v", err)
		}
		if _, err := s.Body(ctx, digest); err != nil {
			t.Error(err)
		}
	}
}

func TestE4TwoProcesses(t *testing.T) {
	testTwoProcesses(t, filepath.Join(t.TempDir(), "new", "vigie.db"))
}

// testTwoProcesses lets several processes find no schema at once, and then all write.
func testTwoProcesses(t *testing.T, dsn string) {
	var writers []*exec.Cmd
	var lines []*bufio.Scanner
	for range 3 {
		w, l := again(t, "write", dsn)
		writers, lines = append(writers, w), append(lines, l)
	}
	done := map[vigie.DocumentID]string{}
	for i := range writers {
		for range 10 {
			if !acknowledged(t, lines[i], done) {
				t.Fatalf("a writer stopped: %s", lines[i].Text())
			}
		}
	}
	s := open(t, dsn)
	for id := range done {
		if _, err := s.Latest(context.Background(), id); err != nil {
			t.Error(err)
		}
	}
}

func TestE4LockDies(t *testing.T) { testLockDies(t, filepath.Join(t.TempDir(), "vigie.db")) }

func testLockDies(t *testing.T, dsn string) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	s := open(t, dsn)
	holder, lines := again(t, "lock", dsn)
	if !lines.Scan() || lines.Text() != "locked" {
		t.Fatalf("the other process says %q", lines.Text())
	}
	_, err := s.Lock(ctx, "night")
	if who := fmt.Sprintf("held by process %d on ", holder.Process.Pid); !errors.Is(err, vigie.ErrLocked) || !strings.Contains(err.Error(), who) {
		t.Errorf("error %v, want ErrLocked, %s", err, who)
	}
	holder.Process.Kill()
	holder.Wait()
	release, err := store.WaitLock(ctx, s, "night") // a server takes a moment to see it
	if err != nil {
		t.Fatal(err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}
