package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/base32"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vigie"
)

func captured() Captured {
	body := []byte("<h1>Territoires d'industrie</h1>\r\n\r\né")
	return Captured{
		Document: vigie.Document{ID: "0123456789abcdef", URL: "https://a.example/un", Source: "pref", Title: "Deux\nlignes", Published: "2019-02"},
		Capture: vigie.Capture{
			URL: "http://a.example/old", FinalURL: "https://a.example/un", Time: time.Date(2019, 2, 14, 9, 0, 0, 123456000, time.UTC), Status: 200, Size: len(body),
			Chain:     []vigie.Hop{{URL: "http://a.example/old", Status: 301}, {URL: "https://a.example/new", Status: 302}},
			MediaType: "text/html", ETag: `"1"`, Digest: vigie.Digest(body), Via: "web.archive.org",
			Header: map[string][]string{"Content-Encoding": {"gzip"}, "Content-Length": {"12"}, "Content-Type": {"text/html"}, "Etag": {`"1"`}, "X-Two": {"a", "b"}},
		},
		Body: body,
	}
}

func TestCaptureRoundTrip(t *testing.T) {
	want := captured()
	var b bytes.Buffer
	if err := NewWriter(&b).WriteCapture(want); err != nil {
		t.Fatal(err)
	}
	records, err := read(NewReader(&b))
	if err != nil || len(records) != 4 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	got, ok, err := CaptureOf(records[2], records[3])
	if diff := cmp.Diff(want, got); !ok || err != nil || diff != "" {
		t.Errorf("%v, %v (-written +read):\n%s", ok, err, diff)
	}
	if _, ok, err := CaptureOf(records[1], records[2]); ok || err != nil {
		t.Errorf("no metadata: %v, %v", ok, err)
	}
	for name, before := range map[string]Record{"a redirect": records[1], "nothing": {}} {
		if _, ok, err := CaptureOf(before, records[3]); !ok || !errors.Is(err, errAlone) {
			t.Errorf("behind %s: %v, %v; want that it is alone", name, ok, err)
		}
	}
	other := records[2]
	other.Block = append(bytes.Clone(other.Block), '!')
	if _, _, err := CaptureOf(other, records[3]); err == nil || !strings.Contains(err.Error(), string(want.Document.ID)) {
		t.Errorf("another body: %v, want an error that names the document", err)
	}
}

// TestCaptureReadByOthers reads the file as any tool would: gzip members, headers, the
// HTTP message, digests, with nothing of this package.
func TestCaptureReadByOthers(t *testing.T) {
	want := captured()
	var b bytes.Buffer
	w := NewWriter(&b)
	if _, err := w.Write(Info(want.Capture.Time, Field{"software", "vigie"})); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteCapture(want); err != nil {
		t.Fatal(err)
	}
	var seen []string
	in := bufio.NewReader(&b)
	z := new(gzip.Reader)
	for {
		if err := z.Reset(in); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		z.Multistream(false)
		member, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, parseByHand(t, member, want.Body))
	}
	if want := []string{"warcinfo ", "response 301 to https://a.example/new", "response 302 to https://a.example/un", "response 200 to ", "metadata https://a.example/un"}; !slices.Equal(want, seen) {
		t.Errorf("a reader of WARC finds %q, want %q", seen, want)
	}
}

func parseByHand(t *testing.T, member, body []byte) string {
	t.Helper()
	r := bufio.NewReader(bytes.NewReader(member))
	version, err := r.ReadString('\n')
	if version != "WARC/1.1\r\n" || err != nil {
		t.Fatalf("version line %q, %v", version, err)
	}
	h, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		t.Fatal(err)
	}
	size, err := strconv.Atoi(h.Get("Content-Length"))
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, size)
	if _, err := io.ReadFull(r, block); err != nil {
		t.Fatal(err)
	}
	if rest, _ := io.ReadAll(r); string(rest) != "\r\n\r\n" {
		t.Errorf("after the block: %q", rest)
	}
	if got := sha1Of(block); got != h.Get("WARC-Block-Digest") {
		t.Errorf("block digest %s, header %s", got, h.Get("WARC-Block-Digest"))
	}
	if h.Get("WARC-Type") != "response" {
		return h.Get("WARC-Type") + " " + h.Get("WARC-Target-URI")
	}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(resp.Body)
	if err != nil || sha1Of(got) != h.Get("WARC-Payload-Digest") || resp.Header.Get("Content-Encoding") != "" {
		t.Errorf("payload %q, %v, header %v", got, err, resp.Header)
	}
	if resp.StatusCode == 200 && !bytes.Equal(got, body) {
		t.Errorf("body %q", got)
	}
	return "response " + strconv.Itoa(resp.StatusCode) + " to " + resp.Header.Get("Location")
}

