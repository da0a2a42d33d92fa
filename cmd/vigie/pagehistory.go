package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/store"
)

// A pageHistory is what the archive has seen of one page, in order of time: what it was, what
// stood in its place, and when it was asked for in vain.
type pageHistory struct {
	Document  vigie.DocumentID `json:"document"`
	URL       string           `json:"url"`
	Source    string           `json:"source"`
	Title     string           `json:"title,omitempty"`
	Published vigie.Date       `json:"published,omitempty"`
	Versions  int              `json:"versions"`

	LastGood     *time.Time `json:"last_good,omitempty"`
	LastVersion  int        `json:"last_version,omitempty"`
	FirstFailure *time.Time `json:"first_failure,omitempty"` // of the last row of them, since it was good
	LastFailure  *time.Time `json:"last_failure,omitempty"`
	FinalError   string     `json:"final_error,omitempty"`
	Mended       *time.Time `json:"mended,omitempty"` // when it was good again after that

	History []happening `json:"history"`
}

// What a [happening] tells of.
const (
	whatVersion  = "version"  // the page: one body of it, from its first sight to its last
	whatEvidence = "evidence" // an answer that is no page, kept as it came
	whatFailure  = "failure"  // the page was asked for in vain
)

// A happening is a stretch of time over which a page was as it was, or failed in one way.
type happening struct {
	What  string    `json:"what"`
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`

	Version   int             `json:"version,omitempty"` // which of the page's bodies it is
	Status    int             `json:"status,omitempty"`
	MediaType string          `json:"media_type,omitempty"`
	Size      int             `json:"size,omitempty"`
	Digest    string          `json:"digest,omitempty"`
	Fault     vigie.PageFault `json:"fault,omitempty"`
	OptOut    string          `json:"opt_out,omitempty"`
	Via       string          `json:"via,omitempty"`
	Redirects []redirect      `json:"redirects,omitempty"`
	FinalURL  string          `json:"final_url,omitempty"`

	Source string     `json:"source,omitempty"` // of a failure: who asked
	Times  int        `json:"times,omitempty"`
	Error  string     `json:"error,omitempty"` // how it failed, in few words
	Told   string     `json:"told,omitempty"`  // the error in full, the last time
	Mended *time.Time `json:"mended,omitempty"`
}

// A redirect is a [vigie.Hop] for programs.
type redirect struct {
	URL    string `json:"url"`
	Status int    `json:"status"`
}

// newPageHistory puts together what is known of a page.
func newPageHistory(kept []store.Kept, failures []vigie.Failure) pageHistory {
	var h pageHistory
	versions := map[string]int{}
	for _, k := range kept {
		d := k.Document
		h.Document, h.URL, h.Source, h.Title, h.Published = d.ID, d.URL, d.Source, d.Title, d.Published.Believed(dayOf(k.Seen))
		h.History = append(h.History, happeningOf(k, versions))
	}
	h.Versions = len(versions)
	for _, f := range failures {
		h.Document, h.URL, h.Source = f.Document, cmp.Or(h.URL, f.URL), cmp.Or(h.Source, f.Source)
		h.History = append(h.History, happeningOfFailure(f))
	}
	slices.SortStableFunc(h.History, func(a, b happening) int {
		return cmp.Or(a.First.Compare(b.First), a.Last.Compare(b.Last))
	})
	h.sum()
	return h
}

// happeningOf tells of a capture, and numbers the page's bodies.
func happeningOf(k store.Kept, versions map[string]int) happening {
	c := k.Capture
	e := happening{
		What: whatEvidence, First: c.Time, Last: k.Seen, Status: c.Status, MediaType: c.MediaType, Size: c.Size,
		Digest: c.Digest, Fault: c.Fault, OptOut: c.OptOut, Via: c.Via,
	}
	for _, hop := range c.Chain {
		e.Redirects = append(e.Redirects, redirect(hop))
	}
	if c.FinalURL != c.URL {
		e.FinalURL = c.FinalURL
	}
	if c.Status < 300 && (c.Fault == "" || c.Fault == vigie.FaultData || c.Fault == vigie.FaultReserved) {
		if versions[c.Digest] == 0 {
			versions[c.Digest] = len(versions) + 1
		}
		e.What, e.Version = whatVersion, versions[c.Digest]
	}
	return e
}

func happeningOfFailure(f vigie.Failure) happening {
	e := happening{
		What: whatFailure, First: f.First, Last: f.Last, Source: f.Source, Times: f.Times,
		Error: f.Kind, Told: strings.TrimPrefix(f.Error, "get "+f.URL+": "),
	}
	if !f.Mended.IsZero() {
		e.Mended = &f.Mended
	}
	return e
}

// sum finds the last time that the page was good, and the last row of failures: from the
// first of them since the page had been good until then, to the last.
func (h *pageHistory) sum() {
	var good []time.Time
	for _, e := range h.History {
		switch {
		case e.What == whatVersion:
			good = append(good, e.First, e.Last)
			if h.LastGood == nil || !e.Last.Before(*h.LastGood) {
				h.LastGood, h.LastVersion = &e.Last, e.Version
			}
			continue
		case e.Mended != nil:
			good = append(good, *e.Mended)
		}
		if h.LastFailure == nil || !e.Last.Before(*h.LastFailure) {
			h.LastFailure, h.FinalError = &e.Last, e.failing()
		}
	}
	if h.LastFailure == nil {
		return
	}
	slices.SortFunc(good, time.Time.Compare)
	next, _ := slices.BinarySearchFunc(good, *h.LastFailure, time.Time.Compare)
	if next < len(good) {
		h.Mended = &good[next]
	}
	for _, e := range h.History {
		since := next == 0 || e.Last.After(good[next-1])
		if e.What != whatVersion && since && (h.FirstFailure == nil || e.First.Before(*h.FirstFailure)) {
			h.FirstFailure = &e.First
		}
	}
}

// failing is how the page failed, in few words and in full.
func (e happening) failing() string {
	switch {
	case e.What == whatFailure && strings.HasPrefix(e.Told, e.Error): // "status 404", "status 404 Not Found"
		return e.Told
	case e.What == whatFailure:
		return e.Error + ": " + e.Told
	case e.Fault != "":
		return string(e.Fault)
	}
	return fmt.Sprintf("status %d", e.Status)
}
