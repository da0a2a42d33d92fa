// Package storetest is the suite that every database under [store.Store] passes.
package storetest

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"testing"
	"time"

	"vigie"
	"vigie/store"
)

// Run runs the suite. Each of its tests calls open once, for an empty store that
// open closes when the test ends.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	for _, tt := range []struct {
		name string
		test func(t *testing.T, s *store.Store)
	}{
		{"an empty store", testEmpty},
		{"a capture comes back whole", testPut},
		{"an unchanged page adds no capture", testSameBody},
		{"a page that wavers", testWavering},
		{"an older capture archived late", testBackfill},
		{"errors kept as evidence", testErrors},
		{"another answer with the same body", testOtherAnswer},
		{"a backfill's frontier", testFrontier},
		{"a backfill's notes", testNotes},
		{"a title once known stays", testTitleStays},
		{"text no column takes", testDirtyText},
		{"what is not sound is refused", testPutRefuses},
		{"a batch", testBatch},
		{"a batch of lists", testBatchEntries},
		{"a batch of an empty page", testBatchEmpty},
		{"a batch refuses", testBatchRefuses},
		{"documents in order", testDocuments},
		{"documents of a source", testDocumentsOf},
		{"documents to read", testPending},
		{"facts of every kind", testKinds},
		{"facts live on and end", testFactsTime},
		{"a fact filled in", testFactFilledIn},
		{"the same words twice", testRepeated},
		{"a citation as known then", testCitation},
		{"a page that cannot be read", testErrorReading},
		{"a document forgotten", testForgotten},
		{"a clock set back", testClockSetBack},
		{"refusals", testRefusals},
		{"readings", testReadings},
		{"unsound readings", testReadingRefuses},
		{"runs", testRuns},
		{"locks", testLock},
		{"decisions", testDecisions},
		{"a platform's turn", testTake},
		{"a platform's turn, asked for at once", testTakeOnce},
		{"how a platform bears us", testStanding},
		{"what a day may bring", testSpend},
		{"the ledger", testTolls},
		{"entries", testEntries},
		{"entries that go", testEntriesGo},
		{"entries packed against pages", testEntriesPacked},
		{"notes on lists", testListNotes},
		{"checks", testChecks},
		{"failures", testFailures},
		{"failures for two sources", testFailureOfTwo},
		{"failures mended", testFailureMended},
		{"failures in bounds", testFailureBounds},
		{"a batch of failures", testBatchFailures},
		{"reserved documents", testReserved},
		{"editions", testEditions},
		{"files that were delivered", testDelivered},
		{"sources as they were known", testSources},
		{"a look back", testAsKnown},
		{"files of sites", testSiteFiles},
		{"an archive taken into another", testRestore},
		{"a damaged body", testMend},
		{"many writers", testConcurrent},
		{"writing while reading", testWriteWhileReading},
		{"a context that ends", testCancel},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}

// noon is the first moment of these tests; hour(n) is n hours later.
var noon = time.Date(2019, 2, 1, 12, 0, 0, 123456000, time.UTC)

func hour(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }

// page returns a document of a source.
func page(source, name string) vigie.Document {
	u := "https://" + source + ".example/" + name
	return vigie.Document{ID: vigie.NewDocumentID(u, nil), URL: u, Source: source, Title: "Titre " + name, Published: "2019-01-31"}
}

// capture returns a fetch of doc that got body.
func capture(doc vigie.Document, at time.Time, body string) vigie.Capture {
	return vigie.Capture{
		URL: doc.URL, FinalURL: doc.URL + "?vu", Via: "archive.example", Time: at, Status: 200, Size: len(body),
		MediaType: "text/html; charset=iso-8859-1", Encoding: "gzip", ETag: `"` + body + `"`, LastModified: "Fri, 01 Feb 2019 09:00:00 GMT",
		Digest: vigie.Digest([]byte(body)), Header: map[string][]string{"Vary": {"Accept", "Cookie"}, "X-Odd": {""}},
		OptOut: "tdm-reservation: 1", Chain: []vigie.Hop{{URL: doc.URL, Status: 301}, {URL: doc.URL + "/", Status: 302}},
	}
}

func put(t *testing.T, s *store.Store, doc vigie.Document, at time.Time, body string) vigie.Capture {
	t.Helper()
	c := capture(doc, at, body)
	if err := s.Put(context.Background(), doc, c, []byte(body)); err != nil {
		t.Fatal(err)
	}
	return c
}

// theme returns a fact whose key is its theme.
func theme(code string, start int) vigie.Fact {
	quote := "en faveur de " + code
	return vigie.Fact{
		Programme: "territoires-industrie", Scope: vigie.Ref{Type: vigie.RefRegion, ID: "28"}, Detail: vigie.Theme{Theme: code},
		Mention: vigie.Mention{Span: vigie.Span{Start: start, End: start + len(quote)}, Quote: quote, Confidence: 0.9, Rule: "theme.list"},
	}
}

// reading returns what version made of a body of doc.
func reading(doc vigie.Document, at time.Time, body, version string, facts ...vigie.Fact) store.Reading {
	return store.Reading{
		Document: doc.ID, Digest: vigie.Digest([]byte(body)), Version: version, At: at, Facts: facts,
		Citation: vigie.Citation{Document: doc.ID, URL: doc.URL, Publisher: "Préfecture", Title: doc.Title, Published: doc.Published},
	}
}

func putReading(t *testing.T, s *store.Store, r store.Reading) {
	t.Helper()
	if err := s.PutReading(context.Background(), r); err != nil {
		t.Fatal(err)
	}
}

// gather returns what seq yields and fails on an error.
func gather[T any](t *testing.T, seq iter.Seq2[T, error]) []T {
	t.Helper()
	var all []T
	for v, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

// allSet fails where a field of v is zero: a field added to the vocabulary and
// forgotten in the store would come back empty, and pass.
func allSet(t *testing.T, v any) {
	t.Helper()
	s := reflect.ValueOf(v)
	for i := range s.NumField() {
		if s.Field(i).IsZero() {
			t.Errorf("this test leaves %T.%s empty", v, s.Type().Field(i).Name)
		}
	}
}

// themes lists the themes known at a moment, with where they stand.
func themes(t *testing.T, s *store.Store, known time.Time) []string {
	t.Helper()
	var codes []string
	for _, f := range gather(t, s.Facts(context.Background(), known)) {
		codes = append(codes, fmt.Sprintf("%s@%d", f.Detail.(vigie.Theme).Theme, f.Start))
	}
	return codes
}
