package scrapers

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"vigie"
)

// find follows all ways to pages and fills the frontier. Where one failed, what the
// others gave is taken, and the next start tries that one again.
func (p *part) find(ctx context.Context) error {
	var targets []vigie.Target
	var missed []miss
	p.turn.site.next = p.notebook()
	p.turn.missed = func(err error) {
		missed = append(missed, miss{p.trail.list, err})
		if _, given := errors.AsType[*givenUpError](err); !given && answerOf(err) != answerResting {
			p.b.allowance.bring() // which is noted, and the next start does otherwise
		}
	}
	defer func() { p.turn.missed = nil }()
	switch {
	case len(p.b.Pages) > 0:
		targets = p.named()
	case p.b.Past != nil:
		targets = p.snapshots(ctx)
	default:
		targets = asTargets(p.turn.discover(ctx, p.window), nil)
	}
	if p.turn.broken != nil {
		return p.turn.broken
	}
	again, err := p.weigh(context.WithoutCancel(ctx), missed)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	p.share.All, p.share.Oldest = !again, oldest(targets)
	// what a dry run finds is only what there is today, and what was not read is asked for in each start
	whole := len(missed) == 0 && !p.b.Dry
	return p.frontier.Fill(ctx, targets, vigie.Finding{How: Declaration(p.turn.source), All: whole, At: p.b.now()})
}

func oldest(targets []vigie.Target) (day vigie.Date) {
	for _, t := range targets {
		if t.Published != "" && (day == "" || t.Published.Compare(day) < 0) {
			day = t.Published
		}
	}
	return day
}

// Declaration stands for what a source's file says of how its pages are found.
func Declaration(s vigie.Source) string {
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
