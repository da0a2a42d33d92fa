package vigie

import "time"

// A Target is a page that a backfill is to bring.
type Target struct {
	Link             // URL is the address to ask for
	Canonical string // what the page goes by
	Place     string // where a public archive keeps it; empty: the site itself has it
}

// A Finding says how a backfill has found a source's pages.
type Finding struct {
	How string    // the declaration of the source that it went by
	All bool      // these are all there are
	At  time.Time // when it was done
}

// A TargetState says how far a backfill is with a [Target].
type TargetState string

// The states of a target. It is waiting until it is settled, once.
const (
	TargetWaiting TargetState = "waiting"
	TargetDone    TargetState = "done"    // in the archive
	TargetFailed  TargetState = "failed"  // could not be had
	TargetSkipped TargetState = "skipped" // not of the source, or no page
)
