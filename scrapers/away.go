package scrapers

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// ErrAway is of links that lead to hosts which their source's file does not name: nothing is
// read there.
var ErrAway = errors.New("not named in its file, nothing was read there")

// An AwayError counts such links: all those of a list, or of those on topic so many that the
// file seems to lack a host.
type AwayError struct {
	List  string   // the address of the one whose links these are; empty: of all lists those on topic
	Links int      // that lead away,
	Of    int      // of so many
	Hosts []string // to which most of them lead, the first first
}

func (e *AwayError) Error() string {
	which, lead := "", "lead"
	switch {
	case e.Of == 1:
		which, lead = "the only link", "leads"
	case e.Links == e.Of:
		which = fmt.Sprintf("all %d links", e.Of)
	default:
		which = fmt.Sprintf("%d of %d links", e.Links, e.Of)
	}
	if e.List == "" {
		return fmt.Sprintf("%s on its topic %s to %s: %v", which, lead, strings.Join(e.Hosts, ", "), ErrAway)
	}
	return fmt.Sprintf("%s: %s %s to %s: %v", e.List, which, lead, strings.Join(e.Hosts, ", "), ErrAway)
}

// Unwrap returns [ErrAway].
func (e *AwayError) Unwrap() error { return ErrAway }

// advice says it for those who read the report.
func (e *AwayError) advice() string {
	which, of, where := "", "de la liste", " ("+e.List+")"
	if e.List == "" {
		of, where = "sur le sujet", ""
	}
	switch {
	case e.Of == 1:
		which = "le seul lien " + of + " mène"
	case e.Links == e.Of:
		which = fmt.Sprintf("les %d liens %s mènent", e.Of, of)
	default:
		which = fmt.Sprintf("%d des %d liens %s mènent", e.Links, e.Of, of)
	}
	return fmt.Sprintf("%s à %s, que la fiche ne nomme pas : rien n'y a été lu ; si l'éditeur est le même, ajouter à hosts dans la fiche (pour l'examiner : vigie source probe https://%s/)%s",
		which, strings.Join(e.Hosts, ", "), e.Hosts[0], where)
}

// Hosts are named up to a few, and of links on topic some may lead away, as they do on any
// site.
const (
	maxAwayHosts = 3
	fewAway      = 3
)

// A leaning counts links by whether they lie on their source's own hosts.
type leaning struct {
	own, links int
	away       map[string]int // by host
}

func (l *leaning) add(own bool, address string) {
	l.links++
	if own {
		l.own++
		return
	}
	if l.away == nil {
		l.away = map[string]int{}
	}
	l.away[strings.TrimPrefix(hostOf(address), "www.")]++
}

// most returns the hosts that most links lead away to.
func (l *leaning) most() []string {
	hosts := slices.SortedFunc(maps.Keys(l.away), func(a, b string) int {
		return cmp.Or(l.away[b]-l.away[a], strings.Compare(a, b))
	})
	return hosts[:min(len(hosts), maxAwayHosts)]
}

// err is nil unless all links lead away, or half of them and not just a few.
func (l *leaning) err() error {
	if away := l.links - l.own; away > 0 && (l.own == 0 || away >= fewAway && away >= l.own) {
		return &AwayError{Links: away, Of: l.links, Hosts: l.most()}
	}
	return nil
}

// leadsAway reports an address that the source's file ought to name if it were the source's:
// none that is another source's, and none that only hands a page of its own to others, as
// buttons do that share it.
func (t *turn) leadsAway(address string) bool {
	if _, query, _ := strings.Cut(address, "?"); query != "" && t.site.isIn(query) {
		return false
	}
	if t.c.Owners == nil {
		return true
	}
	_, err := t.c.Owners.Of(address)
	return errors.Is(err, ErrNobodys)
}

// isIn reports whether a query holds an address on the source's hosts.
func (s *site) isIn(query string) bool {
	plain, err := url.QueryUnescape(query)
	return err == nil && slices.ContainsFunc(s.hosts, func(h string) bool {
		h = strings.TrimPrefix(h, "www.")
		return strings.Contains(plain, "://"+h) || strings.Contains(plain, "://www."+h)
	})
}
