package fetch

import "context"

type (
	wireKey   struct{}
	answerKey struct{}
)

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

// OnAnswer returns a context under which heard is called whenever anything answers, whatever
// it says: a robots.txt and a redirect too. It is called by who asks, before he has the answer.
func OnAnswer(ctx context.Context, heard func()) context.Context {
	return context.WithValue(ctx, answerKey{}, heard)
}

func onAnswer(ctx context.Context) {
	if heard, ok := ctx.Value(answerKey{}).(func()); ok {
		heard()
	}
}
