package scrapers

import (
	"net/url"
	"slices"
	"strings"
)

// Beyond these an address is no page's that somebody wrote.
const (
	maxDepth   = 20 // segments of a path
	maxParams  = 12 // of a query
	maxAddress = 2000
	maxRounds  = 3 // of the same segments: /Actualites/Actualites is a page, /a/b/a/b/a/b is not
)

// trap reports an address that relative links and calendars make of themselves, for ever.
func trap(address string) bool {
	u, err := url.Parse(address)
	if err != nil || len(address) > maxAddress || strings.Count(u.RawQuery, "&") >= maxParams {
		return true
	}
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(segments) > maxDepth {
		return true
	}
	for size := 1; size*maxRounds <= len(segments); size++ {
		for from := 0; from+size*maxRounds <= len(segments); from++ {
			if turns(segments[from:], size) {
				return true
			}
		}
	}
	return false
}

// turns reports segments that begin with one run of that size, maxRounds times.
func turns(segments []string, size int) bool {
	for round := 1; round < maxRounds; round++ {
		if !slices.Equal(segments[:size], segments[round*size:(round+1)*size]) {
			return false
		}
	}
	return true
}
