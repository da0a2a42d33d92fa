package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/warc"
	"vigie/store"
)

func emptyStore(t *testing.T) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "vigie.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// eventful is an archive with a page that failed between two looks, one that wavered, and a
// list that stayed the same for long.
func eventful(t *testing.T) *store.Store {
	t.Helper()
	st := emptyStore(t)
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	at := func(days int) time.Time {
		return time.Date(2025, 3, 1, 4, 0, 0, 123456000, time.UTC).AddDate(0, 0, days)
	}
	put := func(path string, day, status int, body string) {
		url := "https://pref.example/" + path
		c := vigie.Capture{URL: url, FinalURL: url, Time: at(day), Status: status, Size: len(body), MediaType: "text/html",
			Header: map[string][]string{"Content-Type": {"text/html"}, "X-Latin": {"\xe9t\xe9", "é\xff"}, "Content-Encoding": {"gzip"}, "Content-Length": {"12"}}}
		doc := vigie.Document{ID: vigie.NewDocumentID(url, nil), URL: url, Source: "pref", Title: "Titre", Modified: at(day)}
		must(st.Put(t.Context(), doc, c, []byte(body)))
	}
	put("panne", 1, 200, "sain")
	put("panne", 3, 503, "en panne")
	must(st.Checked(t.Context(), vigie.Check{Document: vigie.NewDocumentID("https://pref.example/panne", nil), Time: at(5), Modified: at(4)}))
	for day, body := range []string{"un", "deux", "un", "un"} {
		put("va-et-vient", day, 200, body)
	}
	for _, list := range []struct {
		day  int
		body string
	}{{0, "<rss/>"}, {200, "<rss/>"}, {201, "<rss>1</rss>"}} {
		c := vigie.Capture{URL: "https://pref.example/rss", Time: at(list.day), Status: 200, MediaType: "text/xml"}
		must(st.PutEntry(t.Context(), "pref", c.URL, c, []byte(list.body)))
	}
	return st
}

func exported(t *testing.T, st *store.Store) []byte {
	t.Helper()
	var b bytes.Buffer
	x := exporting{archiveExportCmd: new(archiveExportCmd), store: st, out: warc.NewWriter(&b), tell: t.Errorf}
	if err := x.all(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func imported(t *testing.T, st *store.Store, file []byte, tell func(string, ...any)) {
	t.Helper()
	i := &importing{ctx: t.Context(), store: st, owners: scrapers.NewOwners(nil), via: "warc:x.warc", tell: tell}
	if err := i.all(bytes.NewReader(file)); err != nil {
		t.Fatal(err)
	}
}

// TestArchiveComesBack takes an archive's file into an empty one, whose file is then the
// same: at once, in parts as after a kill, and twice.
func TestArchiveComesBack(t *testing.T) {
	source := eventful(t)
	want := exported(t, source)
	quiet := func(string, ...any) {}
	for name, parts := range map[string][]int{"at once": {1}, "cut and whole": {3, 2, 1}, "twice": {1, 1}} {
		st := emptyStore(t)
		for _, part := range parts {
			imported(t, st, want[:len(want)/part], quiet)
		}
		if got := exported(t, st); !bytes.Equal(want, got) {
			t.Errorf("%s: the archive that comes back has another file: %d bytes, want %d", name, len(got), len(want))
		}
		for _, path := range []string{"panne", "va-et-vient"} {
			id := vigie.NewDocumentID("https://pref.example/"+path, nil)
			had, _ := source.Latest(t.Context(), id)
			if has, err := st.Latest(t.Context(), id); err != nil || !has.Time.Equal(had.Time) {
				t.Errorf("%s: the last good capture of %s is of %v, %v; want %v", name, path, has.Time, err, had.Time)
			}
		}
	}
	imported(t, source, want, t.Errorf)
	if got := exported(t, source); !bytes.Equal(want, got) {
		t.Error("its own file changes an archive")
	}
}

// TestArchiveHeaderBytes: what a header holds that is no UTF-8 is in the file as it was sent,
// and comes back.
func TestArchiveHeaderBytes(t *testing.T) {
	file := exported(t, eventful(t))
	answers := 0
	for rec, err := range warc.Salvage(bytes.NewReader(file)) {
		if err != nil || rec.Type != warc.TypeResponse || strings.HasSuffix(rec.URL, "rss") {
			continue
		}
		answers++
		if !bytes.Contains(rec.Block, []byte("\r\nX-Latin: \xe9t\xe9\r\nX-Latin: é\xff\r\n")) {
			t.Errorf("%s: %q", rec.URL, rec.Block)
		}
	}
	st := emptyStore(t)
	imported(t, st, file, t.Errorf)
	for doc, err := range st.Documents(t.Context()) {
		for _, c := range doc.Captures {
			if got := c.Header["X-Latin"]; err != nil || len(got) != 2 || got[0] != "\xe9t\xe9" || got[1] != "é\xff" {
				t.Errorf("%s: %q, %v", doc.URL, got, err)
			}
		}
	}
	if answers == 0 {
		t.Error("a file without answers: a test of nothing")
	}
}

// TestArchiveCut: a file of vigie's that ends between two records is told as cut, wherever.
func TestArchiveCut(t *testing.T) {
	file := exported(t, eventful(t))
	for rec := range warc.Salvage(bytes.NewReader(file)) {
		if rec.Offset == 0 {
			continue
		}
		path := filepath.Join(t.TempDir(), "x.warc.gz")
		if err := os.WriteFile(path, file[:rec.Offset], 0o600); err != nil {
			t.Fatal(err)
		}
		var told []string
		if _, err := checkFile(path, func(text string) { told = append(told, text) }); err != nil || len(told) == 0 || !strings.Contains(told[len(told)-1], "not whole") {
			t.Errorf("cut at byte %d, a check tells %q, %v", rec.Offset, told, err)
		}
		i := &importing{ctx: t.Context(), store: emptyStore(t), owners: scrapers.NewOwners(nil), tell: func(string, ...any) {}}
		if err := i.all(bytes.NewReader(file[:rec.Offset])); err != nil || !i.short {
			t.Errorf("cut at byte %d, an import does not tell: %v", rec.Offset, err)
		}
	}
}
