package scrapers

import (
	"errors"
	"io"
	"net/http"

	"vigie"
	"vigie/scrapers/fetch"
)

// fail notes what went wrong and goes on.
func (t *turn) fail(address string, err error) {
	t.last = err
	if t.first == nil {
		t.first = err
		t.run.Error = advice(err, t.source.ID)
	}
	if t.missed != nil {
		t.missed(err)
	}
	t.weigh(address, err)
	t.c.log().Warn("page passed over", "source", t.source.ID, "url", address, "err", err)
	t.c.tell(Event{Source: t.source.ID, Step: StepFailed, URL: address, Err: err, Run: t.run})
}

// weigh notes what an error says of how those bear us who were asked for an address.
func (t *turn) weigh(address string, err error) {
	door, isDoor := errors.AsType[*PageError](err)
	status, answered := errors.AsType[*fetch.StatusError](err)
	_, resting := errors.AsType[*fetch.RestingError](err)
	who, shut := shutBy(err)
	a := answerFinal
	switch {
	case shut:
		a, t.deaf = answerResting, t.deaf || who != "" && !answered && !resting
	case isDoor && door.refuses(), answered && refusesUs(status):
		a = answerRefused
	case answered && !errors.Is(err, vigie.ErrNotFound), isUnsound(err):
		a = answerBroken
	case !refusalOfOurs(err):
		a, t.deaf = answerNone, true // some platforms refuse by hanging up
	}
	t.bears.note(address, a, err)
}

// refusesUs reports a status that is the site's answer to us, not to the address.
func refusesUs(s *fetch.StatusError) bool {
	return errors.Is(s, vigie.ErrBlocked) || s.Status == http.StatusTooManyRequests || s.Status == http.StatusServiceUnavailable
}

// isUnsound reports an answer whose body is none: in a form that cannot be read, cut, empty.
func isUnsound(err error) bool {
	return errors.Is(err, fetch.ErrEncoding) || errors.Is(err, fetch.ErrEmpty) || errors.Is(err, io.ErrUnexpectedEOF)
}

// refusalOfOurs reports errors that say nothing of how the site bears us.
func refusalOfOurs(err error) bool {
	for _, e := range []error{vigie.ErrBlocked, vigie.ErrNotFound, vigie.ErrTooLarge, fetch.ErrElsewhere, ErrChanged, ErrMoved, ErrBrowser, ErrShort, ErrAway, ErrVoid} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
