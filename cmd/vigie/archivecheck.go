package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"vigie/scrapers/warc"
)

type archiveCheckCmd struct {
	configFlags `embed:""`
	Files       []string `arg:"" optional:"" help:"WARC files to check in place of the archive." type:"path"`
}

// Run verifies digests, and names what is damaged.
func (c *archiveCheckCmd) Run(s *session) error {
	if len(c.Files) > 0 {
		return c.checkFiles(s)
	}
	st, _, err := s.openArchive(c.configFlags)
	if err != nil {
		return err
	}
	defer st.Close()
	checked, bad, begun := map[string]bool{}, 0, s.now()
	for doc, err := range st.Documents(s.ctx) {
		if err != nil {
			return fmt.Errorf("check: %w", err)
		}
		for _, capture := range doc.Captures {
			if checked[capture.Digest] {
				continue
			}
			checked[capture.Digest] = true
			_, err := st.Body(s.ctx, capture.Digest)
			if s.ctx.Err() != nil {
				return s.ctx.Err()
			}
			if err != nil {
				bad++
				s.line("document %s, %s, as of %s: %v", doc.ID, doc.URL, capture.Time.Format(time.DateOnly), err)
			}
		}
		s.progress("check: %s", count(len(checked), "body", "bodies"))
	}
	if bad > 0 {
		return fmt.Errorf("check: %d of %s damaged: restore the database from a copy, or import one of the pages named above", bad, count(len(checked), "body", "bodies"))
	}
	s.say("%s read again, every digest holds (%v)", count(len(checked), "body", "bodies"), s.now().Sub(begun).Round(time.Millisecond))
	return nil
}

func (c *archiveCheckCmd) checkFiles(s *session) error {
	bad := 0
	for _, file := range c.Files {
		records, err := checkFile(file, func(text string) { bad++; s.line("%s: %s", file, text) })
		if err != nil {
			return misusef("check: %w", err)
		}
		s.line("%s: %s read", file, count(records, "record", "records"))
	}
	if bad > 0 {
		return fmt.Errorf("check: %s", count(bad, "record is damaged", "records are damaged"))
	}
	s.say("every digest holds")
	return nil
}

// checkFile reads a WARC file to its end and tells what is damaged in it. Past a gzip
// member that cannot be read, it goes on with the next.
func checkFile(file string, tell func(string)) (records int, err error) {
	in, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	for start := int64(0); start >= 0; {
		if _, err := in.Seek(start, io.SeekStart); err != nil {
			return records, err
		}
		r := warc.NewReader(in)
		var answer warc.Record
		next := int64(-1)
		for rec, err := range r.Records() {
			switch {
			case err != nil && rec.Type == "":
				at := start + r.Offset()
				tell(fmt.Sprintf("%s: %v", damagedAddress(in, at), err))
				next = nextMember(in, at+1)
			case err != nil:
				tell(err.Error())
			default:
				records++
				if _, _, err := warc.CaptureOf(answer, rec); err != nil {
					tell(err.Error())
				}
				answer = rec
			}
		}
		start = next
	}
	return records, nil
}

// damagedAddress reads what can still be read of a member's header: whose record it is.
func damagedAddress(in io.ReadSeeker, at int64) string {
	if _, err := in.Seek(at, io.SeekStart); err != nil {
		return "a record"
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return "a record"
	}
	head, _ := io.ReadAll(io.LimitReader(z, 64<<10)) // as far as it goes
	for line := range strings.Lines(string(head)) {
		if name, value, ok := strings.Cut(line, ":"); ok && http.CanonicalHeaderKey(name) == "Warc-Target-Uri" {
			return "record of " + strings.TrimSpace(value)
		}
	}
	return "a record"
}

// nextMember finds the next gzip member, -1 where there is none.
func nextMember(in io.ReadSeeker, from int64) int64 {
	if _, err := in.Seek(from, io.SeekStart); err != nil {
		return -1
	}
	b := bufio.NewReader(in)
	for at := from; ; at++ {
		magic, err := b.Peek(3)
		if err != nil {
			return -1
		}
		if magic[0] == 0x1f && magic[1] == 0x8b && magic[2] == 8 {
			return at
		}
		b.Discard(1)
	}
}
