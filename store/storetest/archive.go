package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"vigie"
	"vigie/store"
)

func testEmpty(t *testing.T, s *store.Store) {
	ctx := context.Background()
	if _, err := s.Latest(ctx, "0123456789abcdef"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("Latest: %v, want ErrNotFound", err)
	}
	if _, err := s.Body(ctx, vigie.Digest(nil)); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("Body: %v, want ErrNotFound", err)
	}
	n := len(gather(t, s.Documents(ctx))) + len(gather(t, s.Pending(ctx, "1"))) + len(gather(t, s.Facts(ctx, noon))) +
		len(gather(t, s.Refusals(ctx, noon))) + len(gather(t, s.Readings(ctx, time.Time{}))) + len(gather(t, s.Decisions(ctx, time.Time{})))
	if n != 0 {
		t.Errorf("an empty store yields %d things", n)
	}
}

func testPut(t *testing.T, s *store.Store) {
	ctx := context.Background()
	for _, body := range []string{"<p>Dix territoires</p>", "", strings.Repeat("é\x00\xff", 100_000)} {
		doc := page("pref", "a"+vigie.Digest([]byte(body)))
		want := capture(doc, noon, body)
		want.Fault = vigie.FaultSoft404
		if err := s.Put(ctx, doc, want, []byte(body)); err != nil {
			t.Fatal(err)
		}
		if body != "" {
			allSet(t, want)
		}
		got, err := s.Latest(ctx, doc.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(want.ETag) > 1000 { // the body is in it, and columns want UTF-8
			want.ETag, got.ETag = "", ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("capture (-put +got):\n%s", diff)
		}
		b, err := s.Body(ctx, want.Digest)
		if err != nil || string(b) != body {
			t.Errorf("body of %d bytes came back as %d, error %v", len(body), len(b), err)
		}
	}
}

func testSameBody(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	first := put(t, s, doc, hour(0), "A")
	again := capture(doc, hour(5), "A")
	again.ETag, again.LastModified = "W/newer", ""
	if err := s.Put(context.Background(), doc, again, []byte("A")); err != nil {
		t.Fatal(err)
	}
	first.ETag, first.LastModified = "W/newer", "" // what the site wants to hear next time
	docs := gather(t, s.Documents(context.Background()))
	doc.Captures = []vigie.Capture{first}
	if diff := cmp.Diff([]vigie.Document{doc}, docs); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
}

// testOtherAnswer: the same body with another status, or as something else, is another
// capture, of a page and of a list; what we hold of the body is none.
func testOtherAnswer(t *testing.T, s *store.Store) {
	ctx := t.Context()
	plain := func(*vigie.Capture) {}
	status := func(n int) func(*vigie.Capture) { return func(c *vigie.Capture) { c.Status = n } }
	media := func(c *vigie.Capture) { c.MediaType = "application/json" }
	door := func(status int) func(*vigie.Capture) {
		return func(c *vigie.Capture) { c.Status, c.Fault = status, vigie.FaultChallenge }
	}
	for i, tt := range []struct {
		name        string
		first, then func(*vigie.Capture)
		pages       int
		lists       int
	}{
		{"an error, then the page", status(500), plain, 2, 2},
		{"the page, then an error", plain, status(500), 2, 2},
		{"another error", status(403), status(500), 2, 2},
		{"the same error", status(500), status(500), 1, 1},
		{"another kind of success", plain, status(203), 2, 2},
		{"another media type", plain, media, 2, 2},
		{"an error for another reason", status(403), door(403), 2, 2},
		{"judged otherwise", plain, door(200), 1, 2},
		{"the same", plain, plain, 1, 1},
	} {
		doc := page("pref", fmt.Sprint("other", i))
		for n, change := range []func(*vigie.Capture){tt.first, tt.then} {
			c := capture(doc, hour(n), "A")
			change(&c)
			must(t, s.Put(ctx, doc, c, []byte("A")))
			must(t, s.PutEntry(ctx, "pref", doc.URL, c, []byte("A")))
		}
		docs := slices.DeleteFunc(gather(t, s.Documents(ctx)), func(d vigie.Document) bool { return d.ID != doc.ID })
		lists := slices.DeleteFunc(gather(t, s.Answers(ctx)), func(a store.Answer) bool { return a.URL != doc.URL })
		if len(docs[0].Captures) != tt.pages || len(lists) != tt.lists {
			t.Errorf("%s: %d captures of a page, %d of a list, want %d and %d", tt.name, len(docs[0].Captures), len(lists), tt.pages, tt.lists)
		}
		want, last := capture(doc, hour(1), "A"), docs[0].Captures[len(docs[0].Captures)-1]
		tt.then(&want)
		if last.Status != want.Status || last.Fault != want.Fault || last.MediaType != want.MediaType {
			t.Errorf("%s: the last is %+v", tt.name, last)
		}
	}
}

func testWavering(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	for i, body := range []string{"A", "A", "B", "A", "A"} {
		put(t, s, doc, hour(i), body)
	}
	got := bodies(gather(t, s.Documents(context.Background()))[0])
	if want := []string{"A 12h", "B 14h", "A 15h"}; !slices.Equal(got, want) {
		t.Errorf("captures %q, want %q", got, want)
	}
}

func testBackfill(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(4), "new")
	put(t, s, doc, hour(6), "new")
	put(t, s, doc, hour(1), "old")
	put(t, s, doc, hour(5), "odd") // between two sightings of the present one
	put(t, s, doc, hour(7), "new")
	c, err := s.Latest(context.Background(), doc.ID)
	if err != nil || c.ETag != `"new"` {
		t.Errorf("the latest capture is %s, %v, want the one seen last", c.ETag, err)
	}
	got := bodies(gather(t, s.Documents(context.Background()))[0])
	if want := []string{"old 13h", "odd 17h", "new 16h"}; !slices.Equal(got, want) {
		t.Errorf("captures %q, want %q", got, want)
	}

	again := capture(doc, hour(4), "new")
	again.ETag, again.OptOut = "of that time", ""
	if err := s.Put(context.Background(), doc, again, []byte("new")); err != nil {
		t.Fatal(err)
	}
	put(t, s, doc, hour(5), "odd")
	last, err := s.Latest(context.Background(), doc.ID)
	if diff := cmp.Diff(c, last); diff != "" || err != nil {
		t.Errorf("archived twice: %v (-before +after):\n%s", err, diff)
	}
	if got := bodies(gather(t, s.Documents(context.Background()))[0]); len(got) != 3 {
		t.Errorf("archived twice: captures %q", got)
	}
}

