package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"path/filepath"
	"slices"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
	"vigie/scrapers/warc"
	"vigie/store"
)

type archiveImportCmd struct {
	configFlags `embed:""`
	sourceFlags `embed:""`
	File        string `arg:"" help:"WARC file to read, gzip or plain." type:"path"`
}

// Run archives what the file holds. What the archive has already stays as it is, so a
// file may be taken in again, also one that was cut off half-way. What is damaged is told,
// record by record, and not taken in.
func (c *archiveImportCmd) Run(s *session) error {
	p := plan{configFlags: c.configFlags}
	cfg, err := p.config(s.cli)
	if err != nil {
		return err
	}
	if _, err := c.choose(cfg.Sources); err != nil {
		return err
	}
	in, err := os.Open(c.File)
	if err != nil {
		return misusef("import: %w", err)
	}
	defer in.Close()
	st, err := s.open(cfg.DB)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer st.Close()
	release, err := st.Lock(s.ctx, nightLock)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer release()
	i := &importing{ctx: s.ctx, store: st, owners: scrapers.NewOwners(cfg.Sources), only: c.Source, via: "warc:" + filepath.Base(c.File), tell: s.line}
	err = i.all(in)
	if i.lists > 0 {
		s.say("%s taken in", count(i.lists, "answer of lists", "answers of lists"))
	}
	whose := "of no known source"
	if len(i.only) > 0 {
		whose = "of other sources or of none"
	}
	s.say("%s taken in; left aside: %d %s, %d that are no pages", count(i.taken, "capture", "captures"), i.strange, whose, i.other)
	if i.shared > 0 {
		s.say("%s left aside that several sources may claim: their addresses do not tell which", count(i.shared, "page", "pages"))
	}
	if i.orphans > 0 {
		s.say("%s without a body, of pages that neither the file nor the archive holds: import the file that they refer to first", count(i.orphans, "revisit", "revisits"))
	}
	if err == nil && i.bad > 0 {
		err = fmt.Errorf("%s damaged and not taken in, what else can be read is: import a sound copy of the file for the rest", count(i.bad, "record is", "records are"))
	}
	if err == nil && i.short {
		err = errors.New("records are missing that were written into it, what is there is taken in: import a whole copy of the file for the rest")
	}
	if err != nil {
		return fmt.Errorf("import %s: %w", c.File, err)
	}
	return nil
}

// An importing is a WARC file on its way into the archive.
type importing struct {
	ctx    context.Context
	store  *store.Store
	owners *scrapers.Owners
	only   []string // sources; empty: all
	via    string
	tell   func(format string, args ...any) // of what is damaged

	seen map[string]vigie.Capture // of other tools' pages that were taken in, by what a revisit may call them

	taken, strange, other int
	shared                int  // on a site of several sources, and nearest to none
	orphans               int  // revisits of what is not there
	lists                 int  // what vigie kept of lists
	bad                   int  // records
	short                 bool // records are missing
}

// all reads to the end. Its error is the archive's or the context's.
func (i *importing) all(in io.ReaderAt) error {
	for e, damage := range warc.Entries(warc.Whole(warc.Salvage(in))) {
		if err := i.ctx.Err(); err != nil {
			return err
		}
		if errors.Is(damage, warc.ErrShortened) {
			i.short = true
			i.tell("%s: %v", i.via, damage)
			continue
		}
		if damage != nil {
			i.bad++
			i.tell("%s: %v", i.via, damage)
			continue
		}
		if err := i.take(e); err != nil {
			return err
		}
	}
	return nil
}

func (i *importing) take(e warc.Entry) error {
	switch {
	case e.Known != nil:
		return i.restore(*e.Known)
	case e.Record.Type == warc.TypeRevisit:
		return i.revisit(e.Record)
	}
	return i.foreign(e.Record)
}

// restore takes in what vigie exported, as it was.
func (i *importing) restore(c warc.Captured) error {
	of := c.Document.Source
	if len(i.only) > 0 && !slices.Contains(i.only, of) && !(c.IsList() && of == "") {
		i.strange++
		return nil
	}
	if c.IsList() {
		i.lists++
	} else {
		i.taken++
	}
	if err := i.store.Mend(i.ctx, c.Body); err != nil {
		return err
	}
	return i.store.Restore(i.ctx, store.Kept{Document: c.Document, Capture: c.Capture, Seen: c.Seen}, c.Body)
}

