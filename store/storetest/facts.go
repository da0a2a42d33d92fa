package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"vigie"
	"vigie/store"
)

func testKinds(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, noon, "A")
	var facts []vigie.Fact
	for i, d := range []vigie.Detail{
		vigie.Label{Territory: "Sud Manche", TerritoryID: "ti-2801@2018", Region: "28", Phase: "2018", Status: "labelled", Date: "2018-11-22"},
		vigie.Member{Territory: "Sud Manche", Member: "CC Granville", MemberID: "200042604", MemberIDCurrent: "200042605"},
		vigie.Role{Body: "comite-de-pilotage", Role: "preside", Holder: "le président", HolderKind: "function", Organisation: "la région"},
		vigie.Figure{Measure: "funding", Value: 1.36e9, ValueMax: 1.4e9, Unit: "EUR", Payer: "l'État"},
		vigie.Event{Event: "council", Date: "2019-03", DateEnd: "2019-04", Place: "Caen", Planned: true},
		vigie.Period{Subject: "contract", DateEnd: "2022"},
		vigie.Theme{Theme: "formation"},
	} {
		f := theme("x", 10*i)
		f.Detail, f.Scope, f.Page = d, []vigie.Ref{vigie.France, {Type: "region", ID: "28"}}[i%2], i
		f.Quote = "«\u00a0œ\U0001F3ED" + string(d.Kind()) + "\u00a0»\t<&"
		facts = append(facts, f)
	}
	r := reading(doc, noon, "A", "1", facts...)
	r.Citation.Updated = "2019-02-02"
	putReading(t, s, r)
	for i := range facts {
		facts[i].Citation = r.Citation
	}
	allSet(t, facts[1].Mention)
	allSet(t, r.Citation)
	if diff := cmp.Diff(facts, gather(t, s.Facts(context.Background(), time.Time{}))); diff != "" {
		t.Errorf("facts (-put +got):\n%s", diff)
	}
}

