package scrapers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"vigie"
	"vigie/scrapers/fetch"
)

// A Backfill brings the pages of a window that has passed into an archive: from the
// sites, or from a public archive. It may be killed at any moment; begun again with the
// same [Frontier], it goes on, and asks again for no more than was on its way.
//
// A page that the archive holds is not asked for. The capture's time is when the public
// archive took it, and says nothing of when the page was published.
type Backfill struct {
	Collector          // what it asks, where it keeps, whom it tells
	Past      Past     // nil: the sites themselves
	Pages     []string // asked for in place of what the sources list; empty: that. Owners say whose, and whose those of Past: nil, of the sources filled in
	Max       int      // requests, each redirect, try and robots.txt being one; zero: no limit
	Dry       bool     // find the pages, fetch none
	Frontier  func(source string) Frontier

	owners         *Owners
	failures       Failures // of the archive, if it keeps them
	allowance      allowance
	found, settled atomic.Int64
}

// A Frontier is how far a backfill is with a source; *store.Frontier is one. What it took
// without an error outlives the process.
type Frontier interface {
	// Found returns how pages were found last, and whether all were; nothing where none were looked for.
	Found(context.Context) (vigie.Finding, error)
	// Note keeps the last answer of a list, which Recall returns, or [vigie.ErrNotFound].
	Note(ctx context.Context, address string, c vigie.Capture, body []byte) error
	Recall(ctx context.Context, address string) (vigie.Capture, []byte, error)
	// Fill adds pages, each once, says whether these are all, and forgets those waiting that
	// were found in another way.
	Fill(ctx context.Context, targets []vigie.Target, found vigie.Finding) error
	// Waiting returns those that are not settled, at the end those that were postponed.
	Waiting(context.Context) ([]vigie.Target, error)
	// Postpone notes that a page was asked for in vain, and returns how often it was.
	Postpone(ctx context.Context, canonical, why string) (tries int, err error)
	// Settle notes what became of a page, and why.
	Settle(ctx context.Context, canonical string, state vigie.TargetState, why string) error
	// Finish forgets it all, but the notes of lists that could not be read ("? " before the address).
	Finish(context.Context) error
}

// A Share is how a backfill fared with one source.
type Share struct {
	vigie.SourceRun
	Known    int           // pages that the archive held already
	Lost     int           // pages that cannot be had
	GivenUp  []string      // those of them that were asked for in vain in several starts, and why
	Left     int           // pages still to be asked for; of a dry run, the requests it would take
	All      bool          // all the source's ways to find pages were followed to their ends, or as far as they go
	Gaps     []Gap         // why that is not to their ends
	Oldest   vigie.Date    // of the pages found in this start, as lists date them; empty where none is dated
	Platform string        // who would be asked for what is left
	Delay    time.Duration // between two requests to it; zero: the client's
}

// Standing returns how many requests were made, and how many are settled of the pages found
// that the archive has not got and this start asks for. It may be called at any moment.
func (b *Backfill) Standing() (asked, settled, found int) {
	return b.allowance.made(), int(b.settled.Load()), int(b.found.Load())
}

// All fills in every source, several at a time, and returns how each fared, in their
// order; those whose turn never came are left out. The error is the archive's, the
// frontier's, the context's, or [ErrSpent].
func (b *Backfill) All(ctx context.Context, sources []vigie.Source, w vigie.Window) ([]Share, error) {
	b.failures, _ = b.Archive.(Failures)
	b.Archive, b.owners = bare{b.Archive}, b.Owners
	if b.owners == nil {
		b.owners = NewOwners(sources)
	}
	var spent atomic.Bool
	shares := make([]Share, len(sources))
	group, all := errgroup.WithContext(ctx)
	group.SetLimit(cmp.Or(b.Workers, defaultWorkers))
	for i, s := range sources {
		group.Go(func() (err error) {
			if all.Err() != nil || spent.Load() {
				return context.Cause(all)
			}
			shares[i], err = b.source(all, s, w)
			switch {
			case err != nil && all.Err() != nil:
				return context.Cause(all)
			case errors.Is(err, ErrSpent): // the others end by themselves
				spent.Store(true)
				return nil
			}
			return err
		})
	}
	err := group.Wait()
	if err == nil && spent.Load() {
		err = ErrSpent
	}
	var came []Share
	done := err == nil && !b.Dry
	for _, s := range shares {
		if s.Source != "" {
			came = append(came, s)
		}
		done = done && s.All && s.Left == 0
	}
	for _, s := range sources {
		if done { // with all of them: one that has ended sooner is not begun anew while others go on
			err = errors.Join(err, b.Frontier(s.ID).Finish(ctx))
		}
	}
	return came, err
}

