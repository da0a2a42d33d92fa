package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"vigie"
	"vigie/store"
)

// testBatch archives more than a batch holds, each document twice: what is asked for is
// there at once, and in the end all is as if it had been put one by one.
func testBatch(t *testing.T, s *store.Store) {
	ctx, cancel := context.WithCancel(context.Background())
	b := s.Batch()
	var want []vigie.Document
	for i := range 600 {
		doc := page("pref", fmt.Sprintf("%03d", i))
		for n, body := range []string{"A", "B"} {
			c := capture(doc, hour(n), fmt.Sprint(body, i%100)) // some bodies are several documents'
			doc.Captures = append(doc.Captures, c)
			if i%2 == 0 {
				c.Digest = "" // the archive takes it
			}
			if err := b.Put(ctx, doc, c, []byte(fmt.Sprint(body, i%100))); err != nil {
				t.Fatal(err)
			}
		}
		want = append(want, doc)
		if i%40 == 0 {
			if got, err := b.Latest(ctx, doc.ID); err != nil || got.Digest != doc.Captures[1].Digest {
				t.Errorf("latest of %s: %s, %v", doc.URL, got.Digest, err)
			}
		}
	}
	if checks, err := b.Checks(ctx, "pref"); err != nil || len(checks) != 0 { // they came from a public archive
		t.Errorf("checks: %v, %v", checks, err)
	}
	for _, doc := range want {
		if err := b.Checked(ctx, vigie.Check{Document: doc.ID, Time: hour(2)}); err != nil {
			t.Fatal(err)
		}
	}
	cancel() // whoever is interrupted keeps what was fetched
	if err := b.Close(ctx); err != nil {
		t.Fatal(err)
	}
	got := map[vigie.DocumentID]vigie.Document{}
	for _, d := range gather(t, s.Documents(context.Background())) {
		got[d.ID] = d
	}
	for _, d := range want {
		if diff := cmp.Diff(d, got[d.ID]); diff != "" {
			t.Fatalf("%s (-put +archived):\n%s", d.URL, diff)
		}
	}
	if checks, err := s.Checks(context.Background(), "pref"); err != nil || len(checks) != len(want) {
		t.Errorf("%d checks, %v", len(checks), err)
	}
}

// testBatchEntries archives lists among pages: each is there once it is asked for, and what
// one said before is told apart.
func testBatchEntries(t *testing.T, s *store.Store) {
	ctx := context.Background()
	b := s.Batch()
	for i := range 40 {
		doc := page("pref", fmt.Sprint("page", i))
		if err := b.Put(ctx, doc, capture(doc, hour(0), "P"), []byte("P")); err != nil {
			t.Fatal(err)
		}
		list := page("pref", fmt.Sprint("liste", i%20))
		body := fmt.Sprint("liste ", i)
		if err := b.PutEntry(ctx, "pref", list.URL, capture(list, hour(i), body), []byte(body)); err != nil {
			t.Fatal(err)
		}
		if i%7 != 0 {
			continue
		}
		if c, got, err := b.Entry(ctx, "pref", list.URL); err != nil || string(got) != body || !c.Time.Equal(hour(i)) {
			t.Errorf("liste %d: %q of %v, %v", i, got, c.Time, err)
		}
	}
	if err := b.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if got := answers(t, s); len(got) != 40 {
		t.Errorf("%d answers, want 20 lists with two each: %q", len(got), got)
	}
}

// testBatchEmpty archives a page whose body may not be kept, and nothing else.
func testBatchEmpty(t *testing.T, s *store.Store) {
	b, doc := s.Batch(), page("pref", "a")
	if err := b.Put(context.Background(), doc, capture(doc, noon, ""), nil); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if body, err := s.Body(context.Background(), vigie.Digest(nil)); err != nil || len(body) != 0 {
		t.Errorf("body %q, %v", body, err)
	}
}

// testBatchRefuses gives a batch what is not sound: it says so at once and keeps the rest.
func testBatchRefuses(t *testing.T, s *store.Store) {
	ctx := context.Background()
	b := s.Batch()
	doc := page("pref", "a")
	if err := b.Put(ctx, doc, capture(doc, noon, "A"), []byte("B")); err == nil {
		t.Error("a body of another digest was taken")
	}
	if err := b.Put(ctx, doc, capture(doc, noon, "A"), []byte("A")); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if docs := gather(t, s.Documents(ctx)); len(docs) != 1 || len(docs[0].Captures) != 1 {
		t.Errorf("documents: %v", docs)
	}
}
