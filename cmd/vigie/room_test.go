package main

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"vigie"
	"vigie/store"
)

// A small disk fills up in the middle of a night: what was archived before stays, nothing
// comes after, and the archive's error is told by its name.
func TestKeepFree(t *testing.T) {
	db := t.TempDir() + "/vigie.db"
	st, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	left := uint64(4 << 20)
	disk := func(string) (uint64, bool) { left -= 1 << 20; return left, true }
	put := func(a archive, n int) error {
		body := []byte(fmt.Sprint("page ", n))
		c := vigie.Capture{URL: fmt.Sprint("https://a.example/", n), Time: time.Unix(int64(n), 0), Status: 200, Digest: vigie.Digest(body)}
		if n%2 == 0 {
			return a.PutEntry(context.Background(), "a", c.URL, c, body)
		}
		return a.Put(context.Background(), vigie.Document{ID: vigie.NewDocumentID(c.URL, nil), URL: c.URL, Source: "a"}, c, body)
	}
	a := keepFree(st, db, 2<<20, disk)
	for n := range 4 {
		err := put(a, n)
		full, ok := errors.AsType[*errNoRoom](err)
		if want := n >= 2; ok != want || !want && err != nil || want && full.floor != 2<<20 {
			t.Errorf("page %d, %d MiB left: %v", n, left>>20, err)
		}
	}
	unknown := func(string) (uint64, bool) { return 0, false }
	for _, open := range []archive{keepFree(st, db, 0, disk), keepFree(st, "postgres://x", 2<<20, disk), keepFree(st, db, 2<<20, unknown)} {
		if err := put(open, 9); err != nil {
			t.Errorf("no floor, a server's disk, a system that cannot tell: %v", err)
		}
	}
}
