package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"vigie"
	"vigie/scrapers"
)

// strays are addresses of --urls that nobody will be asked for, by the reason why, in the
// order met.
type strays struct {
	reasons   []string
	addresses map[string][]string
}

// strayed finds them: an address is asked for as a page of its source's, so it must have
// one, that is at work.
func strayed(addresses []string, owners *scrapers.Owners, chosen []vigie.Source) strays {
	s := strays{addresses: map[string][]string{}}
	for _, address := range addresses {
		owner, err := owners.Of(address)
		switch {
		case errors.Is(err, scrapers.ErrShared):
			s.add("several sources may claim alike", address)
		case err != nil:
			s.add("no configured source has on its site", address)
		case owner.Disabled != "":
			s.add(fmt.Sprintf("%s has, which is disabled (%s)", owner.ID, owner.Disabled), address)
		case !slices.ContainsFunc(chosen, func(c vigie.Source) bool { return c.ID == owner.ID }):
			s.add(fmt.Sprintf("%s has, which --source leaves out", owner.ID), address)
		}
	}
	return s
}

func (s *strays) add(reason, address string) {
	if s.addresses[reason] == nil {
		s.reasons = append(s.reasons, reason)
	}
	s.addresses[reason] = append(s.addresses[reason], address)
}

// lines tell of each reason, how many addresses it leaves out, and the first of them.
func (s *strays) lines() (lines []string) {
	for _, reason := range s.reasons {
		all := s.addresses[reason]
		named := strings.Join(all[:min(len(all), maxNamed)], ", ")
		if len(all) > maxNamed {
			named += ", …"
		}
		lines = append(lines, fmt.Sprintf("--urls: not asked for %s that %s: %s", count(len(all), "address", "addresses"), reason, named))
	}
	return lines
}
