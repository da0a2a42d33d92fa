package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"vigie"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
	"vigie/store"
)

// A filling is one backfill under way.
type filling struct {
	*backfillCmd
	s      *session
	cfg    scrapers.Config
	chosen []vigie.Source
	window vigie.Window
	name   string        // the same for the same command: what was begun goes on
	client *fetch.Client // nil where nobody is asked
	fill   scrapers.Backfill
	store  *store.Store

	began, told time.Time
	pacing      pacing
	mu          sync.Mutex
	failures    map[string]error // the first of each source
	troubles    []string
}

// hold takes the lock of each source, and leaves out those that another backfill holds.
func (f *filling) hold() (release func(), err error) {
	var held []func() error
	release = func() {
		for _, r := range held {
			if err := r(); err != nil {
				f.s.log.Warn("lock not given back", "err", err)
			}
		}
	}
	var free []vigie.Source
	var locked error
	for _, src := range f.chosen {
		r, err := f.store.Lock(f.s.ctx, "source-"+src.ID)
		if errors.Is(err, vigie.ErrLocked) {
			locked = err
			f.trouble("%s: another backfill is at work on it, this one left it alone", src.ID)
			continue
		}
		if err != nil {
			return release, err
		}
		held, free = append(held, r), append(free, src)
	}
	if f.chosen = free; len(free) == 0 && locked != nil {
		return release, fmt.Errorf("backfill: %w", locked)
	}
	return release, nil
}

func (f *filling) trouble(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.troubles = append(f.troubles, fmt.Sprintf(format, args...))
}

// perform runs the backfill between the marks of the journal. How sources fared stays out
// of it: that they gave old pages says nothing of how they are tonight.
func (f *filling) perform() error {
	f.began = f.s.now()
	f.told, f.pacing.began = f.began, f.began
	run := vigie.Run{ID: runID(f.began), Job: "backfill", Window: f.window, Started: f.began}
	if err := f.store.BeginRun(f.s.ctx, run); err != nil {
		return fmt.Errorf("note the run: %w", err)
	}
	ctx := f.s.ctx
	if f.Deadline > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.Deadline)
		defer cancel()
	}
	f.fill.Archive, f.fill.Log, f.fill.Progress = keepFree(f.store, f.cfg.DB, f.cfg.KeepFree, diskFree), f.s.log, f.progress
	f.fill.Max, f.fill.Dry = f.MaxRequests, f.DryRun
	f.fill.Frontier = func(source string) scrapers.Frontier { return f.store.Frontier(f.name, source) }
	shares, err := f.fill.All(ctx, f.chosen, f.window)
	failed := err
	if f.client != nil {
		if kept := f.client.Close(context.WithoutCancel(ctx)); kept != nil && err == nil {
			failed = kept
		}
	}
	if errors.Is(err, scrapers.ErrSpent) || errors.Is(err, context.DeadlineExceeded) && f.s.ctx.Err() == nil {
		failed = nil
	}
	run.Ended = f.s.now()
	if failed != nil {
		run.Error = failed.Error()
	}
	if err := f.store.EndRun(context.WithoutCancel(f.s.ctx), run); err != nil && failed == nil {
		return fmt.Errorf("note the end of the run: %w", err)
	}
	switch {
	case failed != nil && f.s.ctx.Err() != nil:
		return errors.New("backfill was interrupted: what was fetched is archived, run it again to go on")
	case failed != nil:
		return fmt.Errorf("backfill: %w", failed)
	}
	return f.summary(shares, err)
}

// everySoOften is how often a backfill tells how far it is where no terminal shows it.
const everySoOften = time.Minute

// progress tells how far it is, how fast it goes and how long the rest will take.
func (f *filling) progress(e scrapers.Event) {
	if e.Step == scrapers.StepFailed {
		f.mu.Lock()
		if f.failures[e.Source] == nil {
			f.failures[e.Source] = e.Err
		}
		f.mu.Unlock()
	}
	asked, settled, found := f.fill.Standing()
	now := f.s.now()
	f.pacing.note(now, settled)
	text := f.pacing.text(now, asked, settled, found)
	f.s.progress("%s", text)
	if !f.s.terminal && now.Sub(f.told) >= everySoOften {
		f.told = now
		f.s.line("%s", text)
	}
}

// took is what a backfill was: so many requests, in what time, how fast.
func took(asked int, spent time.Duration) string {
	text := count(asked, "request", "requests") + " in " + roughly(spent)
	if asked > 0 && spent > 0 {
		text += fmt.Sprintf(", %.1f a second", float64(asked)/spent.Seconds())
	}
	return text
}

// roughly is a time in words that fit it.
func roughly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()+0.5))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()+0.5))
	}
	return fmt.Sprintf("%d h %02d min", int(d.Hours()), int(d.Minutes())%60)
}