// bare is an archive that says nothing of what it had last time: what a backfill looks for
// is not what is new since.
type bare struct{ Archive }

// source fills in one source. The error is the archive's, the frontier's or the context's.
func (b *Backfill) source(ctx context.Context, s vigie.Source, w vigie.Window) (Share, error) {
	p := &part{b: b, frontier: b.Frontier(s.ID), window: w, ask: meter{b.Client, s.ID}, had: map[string]bool{}}
	p.turn = turn{c: &b.Collector, source: s, site: newSite(p.notebook(), s), run: vigie.SourceRun{Source: s.ID}}
	p.bears = bearings{platform: s.Platform, one: b.Past != nil, broken: maxBroken}
	p.share = Share{Platform: cmp.Or(s.Platform, hostOf(s.Home)), Delay: s.Delay}
	if b.Past != nil {
		p.ask = meter{b.Client, ""} // what an archive bears, no site of the source does
		p.share.Platform, p.share.Delay = b.Past.Name(), pastDelay
		p.turn.doubter.never = true // the archive has no page for an address that never was
	} else {
		p.turn.fails.kept = b.failures // a public archive's say nothing of the site
	}
	b.tell(Event{Source: s.ID, Step: StepBegin, Run: p.turn.run})
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	err := p.work(fetch.OnWire(p.turn.site.listen(ctx), func() error { return b.spend(p, stop) }))
	if errors.Is(context.Cause(ctx), ErrSpent) {
		err = ErrSpent
	}
	if left, failed := p.frontier.Waiting(context.WithoutCancel(ctx)); failed == nil {
		p.share.Left = len(left)
	} else if err == nil {
		err = failed
	}
	if err != nil {
		err = fmt.Errorf("source %s: %w", s.ID, err)
	}
	p.turn.run.State = p.turn.state()
	p.share.SourceRun = p.turn.run
	b.tell(Event{Source: s.ID, Step: StepEnd, Run: p.turn.run})
	return p.share, err
}

// A part is a backfill's work with one source.
type part struct {
	b        *Backfill
	turn     turn
	frontier Frontier
	window   vigie.Window
	ask      meter
	share    Share
	bears    bearings
	trail    trail
	had      map[string]bool // pages whose turn came in this start, by canonical address
}

func (p *part) notebook() notebook {
	return notebook{p.ask, p.frontier, p.b.now, &p.trail, p.b.allowance.bring}
}

// work looks for the source's pages and brings them. What an earlier start has found comes
// before the lists that failed in it, which may do so for ever.
func (p *part) work(ctx context.Context) error {
	found, err := p.frontier.Found(ctx)
	if err != nil {
		return err
	}
	current := found.How == Declaration(p.turn.source) && p.b.now().Sub(found.At) < noteLife
	p.share.All = current && found.All
	if current && !found.All {
		if err := p.fetchAll(ctx); err != nil || p.listsRest() {
			return err
		}
	}
	if !p.share.All {
		if err := p.find(ctx); err != nil {
			return err
		}
	}
	return p.fetchAll(ctx)
}

// listsRest reports a source of which no list may be asked for in this start.
func (p *part) listsRest() bool {
	return !slices.ContainsFunc(p.turn.source.Discover, func(d vigie.Discovery) bool {
		return !p.bears.stops(cmp.Or(d.URL, p.turn.source.Home))
	})
}
