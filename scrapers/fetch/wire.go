package fetch

import "context"

type wireKey struct{}

// OnWire returns a context under which before is called for each request that is about to
// go out: those of redirects, of robots.txt and what is sent again too. Its error holds the
// request back. It may be called by several goroutines at once.
func OnWire(ctx context.Context, before func() error) context.Context {
	return context.WithValue(ctx, wireKey{}, before)
}

func onWire(ctx context.Context) error {
	if before, ok := ctx.Value(wireKey{}).(func() error); ok {
		return before()
	}
	return nil
}
