package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/warc"
	"vigie/store"
)

// flip FILE N flips a bit towards the end of a WARC file's record of that number, from 1.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip FILE N")
	}
	content, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	member := []byte{0x1f, 0x8b, 8}
	start := 0
	for ; n > 1; n-- {
		next := bytes.Index(content[start+1:], member)
		if next < 0 {
			ts.Fatalf("so many records are not in it")
		}
		start += 1 + next
	}
	end := len(content)
	if next := bytes.Index(content[start+1:], member); next >= 0 {
		end = start + 1 + next
	}
	content[start+(end-start)*3/4] ^= 0x10
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o644))
}

// TestImportForeign takes in another tool's archive: pages on the sites of known sources.
func TestImportForeign(t *testing.T) {
	var file bytes.Buffer
	w := warc.NewWriter(&file)
	day := time.Date(2019, 2, 14, 9, 0, 0, 0, time.UTC)
	for _, r := range []struct {
		status           int
		url, media, body string
	}{
		{200, "http://www.pref.example/index.php/un?utm_source=x", "text/html", "un"},
		{200, "https://pref.example/photo.jpg", "image/jpeg", "..."},
		{301, "https://pref.example/vieux", "text/html", ""},
		{404, "https://pref.example/perdu", "text/html", "perdu"},
		{200, "https://autre.example/", "text/html", "autre"},
		{200, "https://pref.example/deux", "text/html; charset=utf-8", "deux"},
		{200, "https://regions.example/bretagne/trois", "text/html", "trois"},
		{200, "https://regions.example/autre/quatre", "text/html", "quatre"},
	} {
		answer := warc.Response{Status: r.status, Header: http.Header{"Content-Type": {r.media}}, Body: []byte(r.body)}
		if _, err := w.Write(answer.Record(r.url, day)); err != nil {
			t.Fatal(err)
		}
	}
	st, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "vigie.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	i := &importing{ctx: t.Context(), store: st, owners: scrapers.NewOwners([]vigie.Source{
		{ID: "alpes", Home: "https://regions.example/alpes/"}, {ID: "bretagne", Home: "https://regions.example/bretagne/"},
		{ID: "pref", Home: "https://www.pref.example/"},
	}), via: "warc:x.warc", tell: t.Errorf}
	if err := i.all(bytes.NewReader(file.Bytes())); err != nil {
		t.Fatal(err)
	}
	if i.taken != 3 || i.strange != 1 || i.shared != 1 || i.other != 1 {
		t.Errorf("%d taken, %d strange, %d shared, %d other; want 3, 1, 1, 1", i.taken, i.strange, i.shared, i.other)
	}
	var got []string
	for d, err := range st.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		c := d.Captures[0]
		got = append(got, fmt.Sprintf("%s %s %s %q %s", d.Source, d.URL, c.Via, d.Published, c.Time.Format(time.DateOnly)))
	}
	slices.Sort(got)
	want := []string{`bretagne https://regions.example/bretagne/trois warc:x.warc "" 2019-02-14`, `pref https://pref.example/deux warc:x.warc "" 2019-02-14`, `pref https://www.pref.example/un warc:x.warc "" 2019-02-14`}
	if !slices.Equal(want, got) {
		t.Errorf("documents %q, want %q", got, want)
	}
}

