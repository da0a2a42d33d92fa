package scrapers

import (
	"errors"
	"io"
	"net"
	"net/http"

	"vigie/scrapers/fetch"
)

// An answer is what came of asking for a page, by what it says of another time.
type answer int

const (
	answerFinal   answer = iota // the page, or that it cannot be had
	answerBroken                // an error of the server's, or what cannot be read: of this page, for all we know
	answerRefused               // of us
	answerNone                  // no answer at all
	answerResting               // it was not asked, and nothing is for now where it lies
)

func answerOf(err error) answer {
	door, isDoor := errors.AsType[*PageError](err)
	status, isStatus := errors.AsType[*fetch.StatusError](err)
	_, network := errors.AsType[net.Error](err)
	_, shut := shutBy(err)
	switch {
	case err == nil:
		return answerFinal
	case shut:
		return answerResting
	case isDoor && door.refuses(), isStatus && refusesUs(status):
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

// A bearing is how one bears us who is asked for pages: a site, or all of those that bear
// load together.
type bearing struct {
	name    string
	refused int  // in a row: refusals, and no answers, since some platforms refuse by hanging up
	broken  int  // in a row
	denied  int  // refusals and no answers, whatever came between them
	heard   bool // a page was given, or is gone, or is broken
	resting bool
	trusted bool // of a page a list says that it is as the archive has it: it was not asked for
}

const (
	maxRefused = 3  // in a row, and the site is left alone until the next run, or start
	maxUnsound = 6  // of broken pages a site may have a few on a night; all of them are the site's
	maxBroken  = 10 // likewise in a backfill: a page alone may be broken for ever

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
		b.denied++
	case answerResting:
		b.resting = true
	}
}

// stops reports one that is to be left alone until the next start; so many broken pages in a
// row are too many.
func (b *bearing) stops(broken int) bool {
	return b.resting || b.refused >= maxRefused || b.broken >= broken
}

// patience is how many starts a page is asked for in that gives such an answer.
func (b *bearing) patience(a answer) int {
	if a == answerNone && !b.heard {
		return maxSilentStarts
	}
	return maxStarts
}
