package scrapers

import (
	"context"
	"errors"
	"sync"
)

// ErrSpent is the end of a backfill that has made as many requests as it may.
var ErrSpent = errors.New("as many requests as allowed are made")

// An allowance counts the requests of a backfill. A page that by itself costs more than are
// allowed — its redirects, its tries, the robots.txt before it — would be begun in each start
// and had in none. So in a start that has brought nothing yet, the source that meets the
// bound first goes on until it has: nobody else does.
type allowance struct {
	mu      sync.Mutex
	asked   int
	brought bool  // something that the next start need not ask for
	over    *part // goes on
}

// take counts a request of a source, unless it is one too many.
func (a *allowance) take(p *part, most int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if most > 0 && a.asked >= most {
		if a.brought || a.over != nil && a.over != p {
			return false
		}
		a.over = p
	}
	a.asked++
	return true
}

// bring notes that the start was not in vain.
func (a *allowance) bring() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.brought = true
}

func (a *allowance) made() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.asked
}

// spend counts a request, and ends the source's part in place of one too many.
func (b *Backfill) spend(p *part, stop context.CancelCauseFunc) error {
	if !b.allowance.take(p, b.Max) {
		stop(ErrSpent)
		return ErrSpent
	}
	b.tell(Event{Step: StepAsk})
	return nil
}
