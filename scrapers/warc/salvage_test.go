package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"vigie"
)

// three is a file of vigie's with three captures, and what it holds.
func three(t testing.TB) ([]byte, []Captured) {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	if _, err := w.Write(Info(day, Field{"software", "vigie 1"})); err != nil {
		t.Fatal(err)
	}
	var all []Captured
	for i := range 3 {
		c := captured()
		c.Body = fmt.Appendf(nil, "<p>Page %d: %s</p>", i, strings.Repeat("le contrat est signé. ", 20))
		c.Document.URL = fmt.Sprintf("https://a.example/%d", i)
		c.Capture.URL, c.Capture.FinalURL, c.Capture.Chain = c.Document.URL, c.Document.URL, nil
		c.Capture.Size, c.Capture.Digest = len(c.Body), vigie.Digest(c.Body)
		if err := w.WriteCapture(c); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return b.Bytes(), all
}

// salvaged tells which captures a file gives, and what is said of the others.
func salvaged(b []byte) (whole []string, told []error) {
	for e, err := range Entries(Salvage(bytes.NewReader(b))) {
		switch {
		case err != nil:
			told = append(told, err)
		case e.Known != nil:
			whole = append(whole, e.Known.Document.URL[len("https://a.example/"):])
		default:
			whole = append(whole, "another tool's "+e.Record.URL)
		}
	}
	return whole, told
}

// TestSalvage damages the second of three captures in every way: it is told once and not
// given, and the others are.
func TestSalvage(t *testing.T) {
	zipped, _ := three(t)
	var at []int // of each record: the file's, then answer and what vigie knew of it, three times
	for rec := range Salvage(bytes.NewReader(zipped)) {
		at = append(at, int(rec.Offset))
	}
	at = append(at, len(zipped))
	flip := func(i int) func([]byte) []byte {
		return func(b []byte) []byte { b[i] ^= 4; return b }
	}
	without := func(lo, hi int) func([]byte) []byte {
		return func(b []byte) []byte { return slices.Delete(b, lo, hi) }
	}
	plain := gunzip(t, zipped)
	find := func(after, s string) int {
		i := bytes.Index(plain, []byte(after))
		return i + bytes.Index(plain[i:], []byte(s))
	}
	second := find("Page 1", "Page 1")
	head := bytes.LastIndex(plain[:second], []byte("WARC/1.1"))
	field := func(name string) int { return head + bytes.Index(plain[head:], []byte(name)) + len(name) }
	known := second + bytes.Index(plain[second:], []byte("WARC/1.1"))
	for _, c := range []struct {
		name   string
		file   []byte
		damage func([]byte) []byte
		names  string // what is said
	}{
		{"gzip: magic number", zipped, flip(at[3]), "a record at byte"},
		{"gzip: method", zipped, flip(at[3] + 2), "a record at byte"},
		{"gzip: payload", zipped, flip(at[4] - 20), "record of https://a.example/1 "},
		{"gzip: checksum", zipped, flip(at[4] - 8), "record of https://a.example/1 "},
		{"gzip: length in the trailer", zipped, flip(at[4] - 3), "record of https://a.example/1 "},
		{"gzip: what vigie knew", zipped, flip(at[5] - 8), "record of https://a.example/1 "},
		{"gzip: bytes missing", zipped, without(at[4]-40, at[4]-20), "record of https://a.example/1 "},
		{"gzip: the answer missing", zipped, without(at[3], at[4]), "https://a.example/1 at byte"},
		{"gzip: what vigie knew missing", zipped, without(at[4], at[5]), "https://a.example/1 at byte"},
		{"plain: version", plain, flip(head), "record of https://a.example/1 "},
		{"plain: type", plain, flip(field("WARC-Ty")), "record of https://a.example/1 "},
		{"plain: a longer block", plain, func(b []byte) []byte { b[field("\nContent-Length: ")] = '9'; return b }, "record of https://a.example/1 "},
		{"plain: a block past the end", plain, func(b []byte) []byte { return slices.Insert(b, field("\nContent-Length: "), []byte("99")...) }, "record of https://a.example/1 "},
		{"plain: what begins no member", plain, func(b []byte) []byte { copy(b[second+100:], "\x1f\x8b\x08\x00WARC/"); return flip(head)(b) }, "record of https://a.example/1 "},
		{"plain: a shorter block", plain, func(b []byte) []byte { b[field("\nContent-Length: ")] = '1'; return b }, "record of https://a.example/1 "},
		{"plain: identifier", plain, flip(field("urn:uuid:")), "record of https://a.example/1 "},
		{"plain: digest", plain, flip(field("WARC-Block-Digest: sha1:")), "record of https://a.example/1 "},
		{"plain: payload", plain, flip(second), "record of https://a.example/1 "},
		{"plain: status line", plain, flip(find("Page 0", "HTTP/1.1 200") + 9), "record of https://a.example/1 "},
		{"plain: what vigie knew", plain, flip(known + bytes.Index(plain[known:], []byte("vigie-document"))), "record of https://a.example/1 "},
		{"plain: bytes missing", plain, without(second, second+10), "record of https://a.example/1 "},
	} {
		t.Run(c.name, func(t *testing.T) {
			whole, told := salvaged(c.damage(bytes.Clone(c.file)))
			if !slices.Equal(whole, []string{"0", "2"}) {
				t.Errorf("captures %q, want the first and the last", whole)
			}
			if len(told) == 0 || !strings.Contains(told[0].Error(), c.names) {
				t.Errorf("%q is told, want one that names %q", told, c.names)
			}
			if len(told) > 0 && errors.Is(told[0], io.ErrUnexpectedEOF) {
				t.Errorf("%v: and the file is not cut", told[0])
			}
			if len(told) > 1 && c.name != "plain: identifier" { // of which both halves are sound, and no pair
				t.Errorf("one damage is told as %q", told)
			}
		})
	}
}

// TestSalvageFlips flips bits all over a file: what is given is what was written, and where
// something is missing it is told.
func TestSalvageFlips(t *testing.T) {
	zipped, all := three(t)
	const step = 61 // bits: all of them take too long
	for name, file := range map[string][]byte{"gzip": zipped, "plain": gunzip(t, zipped)} {
		for bit := 0; bit < len(file)*8; bit += step {
			b := bytes.Clone(file)
			b[bit/8] ^= 1 << (bit % 8)
			found, told := 0, 0
			for e, err := range Entries(Salvage(bytes.NewReader(b))) {
				if err != nil {
					told++
				} else if e.Known == nil {
					t.Fatalf("%s, bit %d: %s is given as another tool's", name, bit, e.Record.URL)
				} else {
					i := slices.IndexFunc(all, func(c Captured) bool { return c.Document.URL == e.Known.Document.URL })
					if i < 0 || !bytes.Equal(e.Known.Body, all[i].Body) || e.Known.Capture.Time != all[i].Capture.Time {
						t.Fatalf("%s, bit %d: %s is given, and was not written so", name, bit, e.Known.Document.URL)
					}
					found++
				}
			}
			if found < 2 || found < len(all) && told == 0 {
				t.Fatalf("%s, bit %d: %d of %d captures, %d told", name, bit, found, len(all), told)
			}
		}
	}
}

// TestSalvageOfACutFile cuts a file anywhere: it gives the captures that are whole, and says that it was cut.
func TestSalvageOfACutFile(t *testing.T) {
	zipped, _ := three(t)
	for name, file := range map[string][]byte{"gzip": zipped, "plain": gunzip(t, zipped)} {
		last := 0
		for n := 0; n < len(file); n += 5 {
			whole, told := salvaged(file[:n])
			if len(whole) < last {
				t.Fatalf("%s cut at %d: %d captures, and %d before", name, n, len(whole), last)
			}
			last = len(whole)
			if len(told) > 1 || len(told) == 1 && !errors.Is(told[0], io.ErrUnexpectedEOF) && !errors.Is(told[0], errHalf) {
				t.Fatalf("%s cut at %d: %v", name, n, told)
			}
		}
		if whole, told := salvaged(file); len(whole) != 3 || len(told) > 0 {
			t.Errorf("%s: %q, %v; want all", name, whole, told)
		}
	}
}

// TestSalvageOfOthers gives other tools' answers, also where what is between them is damaged.
func TestSalvageOfOthers(t *testing.T) {
	b, records := file(t, page("https://a.example/0", "un"), Metadata("https://a.example/0", day, Field{"via", "x"}), page("https://a.example/1", "deux"))
	b[records[2].Offset-8] ^= 1
	whole, told := salvaged(b)
	if want := []string{"another tool's https://a.example/0", "another tool's https://a.example/1"}; !slices.Equal(whole, want) || len(told) != 1 {
		t.Errorf("%q, %v told; want both and one", whole, told)
	}
}

// TestSalvageWithinAMember tells of records in one gzip member that what is behind a damaged one
// is lost, and does not name the one before it.
func TestSalvageWithinAMember(t *testing.T) {
	b, _ := file(t, page("https://a.example/0", "un"), page("https://a.example/1", "deux"))
	plain := gunzip(t, b)
	plain[bytes.LastIndex(plain, []byte("WARC/1.1"))] = 'w'
	var one bytes.Buffer
	gz := gzip.NewWriter(&one)
	gz.Write(plain)
	gz.Close()
	whole, told := salvaged(one.Bytes())
	if !slices.Equal(whole, []string{"another tool's https://a.example/0"}) || len(told) != 1 || !strings.HasPrefix(told[0].Error(), "a record at byte") || !strings.Contains(told[0].Error(), "lost") {
		t.Errorf("%q, %v told", whole, told)
	}
}

func FuzzSalvage(f *testing.F) {
	zipped, _ := three(f)
	plain := gunzip(f, zipped)
	f.Add(zipped, 100)
	f.Add(plain, len(plain)/2)
	f.Add(append(slices.Clone(plain[:len(plain)/2]), zipped...), 7)
	f.Fuzz(func(t *testing.T, b []byte, at int) {
		if len(b) > 0 {
			b[max(at, 0)%len(b)] ^= 1
		}
		last := int64(-1)
		for e, err := range Entries(Salvage(bytes.NewReader(b))) {
			damage, ok := errors.AsType[*Damage](err)
			if ok && (damage.Offset < last || damage.Offset > int64(len(b))) {
				t.Fatalf("damage at %d after %d, file of %d bytes", damage.Offset, last, len(b))
			}
			if ok {
				last = damage.Offset
			}
			if e.Known != nil && vigie.Digest(e.Known.Body) != e.Known.Capture.Digest {
				t.Fatalf("%s is given and is not what it was", e.Known.Document.URL)
			}
		}
	})
}