// bodies names each capture by its body, which put wrote into the ETag, and its hour.
func bodies(d vigie.Document) []string {
	var names []string
	for _, c := range d.Captures {
		names = append(names, strings.Trim(c.ETag, `"`)+c.Time.Format(" 15h"))
	}
	return names
}

func testTitleStays(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	put(t, s, doc, hour(0), "A")
	bare := vigie.Document{ID: doc.ID, URL: doc.URL, Source: "region"}
	put(t, s, bare, hour(1), "B")
	got := gather(t, s.Documents(context.Background()))[0]
	if got.Title != doc.Title || got.Published != doc.Published || got.Source != "pref" {
		t.Errorf("after a fetch that knew less: %q %q %q", got.Title, got.Published, got.Source)
	}
	bare.Title, bare.Published = "Autre titre", "2019-02-02"
	put(t, s, bare, hour(2), "C")
	got = gather(t, s.Documents(context.Background()))[0]
	if got.Title != "Autre titre" || got.Published != "2019-02-02" {
		t.Errorf("after a fetch that knew better: %q %q", got.Title, got.Published)
	}
}

func testDirtyText(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	doc.Title = "nul \x00, Latin-1 \xe9"
	c := capture(doc, noon, "A")
	c.ETag, c.Header = "\xff\x00", map[string][]string{"X": {"\x00\xe9"}}
	if err := s.Put(context.Background(), doc, c, []byte("A")); err != nil {
		t.Fatal(err)
	}
	got := gather(t, s.Documents(context.Background()))[0]
	if got.Title != "nul \uFFFD, Latin-1 \uFFFD" || got.Captures[0].ETag != "\uFFFD\uFFFD" {
		t.Errorf("title %q, etag %q", got.Title, got.Captures[0].ETag)
	}
	must(t, s.PutEntry(t.Context(), "pref", doc.URL, c, []byte("A")))
	list, _, err := s.Entry(t.Context(), "pref", doc.URL)
	must(t, err)
	for what, got := range map[string]vigie.Capture{"a page": got.Captures[0], "a list": list} {
		if diff := cmp.Diff(c.Header, got.Header); diff != "" {
			t.Errorf("header of %s (-want +got):\n%s", what, diff)
		}
	}
}

