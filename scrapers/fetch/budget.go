package fetch

import (
	"context"
	"fmt"
	"time"

	"vigie"
)

// Spending counts what platforms were asked for on a day, by all processes.
type Spending interface {
	// Spend adds requests to those of a day, UTC, and returns how many these now are.
	Spend(ctx context.Context, platform string, day vigie.Date, requests int) (asked int, err error)
}

// A budget is how many requests a platform is asked for in a day at most, robots.txt and
// what is sent again included. The day's last ones may be as many too many as processes ask
// at once.
type budget struct {
	most int      // zero: no limit
	book Spending // nil: this process alone counts
	now  func() time.Time
}

// spend counts requests of a platform, whose lock the caller holds.
func (b *budget) spend(ctx context.Context, p *platform, requests int) error {
	if b.most == 0 {
		return nil
	}
	today := vigie.DateOf(b.now().UTC())
	if p.day != today {
		p.day, p.asked = today, 0
	}
	if b.book == nil {
		p.asked += requests
		return nil
	}
	asked, err := b.book.Spend(context.WithoutCancel(ctx), p.name, today, requests)
	if err != nil {
		return fmt.Errorf("%w: %w", errBook, err)
	}
	p.asked = asked
	return nil
}

// left returns a [*RestingError] for a platform whose day is spent.
func (b *budget) left(ctx context.Context, p *platform) error {
	if b.most == 0 {
		return nil
	}
	if p.day != vigie.DateOf(b.now().UTC()) {
		if err := b.spend(ctx, p, 0); err != nil {
			return err
		}
	}
	if p.asked < b.most {
		return nil
	}
	return &RestingError{
		Platform: p.name, Until: b.now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour), Spent: true,
		Why: fmt.Sprintf("the %d requests that a day may bring it are made", b.most),
	}
}
