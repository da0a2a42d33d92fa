package scrapers

import (
	"context"
	"encoding/json"
	"errors"
	"time"

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
		known, given := errors.AsType[*givenUpError](m.err)
		switch answer := answerOf(m.err); {
		case errors.Is(m.err, ErrShort):
			p.share.Gaps = append(p.share.Gaps, Gap{Err: m.err})
		case given:
			p.share.Gaps = append(p.share.Gaps, Gap{known, known.Starts})
		case counted[m.name()]:
		case answer == answerResting: // it was not asked
			again = true
		default:
			counted[m.name()] = true
			patience := bearing{heard: p.trail.heard}
			starts, err := p.notebook().unread(ctx, m.name(), m.err, patience.patience(answer))
			if err != nil {
				return false, err
			}
			if starts < patience.patience(answer) {
				again = true
				continue
			}
			p.share.Gaps = append(p.share.Gaps, Gap{m.err, starts})
		}
	}
	return again, nil
}

// vain marks the notes of lists that could not be read.
const vain = "? "

// A vainNote says how often a list was asked for in vain.
type vainNote struct {
	Starts int
	Why    string
	Final  bool // it is given up
}

// unread notes a list that was of no use in this start, and returns in how many it was. What
// it answered is not taken for the list again.
func (n notebook) unread(ctx context.Context, list string, why error, patience int) (starts int, err error) {
	note, _, err := n.vainNote(ctx, list)
	if err != nil {
		return 0, err
	}
	note = vainNote{note.Starts + 1, why.Error(), note.Starts+1 >= patience}
	text, err := json.Marshal(note)
	if err != nil {
		return 0, err
	}
	if err := n.frontier.Note(ctx, list, vigie.Capture{URL: list}, nil); err != nil { // without a time it has expired
		return 0, err
	}
	return note.Starts, n.frontier.Note(ctx, vain+list, vigie.Capture{URL: list, Time: n.now()}, text)
}

// vainNote returns what is noted of a list, and when; nothing where it never failed.
func (n notebook) vainNote(ctx context.Context, list string) (note vainNote, when time.Time, err error) {
	c, text, err := n.frontier.Recall(ctx, vain+list)
	if errors.Is(err, vigie.ErrNotFound) {
		return note, when, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &note)
	}
	return note, c.Time, err
}

// A givenUpError is what a list came to in the start that gave it up.
type givenUpError struct{ vainNote }

func (e *givenUpError) Error() string { return e.Why }

// vainRest is how long a list that is given up is not asked for: starts that are short of
// requests would spend them all on it.
const vainRest = 20 * time.Hour

// givenUp returns why a list is not to be asked for now.
func (n notebook) givenUp(ctx context.Context, list string) error {
	note, when, err := n.vainNote(ctx, list)
	if err == nil && note.Final && n.now().Sub(when) < vainRest {
		return &givenUpError{note}
	}
	return err
}
