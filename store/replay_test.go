package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
	"vigie"
	"vigie/store"
)

func TestReplay(t *testing.T) { testReplay(t, open(t, filepath.Join(t.TempDir(), "vigie.db"))) }

// testReplay reads pages again and again with random facts: what was known after each
// reading can be asked for ever after, and what is known now is the last reading.
func testReplay(t *testing.T, s *store.Store) {
	ctx := context.Background()
	_, db := store.Handles(s)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		if _, err := db.Exec(`DELETE FROM facts`); err != nil { // or each case would list those before
			t.Fatal(err)
		}
		n++
		doc, c, body := aPage(fmt.Sprint("replay ", n))
		if err := s.Put(ctx, doc, c, body); err != nil {
			t.Fatal(err)
		}
		var past [][]string
		var last []string
		for i := range rapid.IntRange(1, 6).Draw(t, "readings") {
			r := nineFacts(doc, c.Digest, start.Add(time.Duration(i)*time.Hour))
			r.Citation.Title = fmt.Sprint("title ", i)
			r.Facts = rapid.SliceOfN(rapid.Custom(anyFact), 0, 6).Draw(t, "facts")
			r.Error = rapid.SampledFrom([]string{"", "", "", "no readable text"}).Draw(t, "error")
			known, now := words(r.Facts, r.Citation.Title, false), words(r.Facts, r.Citation.Title, true)
			if r.Error != "" {
				r.Facts = nil
				known, now = nil, last
				if i > 0 {
					known = past[i-1]
				}
			}
			if err := s.PutReading(ctx, r); err != nil {
				t.Fatal(err)
			}
			past, last = append(past, known), now
		}
		for i, want := range past {
			if got := words(factsOf(t, s, doc.ID, start.Add(time.Duration(i)*time.Hour)), "", false); !slices.Equal(got, want) {
				t.Fatalf("known after reading %d: %q, want %q", i, got, want)
			}
		}
		if got := words(factsOf(t, s, doc.ID, time.Time{}), "", true); !slices.Equal(got, last) {
			t.Fatalf("known now: %q, want %q", got, last)
		}
	})
}

func anyFact(t *rapid.T) vigie.Fact {
	i := rapid.IntRange(0, 2).Draw(t, "territory")
	f := nineFacts(vigie.Document{}, "", start).Facts[i]
	f.Start = rapid.IntRange(0, 3).Draw(t, "start")
	if rapid.Bool().Draw(t, "filled in") {
		f.Detail = vigie.Label{Territory: fmt.Sprint("Territoire ", i), Status: vigie.Labelled, Phase: "2018"}
	}
	return f
}

// words tells facts, with or without where they stand, in no order.
func words(facts []vigie.Fact, title string, place bool) []string {
	var all []string
	for _, f := range facts {
		if title != "" {
			f.Title = title
		}
		w := fmt.Sprintf("%v %q %q", f.Detail, f.Quote, f.Title)
		if place {
			w += fmt.Sprint(" ", f.Start)
		}
		all = append(all, w)
	}
	slices.Sort(all)
	return all
}

func factsOf(t *rapid.T, s *store.Store, id vigie.DocumentID, known time.Time) []vigie.Fact {
	var facts []vigie.Fact
	for f, err := range s.Facts(context.Background(), known) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Document == id {
			facts = append(facts, f)
		}
	}
	return facts
}