func sha1Of(b []byte) string {
	sum := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// TestUnanswered: of a page that nobody answered for there is a record, and no answer.
func TestUnanswered(t *testing.T) {
	silent, page := captured(), captured()
	silent.Document.URL, silent.Body = "https://a.example/muet", nil
	silent.Capture = vigie.Capture{URL: silent.Document.URL, Time: day, Digest: vigie.Digest(nil)}
	page.Capture.Chain = nil
	var b bytes.Buffer
	w := NewWriter(&b)
	for _, c := range []Captured{silent, page, silent} {
		if err := w.WriteCapture(c); err != nil {
			t.Fatal(err)
		}
	}
	var got []Captured
	for e, err := range Entries(Salvage(bytes.NewReader(b.Bytes()))) {
		if err != nil || e.Known == nil {
			t.Fatalf("%+v, %v", e, err)
		}
		got = append(got, *e.Known)
	}
	if diff := cmp.Diff([]Captured{silent, page, silent}, got); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
	if records, err := read(NewReader(&b)); err != nil || len(records) != 4 {
		t.Errorf("%d records, %v; want one answer and three of what is known", len(records), err)
	}
}

// TestAnswerIsTrueOfItsBody writes headers that other tools can go by, and tells what is not
// whole; vigie's own record has all as it came.
func TestAnswerIsTrueOfItsBody(t *testing.T) {
	gzipped := map[string][]string{"Content-Encoding": {"gzip"}, "Content-Length": {"12"}, "Content-Type": {"text/html"}}
	length := strconv.Itoa(len(captured().Body))
	whole := map[string][]string{"Content-Length": {length}}
	for _, c := range []struct {
		name   string
		change func(*Captured)
		header string // in the answer
		cut    string
	}{
		{"a coding undone", func(c *Captured) { c.Capture.Header = gzipped }, "Content-Type: text/html\r\nX-Archive-Orig-Content-Encoding: gzip\r\nX-Archive-Orig-Content-Length: 12\r\n", ""},
		{"a body as it came", func(c *Captured) { c.Capture.Header = whole }, "Content-Length: " + length + "\r\n", ""},
		{"a body that is archived in its coding", func(c *Captured) { c.Capture.Header, c.Capture.Encoding = gzipped, "gzip" },
			"Content-Encoding: gzip\r\nContent-Type: text/html\r\nX-Archive-Orig-Content-Length: 12\r\n", ""},
		{"an error cut short", func(c *Captured) { c.Capture.Header, c.Capture.Status, c.Capture.Size = nil, 404, 200_000 }, "", "length"},
		{"a reserved page", func(c *Captured) {
			c.Capture.Header, c.Capture.Fault, c.Capture.Size, c.Body, c.Capture.Digest = nil, vigie.FaultReserved, 0, nil, vigie.Digest(nil)
		}, "", "unspecified"},
	} {
		want := captured()
		want.Capture.Chain = nil
		c.change(&want)
		var b bytes.Buffer
		if err := NewWriter(&b).WriteCapture(want); err != nil {
			t.Fatal(err)
		}
		records, err := read(NewReader(&b))
		if err != nil {
			t.Fatal(err)
		}
		_, header, _ := strings.Cut(string(records[0].Block), "\r\n")
		if want := c.header + "\r\n" + string(want.Body); header != want {
			t.Errorf("%s: header and body %q, want %q", c.name, header, want)
		}
		if got := records[0].Field(Truncated); got != c.cut {
			t.Errorf("%s: truncated %q, want %q", c.name, got, c.cut)
		}
		got, ok, err := CaptureOf(records[0], records[1])
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); !ok || err != nil || diff != "" {
			t.Errorf("%s: %v, %v (-written +read):\n%s", c.name, ok, err, diff)
		}
	}
}

// TestKnownIsWhole refuses what vigie knew of a capture where it does not say of which, and when.
func TestKnownIsWhole(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Captured)
		ok     bool
	}{
		"whole":              {func(*Captured) {}, true},
		"a list":             {func(c *Captured) { c.Document.ID = "" }, true},
		"without a time":     {func(c *Captured) { c.Capture.Time = time.Time{} }, false},
		"without a source":   {func(c *Captured) { c.Document.Source = "" }, false},
		"without an address": {func(c *Captured) { c.Document.URL = "" }, false},
	} {
		c := captured()
		tt.change(&c)
		document, _ := json.Marshal(c.Document)
		capture, _ := json.Marshal(c.Capture)
		_, ok, err := knownOf(Metadata("https://a.example/un", day, Field{fieldDocument, string(document)}, Field{fieldCapture, string(capture)}))
		if !ok || tt.ok != (err == nil) {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
}

// TestStatusOfAnAnswer refuses a block that holds no answer.
func TestStatusOfAnAnswer(t *testing.T) {
	for line, ok := range map[string]bool{
		"HTTP/1.1 200 OK": true, "HTTP/1.1 404": true, "HTTP/1.1 42 x": false, "HTTP/1.1 1000 x": false, "HTTP/1.1 -1 x": false, "HTTP/1.1": false, "GET / HTTP/1.1": false,
	} {
		if r, err := (Record{Type: TypeResponse, Block: []byte(line + "\r\n\r\n")}).Response(); ok != (err == nil) {
			t.Errorf("%q: %d, %v", line, r.Status, err)
		}
	}
}
