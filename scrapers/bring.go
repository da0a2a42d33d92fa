package scrapers

import (
	"context"
	"errors"
	"slices"
	"strings"

	"vigie"
)

// fetchAll brings what waits, each page once in a start. Where the site does not bear it, the
// rest goes on waiting.
func (p *part) fetchAll(ctx context.Context) error {
	waiting, err := p.frontier.Waiting(ctx)
	if err != nil {
		return err
	}
	waiting = slices.DeleteFunc(waiting, func(t vigie.Target) bool { return p.had[t.Canonical] })
	p.turn.worked = p.turn.worked || len(waiting) > 0
	p.b.found.Add(int64(len(waiting)))
	p.turn.site.next = p.ask
	if p.b.Past != nil {
		places := map[string]string{}
		for _, t := range waiting {
			places[t.URL] = t.Place
		}
		p.turn.site.next = pastGetter{p.ask, p.b.Past, p.window, places}
	}
	if err := p.turn.fails.read(ctx, p.turn.source.ID); err != nil {
		return err
	}
	for _, t := range waiting {
		if p.bears.stops(t.URL) {
			p.b.found.Add(-1) // of this start
			continue
		}
		p.had[t.Canonical] = true
		if err := p.bring(ctx, t); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// bring settles one page: it is in the archive, or cannot be had. What may be had
// another time goes on waiting.
func (p *part) bring(ctx context.Context, t vigie.Target) error {
	last, known, err := p.b.latest(ctx, vigie.NewDocumentID(t.Canonical, nil))
	if err != nil {
		return err
	}
	if known && (last.Fault == "" || last.Fault == vigie.FaultData || last.Fault == vigie.FaultReserved) {
		p.share.Known++
		p.b.found.Add(-1) // it costs no time, and says nothing of what the others will
		return p.settle(ctx, t, vigie.TargetDone, nil)
	}
	if p.b.Dry {
		return nil
	}
	p.turn.last = nil
	if err := p.turn.visit(ctx, &found{t.Link, t.Canonical, true}); err != nil {
		return err
	}
	err = p.turn.last
	_, door := errors.AsType[*PageError](err)
	archived := door && p.b.Past != nil // no other day will change it, and nobody refuses us
	answer := answerOf(err)
	if archived {
		answer = answerFinal
	}
	p.bears.note(t.URL, answer, err)
	switch {
	case err == nil:
		p.b.settled.Add(1)
		return p.settle(ctx, t, vigie.TargetDone, nil)
	case answer == answerFinal:
		p.share.Lost++
		p.b.settled.Add(1)
		return p.settle(ctx, t, vigie.TargetFailed, err)
	case answer == answerResting: // it was not asked
		p.b.found.Add(-1)
		return nil
	default:
		return p.postpone(ctx, t, p.bears.of(t.URL).patience(answer), err)
	}
}

// postpone leaves a page for another start, unless it was asked for in vain so often that
// it would be for ever.
func (p *part) postpone(ctx context.Context, t vigie.Target, patience int, why error) error {
	tries, err := p.frontier.Postpone(ctx, t.Canonical, why.Error())
	if err != nil {
		return err
	}
	p.b.allowance.bring()
	if tries < patience {
		p.b.found.Add(-1) // of this start
		return nil
	}
	text := strings.TrimPrefix(why.Error(), "get ")
	if !strings.Contains(text, t.URL) {
		text = t.URL + ": " + text
	}
	p.share.Lost++
	p.b.settled.Add(1)
	p.share.GivenUp = append(p.share.GivenUp, text)
	return p.settle(ctx, t, vigie.TargetFailed, why)
}

func (p *part) settle(ctx context.Context, t vigie.Target, state vigie.TargetState, why error) error {
	text := ""
	if why != nil {
		text = why.Error()
	}
	defer p.b.allowance.bring()
	return p.frontier.Settle(ctx, t.Canonical, state, text)
}
