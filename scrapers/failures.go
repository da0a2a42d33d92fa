package scrapers

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode"

	"vigie"
	"vigie/internal/guard"
	"vigie/scrapers/fetch"
)

// Failures are what an [Archive] may keep of pages that were asked for in vain: as evidence,
// since a connection that was closed leaves no capture, and so that the next turn asks for
// all others before them. Else a few broken pages at the head of a list, where a turn ends,
// would keep it from what stands behind them for ever.
type Failures interface {
	// Failing returns the pages of a source that failed when they were asked for last; the
	// one that has waited longest since comes first.
	Failing(ctx context.Context, source string) ([]vigie.Failure, error)
	// Failed notes that a page failed, at its Last. What counts it, and tells since when, is
	// the archive's, and that it is over once the page is archived in order, or checked.
	Failed(context.Context, vigie.Failure) error
}

// failings are what a turn knows of the pages that fail.
type failings struct {
	kept    Failures                       // nil: nobody keeps them
	since   map[vigie.DocumentID]time.Time // when pages were last asked for that failed then
	unheard []vigie.Failure                // of this turn, while our own network may be to blame
}

// read learns which of a source's pages failed last.
func (f *failings) read(ctx context.Context, source string) error {
	if f.kept == nil {
		return nil
	}
	failing, err := f.kept.Failing(ctx, source)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	f.since = make(map[vigie.DocumentID]time.Time, len(failing))
	for _, p := range failing {
		f.since[p.Document] = p.Last
	}
	return nil
}

// last puts the links to pages that failed last time at the end, the one that has waited
// longest first: each gets its chance. The others stay in their order.
func (f *failings) last(links []*found) []*found {
	if len(f.since) == 0 {
		return links
	}
	since := make(map[*found]time.Time, len(links))
	for _, l := range links {
		since[l] = f.since[vigie.NewDocumentID(l.canonical, nil)]
	}
	slices.SortStableFunc(links, func(a, b *found) int { return since[a].Compare(since[b]) })
	return links
}

// keep keeps those that waited until it was known whose fault they are.
func (f *failings) keep(ctx context.Context) error {
	for _, u := range f.unheard {
		if err := f.kept.Failed(ctx, u); err != nil {
			return fmt.Errorf("archive: %w", err)
		}
	}
	f.unheard = nil
	return nil
}

// keepFaulty archives what stood in a page's place, and that it failed, as evidence: that a
// page is gone, or was refused, is worth knowing too.
func (t *turn) keepFaulty(ctx context.Context, f *found, failure error) error {
	if shown := evidence(failure); shown != nil {
		if err := t.keep(ctx, f, shown); err != nil {
			return err
		}
	}
	return t.failed(ctx, f, failure)
}

// failed keeps that a page was asked for in vain, once anything has been heard of its site:
// till then it may be our network that is down. It is written at once: failures are few, and
// a batch has them on disk with the pages around them.
func (t *turn) failed(ctx context.Context, f *found, failure error) error {
	forbidden := errors.Is(failure, fetch.ErrForbidden) // that is the page's own
	if t.fails.kept == nil || errors.Is(failure, fetch.ErrUnasked) && !forbidden {
		return nil
	}
	t.fails.unheard = append(t.fails.unheard, vigie.Failure{
		Document: vigie.NewDocumentID(f.canonical, nil), Source: t.source.ID, URL: f.canonical,
		Kind: failureKind(failure), Error: failure.Error(), Last: t.c.now(),
	})
	if !t.site.answered {
		return nil
	}
	return t.fails.keep(ctx)
}

// evidence is what stood in a page's place, as an error tells of it; nil where nothing did.
func evidence(err error) *fetch.Response {
	if door, ok := errors.AsType[*PageError](err); ok {
		door.Response.Capture.Fault = door.Fault
		return door.Response
	}
	status, ok := errors.AsType[*fetch.StatusError](err)
	switch {
	case !ok || status.Response == nil:
	case status.Note != "":
		status.Response.Capture.Fault = vigie.FaultChallenge
		return status.Response
	case status.Status >= http.StatusBadRequest:
		return status.Response
	}
	return nil
}

// kinds are the ways to fail without an answer that can be read, by the first error that
// tells one.
var kinds = []struct {
	error
	words string
}{
	{fetch.ErrForbidden, "forbidden by robots.txt"},
	{fetch.ErrEmpty, "empty"},
	{fetch.ErrEncoding, "unreadable coding"},
	{vigie.ErrTooLarge, "too large"},
	{fetch.ErrElsewhere, "leads elsewhere"},
	{guard.ErrRefused, "leads to a private address"},
	{io.ErrUnexpectedEOF, "cut short"},
	{os.ErrDeadlineExceeded, "too slow"},
	{io.EOF, "hung up"},
	{syscall.ECONNRESET, "hung up"},
}

// failureKind says how a page failed in words that are the same from night to night: no
// addresses, ports, times and counts.
func failureKind(err error) string {
	if door, ok := errors.AsType[*PageError](err); ok {
		return faultWords[door.Fault]
	}
	if status, ok := errors.AsType[*fetch.StatusError](err); ok {
		return cmp.Or(status.Note, fmt.Sprintf("status %d", status.Status))
	}
	for _, k := range kinds {
		if errors.Is(err, k.error) {
			return k.words
		}
	}
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	name, resolver := errors.AsType[*net.DNSError](err)
	reached, network := errors.AsType[*net.OpError](err)
	timer, timed := errors.AsType[net.Error](err)
	switch {
	case certificate:
		return "certificate not valid"
	case resolver && name.IsNotFound:
		return "name not found"
	case timed && timer.Timeout():
		return "too slow"
	case network && reached.Op == "dial":
		return "not reached"
	}
	return cmp.Or(bareWords(err.Error()), "otherwise")
}

// bareWords are an error's words without addresses and figures.
func bareWords(text string) string {
	words := slices.DeleteFunc(strings.Fields(text), func(w string) bool {
		return strings.Contains(w, "://") || strings.ContainsFunc(w, unicode.IsDigit)
	})
	return strings.Trim(strings.TrimPrefix(strings.Join(words, " "), "get "), ": ")
}
