package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"vigie/scrapers/warc"
	"vigie/store"
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
	k := checking{session: s, store: st, checked: map[string]bool{}}
	begun := s.now()
	if err := errors.Join(k.pages(), k.lists()); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if k.bad > 0 {
		return fmt.Errorf("check: %d of %s damaged: restore the database from a copy, or import one of the pages named above", k.bad, k.read())
	}
	s.say("%s read again, every digest holds (%v)", k.read(), s.now().Sub(begun).Round(time.Millisecond))
	return nil
}

// A checking is a look at every body that the archive holds.
type checking struct {
	*session
	store   *store.Store
	checked map[string]bool // by digest
	answers int             // of lists
	bad     int
}

func (k *checking) read() string {
	return count(len(k.checked), "body", "bodies") + " and " + count(k.answers, "answer of lists", "answers of lists")
}

func (k *checking) pages() error {
	for doc, err := range k.store.Documents(k.ctx) {
		if err != nil {
			return err
		}
		for _, capture := range doc.Captures {
			if k.checked[capture.Digest] {
				continue
			}
			k.checked[capture.Digest] = true
			_, err := k.store.Body(k.ctx, capture.Digest)
			if k.ctx.Err() != nil {
				return k.ctx.Err()
			}
			if err != nil {
				k.bad++
				k.line("document %s, %s, as of %s: %v", doc.ID, doc.URL, capture.Time.Format(time.DateOnly), err)
			}
		}
		k.progress("check: %s", k.read())
	}
	return nil
}

// lists are kept apart from the bodies of documents: an equal digest says nothing of them.
func (k *checking) lists() error {
	for a, err := range k.store.Answers(k.ctx) {
		if err != nil {
			return err
		}
		k.answers++
		if a.Damage != nil {
			k.bad++
			k.line("list %s of %s, as of %s: %v", a.URL, a.Source, a.Capture.Time.Format(time.DateOnly), a.Damage)
		}
		k.progress("check: %s", k.read())
	}
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
