package storetest

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"vigie"
	"vigie/store"
)

func edition(id, region string, known time.Time) vigie.Edition {
	return vigie.Edition{
		ID: id, Region: region, Day: "2019-02-01", Known: known, State: vigie.EditionPrepared, Run: "r1", Version: "1", Rules: "2", Lists: "abc",
		Baseline: "before", Reasons: []string{"Territoires : 20 lignes, puis 3"}, Checks: []string{"rows"}, Accepted: vigie.Acceptance{Why: "relu", By: "A. Morel"},
		Aside: []vigie.Aside{{File: "a.xlsx", Digest: "d", Import: "vigie review import a.xlsx"}},
		Files: []vigie.FileDigest{{Name: "csv/a.csv", Digest: id + "-1"}, {Name: "a.xlsx", Digest: id + "-2"}},
		Cut:   true, Full: true, Sources: []vigie.SourceRun{{Source: "pref", State: vigie.StateOK}}, Reserved: []vigie.Reservation{{Source: "pref", Words: "noai"}},
	}
}

func testEditions(t *testing.T, s *store.Store) {
	ctx := context.Background()
	first, second, other := edition("e1", "28", hour(0)), edition("e2", "28", hour(2)), edition("e3", "44", hour(1))
	allSet(t, first)
	for _, e := range []vigie.Edition{first, second, other} {
		if err := s.PutEdition(ctx, e, []byte("content of "+e.ID)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.PutEdition(ctx, first, nil); err == nil {
		t.Error("an edition was put twice")
	}
	if err := s.PutEdition(ctx, vigie.Edition{ID: "e9"}, nil); err == nil {
		t.Error("an edition of no region was put")
	}
	for _, id := range []string{"e1", "e3"} {
		if err := s.SettleEdition(ctx, id, vigie.EditionPublished); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SettleEdition(ctx, "e1", vigie.EditionDropped); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a published edition was settled again: %v, want ErrNotFound", err)
	}
	first.State, other.State = vigie.EditionPublished, vigie.EditionPublished
	for name, tt := range map[string]struct {
		region string
		known  time.Time
		want   []vigie.Edition
	}{
		"a region's, newest first": {"28", time.Time{}, []vigie.Edition{second, first}},
		"as known then":            {"28", hour(1), []vigie.Edition{first}},
		"at its very moment":       {"28", hour(2), []vigie.Edition{second, first}},
		"of all regions":           {"", time.Time{}, []vigie.Edition{other, second, first}},
		"of no region":             {"99", time.Time{}, nil},
	} {
		got, err := s.Editions(ctx, tt.region, tt.known)
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	got, err := s.Edition(ctx, "e3")
	if diff := cmp.Diff(other, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	in, err := s.EditionContent(ctx, "e2")
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(in)
	if err = errors.Join(err, in.Close()); string(content) != "content of e2" || err != nil {
		t.Errorf("content %q, %v", content, err)
	}
	if _, err := s.Edition(ctx, "e9"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("an unknown edition: %v, want ErrNotFound", err)
	}
	if _, err := s.EditionContent(ctx, "e9"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("content of an unknown edition: %v, want ErrNotFound", err)
	}
}

// testDelivered knows files by their bytes, whatever became of their edition.
func testDelivered(t *testing.T, s *store.Store) {
	ctx := context.Background()
	if err := s.PutEdition(ctx, edition("e1", "28", hour(0)), nil); err != nil {
		t.Fatal(err)
	}
	if err := s.SettleEdition(ctx, "e1", vigie.EditionDropped); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.RememberImport(ctx, "e1-2", "A. Morel", hour(1)); err != nil {
			t.Fatal(err)
		}
	}
	for digest, want := range map[string][2]bool{"e1-1": {true, false}, "e1-2": {true, true}, "other": {false, false}} {
		delivered, err := s.Delivered(ctx, digest)
		imported, err2 := s.Imported(ctx, digest)
		if got := [2]bool{delivered, imported}; got != want || err != nil || err2 != nil {
			t.Errorf("%s: delivered and imported %v, want %v (%v, %v)", digest, got, want, err, err2)
		}
	}
}

func testSources(t *testing.T, s *store.Store) {
	ctx := context.Background()
	pref := vigie.Source{ID: "pref", Publisher: vigie.Publisher{Name: "Préfecture", Kind: "etat"}, Scope: vigie.Ref{Type: vigie.RefDepartement, ID: "61"}}
	list := vigie.Source{ID: "liste", Publisher: vigie.Publisher{Name: "ANCT", Kind: "etat"}, List: "territoires-industrie@2018"}
	renamed := pref
	renamed.Publisher.Name = "Préfet"
	for n, all := range [][]vigie.Source{{pref}, {pref}, {renamed, list}, {list}} {
		if err := s.PutSources(ctx, hour(n), all); err != nil {
			t.Fatal(err)
		}
	}
	for name, tt := range map[string]struct {
		known time.Time
		want  map[string]vigie.Source
	}{
		"before any was noted": {hour(-1), map[string]vigie.Source{"pref": pref, "liste": list}},
		"before it changed":    {hour(1), map[string]vigie.Source{"pref": pref, "liste": list}},
		"when it changed":      {hour(2), map[string]vigie.Source{"pref": renamed, "liste": list}},
		"declared no more":     {time.Time{}, map[string]vigie.Source{"pref": renamed, "liste": list}},
	} {
		got, err := s.Sources(ctx, tt.known)
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	if last, err := s.Horizon(ctx); err != nil || !last.Equal(hour(2)) {
		t.Errorf("the latest moment is %v, %v; want %v, when sources were noted last", last, err, hour(2))
	}
}
