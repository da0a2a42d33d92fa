package scrapers

import (
	"context"
	"errors"
	"strconv"

	"vigie"
	"vigie/scrapers/fetch"
)

// A Gap is where the reading of lists ends, though they go on: what only the lists behind it
// name is missing.
type Gap struct {
	Err    error
	Starts int // in which a list was asked for in vain; zero: a bound of ours, which another start meets again
}

// A miss is a list that could not be read in this start.
type miss struct {
	list string // empty: none was asked for
	err  error
}

// name is what a list goes by that was not asked for: its error says which it is.
func (m miss) name() string {
	if m.list == "" || errors.Is(m.err, fetch.ErrElsewhere) {
		return m.err.Error()
	}
	return m.list
}

// weigh counts the starts in which lists were asked for in vain, and says whether one is to
// be asked for again. The others are gaps: a backfill that waits for them has no end.
func (p *part) weigh(ctx context.Context, missed []miss) (again bool, err error) {
	counted := map[string]bool{}
	for _, m := range missed {
		switch answer := answerOf(m.err); {
		case errors.Is(m.err, ErrShort):
			p.share.Gaps = append(p.share.Gaps, Gap{Err: m.err})
		case counted[m.name()]:
		case answer == answerResting: // it was not asked
			again = true
		default:
			counted[m.name()] = true
			starts, err := p.notebook().unread(ctx, m.name())
			if err != nil {
				return false, err
			}
			patience := bearing{heard: p.trail.heard}
			if starts < patience.patience(answer) {
				again = true
				continue
			}
			p.share.Gaps = append(p.share.Gaps, Gap{m.err, starts})
		}
	}
	return again, nil
}

// vain marks the notes of lists that could not be read: in how many starts.
const vain = "? "

// unread notes a list that was of no use in this start, and returns in how many it was. What
// it answered is not taken for the list again.
func (n notebook) unread(ctx context.Context, list string) (starts int, err error) {
	_, count, err := n.frontier.Recall(ctx, vain+list)
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return 0, err
	}
	starts, _ = strconv.Atoi(string(count)) // nothing is zero
	starts++
	if err := n.frontier.Note(ctx, list, vigie.Capture{URL: list}, nil); err != nil { // without a time it has expired
		return 0, err
	}
	return starts, n.frontier.Note(ctx, vain+list, vigie.Capture{URL: list, Time: n.now()}, []byte(strconv.Itoa(starts)))
}
