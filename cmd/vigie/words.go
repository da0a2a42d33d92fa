package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"vigie"
	"vigie/internal/guard"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
)

// count prints a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// stateWords are the states of sources in trouble, as the terminal says them; reports
// have French ones.
var stateWords = map[vigie.SourceState]string{
	vigie.StateUnreachable: "unreachable",
	vigie.StateBlocked:     "refuses us",
	vigie.StateChanged:     "is not as its file says",
	vigie.StateBrowser:     "needs a browser",
	vigie.StateNetwork:     "unreachable, like all others",
}

// fetchAdvice says what to do about a page that could not be had; the first that fits counts.
var fetchAdvice = []struct {
	cause error
	words string
}{
	{scrapers.ErrMoved, "name the new host in its file (hosts, home) if it is the same publisher's"},
	{scrapers.ErrAway, "add it under hosts if it is the same publisher's, vigie source probe looks at it"},
	{scrapers.ErrVoid, "check the address"},
	{scrapers.ErrChanged, "look at its file: url, item"},
	{scrapers.ErrBrowser, "look for a feed or an API of the same site"},
	{vigie.ErrBlocked, "ask the publisher, or look for a feed or open data"},
	{vigie.ErrNotFound, "check the address"},
	{vigie.ErrTooLarge, "nothing of it was kept"},
	{fetch.ErrElsewhere, "add the host to hosts in its file if it is the source's"},
	{guard.ErrRefused, "network: {allow: [...]} in the configuration opens private addresses"},
}

// unfetched tells in one line why a page could not be had, and what to do.
func unfetched(err error) string {
	cause := strings.TrimPrefix(err.Error(), "get ")
	if door, ok := errors.AsType[*scrapers.PageError](err); ok && door.Fault == vigie.FaultBomb {
		return cause + ": it was kept, and not read"
	}
	for _, a := range fetchAdvice {
		if errors.Is(err, a.cause) {
			return cause + ": " + a.words + elsewhere(err)
		}
	}
	return cause + ": the next run asks again"
}

// elsewhere is where the pages of a site that refuses us may be had; of what its robots.txt
// closes nothing is said.
func elsewhere(err error) string {
	_, answered := errors.AsType[*fetch.StatusError](err)
	_, door := errors.AsType[*scrapers.PageError](err)
	if errors.Is(err, vigie.ErrBlocked) && (answered || door) {
		return ", or in a public archive: vigie backfill --via wayback"
	}
	return ""
}

// told is an error as the last line shows it: what, where, and what to do.
func told(err error) string {
	if words := remedy(err); words != "" {
		return err.Error() + ": " + words
	}
	return err.Error()
}

// remedy says what to do about an error of this machine; empty where its text says it.
func remedy(err error) string {
	text := err.Error()
	switch {
	case errors.Is(err, vigie.ErrLocked):
		return "nothing was done, run again when it has ended"
	case errors.Is(err, syscall.ENOSPC), strings.Contains(text, "disk is full"): // SQLite's word
		return "make room and run again, what is archived stays"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), strings.Contains(text, "readonly database"):
		return "let this user write there, or choose another place with --out or --db"
	case strings.Contains(text, "not a database"), strings.Contains(text, "another program"):
		return "it was left as it is, choose another place"
	}
	return ""
}
