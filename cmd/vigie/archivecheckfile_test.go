package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie/scrapers/warc"
)

// TestCheckFile damages a file of two requests with their answers, one named by its answer
// and one that names it: each damage is told once, with the address that it is of.
func TestCheckFile(t *testing.T) {
	day := time.Date(2019, 2, 14, 9, 0, 0, 0, time.UTC)
	var b bytes.Buffer
	w := warc.NewWriter(&b)
	write := func(rec warc.Record, err error) warc.Record {
		if err == nil {
			rec, err = w.Write(rec)
		}
		if err != nil {
			t.Fatal(err)
		}
		return rec
	}
	answer := func(url string) warc.Record {
		return warc.Response{Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte("la page " + url)}.Record(url, day)
	}
	write(warc.Info(day, warc.Field{Name: "software", Value: "another tool"}), nil)
	first := write(warc.Request("https://a.example/un", day, nil, ""))
	un := answer(first.URL)
	un.Fields = []warc.Field{{Name: warc.ConcurrentTo, Value: "<" + first.ID + ">"}}
	write(un, nil)
	deux := write(answer("https://a.example/deux"), nil)
	write(warc.Request(deux.URL, day, nil, deux.ID))
	write(warc.Metadata(deux.URL, day, warc.Field{Name: "via", Value: first.URL}), nil)

	var at []int
	for rec := range warc.Salvage(bytes.NewReader(b.Bytes())) {
		at = append(at, int(rec.Offset))
	}
	file := func(change func([]byte) []byte) string {
		path := filepath.Join(t.TempDir(), "x.warc.gz")
		if err := os.WriteFile(path, change(bytes.Clone(b.Bytes())), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	flip := func(i int) func([]byte) []byte { return func(b []byte) []byte { b[i] ^= 1; return b } }
	without := func(i int) func([]byte) []byte {
		return func(b []byte) []byte { return slices.Delete(b, at[i], at[i+1]) }
	}
	for _, c := range []struct {
		name    string
		change  func([]byte) []byte
		records int
		told    string
	}{
		{"nothing", func(b []byte) []byte { return b }, 6, ""},
		{"the first answer missing", without(2), 5, "record of https://a.example/un at byte "},
		{"the first request missing", without(1), 5, "record of https://a.example/un at byte "},
		{"the second answer missing", without(3), 5, "record of https://a.example/deux at byte "},
		{"the first answer damaged", flip(at[3] - 8), 5, "record of https://a.example/un at byte "},
		{"the second request damaged", flip(at[5] - 8), 5, "record of https://a.example/deux at byte "},
		{"the file cut", func(b []byte) []byte { return b[:at[4]+30] }, 4, "a record at byte "},
	} {
		var told []string
		records, err := checkFile(file(c.change), func(text string) { told = append(told, text) })
		if err != nil || records != c.records {
			t.Errorf("%s: %d records, %v; want %d", c.name, records, err, c.records)
		}
		if want := min(len(c.told), 1); len(told) != want || want > 0 && !strings.HasPrefix(told[0], c.told) {
			t.Errorf("%s: told %q, want %q alone", c.name, told, c.told)
		}
	}
}
