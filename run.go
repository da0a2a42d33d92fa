package vigie

import "time"

// A Run is the journal of one execution of a job.
type Run struct {
	ID, Job string // Job: collect, transform, report, run
	Window  Window
	Started time.Time
	Ended   time.Time // zero while it runs, and after a crash
	Sources []SourceRun
	Error   string
}

// A SourceRun says how one source fared in a run.
type SourceRun struct {
	Source  string
	State   SourceState
	Found   int // links that discovery gave
	New     int // documents never seen before
	Changed int // documents with a body not seen before
	Same    int // documents that are as the archive has them: asked for again, or said not to have changed
	Failed  int // pages that could not be fetched
	Skipped int // links left aside: without a keyword, or on another site
	Newest  Date
	Error   string // the first failure, with what to do
}
