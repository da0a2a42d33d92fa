package scrapers

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
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
	Pages     []string // asked for in place of what the sources list; empty: that
	Owners    *Owners  // whose pages these are, and those of Past; nil: of the sources that are filled in
	Max       int      // requests, each redirect, try and robots.txt being one; zero: no limit
	Dry       bool     // find the pages, fetch none
	Frontier  func(source string) Frontier

	owners                *Owners
	failures              Failures // of the archive, if it keeps them
	asked, found, settled atomic.Int64
}

// A Frontier is how far a backfill is with a source; *store.Frontier is one. What it took
// without an error outlives the process.
type Frontier interface {
	// Found returns how all pages were found; nothing while some are not.
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

// Standing returns how many requests were made, and how many of the pages found that the
// archive has not got are settled. It may be called at any moment.
func (b *Backfill) Standing() (asked, settled, found int) {
	return int(b.asked.Load()), int(b.settled.Load()), int(b.found.Load())
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
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	ctx = fetch.OnWire(ctx, func() error { return b.spend(stop) })
	shares := make([]Share, len(sources))
	group, all := errgroup.WithContext(ctx)
	group.SetLimit(cmp.Or(b.Workers, defaultWorkers))
	for i, s := range sources {
		group.Go(func() (err error) {
			if all.Err() != nil {
				return context.Cause(all)
			}
			shares[i], err = b.source(all, s, w)
			if err != nil && all.Err() != nil {
				return context.Cause(all)
			}
			return err
		})
	}
	err := group.Wait()
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

// ErrSpent is the end of a backfill that has made as many requests as it may.
var ErrSpent = errors.New("as many requests as allowed are made")

// spend counts a request, and ends the backfill in place of one too many.
func (b *Backfill) spend(stop context.CancelCauseFunc) error {
	if n := b.asked.Add(1); b.Max > 0 && n > int64(b.Max) {
		b.asked.Add(-1)
		stop(ErrSpent)
		return ErrSpent
	}
	b.tell(Event{Step: StepAsk})
	return nil
}

// bare is an archive that says nothing of what it had last time: what a backfill looks for
// is not what is new since.
type bare struct{ Archive }

// source fills in one source. The error is the archive's, the frontier's or the context's.
func (b *Backfill) source(ctx context.Context, s vigie.Source, w vigie.Window) (Share, error) {
	p := &part{b: b, frontier: b.Frontier(s.ID), window: w, ask: meter{b.Client, s.ID}}
	p.turn = turn{c: &b.Collector, source: s, site: newSite(p.notebook(), s), run: vigie.SourceRun{Source: s.ID}}
	p.share = Share{Platform: cmp.Or(s.Platform, hostOf(s.Home)), Delay: s.Delay}
	if b.Past != nil {
		p.share.Platform, p.share.Delay = b.Past.Name(), pastDelay
		p.turn.doubter.asked = true // the archive has no page for an address that never was
	} else {
		p.turn.fails.kept = b.failures // a public archive's say nothing of the site
	}
	b.tell(Event{Source: s.ID, Step: StepBegin, Run: p.turn.run})
	err := p.work(ctx)
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
	bearing  bearing
	trail    trail
}

func (p *part) notebook() notebook { return notebook{p.ask, p.frontier, p.b.now, &p.trail} }

func (p *part) work(ctx context.Context) error {
	found, err := p.frontier.Found(ctx)
	if err != nil {
		return err
	}
	p.share.All = found.All && found.How == declaration(p.turn.source) && p.b.now().Sub(found.At) < noteLife
	if !p.share.All {
		if err := p.find(ctx); err != nil {
			return err
		}
	}
	waiting, err := p.frontier.Waiting(ctx)
	if err != nil {
		return err
	}
	p.turn.worked = p.turn.worked || len(waiting) > 0
	p.b.found.Add(int64(len(waiting)))
	return p.fetchAll(ctx, waiting)
}

// find follows all ways to pages and fills the frontier. Where one failed, what the
// others gave is taken, and the next start tries that one again.
func (p *part) find(ctx context.Context) error {
	var targets []vigie.Target
	var missed []miss
	p.turn.missed = func(err error) { missed = append(missed, miss{p.trail.list, err}) }
	defer func() { p.turn.missed = nil }()
	switch {
	case len(p.b.Pages) > 0:
		targets = p.named()
	case p.b.Past != nil:
		targets = p.snapshots(ctx)
	default:
		targets = asTargets(p.turn.discover(ctx, p.window), nil)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if p.turn.broken != nil {
		return p.turn.broken
	}
	again, err := p.weigh(ctx, missed)
	if err != nil {
		return err
	}
	p.share.All, p.share.Oldest = !again, oldest(targets)
	// what a dry run finds is only what there is today, and what was not read is asked for in each start
	whole := len(missed) == 0 && !p.b.Dry
	return p.frontier.Fill(ctx, targets, vigie.Finding{How: declaration(p.turn.source), All: whole, At: p.b.now()})
}

func oldest(targets []vigie.Target) (day vigie.Date) {
	for _, t := range targets {
		if t.Published != "" && (day == "" || t.Published.Compare(day) < 0) {
			day = t.Published
		}
	}
	return day
}

// declaration is what a source's file says of how its pages are found.
func declaration(s vigie.Source) string {
	text, err := json.Marshal([]any{s.Home, s.Hosts, s.Discover, s.Keywords})
	if err != nil {
		panic(err) // texts and numbers
	}
	return vigie.Digest(text)[:16]
}

// named are the pages asked for that are the source's.
func (p *part) named() []vigie.Target {
	set := linkSet{index: map[string]*found{}}
	for _, address := range p.b.Pages {
		if p.owns(address) {
			set.add(vigie.Link{URL: address}, true) // whose error is no address: has refuses those
		}
	}
	return asTargets(p.turn.choose(set.links), nil)
}

// snapshots are the pages that the public archive has of the source's hosts.
func (p *part) snapshots(ctx context.Context) []vigie.Target {
	set, places := linkSet{index: map[string]*found{}}, map[string]string{}
	asked := map[string]bool{}
	for _, host := range p.turn.site.hosts {
		name := strings.TrimPrefix(strings.ToLower(host), "www.") // archives make no difference
		if asked[name] {
			continue
		}
		asked[name] = true
		for s, err := range p.b.Past.Snapshots(ctx, p.notebook(), name, p.window) {
			if ctx.Err() != nil {
				return nil
			}
			if err == nil {
				err = p.place(ctx, &set, places, s)
			}
			if err != nil {
				p.turn.fail(p.b.Past.Name(), err)
				if errors.Is(err, ErrShort) {
					break
				}
				continue
			}
			p.turn.worked = true
		}
	}
	return asTargets(p.turn.choose(set.links), places)
}

// place takes in a snapshot, unless the page is there. Addresses that name no page, or
// one of another source, are passed over: archives are full of them.
func (p *part) place(ctx context.Context, set *linkSet, places map[string]string, s Snapshot) error {
	canonical, err := vigie.CanonicalURL(s.URL)
	if err != nil || !p.owns(s.URL) {
		return nil
	}
	if _, ok := places[canonical]; ok {
		return nil
	}
	places[canonical] = s.Place
	return set.add(vigie.Link{URL: s.URL}, p.saysSo(ctx, s))
}

// saysSo reports whether a page in a file on this machine holds a keyword, where its
// address does not: to look costs no request. Of the others the address alone is known.
func (p *part) saysSo(ctx context.Context, s Snapshot) bool {
	topic := newTopic(p.turn.source.Keywords)
	file, local := p.b.Past.(warcFile)
	if !local || topic.holds(vigie.Link{URL: s.URL}) {
		return false
	}
	resp, err := file.Fetch(ctx, nil, s, p.window)
	if err != nil || !isHTML(resp.Body) {
		return true // the visit, or the reading, will tell
	}
	return topic.in(squeeze(string(resp.Body)))
}

// owns reports whether a page that no list of the source names is the source's.
func (p *part) owns(address string) bool {
	owner, err := p.b.owners.Of(address)
	return err == nil && owner.ID == p.turn.source.ID
}

func asTargets(links []*found, places map[string]string) []vigie.Target {
	var targets []vigie.Target
	for _, f := range links {
		targets = append(targets, vigie.Target{Link: f.Link, Canonical: f.canonical, Place: places[f.canonical]})
	}
	return targets
}
