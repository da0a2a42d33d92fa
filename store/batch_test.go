package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"
)

// A stubborn item cannot be packed at first.
type stubborn struct{ packed, written *int }

var errStubborn = errors.New("not yet")

func (s stubborn) pack(context.Context, *packing) error {
	if *s.packed++; *s.packed < 3 {
		return errStubborn
	}
	return nil
}

func (s stubborn) write(context.Context, *writer) error {
	*s.written++
	return nil
}

// TestBatchPacksAgain: what cannot be packed between two pages is told by the next call,
// and goes on waiting with all that came before it.
func TestBatchPacksAgain(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "vigie.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := s.Batch()
	b.written = s.now().Add(time.Hour) // nothing is due
	var packed, written, before int
	for _, i := range []item{stubborn{packed: new(9), written: &before}, stubborn{&packed, &written}} {
		if err := b.add(ctx, i, 1); err != nil {
			t.Fatalf("add: %v; want it packed while the next is on its way", err)
		}
	}
	if err := b.Close(ctx); !errors.Is(err, errStubborn) {
		t.Errorf("close: %v, want what kept it from being packed", err)
	}
	if err := b.Close(ctx); err != nil || packed != 3 || written != 1 || before != 1 {
		t.Errorf("closed again: %v, packed %d times, written %d and %d times", err, packed, written, before)
	}
}