func testFactsTime(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	putReading(t, s, reading(doc, hour(1), "A", "1", theme("formation", 10), theme("foncier", 50)))
	put(t, s, doc, hour(2), "B")
	// A line above moves formation, foncier is gone, innovation comes.
	putReading(t, s, reading(doc, hour(3), "B", "1", theme("formation", 30), theme("innovation", 60)))
	putReading(t, s, reading(doc, hour(5), "B", "2", theme("foncier", 5), theme("formation", 30)))
	for _, tt := range []struct {
		known time.Time
		want  []string
	}{
		{hour(0), nil},
		{hour(1).Add(-time.Microsecond), nil},
		{hour(1), []string{"formation@30", "foncier@50"}}, // one fact, where it stands now
		{hour(3).Add(-time.Microsecond), []string{"formation@30", "foncier@50"}},
		{hour(3), []string{"formation@30", "innovation@60"}},
		{hour(5), []string{"foncier@5", "formation@30"}},
		{time.Time{}, []string{"foncier@5", "formation@30"}},
	} {
		got := themes(t, s, tt.known)
		if slices.Sort(got); !slices.Equal(got, sorted(tt.want)) {
			t.Errorf("known at %v: %q, want %q", tt.known, got, tt.want)
		}
	}
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

func testFactFilledIn(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	f := theme("x", 10)
	f.Detail = vigie.Label{Territory: "Sud Manche", TerritoryID: "ti-2801@2018", Status: "labelled"}
	filled := f
	filled.Detail = vigie.Label{Territory: "Sud Manche", TerritoryID: "ti-2801@2018", Status: "labelled", Region: "28"}
	if f.Key() != filled.Key() {
		t.Fatal("the region has become part of the key: this test needs another field")
	}
	putReading(t, s, reading(doc, hour(1), "A", "1", f))
	putReading(t, s, reading(doc, hour(2), "A", "2", filled))
	for known, want := range map[time.Time]string{hour(1): "", hour(2): "28"} {
		got := gather(t, s.Facts(context.Background(), known))
		if len(got) != 1 || got[0].Detail.(vigie.Label).Region != want {
			t.Errorf("known at %v: %v, want region %q", known, got, want)
		}
	}
}

func testRepeated(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	for i, facts := range [][]vigie.Fact{
		{theme("formation", 10), theme("formation", 90)},
		{theme("formation", 12), theme("formation", 92)},
		{theme("formation", 12)},
	} {
		putReading(t, s, reading(doc, hour(i), "A", "1", facts...))
		if got := gather(t, s.Facts(context.Background(), time.Time{})); len(got) != len(facts) || got[0].Start != facts[0].Start {
			t.Errorf("reading %d: %v, want %v", i, got, facts)
		}
	}
}

func testCitation(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	putReading(t, s, reading(doc, hour(1), "A", "1", theme("formation", 10)))
	r := reading(doc, hour(2), "B", "1", theme("formation", 10))
	r.Citation.Title, r.Citation.Updated = "Nouveau titre", "2019-02-05"
	putReading(t, s, r)
	for known, want := range map[time.Time]string{hour(1): doc.Title, hour(2): "Nouveau titre"} {
		if got := gather(t, s.Facts(context.Background(), known)); len(got) != 1 || got[0].Title != want {
			t.Errorf("known at %v: %v, want title %q", known, got, want)
		}
	}
}

func testErrorReading(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	putReading(t, s, reading(doc, hour(1), "A", "1", theme("formation", 10)))
	putReading(t, s, store.Reading{Document: doc.ID, Digest: "d", Version: "1", At: hour(2), Error: "no readable text"})
	got := gather(t, s.Facts(context.Background(), time.Time{}))
	if len(got) != 1 || got[0].Title != doc.Title {
		t.Errorf("a page that cannot be read withdraws nothing: %v", got)
	}
}

func testForgotten(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	putReading(t, s, reading(doc, hour(1), "A", "1", theme("formation", 10)))
	r := reading(doc, hour(2), "A", "1")
	r.Reason = store.Forgotten
	putReading(t, s, r)
	if got := themes(t, s, time.Time{}); len(got) != 0 {
		t.Errorf("forgotten, and still known: %q", got)
	}
}

func testClockSetBack(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	putReading(t, s, reading(doc, hour(5), "A", "1", theme("formation", 10)))
	putReading(t, s, reading(doc, hour(3), "A", "2", theme("foncier", 10)))
	for known, want := range map[time.Time][]string{hour(3): nil, hour(5): {"formation@10"}, hour(6): {"foncier@10"}} {
		if got := themes(t, s, known); !slices.Equal(got, want) {
			t.Errorf("known at %v: %q, want %q", known, got, want)
		}
	}
}

func testRefusals(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	refusal := func(what string, start int) vigie.Refusal {
		return vigie.Refusal{Kind: vigie.KindLabel, What: what, Reason: "negated", Mention: vigie.Mention{
			Span: vigie.Span{Start: start, End: start + 8}, Quote: what + " n'a pas été retenu", Page: 2, Confidence: 0.5, Rule: "label.verb",
		}}
	}
	r := reading(doc, hour(1), "A", "1")
	r.Refusals = []vigie.Refusal{refusal("Alpha", 10), refusal("Beta", 30)}
	putReading(t, s, r)
	r.At, r.Refusals = hour(2), []vigie.Refusal{refusal("Beta", 40), refusal("Gamma", 50)}
	putReading(t, s, r)
	want := r.Refusals
	for i := range want {
		want[i].Citation = r.Citation
	}
	allSet(t, want[0])
	allSet(t, want[0].Mention)
	if diff := cmp.Diff(want, gather(t, s.Refusals(context.Background(), time.Time{}))); diff != "" {
		t.Errorf("refusals (-put +got):\n%s", diff)
	}
	if got := gather(t, s.Refusals(context.Background(), hour(1))); len(got) != 2 || got[0].What != "Alpha" {
		t.Errorf("an hour before: %v", got)
	}
}

func testReadings(t *testing.T, s *store.Store) {
	a, b := page("pref", "a"), page("agence", "b")
	put(t, s, a, hour(0), "A")
	put(t, s, b, hour(0), "B")
	putReading(t, s, reading(a, hour(1), "A", "1", theme("foncier", 1)))
	asked := reading(a, hour(2), "A", "2", theme("formation", 1), theme("foncier", 9))
	asked.Questions, asked.Print = []string{"« dix » ou « neuf » ?", "\x00"}, "AAAA"
	putReading(t, s, asked)
	failed := reading(b, hour(3), "B", "2")
	failed.Error = "no readable text"
	putReading(t, s, failed)
	want := []store.ReadingInfo{
		{Document: b.ID, URL: b.URL, Source: b.Source, Title: b.Title, Publisher: "Préfecture", Published: b.Published,
			Digest: vigie.Digest([]byte("B")), Version: "2", At: hour(3), Error: "no readable text"},
		{Document: a.ID, URL: a.URL, Source: a.Source, Title: a.Title, Publisher: "Préfecture", Published: a.Published,
			Digest: vigie.Digest([]byte("A")), Version: "2", At: hour(2), Facts: 2, Questions: []string{"« dix » ou « neuf » ?", "\x00"}, Print: "AAAA"},
	}
	if diff := cmp.Diff(want, gather(t, s.Readings(context.Background(), time.Time{}))); diff != "" {
		t.Errorf("readings (-want +got):\n%s", diff)
	}
	failed = reading(a, hour(4), "A", "3")
	failed.Error = "no readable text"
	putReading(t, s, failed) // what was asked of the text stays with its facts
	if got := gather(t, s.Readings(context.Background(), time.Time{}))[1]; len(got.Questions) != 2 || got.Print != "AAAA" {
		t.Errorf("after a page that cannot be read: questions %q, print %q", got.Questions, got.Print)
	}
}

func testReadingRefuses(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	good := func() store.Reading { return reading(doc, hour(1), "A", "1", theme("formation", 1)) }
	unknown, versionless, timeless, reason, empty, both := good(), good(), good(), good(), good(), good()
	unknown.Document = "0123456789abcdef"
	versionless.Version = ""
	timeless.At = time.Time{}
	reason.Reason = "because"
	empty.Facts = append(empty.Facts, vigie.Fact{})
	both.Error = "no readable text"
	for name, r := range map[string]store.Reading{
		"version": versionless, "time": timeless, "reason": reason, "fact without detail": empty, "facts and error": both,
	} {
		if err := s.PutReading(context.Background(), r); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := s.PutReading(context.Background(), unknown); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("unknown document: %v, want ErrNotFound", err)
	}
	if got := themes(t, s, time.Time{}); len(got) != 0 {
		t.Errorf("refused readings left %q", got)
	}
}
