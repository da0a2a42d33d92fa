package warc

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"vigie"
)

// own is a file of vigie's, of these parts: i its beginning, r a redirect's record, a and b the
// answers of two pages, A and B what vigie knew of them, o another tool's beginning.
func own(t *testing.T, parts string) (zipped []byte, at []int64) {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	record := map[rune]Record{
		'i': Info(day, Field{"software", "vigie 1"}), 'o': Info(day, Field{"software", "autre"}),
		'r': Response{Status: 301}.Record("https://a.example/old", day),
	}
	for i, name := range []rune("ab") {
		c := captured()
		c.Body = []byte{'p', byte(name)}
		c.Document.URL = "https://a.example/" + string(name)
		c.Capture.URL, c.Capture.FinalURL, c.Capture.Chain = c.Document.URL, c.Document.URL, nil
		c.Capture.Size, c.Capture.Digest = len(c.Body), vigie.Digest(c.Body)
		var pair bytes.Buffer
		if err := NewWriter(&pair).WriteCapture(c); err != nil {
			t.Fatal(err)
		}
		records, err := read(NewReader(&pair))
		if err != nil {
			t.Fatal(err)
		}
		record[name], record[rune("AB"[i])] = records[0], records[1]
	}
	for _, p := range parts {
		at = append(at, w.Offset())
		if _, err := w.Write(record[p]); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes(), append(at, w.Offset())
}

// TestEntriesPair gives pairs, and tells of halves, wherever they stand.
func TestEntriesPair(t *testing.T) {
	for _, tt := range []struct {
		name, parts string
		damaged     int // the record that cannot be read, from 1 on
		want        []string
		halves      int // that are told, damage aside
	}{
		{"pairs", "iaAbB", 0, []string{"a", "b"}, 0},
		{"pairs behind redirects", "iraArrbB", 0, []string{"a", "b"}, 0},
		{"an answer alone", "iabB", 0, []string{"b"}, 1},
		{"the last alone", "iaAb", 0, []string{"a"}, 1},
		{"an answer alone before another file", "iaoA", 0, nil, 2},
		{"what vigie knew alone", "iAbB", 0, []string{"b"}, 1},
		{"an answer damaged", "iaAbB", 2, []string{"b"}, 0},
		{"what vigie knew damaged", "iaAbB", 3, []string{"b"}, 0},
		{"an answer alone, and the next damaged", "iabB", 3, nil, 0}, // which may have been its other half
		{"damage, and a half behind a whole pair", "iaAbBA", 2, []string{"b"}, 1},
	} {
		b, at := own(t, tt.parts)
		if tt.damaged > 0 {
			b[at[tt.damaged]-8] ^= 1 // its checksum
		}
		var got []string
		halves, damage := 0, 0
		for e, err := range Entries(Salvage(bytes.NewReader(b))) {
			switch {
			case errors.Is(err, errHalf), errors.Is(err, errAlone):
				halves++
			case err != nil:
				damage++
			case e.Known == nil:
				t.Errorf("%s: %s is given as another tool's", tt.name, e.Record.URL)
			default:
				got = append(got, e.Known.Document.URL[len("https://a.example/"):])
			}
		}
		if !slices.Equal(got, tt.want) || halves != tt.halves || (damage > 0) != (tt.damaged > 0) {
			t.Errorf("%s: %q, %d halves and %d damages told; want %q, %d", tt.name, got, halves, damage, tt.want, tt.halves)
		}
	}
}

// TestEntriesOfAChangedBody tells of the one that is no more what it was, and of the half before
// it: that the next is an answer can still be read.
func TestEntriesOfAChangedBody(t *testing.T) {
	b, _ := own(t, "iabB")
	plain := gunzip(t, b)
	plain[bytes.Index(plain, []byte("\r\n\r\npb"))+4] ^= 1
	var told []string
	for e, err := range Entries(Salvage(bytes.NewReader(plain))) {
		var changed *DigestError
		switch {
		case errors.Is(err, errHalf):
			told = append(told, "half")
		case errors.As(err, &changed):
			told = append(told, "changed "+changed.URL)
		default:
			t.Errorf("%+v, %v", e, err)
		}
	}
	if want := []string{"half", "changed https://a.example/b"}; !slices.Equal(told, want) {
		t.Errorf("%q is told, want %q", told, want)
	}
}
