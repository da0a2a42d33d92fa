package scrapers

import (
	"cmp"
	"errors"

	"vigie"
	"vigie/scrapers/fetch"
)

// Bearings are those of all who are asked for a source's pages: each of its sites has one of
// its own, so that one which is down or refuses us keeps nobody from the others; sites that
// bear load together have one. The zero value knows of nobody.
type bearings struct {
	platform string // the source's, if it has one
	one      bool   // all is asked of one, a public archive, whatever the address
	broken   int    // pages in a row that are too many; zero: maxUnsound
	all      []*bearing
}

// of returns the bearing of who is asked for an address.
func (b *bearings) of(address string) *bearing {
	if b.one {
		return b.named("")
	}
	return b.named(cmp.Or(b.platform, hostOf(address)))
}

func (b *bearings) named(name string) *bearing {
	for _, s := range b.all {
		if fetch.SameHost(s.name, name) {
			return s
		}
	}
	b.all = append(b.all, &bearing{name: name})
	return b.all[len(b.all)-1]
}

// note takes in what came of asking for an address: an answer, as the error says. Who is not
// asked for now may be another, to whom it leads.
func (b *bearings) note(address string, a answer, err error) {
	who, shut := shutBy(err)
	switch {
	case shut && who != "" && !b.one:
		b.named(who).note(answerResting)
	case shut || !errors.Is(err, fetch.ErrUnasked):
		b.of(address).note(a)
	}
}

// stops reports an address that is not to be asked for until the next start.
func (b *bearings) stops(address string) bool {
	return b.of(address).stops(b.tooMany()) || !b.one && b.named(hostOf(address)).resting
}

func (b *bearings) tooMany() int { return cmp.Or(b.broken, maxUnsound) }

// shutBy returns who is not asked for anything for now, as an error says: a site without its
// robots.txt, a platform that rests; nobody by name where our own book could not be kept. A
// page that a robots.txt forbids says nothing of the others.
func shutBy(err error) (who string, shut bool) {
	if closed, ok := errors.AsType[*fetch.ClosedError](err); ok {
		return closed.Host, true
	}
	if resting, ok := errors.AsType[*fetch.RestingError](err); ok {
		return resting.Platform, true
	}
	return "", errors.Is(err, fetch.ErrUnasked) && !errors.Is(err, vigie.ErrBlocked)
}