func testPutRefuses(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	good := capture(doc, noon, "A")
	timeless := good
	timeless.Time = time.Time{}
	nameless := doc
	nameless.ID = ""
	for name, err := range map[string]error{
		"another body": s.Put(context.Background(), doc, good, []byte("B")),
		"no time":      s.Put(context.Background(), doc, timeless, []byte("A")),
		"no id":        s.Put(context.Background(), nameless, good, []byte("A")),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if docs := gather(t, s.Documents(context.Background())); len(docs) > 0 {
		t.Errorf("a refused capture left %v", docs)
	}
}

func testDocuments(t *testing.T, s *store.Store) {
	var want []vigie.Document
	for _, source := range []string{"Zone", "agence", "école"} { // as bytes sort, whatever the language
		for _, name := range []string{"1", "2", "3"} {
			doc := page(source, name)
			doc.Captures = []vigie.Capture{put(t, s, doc, hour(2), "A"), put(t, s, doc, hour(3), "B")}
			want = append(want, doc)
		}
	}
	slices.SortFunc(want, func(a, b vigie.Document) int {
		return strings.Compare(a.Source+string(a.ID), b.Source+string(b.ID))
	})
	if diff := cmp.Diff(want, gather(t, s.Documents(context.Background()))); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	for d, err := range s.Documents(context.Background()) { // broken off
		if err != nil || d.ID != want[0].ID {
			t.Errorf("first document %v, %v", d.ID, err)
		}
		break
	}
}

func testDocumentsOf(t *testing.T, s *store.Store) {
	ctx := context.Background()
	for _, name := range []string{"a", "b"} {
		put(t, s, page("pref", name), noon, name)
	}
	put(t, s, page("agglo", "a"), noon, "A")
	counts, err := s.DocumentCounts(ctx)
	if diff := cmp.Diff(map[string]int{"pref": 2, "agglo": 1}, counts); err != nil || diff != "" {
		t.Errorf("counts: %v (-want +got):\n%s", err, diff)
	}
	if docs := gather(t, s.DocumentsKnown(ctx, "pref", time.Time{})); len(docs) != 2 || docs[0].Source != "pref" || len(docs[0].Captures) != 1 {
		t.Errorf("documents of pref: %+v", docs)
	}
	if docs := gather(t, s.DocumentsKnown(ctx, "nobody", time.Time{})); len(docs) != 0 {
		t.Errorf("documents of nobody: %+v", docs)
	}
}

func testPending(t *testing.T, s *store.Store) {
	doc := page("pref", "a")
	broken := page("pref", "b")
	c := capture(broken, noon, "erreur")
	c.Status = 503
	if err := s.Put(context.Background(), broken, c, []byte("erreur")); err != nil {
		t.Fatal(err)
	}
	expect := func(when, version string, want bool) {
		t.Helper()
		docs := gather(t, s.Pending(context.Background(), version))
		if got := len(docs) == 1 && docs[0].ID == doc.ID; got != want || len(docs) > 1 {
			t.Errorf("%s, for version %s: to read %v, want %v", when, version, docs, want)
		}
	}
	put(t, s, doc, hour(0), "A")
	expect("never read", "1", true)
	putReading(t, s, reading(doc, hour(1), "A", "1"))
	expect("read", "1", false)
	expect("read", "2", true)
	put(t, s, doc, hour(2), "A")
	expect("fetched again, the same", "1", false)
	put(t, s, doc, hour(3), "B")
	expect("changed", "1", true)
	failed := reading(doc, hour(4), "B", "1")
	failed.Error = "no readable text"
	putReading(t, s, failed)
	expect("found unreadable", "1", false)
	put(t, s, doc, hour(5), "A")
	expect("changed back", "1", true)
	putReading(t, s, reading(doc, hour(6), "A", "1"))
	gone := capture(doc, hour(7), "404")
	gone.Status = 404
	if err := s.Put(context.Background(), doc, gone, []byte("404")); err != nil {
		t.Fatal(err)
	}
	expect("gone", "1", false)
	door := capture(doc, hour(8), "Connexion")
	door.Fault = vigie.FaultLogin
	if err := s.Put(context.Background(), doc, door, []byte("Connexion")); err != nil {
		t.Fatal(err)
	}
	expect("behind a log-in", "1", false)
	door.Time, door.Fault = hour(9), ""
	if err := s.Put(context.Background(), doc, door, []byte("Connexion")); err != nil {
		t.Fatal(err)
	}
	expect("judged anew", "1", true)
}
