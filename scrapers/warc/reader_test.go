package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"vigie"
)

func TestReaderBears(t *testing.T) {
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	const lf = "WARC/1.0\nWARC-Type: response\nWARC-Target-URI: <https://a.example/>\nContent-Length: 41\n\n" +
		"HTTP/1.1 200 OK\nContent-Type: text/x\n\nun\n" + "\n\n"
	for _, c := range []struct{ name, file, body string }{
		{"lines that end in LF alone", lf, "un\n"},
		{"two records", lf + lf, "un\n"},
		{"blank lines before and none after", "\r\n\n" + strings.TrimSuffix(lf, "\n\n"), "un\n"},
		{"a chunked body", crlf("WARC/1.1\nWARC-Type: response\nWARC-Payload-Digest: sha1:3U54IKZMXOTZFI3RCGGNDSDTQTAQPP3M\n" +
			"Content-Length: 59\n\nHTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nun\n0\n\n\n\n"), "un"},
		{"a body chunked no longer", crlf("WARC/1.1\nWARC-Type: response\nContent-Length: 49\n\n" +
			"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nun\n\n"), "un"},
		{"folded fields, lines without a colon, fields in any case", crlf("WARC/0.18\nwarc-type:\n response\nnonsense\ncontent-length: 31\n\n" +
			"HTTP/1.0 200\nX:\n folded\n\nun\n\n"), "un"},
		{"digests in hexadecimal and of unknown kinds", crlf("WARC/1.1\nWARC-Type: response\n" +
			"WARC-Block-Digest: blake3:00\nWARC-Payload-Digest: sha1:dd3bc42b2cbba792a371118cd1c87384c107bf6c\n" +
			"Content-Length: 21\n\nHTTP/1.1 200 OK\n\nun\n\n"), "un"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, err := read(NewReader(strings.NewReader(c.file)))
			if err != nil || len(records) == 0 {
				t.Fatalf("%d records, %v", len(records), err)
			}
			for _, rec := range records {
				got, err := rec.Response()
				if err != nil || string(got.Body) != c.body || got.Status != 200 {
					t.Errorf("got %d %q, %v; want 200 %q", got.Status, got.Body, err, c.body)
				}
			}
		})
	}
}

func TestReaderRefuses(t *testing.T) {
	for name, file := range map[string]string{
		"another format": "<!doctype html>\n<p>",
		"no length":      "WARC/1.1\r\nWARC-Type: response\r\n\r\n",
		"a false length": "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n",
		"no type":        "WARC/1.1\r\nContent-Length: 2\r\n\r\nun\r\n\r\n",
		"endless line":   "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\nX: " + strings.Repeat("x", maxLine) + "\r\n\r\n\r\n\r\n",
		"endless fields": "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\n" + strings.Repeat("X: y\r\n", maxFields) + "\r\n\r\n\r\n",
	} {
		records, err := read(NewReader(strings.NewReader(file)))
		if err == nil || len(records) > 0 || strings.HasPrefix(name, "endless") != errors.Is(err, errHeader) {
			t.Errorf("%s: %d records, %v; want none and an error", name, len(records), err)
		}
	}
	if records, err := read(NewReader(strings.NewReader(""))); err != nil || len(records) > 0 {
		t.Errorf("empty file: %d records, %v; want none and no error", len(records), err)
	}
}

// Cut anywhere, a file gives its whole records, then says that it was cut and where the
// last whole one ends.
func TestReaderOfACutFile(t *testing.T) {
	b, records := file(t, page("https://a.example/1", "un"), page("https://a.example/2", "deux"), page("https://a.example/3", "trois"))
	ends := []int64{0, records[1].Offset, records[2].Offset, int64(len(b))}
	for cut := range len(b) {
		r := NewReader(bytes.NewReader(b[:cut]))
		got, err := read(r)
		whole := 0
		for whole < 3 && ends[whole+1] <= int64(cut) {
			whole++
		}
		wantErr := !slices.Contains(ends, int64(cut))
		if len(got) != whole || errors.Is(err, io.ErrUnexpectedEOF) != wantErr || (err != nil) != wantErr || r.Offset() != ends[whole] {
			t.Fatalf("cut at %d of %d: %d records up to byte %d, %v; want %d up to %d, cut %v",
				cut, len(b), len(got), r.Offset(), err, whole, ends[whole], wantErr)
		}
	}
	// What the offset is for: reading goes on there.
	got, err := read(NewReader(bytes.NewReader(b[ends[2]:])))
	if err != nil || len(got) != 1 || got[0].URL != "https://a.example/3" {
		t.Errorf("from the last record on: %v, %v", got, err)
	}
}