// put archives another tool's page.
func (i *importing) put(doc vigie.Document, c vigie.Capture, body []byte) error {
	if len(i.only) > 0 && !slices.Contains(i.only, doc.Source) {
		i.strange++
		return nil
	}
	i.taken++
	if err := i.store.Mend(i.ctx, body); err != nil {
		return err
	}
	return i.store.Put(i.ctx, doc, c, body)
}

// foreign takes in a page of another tool's archive, where a source has its host.
func (i *importing) foreign(rec warc.Record) error {
	resp, err := scrapers.Recorded(rec, i.via)
	if _, ok := errors.AsType[*fetch.StatusError](err); ok { // a redirect or a refusal: nothing to read
		return nil
	}
	if cut, ok := errors.AsType[*scrapers.PageError](err); ok {
		resp, err = cut.Response, nil
	}
	if err != nil || !readable(resp.Capture.MediaType) {
		i.other++
		return nil
	}
	doc, source, err := i.document(rec.URL)
	if err != nil {
		i.leave(err)
		return nil
	}
	scrapers.Admit(source, &doc, resp)
	resp.Capture.Digest = vigie.Digest(resp.Body) // by which a revisit's body is found
	if i.seen == nil {
		i.seen = map[string]vigie.Capture{}
	}
	for _, name := range rec.Referable() {
		i.seen[name] = resp.Capture
	}
	return i.put(doc, resp.Capture, resp.Body)
}

// document is a page of a source's. The error is that of an address without an owner.
func (i *importing) document(address string) (vigie.Document, vigie.Source, error) {
	canonical, err := vigie.CanonicalURL(address)
	if err != nil {
		return vigie.Document{}, vigie.Source{}, err
	}
	owner, err := i.owners.Of(canonical)
	return vigie.Document{ID: vigie.NewDocumentID(canonical, nil), URL: canonical, Source: owner.ID}, owner, err
}

// leave counts a page that is left aside, since it is not known whose it is.
func (i *importing) leave(why error) {
	if errors.Is(why, scrapers.ErrShared) {
		i.shared++
	} else {
		i.strange++
	}
}

// revisit takes in a record that leaves its body to another: one of this file, or what the
// archive holds of the page, where its digest says that it is that.
func (i *importing) revisit(rec warc.Record) error {
	doc, _, err := i.document(rec.URL)
	if err != nil {
		i.leave(err)
		return nil
	}
	c, body, err := i.revisited(doc, rec)
	if errors.Is(err, vigie.ErrNotFound) || err == nil && rec.Date.IsZero() {
		i.orphans++
		return nil
	}
	if i.ctx.Err() != nil {
		return i.ctx.Err()
	}
	if err != nil {
		i.bad++
		i.tell("%s: revisit of %s: what it repeats: %v", i.via, rec.URL, err)
		return nil
	}
	c.URL, c.FinalURL, c.Chain, c.Time, c.Via = rec.URL, rec.URL, nil, rec.Date, i.via
	return i.put(doc, c, body)
}

// revisited returns the capture that a revisit repeats, with its body.
func (i *importing) revisited(doc vigie.Document, rec warc.Record) (c vigie.Capture, body []byte, err error) {
	for _, name := range rec.Refers() {
		if c, ok := i.seen[name]; ok {
			body, err := i.store.Body(i.ctx, c.Digest)
			return c, body, err
		}
	}
	if c, err = i.store.Latest(i.ctx, doc.ID); err != nil {
		return c, nil, err
	}
	if body, err = i.store.Body(i.ctx, c.Digest); err != nil {
		return c, nil, err
	}
	if !warc.SameDigest(rec.Field(warc.PayloadDigest), body) {
		return c, nil, vigie.ErrNotFound
	}
	return c, body, nil
}

// readable reports whether a body of that type may be an article.
func readable(mediaType string) bool {
	kind, _, err := mime.ParseMediaType(mediaType)
	return err == nil && slices.Contains([]string{"text/html", "application/xhtml+xml", "application/pdf", "text/plain"}, kind)
}