// summary tells what was brought, and what is left.
func (f *filling) summary(shares []scrapers.Share, ended error) error {
	var brought, known, lost, left, aside int
	for _, s := range shares {
		brought, known, lost, left = brought+s.New+s.Changed+s.Same, known+s.Known, lost+s.Lost, left+s.Left
		aside += s.Skipped
		f.judge(s)
		f.depth(s)
	}
	if aside > 0 {
		f.s.line("backfill: %s left aside: without a keyword of their source, or on another site", count(aside, "link", "links"))
	}
	asked, _, _ := f.fill.Standing()
	if f.DryRun {
		f.estimate(shares, known)
	} else {
		f.s.say("%s archived, %d there already, %d not to be had, %d left; %s", count(brought, "page", "pages"), known, lost, left, took(asked, f.s.now().Sub(f.began)))
		if brought > 0 {
			f.s.say("vigie transform reads them, and so does the next run")
		}
	}
	switch {
	case errors.Is(ended, scrapers.ErrSpent) && asked > f.MaxRequests:
		f.trouble("the %s of --max-requests brought nothing, so one page or list was brought to its end, with its redirects and tries, after %d: the same command goes on",
			count(f.MaxRequests, "request", "requests"), asked)
	case errors.Is(ended, scrapers.ErrSpent):
		f.trouble("the %s of --max-requests are made: the same command goes on", count(f.MaxRequests, "request", "requests"))
	case ended != nil:
		f.trouble("the deadline has passed: the same command goes on")
	case left > 0 && !f.DryRun:
		f.trouble("%s left: the same command goes on", count(left, "page is", "pages are"))
	}
	if len(f.troubles) == 0 {
		return nil
	}
	f.s.say("what needs a look:")
	for _, line := range f.troubles {
		f.s.say("  - %s", line)
	}
	return errPartly
}

// maxNamed is how many pages are named of those that are told alike.
const maxNamed = 5

// judge tells of pages that were given up, and of a source whose ways to find pages did not
// all work. A page that is gone is no trouble: that is what one finds in the past.
func (f *filling) judge(s scrapers.Share) {
	for i, page := range s.GivenUp {
		if i == maxNamed {
			f.trouble("%s: %s more given up", s.Source, count(len(s.GivenUp)-i, "page", "pages"))
			break
		}
		f.trouble("%s: given up, it failed in several starts: %s", s.Source, page)
	}
	f.gaps(s)
	first := f.failures[s.Source]
	told := func(g scrapers.Gap) bool { return g.Err.Error() == first.Error() }
	if first == nil || s.All && s.Left == 0 || slices.ContainsFunc(s.Gaps, told) {
		return
	}
	if !s.All && s.Left == 0 {
		f.trouble("%s: a list could not be read, the same command asks for it again: %s", s.Source, unfetched(first))
		return
	}
	f.trouble("%s: %s", s.Source, unfetched(first))
}

// gaps tells where the reading of lists has ended for good: to begin again would bring no more.
func (f *filling) gaps(s scrapers.Share) {
	for i, g := range s.Gaps {
		cause := strings.TrimPrefix(g.Err.Error(), "get ")
		switch {
		case i == maxNamed:
			f.trouble("%s: %s more given up", s.Source, count(len(s.Gaps)-i, "list", "lists"))
			return
		case g.Starts == 0:
			f.trouble("%s: %s: a bound, which the same command meets again; what is behind it may come by %s", s.Source, cause, f.around())
		default:
			f.trouble("%s: a list is given up, it failed in %d starts: %s; the backfill ends without it, and pages that it alone leads to may be missing", s.Source, g.Starts, cause)
		}
	}
}

// around is how to come by what lies behind a bound.
func (f *filling) around() string {
	if f.fill.Past != nil {
		return "a shorter window"
	}
	return "a later --since, a higher max_pages in the source's file, or --via wayback"
}

// depth tells how far back a source's feeds go, where that is not to the window's start: a
// feed has its last items, and nobody can tell what was before.
func (f *filling) depth(s scrapers.Share) {
	i := slices.IndexFunc(f.chosen, func(src vigie.Source) bool { return src.ID == s.Source })
	if i < 0 || f.fill.Past != nil || s.Oldest == "" || !f.window.Since.First().Before(s.Oldest.First()) {
		return
	}
	for _, d := range f.chosen[i].Discover {
		if d.Method != "feed" {
			return
		}
	}
	f.s.line("%s: its feed goes back to %s and no further; what is older may be in a public archive: --via wayback", s.Source, s.Oldest)
}

// defaultDelay is the client's, between two requests to a platform.
const defaultDelay = 3 * time.Second

// estimate says what it would take: platforms are asked side by side, so the slowest counts.
func (f *filling) estimate(shares []scrapers.Share, known int) {
	requests, longest := 0, time.Duration(0)
	platforms := map[string]time.Duration{}
	for _, s := range shares {
		delay := cmp.Or(s.Delay, defaultDelay)
		if s.Delay == 0 && f.cfg.Network.Delay != nil {
			delay = *f.cfg.Network.Delay
		}
		requests += s.Left
		platforms[s.Platform] += time.Duration(s.Left) * delay
		longest = max(longest, platforms[s.Platform])
		if s.Left > 0 {
			f.s.line("%s: %s to ask for, of %s, one every %v", s.Source, count(s.Left, "page", "pages"), s.Platform, delay)
		}
	}
	if f.offline() {
		f.s.say("dry run: %s to read from the file, %d archived already, no request", count(requests, "page", "pages"), known)
		return
	}
	f.s.say("dry run: at least %s to make, in %s or more; %s archived already", count(requests, "request", "requests"), roughly(longest), count(known, "page", "pages"))
}
