package fetch

import (
	"context"
	"sync"
	"time"

	"vigie"
)

// A notebook is a book in memory, which the processes of a test share.
type notebook struct {
	mu        sync.Mutex
	next      map[string]time.Time
	standings map[string]vigie.Standing
	tolls     []vigie.Toll
	files     map[string]vigie.SiteFile
	spent     map[string]int // by platform and day
	broken    error
}

func newNotebook() *notebook {
	return &notebook{next: map[string]time.Time{}, standings: map[string]vigie.Standing{}, files: map[string]vigie.SiteFile{}}
}

func (n *notebook) Take(_ context.Context, platform string, now, until time.Time) (time.Time, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if free := n.next[platform]; free.After(now) {
		return free, n.broken
	}
	n.next[platform] = until
	return now, n.broken
}

func (n *notebook) Free(_ context.Context, platform string, next time.Time) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.next[platform] = next
	return n.broken
}

func (n *notebook) Standing(_ context.Context, platform string) (vigie.Standing, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.standings[platform], n.broken
}

func (n *notebook) PutStanding(_ context.Context, platform string, s vigie.Standing) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.standings[platform] = s
	return n.broken
}

func (n *notebook) Spend(_ context.Context, platform string, day vigie.Date, requests int) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.spent == nil {
		n.spent = map[string]int{}
	}
	n.spent[platform+string(day)] += requests
	return n.spent[platform+string(day)], n.broken
}

func (n *notebook) AddTolls(_ context.Context, tolls []vigie.Toll) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.tolls = append(n.tolls, tolls...)
	return n.broken
}

func (n *notebook) SiteFile(_ context.Context, site, name string) (vigie.SiteFile, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	f, ok := n.files[site+name]
	if !ok && n.broken == nil {
		return f, vigie.ErrNotFound
	}
	return f, n.broken
}

func (n *notebook) PutSiteFile(_ context.Context, f vigie.SiteFile) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.files[f.Site+f.Name] = f
	return n.broken
}
