package scrapers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"vigie"
)

// An Archive keeps documents and their bodies. Its errors stop a collection: to fetch
// what cannot be kept would only burden the sites.
type Archive interface {
	// Latest returns the document's last good capture, or [vigie.ErrNotFound].
	Latest(context.Context, vigie.DocumentID) (vigie.Capture, error)
	// Put adds a capture to the document, which may be new. A body that is the last
	// capture's is no other capture: it is only noted as seen again.
	Put(ctx context.Context, d vigie.Document, c vigie.Capture, body []byte) error
}

// A Collector brings the pages of sources into an archive. It is safe for concurrent use.
type Collector struct {
	Client   Getter
	Archive  Archive
	Log      *slog.Logger     // nil: nothing is logged
	Progress func(Event)      // called by one goroutine at a time; nil: nobody looks
	Workers  int              // sources at a time; zero: 8
	Now      func() time.Time // nil: time.Now

	// Owners say whose an address is that a source's file does not name: another's is of no
	// concern. Nil: nobody's.
	Owners *Owners

	// Usual is how many links discovery gives of a source on an ordinary night, by its ID;
	// a source without one is not held to any size.
	Usual map[string]int

	mu sync.Mutex // held while Progress runs
}

// A Step is what an [Event] tells of.
type Step string

// The steps of a collection.
const (
	StepBegin   Step = "begin"   // a source's turn
	StepNew     Step = "new"     // a document never seen before is in the archive
	StepChanged Step = "changed" // a body not seen before is
	StepSame    Step = "same"    // the page is as the archive has it
	StepSkipped Step = "skipped" // a link was left aside
	StepFailed  Step = "failed"  // a page, or a way to discover, gave an error
	StepNote    Step = "note"    // what failed nothing and needs a look all the same
	StepEnd     Step = "end"     // of a source's turn
	StepAsk     Step = "ask"     // a request goes out, of no named source; a backfill's alone
)

// An Event is one step of a collection.
type Event struct {
	Source string
	Step   Step
	URL    string          // of the page; empty for a whole source
	Err    error           // of StepFailed and StepNote
	Run    vigie.SourceRun // so far; of StepEnd: the result
}

const defaultWorkers = 8

// All collects from every source that is not disabled, several at a time, and returns
// how each fared, in their order. A source that fails does not stop the others; its
// error is in its run. The error is the archive's or the context's: with it come the
// runs of those whose turn had come.
func (c *Collector) All(ctx context.Context, sources []vigie.Source, w vigie.Window) ([]vigie.SourceRun, error) {
	var active []vigie.Source
	for _, s := range sources {
		if s.Disabled == "" {
			active = append(active, s)
		}
	}
	turns, tonight := make([]turn, len(active)), &claims{}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(cmp.Or(c.Workers, defaultWorkers))
	for i, s := range active {
		group.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err // its turn does not come
			}
			turns[i], err = c.collect(ctx, s, w, tonight)
			return err
		})
	}
	err := group.Wait()
	if err == nil && !ourNetwork(turns) {
		err = keepFailures(context.WithoutCancel(ctx), turns) // the group's has ended
	}
	return outcome(turns), err
}

// keepFailures keeps what no turn could tell by itself: a site of which nothing was heard, on a
// night on which others answered, has failed.
func keepFailures(ctx context.Context, turns []turn) error {
	for _, t := range turns {
		if err := t.fails.keep(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Collect collects from one source. An archive that fails is in the run's Error; where
// that must stop the others, call [Collector.All].
func (c *Collector) Collect(ctx context.Context, s vigie.Source, w vigie.Window) vigie.SourceRun {
	t, err := c.collect(ctx, s, w, &claims{})
	if err == nil {
		err = t.fails.keep(ctx)
	}
	if err != nil {
		t.run.Error = err.Error()
	}
	return t.run
}

// collect gives a source its turn among those of tonight. The error is the archive's or the
// context's.
func (c *Collector) collect(ctx context.Context, s vigie.Source, w vigie.Window, tonight *claims) (turn, error) {
	t := turn{c: c, source: s, site: newSite(c.Client, s), run: vigie.SourceRun{Source: s.ID}, tonight: tonight}
	t.bears = bearings{platform: s.Platform}
	ctx = t.site.listen(ctx)
	t.fails.kept, _ = c.Archive.(Failures)
	c.tell(Event{Source: s.ID, Step: StepBegin, Run: t.run})
	links := t.discover(ctx, w)
	err := t.visitAll(ctx, links)
	if err == nil {
		err = t.seek(ctx, w)
	}
	if err == nil && t.site.answered {
		err = t.fails.keep(ctx)
	}
	if err != nil {
		err = fmt.Errorf("source %s: %w", s.ID, err)
	}
	t.run.State = t.state()
	t.tellNotes()
	if err == nil {
		c.log().Info("source collected", "source", s.ID, "state", t.run.State, "found", t.run.Found, "new", t.run.New,
			"changed", t.run.Changed, "same", t.run.Same, "failed", t.run.Failed, "skipped", t.run.Skipped)
	}
	c.tell(Event{Source: s.ID, Step: StepEnd, Run: t.run})
	return t, err
}

func (c *Collector) tell(e Event) {
	if c.Progress == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Progress(e)
}

func (c *Collector) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

func (c *Collector) log() *slog.Logger { return cmp.Or(c.Log, slog.New(slog.DiscardHandler)) }

// latest returns the document's last capture; ok is false for one never seen.
func (c *Collector) latest(ctx context.Context, id vigie.DocumentID) (last vigie.Capture, ok bool, err error) {
	last, err = c.Archive.Latest(ctx, id)
	if errors.Is(err, vigie.ErrNotFound) {
		return vigie.Capture{}, false, nil
	}
	if err != nil {
		return vigie.Capture{}, false, fmt.Errorf("archive: read %s: %w", id, err)
	}
	return last, true, nil
}
