package scrapers

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"vigie"
)

// maxLinks is of one source in one run: past that it is a trap.
const maxLinks = 50_000

// A found is a link with the name that its page goes by.
type found struct {
	vigie.Link
	canonical string
	onTopic   bool // whatever its title says
}

// A linkSet has each page once, in the order found: what one way to discover does not
// say of a page, another may.
type linkSet struct {
	links []*found
	index map[string]*found // by canonical address
}

// add takes in a link, or what it adds to the one that is there. Its error is an
// address that names no page, or [vigie.ErrTooLarge].
func (s *linkSet) add(l vigie.Link, onTopic bool) error {
	canonical, err := vigie.CanonicalURL(l.URL)
	if err != nil {
		return err
	}
	if known, ok := s.index[canonical]; ok {
		known.add(l, onTopic)
		return nil
	}
	if len(s.links) == maxLinks {
		return fmt.Errorf("%w: more than %d links: %w", ErrShort, maxLinks, vigie.ErrTooLarge)
	}
	l.URL = asked(l.URL, canonical)
	f := &found{l, canonical, onTopic}
	s.index[canonical] = f
	s.links = append(s.links, f)
	return nil
}

func (f *found) add(l vigie.Link, onTopic bool) {
	f.onTopic = f.onTopic || onTopic
	if f.Summary != l.Summary {
		f.Summary += "\n" + l.Summary
	}
	if f.Title == "" {
		f.Title = l.Title
	}
	if f.Published == "" {
		f.Published = l.Published
	}
	if l.Modified.After(f.Modified) {
		f.Modified = l.Modified
	}
}

// believed is a link that was seen on a day, without the days that no page can have by then:
// a clock that stands at its beginning, and what a slip of the pen puts years ahead.
func believed(l vigie.Link, seen vigie.Date) vigie.Link {
	l.Published = l.Published.Believed(seen)
	if last := seen.Last(); !last.IsZero() && !l.Modified.Before(last.AddDate(0, 0, 2)) {
		l.Modified = time.Time{}
	}
	return l
}

// believe does so to the links of a list as it came: a window holds what has no day.
func believe(links []vigie.Link, c vigie.Capture) {
	seen := dayOf(c.Time)
	for i, l := range links {
		links[i] = believed(l, seen)
	}
}

// asked is the address to ask for: as found, since not every site answers to the
// canonical address, its scheme, its path or its query's order, but without tracking.
func asked(raw, canonical string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return canonical
	}
	u.RawQuery, u.Fragment, u.RawFragment = vigie.Untracked(u.RawQuery), "", ""
	return u.String()
}

// canonicalOr is the canonical address, or what names no page as it is.
func canonicalOr(address string) string {
	if c, err := vigie.CanonicalURL(address); err == nil {
		return c
	}
	return address
}
