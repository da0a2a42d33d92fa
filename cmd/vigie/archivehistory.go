package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"text/tabwriter"
	"time"

	"vigie"
	"vigie/store"
)

type archiveHistoryCmd struct {
	configFlags `embed:""`
	Page        string `arg:"" help:"The page's address, or its document ID." name:"address|id"`
	JSON        bool   `name:"json" help:"One JSON object, for programs."`
}

// Run tells all that the archive has seen of one page, in order of time.
func (c *archiveHistoryCmd) Run(s *session) error {
	id, err := c.document()
	if err != nil {
		return err
	}
	st, _, err := s.openArchive(c.configFlags)
	if err != nil {
		return err
	}
	defer st.Close()
	h, err := c.gather(s.ctx, st, id)
	if err != nil {
		return err
	}
	if c.JSON {
		e := json.NewEncoder(s.results)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(h)
	}
	return s.printHistory(h)
}

var documentID = regexp.MustCompile(`^[0-9a-f]{16}$`)

// document is the one that the argument names. An address may be without its scheme.
func (c *archiveHistoryCmd) document() (vigie.DocumentID, error) {
	if documentID.MatchString(c.Page) {
		return vigie.DocumentID(c.Page), nil
	}
	if !strings.Contains(c.Page, "://") {
		c.Page = "https://" + c.Page
	}
	canonical, err := vigie.CanonicalURL(c.Page)
	if err != nil {
		return "", misusef("history: %w", err)
	}
	return vigie.NewDocumentID(canonical, nil), nil
}

// gather reads what is known of the page. An address may be one that pages only lead to.
func (c *archiveHistoryCmd) gather(ctx context.Context, st *store.Store, id vigie.DocumentID) (pageHistory, error) {
	h, err := historyOf(ctx, st, id)
	if err != nil || len(h.History) > 0 {
		return h, err
	}
	leading, err := st.LeadTo(ctx, c.Page)
	switch {
	case err != nil:
		return h, err
	case len(leading) == 0:
		return h, fmt.Errorf("history: nothing is known of %s: it was never archived, and never asked for in vain", c.Page)
	case len(leading) > 1:
		return h, misusef("history: several documents lead to %s: %v; name one of them", c.Page, leading)
	}
	return historyOf(ctx, st, leading[0])
}

func historyOf(ctx context.Context, st *store.Store, id vigie.DocumentID) (pageHistory, error) {
	kept, err := st.KeptOf(ctx, id)
	if err != nil {
		return pageHistory{}, err
	}
	failures, err := st.Failures(ctx, id)
	return newPageHistory(kept, failures), err
}

func (s *session) printHistory(h pageHistory) error {
	fmt.Fprintf(s.results, "%s\n", h.URL)
	fmt.Fprintf(s.results, "document %s of %s%s\n\n", h.Document, h.Source, h.titled())
	w := tabwriter.NewWriter(s.results, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "FROM (Paris)\tUNTIL\tWHAT")
	for _, e := range h.History {
		until := ""
		if !e.Last.Equal(e.First) {
			until = parisTime(e.Last)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", parisTime(e.First), until, e.words())
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(s.results)
	for _, l := range h.summary() {
		fmt.Fprintln(s.results, l)
	}
	return nil
}

func parisTime(t time.Time) string { return t.In(paris()).Format("2006-01-02 15:04:05") }

func (h pageHistory) titled() (text string) {
	if h.Title != "" {
		text = fmt.Sprintf(", %q", h.Title)
	}
	if h.Published != "" {
		text += ", published " + string(h.Published)
	}
	return text
}

// summary is what one wants to know of a page that may be gone.
func (h pageHistory) summary() []string {
	good, first, final := "never", "none", "none"
	if h.LastGood != nil {
		good = fmt.Sprintf("%s, version %d of %d", parisTime(*h.LastGood), h.LastVersion, h.Versions)
	}
	if h.FirstFailure != nil {
		first = parisTime(*h.FirstFailure)
		final = parisTime(*h.LastFailure) + ", " + h.FinalError + ", not mended"
	}
	if h.Mended != nil {
		final = strings.TrimSuffix(final, "not mended") + "mended " + parisTime(*h.Mended)
	}
	return []string{"last good:      " + good, "first failure:  " + first, "final error:    " + final}
}

// words tell one entry, for people.
func (e happening) words() string {
	if e.What == whatFailure {
		times := "once"
		if e.Times > 1 {
			times = fmt.Sprintf("%d times", e.Times)
		}
		return fmt.Sprintf("failed %s, %s", times, e.failing())
	}
	parts := []string{fmt.Sprintf("status %d", e.Status), cmp.Or(e.MediaType, "no type"), fmt.Sprintf("%d bytes", e.Size), e.Digest[:min(len(e.Digest), 12)]}
	for _, hop := range e.Redirects {
		parts = append(parts, fmt.Sprintf("%d from %s", hop.Status, hop.URL))
	}
	if len(e.Redirects) > 0 {
		parts = append(parts, "to "+e.FinalURL)
	}
	if e.Via != "" {
		parts = append(parts, "kept by "+e.Via)
	}
	if e.Fault != "" {
		parts = append(parts, string(e.Fault))
	}
	name := "kept as evidence"
	if e.What == whatVersion {
		name = fmt.Sprintf("version %d", e.Version)
	}
	return name + ": " + strings.Join(parts, ", ")
}