// Where a record that no digest seals is shorter than it says, or longer, it is not given as
// if it were whole.
func TestReaderOfAFalseLength(t *testing.T) {
	const record = "WARC/1.0\nWARC-Type: response\nContent-Length: %d\n\nHTTP/1.1 200 OK\n\nun\n\n\n"
	for _, size := range []int{17, 18, 19, 40, 1 << 40} {
		records, err := read(NewReader(strings.NewReader(fmt.Sprintf(record, size) + fmt.Sprintf(record, 19))))
		if sound := size == 19; sound != (err == nil) || !sound && len(records) > 0 {
			t.Errorf("%d bytes: %d records, %v", size, len(records), err)
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := read(NewReader(strings.NewReader(fmt.Sprintf(record, DefaultMaxBlock)))); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a length past the end: %v", err)
	}
	if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 8<<20 {
		t.Errorf("a false length costs %d MiB", (after.TotalAlloc-before.TotalAlloc)>>20)
	}
}

// Where several records share a gzip member, what is whole ends with a member; and a member is
// followed by members only.
func TestReaderOfMembers(t *testing.T) {
	zipped, _ := file(t, page("https://a.example/1", "un"), page("https://a.example/2", "deux"))
	plain := gunzip(t, zipped)
	var one bytes.Buffer
	gz := gzip.NewWriter(&one)
	gz.Write(plain)
	gz.Close()
	r := NewReader(bytes.NewReader(one.Bytes()[:one.Len()-8]))
	if records, err := read(r); err == nil || r.Offset() != 0 {
		t.Errorf("a cut member of two: %d records, %v, whole up to %d, want 0", len(records), err, r.Offset())
	}
	r = NewReader(bytes.NewReader(append(bytes.Clone(zipped), plain...)))
	if records, err := read(r); err == nil || len(records) != 2 || r.Offset() != int64(len(zipped)) {
		t.Errorf("records behind members: %d records, %v, whole up to %d of %d", len(records), err, r.Offset(), len(zipped))
	}
}

// E11: no bit of an archive changes unnoticed.
func TestReaderFindsAFlippedBit(t *testing.T) {
	zipped, want := file(t, page("https://a.example/1", "un"), page("https://a.example/2", "deux"))
	for bit := range len(zipped) * 8 {
		b := bytes.Clone(zipped)
		b[bit/8] ^= 1 << (bit % 8)
		got, err := read(NewReader(bytes.NewReader(b)))
		same := len(got) == len(want)
		for i := range got {
			same = same && i < len(want) && got[i].ID == want[i].ID && bytes.Equal(got[i].Block, want[i].Block)
		}
		if err == nil && !same {
			t.Fatalf("bit %d flipped: no error, yet other records", bit)
		}
	}
	plain := gunzip(t, zipped)
	at := bytes.Index(plain, []byte("un"))
	plain[bytes.LastIndex(plain[:at+20], []byte("\r\n\r\nun"))+5] ^= 1
	got, err := read(NewReader(bytes.NewReader(plain)))
	var damage *DigestError
	if !errors.As(err, &damage) || damage.URL != "https://a.example/1" || len(got) != 2 {
		t.Errorf("plain file: %d records, %v; want both, the first with a DigestError", len(got), err)
	}
}

func gunzip(t testing.TB, b []byte) []byte {
	t.Helper()
	gz, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(gz)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func TestOffsets(t *testing.T) {
	zipped, want := file(t, page("https://a.example/1", "un"), page("https://a.example/2", "deux"))
	for name, b := range map[string][]byte{"gzip": zipped, "plain": gunzip(t, zipped)} {
		r := NewReader(bytes.NewReader(b))
		records, err := read(r)
		if err != nil || len(records) != 2 || r.Offset() != int64(len(b)) {
			t.Fatalf("%s: %d records up to %d of %d, %v", name, len(records), r.Offset(), len(b), err)
		}
		for i, rec := range records {
			again, err := read(NewReader(bytes.NewReader(b[rec.Offset:])))
			if err != nil || again[0].ID != want[i].ID {
				t.Errorf("%s: record %d is not at its offset %d: %v", name, i, rec.Offset, err)
			}
		}
	}
}

func TestWholeFileAsOneMember(t *testing.T) {
	zipped, _ := file(t, page("https://a.example/1", "un"), page("https://a.example/2", "deux"))
	var one bytes.Buffer
	gz := gzip.NewWriter(&one)
	gz.Write(gunzip(t, zipped))
	gz.Close()
	records, err := read(NewReader(&one))
	if err != nil || len(records) != 2 {
		t.Errorf("%d records, %v; want 2", len(records), err)
	}
}

func TestTooLargeIsPassedOver(t *testing.T) {
	b, _ := file(t, page("https://a.example/1", strings.Repeat("x", 5000)), page("https://a.example/2", "deux"))
	r := NewReader(bytes.NewReader(b))
	r.MaxBlock = 1000
	records, err := read(r)
	if !errors.Is(err, vigie.ErrTooLarge) || len(records) != 2 || records[0].Block != nil || records[1].Block == nil {
		t.Errorf("%d records, %v; want two, the first without its block", len(records), err)
	}
}

func FuzzReader(f *testing.F) {
	zipped, _ := file(f, page("https://a.example/1", "un"), Info(day, Field{"software", "vigie"}))
	f.Add(zipped)
	f.Add(zipped[:len(zipped)-9])
	f.Add([]byte("WARC/1.0\nWARC-Type: response\nContent-Length: 18\n\nHTTP/1.1 200 OK\n\nun\n\n"))
	f.Add([]byte("WARC/1.1\r\nWARC-Type: x\r\nContent-Length: 9223372036854775807\r\n\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := NewReader(bytes.NewReader(b))
		r.MaxBlock = 1 << 16
		last := int64(-1)
		for rec, err := range r.Records() {
			if err != nil && rec.Type == "" {
				break
			}
			if rec.Offset < last || rec.Offset > int64(len(b)) {
				t.Fatalf("record at %d after one at %d, file of %d bytes", rec.Offset, last, len(b))
			}
			last = rec.Offset
			rec.Response()
		}
		if r.Offset() > int64(len(b)) {
			t.Fatalf("good up to %d of %d bytes", r.Offset(), len(b))
		}
	})
}

func BenchmarkWriterAndReader(b *testing.B) {
	var records []Record
	for i := range 200 {
		records = append(records, page(fmt.Sprintf("https://a.example/%d", i), strings.Repeat("Dix territoires normands. ", 300)))
	}
	zipped, _ := file(b, records...)
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			file(b, slices.Clone(records)...)
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := read(NewReader(bytes.NewReader(zipped))); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func TestDigestAlgorithms(t *testing.T) {
	// As md5sum, sha1sum and sha256sum have them.
	for want, same := range map[string]bool{
		"md5:0674272bac0715f803e382b5aa437e08":                                    true,
		"sha256:68bca10eea2ba33f6f15a6ab0c7df2a49051a6541f9118d468b0585d5d60398b": true,
		"sha256:68bca10eea2ba33f6f15a6ab0c7df2a49051a6541f9118d468b0585d5d60398c": false,
		"SHA-1:3U54IKZMXOTZFI3RCGGNDSDTQTAQPP3M":                                  true,
		"sha1:3u54ikzmxotzfi3rcggndsdtqtaqpp3m":                                   true,
		"sha1:":                                                                   false,
		"crc32:00":                                                                true,
	} {
		if _, got := check(want, []byte("un")); got != same {
			t.Errorf("check(%s) = %v, want %v", want, got, same)
		}
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"2019-02-14T09:00:00Z":         "2019-02-14T09:00:00Z",
		"2019-02-14T10:00:00.25+01:00": "2019-02-14T09:00:00.25Z",
		"2019-02-14T09:00Z":            "2019-02-14T09:00:00Z",
		"2019-02":                      "2019-02-01T00:00:00Z",
		"20190214090000":               "0001-01-01T00:00:00Z",
	} {
		if got := parseDate(text).Format("2006-01-02T15:04:05.999Z07:00"); got != want {
			t.Errorf("parseDate(%s) = %s, want %s", text, got, want)
		}
	}
}

// A body that is not the one its digest tells is found where the block's own is right, too; and
// by those who hold a body against a digest, a digest of no known kind proves nothing.
func TestPayloadDigest(t *testing.T) {
	changed := page("https://a.example/1", "un")
	changed.Fields = []Field{{PayloadDigest, digest([]byte("deux"))}}
	b, _ := file(t, changed)
	_, err := read(NewReader(bytes.NewReader(b)))
	var damage *DigestError
	if !errors.As(err, &damage) || damage.Field != PayloadDigest {
		t.Errorf("%v, want the body's digest told", err)
	}
	for want, same := range map[string]bool{digest([]byte("un")): true, digest([]byte("deux")): false, "crc32:00": false, "": false} {
		if SameDigest(want, []byte("un")) != same {
			t.Errorf("SameDigest(%s) = %v", want, !same)
		}
	}
}
