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
	f := fileCheck{has: map[string]bool{}, damaged: map[string]bool{}}
	for _, err := range warc.Entries(f.look(warc.Salvage(in))) {
		if err != nil {
			tell(err.Error())
		}
	}
	for _, rec := range f.about {
		if !f.has[partner(rec)] && !f.damaged[rec.URL] {
			tell(fmt.Sprintf("record of %s at byte %d: the one that it belongs to is missing: %s", rec.URL, rec.Offset, partner(rec)))
		}
	}
	return f.records, nil
}

// A fileCheck is a look at every record of a file.
type fileCheck struct {
	records int
	own     bool            // vigie wrote what is being read
	has     map[string]bool // identifiers
	damaged map[string]bool // addresses of records that cannot be read
	about   []warc.Record   // without their blocks: requests, and what other tools know of an answer
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
	if _, known, _ := warc.CaptureOf(warc.Record{}, rec); !known && partner(rec) != "" {
		rec.Block = nil
		f.about = append(f.about, rec)
	}
	if f.own && !rec.Named() {
		return fmt.Errorf("record of %s at byte %d: its header is not what it was", rec.URL, rec.Offset)
	}
	return nil
}

// partner is the record that one belongs to.
func partner(rec warc.Record) string { return strings.Trim(rec.Field(warc.ConcurrentTo), "<>") }
