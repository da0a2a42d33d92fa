package vigie

import "errors"

// What callers tell apart; every other error is text.
var (
	ErrNotFound    = errors.New("not found")
	ErrNotModified = errors.New("not modified")
	ErrBlocked     = errors.New("refused by the site")
	ErrTooLarge    = errors.New("larger than the limit")
	ErrNoArticle   = errors.New("no readable text")
	ErrLocked      = errors.New("another run holds the lock")
)
