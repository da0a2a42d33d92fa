package golden

import (
	"os"
	"path/filepath"
	"testing"
)

// A recorder is a test that notes its failure instead of failing.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Error(...any)          { r.failed = true }
func (r *recorder) Errorf(string, ...any) { r.failed = true }

func TestCheck(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sub", "x.csv")
	check := func(got string) bool {
		r := &recorder{TB: t}
		Check(r, file, []byte(got))
		return !r.failed
	}
	if check("a;b\n") {
		t.Error("a missing golden file passed")
	}
	if *update = true; !check("a;b\n") {
		t.Error("-update failed")
	}
	*update = false
	if got, err := os.ReadFile(file); err != nil || string(got) != "a;b\n" {
		t.Errorf("-update wrote %q, %v", got, err)
	}
	if !check("a;b\n") {
		t.Error("equal bytes failed")
	}
	if check("a;c\n") {
		t.Error("other bytes passed")
	}
}
