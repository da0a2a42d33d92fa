package main

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"vigie/scrapers/warc"
)

// checkFile reads a WARC file to its end and tells what is damaged in it, and what is about
// records that are not there.
func checkFile(file string, tell func(string)) (records int, err error) {
	in, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	f := fileCheck{has: map[string]bool{}, named: map[string]bool{}, damaged: map[string]bool{}}
	for _, err := range warc.Entries(warc.Whole(f.look(warc.Salvage(in)))) {
		if err != nil {
			tell(err.Error())
		}
	}
	for _, h := range f.halves {
		if f.alone(h) {
			tell(fmt.Sprintf("record of %s at byte %d: the one that goes with it is missing", h.url, h.offset))
		}
	}
	return f.records, nil
}

// A fileCheck is a look at every record of a file.
type fileCheck struct {
	records int
	own     bool            // vigie wrote what is being read
	has     map[string]bool // identifiers
	named   map[string]bool // those that other records go with
	damaged map[string]bool // addresses
	halves  []half
}

// A half is a record that goes with another: a request, which names its answer or is named
// by it, or what is known of an answer.
type half struct {
	url    string
	offset int64
	id, of string // of: the one that it names
}

// alone reports a half without the other; one that is damaged is told as such.
func (f *fileCheck) alone(h half) bool {
	there := f.named[h.id]
	if h.of != "" {
		there = f.has[h.of]
	}
	return !there && !f.damaged[h.url]
}

// look passes the records on, those that are not what they were with an error.
func (f *fileCheck) look(records iter.Seq2[warc.Record, error]) iter.Seq2[warc.Record, error] {
	return func(yield func(warc.Record, error) bool) {
		for rec, err := range records {
			if damage, ok := errors.AsType[*warc.Damage](err); ok {
				f.damaged[damage.URL] = true
			} else {
				f.has[rec.ID] = true
			}
			if err == nil {
				f.records++
				err = f.header(rec)
			}
			f.damaged[rec.URL] = f.damaged[rec.URL] || err != nil
			if !yield(rec, err) {
				return
			}
		}
	}
}

// header looks at what no digest covers. Only vigie's own identifiers do.
func (f *fileCheck) header(rec warc.Record) error {
	if rec.Type == warc.TypeInfo {
		f.own = rec.OwnFile()
	}
	of := strings.Trim(rec.Field(warc.ConcurrentTo), "<>")
	f.named[of] = true
	if _, known, _ := warc.CaptureOf(warc.Record{}, rec); !known && of != "" || rec.Type == warc.TypeRequest {
		f.halves = append(f.halves, half{rec.URL, rec.Offset, rec.ID, of})
	}
	if f.own && !rec.Named() {
		return fmt.Errorf("record of %s at byte %d: its header is not what it was", rec.URL, rec.Offset)
	}
	return nil
}
