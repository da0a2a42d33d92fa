package scrapers

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"vigie"
)

// Owners say whose page an address is that no list of a source names: of all sources that
// are configured, the one that is at home nearest to it. They are read-only.
type Owners struct {
	sources []vigie.Source
	hosts   map[string][]claim // by host, without www.
}

// A claim is a place on a host that a source's file names.
type claim struct {
	source int
	path   []string // none of a host alone
	place  bool     // all below it is the source's
}

// What an address without an owner is.
var (
	ErrNobodys = errors.New("of no configured source")
	ErrShared  = errors.New("of several sources alike")
)

// NewOwners takes all sources there are, disabled ones too: what is theirs is nobody else's.
func NewOwners(sources []vigie.Source) *Owners {
	o := &Owners{sources, map[string][]claim{}}
	for i, s := range sources {
		for _, h := range s.Hosts {
			o.add(i, "https://"+h, false)
		}
		o.add(i, s.Home, true)
		for _, d := range s.Discover {
			for _, address := range append([]string{d.URL}, d.URLs...) {
				// a feed that lies at a host's root makes nobody at home on all of it
				o.add(i, address, len(segments(address)) > 0)
			}
		}
	}
	return o
}

func (o *Owners) add(source int, address string, place bool) {
	if host := ownedHost(address); host != "" {
		o.hosts[host] = append(o.hosts[host], claim{source, segments(address), place})
	}
}

func ownedHost(address string) string {
	return strings.TrimPrefix(hostOf(canonicalOr(address)), "www.")
}

// segments are those of an address's path, without a file's name.
func segments(address string) []string {
	u, err := url.Parse(canonicalOr(address))
	if err != nil {
		return nil
	}
	all := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if n := len(all); n > 0 && strings.Contains(all[n-1], ".") {
		all = all[:n-1]
	}
	return all
}

// Of returns the source whose page an address is: the only one on its host, the one whose
// place it lies in, of several the innermost, else the one with whose places it has most of
// its path in common. The error is [ErrNobodys], or [ErrShared] where two are as near.
func (o *Owners) Of(address string) (vigie.Source, error) {
	path, near := segments(address), map[int]nearness{}
	for _, c := range o.hosts[ownedHost(address)] {
		if n := c.to(path); n.compare(near[c.source]) >= 0 {
			near[c.source] = n
		}
	}
	best, tie := -1, false
	for source, n := range near {
		d := 1
		if best >= 0 {
			d = n.compare(near[best])
		}
		tie = d == 0 || tie && d < 0
		if d > 0 {
			best = source
		}
	}
	switch {
	case best < 0:
		return vigie.Source{}, fmt.Errorf("%s: %w", address, ErrNobodys)
	case tie:
		return vigie.Source{}, fmt.Errorf("%s: %w", address, ErrShared)
	}
	return o.sources[best], nil
}

// nearness is how near an address lies to a place, in segments.
type nearness struct {
	in     int // of the place that it lies in, and one; zero: it does not
	common int
}

func (n nearness) compare(m nearness) int {
	return cmp.Or(cmp.Compare(n.in, m.in), cmp.Compare(n.common, m.common))
}

func (c claim) to(path []string) (n nearness) {
	for n.common < min(len(path), len(c.path)) && path[n.common] == c.path[n.common] {
		n.common++
	}
	if c.place && n.common == len(c.path) {
		n.in = n.common + 1
	}
	return n
}
