package scrapers

import (
	"errors"
	"io"
	"net"
	"net/http"

	"vigie"
	"vigie/scrapers/fetch"
)

// An answer is what came of asking for a page, by what it says of another time.
type answer int

const (
	answerFinal   answer = iota // the page, or that it cannot be had
	answerBroken                // an error of the server's, or what cannot be read: of this page, for all we know
	answerRefused               // of us
	answerNone                  // no answer at all
	answerResting               // the site is left alone, and was not asked
)

func answerOf(err error) answer {
	_, resting := errors.AsType[*fetch.RestingError](err)
	door, isDoor := errors.AsType[*PageError](err)
	status, isStatus := errors.AsType[*fetch.StatusError](err)
	_, network := errors.AsType[net.Error](err)
	switch {
	case err == nil:
		return answerFinal
	case resting:
		return answerResting
	case isDoor && door.refuses(), isStatus && (errors.Is(err, vigie.ErrBlocked) || tooMuch(status.Status)):
		return answerRefused
	case isStatus && status.Status >= http.StatusInternalServerError:
		return answerBroken
	case isDoor, isStatus, refusalOfOurs(err):
		return answerFinal
	case network, errors.Is(err, io.EOF):
		return answerNone
	}
	return answerBroken
}

// tooMuch reports a status that asks us to come less often, or later.
func tooMuch(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// A bearing is how a site bears a backfill that is at work on it.
type bearing struct {
	refused int  // in a row: refusals, and no answers, since some platforms refuse by hanging up
	broken  int  // in a row
	heard   bool // a page was given, or is gone, or is broken
	resting bool
}

const (
	maxBroken = 10 // in a row, and it is the site: a page alone may be broken for ever

	maxStarts       = 3 // in which a page is asked for in vain
	maxSilentStarts = 9 // likewise, where no other page was answered either
)

func (b *bearing) note(a answer) {
	switch a {
	case answerFinal:
		b.refused, b.broken, b.heard = 0, 0, true
	case answerBroken:
		b.refused, b.heard = 0, true
		b.broken++
	case answerRefused, answerNone:
		b.refused++
	case answerResting:
		b.resting = true
	}
}

// stops reports a site that is to be left alone until the next start.
func (b *bearing) stops() bool {
	return b.resting || b.refused >= maxRefused || b.broken >= maxBroken
}

// patience is how many starts a page is asked for in that gives such an answer.
func (b *bearing) patience(a answer) int {
	if a == answerNone && !b.heard {
		return maxSilentStarts
	}
	return maxStarts
}
