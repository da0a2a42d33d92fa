package scrapers

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"vigie"
)

// discover returns the links of all the source's ways that are worth asking for.
func (t *turn) discover(ctx context.Context, w vigie.Window) []*found {
	set := linkSet{index: map[string]*found{}}
	ways := make([]way, len(t.source.Discover))
	for i, d := range t.source.Discover {
		ways[i].Discovery = d
		t.discoverBy(ctx, &ways[i], w, &set)
		if t.broken != nil {
			return nil
		}
		t.worked = t.worked || ways[i].errs == 0
	}
	if t.worked && ctx.Err() == nil {
		t.hearLists(ctx, ways, w)
		t.hearSilence(ctx, w)
		t.hearRhythm(w)
	}
	return t.choose(set.links)
}

// discoverBy adds the links of one way to the set, and to the way what came of it.
func (t *turn) discoverBy(ctx context.Context, by *way, w vigie.Window, set *linkSet) {
	d := by.Discovery
	method, ok := discoverer(d.Method)
	match, err := regexp.Compile(d.Match)
	if !ok || err != nil { // Load refuses both
		t.fail(d.URL, fmt.Errorf("discover: method %q, match %q: %w", d.Method, d.Match, err))
		by.errs++
		return
	}
	today := dayOf(t.c.now())
	for l, err := range method.Discover(ctx, t.getter(w), d, w) {
		if err == nil {
			l = believed(l, today)
			t.fresh.see(d, l)
			by.links++
		}
		switch {
		case ctx.Err() != nil:
			return
		case isArchive(err):
			t.broken = err
			return
		case err != nil:
			by.errs++
			t.changed = t.changed || errors.Is(err, ErrChanged) || errors.Is(err, ErrMoved)
			t.fail(d.URL, err)
			if errors.Is(err, ErrChanged) || errors.Is(err, vigie.ErrNotFound) {
				t.lost = append(t.lost, d)
			}
		case !match.MatchString(l.URL):
		default:
			t.worked = true
			t.bears.note(d.URL, answerFinal, nil)
			if by.leaning.own == 0 {
				by.leaning.add(t.site.has(l.URL), l.URL)
			}
			if err := set.add(l, onTopic(d)); errors.Is(err, vigie.ErrTooLarge) {
				t.fail(d.URL, err)
				return
			} else if err != nil {
				t.skip(l) // an address that names no page
			}
		}
	}
}

func isArchive(err error) bool {
	_, ok := errors.AsType[*archiveError](err)
	return ok
}

// choose leaves aside what is not the source's own, leads round in circles, or holds no
// keyword.
func (t *turn) choose(links []*found) []*found {
	topic, leaning := newTopic(t.source.Keywords), leaning{}
	kept := links[:0]
	for _, f := range links {
		t.run.Found++
		own := t.site.has(f.URL)
		if trap(f.canonical) || !f.onTopic && !topic.holds(f.Link) {
			t.skip(f.Link)
			continue
		}
		if own || t.leadsAway(f.URL) {
			leaning.add(own, f.URL)
		}
		if !own {
			t.skip(f.Link)
			continue
		}
		if f.Published != "" && (t.run.Newest == "" || f.Published.Compare(t.run.Newest) > 0) {
			t.run.Newest = f.Published
		}
		kept = append(kept, f)
	}
	told := func(err error) bool { return errors.Is(err, ErrAway) }
	if err := leaning.err(); err != nil && !told(t.first) && !slices.ContainsFunc(t.notes, told) {
		t.notes = append(t.notes, err)
	}
	return kept
}
