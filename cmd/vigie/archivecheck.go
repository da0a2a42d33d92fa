package main

import (
	"errors"
	"fmt"
	"time"

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
	st.OnDamage(func(err error) {
		k.bad++
		k.line("%v", err)
	})
	begun := s.now()
	if err := errors.Join(k.pages(), k.lists()); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if k.bad > 0 {
		return fmt.Errorf("check: %d of %s damaged: restore the database from a copy, or import a file that has them whole", k.bad, k.read())
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
		return fmt.Errorf("check: %s; import takes in what can be read", count(bad, "record is damaged or missing", "records are damaged or missing"))
	}
	s.say("every digest holds")
	return nil
}
