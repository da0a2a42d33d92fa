package fetch

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"vigie"
)

const (
	tollsLife = 5 * time.Second // a process that is killed forgets as much
	maxTolls  = 500
)

// tolls adds up what each site was made to bear, and writes it into the book now and
// then. Without a ledger nothing is counted.
type tolls struct {
	ledger Ledger
	now    func() time.Time

	mu      sync.Mutex
	sums    map[vigie.Toll]*vigie.Toll // by night, source and site
	written time.Time
}

func (t *tolls) count(one vigie.Toll) {
	if t.ledger == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	key := vigie.Toll{Night: vigie.DateOf(t.now().UTC()), Source: one.Source, Site: one.Site}
	sum, ok := t.sums[key]
	if !ok {
		sum = &vigie.Toll{Night: key.Night, Source: key.Source, Site: key.Site}
		t.sums[key] = sum
	}
	sum.Requests += one.Requests
	sum.Bytes += one.Bytes
	sum.Refusals += one.Refusals
	sum.Forbidden += one.Forbidden
}

// drop forgets what was asked. What was forbidden, and so not asked, stays.
func (t *tolls) drop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key, sum := range t.sums {
		sum.Requests, sum.Bytes, sum.Refusals = 0, 0, 0
		if sum.Forbidden == 0 {
			delete(t.sums, key)
		}
	}
}

// due reports whether there is enough to be written down.
func (t *tolls) due() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.sums) > 0 && (time.Since(t.written) > tollsLife || len(t.sums) >= maxTolls)
}

// write brings what was counted into the book.
func (t *tolls) write(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.sums) == 0 {
		return nil
	}
	all := make([]vigie.Toll, 0, len(t.sums))
	for _, sum := range t.sums {
		all = append(all, *sum)
	}
	slices.SortFunc(all, func(a, b vigie.Toll) int { return strings.Compare(a.Source+" "+a.Site, b.Source+" "+b.Site) })
	if err := t.ledger.AddTolls(context.WithoutCancel(ctx), all); err != nil {
		return fmt.Errorf("%w: %w", errBook, err)
	}
	clear(t.sums)
	t.written = time.Now()
	return nil
}
