package warc

import (
	"bytes"
	"errors"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var day = time.Date(2025, 7, 15, 4, 30, 0, 0, time.UTC)

func page(url, body string) Record {
	h := http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Etag": {`"v1"`}}
	return Response{Status: 200, Header: h, Body: []byte(body)}.Record(url, day)
}

// file writes records and returns the file and the records as completed.
func file(t testing.TB, records ...Record) ([]byte, []Record) {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	for i, r := range records {
		done, err := w.Write(r)
		if err != nil {
			t.Fatal(err)
		}
		records[i] = done
	}
	if w.Offset() != int64(b.Len()) {
		t.Fatalf("Offset() = %d after %d bytes", w.Offset(), b.Len())
	}
	return b.Bytes(), records
}

// read returns all records, and the first error.
func read(r *Reader) (records []Record, err error) {
	for rec, e := range r.Records() {
		if err == nil {
			err = e
		}
		if rec.Type != "" {
			records = append(records, rec)
		}
	}
	return records, err
}

func TestRoundTrip(t *testing.T) {
	response, err := NewWriter(new(bytes.Buffer)).Write(page("https://a.example/", "un"))
	if err != nil {
		t.Fatal(err)
	}
	request, err := Request("https://a.example/?q=1", day, http.Header{"User-Agent": {"vigie"}}, response.ID)
	if err != nil {
		t.Fatal(err)
	}
	b, want := file(t,
		Info(day, Field{"software", "vigie"}, Field{"format", "WARC File Format 1.1"}),
		request, response,
		Response{Status: 304}.Revisit(day.AddDate(0, 0, 1), response),
		Metadata("https://a.example/", day, Field{"via", "https://b.example/"}),
	)
	got, err := read(NewReader(bytes.NewReader(b)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("read records differ from written ones (-want +got):\n", diff)
	}
}

func TestRoundTripOfAnyResponse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[A-Za-z][A-Za-z0-9]{0,8}`)
		value := rapid.StringMatching(`[!-~]([ -~éœ]{0,20}[!-~])?`)
		h := http.Header{}
		for range rapid.IntRange(0, 5).Draw(t, "fields") {
			h.Add("X-"+word.Draw(t, "name"), value.Draw(t, "value"))
		}
		want := Response{Status: rapid.IntRange(100, 599).Draw(t, "status"), Header: h,
			Body: rapid.SliceOf(rapid.Byte()).Draw(t, "body")}
		url := "https://" + strings.ToLower(word.Draw(t, "host")) + ".example/" + word.Draw(t, "path")

		var b bytes.Buffer
		w := NewWriter(&b)
		for range rapid.IntRange(1, 3).Draw(t, "copies") {
			if _, err := w.Write(want.Record(url, day)); err != nil {
				t.Fatal(err)
			}
		}
		for rec, err := range NewReader(&b).Records() {
			if err != nil {
				t.Fatal(err)
			}
			got, err := rec.Response()
			if err != nil {
				t.Fatal(err)
			}
			if rec.URL != url || got.Status != want.Status || !bytes.Equal(got.Body, want.Body) || !cmp.Equal(got.Header, want.Header) {
				t.Fatalf("wrote %s %+v\nread  %s %+v", url, want, rec.URL, got)
			}
		}
	})
}

func TestSameRecordsGiveTheSameBytes(t *testing.T) {
	a, _ := file(t, page("https://a.example/", "un"), page("https://a.example/2", "deux"))
	b, records := file(t, page("https://a.example/", "un"), page("https://a.example/2", "deux"))
	if !bytes.Equal(a, b) {
		t.Error("two files of the same records differ")
	}
	if records[0].ID == records[1].ID {
		t.Errorf("two records are both named %s", records[0].ID)
	}
	for name, change := range map[string]func(*Record){
		"address": func(r *Record) { r.URL += "/" }, "date": func(r *Record) { r.Date = r.Date.Add(1) }, "block": func(r *Record) { r.Block = append(bytes.Clone(r.Block), '!') },
		"field": func(r *Record) { r.Fields = nil }, "type": func(r *Record) { r.Type = TypeRevisit }, "name": func(r *Record) { r.ID = "urn:uuid:0" },
	} {
		r := records[0]
		if change(&r); r.Named() || !records[0].Named() {
			t.Errorf("with another %s it goes by its name, or without one it does not", name)
		}
	}
}

// The layout on disk, against which any other tool can be held.
func TestBytesOfARecord(t *testing.T) {
	b, _ := file(t, page("https://a.example/", "un"))
	gz := exec.Command("gzip", "-dc")
	if gz.Err != nil {
		t.Skip("gzip is not on this machine")
	}
	gz.Stdin = bytes.NewReader(b)
	got, err := gz.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(`WARC/1.1
WARC-Type: response
WARC-Record-ID: <urn:uuid:ID>
WARC-Date: 2025-07-15T04:30:00Z
WARC-Target-URI: https://a.example/
Content-Type: application/http; msgtype=response
WARC-Block-Digest: sha1:BP6LTTYHANND65VAHQBJEWBPAYFXTM7F
WARC-Payload-Digest: sha1:3U54IKZMXOTZFI3RCGGNDSDTQTAQPP3M
Content-Length: 73

HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8
Etag: "v1"

un

`, "\n", "\r\n")
	id := bytes.Index(got, []byte("urn:uuid:")) + len("urn:uuid:")
	masked := string(got[:id]) + "ID" + string(got[id+36:])
	if diff := cmp.Diff(want, masked); diff != "" {
		t.Error("(-want +got):\n", diff)
	}
}

func TestWriterRefuses(t *testing.T) {
	for name, r := range map[string]Record{
		"no type":                     {Date: day},
		"no date":                     {Type: TypeMetadata},
		"line break in address":       page("https://a.example/\r\nWARC-Type: warcinfo", ""),
		"line break in field":         {Type: TypeMetadata, Date: day, Fields: []Field{{"X", "a\nb"}}},
		"colon in the name of fields": {Type: TypeMetadata, Date: day, Fields: []Field{{"X: y", "a"}}},
	} {
		var b bytes.Buffer
		if _, err := NewWriter(&b).Write(r); err == nil || b.Len() > 0 {
			t.Errorf("%s: error %v, %d bytes written; want an error and none", name, err, b.Len())
		}
	}
}

func TestResponseHeaderCannotBeSplit(t *testing.T) {
	h := http.Header{"X-Note": {"a\r\nSet-Cookie: b"}}
	got, err := Response{Status: 200, Header: h}.Record("https://a.example/", day).Response()
	if err != nil || got.Header.Get("Set-Cookie") != "" {
		t.Errorf("got %v, %v; want the line break gone", got.Header, err)
	}
}

func TestContentLengthTellsTheBody(t *testing.T) {
	h := http.Header{"Content-Length": {"9999"}, "Transfer-Encoding": {"chunked"}}
	record := Response{Status: 200, Header: h, Body: []byte("un")}.Record("https://a.example/", day)
	if bytes.Contains(record.Block, []byte("chunked")) {
		t.Errorf("%q is not chunked", record.Block)
	}
	got, err := record.Response()
	if want := (http.Header{"Content-Length": {"2"}}); err != nil || !cmp.Equal(got.Header, want) {
		t.Errorf("got %v, %v; want %v", got.Header, err, want)
	}
}

// full is a disk with room for that many bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	n := min(len(p), f.room)
	f.room -= n
	if n < len(p) {
		return n, errors.New("disk full")
	}
	return n, nil
}

func TestWriterOnAFullDisk(t *testing.T) {
	b, _ := file(t, page("https://a.example/", "un"))
	for room := range len(b) {
		if _, err := NewWriter(&full{room}).Write(page("https://a.example/", "un")); err == nil {
			t.Fatalf("room for %d of %d bytes: no error", room, len(b))
		}
	}
}
