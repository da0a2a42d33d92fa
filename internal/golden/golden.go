// Package golden compares what a test made with a file of testdata. Run the tests
// with -update to rewrite the files, then read the diff before committing it:
//
//	go test ./reports -update
package golden

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite golden files with what the tests got")

// Check fails the test, showing the difference, where got is not what the file holds.
// Under -update it writes the file instead, its folder included. A file that is
// missing fails too: a golden file is made on purpose, never by a plain test run.
func Check(t testing.TB, file string, got []byte) {
	t.Helper()
	if *update {
		write(t, file, got)
		return
	}
	want, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is missing: run the test with -update, and read what it wrote", file)
		return
	}
	if err != nil {
		t.Error(err)
		return
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s: run with -update if the change is meant (-want +got):\n%s", file, cmp.Diff(string(want), string(got)))
	}
}

func write(t testing.TB, file string, got []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, got, 0o644); err != nil {
		t.Fatal(err)
	}
}