// TestImportRevisits takes in records that leave their bodies to others: of the same file
// by its identifier or digest, of the archive by the digest; what is nowhere is counted.
func TestImportRevisits(t *testing.T) {
	day := time.Date(2019, 2, 14, 9, 0, 0, 0, time.UTC)
	html := http.Header{"Content-Type": {"text/html"}}
	page := func(url, body string) warc.Record {
		return warc.Response{Status: 200, Header: html, Body: []byte(body)}.Record(url, day)
	}
	file := func(records ...warc.Record) *bytes.Buffer {
		var b bytes.Buffer
		w := warc.NewWriter(&b)
		for _, r := range records {
			if _, err := w.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		return &b
	}
	written := func(r warc.Record) warc.Record {
		w := warc.NewWriter(io.Discard)
		out, err := w.Write(r)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	un, deux, perdu := written(page("https://pref.example/un", "un")), written(page("https://pref.example/deux", "deux")), written(page("https://pref.example/perdu", "perdu"))
	later := func(n int) time.Time { return day.AddDate(0, 0, n) }
	again := warc.Response{Status: 200, Header: html, Body: []byte("un")}.Revisit(later(1), un)
	copied := again
	copied.URL, copied.Date, copied.Fields = "https://pref.example/trois", later(2), slices.Clone(again.Fields[:2]) // by the digest alone
	same := warc.Response{Status: 304, Header: html}.Revisit(later(3), deux)
	same.Fields = slices.Clone(same.Fields[1:2]) // by the page's own address
	orphan := warc.Response{Status: 200, Header: html, Body: []byte("perdu")}.Revisit(later(4), perdu)

	st, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "vigie.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	take := func(in *bytes.Buffer) *importing {
		i := &importing{ctx: t.Context(), store: st, owners: scrapers.NewOwners([]vigie.Source{{ID: "pref", Home: "https://pref.example/"}}), via: "warc:x.warc", tell: t.Errorf}
		if err := i.all(bytes.NewReader(in.Bytes())); err != nil {
			t.Fatal(err)
		}
		return i
	}
	if i := take(file(un, deux, again, copied, same, orphan)); i.taken != 5 || i.orphans != 1 {
		t.Errorf("%d taken, %d orphans; want 5 and 1", i.taken, i.orphans)
	}
	if i := take(file(again)); i.taken != 1 || i.orphans != 0 {
		t.Errorf("a revisit of what the archive holds: %d taken, %d orphans", i.taken, i.orphans)
	}
	bodies := map[string]string{}
	for d, err := range st.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		body, err := st.Body(t.Context(), d.Captures[0].Digest)
		if err != nil {
			t.Fatal(err)
		}
		bodies[d.URL] = string(body)
	}
	want := map[string]string{"https://pref.example/un": "un", "https://pref.example/deux": "deux", "https://pref.example/trois": "un"}
	if !maps.Equal(bodies, want) {
		t.Errorf("pages %v, want %v", bodies, want)
	}
}

// TestImportAdmits looks at other tools' pages as a night would: what a newspaper reserves
// is named without its text, and what is no content is marked.
func TestImportAdmits(t *testing.T) {
	day := time.Date(2019, 2, 14, 9, 0, 0, 0, time.UTC)
	var file bytes.Buffer
	w := warc.NewWriter(&file)
	for path, body := range map[string]string{
		"reserve":   `<html><head><title>Un accord</title><meta name="tdm-reservation" content="1"></head><p>Des mots.</p></html>`,
		"connexion": `<html><title>Connexion</title><form><input type="password"></form></html>`,
		"libre":     "<html><title>Un titre</title><main><h1>Un titre</h1><p>" + strings.Repeat("Le contrat est signé par tous. ", 20) + "</p></main></html>",
	} {
		answer := warc.Response{Status: 200, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(body)}
		if _, err := w.Write(answer.Record("https://journal.example/"+path, day)); err != nil {
			t.Fatal(err)
		}
	}
	cut := warc.Response{Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte("<p>Le début")}.Record("https://journal.example/coupe", day)
	cut.Fields = append(cut.Fields, warc.Field{Name: warc.Truncated, Value: "length"})
	if _, err := w.Write(cut); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "vigie.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	journal := vigie.Source{ID: "journal", Home: "https://journal.example/", Publisher: vigie.Publisher{Kind: "presse"}}
	i := &importing{ctx: t.Context(), store: st, owners: scrapers.NewOwners([]vigie.Source{journal}), via: "warc:x.warc", tell: t.Errorf}
	if err := i.all(bytes.NewReader(file.Bytes())); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for d, err := range st.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		c := d.Captures[0]
		got[strings.TrimPrefix(d.URL, journal.Home)] = fmt.Sprintf("%s %q %v", c.Fault, d.Title, c.Size > 0)
	}
	want := map[string]string{"reserve": `reserved "Un accord" false`, "connexion": `login "" true`, "libre": ` "" true`, "coupe": `cut "" true`}
	if !maps.Equal(got, want) {
		t.Errorf("archived %v, want %v", got, want)
	}
}
