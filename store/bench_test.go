package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"vigie/store"
)

func BenchmarkSQLite(b *testing.B) {
	b.Run("archive a document", func(b *testing.B) { benchPut(b, newSQLite(b)) })
	b.Run("read 9 facts", func(b *testing.B) { benchReading(b, newSQLite(b), 1) })
	b.Run("read 9 facts unchanged", func(b *testing.B) { benchReading(b, newSQLite(b), 2) })
	b.Run("list 9000 facts", func(b *testing.B) { benchFacts(b, newSQLite(b)) })
}

func newSQLite(b *testing.B) *store.Store { return open(b, filepath.Join(b.TempDir(), "vigie.db")) }

func benchPut(b *testing.B, s *store.Store) {
	for i := 0; b.Loop(); i++ {
		doc, c, body := aPage(fmt.Sprint(i))
		if err := s.Put(context.Background(), doc, c, body); err != nil {
			b.Fatal(err)
		}
	}
}

// benchReading measures the last of so many readings of a new document.
func benchReading(b *testing.B, s *store.Store, readings int) {
	ctx := context.Background()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		doc, c, body := aPage(fmt.Sprint(i))
		if err := s.Put(ctx, doc, c, body); err != nil {
			b.Fatal(err)
		}
		for n := range readings {
			if n == readings-1 {
				b.StartTimer()
			}
			if err := s.PutReading(ctx, nineFacts(doc, c.Digest, start.Add(time.Duration(n)*time.Hour))); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func benchFacts(b *testing.B, s *store.Store) {
	ctx := context.Background()
	for i := range 1000 {
		doc, c, body := aPage(fmt.Sprint(i))
		if err := s.Put(ctx, doc, c, body); err != nil {
			b.Fatal(err)
		}
		if err := s.PutReading(ctx, nineFacts(doc, c.Digest, start)); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		for _, err := range s.Facts(ctx, time.Time{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
