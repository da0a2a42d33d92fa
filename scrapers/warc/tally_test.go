package warc

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"vigie"
)

// TestWhole: of a file of vigie's each record that went is missed, wherever it stood; what
// is damaged is told as that; of another tool's file nothing is known.
func TestWhole(t *testing.T) {
	day := time.Date(2019, 2, 14, 9, 0, 0, 0, time.UTC)
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	written := func(own bool, pages ...string) []byte {
		var b bytes.Buffer
		w := NewWriter(&b)
		if own {
			must(w.Begin(day, Field{"software", "vigie 1"}))
		} else {
			_, err := w.Write(Info(day, Field{"software", "vigie 1"})) // as an older one
			must(err)
		}
		for _, p := range pages {
			doc := vigie.Document{ID: vigie.NewDocumentID(p, nil), URL: p, Source: "pref"}
			c := vigie.Capture{URL: p, FinalURL: p, Time: day, Status: 200, Digest: vigie.Digest([]byte(p))}
			must(w.WriteCapture(Captured{Document: doc, Capture: c, Body: []byte(p)}))
		}
		if own {
			must(w.End())
		}
		return b.Bytes()
	}
	own, old := written(true, "https://a.example/1", "https://a.example/2"), written(false, "https://a.example/1", "https://a.example/2")
	other := written(true, "https://a.example/3", "https://a.example/4")
	at := func(file []byte, i int) int {
		n := 0
		for rec := range Salvage(bytes.NewReader(file)) {
			if n == i {
				return int(rec.Offset)
			}
			n++
		}
		return len(file)
	}
	flipped := bytes.Clone(own)
	flipped[at(own, 2)-8] ^= 1
	type test struct {
		name           string
		file           []byte
		short, damaged int
	}
	tests := []test{
		{"whole", own, 0, 0},
		{"two, one after the other", slices.Concat(own, other), 0, 0},
		{"the first of two cut", slices.Concat(own[:at(own, 3)], other), 1, 0},
		{"damaged", flipped, 0, 1},
		{"damaged and cut", flipped[:at(own, 5)], 1, 1},
		{"cut within a record", own[:at(own, 3)+20], 1, 1},
		{"one page in another's place", slices.Concat(own[:at(own, 1)], other[at(other, 1):at(other, 3)], own[at(own, 3):]), 1, 0},
		{"one twice", slices.Concat(own[:at(own, 3)], own[at(own, 1):]), 1, 0},
		{"without its beginning", own[at(own, 1):], 1, 0},
		{"an older one", old, 0, 0},
		{"an older one, cut", old[:at(old, 3)], 0, 0},
		{"none", nil, 0, 0},
	}
	for i := 1; i < 6; i++ {
		tests = append(tests, test{fmt.Sprint("cut before record ", i), own[:at(own, i)], 1, 0})
	}
	for i := 1; i < 5; i++ {
		tests = append(tests, test{fmt.Sprint("without record ", i), slices.Concat(own[:at(own, i)], own[at(own, i+1):]), 1, 0})
	}
	for _, tt := range tests {
		var short, damaged []error
		for _, err := range Whole(Salvage(bytes.NewReader(tt.file))) {
			if errors.Is(err, ErrShortened) {
				short = append(short, err)
			} else if err != nil {
				damaged = append(damaged, err)
			}
		}
		if len(short) != tt.short || len(damaged) != tt.damaged {
			t.Errorf("%s: shortened %q, damaged %q, want %d and %d", tt.name, short, damaged, tt.short, tt.damaged)
		}
	}
}
